"""Wrong totals and rates of tables with a key, which does not save them."""

from typing import Annotated, Any

import numpy as np
import pandas as pd
import polars as pl

from tests.laws.right_features import Dollars
from tests.laws.right_keys import Bills, Labs, Stay, Stays
from typedml import Category, Count, FeatureSchema, Group, Unit, feature


class NightRate(FeatureSchema):
    """What a night costs in a ward."""

    ward: Category
    rate: Dollars
    stays: Count


@feature(rows="any", scope=Group("ward"))
def mean_ward_rates(stays: Annotated[pl.LazyFrame, Stay]) -> Annotated[pl.LazyFrame, NightRate]:
    return stays.group_by("ward").agg(rate=(pl.col("cost") / pl.col("nights")).mean(), stays=pl.len())


@feature(rows="any")
def mean_of_bills(bills: Bills) -> Dollars:
    return float((bills["cost"] / bills["items"]).to_numpy().mean())


@feature(rows="any", scope=Group("patient"))
def mean_of_labs(labs: Labs) -> Annotated["pd.Series[float]", Unit("USD")]:
    return (labs["cost"] / labs["samples"]).groupby(labs["patient"]).mean()


@feature(rows="any")
def cost_of_one_more(stays: Stays) -> Dollars:
    return float(stays["cost"].sum() / (len(stays) + 1))


@feature(rows="any", scope=Group("patient"))
def labs_of_one_more(labs: Labs) -> Annotated["pd.Series[float]", Unit("USD")]:
    grouped = labs.groupby("patient")["cost"]
    return grouped.sum() / (grouped.size() + 1)


@feature(rows="any")
def bills_by_the_middle(bills: Bills) -> Dollars:
    return float(np.median(bills["cost"].to_numpy())) * bills.height


WRONG: tuple[tuple[Any, str, str], ...] = (
    (mean_ward_rates, "split", "a mean of ratios"),
    (mean_of_bills, "split", "a mean of ratios"),
    (mean_of_labs, "split", "a mean of ratios"),
    (cost_of_one_more, "replicate", "each row stands twice"),
    (labs_of_one_more, "replicate", "each row stands twice"),
    (bills_by_the_middle, "additive", "it must be the sum"),
)
