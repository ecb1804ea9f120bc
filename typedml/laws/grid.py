"""The dyadic grid of an input, `low + step * integer`: sums on it are exact, shrinking shrinks integers."""

from __future__ import annotations

import math
from typing import Any, final

import attrs
import numpy as np
from numpy.typing import NDArray

from typedml.declare.column_contradictions import INTEGERS
from typedml.laws.inputs import Input
from typedml.laws.settings import Unfillable
from typedml.laws.typical import typical_range

CELLS = 256
FEW_CELLS = 16
Generator = np.random.Generator


@final
@attrs.frozen
class Grid:
    """The values `low + step * i` for i from 0 to `cells`; `sexagesimal` keeps minutes below 60.

    A `wide` grid is drawn from so that every doubling is as likely as another.
    """

    low: float
    step: float
    cells: int
    sexagesimal: bool = False
    wide: bool = False

    def draw(self, random: Generator, rows: int, *, unique: bool = False) -> NDArray[np.float64]:
        """Values of the grid; all different where `unique`."""
        if unique and self.cells + 1 < rows:
            raise Unfillable(f"room for {rows} different values between {self.low:g} and {self.high:g}")
        if unique:
            places = random.choice(self.cells + 1, size=rows, replace=False)
        elif self.wide and self.low > 0:
            # Every doubling is as likely as another: a limit hidden in the code may lie anywhere.
            values = self.low * np.exp(random.random(rows) * math.log(self.high / self.low))
            places = np.floor((values - self.low) / self.step).astype(np.int64)
        else:
            places = random.integers(0, self.cells + 1, size=rows)
        return self.at(places)

    def at(self, places: NDArray[np.int64]) -> NDArray[np.float64]:
        """The values at these places of the grid."""
        values = self.low + self.step * places.astype(np.float64)
        return values - values % 100 + values % 100 % 60 if self.sexagesimal else values

    @property
    def high(self) -> float:
        """The highest value."""
        return self.low + self.step * self.cells


def grid_of(source: Input, room: int = 0) -> Grid:
    """The grid of a numeric input: inside its kind's range and its rules, where values typically lie.

    A few whole numbers are all admitted, and so is everything where typical values leave less than `room`.
    Raises: Unfillable where the rules leave no room.
    """
    low, high, _, _ = limits(source)
    bounded = math.isfinite(low) and math.isfinite(high)
    if bounded and source.integral and high - low <= FEW_CELLS:
        return _grid(source, low, high)
    grid = _grid(source, *_window(typical_range(source), low, high))
    return _grid(source, low, high) if bounded and grid.cells + 1 < room else grid


def _grid(source: Input, start: float, end: float) -> Grid:
    low, high, low_open, high_open = limits(source)
    step = _step(start, end, whole=source.integral)
    first = math.ceil(start / step) * step
    first += step * (first < low or (first == low and low_open))
    cells = math.floor((end - first) / step)
    cells -= first + step * cells == high and high_open
    if cells < 0:
        raise Unfillable(f"a value that the rules of `{source.name}` admit")
    wide = not (math.isfinite(low) and math.isfinite(high))
    return Grid(first, step, cells, sexagesimal=source.sexagesimal, wide=wide)


def limits(source: Input) -> tuple[float, float, bool, bool]:
    """The narrowest of the kind's range and the field's rules: low, high and whether each end is open."""
    lows, highs = [(-math.inf, False)], [(math.inf, False)]
    if source.meaning is not None:
        span = source.meaning.range
        lows.append((span.low, span.low_open))
        highs.append((span.high, span.high_open))
    rules = source.rules
    if rules.width in INTEGERS:
        lows.append((INTEGERS[rules.width][0], False))
        highs.append((INTEGERS[rules.width][1], False))
    lows += [(float(rules.gt), True)] if rules.gt is not None else []
    lows += [(float(rules.ge), False)] if rules.ge is not None else []
    highs += [(float(rules.lt), True)] if rules.lt is not None else []
    highs += [(float(rules.le), False)] if rules.le is not None else []
    low, high = max(lows), min(highs, key=lambda end: (end[0], not end[1]))
    return low[0], high[0], low[1], high[1]


def within(source: Input, values: NDArray[Any]) -> NDArray[np.bool_]:
    """Which numbers the kind and the rules of an input admit."""
    low, high, low_open, high_open = limits(source)
    above = values > low if low_open else values >= low
    below = values < high if high_open else values <= high
    return np.asarray(above & below)


def _window(typical: tuple[float, float], low: float, high: float) -> tuple[float, float]:
    """Where to draw from: typical values inside the limits, else a stretch as wide at the limit."""
    start, end = typical
    width = end - start
    if math.isfinite(low) and math.isfinite(high):
        # A margin keeps the two ends, 0 and 1 for a probability, out of ordinary tables.
        margin = (high - low) / 64
        inner = max(start, low + margin), min(end, high - margin)
        return inner if inner[1] - inner[0] > margin else (low + margin, high - margin)
    if start < low:
        return low + width / 64, low + max(width, abs(low) / 2)
    if end > high:
        return high - max(width, abs(high) / 2), high - width / 64
    return typical


def _step(start: float, end: float, *, whole: bool) -> float:
    step = 2.0 ** math.floor(math.log2(max(end - start, 2.0**-40) / CELLS))
    return max(1.0, float(math.floor(step))) if whole else min(step, 0.125) if step < 16 else step
