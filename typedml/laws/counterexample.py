"""The tables of a counterexample: what matters of each side, the cells marked that differ."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import numpy as np

from typedml.laws.breach import Breach, Side
from typedml.laws.case import Case
from typedml.laws.case import Column as Given
from typedml.laws.dependence import matters
from typedml.laws.feature import Feature
from typedml.laws.inputs import BASE
from typedml.laws.outcome import Outcome, Output, Raised
from typedml.renderings.tables import Column, Table

FEW_COLUMNS = 3
MOST_COLUMNS = 6
MOST_OUTPUTS = 4
MOST_ROWS = 12
TRIALS = 2


def tables_of(breach: Breach, feature: Feature) -> tuple[Table, ...]:
    """The sides of a breach as tables; a later side repeats nothing that is as it was."""
    first = breach.sides[0]
    hidden = _left_aside(breach, feature)
    numbered = _are_rows_moved(breach)
    found: list[Table] = []
    for place, side in enumerate(breach.sides):
        before = first.case if place else None
        last = place == len(breach.sides) - 1
        found += _tables(side, before, breach, hidden, numbered=numbered, last=last)
    return tuple(found)


def _left_aside(breach: Breach, feature: Feature) -> set[str]:
    """The inputs that are not shown: of many, those that do not matter to the results that are shown."""
    columns = breach.sides[0].case.columns
    if len(columns) <= FEW_COLUMNS:
        return set()
    changed = _changed(breach)
    if feature.deterministic is False:
        kept = list(changed)
    else:
        kept = [column for column in columns if column in changed or _matters(feature, breach, column)]
    kept = kept or [column for column in columns if column.input.meaning is not None][:FEW_COLUMNS]
    kept = sorted(kept, key=lambda column: column not in changed)[: max(MOST_COLUMNS, len(changed))]
    return {_name(column) for column in columns if column not in kept}


def _changed(breach: Breach) -> list[Given]:
    """The inputs whose values differ between the sides; those that only moved with their rows do not."""
    first, last = breach.sides[0].case, breach.sides[-1].case
    found = []
    for column in first.columns:
        other = next(each for each in last.columns if each.input is column.input)
        moved = dict(zip(last.row_labels(column.input.table), _cells(other, None), strict=False))
        own = dict(zip(first.row_labels(column.input.table), _cells(column, None), strict=False))
        if any(moved[row] != own[row] for row in moved.keys() & own.keys()):
            found.append(column)
    return found


def _name(column: Given) -> str:
    return f"{column.input.parameter.name}.{column.input.name}"


def _matters(feature: Feature, breach: Breach, column: Given) -> bool:
    """True where an input matters, on any side, to a result that is shown."""
    for side in breach.sides:
        mine = next(each for each in side.case.columns if each.input is column.input)
        if matters(feature, side.case, mine, breach.marks, trials=TRIALS):
            return True
    return False


def _is_as_before(column: Given, before: Case) -> bool:
    """True where an input has the same values in the same rows of another case."""
    for other in before.columns:
        if other.input is column.input:
            return len(other.values) == len(column.values) and (
                other is column or _cells(other, None) == _cells(column, None)
            )
    return False


def _are_rows_moved(breach: Breach) -> bool:
    """True where rows must be told apart by number: they are others, or in another order, on some side."""
    first = breach.sides[0].case
    return any(
        side.case.row_labels(table) != first.row_labels(table)
        for side in breach.sides
        for table in side.case.tables
    )


def _tables(
    side: Side, before: Case | None, breach: Breach, hidden: Collection[str], *, numbered: bool, last: bool
) -> Iterator[Table]:
    scalars = [c for c in side.case.columns if not c.input.tabular and _name(c) not in hidden]
    fresh = [c for c in scalars if before is None or not _is_as_before(c, before)]
    results = tuple(_results(side, breach, last=last))
    beside = bool(results) and _stand_beside(side)
    if not side.case.tabular:
        yield Table(side.title, "", (*map(_given, fresh), *results), _remark(side, breach))
        return
    for table in side.case.tables:
        base = table == BASE
        columns = _columns_of(side, before, table, hidden, numbered=numbered)
        columns += results if base and beside else ()
        title = "" if len(side.case.tables) == 1 else _title(side.case, table)
        remark = _left_out(side.case, table, hidden) if before is None else ""
        if columns:
            yield Table(side.title, title, columns, remark)
    if fresh:
        yield Table(side.title, "", tuple(map(_given, fresh)))
    if results and not beside:
        yield Table(side.title, "", results)
    elif not results and _remark(side, breach):
        yield Table(side.title, "", (), _remark(side, breach))


def _columns_of(
    side: Side, before: Case | None, table: str, hidden: Collection[str], *, numbered: bool
) -> tuple[Column, ...]:
    """The inputs of a table; on a later side those that changed, and none where nothing did."""
    mine = [c for c in side.case.columns_of(table) if _name(c) not in hidden]
    changed = [c for c in mine if before is None or not _is_as_before(c, before)]
    labels = side.case.row_labels(table)[:MOST_ROWS]
    beside = table == BASE and _stand_beside(side)
    number = [Column("row", "", tuple(map(str, labels)), role="row")]
    alone = not changed and beside and len(labels) > 1
    return (*(number if (numbered and (changed or beside)) or alone else []), *map(_given, changed))


def _title(case: Case, table: str) -> str:
    return next((c.input.parameter.name for c in case.columns_of(table)), table)


def _left_out(case: Case, table: str, hidden: Collection[str]) -> str:
    number = sum(_name(column) in hidden for column in case.columns_of(table))
    more = f"and {number} more column{'s' * (number > 1)}" if number else ""
    rows = max(0, case.rows_of(table) - MOST_ROWS)
    return ", ".join(filter(None, (more, f"and {rows} more rows" if rows else "")))


def _remark(side: Side, breach: Breach) -> str:
    """What was raised; with one side the statement has said it."""
    return f"raised {side.outcome}" if isinstance(side.outcome, Raised) and len(breach.sides) > 1 else ""


def _given(column: Given) -> Column:
    meaning = column.input.meaning
    return Column(column.input.name, "" if meaning is None else str(meaning), _cells(column))


def _cells(column: Given, most: int | None = MOST_ROWS) -> tuple[str, ...]:
    if column.input.several:
        told = zip(column.values, column.null, strict=True)
        return (f"[{', '.join(cell_text(v, missing=lost, exact=most is None) for v, lost in told)}]",)
    pairs = zip(column.values[:most], column.null[:most], strict=True)
    return tuple(cell_text(value, missing=missing, exact=most is None) for value, missing in pairs)


def _stand_beside(side: Side) -> bool:
    """True where every output has one value for each row of the base table."""
    outputs = () if isinstance(side.outcome, Raised) else side.outcome.outputs
    rows = side.case.rows
    return bool(outputs) and all(len(o.values) == rows and not o.scalar for o in outputs)


def _results(side: Side, breach: Breach, *, last: bool) -> Iterator[Column]:
    if isinstance(side.outcome, Raised):
        return
    expected = {output.label: output for output in breach.expected}
    for output in _chosen(side.outcome, breach, named=_stand_beside(side)):
        mask = breach.marks.get(output.label)
        marked = mask if last and mask is not None and len(mask) == len(output.values) else None
        wanted = expected.get(output.label)
        yield _result(output, marked, wanted)
        if marked is not None and wanted is not None and len(wanted.values) == len(output.values):
            yield _wanted(output, wanted, marked)


def _chosen(outcome: Outcome, breach: Breach, *, named: bool) -> list[Output]:
    """The outputs that are marked; beside them, where their rows are groups, what names a group."""
    marked = [output for output in outcome.outputs if output.label in breach.marks]
    if not marked:
        return list(outcome.outputs[:2])
    if named:
        return marked[:MOST_OUTPUTS]
    names = [o for o in outcome.outputs if not o.is_number and not o.scalar and o not in marked]
    return [*names[: MOST_OUTPUTS // 2], *marked][:MOST_OUTPUTS]


def _result(output: Output, mask: Any, wanted: Output | None) -> Column:
    meaning = output.meaning
    exact = wanted is not None and mask is not None and _looks_equal(output, wanted, mask)
    marks = () if mask is None else tuple(bool(each) for each in mask[:MOST_ROWS])
    unit = "" if meaning is None else str(meaning)
    return Column(output.label, unit, _output_cells(output, exact=exact), marks, "output")


def _wanted(output: Output, wanted: Output, mask: Any) -> Column:
    exact = _looks_equal(output, wanted, mask)
    return Column("must be", "", _output_cells(wanted, exact=exact), role="wanted")


def _output_cells(output: Output, *, exact: bool) -> tuple[str, ...]:
    pairs = zip(output.values[:MOST_ROWS], output.null[:MOST_ROWS], strict=True)
    return tuple(cell_text(value, missing=missing, exact=exact) for value, missing in pairs)


def _looks_equal(output: Output, wanted: Output, mask: Any) -> bool:
    """True where six digits would not show a difference."""
    if not output.is_number or len(wanted.values) != len(output.values):
        return False
    pairs = zip(output.values[mask], wanted.values[mask], strict=True)
    return any(cell_text(left) == cell_text(right) for left, right in pairs)


def cell_text(value: Any, *, missing: bool = False, exact: bool = False) -> str:
    """One cell: six digits of a number, all of them where six do not tell."""
    if missing:
        return "null"
    if isinstance(value, (np.bool_, bool)):
        return str(bool(value))
    if isinstance(value, (np.integer, int)):
        return str(int(value))
    if isinstance(value, (np.floating, float)):
        number = float(value)
        return repr(number) if exact else f"{number:.6g}" if abs(number) < 1e9 else f"{number:.12g}"
    if isinstance(value, np.datetime64):
        return str(value.astype("datetime64[s]")).replace("T", " ") if _is_whole(value) else str(value)
    return str(value)


def _is_whole(moment: np.datetime64) -> bool:
    return bool(moment == moment.astype("datetime64[s]")) and moment.dtype != np.dtype("datetime64[D]")
