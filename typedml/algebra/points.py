"""Operators on torsors: points in time, temperatures, positions, levels, cyclic values.

`t - t` is a difference, `t + difference` a point; comparisons need one clock and one zero. All else is
refused, but that a logit may be multiplied by a number and a cyclic value reduced by its period.
"""

from __future__ import annotations

from math import isclose

from typedml.algebra.agreement import agree, difference
from typedml.algebra.catalogue import KINDS
from typedml.algebra.closure import is_factor, kind_of, literal_of, make
from typedml.algebra.comparison import outcome
from typedml.algebra.conversion import kind_in
from typedml.algebra.edges import construction, kind_remedy, unit_constructor
from typedml.algebra.kind import Kind, Sort, nearest_common
from typedml.algebra.levels import rescaled
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand, Unknown
from typedml.algebra.mismatch import Action, Mismatch, Reason, Remedy, Side
from typedml.algebra.strictness import UNKNOWN_ADDED, Level


def delta_of(point: Meaning) -> Meaning:
    """Return the meaning of differences between such points."""
    return Meaning(None, point.unit.delta(), False, point.roles)


def between(op: str, left: Operand, right: Operand, level: Level) -> Operand | Mismatch:
    """Return `point - point`; any other operator on two points is refused."""
    assert isinstance(left, Meaning)
    if op != "-":
        reason = Reason.POINTS_ADDED if op == "+" else Reason.POINT_SCALED
        return Mismatch(reason, left, right, op, Remedy(Action.SUBTRACT, Side.BOTH))
    if _encoded(left, right):
        return Mismatch(Reason.ENCODED, left, right, op)
    clash = _clash(op, left, right)
    return clash or make(None, left.unit.delta(), left, right)


def compare_points(op: str, left: Operand, right: Operand, level: Level) -> Operand | Mismatch:
    """Return what the comparison of two points gives."""
    return _clash(op, left, right) or outcome(op, left, right)


def shift(op: str, left: Operand, right: Operand, level: Level) -> Operand | Mismatch:
    """Return `point + difference`, `difference + point` or `point - difference`."""
    point, step, side = _split(left, right)
    if _encoded(point):
        return Mismatch(Reason.ENCODED, left, right, op)
    if op == "-" and side is Side.LEFT:
        if isinstance(step, Unknown) and level in UNKNOWN_ADDED:
            return UNKNOWN
        return Mismatch(Reason.POINT_SUBTRACTED, left, right, op)
    reason = _step_refused(point, step, level)
    if reason is not None:
        return Mismatch(reason, left, right, op, _step_remedy(reason, point, step, side))
    if isinstance(step, Unknown) and level in UNKNOWN_ADDED and op == "-":
        return UNKNOWN  # it may have been a point as well
    return make(point.kind, point.unit, left, right)


def compare_point(op: str, left: Operand, right: Operand, level: Level) -> Operand | Mismatch:
    """Return what comparing a point with a number or a quantity gives."""
    point, other, side = _split(left, right)
    if isinstance(other, Meaning):
        return _against_quantity(op, left, right)
    if point.is_pure or (isinstance(other, Unknown) and level in UNKNOWN_ADDED):
        return outcome(op, left, right)
    literal = isinstance(other, Literal)
    reason = Reason.NUMBER_BESIDE_UNIT if literal else Reason.UNKNOWN_BESIDE_UNIT
    return Mismatch(reason, left, right, op, construction(side, Meaning(point.kind, point.unit)))


def scale(op: str, left: Operand, right: Operand, level: Level) -> Operand | Mismatch:
    """Return a logit times or over a number; no other point has multiples."""
    quantity = rescaled(op, left, right)
    if quantity is not None:
        return quantity
    point, other, side = _split(left, right)
    scalable = point.kind is not None and point.kind.scalable and is_factor(other)
    if scalable and (op == "*" or (op == "/" and side is Side.RIGHT)):
        return make(point.kind, point.unit, left, right)
    if _encoded(point):
        return Mismatch(Reason.ENCODED, left, right, op)
    point_side = Side.LEFT if side is Side.RIGHT else Side.RIGHT
    remedy = _silent_conversion(op, point, other, point_side) or Remedy(Action.SUBTRACT, point_side)
    return Mismatch(Reason.POINT_SCALED, left, right, op, remedy)


def _silent_conversion(op: str, point: Meaning, other: Operand, side: Side) -> Remedy | None:
    """Return the conversion that `t / 1000` or `T * 1.8` stands for."""
    factor = literal_of(other)
    if not factor or op not in ("*", "/"):
        return None
    for name in KINDS:
        unit = KINDS[name].unit
        if unit is not None and KINDS[name].sort is Sort.TORSOR and unit.dimension == point.unit.dimension:
            ratio = float(point.unit.delta().ratio(unit.delta()))
            if unit != point.unit and isclose(ratio, factor if op == "*" else 1 / factor):
                reached = Meaning(kind_in(point.kind, unit), unit)
                return Remedy(Action.CONVERT, side, str(point.unit), str(unit), result=reached)
    return None


def reduce_cycle(op: str, left: Operand, right: Operand, level: Level) -> Operand | Mismatch:
    """Return a cyclic value modulo its period."""
    if isinstance(left, Meaning) and left.kind is not None and left.kind.period is not None:
        whole = literal_of(right) == left.kind.period
        turn = isinstance(right, Meaning) and right.sort is Sort.VECTOR and right.unit == left.unit.delta()
        if whole or turn:
            return make(left.kind, left.unit, left, right)
    return Mismatch(Reason.POINT_SCALED, left, right, op)


def _split(left: Operand, right: Operand) -> tuple[Meaning, Operand, Side]:
    """Return the point, the other operand, and the side on which that other one stands."""
    if isinstance(left, Meaning) and left.sort is Sort.TORSOR:
        return left, right, Side.RIGHT
    assert isinstance(right, Meaning)
    return right, left, Side.LEFT


def _encoded(*operands: Operand) -> bool:
    kinds = map(kind_of, operands)
    return any(kind is not None and kind.encoded for kind in kinds)


def _clash(op: str, left: Operand, right: Operand) -> Mismatch | None:
    """Return why two points are not on one scale, or None."""
    assert isinstance(left, Meaning)
    assert isinstance(right, Meaning)
    if left.unit != right.unit:
        reason = _kinds_first(left, right) or difference(left.unit, right.unit)
        remedy = kind_remedy(left, right) or _conversion(reason, left, right)
        return Mismatch(reason, left, right, op, remedy)
    if left.kind is None or right.kind is None:
        return None
    if nearest_common(left.kind, right.kind) is None:
        return Mismatch(Reason.KINDS_DIFFER, left, right, op, kind_remedy(left, right))
    if left.kind.origin != right.kind.origin:
        return Mismatch(Reason.ORIGINS_DIFFER, left, right, op)
    return None


def _conversion(reason: Reason, left: Meaning, right: Meaning) -> Remedy | None:
    if reason is not Reason.UNITS_DIFFER:
        return None
    reached = Meaning(kind_in(right.kind, left.unit), left.unit)
    return Remedy(Action.CONVERT, Side.RIGHT, str(right.unit), str(left.unit), result=reached)


def _kinds_first(left: Meaning, right: Meaning) -> Reason | None:
    """Return KINDS_DIFFER where two names clash and no conversion of units could help."""
    if left.kind is None or right.kind is None or left.unit.dimension != right.unit.dimension:
        return None
    return (
        Reason.KINDS_DIFFER
        if nearest_common(left.kind, right.kind) is None and _same_origin(left, right)
        else None
    )


def _same_origin(left: Meaning, right: Meaning) -> bool:
    return left.unit.origin is None and right.unit.origin is None


def _step_refused(point: Meaning, step: Operand, level: Level) -> Reason | None:
    """Return why `step` is not a difference of such points."""
    unit = point.unit.delta()
    if isinstance(step, Meaning):
        found = agree(unit, step.unit)
        if isinstance(found, Reason):
            return found
        return None if _is_step(point.kind, step.kind) else Reason.KINDS_DIFFER
    if isinstance(step, Unknown):
        return None if unit.is_number or level in UNKNOWN_ADDED else Reason.UNKNOWN_BESIDE_UNIT
    if unit.is_number and point.integral and not step.integral:
        return Reason.OUT_OF_RANGE
    return None if unit.is_number or step.has(unit) else Reason.NUMBER_BESIDE_UNIT


def _is_step(kind: Kind | None, step: Kind | None) -> bool:
    """Say whether a quantity of kind `step` may move a point: a named one must be named by the point.

    Where the point's unit is 1 there is no unit to keep kinds apart: `logit + probability` is refused.
    """
    if step is None or kind is None:
        return True
    if kind.delta is not None:
        return step.is_named(kind.delta)
    # What is intensive and never below zero is counted from its own zero, as a Kelvin is: no difference.
    absolute = step.range.low >= 0 and not step.extensive
    return not absolute and not kind.default_unit.delta().is_number


def _step_remedy(reason: Reason, point: Meaning, step: Operand, side: Side) -> Remedy | None:
    if isinstance(step, Meaning):
        if reason is Reason.UNITS_DIFFER:
            return Remedy(
                Action.CONVERT, side, str(step.unit), str(point.unit.delta()), result=delta_of(point)
            )
        return kind_remedy(step, point) if reason is Reason.KINDS_DIFFER else None
    return Remedy(Action.CONSTRUCT, side, unit_constructor(point.unit.delta()), result=delta_of(point))


def _against_quantity(op: str, left: Operand, right: Operand) -> Operand | Mismatch:
    """Return what `point < quantity` gives: only where the unit is 1 may that be a number or a count."""
    point, other, _ = _split(left, right)
    assert isinstance(other, Meaning)
    if point.is_pure and other.is_pure:
        if _is_step(point.kind, other.kind):
            return outcome(op, left, right)
        return Mismatch(Reason.KINDS_DIFFER, left, right, op, kind_remedy(left, right))
    found = agree(point.unit.delta(), other.unit)
    reason = found if isinstance(found, Reason) and found is not Reason.UNITS_DIFFER else Reason.SORTS_DIFFER
    return Mismatch(reason, left, right, op)
