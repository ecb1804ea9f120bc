"""Right features that count days or hours of the calendar: their time is no duration that could scale."""

import datetime as dt
from typing import Annotated

import pandas as pd
import polars as pl

from typedml import Category, FeatureSchema, Group, Unit, feature, field

Celsius = Annotated[float, Unit("degC")]
Degree_Days = Annotated[float, Unit("delta_degC*day")]
Delta = Annotated[float, Unit("delta_degC")]
Days = Annotated["pd.Series[float]", Unit("day")]


class Reading(FeatureSchema):
    """What a meter and a thermometer showed at an hour."""

    home: Category
    read: dt.datetime
    outside: Celsius
    used: Annotated[float, Unit("kWh")] = field(ge=0)
    heated: Annotated[float, Unit("hour")] = field(ge=0)


Readings = Annotated[pd.DataFrame, Reading]
Polars_Readings = Annotated[pl.DataFrame, Reading]


@feature(rows="any")
def degree_days(readings: Readings, base: Celsius = 18.0) -> Degree_Days:
    daily = readings.groupby(readings["read"].dt.date)["outside"].mean()
    return float((base - daily).clip(lower=0.0).sum())


@feature(rows="any", scope=Group("home"))
def degree_days_of_homes(
    readings: Readings, base: Celsius = 18.0
) -> Annotated["pd.Series[float]", Unit("delta_degC*day")]:
    daily = readings.groupby(["home", readings["read"].dt.floor("D")])["outside"].mean()
    return (base - daily).clip(lower=0.0).groupby("home").sum()


@feature(rows="any")
def polars_degree_days(readings: Polars_Readings, base: Celsius = 18.0) -> Degree_Days:
    daily = readings.group_by(pl.col("read").dt.date()).agg(pl.col("outside").mean())
    return float((base - daily["outside"]).clip(lower_bound=0.0).sum())


@feature(rows="any", scope=Group("home"))
def days_with_a_reading(readings: Readings) -> Days:
    return readings["read"].dt.normalize().groupby(readings["home"]).nunique().astype(float)


@feature(rows="any", scope=Group("home"))
def used_a_day(readings: Readings) -> Annotated["pd.Series[float]", Unit("kWh/day")]:
    days = readings["read"].dt.normalize().groupby(readings["home"]).nunique()
    return readings.groupby("home")["used"].sum() / days


@feature(rows="any")
def used_on_days(readings: Readings) -> Annotated["pd.Series[float]", Unit("kWh/day")]:
    return readings.groupby(readings["read"].dt.date)["used"].sum()


@feature(rows="any", scope=Group("home"))
def days_from_first_to_last(readings: Readings) -> Days:
    days = readings["read"].dt.normalize().groupby(readings["home"])
    return (days.max() - days.min()).dt.days + 1.0


@feature(rows="any")
def degree_hours(readings: Readings, base: Celsius = 18.0) -> Annotated[float, Unit("delta_degC*hour")]:
    hourly = readings.groupby(readings["read"].dt.floor("h"))["outside"].mean()
    return float((base - hourly).clip(lower=0.0).sum())


RIGHT = (
    degree_days,
    degree_days_of_homes,
    polars_degree_days,
    days_with_a_reading,
    used_a_day,
    used_on_days,
    days_from_first_to_last,
    degree_hours,
)
