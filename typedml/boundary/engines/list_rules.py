"""Expressions row by row in plain Python: None stands for a missing value, and None is no failure.

An aggregate is computed first, as one more column that stands beside the others.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Hashable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from typedml.boundary.engines.lists import ListCells, comparable
from typedml.declare.expression import Aggregate, Column, Constant, Expression, Operation

Row = Sequence[Any]
Compute = Callable[[Row], Any]


def broken_rows(expression: Expression, columns: Mapping[str, ListCells]) -> list[bool]:
    """Whether each row makes the condition false."""
    names = sorted(expression.columns)
    positions: dict[object, int] = {name: position for position, name in enumerate(names)}
    cells = [columns[name].values for name in names]
    aggregates = [node for node in expression.nodes() if isinstance(node, Aggregate)]
    for node in aggregates:
        values = list(map(_lower(node.value, positions), zip(*cells, strict=True)))
        parts = [columns[str(name)].comparable for name in node.by]
        keys = list(zip(*parts, strict=True)) if parts else [()] * len(values)
        positions[node] = len(cells)
        cells.append(_aggregated(node.name, values, keys))
    compute = _lower(expression, positions)
    return [compute(row) is False for row in zip(*cells, strict=True)]


def _aggregated(name: str, values: Sequence[Any], keys: Sequence[tuple[Any, ...]]) -> list[Any]:
    """The statistic of each row's group; None where a part of the key is missing."""
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for key, value in zip(keys, values, strict=True):
        group = groups.setdefault(key, [])
        if value is not None:
            group.append(value)
    found = {key: None if None in key else _statistic(name, group) for key, group in groups.items()}
    return [found[key] for key in keys]


def _statistic(name: str, values: list[Any]) -> Any:
    if not values and name not in ("count", "n_unique"):
        return None
    found = _STATISTICS[name](values)
    return None if found != found else found


_STATISTICS: dict[str, Callable[[list[Any]], Any]] = {
    # Sums and means are those of 64-bit floats, as on every engine.
    "sum": lambda values: float(sum(values)),
    "mean": lambda values: float(sum(values)) / len(values),
    "min": min,
    "max": max,
    "count": len,
    "n_unique": lambda values: len(set(map(_hashable, values))),
}


def _hashable(value: Any) -> Any:
    return value if isinstance(value, Hashable) else repr(value)


def _lower(node: Expression, positions: Mapping[object, int]) -> Compute:
    match node:
        case Column():
            return _reader(positions[str(node)])
        case Aggregate():
            return _reader(positions[node])
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
        # Columns divide as floats, which beyond 2**53 is not what Python makes of two whole numbers.
        return float(left) / right if isinstance(left, int) else left / right
    if not isinstance(right, (int, float)) or isinstance(left, (int, float)) is False:
        return None
    return math.nan if not left or left != left else math.copysign(math.inf, left) * math.copysign(1, right)


def _floor(left: Any, right: Any) -> Any:
    if not isinstance(left, float) and not isinstance(right, float):
        return left // right
    quotient = left / right
    # Of a zero that has a sign Python makes one that has none, and what is divided by it is another infinity.
    return math.floor(quotient) if quotient and math.isfinite(quotient) else quotient


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
