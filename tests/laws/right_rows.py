"""Right features about rows, groups and look-ups, on every carrier."""

import datetime as dt
from typing import Annotated, Any

import numpy as np
import pandas as pd
import polars as pl
from numpy.typing import NDArray

from tests.laws.right_features import Dollars, Flight, Hours, Km, Minutes
from typedml import (
    CATEGORY,
    COUNT,
    LABEL,
    MONEY,
    Category,
    Count,
    FeatureSchema,
    Group,
    Past,
    Proportion,
    Row,
    Table,
    Unit,
    feature,
    field,
)

Revenue = Annotated[float, MONEY, Unit("USD")]
Kilograms = Annotated[float, Unit("kg")]


class Sale(FeatureSchema):
    """One line of a receipt."""

    shop: str
    product: Category
    sold: dt.datetime
    price: Dollars = field(gt=0)
    quantity: Count
    weight: Kilograms | None = field(gt=0)


class Shop(FeatureSchema):
    """A shop; the table may name one twice."""

    shop: str
    city: str
    area: Annotated[float, Unit("m**2")] = field(gt=0)


class Ad(FeatureSchema):
    """What happened to one advertisement on one day."""

    campaign: Category
    clicks: Annotated[int, COUNT, Unit("click")]
    views: Annotated[int, COUNT, Unit("view")] = field(ge=1)
    cost: Annotated[float, Unit("USD")] = field(ge=0)


class Total(FeatureSchema):
    """What a shop sold of a product."""

    shop: str
    product: Category
    quantity: Count


Dollar_Series = Annotated["pd.Series[float]", Unit("USD")]
Area_Series = Annotated["pd.Series[float]", Unit("m**2")]
Sales = Annotated[pd.DataFrame, Sale]
Shops = Annotated[pd.DataFrame, Shop]
Polars_Sales = Annotated[pl.DataFrame, Sale]
Ads = Annotated[pd.DataFrame, Ad]


@feature(rows="each")
def in_minutes(spans: list[Hours]) -> list[Minutes]:
    return [60 * span for span in spans]


@feature(rows="each")
def revenue(sales: Sales) -> Dollar_Series:
    return sales["price"] * sales["quantity"]


@feature(scope=Row())
def magnitude(x: Annotated[NDArray[np.float64], Unit("km")]) -> Annotated[NDArray[np.float64], Unit("km")]:
    return np.sqrt(x * x)


@feature(rows="each", scope=Group("shop", "product"))
def group_mean(sales: Sales) -> Dollar_Series:
    return sales.groupby(["shop", "product"])["price"].transform("mean")


@feature(rows="each", scope=Group("shop"))
def group_share(sales: Polars_Sales) -> Annotated[pl.Series, Unit("1")]:
    return sales.select(pl.col("price") / pl.col("price").sum().over("shop")).to_series()


@feature(rows="each", scope=Group("shop"))
def lazy_group_rank(sales: Annotated[pl.LazyFrame, Sale]) -> pl.LazyFrame:
    return sales.select(pl.col("shop"), place=pl.col("price").rank("dense").over("shop"))


@feature(rows="any", scope=Group("shop", "product"))
def sold(sales: Sales) -> Annotated["pd.Series[int]", COUNT]:
    return sales.groupby(["shop", "product"])["quantity"].sum()


@feature(rows="any", scope=Group("shop", "product"))
def sold_frame(sales: Sales) -> Annotated[pd.DataFrame, Total]:
    found: pd.DataFrame = sales.groupby(["shop", "product"])["quantity"].sum().reset_index()
    return found


@feature(rows="any", scope=Group("shop", "product"))
def lazy_sold(sales: Annotated[pl.LazyFrame, Sale]) -> Annotated[pl.LazyFrame, Total]:
    return sales.group_by("shop", "product").agg(pl.col("quantity").sum())


@feature(rows="any", scope=Group("shop"))
def dearest(sales: Polars_Sales) -> pl.DataFrame:
    return sales.group_by("shop").agg(pl.col("price").max(), pl.col("product").n_unique())


@feature(rows="each", scope=Past("sold", by="shop"))
def sold_before(sales: Sales) -> Annotated["pd.Series[int]", COUNT]:
    at_once = sales.groupby(["shop", "sold"])["quantity"].sum()
    before = at_once.groupby("shop").cumsum() - at_once
    return before.reindex(pd.MultiIndex.from_frame(sales[["shop", "sold"]])).set_axis(sales.index)


@feature(rows="each")
def area_of_shop(sales: Sales, shops: Shops) -> Area_Series:
    known = shops.groupby("shop")["area"].max()
    return sales["shop"].map(known)


@feature(rows="each")
def merged_area(sales: Sales, shops: Shops) -> Area_Series:
    known = shops.sort_values("area").drop_duplicates("shop")
    return sales[["shop"]].merge(known, on="shop", how="left")["area"].set_axis(sales.index)


@feature(rows="each")
def joined_area(sales: Polars_Sales, shops: Annotated[pl.DataFrame, Shop]) -> pl.DataFrame:
    known = shops.group_by("shop").agg(pl.col("area").min())
    return sales.join(known, on="shop", how="left", maintain_order="left")


@feature(rows="each")
def lazily_joined_area(
    sales: Annotated[pl.LazyFrame, Sale], shops: Annotated[pl.LazyFrame, Shop]
) -> pl.LazyFrame:
    known = shops.group_by("shop").agg(pl.col("area").mean())
    return sales.select("shop").join(known, on="shop", how="left", maintain_order="left")


@feature(rows="each")
def visits(shops: Shops, sales: Sales) -> Annotated["pd.Series[int]", COUNT]:
    counted = sales.groupby("shop").size()
    return shops["shop"].map(counted).fillna(0).astype(int)


@feature(rows="any")
def density_of_sales(sales: Sales, shops: Shops) -> Annotated[float, Unit("USD/m**2")]:
    total = (sales["price"] * sales["quantity"]).sum()
    return float(total / shops.drop_duplicates("shop")["area"].sum()) if total else 0.0


@feature(rows="any")
def kinds_of_products(sales: Sales) -> Count:
    return int(sales["product"].nunique())


@feature(rows="any")
def lines(sales: Polars_Sales) -> Count:
    return len(sales)


@feature(rows="any")
def busiest(sales: Sales) -> Count:
    return int(sales.groupby("shop").size().max())


@feature(rows="any")
def most_sold(sales: Sales) -> Count:
    return int(sales.groupby("shop")["quantity"].sum().max())


@feature(rows="any")
def favourite(sales: Sales) -> Category:
    return str(sales["product"].mode().iloc[0])


@feature(rows="each", scope=Table())
def product_codes(sales: Sales) -> Annotated["pd.Series[int]", LABEL]:
    return sales["product"].astype("category").cat.codes.astype("int64")


@feature(rows="each", scope=Table())
def how_common(sales: Sales) -> Annotated["pd.Series[float]", Unit("1")]:
    return sales["product"].map(sales["product"].value_counts(normalize=True))


@feature(rows="each")
def initials(sales: Sales) -> Annotated["pd.Series[str]", CATEGORY]:
    return sales["product"]


@feature(rows="any")
def total_price(sales: Sales) -> Revenue:
    return float(sales["price"].sum())


@feature(rows="any")
def price_per_shop(sales: Sales) -> Revenue:
    return float(sales["price"].sum() / sales["shop"].nunique())


@feature(rows="any")
def spread_of_shops(sales: Sales) -> Dollars:
    return float(sales.groupby("shop")["price"].sum().std(ddof=0))


@feature(rows="any")
def mean_price(prices: list[Dollars]) -> Dollars:
    return sum(prices) / len(prices)


@feature(rows="any")
def sample_deviation(prices: Annotated[NDArray[np.float64], Unit("USD")]) -> Dollars:
    return float(prices.std(ddof=1)) if len(prices) > 1 else 0.0


@feature(rows="any")
def sample_variance(sales: Sales) -> Annotated[float, Unit("USD**2")]:
    return float(np.var(sales["price"].to_numpy(), ddof=1)) if len(sales) > 1 else 0.0


@feature(rows="any", scope=Group("shop"))
def deviations(sales: Sales) -> Dollar_Series:
    return sales.groupby("shop")["price"].std()


@feature(rows="any")
def error_of_mean(sales: Sales) -> Dollars:
    return float(np.std(sales["price"].to_numpy(), ddof=1) / len(sales) ** 0.5) if len(sales) > 1 else 0.0


@feature(rows="any")
def high_price(sales: Sales) -> Dollars:
    return float(np.quantile(sales["price"].to_numpy(), 0.9))


@feature(rows="any")
def spread_of_prices(sales: Polars_Sales) -> Dollars:
    return float(np.subtract(*np.quantile(sales["price"].to_numpy(), [0.75, 0.25])))


@feature(rows="any")
def middle_price(sales: Polars_Sales) -> Dollars:
    return float(np.median(sales["price"].to_numpy()))


@feature(rows="any")
def norm(x: Annotated[NDArray[np.float64], Unit("km")]) -> Km:
    return float(np.sqrt((x**2).sum()))


@feature(rows="any")
def smoothed_share(ads: Ads, prior: Annotated[int, COUNT] = 20) -> Proportion:
    return float((ads["clicks"].clip(upper=0).sum() + prior / 2) / (ads["views"].sum() + prior))


@feature(rows="any")
def click_rate(ads: Ads) -> Annotated[float, Unit("click/view")]:
    return float(ads["clicks"].sum() / ads["views"].sum())


@feature(rows="any", scope=Group("campaign"))
def click_rates(ads: Annotated[pl.LazyFrame, Ad]) -> pl.LazyFrame:
    return ads.group_by("campaign").agg(rate=pl.col("clicks").sum() / pl.col("views").sum())


@feature(rows="any")
def best_click_rate(ads: Ads) -> Annotated[float, Unit("click/view")]:
    return float((ads["clicks"] / ads["views"]).max())


@feature(rows="any")
def share_of_seen_ads(ads: Ads, least: Annotated[int, COUNT, Unit("view")] = 30) -> Proportion:
    return float((ads["views"] >= least).mean())


@feature(rows="any")
def clicks_per_ad(ads: Ads) -> Annotated[float, Unit("click")]:
    return float(ads["clicks"].mean())


@feature(rows="any")
def spread_of_rates(ads: Ads) -> Annotated[float, Unit("click/view")]:
    return float((ads["clicks"] / ads["views"]).std(ddof=0))


@feature(rows="each")
def long_flight(flights: Annotated[pd.DataFrame, Flight], factor: float = 2.0) -> Any:
    return flights["distance"] > factor * flights["arr_delay"].abs()


RIGHT = (
    in_minutes,
    revenue,
    magnitude,
    group_mean,
    group_share,
    lazy_group_rank,
    sold,
    sold_frame,
    lazy_sold,
    dearest,
    sold_before,
    area_of_shop,
    merged_area,
    joined_area,
    lazily_joined_area,
    visits,
    density_of_sales,
    kinds_of_products,
    lines,
    busiest,
    most_sold,
    favourite,
    product_codes,
    how_common,
    initials,
    total_price,
    price_per_shop,
    spread_of_shops,
    mean_price,
    sample_deviation,
    sample_variance,
    deviations,
    error_of_mean,
    high_price,
    spread_of_prices,
    middle_price,
    norm,
    smoothed_share,
    click_rate,
    click_rates,
    best_click_rate,
    share_of_seen_ads,
    clicks_per_ad,
    spread_of_rates,
    long_flight,
)
