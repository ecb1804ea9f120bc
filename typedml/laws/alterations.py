"""Tables with a row changed, left out or added, as long as they keep the rules of their schemas."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Sequence

import attrs
import numpy as np

from typedml.declare.declared import DeclaredSchema
from typedml.laws.case import Case, Column
from typedml.laws.cross_rules import holds
from typedml.laws.generate import another
from typedml.laws.inputs import Input
from typedml.laws.joins import dangling, rows_of
from typedml.laws.links import links_among
from typedml.laws.placing import BASE
from typedml.laws.renaming import is_nominal, is_text
from typedml.laws.settings import Unfillable
from typedml.laws.simplex import is_simplex

TRIALS = 3


def with_row_changed(
    case: Case, inputs: Sequence[Input], row: int, keeping: Collection[str] = ()
) -> Case | None:
    """The base table with other values in one row; None where its rules admit no other.

    Names come from other rows, so that the row may change its group; what is unique or in order stays, as do
    the columns of `keeping`.
    """
    for trial in range(TRIALS):
        try:
            donor = another(case, inputs, trial)
        except Unfillable:
            return None
        changed = attrs.evolve(
            case,
            columns=tuple(
                column if column.input.name in keeping else _changed(column, donor, row, trial)
                for column in case.columns
            ),
        )
        if keeps_rules(changed):
            return changed
    return None


def without_row(case: Case, row: int) -> Case | None:
    """The base table without one row; None where its rules do not let it go."""
    return part(case, [kept for kept in range(case.rows) if kept != row])


def with_one_left_out(case: Case, row: int) -> tuple[int, Case | None]:
    """The base table without this row, or without the next to which no other row refers; and which it is."""
    for number in ((row + step) % case.rows for step in range(case.rows)):
        less = without_row(case, number)
        if less is not None:
            return number, less
    return row, None


def part(case: Case, rows: Sequence[int]) -> Case | None:
    """These rows of the base table alone; None where they do not keep its rules."""
    taken = case.take(rows)
    return taken if keeps_rules(taken) else None


def joined(case: Case, groups: Sequence[Hashable]) -> list[Hashable]:
    """The group of each row of the base table, groups of which a row refers to one of another being one."""
    found = list(groups)
    columns = {column.input.name: column for column in case.columns_of(BASE)}
    for link in links_among([column.input for column in case.columns]):
        if link.declared and link.table == link.target == BASE:
            places = {key: row for row, key in reversed(list(enumerate(rows_of(columns, link.targets))))}
            for row, key in enumerate(rows_of(columns, link.columns)):
                other = found[places[key]] if key is not None and key in places else found[row]
                found = [found[row] if group == other else group for group in found]
    return found


def without_ties(case: Case, table: str = BASE, *, names: bool = False) -> Case:
    """The rows of a table of which no number and no time occurs twice; with `names`, no name either."""
    columns = [column for column in case.columns_of(table) if _is_measure(column, names=names)]
    chosen: list[int] = []
    for row in range(case.rows_of(table)):
        cells = [[None if c.null[other] else c.values[other] for other in (*chosen, row)] for c in columns]
        if all(cell[-1] not in cell[:-1] for cell in cells):
            chosen.append(row)
    return case if len(chosen) == case.rows_of(table) else case.take(chosen, table)


def _is_measure(column: Column, *, names: bool) -> bool:
    """True for what may be different in each row; one of few choices may not."""
    source = column.input
    named = is_text(column.values) or is_nominal(source.meaning)
    if named or source.rules.isin is not None:
        return names and source.rules.isin is None
    return source.is_number or source.is_instant


def stacked(first: Case, second: Case) -> Case:
    """The rows of two base tables alternately, so that an order by a key is kept; labelled 0, 1, 2, ..."""

    def joined(column: Column, other: Column) -> Column:
        if not column.input.tabular or column.input.table != BASE:
            return column
        values = np.stack([column.values, other.values], axis=1).reshape(-1)
        null = np.stack([column.null, other.null], axis=1).reshape(-1)
        return attrs.evolve(column, values=values, null=null)

    pairs = zip(first.columns, second.columns, strict=True)
    columns = tuple(joined(column, other) for column, other in pairs)
    return attrs.evolve(first, columns=columns).relabelled()


def keeps_rules(case: Case, table: str = BASE) -> bool:
    """Whether a table keeps the rules of its columns and of its schema about more than one value."""
    if not holds(case, table).all() or not _keeps_referred(case, table):
        return False
    columns = case.columns_of(table)
    return all(_keeps_own(column) for column in columns) and all(
        _keeps_schema(case, schema, table) for schema in _schemas(columns)
    )


def is_key(source: Input) -> bool:
    """True for a column that names rows: unique, or part of the key of its schema."""
    schema = source.parameter.schema
    return source.rules.unique or (
        schema is not None and source.field is not None and source.name in schema.key
    )


def _changed(column: Column, donor: Case, row: int, trial: int) -> Column:
    source = column.input
    if not source.tabular or source.table != BASE or is_key(source) or source.is_ordered:
        return column
    named = column.values.dtype.kind == "O" or source.rules.references is not None
    other = column if named else donor.column_of(source)
    place = (row + 1 + trial if named else row) % len(other.values)
    values, null = column.values.copy(), column.null.copy()
    values[row], null[row] = other.values[place], other.null[place]
    return attrs.evolve(column, values=values, null=null)


def _keeps_own(column: Column) -> bool:
    rules, there = column.input.rules, column.values[~column.null]
    if rules.unique and len(set(there.tolist())) < len(there):
        return False
    if rules.null_fraction is not None and len(column.null) and column.null.mean() > rules.null_fraction:
        return False
    if rules.increasing is True and (there[1:] < there[:-1]).any():
        return False
    if rules.decreasing is True and (there[1:] > there[:-1]).any():
        return False
    # The members of an array of shares are one whole; those of a frame are whole in each row.
    return not is_simplex(column.input) or column.input.field is not None or float(there.sum()) == 1.0


def _schemas(columns: Sequence[Column]) -> Iterator[DeclaredSchema]:
    found = {id(schema): schema for column in columns for schema in [column.input.parameter.schema] if schema}
    yield from found.values()


def _keeps_schema(case: Case, schema: DeclaredSchema, table: str) -> bool:
    if schema.rows is not None and not schema.rows.holds(case.rows_of(table)):
        return False
    found = [column for name in schema.key if (column := case.column(name, table)) is not None]
    cells = list(zip(*(column.values.tolist() for column in found), strict=True))
    return len(set(cells)) == len(cells)


def _keeps_referred(case: Case, table: str) -> bool:
    """Whether every row is there that a row, of this table or of another, refers to."""
    inputs = [column.input for column in case.columns]
    into = [link for link in links_among(inputs) if link.declared and link.target == table]
    return not any(lost.any() for lost in dangling(case, into).values())
