"""The law `rows`: one result for each row, in its place, whatever the tables hold that are looked up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import final

import attrs

from typedml.declare.declared import DeclaredFunction, DeclaredParameter
from typedml.laws.alterations import keeps_rules
from typedml.laws.breach import Breach, Side, Verdict, Wanting
from typedml.laws.case import Case, Column
from typedml.laws.comparison import unlike
from typedml.laws.feature import Feature
from typedml.laws.inputs import inputs_of, is_learnt_from
from typedml.laws.outcome import Outcome, Output, Raised
from typedml.laws.placing import BASE


def rows(feature: Feature, case: Case) -> Verdict:
    """Each row has one result, in its place and with its label; look-ups neither multiply nor lose rows."""
    before = feature.outcome(case)
    if isinstance(before, Raised):
        return Wanting("a table on which it does not raise")
    fact = _misplaced(before, case)
    if fact:
        return Breach(
            statement=f"`{feature.name}` must return one value for each row, in its place, but {fact}.",
            sides=(Side("called with", case, before),),
            hint='return as many values as there are rows, or declare @feature(rows="any").',
        )
    return _labels(feature, case, before) or _look_ups(feature, case, before)


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which results need not be one for each row."""
    if not any(source.tabular for source in inputs_of(declared)):
        return "a table"
    rows = declared.options.rows if declared.options else None
    return None if rows == "each" else '`rows="each"` in @feature'


def _misplaced(outcome: Outcome, case: Case) -> str:
    """What is wrong with the number or the labels of the rows; "" where nothing is."""
    own = case.row_labels()
    for output in outcome.outputs:
        if output.scalar or len(output.values) != case.rows:
            found = "one value" if output.scalar else f"{len(output.values)} rows"
            return f"it returned {found} for {case.rows}"
        # A frame is a table of its own; a Series is put beside the rows, by their labels.
        if _is_series(output) and output.labels is not None and set(output.labels) != set(own):
            return f"its rows are labelled {_few(output.labels)}, and those of the table {_few(own)}"
    return ""


def _is_series(output: Output) -> bool:
    declared = output.declared
    return isinstance(declared, DeclaredParameter) and declared.carrier == "series"


def _few(labels: tuple[object, ...]) -> str:
    return ", ".join(map(str, labels[:3])) + (", ..." if len(labels) > 3 else "")


def _labels(feature: Feature, case: Case, before: Outcome) -> Breach | None:
    """Rows that are called otherwise, as those of a filtered table are, have the same results."""
    if not any(_is_series(output) and output.labels is not None for output in before.outputs):
        return None
    named = attrs.evolve(case, labels={**case.labels, BASE: tuple(range(7, 7 + 3 * case.rows, 3))})
    after = feature.outcome(named)
    fact = f"it raised {after}" if isinstance(after, Raised) else _misplaced(after, named)
    marks = {} if fact or isinstance(after, Raised) else unlike(feature, (case, named), before.outputs, after)
    if not fact and not marks:
        return None
    return Breach(
        statement=f"Rows must keep the labels of their pandas index in `{feature.name}`, "
        f"but {fact or 'with other labels its values are other ones'}.",
        sides=(Side("before", case, before), Side("after (rows labelled 7, 10, ...)", named, after)),
        marks=marks,
        expected=before.outputs,
        diagnosis="`merge` and `reset_index` label rows anew: beside the table, results are then misplaced.",
        hint="keep the labels: `.set_axis(table.index)`, or `table[key].map(look_up)`.",
    )


@final
@attrs.frozen
class _LookUp:
    """A table that is looked up as it may also be; a refusal of an `empty` one is no finding."""

    case: Case
    change: str
    hint: str
    empty: bool = False


def _look_ups(feature: Feature, case: Case, before: Outcome) -> Breach | None:
    for table in case.tables:
        learnt = any(is_learnt_from(column.input, feature.options) for column in case.columns_of(table))
        if table == BASE or learnt:
            continue
        for other in _changed(case, table):
            after = feature.outcome(other.case)
            if isinstance(after, Raised) and other.empty:
                continue
            fact = f"it raised {after}" if isinstance(after, Raised) else _misplaced(after, other.case)
            if fact:
                return Breach(
                    statement=f"`{feature.name}` must return one value for each row where {other.change}, "
                    f"but {fact}.",
                    sides=(
                        Side("before", case, before),
                        Side(f"after ({other.change})", other.case, after),
                    ),
                    hint=other.hint,
                )
    return None


def _changed(case: Case, table: str) -> Iterator[_LookUp]:
    """The table with its rows repeated, and with rows missing."""
    twice = _repeated(case, table)
    if keeps_rules(twice, table):
        hint = f"make the keys of `{table}` unique first, or declare them so: `field(unique=True)`."
        yield _LookUp(twice, f"keys of `{table}` occur twice", hint)
    if _is_referred_to(case, table):
        return
    empty = case.number % 4 == 0
    fewer = case.take(range(0 if empty else case.rows_of(table) // 2), table).relabelled(table)
    if keeps_rules(fewer, table):
        hint = 'join with how="left", or declare that every key is there: `field(references=...)`.'
        yield _LookUp(fewer, f"keys of `{table}` are missing", hint, empty=empty)


def _repeated(case: Case, table: str) -> Case:
    """Each row twice, the second time with the numbers of another row in every second case."""
    count = case.rows_of(table)
    same = [row for row in range(count) for _ in range(2)]
    other = [(row + place) % count for row in range(count) for place in range(2)] if count else []

    def take(column: Column) -> Column:
        if column.input.table != table or not column.input.tabular:
            return column
        mixed = case.number % 2 and column.input.is_number and not column.input.is_ordered
        return column.take(other if mixed else same)

    return case.mapped(take).relabelled(table)


def _is_referred_to(case: Case, table: str) -> bool:
    """True where the base table says that each of its keys is in this one."""
    targets = {schema.source for c in case.columns_of(table) if (schema := c.input.parameter.schema)}
    for column in case.columns_of(BASE):
        schema = column.input.parameter.schema
        references = [column.input.rules.references, *(schema.references if schema else ())]
        if any(reference is not None and reference.schema in targets for reference in references):
            return True
    return False
