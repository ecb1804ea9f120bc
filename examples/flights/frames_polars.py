"""Features of whole tables on polars, eager and lazy: the meanings of `frames.py`, other code."""

from typing import Annotated

import polars as pl
from schemas import CarrierLeg, CarrierSpeed, Delays, Departure, Leg, Minutes, Movement, Recent, Scheduled

from typedml import COUNT, PROPORTION, Group, Past, Row, Threshold, Unit, convert, feature

Speeds = Annotated[pl.Series, Unit("mile/hour")]
Delayed = Annotated[pl.Series, Unit("minute")]
Shares = Annotated[pl.Series, PROPORTION]
FlightCounts = Annotated[pl.Series, COUNT, Unit("flight")]

# A minute past midnight, noon, and a minute to midnight.
TIMETABLE = pl.DataFrame(
    {
        "origin": ["EWR", "JFK", "LGA"],
        "carrier": ["UA", "B6", "DL"],
        "sched_dep_time": [1, 1200, 2359],
        "hour": [0, 12, 23],
        "arr_delay": [0.0, None, -5.0],
    }
)


@feature(rows="each", scope=Row(), nulls="propagate")
def ground_speeds(flights: Annotated[pl.DataFrame, Leg]) -> Speeds:
    """Return how fast each flight was over ground."""
    return flights["distance"] / convert(flights["air_time"], "minute", "hour")


@feature(rows="each", scope=Row(), pinned=["s"], examples=[((TIMETABLE,), pl.Series([1.0, 720.0, 1439.0]))])
def scheduled_minutes(flights: Annotated[pl.DataFrame, Scheduled]) -> Delayed:
    """Return how long after midnight each flight is to leave."""
    clock = pl.col("sched_dep_time")
    return flights.select(minutes=clock // 100 * 60 + clock % 100)["minutes"]


@feature(rows="any", scope=Group("carrier"), nulls="skip")
def late_shares(flights: Annotated[pl.DataFrame, Delays], cut: Threshold[Minutes]) -> Shares:
    """Return the share of late arrivals of each carrier, in the order of their codes."""
    late = pl.col("arr_delay") >= cut
    shares = flights.drop_nulls("arr_delay").group_by("carrier").agg(late.mean().alias("late"))
    return shares.sort("carrier")["late"]


@feature(rows="any", scope=Group("carrier"), nulls="skip")
def carrier_speeds(flights: Annotated[pl.LazyFrame, CarrierLeg]) -> Annotated[pl.LazyFrame, CarrierSpeed]:
    """Return the mean speed of each carrier: all its miles in all its hours."""
    hours = pl.col("air_time").sum() / 60
    flown = flights.drop_nulls("air_time").group_by("carrier")
    return flown.agg(speed=pl.col("distance").sum() / hours)


@feature(rows="any", scope=Group("origin", "time_hour"))
def hourly_departures(flights: Annotated[pl.DataFrame, Departure]) -> FlightCounts:
    """Return how many flights are scheduled at each airport in each hour, in order of airport and hour."""
    return flights.group_by("origin", "time_hour").len().sort("origin", "time_hour")["len"]


@feature(
    rows="each",
    scope=Past("departs", by="carrier", window="24h"),
    outcome=["dep_delay", "arr_delay", "landed"],
    nulls="skip",
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
