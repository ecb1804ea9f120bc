"""Other values of what names a row, so that more rows may stand beside those of a table.

A key says that rows are different ones, not what they hold: names, whole numbers and times of a key may be
other ones, as long as nothing else refers to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
import numpy as np

from typedml.laws.admission import admits
from typedml.laws.case import Case, Column, Values
from typedml.laws.columns import Drawing
from typedml.laws.columns import values as drawn
from typedml.laws.inputs import Input
from typedml.laws.links import links_among
from typedml.laws.placing import BASE
from typedml.laws.renaming import is_nominal
from typedml.laws.settings import Unfillable
from typedml.laws.times import clock_of

STEPS = {"us": np.timedelta64(1, "s"), "D": np.timedelta64(1, "D")}
MOST_STEPS = 48
SEED = 3_141


def renewed(case: Case, inputs: Sequence[Input], trial: int = 0) -> Case | None:
    """The rows of the base table under keys that none of them has; None where the rules leave no others."""
    for key in _keys(inputs):
        found = (_with_fresh(case, source, inputs, trial) for source in _free(key, inputs))
        other = next((each for each in found if each is not None), None)
        if other is None:
            return None
        case = other
    return attrs.evolve(case)


def with_fresh_keys(case: Case, row: int, donor: Case) -> Case:
    """The case with the keys of one row from the row of the same number in another table."""
    names = {source for key in _keys([c.input for c in case.columns]) for source in key}

    def taken(column: Column) -> Column:
        if column.input not in names:
            return column
        other = donor.column_of(column.input)
        values = column.values.copy()
        values[row] = other.values[row]
        return column.replaced(values)

    return case.mapped(taken)


def fixed_key(inputs: Sequence[Input]) -> str | None:
    """The first key of the base table of which no column may have other values; None where all may."""
    fixed = (key for key in _keys(inputs) if not _free(key, inputs))
    return next((", ".join(source.name for source in key) for key in fixed), None)


def keys_of(inputs: Sequence[Input]) -> str:
    """The names of the columns by which rows of the base table are told apart; "" where there are none."""
    return ", ".join(dict.fromkeys(source.name for key in _keys(inputs) for source in key))


def _keys(inputs: Sequence[Input]) -> list[tuple[Input, ...]]:
    """The keys of the base table: each unique column, and the columns of `key=` where none of them is one."""
    columns = {source.name: source for source in inputs if source.tabular and source.table == BASE}
    found: list[tuple[Input, ...]] = [(source,) for source in columns.values() if source.rules.unique]
    schemas = {id(s.parameter.schema): s.parameter.schema for s in columns.values() if s.field is not None}
    for schema in schemas.values():
        key = tuple(columns[name] for name in schema.key if name in columns) if schema else ()
        if key and not any(source.rules.unique for source in key):
            found.append(key)
    return found


def _free(key: Sequence[Input], inputs: Sequence[Input]) -> list[Input]:
    """The columns of a key that may have other values: names first, then whole numbers, then times."""
    tied = _referred(inputs)
    free = [s for s in reversed(key) if s.name not in tied and not _is_read_as_such(s)]
    names = [s for s in free if s.base is str or is_nominal(s.meaning)]
    whole = [s for s in free if s.integral and s.is_number and s not in names]
    return [*names, *whole, *(s for s in free if s.is_instant)]


def _is_read_as_such(source: Input) -> bool:
    """True for groups, the times of a scope, orders and what is one of a few."""
    return source.grouped or source.clock or source.is_ordered or source.rules.isin is not None


def _referred(inputs: Sequence[Input]) -> set[str]:
    """The columns of the base table that others refer to, that refer to others, or that stand elsewhere."""
    found = {source.name for source in inputs if source.tabular and source.table != BASE}
    found |= {source.name for source in inputs if source.rules.references is not None}
    for link in links_among(inputs):
        found |= set(link.columns) if link.table == BASE else set()
        found |= set(link.targets) if link.target == BASE else set()
    return found


def _with_fresh(case: Case, source: Input, inputs: Sequence[Input], trial: int) -> Case | None:
    column = case.column_of(source)
    fresh = _later(column, trial) if source.is_instant else _drawn(column, inputs, (case.number, trial))
    if fresh is None:
        return None
    return case.with_column(column.replaced(np.where(column.null, column.values, fresh)))


def _later(column: Column, trial: int) -> Values | None:
    """Times that are all a few steps later than they were, and none of which stood there before.

    In later trials they lie farther apart, too: the time between rows is read without the times themselves.
    """
    there = set(column.values[~column.null].tolist())
    for times in _steps(column.values, trial):
        moved = times[~column.null]
        if there.isdisjoint(moved.tolist()):
            return times if bool((admits(column.input, times) | column.null).all()) else None
    return None


def _steps(values: Values, trial: int) -> Iterator[Values]:
    step = STEPS[np.datetime_data(values.dtype)[0]]
    places = np.unique(values, return_inverse=True)[1]
    for steps in range(1, MOST_STEPS):
        yield np.asarray(values + step * (steps + trial * (1 + places)))


def _drawn(column: Column, inputs: Sequence[Input], seed: tuple[int, int]) -> Values | None:
    """As many names or numbers, all different and none of which stood there before."""
    source, rows = column.input, len(column.values)
    assert source.field is not None
    rules = attrs.evolve(source.rules, unique=True)
    unique = attrs.evolve(source, field=attrs.evolve(source.field, rules=rules))
    known = set(column.values[~column.null].tolist())
    random = np.random.default_rng((SEED, *seed, rows))
    try:
        found = drawn(unique, rows + len(known), Drawing(inputs, random, clock_of(inputs, seed[0])))
    except Unfillable:
        return None
    fresh = np.flatnonzero([value not in known for value in found.tolist()])
    return found[fresh[:rows]] if len(fresh) >= rows else None
