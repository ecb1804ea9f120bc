"""What expressions come to as floats."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from math import exp

from typedml.algebra.expression import Call, Expression, Name, Number, Operation, Unary

OPERATORS: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
}
FUNCTIONS: dict[str, Callable[..., float]] = {
    "abs": abs,
    "clip": lambda x, low, high: min(max(x, low), high),
    "expit": lambda x: 1 / (1 + exp(-x)) if x > 0 else exp(x) / (1 + exp(x)),
}


def evaluated(expression: Expression, at: Mapping[str, float]) -> float:
    """The value of an expression where its names have values. Raises: ArithmeticError where it has none."""
    if isinstance(expression, Name):
        return at[expression.text]
    if isinstance(expression, Number):
        return expression.value
    parts = [evaluated(part, at) for part in expression.parts]
    if isinstance(expression, Operation):
        return float(OPERATORS[expression.op](*parts))
    if isinstance(expression, Unary):
        return -parts[0]
    assert isinstance(expression, Call)
    return FUNCTIONS[expression.function](*parts)
