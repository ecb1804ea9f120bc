"""Features of days on pandas: a frame with a schema in, a Series with a meaning out."""

from __future__ import annotations

from typing import Annotated

import house
import pandas as pd
from energy_schemas import CalendarDay, Day, Millimetres, Mix, Normal

from typedml import COUNT, PROPORTION, Celsius, Group, Past, Proportion, Threshold, Unit, convert, feature
from typedml import Train as TrainingRows

Days = Annotated[pd.DataFrame, Day]
CalendarDays = Annotated[pd.DataFrame, CalendarDay]
Degrees = Annotated["pd.Series[float]", Unit("delta_degC")]
Rain = Annotated["pd.Series[float]", Unit("millimeter")]
DayCounts = Annotated["pd.Series[int]", COUNT]
Shares = Annotated["pd.Series[float]", PROPORTION]


def _means(days: pd.DataFrame) -> pd.Series[float]:
    return (days["temp_min"] + days["temp_max"]) / 2


@feature(
    rows="each",
    monotone={"temp_min": "decreasing", "temp_max": "decreasing"},
    serving=house.degree_day,
)
def degree_days(days: Days, base: Celsius = 18.0) -> Degrees:
    """Return by how much each day was too cold to do without heating."""
    return (base - _means(days)).clip(lower=0.0)


@feature(rows="any", scope=Group("month"))
def monthly_degree_days(days: CalendarDays, base: Celsius = 18.0) -> Degrees:
    """Return the degree days of each month of the calendar."""
    return degree_days(days, base).groupby(days["month"]).sum()


@feature(rows="any")
def wet_share(days: Days, cut: Threshold[Millimetres]) -> Proportion:
    """Return the share of days with at least so much rain."""
    return PROPORTION(float((days["precipitation"] >= cut).mean()))


@feature(rows="each", scope=Past("date", window="7 days"), monotone={"precipitation": "increasing"})
def rain_last_week(days: Days) -> Rain:
    """Return the rain of each day and the six before it, whatever order the rows have."""
    rain = days.set_index("date")["precipitation"].sort_index().rolling("7D").sum()
    return rain.reindex(days["date"]).set_axis(days.index)


@feature(rows="each", scope=Past("date"))
def dry_spell(days: Days, cut: Threshold[Millimetres]) -> DayCounts:
    """Return how many recorded days without rain each day ends, itself included."""
    wet = days.sort_values("date")["precipitation"] >= cut
    return (~wet).astype(int).groupby(wet.cumsum()).cumsum().reindex(days.index)


@feature(rows="each", scope=Past("date"))
def warming(days: Days) -> Degrees:
    """Return how much warmer each day was than the one recorded before it; null for the first."""
    return _means(days.sort_values("date")).diff().reindex(days.index)


@feature(rows="each", scope=Group("month"))
def monthly_anomalies(days: CalendarDays) -> Degrees:
    """Return how much warmer each day was than the days of its month."""
    means = _means(days)
    return means - means.groupby(days["month"]).transform("mean")


@feature(rows="each")
def gaps_from_normal(days: CalendarDays, normals: Annotated[pd.DataFrame, Normal]) -> Degrees:
    """Return how much warmer each day was than is usual; null where no normal is known."""
    keys = ["month", "day_of_month"]
    usual = days[keys].merge(normals, on=keys, how="left", validate="many_to_one")["normal"]
    return _means(days) - convert(usual, "degF", "degC").set_axis(days.index)


@feature(rows="each", fit="train")
def gaps_from_climate(
    train: Annotated[pd.DataFrame, CalendarDay, TrainingRows], days: CalendarDays
) -> Degrees:
    """Return how much warmer each day is than its month was in the training years; null for a new month."""
    climate = _means(train).groupby(train["month"]).mean()
    return _means(days) - days["month"].map(climate)


@feature(rows="each", asof={"mix": "published"})
def known_mix(days: Days, mix: Annotated[pd.DataFrame, Mix]) -> Shares:
    """Return the renewable share that was last published on each day, null before the first."""
    left, right = days[["date"]].sort_values("date"), mix.sort_values("published")
    found = pd.merge_asof(left, right, left_on="date", right_on="published")["renewable"]
    return found.set_axis(left.index).reindex(days.index)


FEATURES = (
    degree_days,
    monthly_degree_days,
    wet_share,
    rain_last_week,
    dry_spell,
    warming,
    monthly_anomalies,
    gaps_from_normal,
    gaps_from_climate,
    known_mix,
)
