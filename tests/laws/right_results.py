"""Right features with results of every form: records, arrays of several columns, products, spans of time."""

from dataclasses import dataclass
from typing import Annotated, NamedTuple, TypedDict

import numpy as np
import pandas as pd
import polars as pl
from numpy.typing import NDArray
from sklearn.preprocessing import OneHotEncoder

import typedml.sklearn
from typedml import (
    BINARY,
    CATEGORY,
    HOUR_OF_DAY,
    MONEY,
    Category,
    Celsius,
    Count,
    Date,
    Decibel,
    FeatureSchema,
    Group,
    Identifier,
    Percent,
    Probability,
    Proportion,
    Threshold,
    Timestamp,
    Unit,
    feature,
    field,
)

Euros = Annotated[float, MONEY, Unit("EUR")]
Kilowatts = Annotated[float, Unit("kW")]
Kilowatt_Hours = Annotated[float, Unit("kWh")]
Beats = Annotated[float, Unit("1/minute")]
Years = Annotated[float, Unit("year")]


class Sale(FeatureSchema):
    """One line of a receipt."""

    product: Category
    sold: Timestamp
    net: Euros = field(gt=0)


class Reading(FeatureSchema, key=("meter", "at")):
    """The power at a meter from this moment on."""

    meter: Identifier
    at: Timestamp
    power: Kilowatts = field(ge=0)


class Energy(FeatureSchema):
    """What a meter has counted."""

    meter: Identifier
    energy: Kilowatt_Hours


class Load(FeatureSchema):
    """What a line carries, one part of which may be unknown."""

    active: Kilowatts | None
    reactive: Kilowatts


class Patient(FeatureSchema, key="patient"):
    """Somebody who was born."""

    patient: Identifier
    born: Date


class Stay(FeatureSchema):
    """Somebody stays in a ward; when it ends is not read."""

    patient: Identifier = field(references=Patient.c.patient)
    admitted: Timestamp
    planned: Timestamp


class Age(FeatureSchema):
    """The age at a stay, in whole days."""

    age: Years | None


class Vital(FeatureSchema):
    """What is measured of somebody."""

    patient: Identifier
    heart: Beats | None = field(ge=0)
    temperature: Celsius | None


class Extremes(FeatureSchema):
    """What was least and most in somebody."""

    patient: Identifier
    low: Beats | None
    high: Beats | None


class Shot(FeatureSchema):
    """An attempt with its chance."""

    player: Category
    chance: Probability
    scored: bool


class Hopes(FeatureSchema):
    """What is to be expected of a player."""

    player: Category
    none: Probability
    some: Probability


class Machine(FeatureSchema):
    """What is measured at a machine: a level beside what scales."""

    pressure: Annotated[float, Unit("bar")] = field(gt=0)
    power: Kilowatts = field(gt=0)
    noise: Decibel


class Parts(TypedDict):
    """What a price is made of."""

    net: Euros
    vat: Euros


class Summary(NamedTuple):
    """What was sold."""

    mean: Euros
    lines: Count


@dataclass
class Sold:
    """What was sold, and the prices in order."""

    total: Euros
    dearest: Euros | None
    prices: Annotated[NDArray[np.float64], MONEY, Unit("EUR")]


Sales = Annotated[pd.DataFrame, Sale]
Onehots = Annotated[NDArray[np.float64], BINARY]


@feature
def parts_of_price(gross: Euros, rate: Percent) -> Parts:
    net = gross / (1 + rate / 100)
    return {"net": net, "vat": gross - net}


@feature(rows="any")
def summary(sales: Sales) -> Summary:
    return Summary(float(sales["net"].mean()) if len(sales) else 0.0, len(sales))


@feature(rows="any")
def summary_if_sold(sales: Annotated[pl.DataFrame, Sale]) -> Summary | None:
    mean = sales["net"].mean()
    return Summary(float(mean), sales.height) if isinstance(mean, float) else None


@feature(rows="any")
def sold(sales: Sales) -> Sold:
    prices = np.sort(sales["net"].to_numpy())
    return Sold(float(prices.sum()), float(prices[-1]) if len(prices) else None, prices)


@feature(rows="any")
def summary_beside_sales(sales: Sales) -> tuple[Summary, Sales]:
    mean = float(sales["net"].mean()) if len(sales) else 0.0
    return Summary(mean, len(sales)), sales.sort_values("net")


@feature(rows="any")
def total_by_name(sales: Sales) -> dict[str, Euros]:
    return {"net": float(sales["net"].sum()), "with tips": 1.1 * float(sales["net"].sum())}


@feature(rows="any")
def total_of_products(sales: Sales) -> dict[str, Euros]:
    found: dict[str, float] = {}
    for product, net in zip(sales["product"], sales["net"], strict=True):
        found[product] = found.get(product, 0.0) + net
    return found


@feature(rows="any")
def total_by_pairs(sales: Sales) -> dict[tuple[str, str], Euros]:
    return {(f"{key}'s", "net"): total for key, total in sales.groupby("product")["net"].sum().items()}


@feature
def dearer(first: Euros, second: Euros) -> tuple[bool, dict[str, Euros]]:
    return first > second, {} if first > second else {"second": second}


@feature(rows="each", nulls="propagate")
def loads_as_complex(loads: Annotated[pd.DataFrame, Load]) -> Annotated[NDArray[np.complex128], Unit("kW")]:
    larger = np.maximum(loads["active"].to_numpy(), loads["reactive"].to_numpy())
    return np.asarray(larger + 1j * larger)


@feature(rows="any")
def products_sold(sales: Sales) -> dict[str, list[Category]]:
    found = {"sold": sorted(set(sales["product"])), "dear": sorted(set(sales["product"][sales["net"] > 0]))}
    return {**found, "none": []}


@feature(rows="any")
def share_of_small(sales: Annotated[pl.DataFrame, Sale], least: Threshold[Euros] = 5.0) -> Proportion:
    totals = sales.group_by("product").agg(pl.col("net").sum())["net"]
    return float((totals < least).sum() / max(len(totals), 1))


@feature(rows="each")
def hour_sold(sales: Sales) -> Annotated["pd.Series[int]", HOUR_OF_DAY]:
    return sales["sold"].dt.hour


@feature(rows="each")
def quarter_sold(sales: Sales) -> Annotated["pd.Series[str]", CATEGORY]:
    return sales["sold"].dt.year.astype(str) + "Q" + sales["sold"].dt.quarter.astype(str)


@feature(rows="any", scope=Group("meter"))
def energy(readings: Annotated[pl.DataFrame, Reading]) -> Annotated[pl.DataFrame, Energy]:
    hours = pl.col("at").diff().dt.total_microseconds() / 3.6e9
    counted = (hours * pl.col("power").shift(1)).sum()
    return readings.sort("meter", "at").group_by("meter", maintain_order=True).agg(energy=counted)


@feature(rows="each")
def pressures(machines: Annotated[pd.DataFrame, Machine]) -> Annotated["pd.Series[float]", Unit("kPa")]:
    return machines["pressure"] * 100.0


@feature(rows="each")
def power_of_noise(
    machines: Annotated[pd.DataFrame, Machine], share: Proportion = 0.01
) -> Annotated["pd.Series[float]", Unit("kW")]:
    return machines["power"] * share / (1 + 10 ** (machines["noise"] / 10))


@feature(rows="each", nulls="handle")
def ages(
    stays: Annotated[pd.DataFrame, Stay], patients: Annotated[pd.DataFrame, Patient]
) -> Annotated[pd.DataFrame, Age]:
    born = pd.to_datetime(patients.drop_duplicates("patient").set_index("patient")["born"])
    age = (stays["admitted"] - stays["patient"].map(born)).dt.days / 365.25
    return pd.DataFrame({"age": age}, index=stays.index)


@feature(rows="any", nulls="skip", scope=Group("patient"))
def extremes(vitals: Annotated[pl.DataFrame, Vital]) -> Annotated[pl.DataFrame, Extremes]:
    low, high = pl.col("heart").min(), pl.col("heart").max()
    return vitals.group_by("patient", maintain_order=True).agg(low=low, high=high)


@feature(rows="any", scope=Group("player"))
def hopes(shots: Annotated[pl.DataFrame, Shot]) -> Annotated[pl.DataFrame, Hopes]:
    none = (1 - pl.col("chance")).product()
    return shots.group_by("player").agg(none=none, some=1 - none)


encoded = typedml.sklearn.feature(
    OneHotEncoder(handle_unknown="ignore"), reads=Shot, gives=Onehots, columns=["player"], name="encoded"
)


@feature(rows="each", fit="train")
def onehots(train: Annotated[pd.DataFrame, Shot], shots: Annotated[pd.DataFrame, Shot]) -> Onehots:
    names = np.unique(train["player"].to_numpy(dtype=str))
    return (shots["player"].to_numpy(dtype=str)[:, None] == names[None, :]).astype(float)


RIGHT = (
    parts_of_price,
    summary,
    summary_if_sold,
    sold,
    summary_beside_sales,
    total_by_name,
    total_of_products,
    total_by_pairs,
    dearer,
    loads_as_complex,
    products_sold,
    share_of_small,
    hour_sold,
    quarter_sold,
    energy,
    pressures,
    power_of_noise,
    ages,
    extremes,
    hopes,
    encoded,
    onehots,
)
