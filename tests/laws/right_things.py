"""Right features of rows that are one thing each: no half of a flight is a flight, each counts alike."""

from typing import Annotated

import numpy as np
import pandas as pd
import polars as pl
from numpy.typing import NDArray

from typedml import MONEY, Category, FeatureSchema, Group, Identifier, Unit, feature, field

Euros_A_Square = Annotated[float, Unit("EUR/m**2")]


class Flat(FeatureSchema, key="flat"):
    """A flat that is for sale."""

    flat: Identifier
    quarter: Category
    price: Annotated[float, MONEY, Unit("EUR")] = field(gt=0)
    area: Annotated[float, Unit("m**2")] = field(gt=0)


class Leg(FeatureSchema):
    """One flight."""

    carrier: Category
    distance: Annotated[float, Unit("km")] = field(gt=0)
    time: Annotated[float, Unit("hour")] = field(gt=0)


class Usual(FeatureSchema):
    """How fast flights of a carrier are."""

    carrier: Category
    speed: Annotated[float, Unit("km/hour")]


@feature(rows="any", scope=Group("quarter"))
def mean_price_of_area(
    flats: Annotated[pd.DataFrame, Flat],
) -> Annotated["pd.Series[float]", Unit("EUR/m**2")]:
    return (flats["price"] / flats["area"]).groupby(flats["quarter"]).mean()


@feature(rows="any")
def mean_price_of_all(
    price: Annotated[NDArray[np.float64], MONEY, Unit("EUR")],
    area: Annotated[NDArray[np.float64], Unit("m**2")],
) -> Euros_A_Square:
    shown = area > 0
    return float((price[shown] / area[shown]).mean()) if shown.any() else 0.0


@feature(rows="any", scope=Group("carrier"))
def mean_speeds(legs: Annotated[pl.DataFrame, Leg]) -> Annotated[pl.DataFrame, Usual]:
    return legs.group_by("carrier").agg(speed=(pl.col("distance") / pl.col("time")).mean())


RIGHT = (mean_price_of_area, mean_price_of_all, mean_speeds)
