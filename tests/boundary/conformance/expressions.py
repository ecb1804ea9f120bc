"""The value of a rule across columns, row by row, with missing values as None."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from typing import Any

from tests.boundary.conformance.specs import AGGREGATES, Rows, Tree


def truth(tree: Tree, rows: Rows) -> list[Any]:
    """What a condition is in every row: True, False, or None where it is missing."""
    return [_plain(value) for value in values(tree, rows)]


def values(tree: Tree, rows: Rows) -> list[Any]:
    """The value of a tree in every row."""
    match tree:
        case ("col", name):
            return [_plain(row[name]) for row in rows]
        case ("values", *listed):
            return [listed] * len(rows)
        case (str() as name, below, by) if name in AGGREGATES:
            return _by_group(
                name, values(below, rows), [tuple(_plain(row[each]) for each in by) for row in rows]
            )
        case (str() as name, *below):
            operands = [values(each, rows) for each in below]
            return [_plain(_OPERATORS[name](*each)) for each in zip(*operands, strict=True)]
    return [tree] * len(rows)


def _by_group(name: str, cells: Sequence[Any], groups: Sequence[Any]) -> list[Any]:
    # A row without a group has no value of its group; a group without values has none but its count.
    of_group: dict[Any, list[Any]] = {}
    for group, value in zip(groups, cells, strict=True):
        of_group.setdefault(group, []).extend([] if value is None else [value])
    reduced = {group: _AGGREGATES[name](there) for group, there in of_group.items()}
    return [None if None in group else _plain(reduced[group]) for group in groups]


def _plain(value: Any) -> Any:
    return None if value is None or value != value else value


def _of_both(function: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def value(left: Any, right: Any) -> Any:
        return None if left is None or right is None else function(left, right)

    return value


def _divided(left: Any, right: Any) -> Any:
    if right == 0:
        return math.copysign(math.inf, left) * math.copysign(1.0, right) if left else None
    # Of floats: two whole numbers beyond 2**53 are rounded before they are divided.
    return float(left) / right if isinstance(left, int) else left / right


def _floor_divided(left: Any, right: Any) -> Any:
    if right == 0:
        return None
    if isinstance(left, int) and isinstance(right, int):
        return left // right
    quotient = left / right
    return math.floor(quotient) if quotient and math.isfinite(quotient) else quotient


def _remainder(left: Any, right: Any) -> Any:
    if right == 0:
        return None
    if isinstance(left, int) and isinstance(right, int):
        return left % right
    return left - _floor_divided(left, right) * right


def _power(left: Any, right: Any) -> Any:
    # No root of a negative number, infinity included, and zero has no sign.
    if left < 0 and right != int(right):
        return None
    try:
        return (float(left) + 0.0) ** right
    except ZeroDivisionError:
        return math.inf
    except OverflowError:
        return -math.inf if left < 0 and right % 2 else math.inf


def _and(left: Any, right: Any) -> Any:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def _or(left: Any, right: Any) -> Any:
    if left is True or right is True:
        return True
    return None if left is None or right is None else False


def _is_close(left: Any, right: Any, tolerance: Any) -> Any:
    if left is None or right is None:
        return None
    return left == right or abs(left - right) <= tolerance


_OPERATORS: dict[str, Callable[..., Any]] = {
    "+": _of_both(operator.add),
    "-": _of_both(operator.sub),
    "*": _of_both(operator.mul),
    "/": _of_both(_divided),
    "//": _of_both(_floor_divided),
    "%": _of_both(_remainder),
    "**": _of_both(_power),
    "<": _of_both(operator.lt),
    "<=": _of_both(operator.le),
    ">": _of_both(operator.gt),
    ">=": _of_both(operator.ge),
    "==": _of_both(operator.eq),
    "is_in": lambda value, listed: None if value is None else value in listed,
    "is_null": lambda value: value is None,
    "is_close": _is_close,
    "negative": lambda value: None if value is None else -value,
    "abs": lambda value: None if value is None else abs(value),
    "not": lambda value: None if value is None else not value,
    "and": _and,
    "or": _or,
}
_AGGREGATES: dict[str, Callable[[Sequence[Any]], Any]] = {
    "sum": lambda there: sum(there) if there else None,
    "mean": lambda there: sum(there) / len(there) if there else None,
    "min": lambda there: min(there, default=None),
    "max": lambda there: max(there, default=None),
    "count": len,
    "n_unique": lambda there: len(set(there)),
}
