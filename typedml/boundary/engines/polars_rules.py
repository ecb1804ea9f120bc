"""Rules as polars expressions.

A rule becomes an expression that is true for a row that breaks it, false or null for the others: null never
breaks a rule, and NaN is null.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, final

import attrs
import polars as pl

from typedml.boundary.engines.distinct import PART, all_differ, hashes_differ
from typedml.boundary.engines.lists import single_precision
from typedml.boundary.engines.widths import SIXTY_FOUR, bits, bits_of
from typedml.boundary.families import Family, Found
from typedml.boundary.patterns import matcher, portable
from typedml.boundary.plan import Rule
from typedml.boundary.stage import Stage
from typedml.boundary.times import in_utc, ticks
from typedml.declare.expression import Column, Constant, Expression, Operation

_TIMES = (Family.DATETIME, Family.TIMEDELTA)


@final
class Select:
    """The aggregates that answer every rule of a stage at once, and how the counts follow from them."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.aggregates: dict[str, pl.Expr] = {"rows": pl.len()}
        for number, rule in enumerate(stage.rules):
            self.aggregates |= self._aggregates(number, rule)

    def _aggregates(self, number: int, rule: Rule) -> dict[str, pl.Expr]:
        if rule.name in ("null", "null_fraction") and rule.column is not None:
            return {f"nulls {rule.column}": nulls(self.stage, rule.column)}
        if rule.name == "unique" and rule.column is not None:
            # Asking whether any value repeats is several times cheaper than marking those that do.
            differ = present(self.stage, rule.column).map_batches(_all_differ, return_dtype=pl.Boolean)
            return {f"differ {number}": differ}
        if _is_certain(self.stage, rule):
            return {}
        return {str(number): bad(self.stage, rule).sum()}

    def open_questions(self, row: Mapping[str, int]) -> dict[str, pl.Expr]:
        """What is still to be counted: repeated values, where it is not sure that all differ."""
        return {
            str(number): bad(self.stage, rule).sum()
            for number, rule in enumerate(self.stage.rules)
            if row.get(f"differ {number}") is False
        }

    def settle(self, row: Mapping[str, int]) -> list[int]:
        """The count of every rule, in order; a rule that was not in question counts 0."""
        return [
            row[f"nulls {rule.column}"]
            if rule.name in ("null", "null_fraction") and rule.column is not None
            else row.get(str(number)) or 0
            for number, rule in enumerate(self.stage.rules)
        ]


def _is_certain(stage: Stage, rule: Rule) -> bool:
    """Whether the type of the column alone answers the rule."""
    return (
        rule.column is not None and rule.name == "integral" and stage.found[rule.column].family is Family.INT
    )


def compile_rules(stage: Stage) -> Select:
    """The select that counts every rule of a stage."""
    return Select(stage)


_IN_NUMPY = (pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64)


def _all_differ(values: pl.Series) -> pl.Series:
    """Whether all values that are not null surely differ, as the one value of a series."""
    if values.dtype in _IN_NUMPY and not values.null_count() and values.n_chunks() == 1:
        return pl.Series([all_differ(values.to_numpy())])
    if values.dtype.is_nested() or values.dtype.is_object():
        return pl.Series([False])
    parts = (values.slice(start, PART).drop_nulls() for start in range(0, len(values), PART))
    hashes = (part.hash().to_numpy() for part in parts)
    return pl.Series([hashes_differ(hashes, len(values) - values.null_count())])


def nulls(stage: Stage, name: str) -> pl.Expr:
    """How many cells of a column are missing."""
    column = pl.col(name)
    if stage.found[name].family is not Family.FLOAT:
        return column.null_count()
    return column.null_count() + column.is_nan().sum()


def present(stage: Stage, name: str) -> pl.Expr:
    """A column as its rules compare it: NaN is null, times are whole numbers, categories are text."""
    column, found = pl.col(name), stage.found[name]
    match found.family:
        case Family.FLOAT:
            return column.fill_nan(None)
        case Family.STR if found.dtype != "String":
            return column.cast(pl.String)
        case Family.DATETIME | Family.TIMEDELTA:
            return column.to_physical() * (1000 if "'ms'" in found.dtype else 1)
        case Family.NOTHING:
            return column.cast(pl.Float64)
        case _:
            return column


def bad(stage: Stage, rule: Rule) -> pl.Expr:
    """True in the rows that break the rule."""
    if rule.column is None:
        condition: Expression = rule.argument
        return lower(condition, stage.found).not_()
    found = stage.found[rule.column]
    if found.family is Family.NOTHING and rule.name not in ("null", "null_fraction"):
        return pl.col(rule.column).is_not_null()
    if rule.name in ("null", "null_fraction"):
        return present(stage, rule.column).is_null()
    if found.family is Family.FLOAT and rule.name not in ("unique", "increasing"):
        # Without a copy of the column: NaN is greater than all numbers here, and breaks no rule.
        column = pl.col(rule.column)
        return _BAD[rule.name](column, _argument(rule.argument, found)) & column.is_not_nan()
    column = present(stage, rule.column)
    if found.family is Family.INT and rule.name == "range":
        return _integers_outside(column, rule.argument)
    if found.family is Family.DECIMAL and rule.name in _BAD and rule.name not in ("unique", "increasing"):
        column = column.cast(pl.Float64)
    argument = _comparable_with(rule.argument, found) if rule.name == "isin" else rule.argument
    return _BAD[rule.name](column, _argument(argument, found))


def positions(stage: Stage, rule: Rule, limit: int | None) -> pl.Expr:
    """The positions of the first rows that break the rule, as one list."""
    found = bad(stage, rule).fill_null(False).arg_true()
    return (found if limit is None else found.head(limit)).implode()


def _argument(argument: Any, found: Found) -> Any:
    if found.family in _TIMES:
        return ticks(argument, "ns" if found.fine else "us")
    if isinstance(argument, Decimal):
        return float(argument)
    if found.family is Family.INT and isinstance(argument, float):
        # Beside a float a column of integers is copied into floats.
        return int(argument) if abs(argument) < 2**63 and argument.is_integer() else argument
    return single_precision(argument) if found.single else argument


def _outside(column: pl.Expr, allowed: Any) -> pl.Expr:
    low: pl.Expr = column <= allowed.low if allowed.low_open else column < allowed.low
    high: pl.Expr = column >= allowed.high if allowed.high_open else column > allowed.high
    return low | high


def _integers_outside(column: pl.Expr, allowed: Any) -> pl.Expr:
    """The same of integers, without a copy of them into floats; none of them is infinite."""
    if any(2**63 <= abs(end) < math.inf for end in (allowed.low, allowed.high)):
        return _outside(column, allowed)
    bad = pl.lit(False)
    if allowed.low > -math.inf:
        low = math.floor(allowed.low) if allowed.low_open else math.ceil(allowed.low)
        bad = bad | (column <= low if allowed.low_open else column < low)
    if allowed.high < math.inf:
        high = math.ceil(allowed.high) if allowed.high_open else math.floor(allowed.high)
        bad = bad | (column >= high if allowed.high_open else column > high)
    return bad


def _not_whole(column: pl.Expr, infinities: tuple[float, ...]) -> pl.Expr:
    infinite = [column == infinity for infinity in infinities]
    return pl.any_horizontal(column != column.floor(), *infinite)


def _comparable_with(members: tuple[Any, ...], found: Found) -> tuple[Any, ...]:
    """The members that a column can be compared with: beside text there are none but texts."""
    texts = found.family is Family.STR
    return tuple(each for each in members if isinstance(each, str) is texts)


def _not_in(column: pl.Expr, members: tuple[Any, ...]) -> pl.Expr:
    found = pl.lit(False)
    if len(members) > _FEW_MEMBERS and isinstance(members[0], str):
        return ~column.is_in(list(members))
    for member in members:
        found = found | (column == member)
    return column.is_not_null() & ~found


# Up to here asking for one member after the other is faster than a table of them.
_FEW_MEMBERS = 8


def _unmatched(column: pl.Expr, pattern: str) -> pl.Expr:
    syntax = portable(pattern)
    if syntax is not None:
        return ~column.str.contains(syntax)
    # Python reads this pattern alone; every distinct text is looked at once.
    match = matcher(pattern)

    def matches(texts: pl.Series) -> pl.Series:
        distinct = texts.drop_nulls().unique().to_list()
        return texts.is_in([text for text in distinct if match(text)])

    return ~column.map_batches(matches, return_dtype=pl.Boolean)


_BAD: dict[str, Callable[[pl.Expr, Any], pl.Expr]] = {
    "range": _outside,
    "integral": _not_whole,
    "gt": lambda column, bound: column <= bound,
    "ge": lambda column, bound: column < bound,
    "lt": lambda column, bound: column >= bound,
    "le": lambda column, bound: column > bound,
    "isin": _not_in,
    "pattern": _unmatched,
    "unique": lambda column, _: column.is_duplicated() & column.is_not_null(),
    "increasing": lambda column, _: column < column.forward_fill().shift(1),
}


def lower(node: Expression, found: Mapping[str, Found]) -> pl.Expr:
    """A condition across columns as a polars expression: true, false, or null where something is missing."""
    return _lower(node, _widened(node, found))[0]


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


def _lower(node: Expression, found: Mapping[str, Found]) -> tuple[pl.Expr, bool]:
    """The expression, and whether its values are floats (which can be NaN)."""
    match node:
        case Column():
            return _read(str(node), found[str(node)])
        case Constant():
            return pl.lit(_constant(node.value)), isinstance(node.value, float)
        case Operation():
            return _operate(node, found)
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


def _operate(node: Operation, found: Mapping[str, Found]) -> tuple[pl.Expr, bool]:
    if node.name == "is_in":
        column, _ = _lower(node.operands[0], found)
        members = node.operands[1]
        assert isinstance(members, Constant)
        return _is_in(column, members.value), False
    lowered = [_lower(operand, found) for operand in node.operands]
    floats = any(is_float for _, is_float in lowered)
    functions = _FLOATS if floats and node.name in _FLOATS else _FUNCTIONS
    result = functions[node.name](*(expression for expression, _ in lowered))
    if node.name in ("+", "-", "*", "/", "//", "%", "**", "negative", "abs"):
        is_float = floats or node.name == "**" or (node.name == "/" and not _reads_times(node, found))
        return (
            (result.fill_nan(None), True) if is_float and not _reads_times(node, found) else (result, False)
        )
    return result, False


def _reads_times(node: Expression, found: Mapping[str, Found]) -> bool:
    return any(found[name].family in _TIMES or found[name].family is Family.DATE for name in node.columns)


def _is_in(column: pl.Expr, members: Any) -> pl.Expr:
    result = pl.lit(False)
    for member in members:
        result = result | (column == _constant(member))
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
