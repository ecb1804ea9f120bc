"""Wrong features about rows, groups and look-ups, each with the law that must refute it and why."""

from typing import Annotated, Any

import numpy as np
import pandas as pd
import polars as pl
from numpy.typing import NDArray

from tests.laws.right_features import Dollars, Hours
from tests.laws.right_rows import (
    Area_Series,
    Dollar_Series,
    Polars_Sales,
    Sale,
    Sales,
    Shop,
    Shops,
)
from typedml import (
    CATEGORY,
    COUNT,
    PROPORTION,
    RANK,
    ZSCORE,
    Category,
    Group,
    Past,
    Proportion,
    Table,
    Unit,
    feature,
)

Km_Array = Annotated[NDArray[np.float64], Unit("km")]
Lazy_Sales = Annotated[pl.LazyFrame, Sale]


# local


@feature(rows="each")
def before_it(sales: Sales) -> Dollar_Series:
    return sales["price"].shift(1)


@feature(rows="each")
def change(x: Km_Array) -> Km_Array:
    return np.diff(x, prepend=x[0])


@feature(rows="each")
def filled_forward(sales: Sales) -> Annotated["pd.Series[float]", Unit("kg")]:
    return sales["weight"].ffill()


@feature(rows="each")
def ranked(sales: Polars_Sales) -> Annotated[pl.Series, RANK]:
    return sales["price"].rank("min")


@feature(rows="each")
def normalised(sales: Lazy_Sales) -> pl.LazyFrame:
    return sales.select(place=(pl.col("price") - pl.col("price").mean()) / pl.col("price").std())


@feature(rows="each")
def running(spans: list[Hours]) -> list[Hours]:
    return [sum(spans[: place + 1]) for place in range(len(spans))]


@feature(rows="each", scope=Group("shop"))
def key_dropped(sales: Sales) -> Dollar_Series:
    return sales["price"] - sales["price"].mean()


@feature(rows="each", scope=Group("shop"))
def wrong_key(sales: Sales) -> Dollar_Series:
    return sales.groupby("product")["price"].transform("mean")


@feature(rows="each", scope=Group("shop", "product"))
def one_key_of_two(sales: Polars_Sales) -> Annotated[pl.Series, Unit("USD")]:
    return sales.select(pl.col("price").mean().over("shop")).to_series()


@feature(rows="each", scope=Past("sold", by="shop"))
def key_dropped_in_the_past(sales: Sales) -> Dollar_Series:
    return sales.sort_values("sold", kind="stable")["price"].expanding().mean().reindex(sales.index)


@feature(rows="any", scope=Group("shop"))
def of_all_shops(sales: Sales) -> Annotated["pd.Series[float]", PROPORTION]:
    counts = sales.groupby("shop").size()
    return counts / counts.sum()


@feature(rows="any", scope=Group("shop", "product"))
def of_the_shop(sales: Lazy_Sales) -> pl.LazyFrame:
    summed = sales.group_by("shop", "product").agg(pl.col("price").sum())
    return summed.with_columns(pl.col("price").max().over("product"))


# chunk


@feature(rows="each")
def standard_score(sales: Sales) -> Annotated["pd.Series[float]", ZSCORE]:
    return (sales["price"] - sales["price"].mean()) / (sales["price"].std() + sales["price"].mean())


@feature(rows="each")
def from_the_first(x: Km_Array) -> Km_Array:
    return x - x[:1]


@feature(rows="each", scope=Group("shop"))
def place_of_shop(sales: Polars_Sales) -> Annotated[pl.Series, COUNT]:
    return sales.select(pl.col("shop").rank("dense").cast(pl.Int64)).to_series()


@feature(rows="any", scope=Group("shop"))
def at_most_two(sales: Lazy_Sales) -> pl.LazyFrame:
    return sales.group_by("shop").agg(pl.col("price").sum()).sort("price").head(2)


# rows


@feature(rows="each")
def merged_anew(sales: Sales, shops: Shops) -> Area_Series:
    return sales[["shop"]].merge(shops.drop_duplicates("shop"), on="shop", how="left")["area"]


@feature(rows="each")
def multiplied(sales: Polars_Sales, shops: Annotated[pl.DataFrame, Shop]) -> pl.DataFrame:
    return sales.join(shops, on="shop", how="left", maintain_order="left")


@feature(rows="each")
def lost(sales: Lazy_Sales, shops: Annotated[pl.LazyFrame, Shop]) -> pl.LazyFrame:
    known = shops.group_by("shop").agg(pl.col("area").max())
    return sales.join(known, on="shop", maintain_order="left").select("shop", "area")


@feature(rows="each")
def lost_in_pandas(sales: Sales, shops: Shops) -> pd.DataFrame:
    return sales.merge(shops.drop_duplicates("shop"), on="shop")


@feature(rows="each")
def looked_up_twice(sales: Sales, shops: Shops) -> Area_Series:
    return sales["shop"].map(shops.drop_duplicates().set_index("shop")["area"])


@feature(rows="each")
def without_missing(x: Km_Array) -> Km_Array:
    return x[x > x.min()]


@feature(rows="each")
def one_for_all(sales: Sales) -> Dollar_Series:
    return sales.groupby("shop")["price"].mean()


@feature(rows="each")
def numbered(sales: Sales) -> Annotated["pd.Series[float]", Unit("USD")]:
    return pd.Series(sales["price"].to_numpy())


# relabel


@feature(rows="each", scope=Table())
def codes_by_alphabet(sales: Sales) -> Annotated["pd.Series[int]", COUNT]:
    return sales["product"].astype("category").cat.codes.astype("int64")


@feature(rows="each", scope=Table())
def shop_numbers(sales: Polars_Sales) -> pl.DataFrame:
    return sales.select(shop_number=pl.col("shop").rank("dense"))


@feature(rows="each")
def by_first_letter(sales: Lazy_Sales) -> pl.LazyFrame:
    return sales.select(cheap=pl.col("product") < "B")


@feature(rows="any")
def price_in_first_shop(sales: Sales) -> Dollars:
    return float(sales.sort_values("shop")["price"].iloc[0])


@feature(rows="each")
def letters(names: Annotated[NDArray[np.object_], CATEGORY]) -> Annotated[NDArray[np.float64], Unit("1")]:
    return np.array([float(ord(str(name)[0])) for name in names])


@feature
def known_name(shop: Category) -> Proportion:
    return {"A0": 0.25, "B1": 0.5, "C2": 0.75}.get(shop, 0.0)


# permute, of a table that is looked up


@feature(rows="each")
def area_of_the_first(sales: Sales, shops: Shops) -> Area_Series:
    return pd.Series(float(shops["area"].iloc[0]), index=sales.index)


@feature(rows="each")
def area_beside(sales: Polars_Sales, shops: Annotated[pl.DataFrame, Shop]) -> pl.DataFrame:
    return sales.select(area=pl.Series([shops["area"][row % len(shops)] for row in range(len(sales))]))


@feature(rows="any")
def last_city(sales: Lazy_Sales, shops: Annotated[pl.LazyFrame, Shop]) -> Category:
    return str(shops.select(pl.col("city").last()).collect().item())


WRONG: tuple[tuple[Any, str, str], ...] = (
    (before_it, "local", "it reads another row"),
    (change, "local", "it reads another row"),
    (filled_forward, "local", "beyond the row itself"),
    (ranked, "local", "beyond the row itself"),
    (normalised, "local", "beyond the row itself"),
    (running, "local", "beyond the row itself"),
    (key_dropped, "local", "the rows of equal `shop`"),
    (wrong_key, "local", "the rows of equal `shop`"),
    (one_key_of_two, "local", "`shop` and `product`"),
    (key_dropped_in_the_past, "local", "among equal `shop`"),
    (of_all_shops, "local", "other groups"),
    (of_the_shop, "local", "other groups"),
    (standard_score, "chunk", "a part of the table"),
    (from_the_first, "chunk", "a part of the table"),
    (ranked, "chunk", "a part of the table"),
    (place_of_shop, "chunk", "some groups of shop"),
    (at_most_two, "chunk", "other groups"),
    (merged_anew, "rows", "labelled 0"),
    (multiplied, "rows", "occur twice"),
    (lost, "rows", "one value for each row"),
    (lost_in_pandas, "rows", "one value for each row"),
    (looked_up_twice, "call", "InvalidIndexError"),
    (without_missing, "rows", "in its place"),
    (one_for_all, "rows", "in its place"),
    (numbered, "rows", "labelled 0"),
    (codes_by_alphabet, "relabel", "alphabetical order"),
    (shop_numbers, "relabel", "alphabetical order"),
    (by_first_letter, "relabel", "only a name"),
    (price_in_first_shop, "relabel", "only a name"),
    (letters, "relabel", "only a name"),
    (known_name, "relabel", "only a name"),
    (area_of_the_first, "permute", "The order of rows of `shops`"),
    (area_beside, "permute", "order of rows"),
    (last_city, "permute", "The order of rows of `shops`"),
)
