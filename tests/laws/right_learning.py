"""Right features that learn from training rows, encode labels or are served by another function."""

import dataclasses
from typing import Annotated, Any, TypedDict

import numpy as np
import pandas as pd
import polars as pl
from numpy.typing import NDArray

from typedml import (
    COUNT,
    PROPORTION,
    ZSCORE,
    Celsius,
    Count,
    Fahrenheit,
    FeatureSchema,
    Group,
    Past,
    Proportion,
    Table,
    Test,
    Train,
    Unit,
    feature,
    field,
)

Miles = Annotated[float, Unit("mile")]
Km = Annotated[float, Unit("km")]
Minutes = Annotated[float, Unit("minute")]
Mph = Annotated[float, Unit("mile/hour")]
Shares = Annotated["pd.Series[float]", PROPORTION]
Scores = Annotated["pd.Series[float]", ZSCORE]
PER_HOUR = 60


class Leg(FeatureSchema):
    """A flight of which it is to be told whether it will be late."""

    carrier: str
    distance: Miles = field(gt=0)
    air_time: Minutes | None = field(gt=0)
    seats: Count
    late: bool


class Planned(FeatureSchema):
    """A flight before it departs."""

    carrier: str
    distance: Miles = field(gt=0)


class Speed(FeatureSchema):
    """How fast a flight is."""

    speed: Mph | None


Legs = Annotated[pd.DataFrame, Leg]


@feature(rows="each", fit="train", label="late")
def distance_score(train: Legs, rows: Legs) -> Scores:
    spread = train["distance"].std(ddof=0)
    return (rows["distance"] - train["distance"].mean()) / (spread if spread > 0 else train["distance"].max())


@feature(rows="each", fit="train", label="late")
def late_share_of_carrier(train: Legs, rows: Legs) -> Shares:
    shares = train.groupby("carrier")["late"].mean()
    return rows["carrier"].map(shares).fillna(train["late"].mean()).astype(float)


@feature(rows="each", fit="train")
def polars_distance_score(
    train: Annotated[pl.DataFrame, Leg], rows: Annotated[pl.DataFrame, Planned]
) -> Annotated[pl.Series, ZSCORE]:
    spread = train["distance"].std(ddof=0)
    return (rows["distance"] - train["distance"].mean()) / (spread or train["distance"].max())


@feature(rows="each", fit="train")
def lazy_share_of_distance(
    train: Annotated[pl.LazyFrame, Leg], rows: Annotated[pl.LazyFrame, Planned]
) -> Annotated[pl.Series, PROPORTION]:
    most = train.select(pl.col("distance").max()).collect().item()
    return rows.select((pl.col("distance") / most).clip(0, 1)).collect().to_series()


@feature(rows="each")
def array_score(
    learnt: Annotated[NDArray[np.float64], Unit("mile"), Train],
    scored: Annotated[NDArray[np.float64], Unit("mile"), Test],
) -> Annotated[NDArray[np.float64], ZSCORE]:
    low, high = learnt.min(), learnt.max()
    return (scored - low) / (high - low) if high > low else np.zeros_like(scored)


@feature(rows="each", scope=Group("carrier"), fit="train")
def over_the_carriers_mean(
    train: Annotated[pd.DataFrame, Planned], rows: Annotated[pd.DataFrame, Planned]
) -> Annotated["pd.Series[float]", Unit("mile")]:
    return rows.groupby("carrier")["distance"].transform("mean") - train["distance"].mean()


@feature(rows="each", scope=Table(), label="late")
def late_share_of_the_others(legs: Legs) -> Shares:
    late = legs["late"].astype(float)
    groups = late.groupby(legs["carrier"])
    others = groups.transform("count") - 1
    return ((groups.transform("sum") - late) / others.where(others > 0)).fillna(0.5)


@feature(rows="each", scope=Past("place", by="carrier"), label="late")
def late_before(
    place: Annotated[NDArray[np.int64], COUNT], carrier: list[str], late: NDArray[np.bool_]
) -> Annotated[NDArray[np.float64], PROPORTION]:
    found = []
    for now, name in zip(place, carrier, strict=True):
        past = (place < now) & (np.asarray(carrier) == name)
        found.append(late[past].mean() if past.any() else 0.5)
    return np.asarray(found)


@feature(rows="each", label="late")
def speeds_known_before(legs: Annotated[pl.DataFrame, Leg]) -> Annotated[pl.DataFrame, Speed]:
    return legs.with_columns(speed=pl.col("distance") / pl.col("air_time") * PER_HOUR)


def served_speed(distance: Miles, air_time: Minutes | None) -> Mph | None:
    return None if air_time is None else distance / (air_time / 60)


def served_speed_of_km(distance: Km, air_time: Minutes | None) -> Annotated[float | None, Unit("km/hour")]:
    return None if air_time is None else distance / (air_time / 60)


@dataclasses.dataclass
class OneLeg:
    """A flight, as the service has it."""

    distance: Miles
    air_time: Minutes | None


class LegRecord(TypedDict):
    """A flight, as a message has it."""

    distance: Miles
    air_time: Minutes | None


def speed_of_what_arrived(distance: Miles, air_time: Minutes) -> Mph:
    return 60 * distance / air_time


def speed_of_record(leg: LegRecord) -> Mph | None:
    return None if leg["air_time"] is None else 60 * leg["distance"] / leg["air_time"]


def speed_of_instance(leg: OneLeg) -> Mph | None:
    return None if leg.air_time is None else 60 * leg.distance / leg.air_time


def speeds_of_records(legs: list[LegRecord]) -> list[Mph | None]:
    return [speed_of_record(leg) for leg in legs]


def speeds_of_arrays(
    distance: Annotated[NDArray[np.float64], Unit("mile")],
    air_time: Annotated[NDArray[np.float64], Unit("minute")],
) -> Annotated[NDArray[np.float64], Unit("mile/hour")]:
    return distance / (air_time / 60)


def polars_speeds(legs: Annotated[pl.DataFrame, Leg]) -> Annotated[pl.DataFrame, Speed]:
    return legs.select(speed=pl.col("distance") / (pl.col("air_time") / 60))


def _speeds(legs: Any) -> Any:
    return legs["distance"] / (legs["air_time"] / 60)


Speeds = Annotated["pd.Series[float]", Unit("mile/hour")]


@feature(rows="each", serving=served_speed)
def speeds_and_one(legs: Legs) -> Speeds:
    return _speeds(legs)


@feature(rows="each", serving=served_speed_of_km)
def speeds_and_one_of_km(legs: Legs) -> Speeds:
    return _speeds(legs)


@feature(rows="each", serving=speed_of_what_arrived)
def speeds_and_one_that_arrived(legs: Legs) -> Speeds:
    return _speeds(legs)


@feature(rows="each", serving=speed_of_record)
def speeds_and_a_record(legs: Legs) -> Speeds:
    return _speeds(legs)


@feature(rows="each", serving=speed_of_instance)
def speeds_and_an_instance(legs: Legs) -> Speeds:
    return _speeds(legs)


@feature(rows="each", serving=speeds_of_records)
def speeds_and_records(legs: Legs) -> Speeds:
    return _speeds(legs)


@feature(rows="each", serving=speeds_of_arrays)
def speeds_and_arrays(legs: Legs) -> Speeds:
    return _speeds(legs)


@feature(rows="each", serving=polars_speeds)
def speeds_and_polars(legs: Legs) -> Speeds:
    return _speeds(legs)


def kelvinless(temperature: Celsius) -> Fahrenheit:
    return 32 + 1.8 * temperature


@feature(serving=kelvinless)
def in_fahrenheit(temperature: Fahrenheit) -> Celsius:
    return (temperature - 32) / 1.8


def served_share(train: Legs, carrier: str) -> Proportion:
    known = train[train["carrier"] == carrier]["late"]
    return float((known if len(known) else train["late"]).mean())


@feature(rows="each", fit="train", label="late", serving=served_share)
def share_of_carrier_and_one(train: Legs, rows: Legs) -> Shares:
    shares = train.groupby("carrier")["late"].mean()
    return rows["carrier"].map(shares).fillna(train["late"].mean()).astype(float)


RIGHT = (
    distance_score,
    late_share_of_carrier,
    polars_distance_score,
    lazy_share_of_distance,
    array_score,
    over_the_carriers_mean,
    late_share_of_the_others,
    late_before,
    speeds_known_before,
    speeds_and_one,
    speeds_and_one_of_km,
    speeds_and_one_that_arrived,
    speeds_and_a_record,
    speeds_and_an_instance,
    speeds_and_records,
    speeds_and_arrays,
    speeds_and_polars,
    in_fahrenheit,
    share_of_carrier_and_one,
)
