"""Wrong totals and rates, each with the law that must refute it and why."""

from typing import Annotated, Any

import numpy as np
import pandas as pd
import polars as pl
from numpy.typing import NDArray

from tests.laws.right_features import Dollars, Km
from tests.laws.right_rows import Ad, Ads, Dollar_Series, Polars_Sales, Sale, Sales
from typedml import (
    COUNT,
    Category,
    Count,
    FeatureSchema,
    Group,
    Proportion,
    Unit,
    feature,
)

Rate = Annotated[float, Unit("click/view")]
Dollar_Array = Annotated[NDArray[np.float64], Unit("USD")]


class Rates(FeatureSchema):
    """How often the advertisements of a campaign were clicked."""

    campaign: Category
    rate: Rate


class Price(FeatureSchema):
    """What a shop takes."""

    shop: str
    price: Dollars


# replicate


@feature(rows="any")
def mean_of_one_less(prices: Dollar_Array) -> Dollars:
    return float(prices.sum() / max(len(prices) - 1, 1))


@feature(rows="any")
def share_with_one_more(sales: Sales) -> Proportion:
    return float((sales["price"] > sales["price"].mean()).sum() / (len(sales) + 1))


@feature(rows="any", scope=Group("shop"))
def means_of_one_more(sales: Annotated[pl.LazyFrame, Sale]) -> Annotated[pl.LazyFrame, Price]:
    return sales.group_by("shop").agg(pl.col("price").sum() / (pl.len() + 1))


@feature(rows="any", scope=Group("shop"))
def means_by_degrees(sales: Sales) -> Dollar_Series:
    grouped = sales.groupby("shop")["price"]
    return grouped.sum() / (grouped.size() - 0.5)


@feature(rows="any")
def mean_of_a_hundred(sales: Polars_Sales) -> Proportion:
    return len(sales) / 1024


# additive


@feature(rows="any")
def mean_times_total(sales: Sales) -> Dollars:
    return float(sales["price"].mean() * sales["quantity"].sum())


@feature(rows="any", scope=Group("shop"))
def takings(sales: Annotated[pl.LazyFrame, Sale]) -> Annotated[pl.LazyFrame, Price]:
    return sales.group_by("shop").agg(pl.col("price").median() * pl.col("quantity").sum())


@feature(rows="any", scope=Group("shop", "product"))
def takings_of_groups(sales: Sales) -> Dollar_Series:
    grouped = sales.groupby(["shop", "product"])
    return grouped["price"].max() * grouped["quantity"].sum()


@feature(rows="any")
def path(x: Annotated[NDArray[np.float64], Unit("km")]) -> Km:
    return float(len(x) * np.median(x))


# split


@feature(rows="any")
def mean_rate(ads: Ads) -> Rate:
    return float((ads["clicks"] / ads["views"]).mean())


@feature(rows="any", scope=Group("campaign"))
def mean_rates(ads: Annotated[pl.LazyFrame, Ad]) -> Annotated[pl.LazyFrame, Rates]:
    return ads.group_by("campaign").agg(rate=(pl.col("clicks") / pl.col("views")).mean())


@feature(rows="any", scope=Group("campaign"))
def grouped_rates(ads: Ads) -> Annotated[pd.Series, Unit("USD/view")]:
    return (ads["cost"] / ads["views"]).groupby(ads["campaign"]).mean()


@feature(rows="any")
def mean_cost_per_view(
    cost: Dollar_Array, views: Annotated[NDArray[np.int64], COUNT, Unit("view")]
) -> Annotated[float, Unit("USD/view")]:
    return float(np.mean(cost[views > 0] / views[views > 0])) if (views > 0).any() else 0.0


@feature(rows="any")
def mean_way(way: list[Km], trips: list[Count]) -> Km:
    return sum(a / b if b else 0.0 for a, b in zip(way, trips, strict=True)) / len(way)


# coherent: what is counted stands on the wrong side


@feature
def views_of_a_click(
    clicks: Annotated[int, COUNT, Unit("click")], views: Annotated[int, COUNT, Unit("view")]
) -> Rate:
    return views / clicks if clicks else 0.0


@feature(rows="each", nulls="handle")
def views_of_each_click(ads: Ads) -> Annotated["pd.Series[float]", Unit("click/view")]:
    return ads["views"] / ads["clicks"].where(ads["clicks"] > 0)


@feature(rows="any")
def polars_views_of_a_click(ads: Annotated[pl.DataFrame, Ad]) -> Rate | None:
    clicks = float(ads["clicks"].sum())
    return float(ads["views"].sum()) / clicks if clicks else None


WRONG: tuple[tuple[Any, str, str], ...] = (
    (mean_of_one_less, "replicate", "each row stands twice"),
    (share_with_one_more, "replicate", "must stay"),
    (means_of_one_more, "replicate", "each row stands twice"),
    (means_by_degrees, "replicate", "each row stands twice"),
    (mean_of_a_hundred, "replicate", "must stay"),
    (mean_times_total, "additive", "it must be the sum"),
    (takings, "additive", "it must be the sum"),
    (takings_of_groups, "additive", "it must be the sum"),
    (path, "additive", "it must be the sum"),
    (mean_rate, "split", "a mean of ratios"),
    (mean_rates, "split", "a mean of ratios"),
    (grouped_rates, "split", "a mean of ratios"),
    (mean_cost_per_view, "split", "a mean of ratios"),
    (mean_way, "split", "a mean of ratios"),
    (views_of_a_click, "coherent", "numerator and denominator are exchanged"),
    (views_of_each_click, "coherent", "numerator and denominator are exchanged"),
    (polars_views_of_a_click, "coherent", "numerator and denominator are exchanged"),
)
