"""Right features of totals that neither double nor stay: quantiles, what is made of them, the largest few."""

from typing import Annotated

import numpy as np
import pandas as pd
import polars as pl
from numpy.typing import NDArray

from typedml import Category, FeatureSchema, Group, Unit, feature, field

Euros = Annotated[float, Unit("EUR")]
Kilograms = Annotated[float, Unit("kg")]
By_Shop = Annotated["pd.Series[float]", Unit("EUR")]


class Receipt(FeatureSchema):
    """One receipt of a shop."""

    shop: Category
    paid: Euros = field(gt=0)
    weight: Kilograms = field(gt=0)


Receipts = Annotated[pd.DataFrame, Receipt]


@feature(rows="any", scope=Group("shop"))
def interquartile_range(receipts: Receipts) -> By_Shop:
    paid = receipts.groupby("shop")["paid"]
    return paid.quantile(0.75) - paid.quantile(0.25)


@feature(rows="any", scope=Group("shop"))
def largest_three(receipts: Receipts) -> By_Shop:
    return receipts.groupby("shop")["paid"].apply(lambda paid: paid.nlargest(3).mean())


@feature(rows="any", scope=Group("shop"))
def spread_by_quantiles(receipts: Receipts) -> Annotated["pd.Series[float]", Unit("1")]:
    paid = receipts.groupby("shop")["paid"]
    low, high = paid.quantile(0.1), paid.quantile(0.9)
    return (high - low) / (high + low)


@feature(rows="any")
def table_range(receipts: Receipts) -> Euros:
    return float(np.subtract(*np.percentile(receipts["paid"], [90, 10])))


class Spread(FeatureSchema):
    """By how much receipts of a shop differ."""

    shop: Category
    spread: Euros


@feature(rows="any", scope=Group("shop"))
def polars_range(receipts: Annotated[pl.DataFrame, Receipt]) -> Annotated[pl.DataFrame, Spread]:
    paid = pl.col("paid")
    high, low = paid.quantile(0.75, "linear"), paid.quantile(0.25, "linear")
    return receipts.group_by("shop").agg((high - low).alias("spread"))


@feature(rows="any")
def trimmed_mean(paid: Annotated[NDArray[np.float64], Unit("EUR")]) -> Euros:
    low, high = np.quantile(paid, [0.1, 0.9])
    return float(np.clip(paid, low, high).mean())


@feature(rows="any")
def price_of_the_heaviest(receipts: Receipts) -> Annotated[float, Unit("EUR/kg")]:
    heaviest = receipts.nlargest(3, "weight")
    return float(heaviest["paid"].sum() / heaviest["weight"].sum())


@feature(rows="any", scope=Group("shop"))
def above_usual(receipts: Receipts) -> By_Shop:
    paid = receipts.groupby("shop")["paid"]
    return paid.max() - paid.median()


@feature(rows="any")
def what_most_do_not_exceed(receipts: Receipts) -> Euros:
    # 385/640: of five rows the third and the fourth part a hair beside it.
    return float(receipts["paid"].quantile(0.6015625)) if len(receipts) else 0.0


RIGHT = (
    interquartile_range,
    largest_three,
    spread_by_quantiles,
    what_most_do_not_exceed,
    table_range,
    polars_range,
    trimmed_mean,
    price_of_the_heaviest,
    above_usual,
)
