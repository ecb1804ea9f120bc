"""The tables of a counterexample: what matters of each side, the cells marked that differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typedml.laws.breach import Breach, Side
from typedml.laws.case import Case
from typedml.laws.case import Column as Given
from typedml.laws.cell_texts import MOST_ROWS, cell_text, texts
from typedml.laws.feature import Feature
from typedml.laws.outcome import Outcome, Output, Raised
from typedml.laws.placing import BASE
from typedml.laws.shown import Shown, shown
from typedml.renderings.tables import Column, Table

MOST_OUTPUTS = 4


def tables_of(breach: Breach, feature: Feature) -> tuple[Table, ...]:
    """The sides of a breach as tables; a later side repeats nothing that is as it was."""
    first = breach.sides[0]
    chosen = shown(breach, feature)
    numbered = _are_rows_moved(breach)
    found: list[Table] = []
    for place, side in enumerate(breach.sides):
        before = first.case if place else None
        last = place == len(breach.sides) - 1
        found += _tables(side, before, breach, chosen, numbered=numbered, last=last)
    return tuple(found)


def _is_as_before(column: Given, before: Case) -> bool:
    """True where an input has the same values in the same rows of another case."""
    for other in before.columns:
        if other.input is column.input:
            return len(other.values) == len(column.values) and (
                other is column or texts(other, None) == texts(column, None)
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
    side: Side, before: Case | None, breach: Breach, chosen: Shown, *, numbered: bool, last: bool
) -> Iterator[Table]:
    scalars = [c for c in side.case.columns if not c.input.tabular and c.input in chosen.kept]
    fresh = [c for c in scalars if before is None or not _is_as_before(c, before)]
    results = tuple(_results(side, breach, last=last))
    beside = bool(results) and _stand_beside(side)
    if not side.case.tabular:
        yield Table(side.title, "", (*map(_given, fresh), *results), _remark(side, breach))
        return
    for table in side.case.tables:
        base = table == BASE
        columns = _columns_of(side, before, table, chosen, numbered=numbered)
        columns += results if base and beside else ()
        title = "" if len(side.case.tables) == 1 else _title(side.case, table)
        remark = _left_out(side.case, table, chosen) if before is None else ""
        if columns:
            yield Table(side.title, title, columns, remark)
    if fresh:
        yield Table(side.title, "", tuple(map(_given, fresh)))
    if results and not beside:
        yield Table(side.title, "", results)
    elif not results and _remark(side, breach):
        yield Table(side.title, "", (), _remark(side, breach))


def _columns_of(
    side: Side, before: Case | None, table: str, chosen: Shown, *, numbered: bool
) -> tuple[Column, ...]:
    """The inputs of a table; on a later side those that changed with what tells rows apart, or none."""
    mine = [c for c in side.case.columns_of(table) if c.input in chosen.kept]
    changed = [c for c in mine if before is None or not _is_as_before(c, before)]
    changed = [c for c in mine if c in changed or c.input in chosen.telling] if changed else []
    labels = side.case.row_labels(table)[:MOST_ROWS]
    beside = table == BASE and _stand_beside(side)
    number = [Column("row", "", tuple(map(str, labels)), role="row")]
    alone = not changed and beside and len(labels) > 1
    return (*(number if (numbered and (changed or beside)) or alone else []), *map(_given, changed))


def _title(case: Case, table: str) -> str:
    return next((c.input.parameter.name for c in case.columns_of(table)), table)


def _left_out(case: Case, table: str, chosen: Shown) -> str:
    hidden = [column.input for column in case.columns_of(table) if column.input not in chosen.kept]
    idle = sum(source in chosen.idle for source in hidden)
    told = (
        [f"{_columns(idle)} that {'do not matter are' if idle > 1 else 'does not matter is'} left out"]
        if idle
        else []
    )
    told += [f"and {_columns(len(hidden) - idle, ' more')}"] if len(hidden) > idle else []
    rows = max(0, case.rows_of(table) - MOST_ROWS)
    return ", ".join([*told, *([f"and {rows} more rows"] if rows else [])])


def _columns(number: int, more: str = "") -> str:
    return f"{number}{more} column{'s' * (number > 1)}"


def _remark(side: Side, breach: Breach) -> str:
    """What was raised; with one side the statement has said it."""
    return f"raised {side.outcome}" if isinstance(side.outcome, Raised) and len(breach.sides) > 1 else ""


def _given(column: Given) -> Column:
    meaning = column.input.meaning
    return Column(column.input.name, "" if meaning is None else str(meaning), texts(column))


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
