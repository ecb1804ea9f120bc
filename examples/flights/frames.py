"""Features of whole tables on pandas: a frame with a schema in, a Series with a meaning out.

What is computed inside is opaque to today's type checkers, so `typedml laws` runs it; what comes in and goes
out is checked by its schema.
"""

from typing import Annotated

import numpy as np
import pandas as pd
from features import GasConstant
from schemas import Delays, Departure, Leg, Minutes, Weather, Wind

from typedml import COUNT, PROPORTION, Proportion, Threshold, Unit, convert, feature

Speeds = Annotated["pd.Series[float]", Unit("mile/hour")]
Delayed = Annotated["pd.Series[float]", Unit("minute")]
Shares = Annotated["pd.Series[float]", PROPORTION]
Densities = Annotated["pd.Series[float]", Unit("kilogram/meter**3")]
Gaps = Annotated["pd.Series[float]", Unit("delta_degF")]
FlightCounts = Annotated["pd.Series[int]", COUNT, Unit("flight")]


@feature(rows="each")
def ground_speeds(flights: Annotated[pd.DataFrame, Leg]) -> Speeds:
    """Return how fast each flight was over ground."""
    return flights["distance"] / convert(flights["air_time"], "minute", "hour")


@feature(rows="each")
def made_up_times(flights: Annotated[pd.DataFrame, Delays]) -> Delayed:
    """Return how much of its delay each flight made up on the way."""
    return flights["dep_delay"] - flights["arr_delay"]


@feature(rows="any")
def late_share(flights: Annotated[pd.DataFrame, Delays], cut: Threshold[Minutes]) -> Proportion:
    """Return the share of late arrivals among all that arrived."""
    arrived = flights["arr_delay"].dropna()
    return PROPORTION(float((arrived >= cut).mean()))


@feature(rows="any")
def late_shares(flights: Annotated[pd.DataFrame, Delays], cut: Threshold[Minutes]) -> Shares:
    """Return the share of late arrivals of each carrier."""
    arrived = flights.dropna(subset=["arr_delay"])
    late = (arrived["arr_delay"] >= cut).astype(float)
    return late.groupby(arrived["carrier"]).mean()


@feature(rows="any")
def hourly_departures(flights: Annotated[pd.DataFrame, Departure]) -> FlightCounts:
    """Return how many flights are scheduled at each airport in each hour."""
    return flights.groupby(["origin", "time_hour"]).size()


@feature(rows="ordered")
def recent_delays(flights: Annotated[pd.DataFrame, Delays], window: int = 10) -> Delayed:
    """Return the mean delay of the carrier's last departures before each flight; rows by time."""
    before = flights.groupby("carrier")["dep_delay"].shift(1)
    means = before.groupby(flights["carrier"]).rolling(window, min_periods=1).mean()
    return means.droplevel("carrier").reindex(flights.index)


@feature(rows="each")
def headwinds(flights: Annotated[pd.DataFrame, Wind]) -> Speeds:
    """Return the wind against each flight; the wind's direction is where it comes from."""
    angle = convert(flights["wind_dir"] - flights["course"], "degree", "radian")
    return flights["wind_speed"] * np.cos(angle)


@feature(rows="each")
def air_densities(weather: Annotated[pd.DataFrame, Weather], gas_constant: GasConstant = 287.05) -> Densities:
    """Return the density of dry air in each hour, by the ideal gas law."""
    pascals = convert(weather["pressure"], "millibar", "pascal")
    return pascals / (gas_constant * convert(weather["temp"], "degF", "kelvin"))


@feature(rows="each")
def dew_point_gaps(weather: Annotated[pd.DataFrame, Weather]) -> Gaps:
    """Return how far the air is from fog in each hour."""
    return weather["temp"] - weather["dewp"]


FEATURES = (
    ground_speeds,
    made_up_times,
    late_share,
    late_shares,
    hourly_departures,
    recent_delays,
    headwinds,
    air_densities,
    dew_point_gaps,
)
