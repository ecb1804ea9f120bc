"""Wrong features with results of every form: each field of a record has its own meaning."""

from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple, TypedDict

import numpy as np
import pandas as pd
import polars as pl
from numpy.typing import NDArray

from tests.laws.right_results import Extremes, Hopes, Machine, Sale, Sales, Shot, Summary, Vital
from typedml import (
    CATEGORY,
    INDEX,
    MONEY,
    Count,
    Group,
    Identifier,
    Probability,
    Proportion,
    Threshold,
    Unit,
    feature,
)

Km = Annotated[float, Unit("km")]
Hours = Annotated[float, Unit("hour")]
Minutes = Annotated[float, Unit("minute")]


class Leg(TypedDict):
    """How far and how fast."""

    distance: Km
    speed: Annotated[float, Unit("km/hour")]


class Count_And_Share(NamedTuple):
    """What was scored."""

    scored: Count
    share: Proportion


@dataclass
class Hope:
    """What is to be expected."""

    some: Probability
    expected: Annotated[float, Unit("1")]


@feature
def leg(distance: Km, time: Minutes) -> Leg:
    return {"distance": distance, "speed": distance / time if time else 0.0}


@feature
def half_a_leg(distance: Km, time: Minutes) -> Leg:
    return {"distance": distance}  # type: ignore[typeddict-item]


@feature(rows="any")
def one_more(sales: Sales) -> Summary:
    return Summary(float(sales["net"].mean()) if len(sales) else 0.0, len(sales) + 1)


@feature(rows="any")
def share_in_percent(shots: Annotated[pd.DataFrame, Shot]) -> Count_And_Share:
    scored = int(shots["scored"].sum())
    return Count_And_Share(scored, 100 * scored / max(len(shots), 1))


@feature(rows="any")
def sum_of_chances(shots: Annotated[pl.DataFrame, Shot]) -> Hope:
    total = float(shots["chance"].sum())
    return Hope(total, total)


@feature(rows="any", scope=Group("player"))
def hopes_of_one_more(shots: Annotated[pl.DataFrame, Shot]) -> Annotated[pl.DataFrame, Hopes]:
    mean = pl.col("chance").sum() / (pl.len() + 1)
    return shots.group_by("player").agg(none=1 - mean, some=mean)


@feature(rows="any", nulls="skip", scope=Group("patient"))
def extremes_of_filled(vitals: Annotated[pl.DataFrame, Vital]) -> Annotated[pl.DataFrame, Extremes]:
    heart = pl.col("heart").fill_null(0.0)
    return vitals.group_by("patient", maintain_order=True).agg(low=heart.min(), high=heart.max())


@feature(rows="any")
def numbers_of_names(
    name: Annotated[NDArray[np.str_], Identifier], group: Annotated[NDArray[np.str_], CATEGORY]
) -> Annotated[NDArray[np.int64], INDEX]:
    places = [np.unique(names, return_inverse=True)[1] for names in (name, group)]
    return np.stack([*places, 2 * places[0]], axis=1)


@feature(rows="any")
def share_of_small_in_cents(
    sales: Annotated[pl.DataFrame, Sale], least: Threshold[Annotated[float, MONEY, Unit("EUR")]] = 5.0
) -> Proportion:
    totals = sales.group_by("product").agg(pl.col("net").sum())["net"]
    return float((totals < least / 100).sum() / max(len(totals), 1))


@feature(rows="any")
def sales_of_first_letter(sales: Sales) -> dict[str, Count]:
    letters = sales["product"].str[0].map(lambda letter: "first" if letter < "E" else "last")
    return {str(name): int(lines) for name, lines in letters.value_counts().items()}


@feature(rows="each")
def is_under_pressure(machines: Annotated[pd.DataFrame, Machine]) -> "pd.Series[bool]":
    return machines["pressure"] > 50.0


WRONG: tuple[tuple[Any, str, str], ...] = (
    (is_under_pressure, "scale", "as it is"),
    (leg, "coherent", "minute"),
    (half_a_leg, "call", "without 'speed'"),
    (one_more, "replicate", "each row stands twice"),
    (share_in_percent, "range", "share"),
    (sum_of_chances, "range", "some"),
    (hopes_of_one_more, "replicate", "each row stands twice"),
    (extremes_of_filled, "null", "count for nothing"),
    (share_of_small_in_cents, "boundary", "must turn where"),
    (sales_of_first_letter, "relabel", "another one"),
    (numbers_of_names, "relabel", "reads names as numbers"),
)
