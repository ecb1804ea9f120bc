"""Wrong features of what is before a row: they count what is of its instant, or read one of rows that tie."""

import datetime as dt
from typing import Annotated, Any

import pandas as pd
import polars as pl

from tests.laws.right_past import (
    BEFORE,
    DAY_BEFORE,
    TWO_BEFORE,
    Admission,
    Admissions,
    Count_Series,
    Euro_Series,
    Levels,
    Polars_Euros,
    Singles,
    Value,
    as_of,
    rolled,
)
from typedml import Category, FeatureSchema, Past, Threshold, Unit, feature, field


@feature(rows="each", scope=DAY_BEFORE, nulls="handle")
def cost_with_its_own(table: Admissions) -> Euro_Series:
    windows, labels = rolled(table, "right")
    return pd.Series(windows.sum().to_numpy(), index=labels).reindex(table.index)


@feature(rows="each", scope=DAY_BEFORE)
def polars_cost_with_its_own(table: Annotated[pl.DataFrame, Admission]) -> Polars_Euros:
    summed = pl.col("cost").rolling_sum_by("admitted", "24h", closed="right").over("ward")
    return table.select(summed.fill_null(0.0)).to_series()


@feature(rows="each", scope=BEFORE)
def in_the_order_of_rows(table: Admissions) -> Count_Series:
    ordered = table.sort_values("admitted", kind="stable")
    return ordered.groupby("ward").cumcount().astype(float).reindex(table.index)


@feature(rows="each", scope=BEFORE)
def admitted_until_then(table: Admissions) -> Count_Series:
    ward, at = table["ward"], table["admitted"]
    found = [((ward == w) & (at <= t)).sum() for w, t in zip(ward, at, strict=True)]
    return pd.Series(found, index=table.index, dtype=float)


@feature(rows="each", scope=BEFORE)
def lazy_cost_so_far(table: Annotated[pl.LazyFrame, Admission]) -> Polars_Euros:
    known = pl.struct("ward", "admitted", "cost")
    return table.select(known.map_batches(_so_far, return_dtype=pl.Float64)).collect().to_series()


def _so_far(rows: pl.Series) -> pl.Series:
    found = [
        sum(r["cost"] for r in rows if r["ward"] == row["ward"] and r["admitted"] <= row["admitted"])
        for row in rows
    ]
    return pl.Series(found, dtype=pl.Float64)


@feature(rows="each", scope=TWO_BEFORE, nulls="handle")
def mean_of_two_with_its_own(table: Singles) -> Euro_Series:
    last = table.sort_values("admitted").groupby("ward")["cost"]
    return last.transform(lambda cost: cost.rolling(2, min_periods=1).mean()).reindex(table.index)


@feature(rows="each", scope=Past("admitted"), asof={"values": "measured"}, nulls="handle")
def one_of_several_values(table: Admissions, values: Annotated[pd.DataFrame, Value]) -> Levels:
    return as_of(table, values)


@feature(rows="each", scope=Past("admitted"), asof={"values": "measured"})
def polars_one_of_several_values(
    table: Annotated[pl.DataFrame, Admission], values: Annotated[pl.DataFrame, Value]
) -> Annotated[pl.Series, Unit("kg")]:
    rows = table.with_row_index("row").sort("admitted")
    known = values.sort("measured", maintain_order=True)
    found = rows.join_asof(known, left_on="admitted", right_on="measured", by="ward", check_sortedness=False)
    return found.sort("row")["level"]


@feature(rows="each", scope=Past("admitted"), asof={"values": "measured"}, nulls="handle")
def last_of_the_file(table: Admissions, values: Annotated[pd.DataFrame, Value]) -> Levels:
    last = values.sort_values("measured", kind="stable").drop_duplicates(["ward", "measured"], keep="last")
    return as_of(table, last)


class Delay(FeatureSchema, key=("carrier", "at")):
    """How late a flight was."""

    carrier: Category
    at: dt.datetime
    delay: Annotated[float, Unit("minute")] = field(ge=0)


Delays = Annotated[pd.DataFrame, Delay]
Limit = Threshold[Annotated[float, Unit("hour")]]


@feature(rows="each", scope=Past("at", by="carrier", closed="left"))
def last_was_late_in_minutes(delays: Delays, limit: Limit) -> "pd.Series[bool]":
    return delays.sort_values("at").groupby("carrier")["delay"].shift(1).gt(limit).reindex(delays.index)


@feature(rows="any")
def several_were_late_in_minutes(delays: Delays, limit: Limit) -> bool:
    return bool((delays["delay"] > limit).sum() >= 2)


WRONG: tuple[tuple[Any, str, str], ...] = (
    (cost_with_its_own, "causal", "of the very instant of a row"),
    (polars_cost_with_its_own, "causal", "of the very instant of a row"),
    (in_the_order_of_rows, "permute", "order of rows"),
    (admitted_until_then, "local", "beyond the past of the row"),
    (lazy_cost_so_far, "causal", "of the very instant of a row"),
    (mean_of_two_with_its_own, "causal", "of the very instant of a row"),
    (one_of_several_values, "permute", "of rows that tie it takes the first or the last"),
    (polars_one_of_several_values, "permute", "of rows that tie it takes the first or the last"),
    (last_of_the_file, "permute", "of rows that tie it takes the first or the last"),
    (last_was_late_in_minutes, "boundary", "compared as numbers: minute with hour"),
    (several_were_late_in_minutes, "boundary", "compared as numbers: minute with hour"),
)
