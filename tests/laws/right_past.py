"""Right features of what is strictly before a row: `Past(..., closed="left")`."""

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any

import pandas as pd
import polars as pl

from typedml import COUNT, Category, FeatureSchema, Past, Threshold, Unit, feature, field

Euros = Annotated[float, Unit("EUR")]
Count_Series = Annotated["pd.Series[float]", COUNT]
Euro_Series = Annotated["pd.Series[float] | None", Unit("EUR")]
Polars_Euros = Annotated[pl.Series, Unit("EUR")]


class Admission(FeatureSchema):
    """Somebody comes into a ward; several may at one instant."""

    ward: Category
    admitted: dt.datetime
    cost: Euros = field(ge=0)


class Single(FeatureSchema, key=("ward", "admitted")):
    """The same, one at a time."""

    ward: Category
    admitted: dt.datetime
    cost: Euros = field(ge=0)


class Value(FeatureSchema):
    """What is measured in a ward; several may be at one instant."""

    ward: Category
    measured: dt.datetime
    level: Annotated[float, Unit("kg")]


class Single_Value(Value, key=("ward", "measured")):
    """The same, one at a time."""


Levels = Annotated["pd.Series[float] | None", Unit("kg")]
Admissions = Annotated[pd.DataFrame, Admission]
Singles = Annotated[pd.DataFrame, Single]
BEFORE = Past("admitted", by="ward", closed="left")
DAY_BEFORE = Past("admitted", by="ward", window="24h", closed="left")
TWO_BEFORE = Past("admitted", by="ward", window=2, closed="left")


def rolled(table: pd.DataFrame, closed: Any) -> Any:
    """Windows of a day in each ward, and the labels of their rows."""
    ordered = table.sort_values(["ward", "admitted"], kind="stable")
    return ordered.set_index("admitted").groupby("ward")["cost"].rolling("24h", closed=closed), ordered.index


def of_those_before(table: pd.DataFrame, statistic: Callable[[Any], float]) -> "pd.Series[float]":
    """A statistic of the costs of those who were there strictly before."""
    ward, at, cost = table["ward"], table["admitted"], table["cost"]
    found = [statistic(cost[(ward == w) & (at < t)]) for w, t in zip(ward, at, strict=True)]
    return pd.Series(found, index=table.index, dtype=float)


@feature(rows="each", scope=DAY_BEFORE, nulls="handle")
def cost_of_the_day(table: Admissions) -> Euro_Series:
    windows, labels = rolled(table, "left")
    return pd.Series(windows.sum().to_numpy(), index=labels).reindex(table.index)


@feature(rows="each", scope=DAY_BEFORE)
def polars_cost_of_the_day(table: Annotated[pl.DataFrame, Admission]) -> Polars_Euros:
    summed = pl.col("cost").rolling_sum_by("admitted", "24h", closed="left").over("ward")
    return table.select(summed.fill_null(0.0)).to_series()


@feature(rows="each", scope=BEFORE)
def admitted_before(table: Admissions) -> Count_Series:
    return of_those_before(table, len)


@feature(rows="each", scope=BEFORE, nulls="handle")
def mean_before(table: Admissions) -> Euro_Series:
    return of_those_before(table, lambda costs: float(costs.mean()))


@feature(rows="each", scope=BEFORE)
def number_in_line(table: Singles) -> Count_Series:
    ordered = table.sort_values("admitted")
    return ordered.groupby("ward").cumcount().astype(float).reindex(table.index)


@feature(rows="each", scope=BEFORE, nulls="handle")
def hours_since_the_last(table: Singles) -> Annotated["pd.Series[float] | None", Unit("hour")]:
    ordered = table.sort_values("admitted")
    since = ordered.groupby("ward")["admitted"].diff().dt.total_seconds()
    return (since / 3600.0).reindex(table.index)


@feature(rows="each", scope=TWO_BEFORE, nulls="handle")
def mean_of_the_last_two(table: Singles) -> Euro_Series:
    last = table.sort_values("admitted").groupby("ward")["cost"]
    return last.transform(lambda cost: cost.shift(1).rolling(2, min_periods=1).mean()).reindex(table.index)


def as_of(table: pd.DataFrame, values: pd.DataFrame) -> "pd.Series[float]":
    """The value of the ward that was last measured at each admission."""
    left = table.sort_values("admitted", kind="stable")
    right = values.sort_values("measured", kind="stable")
    found = pd.merge_asof(left, right, left_on="admitted", right_on="measured", by="ward")
    return found["level"].set_axis(left.index).reindex(table.index)


@feature(rows="each", scope=Past("admitted"), asof={"values": "measured"}, nulls="handle")
def last_value(table: Admissions, values: Annotated[pd.DataFrame, Single_Value]) -> Levels:
    return as_of(table, values)


@feature(rows="each", scope=Past("admitted"), asof={"values": "measured"}, nulls="handle")
def mean_of_the_last_instant(table: Admissions, values: Annotated[pd.DataFrame, Value]) -> Levels:
    return as_of(table, values.groupby(["ward", "measured"])[["level"]].mean().reset_index())


class Night(FeatureSchema, key="night"):
    """What a night in a ward costs."""

    night: dt.datetime
    cost: Euros = field(ge=0)


@feature(rows="each", scope=Past("night"))
def dear_nights_in_a_row(
    nights: Annotated[pd.DataFrame, Night], most: Threshold[Euros]
) -> Annotated["pd.Series[int]", COUNT]:
    dear = nights.sort_values("night")["cost"] > most
    return dear.astype(int).groupby((~dear).cumsum()).cumsum().reindex(nights.index)


RIGHT = (
    cost_of_the_day,
    polars_cost_of_the_day,
    admitted_before,
    mean_before,
    number_in_line,
    hours_since_the_last,
    mean_of_the_last_two,
    last_value,
    mean_of_the_last_instant,
    dear_nights_in_a_row,
)
