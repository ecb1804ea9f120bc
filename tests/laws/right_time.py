"""Right features of time: windows, look-ups and outcomes, on every carrier."""

import datetime as dt
from typing import Annotated

import numpy as np
import pandas as pd
import polars as pl
from numpy.typing import NDArray

from typedml import COUNT, Count, EpochSeconds, FeatureSchema, Past, Unit, feature, field

Minutes = Annotated[float, Unit("minute")]
Kelvins = Annotated[float, Unit("kelvin")]
MinuteSeries = Annotated["pd.Series[float]", Unit("minute")]
KelvinSeries = Annotated["pd.Series[float]", Unit("kelvin")]
DAY = np.timedelta64(1, "D")


class Departure(FeatureSchema):
    """A flight as it is planned, and what became of it."""

    carrier: str = field(isin=["AA", "B6", "UA"])
    origin: str = field(isin=["EWR", "JFK"])
    planned: dt.datetime
    arrived: dt.datetime
    seats: Count
    delay: Minutes


class Hour(FeatureSchema):
    """The weather at an airport in an hour."""

    origin: str = field(isin=["EWR", "JFK"])
    hour: dt.datetime
    temperature: Kelvins


class Reading(FeatureSchema):
    """A sensor that is read from time to time."""

    at: EpochSeconds = field(increasing=True)
    level: Minutes


class Recent(FeatureSchema):
    """What is known of the day before a flight."""

    recent: Minutes | None


class Weather(FeatureSchema):
    """The temperature at a departure."""

    temperature: Kelvins | None


DAY_BEFORE = Past("planned", by="carrier", window="24h")
DELAY_AFTER = {"delay": "arrived"}


@feature(rows="each", scope=DAY_BEFORE, outcome="delay")
def mean_of_the_day_before(flights: Annotated[pd.DataFrame, Departure]) -> MinuteSeries:
    ordered = flights.sort_values(["carrier", "planned"], kind="stable")
    rolled = ordered.set_index("planned").groupby("carrier")["delay"].rolling("24h", closed="left").mean()
    return pd.Series(rolled.to_numpy(), index=ordered.index).reindex(flights.index)


@feature(rows="each", scope=DAY_BEFORE, outcome="delay")
def polars_mean_of_the_day_before(
    flights: Annotated[pl.DataFrame, Departure],
) -> Annotated[pl.DataFrame, Recent]:
    recent = pl.col("delay").rolling_mean_by("planned", "24h", closed="left").over("carrier")
    return flights.with_columns(recent=recent)


@feature(rows="each", scope=Past("planned", by="carrier", window="24h"))
def lazy_seats_of_the_day(flights: Annotated[pl.LazyFrame, Departure]) -> Annotated[pl.Series, COUNT]:
    seats = pl.col("seats").rolling_sum_by("planned", "24h", closed="both").over("carrier")
    return flights.select(seats).collect().to_series()


@feature(rows="each", scope=Past("planned"), outcome=DELAY_AFTER)
def mean_of_what_has_arrived(flights: Annotated[pd.DataFrame, Departure]) -> MinuteSeries:
    known = (flights["arrived"].to_numpy()[None, :] <= flights["planned"].to_numpy()[:, None]) & (
        flights["planned"].to_numpy()[None, :] < flights["planned"].to_numpy()[:, None]
    )
    counts = known.sum(axis=1)
    sums = (known * flights["delay"].to_numpy()[None, :]).sum(axis=1)
    return pd.Series(np.where(counts > 0, sums / np.maximum(counts, 1), np.nan), index=flights.index)


@feature(rows="ordered", scope=Past("planned", by="carrier", window=2), outcome="delay")
def mean_of_the_last_two(flights: Annotated[pd.DataFrame, Departure]) -> MinuteSeries:
    before = flights.groupby("carrier")["delay"].shift(1)
    means = before.groupby(flights["carrier"]).rolling(2, min_periods=1).mean()
    return means.droplevel(0).reindex(flights.index)


@feature(rows="ordered", scope=Past("planned", by="carrier", window=3), outcome="delay")
def polars_sum_of_the_last_three(
    flights: Annotated[pl.DataFrame, Departure],
) -> Annotated[pl.Series, Unit("minute")]:
    summed = pl.col("delay").shift(1).rolling_sum(3, min_samples=1).over("carrier")
    return flights.select(summed).to_series()


@feature(rows="ordered", scope=Past("at"))
def level_before(
    at: Annotated[NDArray[np.float64], EpochSeconds], level: Annotated[NDArray[np.float64], Unit("minute")]
) -> Annotated[NDArray[np.float64], Unit("minute")]:
    return np.maximum.accumulate(level)


@feature(rows="ordered", scope=Past("at", window="1h"))
def mean_level_of_the_hour(readings: Annotated[pd.DataFrame, Reading]) -> MinuteSeries:
    at, level = readings["at"].to_numpy(), readings["level"].to_numpy()
    within = (at[None, :] <= at[:, None]) & (at[None, :] > at[:, None] - 3600)
    return pd.Series((within * level).sum(axis=1) / within.sum(axis=1), index=readings.index)


@feature(rows="each", scope=Past("planned"), asof={"weather": "hour"})
def temperature_at_departure(
    flights: Annotated[pd.DataFrame, Departure], weather: Annotated[pd.DataFrame, Hour]
) -> KelvinSeries:
    left = flights[["origin", "planned"]].reset_index().sort_values("planned", kind="stable")
    right = weather.sort_values(["hour", "temperature"], kind="stable")
    found = pd.merge_asof(left, right, left_on="planned", right_on="hour", by="origin")
    return found.set_index("index")["temperature"].reindex(flights.index)


@feature(rows="each", asof={"weather": "hour"}, scope=Past("planned"))
def polars_temperature_at_departure(
    flights: Annotated[pl.DataFrame, Departure], weather: Annotated[pl.DataFrame, Hour]
) -> Annotated[pl.DataFrame, Weather]:
    rows = flights.with_row_index("row").sort("planned")
    known = weather.sort("hour", "temperature")
    found = rows.join_asof(known, left_on="planned", right_on="hour", by="origin", check_sortedness=False)
    return found.sort("row").select("temperature")


@feature(rows="each", asof={"weather": "hour"}, scope=Past("planned"))
def warmest_so_far(
    flights: Annotated[pd.DataFrame, Departure], weather: Annotated[pd.DataFrame, Hour]
) -> KelvinSeries:
    pairs = flights.reset_index().merge(weather, on="origin")
    known = pairs[pairs["hour"] <= pairs["planned"]]
    return known.groupby("index")["temperature"].max().reindex(flights.index)


@feature(rows="each", scope=Past("planned", by="carrier"), outcome={"arrived": "arrived", "delay": "arrived"})
def mean_of_what_arrived_before(flights: Annotated[pd.DataFrame, Departure]) -> MinuteSeries:
    """Take each flight of the carrier that had arrived before this one was to leave, by its times alone."""

    def known(row: pd.Series) -> float:
        before = (flights["carrier"] == row["carrier"]) & (flights["arrived"] < row["planned"])
        return float(flights.loc[before, "delay"].mean())

    return flights.apply(known, axis=1)


@feature(rows="each", outcome="delay")
def seats_per_row(flights: Annotated[pd.DataFrame, Departure]) -> Annotated["pd.Series[int]", COUNT]:
    return flights["seats"] * 2


RIGHT = (
    mean_of_the_day_before,
    polars_mean_of_the_day_before,
    lazy_seats_of_the_day,
    mean_of_what_has_arrived,
    mean_of_the_last_two,
    polars_sum_of_the_last_three,
    level_before,
    mean_level_of_the_hour,
    temperature_at_departure,
    polars_temperature_at_departure,
    warmest_so_far,
    mean_of_what_arrived_before,
    seats_per_row,
)
