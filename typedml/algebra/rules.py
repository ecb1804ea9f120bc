"""What operators do: one grid per group of operators, from the sorts of both operands to a rule.

>>> from typedml.algebra.catalogue import HOUR, KINDS
>>> from typedml.algebra.meaning import Literal, Meaning
>>> p = Meaning(KINDS["Probability"])
>>> combine("-", Literal(1), p)
<Meaning Probability>
>>> combine("+", Meaning(None, HOUR), p).reason
<Reason.DIMENSIONS_DIFFER: 'dimensions differ'>
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from typedml.algebra.alone import alone
from typedml.algebra.bits import combine_bits
from typedml.algebra.edge_table import forgotten_with_edges
from typedml.algebra.folding import fold
from typedml.algebra.kind import Sort
from typedml.algebra.meaning import Meaning, Operand, spelling
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.opaque import compare_opaque, refuse
from typedml.algebra.points import between, compare_point, compare_points, reduce_cycle, scale, shift
from typedml.algebra.roles import apart
from typedml.algebra.strictness import STANDARD, Level
from typedml.algebra.vectors import add, compare, floor_divide, multiply, power

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Rule: TypeAlias = Callable[[str, Operand, Operand, Level], Operand | Mismatch]


class Shape(Enum):
    """How an operand looks to an operator: a number without a meaning, or the sort of its meaning."""

    # As of Sort: it is asked for in every operation.
    __hash__ = object.__hash__

    NUMBER = "number"
    VECTOR = "vector"
    TORSOR = "torsor"
    OPAQUE = "opaque"


_SHAPES = {Sort.VECTOR: Shape.VECTOR, Sort.TORSOR: Shape.TORSOR, Sort.OPAQUE: Shape.OPAQUE}


def shape_of(operand: Operand) -> Shape:
    """Return how an operand looks to an operator."""
    return _SHAPES[operand.sort] if isinstance(operand, Meaning) else Shape.NUMBER


def _combine_at(op: str, left: Operand, right: Operand, level: Level) -> Operand | Mismatch:
    return combine(op, left, right, level=level)


def _compare_opaque(op: str, left: Operand, right: Operand, level: Level) -> Operand | Mismatch:
    return compare_opaque(op, left, right, level, _combine_at)


# Rows are the left operand, columns the right one, both in the order of Shape.
_SUM: tuple[tuple[Rule, ...], ...] = (
    (fold, add, shift, refuse),
    (add, add, shift, refuse),
    (shift, shift, between, refuse),
    (refuse, refuse, refuse, refuse),
)
_PRODUCT: tuple[tuple[Rule, ...], ...] = (
    (fold, multiply, scale, refuse),
    (multiply, multiply, scale, refuse),
    (scale, scale, between, refuse),
    (refuse, refuse, refuse, refuse),
)
_FLOOR: tuple[tuple[Rule, ...], ...] = (
    (fold, floor_divide, scale, refuse),
    (floor_divide, floor_divide, scale, refuse),
    (scale, scale, between, refuse),
    (refuse, refuse, refuse, refuse),
)
_REMAINDER: tuple[tuple[Rule, ...], ...] = (
    (fold, add, reduce_cycle, refuse),
    (add, add, reduce_cycle, refuse),
    (reduce_cycle, reduce_cycle, between, refuse),
    (refuse, refuse, refuse, refuse),
)
_POWER: tuple[tuple[Rule, ...], ...] = (
    (fold, power, scale, refuse),
    (power, power, scale, refuse),
    (scale, scale, between, refuse),
    (refuse, refuse, refuse, refuse),
)
_COMPARISON: tuple[tuple[Rule, ...], ...] = (
    (fold, compare, compare_point, _compare_opaque),
    (compare, compare, compare_point, _compare_opaque),
    (compare_point, compare_point, compare_points, _compare_opaque),
    (_compare_opaque, _compare_opaque, _compare_opaque, _compare_opaque),
)
_BITS: tuple[tuple[Rule, ...], ...] = (
    (fold, combine_bits, combine_bits, refuse),
    (combine_bits, combine_bits, combine_bits, refuse),
    (combine_bits, combine_bits, combine_bits, refuse),
    (refuse, refuse, refuse, refuse),
)

GRIDS: dict[str, tuple[tuple[Rule, ...], ...]] = {
    "+": _SUM,
    "-": _SUM,
    "*": _PRODUCT,
    "/": _PRODUCT,
    "//": _FLOOR,
    "%": _REMAINDER,
    "**": _POWER,
    **dict.fromkeys(("<", "<=", ">", ">=", "==", "!="), _COMPARISON),
    **dict.fromkeys(("&", "|", "^", "<<", ">>"), _BITS),
}
"""The grid of every operator."""

OPERATORS = (*GRIDS, "divmod")

TABLE: dict[tuple[str, Shape, Shape], Rule] = {
    (op, left, right): rule
    for op, grid in GRIDS.items()
    for left, row in zip(Shape, grid, strict=True)
    for right, rule in zip(Shape, row, strict=True)
}
"""Every operator on every pair of shapes; a test reads that none is missing."""


def combine(op: str, left: Operand, right: Operand, *, level: Level = STANDARD) -> Operand | Mismatch:
    """Return the meaning of `left op right`, or why it has none.

    A comparison that is fine gives UNKNOWN: a plain bool. `divmod` gives the meaning of the quotient; that of
    the remainder is `combine("%", ...)`.

    Raises:
        ValueError: if `op` is not in `OPERATORS`.
    """
    return _combine(op, left, right, level, spelling(left, right))


@lru_cache(maxsize=1 << 15)
def _combine(op: str, left: Operand, right: Operand, level: Level, spelled: str) -> Operand | Mismatch:
    if op == "divmod":
        remainder = combine("%", left, right, level=level)
        return remainder if isinstance(remainder, Mismatch) else combine("//", left, right, level=level)
    if op not in GRIDS:
        raise ValueError(f"{op!r} is not an operator.\nHint: it is one of {' '.join(OPERATORS)}.")
    answer = TABLE[op, shape_of(left), shape_of(right)](op, left, right, level)
    if isinstance(answer, Mismatch) or not (isinstance(left, Meaning) and left.roles):
        return answer
    return apart(op, left, right) or answer


def unary(op: str, operand: Operand) -> Operand | Mismatch:
    """Return the meaning of `-x`, `+x`, `~x`, `abs(x)`, `round(x)`, `int(x)`, `float(x)`, or why it has none.

    Raises:
        ValueError: if `op` is none of these.
    """
    return alone(op, operand)


forgotten_with_edges(_combine.cache_clear)
