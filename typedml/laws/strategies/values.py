"""Hypothesis strategies for one value of an input, built from its kind, bounds, members and pattern."""

from __future__ import annotations

import datetime as dt
import math
import operator
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, final

import attrs
import numpy as np
from hypothesis import strategies as st

from typedml.declare.declared import Rules
from typedml.laws.admission import is_text_of
from typedml.laws.grid import limits
from typedml.laws.inputs import Input
from typedml.laws.settings import Unfillable

Values = st.SearchStrategy[Any]
# Whole numbers that a float holds too: a column with a null among them is one of floats.
MOST_WHOLE = 2**53
MOST_INTEGER = 2**63 - 1024
MOST_DECIMAL = 10**9
DECIMAL_PLACES = (3, 6, 9)
FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2099, 12, 31)
LONGEST = dt.timedelta(days=10_000)
MICROSECOND, DAY = dt.timedelta(microseconds=1), dt.timedelta(days=1)
MOST_LISTED = 3_000
# No pandas or polars column holds half a surrogate pair.
LETTERS = st.characters(codec="utf-8", exclude_characters="\x00")


def values(source: Input) -> Values:
    """What one value of an input may be, without a missing one; a moment with a zone on the clock of UTC.

    Raises: Unfillable where its rules leave nothing, or its type cannot be drawn.
    """
    listed = members(source)
    if listed is not None:
        if not listed:
            raise Unfillable(f"a value that the rules of `{source.name}` admit")
        return st.sampled_from(listed)
    if source.base is object:
        return st.integers(0, 9)
    draw = next((draw for base, draw in _BY_BASE if issubclass(source.base, base)), None)
    if draw is None:
        raise Unfillable(f"a type of `{source.name}` that can be drawn")
    return draw(source)


def members(source: Input) -> list[Any] | None:
    """All values of an input, where there are few: members, truth values, a short stretch of numbers."""
    if source.rules.isin is not None:
        return [
            _in_utc(each) for each in source.rules.isin if each is not None and _is_admitted(source, each)
        ]
    if source.base is bool:
        return [False, True]
    if source.is_number and source.sexagesimal:
        clock = (100 * hour + minute for hour in range(24) for minute in range(60))
        return [source.base(value) for value in clock if _is_admitted(source, value)]
    if source.is_number and source.integral:
        low, high = _whole(source)
        if high - low < MOST_LISTED:
            return [source.base(value) for value in sorted(range(low, high + 1), key=_plainness)]
    return None


def _plainness(value: int) -> tuple[int, bool]:
    """The order in which whole numbers are tried when examples shrink: small ones first."""
    return abs(value), value < 0


def _is_admitted(source: Input, value: Any) -> bool:
    if isinstance(value, str):
        return is_text_of(source, value)
    if not source.is_number or isinstance(value, bool):
        rules = zip((operator.gt, operator.ge, operator.lt, operator.le), _bounds(source.rules), strict=True)
        return all(b is None or bool(holds(_in_utc(value), _in_utc(b))) for holds, b in rules)
    low, high, low_open, high_open = limits(source)
    above = value > low if low_open else value >= low
    return bool(above and (value < high if high_open else value <= high))


def _whole(source: Input) -> tuple[int, int]:
    low, high, low_open, high_open = limits(source)
    # Bounds beyond what a column of whole numbers, or of floats, holds exactly are none.
    low, high = max(low, -MOST_INTEGER), min(high, MOST_INTEGER)
    least = math.floor(low) + 1 if low_open else math.ceil(low)
    most = math.ceil(high) - 1 if high_open else math.floor(high)
    if least < -MOST_WHOLE <= most:
        least = -MOST_WHOLE
    if least <= MOST_WHOLE < most:
        most = MOST_WHOLE
    if least > most:
        raise Unfillable(f"a whole number that the rules of `{source.name}` admit")
    return least, most


def _integers(source: Input) -> Values:
    low, high = _whole(source)
    return st.integers(low, high)


def _floats(source: Input) -> Values:
    if source.integral:
        return _integers(source).map(float)
    low, high, low_open, high_open = limits(source)
    if low > high or (low == high and (low_open or high_open)):
        raise Unfillable(f"a number that the rules of `{source.name}` admit")
    width = {"float16": 16, "float32": 32}.get(source.rules.width or "", 64)
    least, most = _of_width(low, width, up=True), _of_width(high, width, up=False)
    return st.floats(
        min_value=None if math.isinf(low) else least,
        max_value=None if math.isinf(high) else most,
        # Libraries compare a narrow number with a bound of their own width, which may be the nearest one.
        exclude_min=low_open and not math.isinf(low),
        exclude_max=high_open and not math.isinf(high),
        allow_nan=False,
        allow_infinity=False,
        width=width,  # type: ignore[arg-type]
    )


def _of_width(bound: float, width: int, *, up: bool) -> float:
    """The nearest number of a width on the side of a bound that is admitted."""
    if width == 64 or math.isinf(bound):
        return bound
    dtype: Any = np.float16 if width == 16 else np.float32
    nearest = dtype(bound)
    if (nearest < bound) if up else (nearest > bound):
        nearest = np.nextafter(nearest, dtype(np.inf if up else -np.inf))
    return float(nearest)


def _decimals(source: Input) -> Values:
    low, high, low_open, high_open = limits(source)
    for places in DECIMAL_PLACES:
        least = max(low, -MOST_DECIMAL) if not math.isinf(low) else min(-MOST_DECIMAL, high - MOST_DECIMAL)
        most = min(high, MOST_DECIMAL) if not math.isinf(high) else max(MOST_DECIMAL, low + MOST_DECIMAL)
        first = math.ceil(Fraction(least) * 10**places)
        last = math.floor(Fraction(most) * 10**places)
        first += low_open and Fraction(first, 10**places) == Fraction(low)
        last -= high_open and Fraction(last, 10**places) == Fraction(high)
        if first <= last:
            return st.integers(first, last).map(_scaled_by(places))
    raise Unfillable(f"a decimal of {DECIMAL_PLACES[-1]} places that the rules of `{source.name}` admit")


def _scaled_by(places: int) -> Callable[[int], Decimal]:
    return lambda number: Decimal(number).scaleb(-places)


def _datetimes(source: Input) -> Values:
    low, high = dt.datetime.combine(FIRST_DAY, dt.time()), dt.datetime.combine(LAST_DAY, dt.time())
    return st.datetimes(*_times(source, low, high, MICROSECOND))


def _bounds(rules: Rules) -> tuple[Any, ...]:
    return rules.gt, rules.ge, rules.lt, rules.le


def _times(source: Input, low: Any, high: Any, step: dt.timedelta) -> tuple[Any, Any]:
    """The first and the last moment that an input admits; as many beyond an unusual bound."""
    gt, ge, lt, le = (_in_utc(bound) for bound in _bounds(source.rules))
    lows = [bound for bound in (ge, None if gt is None else gt + step) if bound is not None]
    highs = [bound for bound in (le, None if lt is None else lt - step) if bound is not None]
    least, most = max(lows, default=low), min(highs, default=high)
    if least > most and not highs:
        most = least + (high - low) if not isinstance(least, dt.timedelta) else 2 * least
    if least > most and not lows:
        least = most - (high - low)
    if least > most:
        raise Unfillable(f"a time that the rules of `{source.name}` admit")
    return least, most


def _in_utc(bound: Any) -> Any:
    aware = isinstance(bound, dt.datetime) and bound.tzinfo is not None
    return bound.astimezone(dt.UTC).replace(tzinfo=None) if aware else bound


def _dates(source: Input) -> Values:
    return st.dates(*_times(source, FIRST_DAY, LAST_DAY, DAY))


def _timedeltas(source: Input) -> Values:
    lowest = dt.timedelta() if source.meaning is not None and source.meaning.range.low >= 0 else -LONGEST
    return st.timedeltas(*_times(source, lowest, LONGEST, MICROSECOND))


def _texts(source: Input) -> Values:
    rules = source.rules
    if rules.pattern is None:
        return st.text(LETTERS, min_size=rules.min_length or 0, max_size=rules.max_length)
    found = st.from_regex(re.compile(rules.pattern, re.ASCII), fullmatch=True, alphabet=LETTERS)
    # A pattern and a length cannot be had at once by construction; single texts are drawn again.
    return found.filter(lambda text: is_text_of(source, text))


_BY_BASE: tuple[tuple[type, Callable[[Input], Values]], ...] = (
    (int, _integers),
    (float, _floats),
    (Decimal, _decimals),
    (dt.datetime, _datetimes),
    (dt.date, _dates),
    (dt.timedelta, _timedeltas),
    (str, _texts),
    (
        bytes,
        lambda source: st.binary(min_size=source.rules.min_length or 0, max_size=source.rules.max_length),
    ),
)


@final
@attrs.frozen
class Between:
    """Bounds that the other columns of a row set to a value; None where there is none."""

    gt: Any = None
    ge: Any = None
    lt: Any = None
    le: Any = None


def between(source: Input, bounds: Between) -> Input:
    """The input with narrower bounds."""
    if source.field is None:
        return source
    rules = source.rules
    bottom = [(rules.gt, True), (rules.ge, False), (bounds.gt, True), (bounds.ge, False)]
    top = [(rules.lt, True), (rules.le, False), (bounds.lt, True), (bounds.le, False)]
    low, high = _tighter(bottom, lowest=True), _tighter(top, lowest=False)
    narrowed = attrs.evolve(
        rules,
        gt=low[0] if low is not None and low[1] else None,
        ge=low[0] if low is not None and not low[1] else None,
        lt=high[0] if high is not None and high[1] else None,
        le=high[0] if high is not None and not high[1] else None,
    )
    return attrs.evolve(source, field=attrs.evolve(source.field, rules=narrowed))


def _tighter(bounds: list[tuple[Any, bool]], *, lowest: bool) -> tuple[Any, bool] | None:
    """The bound that admits least; of two equal ones the open one."""
    stated = [bound for bound in bounds if bound[0] is not None]
    if not stated:
        return None
    edge = max(_in_utc(b[0]) for b in stated) if lowest else min(_in_utc(b[0]) for b in stated)
    return next(b for b in sorted(stated, key=lambda b: not b[1]) if _in_utc(b[0]) == edge)
