"""Features of whole tables on polars, eager and lazy: the meanings of `frames.py`, other code."""

import datetime as dt
from typing import Annotated

import polars as pl
from schemas import CarrierLeg, CarrierSpeed, Delays, Departure, Leg, Minutes, Movement, Recent, Scheduled

from typedml import COUNT, PROPORTION, Group, Past, Row, Threshold, Unit, convert, feature

Speeds = Annotated[pl.Series, Unit("mile/hour")]
Delayed = Annotated[pl.Series, Unit("minute")]
Shares = Annotated[pl.Series, PROPORTION]
FlightCounts = Annotated[pl.Series, COUNT, Unit("flight")]

# The tables of the worked examples: clock times a minute past midnight, at noon and a minute to midnight.
TIMETABLE = {"sched_dep_time": [1, 1200, 2359]}
LEGS = {
    "carrier": ["UA", "UA", "B6", "UA", "UA"],
    "distance": [600.0, 100.0, 200.0, 900.0, 800.0],
    "air_time": [60.0, 30.0, 30.0, None, 120.0],
}
DAYS_AND_HOURS = [(1, 12), (2, 11), (2, 12), (2, 16), (2, 13), (2, 14)]
HOURS = [dt.datetime(2013, 7, day, hour, tzinfo=dt.UTC) for day, hour in DAYS_AND_HOURS]
DEPARTURES = {"origin": ["JFK", "EWR", "JFK", "JFK"], "time_hour": [HOURS[place] for place in (1, 1, 1, 2)]}
DAYS = {
    "carrier": ["UA", "B6", "UA", "UA", "UA", "UA"],
    "departs": HOURS,
    "dep_delay": [10.0, 50.0, 30.0, 99.0, 40.0, 5.0],
}


@feature(
    rows="each",
    scope=Row(),
    nulls="propagate",
    examples=[(({"distance": [529.0, 100.0], "air_time": [90.0, None]},), [352.0 + 2 / 3, None])],
)
def ground_speeds(flights: Annotated[pl.DataFrame, Leg]) -> Speeds:
    """Return how fast each flight was over ground."""
    return flights["distance"] / convert(flights["air_time"], "minute", "hour")


@feature(rows="each", scope=Row(), pinned=["s"], examples=[((TIMETABLE,), [1, 720, 1439])])
def scheduled_minutes(flights: Annotated[pl.DataFrame, Scheduled]) -> Delayed:
    """Return how long after midnight each flight is to leave."""
    clock = pl.col("sched_dep_time")
    return flights.select(minutes=clock // 100 * 60 + clock % 100)["minutes"]


@feature(
    rows="any",
    scope=Group("carrier"),
    nulls="skip",
    examples=[(({"carrier": ["UA", "B6", "UA"], "arr_delay": [15.0, 0.0, 14.0]}, 15.0), [0.0, 0.5])],
)
def late_shares(flights: Annotated[pl.DataFrame, Delays], cut: Threshold[Minutes]) -> Shares:
    """Return the share of late arrivals of each carrier, in the order of their codes."""
    late = pl.col("arr_delay") >= cut
    shares = flights.drop_nulls("arr_delay").group_by("carrier").agg(late.mean().alias("late"))
    return shares.sort("carrier")["late"]


@feature(
    rows="any",
    scope=Group("carrier"),
    nulls="skip",
    examples=[((LEGS,), {"carrier": ["B6", "UA"], "speed": [400.0, 1500.0 / 3.5]})],
)
def carrier_speeds(flights: Annotated[pl.LazyFrame, CarrierLeg]) -> Annotated[pl.LazyFrame, CarrierSpeed]:
    """Return the mean speed of each carrier: all its miles in all its hours."""
    hours = pl.col("air_time").sum() / 60
    flown = flights.drop_nulls("air_time").group_by("carrier")
    return flown.agg(speed=pl.col("distance").sum() / hours)


@feature(rows="any", scope=Group("origin", "time_hour"), examples=[((DEPARTURES,), [1, 2, 1])])
def hourly_departures(flights: Annotated[pl.DataFrame, Departure]) -> FlightCounts:
    """Return how many flights are scheduled at each airport in each hour, in order of airport and hour."""
    return flights.group_by("origin", "time_hour").len().sort("origin", "time_hour")["len"]


@feature(
    rows="each",
    scope=Past("departs", by="carrier", window="24h"),
    outcome=["dep_delay", "arr_delay", "landed"],
    nulls="skip",
    examples=[((DAYS,), {"recent_delay": [None, None, 10.0, 25.0, 30.0, 35.0]})],
)
def with_delay_of_a_day(flights: Annotated[pl.LazyFrame, Movement]) -> Annotated[pl.LazyFrame, Recent]:
    """Return the flights with the mean delay of the carrier's departures in the 24 hours before each."""
    recent = pl.col("dep_delay").rolling_mean_by("departs", "24h", closed="left")
    return flights.with_columns(recent_delay=recent.over("carrier"))


FEATURES = (
    ground_speeds,
    scheduled_minutes,
    late_shares,
    carrier_speeds,
    hourly_departures,
    with_delay_of_a_day,
)
