"""Rules as narwhals expressions, which mean the same on PySpark, DuckDB and whatever else it wraps.

What travels between them: columns of their own first (NaN made null, windows, divisions), then one select
of aggregates; failures counted as `when(bad).then(1).otherwise(0).sum()`, for not every library sums truth
values; what is missing is null before anything is compared, for NaN is greater than all numbers here and
unequal to all there; whole numbers told by rounding; regular expressions of the subset that all share.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, final

import narwhals as nw

from typedml.boundary.engines import narwhals_across
from typedml.boundary.engines.lists import single_precision
from typedml.boundary.engines.narwhals_columns import Literal, among, present
from typedml.boundary.engines.narwhals_steps import Steps
from typedml.boundary.families import Family, Found
from typedml.boundary.patterns import MARK, marked
from typedml.boundary.plan import Rule
from typedml.boundary.stage import Stage

_LARGEST_INTEGER = 2**63 - 1


@final
class Query:
    """What a stage asks of a frame: for each rule whether a row breaks it, over columns made step by step."""

    def __init__(self, stage: Stage, literal: Literal, library: str) -> None:
        self.stage, self.literal, self.library = stage, literal, library
        self.steps = Steps()
        self.bad = {rule: self._bad(rule) for rule in stage.rules}

    def on(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """The frame with the columns that the rules look at."""
        return self.steps.on(frame)

    @property
    def aggregates(self) -> dict[str, nw.Expr]:
        """How many rows there are, and how many break each rule, by its number."""
        counted = {f"rule_{number}": times(self.bad[rule]) for number, rule in enumerate(self.stage.rules)}
        return {"rows": nw.len(), **counted}

    def _bad(self, rule: Rule) -> nw.Expr:
        if rule.is_across or rule.column is None:
            return narwhals_across.bad(self.stage, rule, self.literal, self.steps, self.library)
        if rule.name in ("null", "null_fraction"):
            return nw.col(present(self.stage, rule.column, self.steps)).is_null()
        if rule.name == "unique":
            return narwhals_across.repeated(self.stage, (rule.column,), self.steps)
        return self._bad_value(rule, self.stage.found[rule.column])

    def _bad_value(self, rule: Rule, found: Found) -> nw.Expr:
        if found.family is Family.NOTHING or (rule.name == "integral" and found.family is Family.INT):
            return _never(nw.col(str(rule.column)))
        column = nw.col(present(self.stage, str(rule.column), self.steps))
        argument = single_precision(rule.argument) if found.single else rule.argument
        if rule.name in _COMPARED:
            return self._beyond(column, rule.name, argument, found)
        if rule.name == "range":
            return self._outside(column, argument, found)
        if rule.name == "isin":
            members = _comparable_with(argument, found)
            return ~column.is_null() & ~among(column, members, self.literal)
        return _BAD[rule.name](column, argument)

    def _outside(self, column: nw.Expr, allowed: Any, found: Found) -> nw.Expr:
        """Beyond either end of a range; an end that is infinite excludes nothing, unless it is open."""
        sides = [
            ("gt" if allowed.low_open else "ge", allowed.low, allowed.low_open),
            ("lt" if allowed.high_open else "le", allowed.high, allowed.high_open),
        ]
        beyond = [
            self._beyond(column, name, end, found)
            for name, end, is_open in sides
            if is_open or math.isfinite(end)
        ]
        return nw.any_horizontal(*beyond, ignore_nulls=False) if beyond else _never(column)

    def _beyond(self, column: nw.Expr, name: str, bound: Any, found: Found) -> nw.Expr:
        """Where a value breaks a bound."""
        if found.family is Family.INT and isinstance(bound, (int, float, Decimal)):
            if not -_LARGEST_INTEGER <= bound <= _LARGEST_INTEGER and found.dtype != "UInt64":
                # No number of 64 bits is as far out: all break the bound, or none does.
                return ~column.is_null() if (name in ("gt", "ge")) is (bound > 0) else _never(column)
            bound = whole_bound(name, bound)
        return _COMPARED[name](column, self.literal(bound))


def times(bad: nw.Expr) -> nw.Expr:
    """How many rows are bad."""
    return flag(bad).sum()


def flag(bad: nw.Expr) -> nw.Expr:
    """1 in a row that is bad, else 0; also where what it hangs on is missing."""
    return nw.when(bad).then(nw.lit(1)).otherwise(nw.lit(0))


def _never(column: nw.Expr) -> nw.Expr:
    """False in every row; a sum takes no constant."""
    return column.is_null() & nw.lit(False)


def _comparable_with(members: tuple[Any, ...], found: Found) -> tuple[Any, ...]:
    """The members that a column can be compared with: beside text there are none but texts."""
    texts = found.family is Family.STR
    comparable = tuple(each for each in members if isinstance(each, str) is texts)
    if found.family is Family.INT:
        return tuple(int(each) for each in comparable if each % 1 == 0)
    return comparable


def whole_bound(rule: str, bound: Any) -> Any:
    """A bound of whole numbers as the whole number that says the same: beside a float they become floats.

    >>> whole_bound("gt", 1.5), whole_bound("ge", 1.5), whole_bound("le", 2.0)
    (1, 2, 2)
    """
    if isinstance(bound, (float, Decimal)) and math.isfinite(bound):
        return math.floor(bound) if rule in ("gt", "le") else math.ceil(bound)
    return bound


def _not_whole(column: nw.Expr, infinities: tuple[float, ...]) -> nw.Expr:
    bad = column != column.round(0)
    for infinity in infinities:
        bad = bad | (column == infinity)
    return bad


def _unmatched(column: nw.Expr, pattern: str) -> nw.Expr:
    syntax = marked(pattern)
    assert syntax is not None, "a pattern that these libraries do not read is refused before"
    return ~nw.concat_str(column, nw.lit(MARK)).str.contains(syntax)


_BAD: Mapping[str, Callable[[nw.Expr, Any], nw.Expr]] = {
    "integral": _not_whole,
    "pattern": _unmatched,
    "min_length": lambda column, least: column.str.len_chars() < least,
    "max_length": lambda column, most: column.str.len_chars() > most,
}
_COMPARED: Mapping[str, Callable[[nw.Expr, nw.Expr], nw.Expr]] = {
    "gt": lambda column, bound: column <= bound,
    "ge": lambda column, bound: column < bound,
    "lt": lambda column, bound: column >= bound,
    "le": lambda column, bound: column > bound,
}
