"""Conditions across columns as narwhals expressions: true, false, or null where something is missing.

A division by zero raises in PySpark and is null in some others; here it is what floats make of it. Divisions
and powers are columns of their own, for they say their operands several times.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, final

import narwhals as nw

from typedml.boundary.engines.narwhals_steps import Steps
from typedml.boundary.engines.widths import SIXTY_FOUR, bits, bits_of
from typedml.boundary.families import Family, Found
from typedml.declare.expression import Aggregate, Column, Constant, Expression, Operation

_TIMES = (Family.DATE, Family.DATETIME, Family.TIME, Family.TIMEDELTA)


class Value(NamedTuple):
    """An expression, readable from layer `layer` on; it can be NaN (`is_float`), or 0 unless `zero_free`."""

    value: Any
    layer: int = 0
    is_float: bool = False
    zero_free: bool = False


@final
class Lowering:
    """Puts expressions over columns that are found to be so into those of narwhals."""

    def __init__(self, found: Mapping[str, Found], literal: Callable[[Any], nw.Expr], steps: Steps) -> None:
        self.found, self.literal, self.steps = found, literal, steps
        self.is_wide = False

    def lower(self, node: Expression) -> nw.Expr:
        """A condition: null where a column or a result that it hangs on is missing."""
        whole = {name for name in node.columns if self.found[name].family is Family.INT}
        needed = bits(node, lambda name: bits_of(self.found[name].dtype) if name in whole else 0)
        # What 64 bits do not hold is computed in floats: Spark and DuckDB raise where a number wraps around.
        self.is_wide = needed > SIXTY_FOUR
        condition: nw.Expr = self._lower(node).value
        return condition

    def _lower(self, node: Expression) -> Value:
        match node:
            case Column():
                return self._read(str(node), self.found[str(node)])
            case Constant():
                number = isinstance(node.value, (int, float, Decimal))
                is_float = isinstance(node.value, (float, Decimal))
                return Value(self.literal(node.value), 0, is_float, number and node.value != 0)
            case Operation():
                return self._operate(node)
            case Aggregate():
                return self._aggregate(node)
            case _:
                raise AssertionError(node)

    def _read(self, name: str, found: Found) -> Value:
        column = nw.col(name)
        match found.family:
            case Family.FLOAT:
                cast = column.cast(nw.Float64)
                return Value(nw.col(self.steps.of(f"{name} in 64 bits", _without_nan(cast))), 1, True)
            case Family.INT if self.is_wide:
                return Value(column.cast(nw.Float64), 0, True)
            case Family.INT:
                return Value(column.cast(nw.Int64))
            case Family.DECIMAL | Family.NOTHING:
                return Value(column.cast(nw.Float64), 0, True)
            case Family.STR if found.dtype != "String":
                return Value(column.cast(nw.String))
            case _:
                return Value(column)

    def _operate(self, node: Operation) -> Value:
        if node.name == "is_in":
            members = node.operands[1]
            assert isinstance(members, Constant)
            sought = self._lower(node.operands[0])
            return Value(self._is_in(sought.value, members.value), sought.layer)
        operands = [self._lower(operand) for operand in node.operands]
        if node.name in _STEPWISE and not self._reads_times(node):
            return _STEPWISE[node.name](self.steps, *operands)
        layer = max(operand.layer for operand in operands)
        result = _FUNCTIONS[node.name](*(operand.value for operand in operands))
        if node.name in _OF_FLOATS and any(operand.is_float for operand in operands):
            return _shared(self.steps, _without_nan(result), layer)
        return Value(result, layer)

    def _key(self, node: Expression) -> Value:
        """A column as it tells groups apart: two decimals may be one float."""
        decimal = self.found[str(node)].family is Family.DECIMAL
        return Value(nw.col(str(node))) if decimal else self._lower(node)

    def _aggregate(self, node: Aggregate) -> Value:
        """One number for the rows that agree in some columns, or for all rows."""
        values, keys = self._lower(node.value), [self._key(each) for each in node.by]
        layer = max(values.layer, *(key.layer for key in keys), 0)
        # A window over all rows is one over a column that is alike in all of them.
        groups = [self.steps.name(each.value, layer) for each in keys] or [self.steps.name(nw.lit(1), layer)]
        result, layer = _STATISTICS[node.name](
            self.steps, self.steps.name(values.value, layer), groups, layer + 1
        )
        known = nw.all_horizontal(*(~nw.col(name).is_null() for name in groups), ignore_nulls=False)
        shown: nw.Expr = nw.when(known).then(nw.col(result))
        is_float = node.name in ("sum", "mean") or (values.is_float and node.name in ("min", "max"))
        shown = _without_nan(shown) if is_float else shown
        return Value(self.steps.add(shown, layer), layer + 1, is_float)

    def _reads_times(self, node: Expression) -> bool:
        return any(self.found[name].family in _TIMES for name in node.columns)

    def _is_in(self, column: nw.Expr, members: Any) -> nw.Expr:
        result = nw.lit(False)
        for member in members:
            result = result | (column == self.literal(member))
        return nw.when(~column.is_null()).then(result)


def _without_nan(value: nw.Expr) -> nw.Expr:
    return nw.when(~value.is_nan()).then(value)


def _shared(steps: Steps, value: nw.Expr, layer: int) -> Value:
    return Value(steps.add(value, layer), layer + 1, True)


def _floats(steps: Steps, left: Value, right: Value) -> tuple[nw.Expr, nw.Expr, int]:
    """Both operands as floats in columns of their own, and the layer that may read them."""
    layer = max(left.layer, right.layer)
    pair = [steps.add(each.value.cast(nw.Float64), layer) for each in (left, right)]
    return pair[0], pair[1], layer + 1


def _divide(steps: Steps, left: Value, right: Value) -> Value:
    """A quotient of floats; by zero it is infinite, with the sign of both."""
    over, under, layer = _floats(steps, left, right)
    if right.zero_free:
        return _shared(steps, _without_nan(over / under), layer)
    negative = under.cast(nw.String).str.starts_with("-")
    sign = nw.when(negative).then(nw.lit(-1.0)).otherwise(nw.lit(1.0))
    below = nw.when(over < 0).then(nw.lit(-math.inf))
    unsigned = nw.when(over > 0).then(nw.lit(math.inf)).otherwise(below)
    safe = nw.when(under != 0).then(under)
    quotient = steps.add(nw.when(under == 0).then(unsigned * sign).otherwise(over / safe), layer)
    return _shared(steps, _without_nan(quotient), layer + 1)


def _floor_divide(steps: Steps, left: Value, right: Value) -> Value:
    """The whole number below a quotient; by rounding, for Spark's floor makes integers of floats."""
    over, under, layer = _floats(steps, left, right)
    quotient = steps.add(over / nw.when(under != 0).then(under), layer)
    rounded = steps.add(quotient.round(0), layer + 1)
    floored = nw.when(rounded > quotient).then(rounded - 1.0).otherwise(rounded)
    return _shared(steps, _without_nan(floored), layer + 2)


def _rest(steps: Steps, left: Value, right: Value) -> Value:
    """What is left of a division by its rounded quotient, as every engine computes it."""
    floored = _floor_divide(steps, left, right)
    rest = left.value.cast(nw.Float64) - floored.value * right.value.cast(nw.Float64)
    return _shared(steps, _without_nan(steps.add(rest, floored.layer)), floored.layer + 1)


def _power(steps: Steps, left: Value, right: Value) -> Value:
    """A power: no root of a negative number, and zero has no sign."""
    base, exponent, layer = _floats(steps, left, right)
    no_root = (base >= 0) | (exponent == exponent.round(0))
    infinite = (base == 0) & (exponent < 0)
    safe = steps.add(nw.when(no_root & ~infinite).then(base + 0.0), layer)
    power = nw.when(infinite).then(nw.lit(math.inf)).otherwise(safe**exponent)
    return _shared(steps, _without_nan(steps.add(power, layer + 1)), layer + 2)


def _window(statistic: Callable[[nw.Expr], nw.Expr]) -> Statistic:
    def made(steps: Steps, values: str, groups: Sequence[str], layer: int) -> tuple[str, int]:
        return steps.name(statistic(nw.col(values)).over(*groups), layer), layer + 1

    return made


def _sum(steps: Steps, values: str, groups: Sequence[str], layer: int) -> tuple[str, int]:
    """A sum of floats; of nothing it is missing."""
    floats = steps.name(nw.col(values).cast(nw.Float64), layer)
    total = steps.add(nw.col(floats).sum().over(*groups), layer + 1)
    times = steps.add(nw.col(floats).count().over(*groups), layer + 1)
    return steps.name(nw.when(times > 0).then(total), layer + 2), layer + 3


def _n_unique(steps: Steps, values: str, groups: Sequence[str], layer: int) -> tuple[str, int]:
    """The greatest rank without gaps, for Spark has no windows of distinct values."""
    rank = steps.name(nw.col(values).rank("dense").over(*groups), layer)
    most = steps.add(nw.col(rank).max().over(*groups), layer + 1)
    return steps.name(nw.when(most.is_null()).then(nw.lit(0)).otherwise(most), layer + 2), layer + 3


# Each gives the name of a column and the layer that may read it.
Statistic = Callable[[Steps, str, Sequence[str], int], tuple[str, int]]
_STATISTICS: Mapping[str, Statistic] = {
    "sum": _sum,
    "mean": _window(lambda values: values.cast(nw.Float64).mean()),
    "min": _window(lambda values: values.min()),
    "max": _window(lambda values: values.max()),
    "count": _window(lambda values: values.count()),
    "n_unique": _n_unique,
}
_OF_FLOATS = ("+", "-", "*", "negative", "abs")
_STEPWISE: Mapping[str, Callable[[Steps, Value, Value], Value]] = {
    "/": _divide,
    "//": _floor_divide,
    "%": _rest,
    "**": _power,
}
_FUNCTIONS: Mapping[str, Callable[..., nw.Expr]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "==": lambda left, right: left == right,
    "and": lambda left, right: left & right,
    "or": lambda left, right: left | right,
    "not": lambda operand: ~operand,
    "negative": lambda operand: -operand,
    "abs": lambda operand: operand.abs(),
    "is_null": lambda operand: operand.is_null(),
}
