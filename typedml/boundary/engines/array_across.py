"""Rules that cells of one column do not answer, over arrays: keys, references, orders, expressions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

import numpy as np

from typedml.boundary.engines import array_rules
from typedml.boundary.engines.array_groups import Coded, coded, groups_of, ranks
from typedml.boundary.engines.arrays import Array, Cells, Mask, NumberCells
from typedml.boundary.plan import Rule
from typedml.boundary.stage import Stage
from typedml.boundary.times import ticks
from typedml.declare.demands import Key, Order, Reference
from typedml.declare.expression import Expression


def count(stage: Stage, rule: Rule, columns: Mapping[str, Cells], rows: int) -> int:
    """How many rows break a rule that looks beyond one cell."""
    if isinstance(rule.argument, Key):
        return _combined(rule.argument, columns, rows).count(_UNIQUE)
    return int(np.count_nonzero(broken_rows(stage, rule, columns, rows)))


def broken_rows(stage: Stage, rule: Rule, columns: Mapping[str, Cells], rows: int) -> Mask:
    """Whether each row breaks a rule that looks beyond one cell."""
    argument: Expression | Key | Order | Reference = rule.argument
    match argument:
        case Expression():
            return array_rules.broken_rows(argument, columns, rows)
        case Key():
            return _combined(argument, columns, rows).bad(_UNIQUE)
        case Order():
            value, key = (columns[name] for name in rule.reads)
            return _falls(value, key, argument.descending)
        case Reference():
            cells = [columns[name] for name in argument.columns]
            return _strangers(cells, stage.referenced[rule], rows)
        case _:
            assert_never(argument)


_UNIQUE = Rule("", "unique")


def _combined(key: Key, columns: Mapping[str, Cells], rows: int) -> NumberCells:
    """The parts of a key as one number in each row."""
    groups = groups_of([coded(columns[name]) for name in key.columns], rows)
    return NumberCells(groups.codes, groups.codes < 0)


def _falls(value: Cells, key: Cells, descending: bool) -> Mask:
    values, no_value = ranks(value)
    keys, no_key = ranks(key)
    judged = np.flatnonzero(~(no_value | no_key))
    there, bad = values[judged], np.zeros(len(values), np.bool_)
    if _rises(keys[judged]) and (_rises(there[::-1]) if descending else _rises(there)):
        # Most tables stand in their order already, and need not be sorted.
        return bad
    order = np.lexsort((_turned(there) if descending else there, keys[judged]))
    ordered = there[order]
    beyond = ordered[1:] > ordered[:-1] if descending else ordered[1:] < ordered[:-1]
    bad[judged[order[1:]]] = beyond
    return bad


def _rises(values: Array) -> bool:
    return bool((values[1:] >= values[:-1]).all())


def _turned(values: Array) -> Array:
    """Numbers in the opposite order, without one that has no opposite."""
    return -values if values.dtype.kind == "f" else ~values


def _strangers(cells: list[Cells], known: frozenset[Any], rows: int) -> Mask:
    columns = [coded(each) for each in cells]
    if len(columns) == 1:
        convert = _converter(cells[0])
        wanted = {convert(value) for value in known}
        strange = np.array([value not in wanted for value in columns[0].distinct] + [False], np.bool_)
        # The code of a missing cell, -1, finds the last of these.
        return np.asarray(strange[columns[0].codes])
    return _strange_rows(columns, {_converted(cells, row) for row in known}, rows)


def _strange_rows(columns: list[Coded], known: set[Any], rows: int) -> Mask:
    groups = groups_of(columns, rows)
    there = groups.codes >= 0
    _, first, group = np.unique(groups.codes[there], return_index=True, return_inverse=True)
    positions = np.flatnonzero(there)[first]
    parts = [[column.distinct[code] for code in column.codes[positions]] for column in columns]
    strange = np.array([row not in known for row in zip(*parts, strict=True)], np.bool_)
    bad = np.zeros(rows, np.bool_)
    bad[there] = strange[group] if len(strange) else False
    return bad


def _converted(cells: list[Cells], row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(_converter(each)(value) for each, value in zip(cells, row, strict=True))


def _converter(cells: Cells) -> Any:
    """What makes of a value of Python what stands among the distinct values of a column."""
    if isinstance(cells, NumberCells) and cells.kind in "mM":
        unit = np.datetime_data(cells.values.dtype)[0]
        return lambda value: ticks(value, unit)
    return lambda value: value
