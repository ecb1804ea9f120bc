"""Right features of a table whose rows refer to other rows of it."""

from typing import Annotated

import pandas as pd
import polars as pl

from typedml import Count, FeatureSchema, Group, Identifier, Table, Unit, feature, field

Euros = Annotated[float, Unit("EUR")]
Euro_Series = Annotated["pd.Series[float]", Unit("EUR")]
Polars_Euros = Annotated[pl.Series, Unit("EUR")]


class Employee(FeatureSchema, key="number"):
    """Somebody who is employed, and whom they report to."""

    number: Identifier
    boss: Identifier | None = field(references="number")
    pay: Euros = field(ge=0)
    bonus: Euros = field(ge=0)


class Team(FeatureSchema):
    """What those cost who report to one person."""

    boss: Identifier
    cost: Euros
    size: Count


Employees = Annotated[pd.DataFrame, Employee]
Polars_Employees = Annotated[pl.DataFrame, Employee]


@feature(rows="each", nulls="handle")
def income(people: Employees) -> Euro_Series:
    return people["pay"] + people["bonus"]


@feature(rows="each", nulls="handle")
def reports_to_nobody(people: Polars_Employees) -> Annotated[pl.Series, bool]:
    return people["boss"].is_null()


@feature(rows="each", scope=Group("boss"), nulls="handle")
def beyond_the_team(people: Employees) -> Annotated["pd.Series[float] | None", Unit("EUR")]:
    return people["pay"] - people.groupby("boss")["pay"].transform("mean")


@feature(rows="each", scope=Table(), nulls="handle")
def pay_of_the_boss(people: Employees) -> Annotated["pd.Series[float] | None", Unit("EUR")]:
    return people["boss"].map(people.set_index("number")["pay"])


@feature(rows="any", scope=Group("boss"), nulls="skip")
def teams(people: Annotated[pl.LazyFrame, Employee]) -> Annotated[pl.LazyFrame, Team]:
    told = people.drop_nulls("boss").group_by("boss")
    return told.agg(cost=pl.col("pay").sum() + pl.col("bonus").sum(), size=pl.len())


RIGHT = (income, reports_to_nobody, beyond_the_team, pay_of_the_boss, teams)
