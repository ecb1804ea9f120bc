"""Ranges of values, and interval arithmetic over them.

>>> Range(0, 1) * Range(0, 1)
Range(0.0, 1.0)
>>> Range.at(1) - Range(0, 1)
Range(0.0, 1.0)

Closure of kinds is derived from here, so every operation must give a range that *contains* all its results
of finite numbers; where the exact one is not worth its code the answer is `UNBOUNDED`.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor, inf, isinf, isnan, trunc

from typedml.algebra.value import Value

_End = tuple[float, bool]
"""An end of a range, and whether it is outside of it."""


class Range(Value):
    """The numbers from `low` to `high`; an infinite end belongs to the range unless it is open."""

    __slots__ = ("high", "high_open", "low", "low_open")

    low: float
    high: float
    low_open: bool
    high_open: bool

    def __init__(self, low: float, high: float, low_open: bool = False, high_open: bool = False) -> None:
        if isnan(low) or isnan(high) or low > high or (low == high and (low_open or high_open)):
            raise ValueError(f"A range from {low} to {high} holds no number.\nHint: write (lowest, highest).")
        # Adding 0.0 turns -0.0 into 0.0, so that equal ranges look equal.
        object.__setattr__(self, "low", float(low) + 0.0)
        object.__setattr__(self, "high", float(high) + 0.0)
        object.__setattr__(self, "low_open", bool(low_open))
        object.__setattr__(self, "high_open", bool(high_open))

    @classmethod
    def at(cls, value: float) -> Range:
        """Return the range that holds `value` alone; of `nan` nothing is known."""
        return UNBOUNDED if isnan(value) else cls(value, value)

    def _key(self) -> tuple[object, ...]:
        return (self.low, self.high, self.low_open, self.high_open)

    def __repr__(self) -> str:
        ends = f"{self.low}, {self.high}"
        if self.low_open or self.high_open:
            ends += f", low_open={self.low_open}, high_open={self.high_open}"
        return f"Range({ends})"

    def __str__(self) -> str:
        left = "(" if self.low_open or isinf(self.low) else "["
        right = ")" if self.high_open or isinf(self.high) else "]"
        return f"{left}{self.low:g}, {self.high:g}{right}"

    @property
    def is_unbounded(self) -> bool:
        """Say whether every number is inside."""
        return self.low == -inf and self.high == inf

    def contains(self, value: float) -> bool:
        """Say whether `value` is inside; `nan` is in no range."""
        above = value > self.low or (value == self.low and not self.low_open)
        return above and (value < self.high or (value == self.high and not self.high_open))

    def within(self, other: Range) -> bool:
        """Say whether every number of this range is in `other`."""
        low = self.low > other.low or (self.low == other.low and (self.low_open or not other.low_open))
        high = self.high < other.high or (self.high == other.high and (self.high_open or not other.high_open))
        return low and high

    def overlaps(self, other: Range) -> bool:
        """Say whether the two have more than a point in common."""
        return max(self.low, other.low) < min(self.high, other.high)

    def __neg__(self) -> Range:
        return Range(-self.high, -self.low, self.high_open, self.low_open)

    def __abs__(self) -> Range:
        if self.low >= 0:
            return self
        if self.high <= 0:
            return -self
        top = max((-self.low, not self.low_open), (self.high, not self.high_open))
        return Range(0.0, top[0], False, not top[1])

    def __add__(self, other: Range) -> Range:
        low, high = self.low + other.low, self.high + other.high
        if isnan(low) or isnan(high):
            return UNBOUNDED
        if low == high:
            return Range(low, high)  # infinity and anything, or two points
        return Range(low, high, self.low_open or other.low_open, self.high_open or other.high_open)

    def __sub__(self, other: Range) -> Range:
        return self + -other

    def __mul__(self, other: Range) -> Range:
        return _hull([_product(a, b) for a in self._ends for b in other._ends])

    def __truediv__(self, other: Range) -> Range:
        reciprocal = other._reciprocal()
        return self * reciprocal if reciprocal is not None else UNBOUNDED

    def __floordiv__(self, other: Range) -> Range:
        rounded = (self / other)._step(floor)
        # A quotient may be rounded up across an integer: 1 // 0.1 is 9.
        exact = [a // b for a, _ in self._ends for b, _ in other._ends if b and not isinf(a)]
        return Range(min(rounded.low, *exact), max(rounded.high, *exact)) if exact else rounded

    def __mod__(self, other: Range) -> Range:
        """Return where `x % y` lies: between 0 and y, and not above a non-negative x of a positive y."""
        if other.low < 0:
            low_open = not isinf(other.low)
            return Range(other.low, max(other.high, 0.0), low_open, other.high > 0 and not isinf(other.high))
        if self.low >= 0 and self.high < other.high:
            return Range(0.0, self.high, False, self.high_open and self.high > 0)
        return Range(0.0, other.high, False, other.high > 0 and not isinf(other.high))

    def __pow__(self, other: Range) -> Range:
        if self.low >= 0:
            return self._monotone_power(other)
        exponent = other.low
        if exponent != other.high or not float(exponent).is_integer() or exponent < 0:
            return UNBOUNDED
        if exponent % 2:
            return _hull([(_power(end, exponent), is_open) for end, is_open in self._ends])
        return abs(self)._monotone_power(other)

    def __pos__(self) -> Range:
        return self

    def rounded(self) -> Range:
        """Return where `round(x)` lies."""
        return self._step(round)

    def floored(self) -> Range:
        """Return where `floor(x)` lies."""
        return self._step(floor)

    def ceiled(self) -> Range:
        """Return where `ceil(x)` lies."""
        return self._step(ceil)

    def truncated(self) -> Range:
        """Return where `int(x)` lies."""
        return self._step(trunc)

    def mapped(self, function: Callable[[float], float]) -> Range:
        """Return the image under a rising `function`, which is defined at both ends."""
        return Range(function(self.low), function(self.high), self.low_open, self.high_open)

    @property
    def _ends(self) -> tuple[_End, _End]:
        return (self.low, self.low_open), (self.high, self.high_open)

    def _reciprocal(self) -> Range | None:
        """Return where `1 / y` lies, or None if y crosses zero."""
        if self.low < 0 < self.high or self.low == self.high == 0:
            return None
        return _hull([(_inverse(end, self.low < 0), is_open or isinf(end)) for end, is_open in self._ends])

    def _monotone_power(self, other: Range) -> Range:
        """Return where `x ** n` lies for non-negative x: extremes are at corners, and at 1 where x may be."""
        corners = [_power_end(a, b) for a in self._ends for b in other._ends]
        if other.low <= 0 <= other.high or self.low <= 1 <= self.high:
            corners.append((1.0, False))
        return _hull(corners)

    def _step(self, function: Callable[[float], int]) -> Range:
        """Return the image under a step function that rises; its ends are taken as closed."""
        low, high = (end if isinf(end) else float(function(end)) for end in (self.low, self.high))
        return Range(low, high)


UNBOUNDED = Range(-inf, inf)
"""Every number."""

NON_NEGATIVE = Range(0, inf)
"""Zero and above."""

UNIT_RANGE = Range(0, 1)
"""From zero to one."""


def _hull(ends: list[_End]) -> Range:
    """Return the smallest range around `ends`; an end is open if it is open wherever it occurs."""
    low, low_open = min(ends)
    high, _ = max(ends)
    # A point that is approached only is still a point: (0, 1) * 0 holds 0.
    return Range(low, high) if low == high else Range(low, high, low_open, (high, False) not in ends)


def _product(a: _End, b: _End) -> _End:
    if a[0] == 0 or b[0] == 0:
        # Zero times anything finite is zero, so the end is reached if the zero is.
        return 0.0, not ((a[0] == 0 and not a[1]) or (b[0] == 0 and not b[1]))
    return a[0] * b[0], a[1] or b[1]


def _power_end(base: _End, exponent: _End) -> _End:
    value = _power(base[0], exponent[0])
    # Every positive power of 0 is 0, and of infinity infinity: there an open exponent opens no end.
    is_open = base[1] or (exponent[1] and 0 < base[0] < inf)
    # What infinity leads to is approached only.
    limit = isinf(base[0]) or (isinf(exponent[0]) and base[0] not in (0, 1))
    return value, is_open or (limit and not isinf(value))


def _inverse(end: float, negative: bool) -> float:
    if end == 0:
        return -inf if negative else inf
    return 1.0 / end


def _power(base: float, exponent: float) -> float:
    if base == 0 and exponent < 0:
        return inf
    try:
        return float(base**exponent)
    except OverflowError:
        return inf if base > 0 or exponent % 2 == 0 else -inf
