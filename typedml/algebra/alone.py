"""Operators on one operand: signs, `abs`, and the conversions of Python, which keep the unit.

>>> from typedml.algebra.catalogue import KINDS
>>> from typedml.algebra.meaning import Meaning
>>> alone("round", Meaning(KINDS["Celsius"])), alone("-", Meaning(KINDS["Count"]))
(<Meaning Celsius>, <Meaning 1>)
"""

from __future__ import annotations

import operator
from math import ceil, floor, isfinite

from typedml.algebra.closure import holder
from typedml.algebra.kind import Kind, Sort
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand, Unknown
from typedml.algebra.mismatch import Action, Mismatch, Reason, Remedy, Side
from typedml.algebra.ranges import Range

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

SPANS: dict[str, Callable[[Range], Range]] = {
    "-": operator.neg,
    "+": operator.pos,
    "abs": abs,
    "float": operator.pos,
    "round": Range.rounded,
    "floor": Range.floored,
    "ceil": Range.ceiled,
    "trunc": Range.truncated,
    "int": Range.truncated,
}
"""Where the results lie."""

INTEGRAL = frozenset({"round", "floor", "ceil", "trunc", "int"})
"""What gives integers."""

IDENTICAL = frozenset({"+", "float"})
"""What leaves every number what it is."""

KEEPING = INTEGRAL | {"float"}
"""What leaves points points, and names names."""

FOLDED: dict[str, Callable[[int | float], int | float]] = {
    "-": operator.neg,
    "+": operator.pos,
    "abs": abs,
    "float": float,
    "round": round,
    "floor": floor,
    "ceil": ceil,
    "trunc": int,
    "int": int,
}

UNARY = (*SPANS, "~", "not", "bool")


def alone(op: str, operand: Operand) -> Operand | Mismatch:
    """Return the meaning of a unary operation, or why it has none."""
    if op not in UNARY:
        raise ValueError(f"{op!r} is not a unary operator.\nHint: it is one of {' '.join(UNARY)}.")
    if op in ("not", "bool") or isinstance(operand, Unknown):
        return UNKNOWN
    if isinstance(operand, Literal):
        return _folded(op, operand)
    if op == "~":
        return _inverted(operand)
    if operand.sort is Sort.VECTOR:
        return operand if op in IDENTICAL else Meaning(_kept(op, operand), operand.unit, False, operand.roles)
    return operand if op in KEEPING else _refused(op, operand)


def _kept(op: str, operand: Meaning) -> Kind | None:
    """Return the nearest ancestor that still holds the values; minus a logarithm of a density is none."""
    span, integral = SPANS[op](operand.range), operand.integral or op in INTEGRAL
    kept = holder(operand.kind, operand.unit, span, integral)
    while op in ("-", "abs") and kept is not None and not kept.negatable:
        kept = holder(kept.parent, operand.unit, span, integral)
    return kept


def _inverted(operand: Meaning) -> Operand | Mismatch:
    if operand.sort is Sort.VECTOR and operand.unit.is_number:
        # `~mask` of an indicator is one on arrays; on an int it is another number.
        return UNKNOWN
    reason = Reason.NUMBER_NEEDED if operand.sort is Sort.VECTOR else _reason(operand)
    return Mismatch(reason, operand, None, "~", detail="a bitwise operator")


def _refused(op: str, operand: Meaning) -> Operand | Mismatch:
    if operand.sort is Sort.TORSOR:
        # |z| is the larger of z and -z, and where minus a value is of the kind both are.
        if op == "+" or (op in ("-", "abs") and operand.kind is not None and operand.kind.scalable):
            return operand
        return Mismatch(_reason(operand), operand, None, op, Remedy(Action.SUBTRACT, Side.LEFT))
    return Mismatch(_reason(operand), operand, None, op, Remedy(Action.RAW, Side.LEFT))


def _reason(operand: Meaning) -> Reason:
    if operand.sort is Sort.TORSOR:
        encoded = operand.kind is not None and operand.kind.encoded
        return Reason.ENCODED if encoded else Reason.POINT_SCALED
    return Reason.CUT_ARITHMETIC if operand.cut else Reason.OPAQUE


def _folded(op: str, operand: Literal) -> Operand:
    value = operand.value
    if op not in FOLDED or (op in INTEGRAL and not (isinstance(value, int) or isfinite(value))):
        return UNKNOWN
    try:
        return Literal(FOLDED[op](value))
    except OverflowError:
        return UNKNOWN
