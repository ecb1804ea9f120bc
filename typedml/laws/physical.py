"""What a law needs to know of units: their sizes in base units, and which base dimensions may be scaled."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from typedml.algebra.monomial import ANGLE, LEVEL
from typedml.algebra.ratio import Ratio

if TYPE_CHECKING:
    from typedml.algebra.unit import Unit

# Angles, levels and bits are pure numbers under another name: sin(x), 10 ** (L / 10) and 2 ** H do not scale.
UNSCALED = frozenset({ANGLE, LEVEL, "bit"})


def size(unit: Unit) -> float:
    """How many base units one unit is: 60.0 for a minute."""
    return float(Ratio(unit.scale, Fraction(0)))


def zero(unit: Unit) -> float:
    """Where a scale has its zero, in base units: 273.15 for degC; 0.0 where it is only named."""
    return 0.0 if unit.origin is None or isinstance(unit.origin, str) else float(unit.origin)


def exponents(unit: Unit) -> dict[str, Fraction]:
    """The base dimensions that may be scaled, unit variables among them, with their exponents."""
    return {atom: Fraction(power) for atom, power in unit.dimension.items if atom not in UNSCALED}
