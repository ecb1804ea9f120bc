"""The law `null`: what is missing stays missing, or is treated as the declaration says."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import numpy as np

from typedml.declare.declared import DeclaredField, DeclaredFunction
from typedml.declare.scope import Row
from typedml.laws.alignment import by_row
from typedml.laws.breach import Breach, Side, Verdict, Wanting
from typedml.laws.case import Case, Column, Mask
from typedml.laws.comparison import same_shape, unlike
from typedml.laws.feature import Feature
from typedml.laws.generate import redrawn
from typedml.laws.inputs import inputs_of
from typedml.laws.outcome import Outcome, Output, Raised, differing
from typedml.laws.placing import BASE
from typedml.laws.replication import aligned
from typedml.laws.signature import output_declarations

PROPAGATE, SKIP = "propagate", "skip"
POLICIES = (PROPAGATE, SKIP)
# Of many columns with nulls, so many are looked at on one table.
MOST_COLUMNS = 3
# Other values than those with which it is tried what matters.
FILLING = 7


def null(feature: Feature, case: Case) -> Verdict:
    """Null in gives null out, or what `nulls` declares; and no null comes out where none is declared."""
    outcome = feature.outcome(case)
    if isinstance(outcome, Raised) or case.signed:
        return Wanting("a table of positive values on which it does not raise")
    verdicts = [_leaks(feature, case, outcome)]
    policy = feature.options.nulls
    if policy == SKIP:
        verdicts.append(_skips(feature, case, outcome))
    elif policy == PROPAGATE or (policy is None and _maps_rows(feature)):
        verdicts.append(_propagates(feature, case, outcome, all_outputs=policy == PROPAGATE))
    breach = next((verdict for verdict in verdicts if isinstance(verdict, Breach)), None)
    return breach or (None if None in verdicts else verdicts[-1])


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which nothing may be missing, in or out."""
    policy = declared.options.nulls if declared.options else None
    if policy in POLICIES and not any(source.nullable for source in inputs_of(declared)):
        return "an input that may be missing: `| None`"
    if policy in POLICIES or any(_says_nulls(output) for output in output_declarations(declared)):
        return None
    return 'a scalar or a schema as the result, or `nulls="propagate"` in @feature'


def _says_nulls(output: object) -> bool:
    """Whether a declaration says if a value may be missing: that of a number, or of a field, does."""
    if isinstance(output, DeclaredField):
        return True
    return getattr(output, "carrier", "") == "scalar" and getattr(output, "base", object) is not object


def _maps_rows(feature: Feature) -> bool:
    """True for one result for each row that comes from that row alone; a scalar is a row of its own."""
    if not any(source.tabular for source in feature.inputs):
        return True
    return feature.options.rows == "each" and isinstance(feature.options.scope or Row(), Row)


def _leaks(feature: Feature, case: Case, outcome: Outcome) -> Verdict:
    """A null that comes out where none is declared."""
    promised = [
        output
        for output in outcome.outputs
        if output.declared is not None and _says_nulls(output.declared) and not output.declared.nullable
    ]
    for output in promised:
        # A result that is missing for every input is the law `call`'s.
        if output.null.any() and output.label not in feature.void and len(output.values):
            return _breach(
                (Side("called with", case, outcome),),
                output,
                output.null,
                f"`{output.label}` must not be missing: nothing says that it may be",
                "handle what is missing (or divides by zero), or declare that it may be: `| None`.",
            )
    return None if promised else Wanting("a result that may not be missing")


def _propagates(feature: Feature, case: Case, outcome: Outcome, *, all_outputs: bool) -> Verdict:
    """A value that comes out though an input that it depends on is missing."""
    names = {source.name for source in feature.inputs}
    judged = [
        o
        for o in outcome.outputs
        if o.declared is not None and o.label not in names and (all_outputs or _may_be_null(o))
    ]
    gaps = list(_with_gaps(case))
    if not judged or not gaps:
        return Wanting("a null, and a result that may be null")
    for column in gaps[:MOST_COLUMNS]:
        filled = [_filled(feature, case, column, trial) for trial in range(2)]
        for output in judged:
            kept = _in_rows(feature, case, column, output) & ~output.null
            marks = kept & _reached(output.label, filled, len(kept)) if kept.any() else kept
            if marks.any():
                name = column.input.name
                return _breach(
                    _sides(feature, case, column),
                    output,
                    marks,
                    f"`{output.label}` must be missing where `{name}` is, which it is computed from",
                    'leave it missing, or declare @feature(nulls="handle") if a null has a meaning.',
                )
    return None


def _may_be_null(output: Output) -> bool:
    declared = output.declared
    return declared is not None and _says_nulls(declared) and declared.nullable


def _with_gaps(case: Case) -> Iterator[Column]:
    """The columns of the base table, and the scalars, in which something is missing."""
    for column in case.columns:
        # A default of None has a meaning of its own.
        if column.input.table == BASE and column.null.any() and not column.input.optional:
            yield column


def _in_rows(feature: Feature, case: Case, column: Column, output: Output) -> Mask:
    """The rows of an output whose own input is missing; of a result for the table, all."""
    placed = by_row(Outcome((output,)), case)
    if feature.options.rows == "each" and placed is not None and column.input.tabular:
        return column.null
    return np.full(len(output.values), bool(column.null.any()))


def _filled(feature: Feature, case: Case, column: Column, trial: int) -> Outcome | Raised:
    """The result with values in the place of the nulls of a column, other ones in each trial."""
    return feature.outcome(case.with_column(_without_nulls(feature, column, trial)))


def _without_nulls(feature: Feature, column: Column, trial: int) -> Column:
    complete = attrs.evolve(column, null=np.zeros(len(column.null), dtype=np.bool_))
    drawn = redrawn(complete, feature.inputs, FILLING + trial)
    values = column.values.copy()
    values[column.null] = drawn.values[column.null]
    return attrs.evolve(drawn, values=values)


def _reached(label: str, filled: list[Outcome | Raised], rows: int) -> Mask:
    """The rows of an output that differ with what stands in the place of the nulls."""
    found = [
        output
        for outcome in filled
        if isinstance(outcome, Outcome)
        for output in outcome.outputs
        if output.label == label and len(output.values) == rows
    ]
    return differing(found[0], found[1]) if len(found) == 2 else np.zeros(rows, dtype=np.bool_)


def _skips(feature: Feature, case: Case, outcome: Outcome) -> Verdict:
    """A result that is another one without the rows that miss what it is computed from."""
    passed = {source.name for source in feature.inputs}
    judged = [o.label for o in outcome.outputs if o.declared is not None and o.label not in passed]
    missing = np.zeros(case.rows, dtype=np.bool_)
    names = []
    for column in list(_with_gaps(case))[:MOST_COLUMNS]:
        filled = [_filled(feature, case, column, trial) for trial in range(2)]
        if column.input.tabular and any(_differ(filled, label) for label in judged):
            missing |= column.null
            names.append(column.input.name)
    rest = case.take(np.flatnonzero(~missing).tolist())
    if not names or not rest.rows:
        return Wanting("rows with and without nulls")
    shorter = feature.outcome(rest)
    if isinstance(shorter, Raised):
        return Wanting("a table on which it does not raise")
    expected = outcome
    if feature.options.rows == "each":
        kept = by_row(outcome, case)
        if kept is None:
            return Wanting("a result for each row")
        expected = attrs.evolve(
            kept, outputs=tuple(o.take(np.flatnonzero(~missing).tolist()) for o in kept.outputs)
        )
    if not same_shape(expected, shorter):
        return Wanting("a result of the same shape without the rows that have nulls")
    # Groups may come in the order of their first rows, of which some are left out.
    pairs = aligned(feature, expected, shorter) or (expected.outputs, shorter.outputs)
    expected, shorter = attrs.evolve(expected, outputs=pairs[0]), attrs.evolve(shorter, outputs=pairs[1])
    marks = unlike(feature, (case, rest), [o for o in expected.outputs if o.label in judged], shorter)
    if not marks:
        return None
    label, listed = next(iter(marks)), " and ".join(f"`{name}`" for name in names)
    return Breach(
        statement=f'Rows without {listed} must count for nothing in `{label}`: nulls="skip" is declared.',
        sides=(
            Side("before", case, outcome),
            Side("after (the rows with nulls left out)", rest, shorter),
        ),
        marks=marks,
        expected=tuple(o for o in expected.outputs if o.label in marks),
        diagnosis="a sum, or a number of rows, counts rows that another leaves out; or a null is filled.",
        hint=f"leave out the rows first: `.dropna(subset={names!r})`, or `.drop_nulls({names!r})`.",
    )


def _differ(filled: list[Outcome | Raised], label: str) -> bool:
    found = [
        other
        for outcome in filled
        if isinstance(outcome, Outcome)
        for other in outcome.outputs
        if other.label == label
    ]
    return len(found) == 2 and bool(np.any(differing(found[0], found[1])))


def _sides(feature: Feature, case: Case, column: Column) -> tuple[Side, ...]:
    """With a value in the place of the nulls, and with the nulls."""
    filled = case.with_column(_without_nulls(feature, column, 0))
    return (
        Side(f"before (with a value in `{column.input.name}`)", filled, feature.outcome(filled)),
        Side("after (with nulls)", case, feature.outcome(case)),
    )


def _breach(sides: tuple[Side, ...], output: Output, marks: Mask, statement: str, hint: str) -> Breach:
    """The breach; where a value must be missing, the null that it must be stands beside it."""
    present = bool((marks & ~output.null).any())
    return Breach(
        statement=f"{statement}.",
        sides=sides,
        marks={output.label: marks},
        expected=(attrs.evolve(output, null=marks | output.null),) if present else (),
        hint=hint,
    )
