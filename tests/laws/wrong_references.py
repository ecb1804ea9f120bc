"""Wrong features of a table whose rows refer to other rows of it, which does not save them."""

from typing import Annotated, Any

import pandas as pd
import polars as pl

from tests.laws.right_references import (
    Employee,
    Employees,
    Euro_Series,
    Polars_Employees,
    Polars_Euros,
    Team,
)
from typedml import RANK, Group, Unit, feature


@feature(rows="each", nulls="handle")
def beyond_all(people: Employees) -> Euro_Series:
    return people["pay"] - people["pay"].mean()


@feature(rows="each", nulls="handle")
def pay_of_another(people: Employees) -> Annotated["pd.Series[float] | None", Unit("EUR")]:
    return people["boss"].map(people.set_index("number")["pay"])


@feature(rows="each", nulls="handle")
def rank_of_pay(people: Polars_Employees) -> Annotated[pl.Series, RANK]:
    return people["pay"].rank("min")


@feature(rows="each", nulls="handle")
def pay_so_far(people: Polars_Employees) -> Polars_Euros:
    return people["pay"].cum_sum()


@feature(rows="any", scope=Group("boss"), nulls="skip")
def teams_of_all(people: Annotated[pl.LazyFrame, Employee]) -> Annotated[pl.LazyFrame, Team]:
    told = people.with_columns(pl.col("pay").sum()).drop_nulls("boss").group_by("boss")
    return told.agg(cost=pl.col("pay").first(), size=pl.len())


WRONG: tuple[tuple[Any, str, str], ...] = (
    (beyond_all, "local", "beyond the row itself"),
    (beyond_all, "chunk", "it is another one there"),
    (pay_of_another, "local", "beyond the row itself"),
    (rank_of_pay, "local", "beyond the row itself"),
    (pay_so_far, "chunk", "it is another one there"),
    (teams_of_all, "local", "beyond the rows of equal `boss`"),
)
