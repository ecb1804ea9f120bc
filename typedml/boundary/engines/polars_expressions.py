"""Expressions over columns as polars expressions: null where something is missing, and null is no failure."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import attrs
import polars as pl

from typedml.boundary.engines.polars_columns import TIMES
from typedml.boundary.engines.widths import SIXTY_FOUR, bits, bits_of
from typedml.boundary.families import Family, Found
from typedml.boundary.times import in_utc
from typedml.declare.expression import Aggregate, Column, Constant, Expression, Operation


def lower(node: Expression, found: Mapping[str, Found]) -> pl.Expr:
    """A condition across columns as a polars expression: true, false, or null where something is missing."""
    condition = _lower(node, _widened(node, found))[0]
    # One answer for all rows becomes an answer in each.
    return condition if _names_a_row(node) else condition & (pl.int_range(pl.len()) >= 0)


def _widened(node: Expression, found: Mapping[str, Found]) -> dict[str, Found]:
    """The columns of a rule, with whole numbers in a type that holds every step of it."""
    integers = {name for name in node.columns if found[name].family is Family.INT}
    needed = bits(node, lambda name: bits_of(found[name].dtype) if name in integers else 0)
    whole = "Int64" if needed <= SIXTY_FOUR else "Int128" if needed <= 2 * SIXTY_FOUR else "Float64"
    # Before polars 1.18 there are no integers of 128 bits.
    dtype = whole if hasattr(pl, whole) else "Float64"
    return {
        name: attrs.evolve(found[name], dtype=dtype) if name in integers else found[name]
        for name in node.columns
    }


def _names_a_row(node: Expression) -> bool:
    """Whether the expression reads a column of each row, not just statistics of all of them."""
    if isinstance(node, Aggregate):
        return bool(node.by)
    return isinstance(node, Column) or any(_names_a_row(operand) for operand in node.operands)


def _lower(node: Expression, found: Mapping[str, Found]) -> tuple[pl.Expr, bool]:
    """The expression, and whether its values are floats (which can be NaN)."""
    match node:
        case Column():
            return _read(str(node), found[str(node)])
        case Constant():
            return pl.lit(_constant(node.value)), isinstance(node.value, float)
        case Operation():
            return _operate(node, found)
        case Aggregate():
            return _aggregate(node, found)
        case _:
            raise AssertionError(node)


def _read(name: str, found: Found) -> tuple[pl.Expr, bool]:
    column = pl.col(name)
    match found.family:
        case Family.FLOAT:
            return column.cast(pl.Float64).fill_nan(None), True
        case Family.INT:
            return column.cast(getattr(pl, found.dtype)), found.dtype == "Float64"
        case Family.DECIMAL | Family.NOTHING:
            return column.cast(pl.Float64), True
        case Family.DATETIME if found.zoned:
            return column.dt.convert_time_zone("UTC").dt.replace_time_zone(None), False
        case Family.STR if found.dtype != "String":
            return column.cast(pl.String), False
        case _:
            return column, False


def _constant(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return in_utc(value)
    return float(value) if isinstance(value, Decimal) else value


def _aggregate(node: Aggregate, found: Mapping[str, Found]) -> tuple[pl.Expr, bool]:
    values, is_float = _lower(node.value, found)
    result = _STATISTICS[node.name](values)
    if node.by:
        keys = [_key(str(name), found[str(name)]) for name in node.by]
        result = pl.when(pl.all_horizontal(key.is_not_null() for key in keys)).then(result.over(keys))
    is_float = node.name in ("sum", "mean") or (is_float and node.name in ("min", "max"))
    return (result.fill_nan(None) if is_float else result), is_float


def _key(name: str, found: Found) -> pl.Expr:
    """A column as it tells groups apart: two decimals may be one float."""
    return pl.col(name) if found.family is Family.DECIMAL else _read(name, found)[0]


_STATISTICS: dict[str, Callable[[pl.Expr], pl.Expr]] = {
    # The sum of nothing is 0 to polars; here it is missing.
    "sum": lambda values: pl.when(values.count() > 0).then(values.cast(pl.Float64).sum()),
    "mean": lambda values: values.cast(pl.Float64).mean(),
    "min": lambda values: values.min(),
    "max": lambda values: values.max(),
    "count": lambda values: values.count().cast(pl.Int64),
    "n_unique": lambda values: values.drop_nulls().n_unique().cast(pl.Int64),
}


def _operate(node: Operation, found: Mapping[str, Found]) -> tuple[pl.Expr, bool]:
    if node.name == "is_in":
        column, _ = _lower(node.operands[0], found)
        members = node.operands[1]
        assert isinstance(members, Constant)
        return _is_in(column, members.value), False
    lowered = [_lower(operand, found) for operand in node.operands]
    floats = any(is_float for _, is_float in lowered)
    functions = _FLOATS if floats and node.name in _FLOATS else _FUNCTIONS
    operands = [expression for expression, _ in lowered]
    if (node.name == "/" or (floats and node.name in ("//", "%"))) and not _reads_times(node, found):
        operands[1] = _divisor(node.operands[1], *operands)
    result = functions[node.name](*operands)
    if node.name in ("+", "-", "*", "/", "//", "%", "**", "negative", "abs"):
        is_float = floats or node.name == "**" or (node.name == "/" and not _reads_times(node, found))
        return (
            (result.fill_nan(None), True) if is_float and not _reads_times(node, found) else (result, False)
        )
    return result, False


def _divisor(node: Expression, left: pl.Expr, right: pl.Expr) -> pl.Expr:
    """What is divided by: a number as a column, for polars 2.1 multiplies by its rounded inverse."""
    number = node.value if isinstance(node, Constant) else None
    if isinstance(number, bool) or not isinstance(number, (int, float)) or not number:
        return right
    return left.cast(pl.Float64).clip(number, number)


def _reads_times(node: Expression, found: Mapping[str, Found]) -> bool:
    return any(found[name].family in TIMES or found[name].family is Family.DATE for name in node.columns)


def _is_in(column: pl.Expr, members: Any) -> pl.Expr:
    result = pl.any_horizontal(pl.lit(False), *(column == _constant(member) for member in members))
    return pl.when(column.is_not_null()).then(result)


def _guarded(divide: Callable[[pl.Expr, pl.Expr], pl.Expr]) -> Callable[[pl.Expr, pl.Expr], pl.Expr]:
    return lambda left, right: pl.when(right != 0).then(divide(left, right))


def _power(left: pl.Expr, right: pl.Expr) -> pl.Expr:
    """A power: no root of a negative number, and zero has no sign."""
    base, exponent = left.cast(pl.Float64), right.cast(pl.Float64)
    # Adding 0.0 would do, but polars 2.1 takes that for nothing to add.
    base = pl.when(base == 0).then(0.0).otherwise(base)
    return pl.when((base >= 0) | (exponent == exponent.floor())).then(base**exponent)


_FUNCTIONS: dict[str, Callable[..., pl.Expr]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right,
    "//": _guarded(lambda left, right: left // right),
    "%": _guarded(lambda left, right: left % right),
    "**": _power,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "==": lambda left, right: left == right,
    "and": lambda left, right: left & right,
    "or": lambda left, right: left | right,
    "not": lambda operand: ~operand,
    # Not -operand: integers of 128 bits have no such operation.
    "negative": lambda operand: operand * -1,
    "abs": lambda operand: operand.abs(),
    "is_null": lambda operand: operand.is_null(),
}

# Of floats by their rounded quotient: what every engine can compute alike.
_FLOATS: dict[str, Callable[..., pl.Expr]] = {
    "//": _guarded(lambda left, right: (left / right).floor()),
    "%": _guarded(lambda left, right: left - (left / right).floor() * right),
}
