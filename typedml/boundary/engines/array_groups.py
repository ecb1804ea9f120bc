"""Groups of equal rows in columns of arrays: each row has the number of its group, or -1 without one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, NamedTuple, cast

import numpy as np
import numpy.typing as npt

from typedml.boundary.engines.arrays import Array, Cells, Mask, NumberCells, TextCells
from typedml.boundary.engines.lists import ListCells

Codes = npt.NDArray[np.int64]
_MOST = 2**62


class Coded(NamedTuple):
    """A column as numbers of its distinct values, -1 where a cell is missing; times are whole numbers."""

    codes: Codes
    distinct: Sequence[Any]


class Groups(NamedTuple):
    """The number of each row's group, below `size`."""

    codes: Codes
    size: int

    @property
    def dense(self) -> Groups:
        """The same groups, numbered without a gap."""
        there = self.codes >= 0
        names, numbers = np.unique(self.codes[there], return_inverse=True)
        codes = np.full(len(self.codes), -1, np.int64)
        codes[there] = numbers
        return Groups(codes, len(names))


def coded(cells: Cells) -> Coded:
    """The distinct values of a column, and which of them stands in each cell."""
    if isinstance(cells, NumberCells):
        return _coded_numbers(cells)
    if isinstance(cells, TextCells):
        encoded = cells.encoded()
        return Coded(_filled(encoded.indices), encoded.dictionary.to_pylist())
    objects = getattr(cells, "objects", None)
    if objects is not None and "pandas" in sys.modules:
        own, distinct = sys.modules["pandas"].factorize(objects)
        return Coded(np.asarray(own, np.int64), distinct.tolist())
    values: Any = cells.comparable if isinstance(cells, ListCells) else cast(Any, cells).values
    return _coded_values(values)


def _coded_numbers(cells: NumberCells) -> Coded:
    present = cells.present
    # Zero has no sign.
    values = present.astype(np.float64) + 0.0 if present.dtype.kind == "f" else present
    pandas = sys.modules.get("pandas")
    if pandas is not None:
        # Where pandas is loaded a table of hashes is there, which is several times faster than to sort.
        own, distinct = pandas.factorize(values)
    else:
        distinct, own = np.unique(values, return_inverse=True)
    if cells.missing is None:
        return Coded(np.asarray(own, np.int64), distinct.tolist())
    codes = np.full(len(cells.values), -1, np.int64)
    codes[~cells.missing] = own
    return Coded(codes, distinct.tolist())


def _coded_values(values: Sequence[Any]) -> Coded:
    numbers: dict[Any, int] = {}
    codes = [-1 if value is None else numbers.setdefault(value, len(numbers)) for value in values]
    return Coded(np.array(codes, np.int64), list(numbers))


def _filled(indices: Any) -> Codes:
    return np.asarray(indices.cast("int64").fill_null(-1).to_numpy(zero_copy_only=False), np.int64)


def groups_of(columns: Sequence[Coded], rows: int) -> Groups:
    """The rows that are equal in all of these columns; one group where there is none."""
    groups = Groups(np.zeros(rows, np.int64), 1)
    for column in columns:
        size = max(1, len(column.distinct))
        if groups.size * size > _MOST:
            groups = groups.dense
        missing = (groups.codes < 0) | (column.codes < 0)
        codes = groups.codes * size + column.codes
        codes[missing] = -1
        groups = Groups(codes, groups.size * size)
    return groups


def ranks(cells: Cells) -> tuple[Array, Mask]:
    """A column as numbers in the order of its values, and where a cell is missing."""
    if isinstance(cells, NumberCells):
        values = cells.values.view(np.int64) if cells.kind in "mM" else cells.values
        absent = np.zeros(len(values), np.bool_) if cells.missing is None else cells.missing
        return values, absent
    codes, distinct = coded(cells)
    place = np.empty(len(distinct) + 1, np.int64)
    place[sorted(range(len(distinct)), key=distinct.__getitem__)] = np.arange(len(distinct))
    return place[codes], codes < 0
