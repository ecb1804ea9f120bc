"""Steps that would be right: code that makes a value of a meaning, and the edge that leads to another kind.

>>> from typedml.algebra.catalogue import KINDS
>>> constructor(Meaning(KINDS["EpochMillis"]))
'EPOCH_MILLIS'
"""

from __future__ import annotations

from typedml.algebra.edge_table import FALLING, Edge, crossing
from typedml.algebra.meaning import Meaning, Operand
from typedml.algebra.mismatch import Action, Reason, Remedy, Side
from typedml.algebra.unit import Unit


def constructor(meaning: Meaning) -> str:
    """Return the code that makes a value of a meaning out of a number: `MINUTE`, `PROBABILITY`."""
    if meaning.cut:
        return "THRESHOLD"
    if meaning.kind is not None and meaning.unit == meaning.kind.default_unit:
        return meaning.kind.marker
    return unit_constructor(meaning.unit)


def unit_constructor(unit: Unit) -> str:
    """Return the code that puts a number into a unit: `MINUTE`, or `Unit("km/hour")` for a compound one."""
    name = str(unit)
    return name.upper() if name.isidentifier() and name.isascii() else f'Unit("{name}")'


def conversion(side: Side, source: Unit, target: Unit, result: Meaning | None = None) -> Remedy:
    """Return the remedy that converts one side."""
    return Remedy(Action.CONVERT, side, str(source), str(target), result=result)


def construction(side: Side, meaning: Meaning) -> Remedy:
    """Return the remedy that gives a bare number the meaning that is needed."""
    return Remedy(Action.CONSTRUCT, side, constructor(meaning), result=meaning)


def unit_remedy(reason: Reason, left: Operand, right: Operand) -> Remedy | None:
    """Return the remedy where the units of two operands do not agree: the right one is converted."""
    if reason is Reason.UNITS_DIFFER and isinstance(left, Meaning) and isinstance(right, Meaning):
        # Of a point and a difference, only the units of differences convert.
        target = left.unit.delta() if right.unit.origin is None else left.unit
        return conversion(Side.RIGHT, right.unit, target, Meaning(None, target))
    return None


def kind_remedy(left: Operand, right: Operand) -> Remedy | None:
    """Return the remedy where the kinds of two operands do not go together: one of them crosses."""
    if not (isinstance(left, Meaning) and isinstance(right, Meaning)):
        return None
    # A cut is fixed, so what is compared with it follows: `expit(z) >= cut`.
    sides = [(Side.LEFT, left, right), (Side.RIGHT, right, left)]
    for side, source, target in sides if not left.cut else reversed(sides):
        found = crossing(source.kind, target.kind)
        if found is not None:
            return cross(side, found, Meaning(target.kind, target.unit))
    return None


def cross(side: Side, found: Edge, result: Meaning) -> Remedy:
    """Return the remedy that leads one side across an edge; a falling one says which way it turns."""
    turned = (found.monotone,) if found.monotone == FALLING else ()
    return Remedy(Action.CROSS, side, found.function, *turned, result=result)
