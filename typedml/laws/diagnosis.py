"""What a wrong factor looks like: the two units that someone took for one another.

>>> diagnose(1 / 60, [unit("mile"), unit("minute"), unit("mile/hour")])
'1/60: minute -> hour?'
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache

from typedml.algebra.errors import AlgebraError
from typedml.algebra.monomial import Monomial
from typedml.algebra.registry import unit
from typedml.algebra.unit import Unit
from typedml.laws.physical import size

CLOSE = 1e-3
POWERS = (1, 2, 3)

# Units of one dimension that people take for one another.
CONFUSED = (
    ("nanosecond", "microsecond", "millisecond", "second", "minute", "hour", "day", "week", "year"),
    ("millimeter", "centimeter", "meter", "kilometer", "inch", "foot", "yard", "mile", "nautical_mile"),
    ("milligram", "gram", "kilogram", "tonne", "ounce", "pound"),
    ("meter/second", "kilometer/hour", "mile/hour", "knot", "foot/second"),
    ("pascal", "hectopascal", "kilopascal", "millibar", "bar", "psi", "atmosphere"),
    ("joule", "kilojoule", "calorie", "kilocalorie", "watt_hour", "kilowatt_hour"),
    ("watt", "kilowatt", "megawatt", "horsepower"),
    ("milliliter", "liter", "meter**3", "gallon"),
    ("bit", "byte", "kilobyte", "megabyte", "gigabyte", "kibibyte", "mebibyte"),
    ("degree", "radian", "turn"),
    ("percent", "1"),
    ("delta_degC", "delta_degF"),
)


def diagnose(factor: float, declared: Iterable[Unit]) -> str:
    """The factor as people know it: "1/60: minute -> hour?", or only the number where no units explain it."""
    found = confusion(factor, declared)
    shown = fraction_text(factor)
    return f"{shown}: {found}?" if found and shown else f"{found}?" if found else shown


def confusion(factor: float, declared: Iterable[Unit]) -> str | None:
    """The conversion that is missing or done twice, from a declared unit: "minute -> hour".

    A conversion that is missing from a divisor makes the result as much larger as from a factor smaller, so
    both directions count; units that are all declared are tried before others.
    """
    names = _names(declared)
    known, any_other = _pairs(names, names), _pairs(names, None)
    tried = ((known, factor), (known, 1 / factor), (any_other, factor), (any_other, 1 / factor))
    for power, (pairs, wanted) in itertools.product(POWERS, tried):
        for source, target, ratio in pairs:
            if abs(wanted / ratio**power - 1) < CLOSE:
                return f"{source} -> {target}" if power == 1 else f"({source} -> {target})**{power}"
    return None


def fraction_text(factor: float) -> str:
    """The factor as a fraction of small whole numbers, "" where it is none."""
    simple = Fraction(factor).limit_denominator(100_000)
    near = simple != 0 and abs(float(simple) / factor - 1) < 1e-9
    small = min(abs(simple.numerator), simple.denominator) <= 1000
    return str(simple) if near and small and simple.denominator > 1 else ""


def _names(declared: Iterable[Unit]) -> tuple[str, ...]:
    """The units of the declarations and what they are spelled with, each once."""
    found: dict[str, None] = {}
    for each in declared:
        found |= dict.fromkeys(str(name) for name in each.spelling.atoms) | {str(each): None}
    return tuple(found)


@cache
def _pairs(left: tuple[str, ...], right: tuple[str, ...] | None) -> tuple[tuple[str, str, float], ...]:
    """Pairs of different units of one dimension, and how many of the second one of the first is."""
    both = [(name, other) for name in left for other in (right if right is not None else _alternatives(name))]
    ratios = ((source, target, _ratio(source, target)) for source, target in both)
    return tuple((s, t, ratio) for s, t, ratio in ratios if ratio is not None and abs(ratio - 1) > CLOSE)


@cache
def _ratio(source: str, target: str) -> float | None:
    left, right = _known(source), _known(target)
    if left is None or right is None or left.dimension != right.dimension:
        return None
    return size(left) / size(right)


def _alternatives(name: str) -> Iterator[str]:
    mine = _known(name)
    for row in CONFUSED:
        first = _known(row[0])
        if mine is not None and first is not None and mine.dimension == first.dimension:
            yield from row


@cache
def _known(name: str) -> Unit | None:
    try:
        found = unit(name)
    except AlgebraError:
        return None
    return found if found.dimension != Monomial({}) or found.scale or name == "1" else None
