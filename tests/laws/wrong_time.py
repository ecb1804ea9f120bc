"""Wrong features of time: what looks ahead, too far back, or up what was not known yet."""

from typing import Annotated, Any

import numpy as np
import pandas as pd
import polars as pl
from numpy.typing import NDArray

from tests.laws.right_time import (
    DAY_BEFORE,
    DELAY_AFTER,
    Departure,
    Hour,
    KelvinSeries,
    MinuteSeries,
    Reading,
    Recent,
    Weather,
)
from typedml import COUNT, EpochSeconds, Group, Past, Unit, feature

Flights = Annotated[pd.DataFrame, Departure]


@feature(rows="each", scope=Past("planned", by="carrier"))
def next_flights_seats(flights: Flights) -> Annotated["pd.Series[float]", COUNT]:
    ordered = flights.sort_values("planned", kind="stable")
    return ordered.groupby("carrier")["seats"].shift(-1).reindex(flights.index)


@feature(rows="ordered", scope=Past("at"))
def centred_mean(readings: Annotated[pd.DataFrame, Reading]) -> MinuteSeries:
    return readings["level"].rolling(3, center=True, min_periods=1).mean()


@feature(rows="ordered", scope=Past("at"))
def level_against_all(
    at: Annotated[NDArray[np.float64], EpochSeconds], level: Annotated[NDArray[np.float64], Unit("minute")]
) -> Annotated[NDArray[np.float64], Unit("minute")]:
    return level - level.mean()


@feature(rows="each", scope=DAY_BEFORE, outcome="delay")
def own_delay_in_the_mean(flights: Flights) -> MinuteSeries:
    ordered = flights.sort_values(["carrier", "planned"], kind="stable")
    rolled = ordered.set_index("planned").groupby("carrier")["delay"].rolling("24h", closed="right").mean()
    return pd.Series(rolled.to_numpy(), index=ordered.index).reindex(flights.index)


@feature(rows="each", scope=DAY_BEFORE, outcome="delay")
def polars_own_delay_in_the_mean(
    flights: Annotated[pl.DataFrame, Departure],
) -> Annotated[pl.DataFrame, Recent]:
    recent = pl.col("delay").rolling_mean_by("planned", "24h", closed="both").over("carrier")
    return flights.with_columns(recent=recent)


@feature(rows="each", scope=Past("planned"), outcome=DELAY_AFTER)
def mean_of_what_has_departed(flights: Flights) -> MinuteSeries:
    planned, delay = flights["planned"].to_numpy(), flights["delay"].to_numpy()
    known = planned[None, :] < planned[:, None]
    means = (known * delay[None, :]).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return pd.Series(means, index=flights.index)


@feature(rows="each", scope=Group("carrier"), outcome="delay")
def own_delay_in_the_groups_mean(flights: Flights) -> MinuteSeries:
    return flights.groupby("carrier")["delay"].transform("mean")


@feature(rows="each", outcome="delay")
def made_of_its_outcome(flights: Annotated[pl.LazyFrame, Departure]) -> Annotated[pl.LazyFrame, Recent]:
    return flights.select(recent=pl.col("delay") + pl.col("seats") * 0.5)


@feature(rows="each", scope=Past("planned", by="carrier", window="24h"))
def two_days_before(flights: Annotated[pl.LazyFrame, Departure]) -> Annotated[pl.Series, COUNT]:
    seats = pl.col("seats").rolling_sum_by("planned", "48h", closed="left").over("carrier")
    return flights.select(seats.fill_null(0)).collect().to_series()


@feature(rows="each", scope=DAY_BEFORE, outcome="delay")
def an_hour_too_long(flights: Flights) -> MinuteSeries:
    ordered = flights.sort_values(["carrier", "planned"], kind="stable")
    rolled = ordered.set_index("planned").groupby("carrier")["delay"].rolling("25h", closed="left").mean()
    return pd.Series(rolled.to_numpy(), index=ordered.index).reindex(flights.index)


@feature(rows="ordered", scope=Past("planned", by="carrier", window=1), outcome="delay")
def all_of_the_past(flights: Flights) -> MinuteSeries:
    before = flights.groupby("carrier")["delay"].shift(1)
    return before.groupby(flights["carrier"]).expanding().mean().droplevel(0).reindex(flights.index)


@feature(rows="ordered", scope=Past("at", window="1h"))
def mean_of_two_hours(
    at: Annotated[NDArray[np.float64], EpochSeconds], level: Annotated[NDArray[np.float64], Unit("minute")]
) -> Annotated[NDArray[np.float64], Unit("minute")]:
    within = (at[None, :] <= at[:, None]) & (at[None, :] > at[:, None] - 7200)
    return (within * level).sum(axis=1) / within.sum(axis=1)


def _looked_up(flights: Any, weather: Any, **options: Any) -> Any:
    left = flights[["origin", "planned"]].reset_index().sort_values("planned", kind="stable")
    right = weather.sort_values(["hour", "temperature"], kind="stable")
    found = pd.merge_asof(left, right, left_on="planned", right_on="hour", by="origin", **options)
    return found.set_index("index")["temperature"].reindex(flights.index)


@feature(rows="each", scope=Past("planned"), asof={"weather": "hour"})
def next_temperature(flights: Flights, weather: Annotated[pd.DataFrame, Hour]) -> KelvinSeries:
    return _looked_up(flights, weather, direction="forward")


@feature(rows="each", scope=Past("planned"), asof={"weather": "hour"})
def nearest_temperature(flights: Flights, weather: Annotated[pd.DataFrame, Hour]) -> KelvinSeries:
    return _looked_up(flights, weather, direction="nearest")


@feature(rows="each", asof={"weather": "hour"}, scope=Past("planned"))
def polars_nearest_temperature(
    flights: Annotated[pl.DataFrame, Departure], weather: Annotated[pl.DataFrame, Hour]
) -> Annotated[pl.DataFrame, Weather]:
    rows = flights.with_row_index("row").sort("planned")
    known = weather.sort("hour", "temperature")
    found = rows.join_asof(
        known, left_on="planned", right_on="hour", by="origin", strategy="nearest", check_sortedness=False
    )
    return found.sort("row").select("temperature")


@feature(rows="each", asof={"weather": "hour"}, scope=Past("planned"))
def first_temperature(flights: Flights, weather: Annotated[pd.DataFrame, Hour]) -> KelvinSeries:
    ordered = weather.sort_values(["hour", "temperature"])
    pairs = flights.reset_index().merge(ordered, on="origin")
    known = pairs[pairs["hour"] <= pairs["planned"]].sort_values("hour", kind="stable")
    return known.groupby("index")["temperature"].first().reindex(flights.index)


@feature(rows="each", asof={"weather": "hour"}, scope=Past("planned"))
def mean_temperature(flights: Flights, weather: Annotated[pd.DataFrame, Hour]) -> KelvinSeries:
    means = weather.groupby("origin")["temperature"].mean()
    return flights["origin"].map(means)


WRONG: tuple[tuple[Any, str, str], ...] = (
    (next_flights_seats, "causal", "later than a row"),
    (centred_mean, "causal", "later than a row"),
    (level_against_all, "causal", "later than a row"),
    (own_delay_in_the_mean, "causal", "own outcome"),
    (polars_own_delay_in_the_mean, "causal", "own outcome"),
    (mean_of_what_has_departed, "causal", "before `arrived`"),
    (own_delay_in_the_groups_mean, "causal", "own outcome"),
    (made_of_its_outcome, "causal", "own outcome"),
    (mean_temperature, "causal", "`weather` holds of later"),
    (two_days_before, "window", "older than the window of 1 day"),
    (an_hour_too_long, "window", "older than the window of 1 day"),
    (all_of_the_past, "window", "the last 1 rows of its carrier"),
    (mean_of_two_hours, "window", "older than the window of 1:00:00"),
    (next_temperature, "asof", "later than a row"),
    (nearest_temperature, "asof", "later than a row"),
    (polars_nearest_temperature, "asof", "later than a row"),
    (first_temperature, "asof", "more recent row"),
)
