"""Features of whole tables on pandas: a frame with a schema in, a Series with a meaning out.

What is computed inside is opaque to today's type checkers, so `typedml laws` runs it; what comes in and goes
out is checked by its schema.
"""

import datetime as dt
from typing import Annotated

import features
import numpy as np
import pandas as pd
from features import GasConstant
from schemas import CarrierLeg, ColdWind, Delays, Departure, Leg, Minutes, Scheduled, Weather, Wind

from typedml import (
    COUNT,
    FAHRENHEIT,
    PROPORTION,
    RANK,
    SIMPLEX,
    Group,
    Proportion,
    Row,
    Table,
    Threshold,
    Unit,
    convert,
    feature,
)

Speeds = Annotated["pd.Series[float]", Unit("mile/hour")]
Delayed = Annotated["pd.Series[float]", Unit("minute")]
Shares = Annotated["pd.Series[float]", PROPORTION]
Mix = Annotated["pd.Series[float]", SIMPLEX]
Densities = Annotated["pd.Series[float]", Unit("kilogram/meter**3")]
Gaps = Annotated["pd.Series[float]", Unit("delta_degF")]
Temperatures = Annotated["pd.Series[float]", FAHRENHEIT]
FlightCounts = Annotated["pd.Series[int]", COUNT, Unit("flight")]
Ranks = Annotated["pd.Series[float]", RANK]

# The tables of the worked examples.
MORNING = {
    "origin": ["JFK", "EWR", "JFK", "JFK", "JFK", "JFK", "JFK"],
    "hour": [6, 6, 7, 6, 7, 6, 6],
    "sched_dep_time": [600, 659, 700, 605, 730, 605, 610],
    "arr_delay": [15.0, 15.0, -4.0, 14.0, None, 20.0, 3.0],
}
DEPARTURES = {
    "origin": ["JFK", "EWR", "JFK", "JFK"],
    "time_hour": [dt.datetime(2013, 2, 12, hour, tzinfo=dt.UTC) for hour in (11, 11, 11, 12)],
}
LEGS = {
    "carrier": ["UA", "UA", "B6", "UA", "UA"],
    "distance": [600.0, 100.0, 200.0, 900.0, 800.0],
    "air_time": [60.0, 30.0, 30.0, None, 120.0],
}
IN_TURN = {"carrier": ["UA", "UA", "B6", "UA", "UA"], "dep_delay": [10.0, 20.0, 99.0, 60.0, 0.0]}
ARRIVALS = {"carrier": ["UA", "UA", "B6", "UA"], "arr_delay": [10.0, 20.0, 5.0, 60.0]}


@feature(
    rows="each",
    scope=Row(),
    nulls="propagate",
    serving=features.ground_speed,
    examples=[(({"distance": [529.0, 100.0], "air_time": [90.0, None]},), [352.0 + 2 / 3, None])],
)
def ground_speeds(flights: Annotated[pd.DataFrame, Leg]) -> Speeds:
    """Return how fast each flight was over ground."""
    return flights["distance"] / convert(flights["air_time"], "minute", "hour")


@feature(
    rows="each",
    scope=Row(),
    nulls="propagate",
    serving=features.made_up_time,
    examples=[(({"dep_delay": [6.0, None], "arr_delay": [15.0, 3.0]},), [-9.0, None])],
)
def made_up_times(flights: Annotated[pd.DataFrame, Delays]) -> Delayed:
    """Return how much of its delay each flight made up on the way."""
    return flights["dep_delay"] - flights["arr_delay"]


@feature(
    rows="any",
    scope=Table(),
    nulls="skip",
    examples=[(({"arr_delay": [14.0, 15.0, None, 15.0, 60.0]}, 15.0), 0.75)],
)
def late_share(flights: Annotated[pd.DataFrame, Delays], cut: Threshold[Minutes]) -> Proportion | None:
    """Return the share of late arrivals among all that arrived; None where none did."""
    arrived = flights["arr_delay"].dropna()
    if arrived.empty:
        return None
    return PROPORTION(float((arrived >= cut).mean()))


@feature(
    rows="any",
    scope=Group("carrier"),
    nulls="skip",
    examples=[(({"carrier": ["UA", "B6", "UA"], "arr_delay": [15.0, 0.0, 14.0]}, 15.0), [0.0, 0.5])],
)
def late_shares(flights: Annotated[pd.DataFrame, Delays], cut: Threshold[Minutes]) -> Shares:
    """Return the share of late arrivals of each carrier."""
    arrived = flights.dropna(subset=["arr_delay"])
    late = (arrived["arr_delay"] >= cut).astype(float)
    return late.groupby(arrived["carrier"]).mean()


@feature(
    rows="any", scope=Group("origin", "hour"), nulls="skip", examples=[((MORNING, 15.0), [0.0, 0.5, 1.0])]
)
def on_time_shares(flights: Annotated[pd.DataFrame, Scheduled], cut: Threshold[Minutes]) -> Shares:
    """Return the share of arrivals on time of each airport and hour of the clock."""
    arrived = flights.dropna(subset=["arr_delay"])
    on_time = (arrived["arr_delay"] < cut).astype(float)
    return on_time.groupby([arrived["origin"], arrived["hour"]]).mean()


@feature(rows="any", scope=Group("carrier"), nulls="skip", examples=[((LEGS,), [400.0, 1500.0 / 3.5])])
def carrier_speeds(flights: Annotated[pd.DataFrame, CarrierLeg]) -> Speeds:
    """Return the mean speed of each carrier: all its miles in all its hours."""
    flown = flights.dropna(subset=["air_time"]).groupby("carrier")
    return flown["distance"].sum() / convert(flown["air_time"].sum(), "minute", "hour")


@feature(
    rows="any",
    scope=Group("carrier"),
    nulls="skip",
    waive={"replicate": "sample deviation wanted"},
    examples=[(({"carrier": ["UA", "UA", "UA"], "arr_delay": [10.0, 20.0, 30.0]},), [10.0])],
)
def delay_spreads(flights: Annotated[pd.DataFrame, Delays]) -> Delayed:
    """Return the standard deviation of the arrival delays of each carrier."""
    return flights.groupby("carrier")["arr_delay"].std()


@feature(rows="each", scope=Group("carrier"), examples=[((ARRIVALS,), [-20.0, -10.0, 0.0, 30.0])])
def delays_beyond_carrier(flights: Annotated[pd.DataFrame, Delays]) -> Delayed:
    """Return by how much each arrival was later than the carrier's arrivals on average."""
    usual = flights.groupby("carrier")["arr_delay"].transform("mean")
    return flights["arr_delay"] - usual


@feature(
    rows="each", scope=Group("origin", "hour"), examples=[((MORNING,), [1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 4.0])]
)
def places_in_the_queue(flights: Annotated[pd.DataFrame, Scheduled]) -> Ranks:
    """Return the place of each flight among those of its airport and hour; ties share the first."""
    return flights.groupby(["origin", "hour"])["sched_dep_time"].rank(method="min")


@feature(
    rows="any",
    scope=Table(),
    examples=[(({"carrier": ["UA", "B6", "DL", "AA", "UA"]},), [0.4, 0.2, 0.2, 0.2])],
)
def carrier_mix(flights: Annotated[pd.DataFrame, Scheduled]) -> Mix:
    """Return the share of each carrier in the flights."""
    return flights["carrier"].value_counts(normalize=True)


@feature(rows="any", scope=Group("origin", "time_hour"), examples=[((DEPARTURES,), [1, 2, 1])])
def hourly_departures(flights: Annotated[pd.DataFrame, Departure]) -> FlightCounts:
    """Return how many flights are scheduled at each airport in each hour."""
    return flights.groupby(["origin", "time_hour"]).size()


@feature(
    rows="ordered",
    outcome=["dep_delay", "arr_delay"],
    examples=[((IN_TURN, 2), [None, 10.0, None, 15.0, 40.0])],
)
def recent_delays(flights: Annotated[pd.DataFrame, Delays], window: int = 10) -> Delayed:
    """Return the mean delay of the carrier's last departures before each flight; rows by time."""
    before = flights.groupby("carrier")["dep_delay"].shift(1)
    means = before.groupby(flights["carrier"]).rolling(window, min_periods=1).mean()
    return means.droplevel("carrier").reindex(flights.index)


@feature(
    rows="each",
    scope=Row(),
    nulls="propagate",
    serving=features.headwind,
    examples=[(({"wind_speed": [20.0], "wind_dir": [210.0], "course": [270.0]},), [10.0])],
)
def headwinds(flights: Annotated[pd.DataFrame, Wind]) -> Speeds:
    """Return the wind against each flight; the wind's direction is where it comes from."""
    angle = convert(flights["wind_dir"] - flights["course"], "degree", "radian")
    return flights["wind_speed"] * np.cos(angle)


@feature(
    rows="each",
    scope=Row(),
    nulls="propagate",
    examples=[(({"pressure": [1013.25], "temp": [59.0], "dewp": [41.0]},), [1.22501227])],
)
def air_densities(weather: Annotated[pd.DataFrame, Weather], gas_constant: GasConstant = 287.05) -> Densities:
    """Return the density of dry air in each hour, by the ideal gas law."""
    pascals = convert(weather["pressure"], "millibar", "pascal")
    return pascals / (gas_constant * convert(weather["temp"], "degF", "kelvin"))


@feature(rows="each", scope=Row(), nulls="propagate", examples=[(({"temp": [50.0], "dewp": [41.0]},), [9.0])])
def dew_point_gaps(weather: Annotated[pd.DataFrame, Weather]) -> Gaps:
    """Return how far the air is from fog in each hour."""
    return weather["temp"] - weather["dewp"]


@feature(
    rows="each",
    scope=Row(),
    pinned=["K", "m", "s"],
    monotone={"temp": "increasing", "wind_speed": "decreasing"},
    examples=[(({"temp": [0.0, 30.0], "wind_speed": [15.0, 25.0]},), [-19.397954, 16.016065])],
)
def wind_chills(weather: Annotated[pd.DataFrame, ColdWind]) -> Temperatures:
    """Return how cold the air feels, by the formula of the National Weather Service.

    Source: https://www.weather.gov/safety/cold-wind-chill-chart
    """
    temp, dampened = weather["temp"], weather["wind_speed"] ** 0.16
    return 35.74 + 0.6215 * temp - 35.75 * dampened + 0.4275 * temp * dampened


FEATURES = (
    ground_speeds,
    made_up_times,
    late_share,
    late_shares,
    on_time_shares,
    carrier_speeds,
    delay_spreads,
    delays_beyond_carrier,
    places_in_the_queue,
    carrier_mix,
    hourly_departures,
    recent_delays,
    headwinds,
    air_densities,
    dew_point_gaps,
    wind_chills,
)
