"""Rules as polars expressions.

A rule becomes an expression that is true for a row that breaks it, false or null for the others: null never
breaks a rule, and NaN is null.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import polars as pl

from typedml.boundary.engines import polars_across
from typedml.boundary.engines.lists import single_precision
from typedml.boundary.engines.polars_columns import TIMES, present
from typedml.boundary.families import Family, Found
from typedml.boundary.patterns import matcher, portable
from typedml.boundary.plan import Rule
from typedml.boundary.stage import Stage
from typedml.boundary.times import ticks


def bad(stage: Stage, rule: Rule) -> pl.Expr:
    """True in the rows that break the rule."""
    if rule.is_across or rule.column is None:
        return polars_across.bad(stage, rule)
    found = stage.found[rule.column]
    if found.family is Family.NOTHING and rule.name not in ("null", "null_fraction"):
        return pl.col(rule.column).is_not_null()
    if rule.name in ("null", "null_fraction"):
        return present(stage, rule.column).is_null()
    if found.family is Family.FLOAT and rule.name not in _AS_STORED:
        # Without a copy of the column: NaN is greater than all numbers here, and breaks no rule.
        column = pl.col(rule.column)
        return _BAD[rule.name](column, _argument(rule.argument, found)) & column.is_not_nan()
    column = present(stage, rule.column)
    if found.family is Family.INT and rule.name == "range":
        return _integers_outside(column, rule.argument)
    if found.family is Family.DECIMAL and rule.name in _BAD and rule.name not in _AS_STORED:
        column = column.cast(pl.Float64)
    argument = _comparable_with(rule.argument, found) if rule.name == "isin" else rule.argument
    return _BAD[rule.name](column, _argument(argument, found))


def positions(stage: Stage, rule: Rule, limit: int | None) -> pl.Expr:
    """The positions of the first rows that break the rule, as one list."""
    found = bad(stage, rule).fill_null(False).arg_true()
    return (found if limit is None else found.head(limit)).implode()


def _argument(argument: Any, found: Found) -> Any:
    if found.family in TIMES:
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
    if len(members) > _FEW_MEMBERS and isinstance(members[0], str):
        return ~column.is_in(list(members))
    # Side by side: polars takes the square of their number to read one nested in another.
    found = pl.any_horizontal(pl.lit(False), *(column == member for member in members))
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
    "decreasing": lambda column, _: column > column.forward_fill().shift(1),
    "min_length": lambda column, least: column.str.len_chars() < least,
    "max_length": lambda column, most: column.str.len_chars() > most,
}
# These compare cells with each other, not with a bound.
_AS_STORED = ("unique", "increasing", "decreasing")
