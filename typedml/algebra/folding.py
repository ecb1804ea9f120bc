"""Operators on plain numbers: literals fold, and what is unknown stays so.

>>> fold("*", Literal(60), Literal(60), Level.STANDARD)
Literal(3600)
"""

from __future__ import annotations

import operator

from typedml.algebra.meaning import UNKNOWN, Literal, Operand, is_finite
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.strictness import Level

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

FOLDED: dict[str, Callable[[float, float], int | float | complex]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
}

LARGEST_POWER = 64
"""Beyond this exponent a power is not worth its digits."""


def fold(op: str, left: Operand, right: Operand, level: Level) -> Operand | Mismatch:
    """Return the literal that two literals make, or that nothing is known."""
    if not (isinstance(left, Literal) and isinstance(right, Literal)) or op not in FOLDED:
        return UNKNOWN
    if op == "**" and abs(right.value) > LARGEST_POWER:
        return UNKNOWN
    try:
        value = FOLDED[op](left.value, right.value)
    except (ArithmeticError, ValueError):
        return UNKNOWN
    # A negative number to a fraction is complex, and no literal of ours, and an overflow was not written.
    if isinstance(value, complex) or (
        is_finite(left.value) and is_finite(right.value) and not is_finite(value)
    ):
        return UNKNOWN
    return Literal(value)
