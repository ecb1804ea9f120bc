"""Levels: the logarithm of a quantity is a point whose zero is one unit of it; `exp` leads back.

>>> from typedml.algebra.catalogue import HOUR
>>> hours = level("log", HOUR)
>>> str(hours), str(hours.delta()), str(quantity("log", hours))
('log(hour)', '1', 'hour')

The unit and the base of a level are its origin, so that levels re different units, or in different bases,
never meet; their differences are plain numbers, logarithms of ratios. Ten base-10 levels of a power are
decibels, which have references of their own: `10 * log10(mW)` is dBm, and `dBm / 10` is `log10(mW)` again.
"""

from __future__ import annotations

from math import e

from typedml.algebra.closure import literal_of, make
from typedml.algebra.decibels import argument, decibels, is_decibel_level, reference
from typedml.algebra.errors import UnitError
from typedml.algebra.meaning import UNKNOWN, Meaning, Operand, Unknown
from typedml.algebra.monomial import LEVEL, ONE, Monomial, is_tag
from typedml.algebra.unit import Unit

BASES: dict[str, float] = {"log": e, "log2": 2, "log10": 10}
"""The logarithms that make levels, and their bases."""

INVERSES: dict[str, str] = {"exp": "log", "exp2": "log2", "exp10": "log10"}
"""The functions that lead back, each for one base."""

FORMULAS: dict[str, str] = {"log": "exp(x)", "log2": "2 ** x", "log10": "10 ** x"}
"""How the way back is written."""


def level(function: str, unit: Unit) -> Unit:
    """Return the unit of a logarithm of quantities in `unit`.

    Raises: UnitError for a pure number, whose logarithm is one, and for what is a level or a point itself.
    """
    text = f"{function}({unit})"
    if unit.is_point or unit.vector.exponent(LEVEL):
        raise UnitError(f'"{unit}" in "{text}" has no logarithm', "a level re a unit is log(km)", text=text)
    if all(map(is_tag, unit.vector.atoms)):
        raise UnitError(f'"{text}" is a plain number', 'its unit is "1"', text=text)
    return Unit(ONE, Monomial({text: 1}), f"{function}({unit.vector})")


def logarithm_of(unit: Unit) -> str | None:
    """Return the logarithm whose level this is: "log" for log(km); None for any other unit."""
    name, parenthesis, _ = unit.origin.partition("(") if isinstance(unit.origin, str) else ("", "", "")
    return name if parenthesis and name in BASES else None


def is_level(unit: Unit) -> bool:
    """Say whether values in this unit move by a constant where what they are taken of is rescaled."""
    return logarithm_of(unit) is not None or unit.vector.exponent(LEVEL) != 0


def quantity(logarithm: str, unit: Unit) -> Unit | None:
    """Return the unit of what a logarithm was taken of; None where it was another one, or none."""
    if logarithm_of(unit) != logarithm:
        return None
    _, _, inside = str(unit.origin).partition("(")
    _, _, spelled = str(unit).partition("(")
    return Unit(Monomial.parse(inside[:-1]), argument(spelled[:-1]) if spelled else None)


def rescaled(op: str, left: Operand, right: Operand) -> Meaning | Unknown | None:
    """Return the products and powers with a level that mean something; None of all others.

    `10 * log10(power)` and `20 * log10(amplitude)` are decibels, a tenth and a twentieth of those are
    logarithms again, and a base raised to a level is the quantity. Of decibels re nobody knows what, it is
    not known of which.
    """
    if op == "**":
        return _raised(left, right)
    point, factor = (left, literal_of(right)) if isinstance(left, Meaning) else (right, literal_of(left))
    if not isinstance(point, Meaning) or factor is None or (op == "/" and point is right):
        return None
    if point.unit == ONE_DECIBEL and (op, factor) in TENTHS:
        return UNKNOWN
    unit = _multiple(op, point.unit, factor) if op in ("*", "/") else None
    return None if unit is None else make(None, unit, point)


TENTHS: dict[tuple[str, float], int] = {("/", 10): 10, ("*", 0.1): 10, ("/", 20): 20, ("*", 0.05): 20}
"""What leads from decibels back to a logarithm, and the factor that it undoes."""

ONE_DECIBEL = Unit(Monomial({LEVEL: 1}))


def _multiple(op: str, unit: Unit, factor: float) -> Unit | None:
    if is_decibel_level(unit):
        over = TENTHS.get((op, factor))
        found = reference(unit, over) if over is not None else None
        return None if found is None else level("log10", found)
    of = quantity("log10", unit)
    return decibels(of, int(factor)) if of is not None and op == "*" and factor in (10, 20) else None


def _raised(base: Operand, exponent: Operand) -> Meaning | None:
    value = literal_of(base)
    if value is None or not isinstance(exponent, Meaning):
        return None
    name = next((name for name, known in BASES.items() if known == value), None)
    unit = quantity(name, exponent.unit) if name is not None else None
    return None if unit is None else make(None, unit, exponent)


def ratio_of_gain(base: Operand, exponent: Operand) -> Meaning | None:
    """Return what `10 ** (gain / 10)` is: a ratio, of powers or, over 20, of amplitudes."""
    if literal_of(base) != 10 or not isinstance(exponent, Meaning) or exponent.unit != ONE_DECIBEL:
        return None
    return make(None, Unit.number(), exponent)


def read_level(text: str, unit: Unit, written: str) -> Unit:
    """Return the level that a text declares whose logarithm, such as `10*log10`, is taken of a unit."""
    factor, star, function = written.rpartition("*")
    if not star:
        return level(function, unit)
    level(function, unit)  # refuses what has no logarithm
    found = decibels(unit, int(factor))
    if found is None:
        other = 30 - int(factor)
        fact = f'"{text}" is not how decibels of "{unit}" are counted'
        raise UnitError(fact, f'write "{other}*log10({unit})"', text=text)
    return Unit(found.vector, Monomial({f"{written}({unit})": 1}), found.origin)
