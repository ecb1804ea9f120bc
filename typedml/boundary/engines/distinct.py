"""Whether no value occurs twice: exact for numbers, in eight bytes a row, and without a table of hashes.

Text is asked by its hashes. Equal texts have equal hashes, so hashes that all differ prove that the texts do;
two equal hashes prove nothing, and whoever asked compares the texts themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

# Rows copied at a time: enough that a call costs nothing beside its work, and little memory.
PART = 1 << 17


def parts_of(values: Array, missing: npt.NDArray[np.bool_] | None = None) -> Iterator[Array]:
    """The values of a column that are not missing, a part of the rows at a time."""
    for start in range(0, len(values), PART):
        part = values[start : start + PART]
        yield part if missing is None else part[~missing[start : start + PART]]


def all_differ(values: Array, missing: npt.NDArray[np.bool_] | None = None) -> bool:
    """Whether no number of a column occurs twice; what is missing does not count."""
    if _rises(parts_of(values, missing)):
        return True
    size = len(values) - (0 if missing is None else int(np.count_nonzero(missing)))
    bounds = _dense_bounds(parts_of(values, missing), size) if values.dtype.kind in "iu" else None
    if bounds is not None:
        return _fill_a_table(parts_of(values, missing), size, *bounds)
    return hashes_differ(parts_of(values, missing), size, values.dtype)


def hashes_differ(parts: Iterable[Array], size: int, dtype: Any = np.uint64) -> bool:
    """Whether no number occurs twice in the parts of a column that has `size` of them at most."""
    # Sorting in place is several times faster than a table of hashes, and needs no memory but this copy.
    ordered, filled = np.empty(size, dtype), 0
    for part in parts:
        ordered[filled : filled + len(part)] = part
        filled += len(part)
    ordered = ordered[:filled]
    ordered.sort()
    return _rises(parts_of(ordered))


def _rises(parts: Iterable[Array]) -> bool:
    """Whether every number is greater than the one before it: identifiers that count up are settled here."""
    last: Any = None
    for part in parts:
        if len(part) and ((last is not None and not last < part[0]) or not (part[:-1] < part[1:]).all()):
            return False
        last = part[-1] if len(part) else last
    return True


def _dense_bounds(parts: Iterable[Array], size: int) -> tuple[int, int] | None:
    """The least and the greatest of integers that lie so densely that a table of them is small."""
    extremes = [(int(part.min()), int(part.max())) for part in parts if len(part)]
    if not extremes:
        return None
    low, high = min(low for low, _ in extremes), max(high for _, high in extremes)
    return (low, high) if high - low < _SPREAD * size else None


# A table of truth values with this many places a row is smaller than a copy of the integers.
_SPREAD = 4


def _fill_a_table(parts: Iterable[Array], size: int, low: int, high: int) -> bool:
    """Whether integers between two bounds take as many places in a table as there are integers."""
    if high - low + 1 < size:
        return False
    taken = np.zeros(high - low + 1, np.bool_)
    for part in parts:
        # Differences of unsigned numbers are right also where those of signed ones would overflow.
        taken[part.astype(np.uint64) - np.uint64(low % 2**64)] = True
    return int(np.count_nonzero(taken)) == size
