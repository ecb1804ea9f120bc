"""The cells of the matrix: for a rule, tables with no failure, some, all, nulls, no rows, ..."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import cycle, islice
from typing import Any

from tests.boundary.conformance.frames import TYPES, Stored
from tests.boundary.conformance.rows import INF, NAN, RuleRow

ROWS = 6
HUGE = (2**53, 2**53 + 1, 2**62, 2**63 - 1, -(2**53) - 1, -(2**63))
LIMITS = {"int": 2**63, "int32": 2**31, "int16": 2**15, "int8": 2**7, "uint8": 2**8, "uint64": 2**64}
Cells = list[tuple[Any, ...]]


def _held(row: RuleRow) -> Cells:
    return list(islice(cycle(row.good), ROWS))


def _mixed(row: RuleRow) -> Cells | None:
    if not row.bad:
        return None
    bad = row.bad
    rows = _held(row)
    for place, broken in zip((1, 4), cycle(bad), strict=False):
        rows[place] = broken
    return rows


def _broken(row: RuleRow) -> Cells | None:
    return list(islice(cycle(row.bad), ROWS)) if row.bad else None


def _with(row: RuleRow, value: Any, *, wanted: Callable[[str], bool]) -> Cells | None:
    """Rows that break the rule and rows that do not, the value here and there."""
    held = types_of(row)
    places = [place for place, name in enumerate(row.spec.names) if wanted(held[name])]
    if not places:
        return None
    rows = _mixed(row) or _held(row)
    # One stands right before a row that breaks the rule: what looks past it must look far enough.
    for place, column in zip((0, 3, 5), cycle(places), strict=False):
        rows[place] = (*rows[place][:column], value, *rows[place][column + 1 :])
    return rows


def _is_float(kind: str) -> bool:
    return TYPES[kind].base == "float"


def _huge(row: RuleRow) -> Cells | None:
    held = types_of(row)
    columns = [name for name in row.spec.names if held[name] == "int"]
    if not columns:
        return None
    values = sorted(HUGE) if row.target[1] == "increasing" else HUGE
    return [
        tuple(
            values[(place + column) % 6] if held[name] == "int" else row.good[0][column]
            for column, name in enumerate(row.spec.names)
        )
        for place in range(ROWS)
    ]


def _only_nulls(row: RuleRow) -> Cells:
    return [tuple(None for _ in row.spec.names)] * ROWS


CELLS: dict[str, Callable[[RuleRow], Cells | None]] = {
    "none": _held,
    "some": _mixed,
    "all": _broken,
    "null": lambda row: _with(row, None, wanted=lambda kind: True),
    "nan": lambda row: _with(row, NAN, wanted=_is_float),
    "inf": lambda row: _with(row, INF, wanted=_is_float),
    "-inf": lambda row: _with(row, -INF, wanted=_is_float),
    "-0.0": lambda row: _with(row, -0.0, wanted=_is_float),
    "0.0": lambda row: _with(row, 0.0, wanted=_is_float),
    "huge": _huge,
    "only nulls": _only_nulls,
    "empty": lambda row: [],
    "one": lambda row: [row.good[0]],
    "one bad": lambda row: [row.bad[0]] if row.bad else None,
}
"""Zones are rows of their own among the rules: "utc" and "zoned"."""


def types_of(row: RuleRow) -> dict[str, str]:
    """The stored type of each column of a rule."""
    return {column.name: row.stored.get(column.name, column.base) for column in row.spec.columns}


def table_of(row: RuleRow, cells: Sequence[Any], prefix: str = "") -> dict[str, Stored]:
    """The table that a cell is."""
    held = types_of(row)
    return {
        f"{prefix}{name}": Stored(held[name], [each[place] for each in cells])
        for place, name in enumerate(row.spec.names)
    }
