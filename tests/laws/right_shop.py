"""Right features as a data team of a shop writes them: baskets, sessions, cohorts, shares, ranks, rates."""

import datetime as dt
from typing import Annotated

import numpy as np
import pandas as pd
import polars as pl

from typedml import (
    COUNT,
    INDEX,
    MONEY,
    PROPORTION,
    Category,
    Count,
    FeatureSchema,
    Group,
    Past,
    Table,
    Unit,
    feature,
    field,
)

Kilograms = Annotated[float, Unit("kg")]
Metres = Annotated[float, Unit("m")]
Euros = Annotated[float, MONEY, Unit("EUR")]


class Order(FeatureSchema):
    """One line of an order."""

    customer: Category
    product: Category
    ordered: dt.datetime = field(unique=True)
    items: Count = field(ge=1)
    paid: Euros = field(gt=0)
    weight: Kilograms = field(gt=0)


Orders = Annotated[pd.DataFrame, Order]
Polars_Orders = Annotated[pl.DataFrame, Order]
Money_Series = Annotated["pd.Series[float]", MONEY, Unit("EUR")]
Shares = Annotated["pd.Series[float]", PROPORTION]


@feature
def body_mass_index(mass: Kilograms, height: Metres) -> Annotated[float, Unit("kg/m**2")]:
    return mass / height**2


@feature(pinned=("kg",))
def log_weight(mass: Kilograms) -> Annotated[float, Unit("1")]:
    return float(np.log1p(abs(mass)))


@feature(rows="each")
def unit_price(orders: Orders) -> Annotated["pd.Series[float]", Unit("EUR")]:
    return orders["paid"] / orders["items"]


@feature(rows="each")
def in_dollars(
    orders: Orders, rate: Annotated[float, Unit("USD/EUR")] = 1.1
) -> Annotated["pd.Series[float]", Unit("USD")]:
    return orders["paid"] * rate


@feature(rows="each", scope=Group("customer"))
def share_of_customer(orders: Orders) -> Shares:
    return orders["paid"] / orders.groupby("customer")["paid"].transform("sum")


@feature(rows="each", scope=Group("product"))
def rank_in_product(orders: Orders) -> Annotated["pd.Series[float]", INDEX]:
    return orders.groupby("product")["paid"].rank(method="dense", ascending=False)


@feature(rows="each", scope=Table())
def percentile_of_all(orders: Polars_Orders) -> Annotated[pl.Series, PROPORTION]:
    return orders["paid"].rank("average") / orders.height


@feature(rows="any", scope=Group("product"))
def price_of_a_kilogram(orders: Orders) -> Annotated["pd.Series[float]", Unit("EUR/kg")]:
    sums = orders.groupby("product")[["paid", "weight"]].sum()
    return sums["paid"] / sums["weight"]


@feature(rows="any", scope=Group("product"))
def price_by_items(orders: Orders) -> Annotated["pd.Series[float]", Unit("EUR")]:
    return orders.groupby("product").apply(lambda o: np.average(o["paid"] / o["items"], weights=o["items"]))


@feature(rows="any", scope=Group("customer"))
def products_of_customer(orders: Orders) -> Annotated["pd.Series[int]", COUNT]:
    return orders.groupby("customer")["product"].nunique()


@feature(rows="any", scope=Group("customer"))
def share_of_dear(orders: Orders, least: Euros = 100.0) -> Shares:
    return (orders["paid"] >= least).astype(float).groupby(orders["customer"]).mean()


@feature(rows="each")
def price_band(
    orders: Orders, edges: tuple[Euros, ...] = (10.0, 50.0, 200.0)
) -> Annotated["pd.Series[int]", INDEX]:
    return pd.cut(orders["paid"], [0.0, *edges, np.inf], labels=False)


@feature(rows="any")
def revenue_pivot(orders: Orders) -> Euros:
    pivot = orders.pivot_table(
        index="customer", columns="product", values="paid", aggfunc="sum", fill_value=0.0
    )
    return float(pivot.to_numpy().sum())


@feature(rows="each", scope=Group("customer"))
def days_since_first(orders: Orders) -> Annotated["pd.Series[float]", Unit("day")]:
    first = orders.groupby("customer")["ordered"].transform("min")
    return (orders["ordered"] - first).dt.total_seconds() / 86_400


@feature(rows="each", scope=Group("customer"))
def new_session(orders: Orders, gap: Annotated[float, Unit("hour")] = 12.0) -> "pd.Series[bool]":
    ordered = orders.sort_values("ordered")
    since = ordered.groupby("customer")["ordered"].diff().dt.total_seconds() / 3600
    return (since.isna() | since.gt(gap)).reindex(orders.index).astype(bool)


@feature(rows="each", scope=Past("ordered", by="customer"))
def spent_before(orders: Orders) -> Money_Series:
    spent = [
        orders.loc[(orders["customer"] == who) & (orders["ordered"] < when), "paid"].sum()
        for who, when in zip(orders["customer"], orders["ordered"], strict=True)
    ]
    return pd.Series(spent, index=orders.index, dtype=float)


@feature(rows="each", scope=Table())
def log_share(orders: Orders) -> Annotated["pd.Series[float]", Unit("1")]:
    return np.log(orders["paid"] / orders["paid"].mean())


RIGHT = (
    body_mass_index,
    log_weight,
    unit_price,
    in_dollars,
    share_of_customer,
    rank_in_product,
    percentile_of_all,
    price_of_a_kilogram,
    price_by_items,
    products_of_customer,
    share_of_dear,
    price_band,
    revenue_pivot,
    days_since_first,
    new_session,
    spent_before,
    log_share,
)
