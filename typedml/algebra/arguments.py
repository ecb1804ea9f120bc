"""Which arguments of a call hold values, and which only say how: the axis of `x.max(1)` is no value.

>>> axis_from("max", bare=False), axis_from("max", bare=True), axis_from("percentile", bare=False)
(1, None, 2)
"""

from __future__ import annotations

import ast

from typedml.algebra.functions import ALIASES, OF_MANY
from typedml.algebra.statistics import QUANTILES

BESIDE_VALUES = frozenset(
    "axis dim keepdim keepdims dtype out where ddof correction unbiased skipna numeric_only interpolation ord"
    " method by ascending key default strict copy inplace min_periods base span halflife window".split()
)
"""Keywords that say how, and hold no value with a meaning."""

SEVERAL = frozenset({"sum", "min", "max"})
"""What Python's own function takes after its values is one as well: `sum(xs, start)`, `max(x, y)`."""

ALONG = frozenset("all any argsort log_softmax logsumexp norm softmax".split()) | {"min", "max"}
"""Functions along an axis that are no statistics."""

LOW, HIGH = "low", "high"
BOUNDS: dict[str, str] = {
    **dict.fromkeys(("min", "a_min", "lower", "lower_bound"), LOW),
    **dict.fromkeys(("max", "a_max", "upper", "upper_bound"), HIGH),
}
"""What the two bounds of `clip` are called by numpy, pandas, polars and torch."""


def axis_from(function: str, *, bare: bool) -> int | None:
    """Return the place from which whole numbers say along what, values beginning at 0; None if none do.

    A function is `bare` if it is Python's own: called by its name alone.
    """
    name = ALIASES.get(function, function)
    if bare and name in SEVERAL:
        return None
    if name in QUANTILES:
        return 2
    return 1 if name in OF_MANY or name in ALONG else None


def is_axis(node: ast.expr) -> bool:
    """Say whether an axis is written out: a whole number, several of them, or None."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node = node.operand
    if isinstance(node, ast.Tuple):
        return all(map(is_axis, node.elts))
    return isinstance(node, ast.Constant) and not isinstance(node.value, float)


def is_none(node: ast.expr) -> bool:
    """Say whether an argument is left out by None."""
    return isinstance(node, ast.Constant) and node.value is None


def is_truth(node: ast.expr) -> bool:
    """Say whether this is true or false by how it is written, so that `~` is its opposite."""
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.BitAnd | ast.BitOr | ast.BitXor) and all(
            map(is_truth, (node.left, node.right))
        )
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.Not) or (isinstance(node.op, ast.Invert) and is_truth(node.operand))
    return isinstance(node, ast.Compare)
