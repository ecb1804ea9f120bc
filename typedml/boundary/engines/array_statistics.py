"""Statistics of groups of rows, beside each row of its group; missing values are left out."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from typedml.boundary.engines.array_groups import Codes, Groups
from typedml.boundary.engines.arrays import Array


class Masked(NamedTuple):
    """Values (or one value), and where they are missing (False: nowhere)."""

    values: Any
    missing: Any


def statistic(name: str, column: Masked, groups: Groups) -> Masked:
    """The statistic of each row's group; missing in rows without a group, and of no values but a count."""
    groups = groups.dense if groups.size > 1 else groups
    rows = len(groups.codes)
    values = np.broadcast_to(np.asarray(column.values), (rows,))
    there = (groups.codes >= 0) & ~np.broadcast_to(np.asarray(column.missing, np.bool_), (rows,))
    codes, size = groups.codes[there], max(groups.size, 1)
    found = _STATISTICS[name](values[there], codes, size)
    empty = np.zeros(size, np.bool_)
    if name not in ("count", "n_unique"):
        empty = np.bincount(codes, minlength=size) == 0
    if found.dtype.kind == "f":
        empty = empty | np.isnan(found)
    return Masked(found[groups.codes], empty[groups.codes] | (groups.codes < 0))


def _sums(values: Array, codes: Codes, size: int) -> Array:
    # Sums and means are those of 64-bit floats, as on every engine.
    return np.bincount(codes, weights=values.astype(np.float64), minlength=size)


def _means(values: Array, codes: Codes, size: int) -> Array:
    return np.asarray(_sums(values, codes, size) / np.bincount(codes, minlength=size))


def _counts(values: Array, codes: Codes, size: int) -> Array:
    return np.bincount(codes, minlength=size)


def _distinct(values: Array, codes: Codes, size: int) -> Array:
    if values.dtype.kind == "O":
        numbers: dict[Any, int] = {}
        own = np.array([numbers.setdefault(_hashable(value), len(numbers)) for value in values], np.int64)
    else:
        numbers_of, own = np.unique(values, return_inverse=True)
        numbers = dict.fromkeys(range(len(numbers_of)), 0)
    pairs = np.unique(codes * max(1, len(numbers)) + own)
    return np.bincount(pairs // max(1, len(numbers)), minlength=size)


def _hashable(value: Any) -> Any:
    try:
        hash(value)
    except TypeError:
        return repr(value)
    return value


def _extremes(values: Array, codes: Codes, size: int, *, greatest: bool) -> Array:
    order = np.argsort(codes, kind="stable")
    first = np.flatnonzero(np.diff(codes[order], prepend=-1))
    found = np.zeros(size, values.dtype)
    if len(order):
        reduce = np.maximum.reduceat if greatest else np.minimum.reduceat
        found[codes[order][first]] = reduce(values[order], first)
    return found


_STATISTICS: dict[str, Any] = {
    "sum": _sums,
    "mean": _means,
    "min": lambda values, codes, size: _extremes(values, codes, size, greatest=False),
    "max": lambda values, codes, size: _extremes(values, codes, size, greatest=True),
    "count": _counts,
    "n_unique": _distinct,
}
