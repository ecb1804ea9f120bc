"""Features of hours and of years of electricity on polars, eager and lazy."""

from __future__ import annotations

from typing import Annotated

import polars as pl
from energy_schemas import Generation, Hour, StationDay

from typedml import COUNT, PROPORTION, Fahrenheit, Group, Past, Threshold, Unit, convert, feature

Generated = Annotated[pl.DataFrame, Generation]
Shares = Annotated[pl.Series, PROPORTION]
Powers = Annotated[pl.Series, Unit("megawatt")]
Percents = Annotated[pl.Series, Unit("percent")]
HourCounts = Annotated[pl.Series, COUNT]
Ramps = Annotated[pl.Series, Unit("delta_degF/hour")]


@feature(rows="each")
def mean_power(generation: Generated) -> Powers:
    """Return the power that a year's generation comes to."""
    return convert(generation["net_generation"], "gigawatt*hour/year", "megawatt")


@feature(rows="each", scope=Group("year"))
def source_shares(generation: Generated) -> Shares:
    """Return the share of each source in the electricity of its year."""
    share = pl.col("net_generation") / pl.col("net_generation").sum().over("year")
    return generation.select(share).to_series()


@feature(rows="each", scope=Past("year", by="source"))
def growth(generation: Generated) -> Percents:
    """Return by how much each source grew since the year recorded before; null for its first."""
    ratio = pl.col("net_generation").pct_change().over("source", order_by="year")
    return generation.select(100 * ratio).to_series()


@feature(rows="any", scope=Group("station"))
def freezing_hours(hours: Annotated[pl.DataFrame, Hour], cut: Threshold[Fahrenheit]) -> HourCounts:
    """Return how many hours were at or below the cut at each station, in the order of the stations' names."""
    cold = (pl.col("temp") <= cut).sum().alias("cold")
    return hours.group_by("station").agg(cold).sort("station")["cold"]


@feature(rows="each", scope=Past("date", by="station"))
def ramps(hours: Annotated[pl.DataFrame, Hour]) -> Ramps:
    """Return how fast the temperature changed since the hour recorded before; null for the first."""
    step = pl.col("temp").diff().over("station", order_by="date")
    elapsed = pl.col("date").diff().over("station", order_by="date").dt.total_seconds() / 3600
    return hours.select(step / elapsed).to_series()


@feature(rows="any", scope=Group("station"))
def station_days(hours: Annotated[pl.LazyFrame, Hour]) -> Annotated[pl.LazyFrame, StationDay]:
    """Return the mean temperature of each day at each station, in degrees Celsius."""
    day = pl.col("date").dt.truncate("1d").alias("day")
    mean = convert(pl.col("temp").mean(), "degF", "degC").alias("mean")
    return hours.group_by("station", day).agg(mean)


FEATURES = (mean_power, source_shares, growth, freezing_hours, ramps, station_days)
