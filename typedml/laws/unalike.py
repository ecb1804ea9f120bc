"""Values of six rows of which no two statistics agree: mean, median, middle, first, last, largest, smallest.

Of the six, five are one group and one is another; one value of the larger group stands twice. Where a
threshold is known, one value is at it, and there are others on both sides. Where a number may be missing
there are two rows more, one of each group.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from typedml.laws.admission import admits
from typedml.laws.case import Column, Values
from typedml.laws.grid import Generator, grid_of, limits
from typedml.laws.inputs import Input
from typedml.laws.settings import Unfillable

# Which of the four values of the larger group each row has; the row of the other group has one of its own.
OTHER = 4
PLACES = (0, 1, OTHER, 1, 2, 3, 5, 6)
# The order of the four by size: neither the first nor the last one is the largest or the smallest.
ORDERS = ((1, 3, 0, 2), (2, 0, 3, 1))
# The same where the row that stands twice is one below a threshold, so that it counts twice there.
LOW_TWICE = ((1, 0, 3, 2), (2, 0, 3, 1))
# Of five values in rising order: those of the larger group, the middle one among them, and the other.
LARGER, SINGLE = (0, 1, 2, 4), 3
DRAWS = 64
APART = 1 / 64
PARTS = (1 / 4, 5 / 8)


def unalike(column: Column, marks: Sequence[float], way: int, random: Generator) -> Column:
    """The column with such values, one of the `marks` among them; as it is where its rules leave no room.

    `way` tells columns apart, so that not all have their largest value in one row.
    """
    source = column.input
    if source.rules.isin is not None or not (source.is_number or column.values.dtype.kind == "b"):
        return column
    order = (LOW_TWICE if marks else ORDERS)[way % 2]
    if column.values.dtype.kind == "b" or _is_binary(source):
        values = np.array([rank > 0 for rank in order] + [False, True, False])
    else:
        found = _five(source, marks, random)
        if found is None:
            return column
        beside = grid_of(source).draw(random, len(PLACES) - len(found) - 1)
        values = np.array([found[LARGER[rank]] for rank in order] + [found[SINGLE], *beside])
    chosen: Values = values[list(PLACES[: len(column.values)])].astype(column.values.dtype)
    fits = bool(admits(source, chosen).all())
    return column.replaced(chosen) if fits else column


def _is_binary(source: Input) -> bool:
    try:
        grid = grid_of(source)
    except Unfillable:
        return False
    return source.integral and grid.low == 0 and grid.high == 1


def _five(source: Input, marks: Sequence[float], random: Generator) -> NDArray[np.float64] | None:
    """Five rising values, the middle one a mark if one lies inside; None where there are none."""
    grid = grid_of(source)
    for draw in range(DRAWS):
        found = _around(source, marks[draw % len(marks)], random) if marks and draw < DRAWS // 2 else None
        if found is None and grid.cells >= len(LARGER):
            found = np.sort(grid.draw(random, len(LARGER) + 1, unique=True))
        if found is not None and len(np.unique(found)) == len(found) and _is_uneven(found):
            return found
    return None


def _around(source: Input, mark: float, random: Generator) -> NDArray[np.float64] | None:
    """Five rising values about a mark: two below it and two above, nearer than the grid goes if need be."""
    grid = grid_of(source)
    places = grid.at(np.arange(grid.cells + 1))
    low, high = limits(source)[:2]
    below = _two(places[places < mark], mark, low, random)
    above = _two(places[places > mark], mark, high, random)
    if below is None or above is None:
        return None
    found = np.sort(np.concatenate([below, [mark], above]))
    return found if not source.integral or bool((found == np.floor(found)).all()) else None


def _two(
    places: NDArray[np.float64], mark: float, end: float, random: Generator
) -> NDArray[np.float64] | None:
    """Two of the places on one side of a mark; if there are none, between it and the end of what may be."""
    if len(places) > 1:
        return random.choice(places, size=2, replace=False)
    return mark + (end - mark) * np.array(PARTS) if np.isfinite(end) and end != mark else None


def _is_uneven(five: NDArray[np.float64]) -> bool:
    """True where mean, median and middle of the larger group differ, with its repeated value or without."""
    four = five[list(LARGER)]
    groups = [four, *(np.append(four, value) for value in four)]
    groups += [np.delete(four, place) for place in range(len(four))]
    return all(map(_are_apart, groups))


def _are_apart(group: NDArray[np.float64]) -> bool:
    mean, median, middle = group.mean(), np.median(group), (group.min() + group.max()) / 2
    least = APART * (group.max() - group.min())
    return bool(min(abs(mean - median), abs(mean - middle), abs(median - middle)) >= least)
