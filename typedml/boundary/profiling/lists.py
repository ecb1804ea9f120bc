"""Answers from Python values, for frames and columns that no other source can be asked about."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, final

from typedml.boundary.profiling.asked import MOST_SHOWN, Between, Bounds, Corner, Extremes, Texts
from typedml.boundary.profiling.scales import Line

_REFUSES: dict[str, Callable[[Any, Any], bool]] = {
    "gt": lambda value, bound: bool(value <= bound),
    "ge": lambda value, bound: bool(value < bound),
    "lt": lambda value, bound: bool(value >= bound),
    "le": lambda value, bound: bool(value > bound),
}


@final
class ListSource:
    """Columns as lists; `read` gives the values of one, None where one is missing, or None if it cannot."""

    def __init__(self, read: Callable[[str], Sequence[Any] | None]) -> None:
        self.read = read

    def extremes(self, lines: Mapping[str, Line], within: Mapping[str, Corner]) -> dict[str, Extremes]:
        """The extremes of each column, of some only within two values."""
        return {name: _extremes(self._values(name, line), within.get(name)) for name, line in lines.items()}

    def between(
        self, lines: Mapping[str, Line], cuts: Mapping[str, Sequence[Any]], bounds: Mapping[str, Bounds]
    ) -> dict[str, Between]:
        """The counts between the edges of each column."""
        return {
            name: _between(self._values(name, line), cuts[name], bounds[name]) for name, line in lines.items()
        }

    def texts(self, name: str) -> Texts:
        """The most frequent values of a column."""
        times = Counter(str(value) for value in self._values(name, None))
        top = sorted(times.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_SHOWN]
        return Texts(tuple(top), len(times), times.total())

    def _values(self, name: str, line: Line | None) -> list[Any]:
        found = self.read(name)
        if found is None:
            raise LookupError(name)
        values = [value for value in found if value is not None]
        if line is not None and line.scale == "lengths":
            return [len(str(value)) for value in values]
        return values


def _extremes(values: list[Any], corner: Corner | None) -> Extremes:
    if corner is not None:
        values = [value for value in values if corner[0] <= value <= corner[1]]
    finite = [value for value in values if not (isinstance(value, float) and math.isinf(value))]
    return Extremes(min(finite, default=None), max(finite, default=None), len(values))


def _between(values: list[Any], cuts: Sequence[Any], bounds: Bounds) -> Between:
    refused = [v for v in values if any(_REFUSES[name](v, bound) for name, bound in bounds.items())]
    return Between(*_below(values, cuts), *_below(refused, cuts), len(refused))


def _below(values: list[Any], cuts: Sequence[Any]) -> tuple[tuple[int, ...], int]:
    ordered = sorted(values)
    return tuple(bisect_left(ordered, cut) for cut in cuts), bisect_right(ordered, cuts[-1])
