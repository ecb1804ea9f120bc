"""Cross-column rules, row by row in plain Python: None stands for a missing value, and None is no failure."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from typedml.boundary.engines.lists import ListCells, comparable
from typedml.declare.expression import Column, Constant, Expression, Operation

Row = Sequence[Any]
Compute = Callable[[Row], Any]


def broken_rows(expression: Expression, columns: Mapping[str, ListCells]) -> list[bool]:
    """Whether each row makes the condition false."""
    names = sorted(expression.columns)
    compute = _lower(expression, {name: position for position, name in enumerate(names)})
    cells = [columns[name].values for name in names]
    return [compute(row) is False for row in zip(*cells, strict=True)]


def _lower(node: Expression, positions: Mapping[str, int]) -> Compute:
    match node:
        case Column():
            return _reader(positions[str(node)])
        case Constant():
            value = comparable(node.value)
            return lambda row: value
        case Operation():
            return _operation(node.name, [_lower(operand, positions) for operand in node.operands])
        case _:
            raise AssertionError(node)


def _reader(position: int) -> Compute:
    def read(row: Row) -> Any:
        value = row[position]
        return float(value) if isinstance(value, Decimal) else value

    return read


def _operation(name: str, operands: list[Compute]) -> Compute:
    if name in _WHOLE:
        return _WHOLE[name](*operands)
    return _strict(_STRICT[name], operands)


def _strict(function: Callable[..., Any], operands: list[Compute]) -> Compute:
    """A function that is missing wherever an operand is, and where its result is not a number."""

    def compute(row: Row) -> Any:
        values = [operand(row) for operand in operands]
        if None in values:
            return None
        result = function(*values)
        return None if result != result else result

    return compute


def _and(left: Compute, right: Compute) -> Compute:
    def compute(row: Row) -> Any:
        sides = (left(row), right(row))
        return False if False in sides else None if None in sides else True

    return compute


def _or(left: Compute, right: Compute) -> Compute:
    def compute(row: Row) -> Any:
        sides = (left(row), right(row))
        return True if True in sides else None if None in sides else False

    return compute


_WHOLE: dict[str, Callable[..., Compute]] = {
    "and": _and,
    "or": _or,
    "is_null": lambda operand: lambda row: operand(row) is None,
}


def _divide(left: Any, right: Any) -> Any:
    if right:
        return left / right
    if not isinstance(right, (int, float)) or isinstance(left, (int, float)) is False:
        return None
    return math.nan if not left or left != left else math.copysign(math.inf, left) * math.copysign(1, right)


def _floor(left: Any, right: Any) -> Any:
    if not isinstance(left, float) and not isinstance(right, float):
        return left // right
    quotient = left / right
    return math.floor(quotient) if math.isfinite(quotient) else quotient


def _rest(left: Any, right: Any) -> Any:
    """What is left of a division; of floats by their rounded quotient, as columns are computed."""
    if not isinstance(left, float) and not isinstance(right, float):
        return left % right
    return left - _floor(left, right) * right


def _power(left: Any, right: Any) -> Any:
    """A power: no root of a negative number, and zero has no sign."""
    if left < 0 and right % 1:
        return math.nan
    try:
        return math.pow(left + 0.0, right)
    except OverflowError:
        return -math.inf if left < 0 and right % 2 else math.inf
    except ValueError:
        # Zero to a negative power, the one case that is left.
        return math.inf


_STRICT: dict[str, Callable[..., Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _divide,
    "//": lambda left, right: _floor(left, right) if right else None,
    "%": lambda left, right: _rest(left, right) if right else None,
    "**": _power,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "negative": operator.neg,
    "abs": abs,
    "is_in": lambda value, members: value in members,
    "not": operator.not_,
}
