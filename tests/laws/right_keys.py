"""Right features of tables whose rows are told apart by a key, which none or one of them reads."""

import datetime as dt
from typing import Annotated

import pandas as pd
import polars as pl

from tests.laws.right_features import Dollars, Hours
from typedml import COUNT, Category, Count, FeatureSchema, Group, Identifier, Unit, feature, field

Rate = Annotated[float, Unit("USD/hour")]


class Stay(FeatureSchema, key="stay"):
    """One stay in a hospital."""

    stay: Identifier
    ward: Category
    hours: Hours = field(gt=0)
    nights: Count = field(ge=1)
    cost: Dollars = field(ge=0)


class Lab(FeatureSchema, key=("patient", "taken")):
    """One value of a patient."""

    patient: Identifier
    taken: dt.datetime
    cost: Dollars = field(ge=0)
    took: Hours = field(gt=0)
    samples: Count = field(ge=1)


class Bill(FeatureSchema):
    """One bill; `number` tells it from others."""

    number: str = field(unique=True, pattern=r"[A-Z]{2}-\d{3}")
    line: Annotated[int, Identifier] = field(unique=True)
    ward: str = field(isin=["ICU", "MED", "SUR"])
    cost: Dollars = field(ge=0)
    hours: Hours = field(gt=0)
    items: Count = field(ge=1)


class WardRate(FeatureSchema):
    """What an hour costs in a ward."""

    ward: Category
    rate: Rate
    stays: Count


Stays = Annotated[pd.DataFrame, Stay]
Labs = Annotated[pd.DataFrame, Lab]
Bills = Annotated[pl.DataFrame, Bill]


@feature(rows="any", scope=Group("ward"))
def ward_rates(stays: Annotated[pl.LazyFrame, Stay]) -> Annotated[pl.LazyFrame, WardRate]:
    return stays.group_by("ward").agg(rate=pl.col("cost").sum() / pl.col("hours").sum(), stays=pl.len())


@feature(rows="any")
def stays_in_all(stays: Stays) -> Count:
    return int(stays["stay"].nunique())


@feature(rows="any")
def cost_of_each_once(stays: Stays) -> Dollars:
    return float(stays.drop_duplicates("stay")["cost"].sum())


@feature(rows="any", scope=Group("patient"))
def cost_of_labs(labs: Labs) -> Annotated["pd.Series[float]", Unit("USD")]:
    return labs.groupby("patient")["cost"].sum()


@feature(rows="any", scope=Group("patient"))
def latest_cost(labs: Labs) -> Annotated["pd.Series[float]", Unit("USD")]:
    return labs.sort_values("taken").groupby("patient")["cost"].last()


@feature(rows="any", scope=Group("patient"))
def days_of_labs(labs: Labs) -> Annotated["pd.Series[int]", COUNT]:
    return labs.assign(day=labs["taken"].dt.date).groupby("patient")["day"].nunique()


@feature(rows="any", scope=Group("patient", "taken"))
def cost_at_once(labs: Labs) -> Annotated["pd.Series[float]", Unit("USD")]:
    return labs.groupby(["patient", "taken"])["cost"].sum()


@feature(rows="any")
def hourly(bills: Bills) -> Rate:
    return float(bills["cost"].to_numpy().sum() / bills["hours"].to_numpy().sum())


@feature(rows="any")
def bills_of_a_series(bills: Bills) -> Count:
    return bills.filter(pl.col("number") < "M").height


RIGHT = (
    ward_rates,
    stays_in_all,
    cost_of_each_once,
    cost_of_labs,
    latest_cost,
    days_of_labs,
    cost_at_once,
    hourly,
    bills_of_a_series,
)
