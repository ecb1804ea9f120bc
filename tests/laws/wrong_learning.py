"""Wrong features that learn from what they score, tell the label, or are served by another function."""

from typing import Annotated, Any

import numpy as np
import pandas as pd
import polars as pl
from numpy.typing import NDArray

from tests.laws.right_learning import (
    Leg,
    LegRecord,
    Legs,
    Miles,
    Minutes,
    Mph,
    Planned,
    Scores,
    Shares,
    Speed,
    Speeds,
)
from typedml import PROPORTION, ZSCORE, Category, Group, Table, Test, Train, Unit, feature

MileSeries = Annotated["pd.Series[float]", Unit("mile")]


def _score(values: Any, of: Any) -> Any:
    spread = of.std(ddof=0)
    return (values - of.mean()) / (spread if spread > 0 else 1.0)


@feature(rows="each", fit="train")
def scaled_by_all(train: Legs, rows: Legs) -> Scores:
    return _score(rows["distance"], pd.concat([train["distance"], rows["distance"]]))


@feature(rows="each", fit="train")
def filled_with_the_mean_of_the_scored(
    train: Legs, rows: Legs
) -> Annotated["pd.Series[float]", Unit("minute")]:
    return rows["air_time"].fillna(rows["air_time"].mean())


@feature(rows="each", fit="train")
def code_in_a_vocabulary_of_both(
    train: Annotated[pl.DataFrame, Leg], rows: Annotated[pl.DataFrame, Planned]
) -> Annotated[pl.Series, Category]:
    words = sorted({*train["carrier"].to_list(), *rows["carrier"].to_list()})
    return pl.Series("code", [words.index(word) for word in rows["carrier"].to_list()])


@feature(rows="each")
def scaled_by_the_scored(
    learnt: Annotated[NDArray[np.float64], Unit("mile"), Train],
    scored: Annotated[NDArray[np.float64], Unit("mile"), Test],
) -> Annotated[NDArray[np.float64], ZSCORE]:
    return np.asarray(_score(scored, scored)) if learnt.max() > 0 else scored


@feature(rows="each", fit="train")
def ranked_among_the_scored(
    train: Annotated[pl.LazyFrame, Leg], rows: Annotated[pl.LazyFrame, Leg]
) -> Annotated[pl.Series, PROPORTION]:
    return rows.select(pl.col("distance").rank("max") / pl.len()).collect().to_series()


@feature(rows="each", fit="train")
def refitted_where_there_are_enough(train: Legs, rows: Legs) -> Scores:
    return _score(rows["distance"], rows["distance"] if len(rows) > 1 else train["distance"])


@feature(rows="each", fit="train", label="late")
def share_with_the_scored_labels(train: Legs, rows: Legs) -> Shares:
    both = pd.concat([train, rows])
    return rows["carrier"].map(both.groupby("carrier")["late"].mean()).astype(float)


@feature(rows="each", scope=Group("carrier"), label="late")
def share_with_its_own_label(legs: Legs) -> Shares:
    return legs["late"].astype(float).groupby(legs["carrier"]).transform("mean")


@feature(rows="each", scope=Table(), label="late")
def polars_share_with_its_own_label(legs: Annotated[pl.DataFrame, Leg]) -> Annotated[pl.Series, PROPORTION]:
    return legs.select(pl.col("late").cast(pl.Float64).mean().over("carrier")).to_series()


@feature(rows="each", label="late")
def the_label_itself(
    distance: Annotated[NDArray[np.float64], Unit("mile")], late: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    return late & (distance > 0)


def speed_per_minute(distance: Miles, air_time: Minutes | None) -> Mph | None:
    return None if air_time is None else distance / air_time


def speed_or_zero(leg: LegRecord) -> Mph:
    return 0.0 if leg["air_time"] is None else 60 * leg["distance"] / leg["air_time"]


def rounded_speeds(legs: Annotated[pl.DataFrame, Leg]) -> Annotated[pl.DataFrame, Speed]:
    return legs.select(speed=(pl.col("distance") / pl.col("air_time") * 60).round(1))


def fails_on_nulls(distance: Miles, air_time: Minutes | None) -> Mph:
    return distance / (air_time / 60)  # type: ignore[operator]


def late_mean(rows: Annotated[pd.DataFrame, Leg]) -> MileSeries:
    return rows["distance"] - rows["distance"].mean()


@feature(rows="each", serving=speed_per_minute)
def speeds_served_per_minute(legs: Legs) -> Speeds:
    return legs["distance"] / (legs["air_time"] / 60)


@feature(rows="each", serving=speed_or_zero)
def speeds_served_as_zero(legs: Legs) -> Speeds:
    return legs["distance"] / (legs["air_time"] / 60)


@feature(rows="each", serving=rounded_speeds)
def speeds_served_rounded(legs: Legs) -> Speeds:
    return legs["distance"] / (legs["air_time"] / 60)


@feature(rows="each", serving=fails_on_nulls)
def speeds_not_served(legs: Legs) -> Speeds:
    return legs["distance"] / (legs["air_time"] / 60)


@feature(rows="each", fit="train", serving=late_mean)
def centred_on_what_is_served(train: Legs, rows: Legs) -> MileSeries:
    return rows["distance"] - train["distance"].mean()


WRONG: tuple[tuple[Any, str, str], ...] = (
    (scaled_by_all, "fit", "learns from `train` alone"),
    (filled_with_the_mean_of_the_scored, "fit", "learns from `train` alone"),
    (code_in_a_vocabulary_of_both, "fit", "a vocabulary"),
    (scaled_by_the_scored, "fit", "learns from `Train` alone"),
    (ranked_among_the_scored, "fit", "an order"),
    (scaled_by_all, "skew", "alone and together"),
    (refitted_where_there_are_enough, "skew", "alone and together"),
    (ranked_among_the_scored, "skew", "alone and together"),
    (speeds_served_per_minute, "skew", "`speed_per_minute` must serve"),
    (speeds_served_as_zero, "skew", "`speed_or_zero` must serve"),
    (speeds_served_rounded, "skew", "`rounded_speeds` must serve"),
    (speeds_not_served, "skew", "it raised TypeError"),
    (centred_on_what_is_served, "skew", "`late_mean` must serve"),
    (share_with_the_scored_labels, "label", "of a row that is scored"),
    (share_with_its_own_label, "label", "own label"),
    (polars_share_with_its_own_label, "label", "own label"),
    (the_label_itself, "label", "is the label itself"),
)
