"""The factors of a product: `distance / air_time` is `distance` once and `air_time` minus once."""

from __future__ import annotations

from collections.abc import Iterator

from mypy.nodes import Expression, IntExpr, OpExpr


def factors(expression: Expression, exponent: int = 1) -> Iterator[tuple[Expression, int]]:
    """Yield the factors of a product of quotients and powers, with their exponents."""
    if isinstance(expression, OpExpr) and expression.op in ("*", "/"):
        yield from factors(expression.left, exponent)
        yield from factors(expression.right, exponent if expression.op == "*" else -exponent)
    elif isinstance(expression, OpExpr) and expression.op == "**" and isinstance(expression.right, IntExpr):
        yield from factors(expression.left, exponent * expression.right.value)
    else:
        yield expression, exponent
