"""The same features as in `frames.py`, on polars: another library, the same meanings and the same values."""

from typing import Annotated

import polars as pl
from schemas import Delays, Departure, Leg, Minutes

from typedml import COUNT, PROPORTION, Threshold, Unit, convert, feature

Speeds = Annotated[pl.Series, Unit("mile/hour")]
Shares = Annotated[pl.Series, PROPORTION]
FlightCounts = Annotated[pl.Series, COUNT, Unit("flight")]


@feature(rows="each")
def ground_speeds(flights: Annotated[pl.DataFrame, Leg]) -> Speeds:
    """Return how fast each flight was over ground."""
    return flights["distance"] / convert(flights["air_time"], "minute", "hour")


@feature(rows="any")
def late_shares(flights: Annotated[pl.DataFrame, Delays], cut: Threshold[Minutes]) -> Shares:
    """Return the share of late arrivals of each carrier, in the order of their codes."""
    late = pl.col("arr_delay") >= cut
    shares = flights.drop_nulls("arr_delay").group_by("carrier").agg(late.mean().alias("late"))
    return shares.sort("carrier")["late"]


@feature(rows="any")
def hourly_departures(flights: Annotated[pl.DataFrame, Departure]) -> FlightCounts:
    """Return how many flights are scheduled at each airport in each hour, in order of airport and hour."""
    return flights.group_by("origin", "time_hour").len().sort("origin", "time_hour")["len"]


FEATURES = (ground_speeds, late_shares, hourly_departures)
