"""Cases in which all like inputs are equal: what a mean, a mixture or a sum is asked about."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from typedml.laws.case import Case, Column
from typedml.laws.grid import within
from typedml.laws.inputs import Input
from typedml.laws.monomials import Group
from typedml.laws.physical import size


def like_groups(inputs: Sequence[Input]) -> list[Group]:
    """The inputs that measure the same: of one dimension and count.

    A pure number is like itself only, and so is a setting of several values, which are not to be equal.
    """
    groups: dict[object, list[Input]] = {}
    for source in inputs:
        if not source.is_number or source.is_point:
            continue
        unit = source.unit
        alone = unit is None or not unit.dimension or source.several
        key = id(source) if unit is None or alone else (unit.dimension, unit.tags)
        groups.setdefault(key, []).append(source)
    return [tuple(group) for group in groups.values()]


def equalised(case: Case, groups: Sequence[Group], *, as_numbers: bool = False) -> Case | None:
    """The case with every row like the first, and like inputs of one size (of one number with `as_numbers`).

    None where their rules do not admit that.
    """
    flat = spread(case, case.rows)
    there = {column.input for column in case.columns if len(column.values)}
    for group in groups:
        if not there.issuperset(group):
            # A table that need not be given is not, or one has no rows.
            continue
        first = flat.column_of(group[0])
        for source in group[1:]:
            ratio = 1.0 if as_numbers else _size(group[0]) / _size(source)
            values = np.full(len(flat.column_of(source).values), float(first.values[0]) * ratio)
            column = flat.column_of(source)
            if not _fits(column, values):
                return None
            changed = attrs.evolve(
                column, values=values.astype(column.values.dtype), null=np.zeros(len(values), bool)
            )
            flat = flat.with_column(changed)
    return flat


def spread(case: Case, rows: int) -> Case:
    """A table of `rows` rows like the first without nulls; keys that are unique or increase stay.

    Every table of the case becomes one.
    """
    for table in case.tables:
        case = _spread(case, table, rows)
    return case


def _spread(case: Case, table: str, rows: int) -> Case:
    if not case.rows_of(table):
        return case
    complete = np.ones(case.rows_of(table), dtype=np.bool_)
    for column in case.columns_of(table):
        complete &= ~column.null
    row = int(np.argmax(complete))

    def repeat(column: Column) -> Column:
        if not column.input.tabular or column.input.table != table:
            return column
        if column.input.rules.unique or column.input.is_ordered:
            return column.take(range(min(rows, len(column.values))))
        return column.take([row] * rows)

    repeated = case.mapped(repeat)
    shortest = min((len(column.values) for column in repeated.columns_of(table)), default=1)
    return attrs.evolve(repeated, labels={}).take(range(shortest), table).relabelled(table)


def _fits(column: Column, values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> bool:
    whole = not column.input.integral or bool((values == np.round(values)).all())
    return whole and bool(within(column.input, values).all())


def _size(source: Input) -> float:
    return size(source.unit) if source.unit is not None else 1.0
