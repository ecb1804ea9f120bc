"""Moments and spans of generated tables: on one clock, dense enough that windows hold some rows and not all.

Ties are frequent; some tables lie around the hours that a clock shows twice when summer time ends.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, final

import attrs
import numpy as np
from numpy.typing import NDArray

from typedml.laws.admission import admits, as_time
from typedml.laws.case import Values, dtype_of
from typedml.laws.grid import Generator
from typedml.laws.inputs import Input
from typedml.laws.physical import size
from typedml.laws.settings import Unfillable

MINUTE = np.timedelta64(60_000_000, "us")
QUARTER = 15 * MINUTE
HOUR = 60 * MINUTE
DAY = 24 * HOUR
# The middle of each table of a rotation, and how many days it spans: a winter, a summer, and the nights on
# which the clocks of New York and of Berlin show one hour twice.
WINTER, SUMMER = np.datetime64("2013-01-27T05:00", "us"), np.datetime64("2013-06-24T09:00", "us")
NEW_YORK, BERLIN = np.datetime64("2013-11-03T01:00", "us"), np.datetime64("2013-10-27T02:00", "us")
FOLDS = (NEW_YORK, BERLIN)
SPANS = (
    (WINTER, 40),
    (WINTER, 40),
    (NEW_YORK, 2),
    (WINTER, 40),
    (BERLIN, 5),
    (SUMMER, 1),
    (WINTER, 5),
    (SUMMER, 40),
)
# Of the rotation, the tables that lie around a day that a default names (a holiday), and how many days.
NAMED = (0, 3, 7)
# Days far from which pandas cannot count nanoseconds.
NANOSECONDS = (np.datetime64("1678", "us"), np.datetime64("2262", "us"))
AROUND = 3
AT_FOLD = 0.15
ON_THE_HOUR = 0.4
# Steps to a window: no two moments of a clock lie exactly one window apart, where either side will do.
STEPS_OF_TWO_WINDOWS = 15
WINDOWS = 4
EPOCH = np.datetime64(0, "us")
SINCE_1970 = "unix"


@final
@attrs.frozen
class Clock:
    """The moments `start + step * i` for i below `places`, and as many `days` from there for dates; `fold` is
    an hour that some clocks show twice."""

    start: np.datetime64
    step: np.timedelta64
    places: int
    fold: np.datetime64 | None = None
    days: int = WINDOWS * 7


def clock_of(inputs: Sequence[Input], number: int) -> Clock:
    """The clock of a table of the rotation: as wide as the shortest window wants, else of some days."""
    middle: np.datetime64
    middle, days = SPANS[number % len(SPANS)]
    named = named_days(inputs) if number % len(SPANS) in NAMED else ()
    if named:
        middle, days = named[number % len(named)] + DAY // 2, AROUND
    windows = [source.window for source in inputs if source.clock and source.window is not None]
    if windows:
        step = _step_of(min(windows))
        places = WINDOWS * STEPS_OF_TWO_WINDOWS // 2
        return Clock(middle - places // 2 * step, step, places)
    places = days * 4 * 24
    start = middle - places // 2 * QUARTER
    if named:
        return Clock(start, QUARTER, places, days=AROUND)
    return Clock(start, QUARTER, places, middle if middle in FOLDS else None)


def named_days(inputs: Sequence[Input]) -> tuple[np.datetime64, ...]:
    """The days that a default lists, `holidays = (date(2024, 7, 4), ...)`, at midnight.

    The first and last day of a calendar (`date.max`) stand for none.
    """
    listed = [source.kept for source in inputs if source.kept and source.parameter.carrier != "scalar"]
    moments = [as_time(value) for kept in listed for value in kept if isinstance(value, dt.date)]
    near = sorted(moment for moment in moments if NANOSECONDS[0] < moment < NANOSECONDS[1])
    return tuple(moment.astype("datetime64[D]").astype("datetime64[us]") for moment in near)


def _step_of(window: dt.timedelta) -> np.timedelta64:
    step = np.timedelta64(window, "us") * 2 // STEPS_OF_TWO_WINDOWS
    whole = MINUTE if step >= MINUTE else np.timedelta64(1, "us")
    return whole * int(step // whole)


def times(source: Input, rows: int, random: Generator, clock: Clock) -> Values:
    """Moments or spans that an input admits; all different where it is unique or in an order.

    Raises: Unfillable where its bounds leave no room.
    """
    distinct = source.rules.unique or source.is_ordered
    pool = _pool(source, rows, clock, distinct=bool(distinct))
    if not len(pool) or (distinct and len(pool) < rows):
        raise Unfillable(f"{rows} times that the bounds of `{source.name}` admit")
    values = random.choice(pool, size=rows, replace=not distinct)
    if distinct or values.dtype != np.dtype("datetime64[us]") or clock.step != QUARTER:
        return values
    # Rows are joined by the hour as often as by the moment.
    hours = values.astype("datetime64[h]").astype(values.dtype)
    values = np.where((random.random(rows) < ON_THE_HOUR) & admits(source, hours), hours, values)
    fold = clock.fold if source.zone is None else fold_of(source.zone)
    if fold is None:
        return values
    folded = (fold + QUARTER * random.integers(0, 4, size=rows)).astype(values.dtype)
    here = (random.random(rows) < AT_FOLD) & admits(source, folded)
    return np.where(here, folded, values)


@lru_cache(maxsize=32)
def fold_of(zone: dt.tzinfo) -> np.datetime64 | None:
    """The hour in UTC, in 2013, before which a clock is turned back by one; None where it never is."""
    day = dt.datetime(2013, 1, 1, tzinfo=dt.UTC)
    for hour in range(1, 365 * 24):
        after = day + dt.timedelta(hours=hour)
        before = after - dt.timedelta(hours=1)
        if after.astimezone(zone).utcoffset() < before.astimezone(zone).utcoffset():  # type: ignore[operator]
            return np.datetime64(before.replace(tzinfo=None), "us") + HOUR // 2
    return None


def _pool(source: Input, rows: int, clock: Clock, *, distinct: bool) -> Values:
    """The times to draw from: those of the clock, or as many from the bound on where it lies outside."""
    dtype = dtype_of(source)
    if dtype.kind == "m":
        return _admitted(source, [HOUR, *_bounds(source)], QUARTER, 97, dtype)
    days = dtype == np.dtype("datetime64[D]")
    step = max(clock.step, DAY) if days else clock.step
    places = max(clock.places if not days else clock.days, 3 * rows if distinct else 0)
    return _admitted(source, [clock.start, *_bounds(source)], step, places, dtype)


def _admitted(
    source: Input, starts: Sequence[Any], step: np.timedelta64, places: int, dtype: np.dtype[Any]
) -> Values:
    steps = step * np.arange(places)
    for start in starts:
        for moments in (start + steps, start - steps):
            values: Values = moments.astype(dtype)
            good = values[admits(source, values)]
            if len(good) >= min(len(values), places // 2):
                return good
    every = np.unique(np.concatenate([s + d * steps for s in starts for d in (1, -1)]).astype(dtype))
    return every[admits(source, every)]


def _bounds(source: Input) -> list[Any]:
    rules = source.rules
    stated = (rules.gt, rules.ge, rules.lt, rules.le)
    return [as_time(bound) for bound in stated if isinstance(bound, dt.date | dt.timedelta)]


def numeric_times(source: Input, rows: int, random: Generator, clock: Clock) -> NDArray[np.float64] | None:
    """Moments as numbers since 1970, where an input is such a clock; None where it is not."""
    meaning = source.meaning
    if meaning is None or meaning.kind is None or meaning.kind.origin != SINCE_1970:
        return None
    if not (source.clock and source.is_number):
        return None
    places = random.choice(clock.places, size=rows, replace=not source.is_ordered and not source.rules.unique)
    seconds = (clock.start - EPOCH + clock.step * places) / np.timedelta64(1, "s")
    values = np.asarray(seconds / size(meaning.unit))
    return values if admits(source, values).all() else None
