"""Operators on bits: `&` of two indicators is one, of plain numbers a plain number; nothing else has bits."""

from __future__ import annotations

from typedml.algebra.closure import kind_of, make
from typedml.algebra.kind import Kind, nearest_common
from typedml.algebra.meaning import UNKNOWN, Meaning, Operand
from typedml.algebra.mismatch import Mismatch, Reason
from typedml.algebra.strictness import Level
from typedml.algebra.unit import Unit

LOGICAL = frozenset({"&", "|", "^"})


def combine_bits(op: str, left: Operand, right: Operand, level: Level) -> Operand | Mismatch:
    """Return the meaning of a bitwise operation."""
    for operand in (left, right):
        if isinstance(operand, Meaning) and not operand.unit.is_number:
            return Mismatch(Reason.NUMBER_NEEDED, left, right, op, detail="a bitwise operator")
    indicator = _indicator(left, right)
    return make(indicator, Unit.number(), left, right) if op in LOGICAL and indicator else UNKNOWN


def _indicator(left: Operand, right: Operand) -> Kind | None:
    mine, theirs = kind_of(left), kind_of(right)
    both = nearest_common(mine, theirs) if mine and theirs else None
    return both if both is not None and both.is_indicator else None
