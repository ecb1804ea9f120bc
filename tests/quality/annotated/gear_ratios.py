"""Gear trains and tuning in exact fractions: teeth, turns, ratios, and the best simple ratio near a number.

Written for this test, after the shape of CPython's `fractions`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Annotated

from typedml import COUNT, Kind, Unit

RATIO = Kind("GearRatio", range=(0.0, math.inf))
HERTZ = Unit("Hz")
Teeth = Annotated[int, COUNT]
Ratio = Annotated[Fraction, RATIO]
Rpm = Annotated[Fraction, Unit("rpm")]
Torque = Annotated[Fraction, Unit("N*m")]
Watts = Annotated[float, Unit("W")]
Hertz = Annotated[float, HERTZ]
ExactHertz = Annotated[Fraction, HERTZ]
RadPerSecond = Annotated[float, Unit("rad/s")]
Cents = Annotated[float, Unit("1")]

RATIO_LIMIT = 1_000_000


@dataclass(frozen=True, order=True)
class Gear:
    """A wheel with so many teeth."""

    teeth: Teeth

    def __post_init__(self) -> None:
        if self.teeth < 3:
            raise ValueError("a gear has three teeth at least")


@dataclass(frozen=True)
class Pair:
    """A gear that drives another."""

    driver: Gear
    driven: Gear

    @property
    def ratio(self) -> Ratio:
        return RATIO(Fraction(self.driven.teeth, self.driver.teeth))


def train_ratio(pairs: list[Pair]) -> Ratio:
    return reduce(lambda a, b: a * b, (pair.ratio for pair in pairs), RATIO(Fraction(1)))


def output_speed(pairs: list[Pair], speed: Rpm) -> Rpm:
    return speed / train_ratio(pairs)


def output_torque(pairs: list[Pair], torque: Torque) -> Torque:
    return torque * train_ratio(pairs)


def power(torque: Torque, speed: RadPerSecond) -> Watts:
    return float(torque) * speed


def limit_denominator(ratio: Fraction, max_denominator: int = RATIO_LIMIT) -> Fraction:
    """The closest fraction with a denominator that is not larger, by continued fractions."""
    if max_denominator < 1:
        raise ValueError("max_denominator should be at least 1")
    if ratio.denominator <= max_denominator:
        return ratio
    p0, q0, p1, q1 = 0, 1, 1, 0
    n, d = ratio.numerator, ratio.denominator
    while True:
        a = n // d
        q2 = q0 + a * q1
        if q2 > max_denominator:
            break
        p0, q0, p1, q1 = p1, q1, p0 + a * p1, q2
        n, d = d, n - a * d
    k = (max_denominator - q0) // q1
    bound1 = Fraction(p0 + k * p1, q0 + k * q1)
    bound2 = Fraction(p1, q1)
    if abs(bound2 - ratio) <= abs(bound1 - ratio):
        return bound2
    return bound1


def closest_pair(wanted: Ratio, smallest: Teeth, largest: Teeth) -> Pair:
    """The two gears with a ratio nearest to one that is wanted."""
    candidates = [
        Pair(Gear(COUNT(a)), Gear(COUNT(b)))
        for a in range(smallest, largest + 1)
        for b in range(smallest, largest + 1)
    ]
    return min(candidates, key=lambda pair: abs(pair.ratio - wanted))


def error(pair: Pair, wanted: Ratio) -> Fraction:
    return abs(pair.ratio - wanted) / wanted


def turns(pair: Pair, driver_turns: Annotated[Fraction, Unit("turn")]) -> Annotated[Fraction, Unit("turn")]:
    return driver_turns / pair.ratio


def cents(upper: Hertz, lower: Hertz) -> Cents:
    """The size of a musical interval: an octave has 1200."""
    return 1200 * math.log2(upper / lower)


def fifths(base: ExactHertz, n: int) -> list[ExactHertz]:
    """A chain of pure fifths, brought back into one octave."""
    notes = []
    note = base
    for _ in range(n):
        notes.append(note)
        note = note * Fraction(3, 2)
        while note >= 2 * base:
            note /= 2
    return sorted(notes)


def comma(base: ExactHertz) -> Fraction:
    """By how much twelve fifths miss seven octaves."""
    top = base
    for _ in range(12):
        top = top * 3 / 2
    return top / (base * 2**7)
