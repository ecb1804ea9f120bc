"""Wrong features about values, each with the law that must refute it and a word of the message."""

import datetime as dt
import math
from typing import Annotated, Any

import pandas as pd
import polars as pl

from tests.laws.right_features import Km, Miles, Minutes, Mph
from tests.laws.right_values import Clocked, Leg
from typedml import (
    Bearing,
    Celsius,
    ClockHHMM,
    Count,
    Fahrenheit,
    Longitude,
    Threshold,
    Unit,
    feature,
)

# Points that are moved together.


@feature
def clocks_subtracted(scheduled: ClockHHMM, actual: ClockHHMM) -> Minutes:
    return float(actual - scheduled)


@feature(rows="each")
def clock_columns_subtracted(
    legs: Annotated[pd.DataFrame, Clocked],
) -> Annotated["pd.Series[float]", Unit("minute")]:
    return (legs["actual"] - legs["sched"]).astype(float)


@feature
def hotter_in_two_scales(inside: Celsius, outside: Fahrenheit) -> bool:
    return inside > outside


@feature
def hot_against_celsius(temperature: Fahrenheit, cut: Threshold[Celsius] = 30.0) -> bool:
    return temperature >= cut


@feature(rows="each")
def since_the_cutoff(legs: Annotated[pl.DataFrame, Leg]) -> Annotated[pl.Series, Count]:
    return (legs["sched_dep"] >= dt.datetime(2013, 1, 20)).cast(pl.Int64)


@feature(rows="any")
def lazy_recent_miles(legs: Annotated[pl.LazyFrame, Leg]) -> Miles:
    recent = legs.filter(pl.col("sched_dep") >= dt.datetime(2013, 1, 20))
    return float(recent.select(pl.col("length").sum()).collect().item() or 0.0)


@feature
def minutes_by_hour_hands(departed: dt.datetime, landed: dt.datetime) -> Minutes:
    return float((landed.hour - departed.hour) * 60 + landed.minute - departed.minute)


@feature
def temperatures_added(inside: Celsius, outside: Celsius) -> Celsius:
    return inside + outside


@feature
def ratio_of_temperatures(inside: Celsius, outside: Celsius) -> float:
    return inside / (abs(outside) + 1)


@feature
def lost_direction(wind: Mph, direction: Bearing, runway: Bearing) -> Mph:
    return abs(wind * math.sin(math.radians(direction) - math.radians(runway) / 2))


@feature
def longitudes_multiplied(here: Longitude, there: Longitude) -> Km:
    return abs(here) * 111.2 - abs(there) * 111.2


WRONG: tuple[tuple[Any, str, str], ...] = (
    (clocks_subtracted, "shift", "every time of the day"),
    (clock_columns_subtracted, "shift", "every time of the day"),
    (hotter_in_two_scales, "shift", "every temperature"),
    (hot_against_celsius, "shift", "every temperature"),
    (since_the_cutoff, "shift", "every instant"),
    (lazy_recent_miles, "shift", "every instant"),
    (minutes_by_hour_hands, "shift", "every instant"),
    (temperatures_added, "shift", "by as much"),
    (ratio_of_temperatures, "shift", "every temperature"),
    (lost_direction, "shift", "every Bearing"),
    (longitudes_multiplied, "shift", "every Longitude"),
)
