"""Angles: trigonometry, its inverses, degrees and radians, and the lengths of vectors.

>>> from typedml.algebra.meaning import Meaning
>>> print(trigonometric("sin", (Meaning(None, RADIAN),), Level.STANDARD))
1
"""

from __future__ import annotations

from typedml.algebra.catalogue import DEGREE, RADIAN
from typedml.algebra.closure import make
from typedml.algebra.edges import conversion
from typedml.algebra.elementwise import named, place_of, pure
from typedml.algebra.kind import Sort
from typedml.algebra.meaning import UNKNOWN, Meaning, Operand
from typedml.algebra.mismatch import Mismatch, Reason, Side
from typedml.algebra.rules import combine
from typedml.algebra.strictness import Level
from typedml.algebra.unit import Unit


def trigonometric(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return a trigonometric function, which takes radians or a pure number."""
    (operand,) = operands[:1]
    if not isinstance(operand, Meaning):
        return UNKNOWN
    in_radians = operand.sort is not Sort.OPAQUE and operand.unit.delta() == RADIAN
    if in_radians or (operand.sort is Sort.VECTOR and operand.is_pure):
        return make(None, Unit.number(), operand)
    return _angle_needed(name, operand)


def of_degrees(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return a trigonometric function that takes degrees, or a number of them."""
    (operand,) = operands[:1]
    if not isinstance(operand, Meaning):
        return UNKNOWN
    in_degrees = operand.sort is not Sort.OPAQUE and operand.unit.delta() == DEGREE
    if in_degrees or (operand.sort is Sort.VECTOR and operand.is_pure):
        return make(None, Unit.number(), operand)
    return _unturned(name, operand, DEGREE, RADIAN)


def inverse(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return an inverse trigonometric function, which gives radians; of two sides their unit is one."""
    found = pure(name, operands, level) if len(operands) == 1 else combine("+", *operands[:2], level=level)
    return named(name, found) if isinstance(found, Mismatch) else make(None, RADIAN, *operands)


def turned(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return degrees as radians, or radians as degrees; a position becomes a plain angle."""
    source, target = (DEGREE, RADIAN) if name == "deg2rad" else (RADIAN, DEGREE)
    operand = operands[0]
    if not isinstance(operand, Meaning) or (operand.sort is Sort.VECTOR and operand.is_pure):
        return make(None, target, operand)
    if operand.sort is not Sort.OPAQUE and operand.unit.delta() == source:
        return make(None, target, operand)
    return _unturned(name, operand, source, target)


def _unturned(name: str, operand: Meaning, source: Unit, target: Unit) -> Mismatch:
    """Return why an angle is not turned: it is there already, or first to be brought to the other unit."""
    given, expected = operand.unit.delta(), Meaning(None, source)
    if operand.sort is Sort.OPAQUE or given.dimension != source.dimension:
        return Mismatch(Reason.DIMENSIONS_DIFFER, operand, expected, name)
    if given == target:
        return Mismatch(Reason.THERE_ALREADY, operand, expected, name, detail=str(target))
    return Mismatch(
        Reason.UNITS_DIFFER, operand, expected, name, conversion(Side.LEFT, given, source, expected)
    )


def hypotenuse(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return the length of a vector, whose sides are in one unit."""
    side = operands[0]
    if isinstance(side, Meaning) and side.sort is not Sort.VECTOR:
        return Mismatch(*_no_side(side), name)
    for place, operand in enumerate(operands[1:], 1):
        found = combine("+", side, operand, level=level)
        if isinstance(found, Mismatch):
            return found.within(name).at(place_of(side, operands[:place]), place)
        side = found
    return make(None, side.unit, *operands) if isinstance(side, Meaning) else UNKNOWN


def length(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return the length of a vector, each side of which means the same."""
    return hypotenuse(name, (operands[0], operands[0]), level)


def _no_side(side: Meaning) -> tuple[Reason, Meaning, None]:
    if side.sort is Sort.TORSOR:
        return Reason.POINT_SCALED, side, None
    return Reason.CUT_ARITHMETIC if side.cut else Reason.OPAQUE, side, None


def _angle_needed(name: str, operand: Meaning) -> Mismatch:
    remedy = None
    if operand.sort is not Sort.OPAQUE and operand.unit.delta() == DEGREE:
        remedy = conversion(Side.LEFT, operand.unit.delta(), RADIAN, Meaning(None, RADIAN))
    return Mismatch(Reason.ANGLE_NEEDED, operand, Meaning(None, RADIAN), name, remedy)
