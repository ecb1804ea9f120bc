"""Right features of real numeric code, on every carrier: no law may say a word about them."""

import datetime as dt
import math
from typing import Annotated, Any

import numpy as np
import pandas as pd
import polars as pl
from numpy.typing import NDArray

from typedml import (
    COUNT,
    LOGIT,
    PROBABILITY,
    PROPORTION,
    SIMILARITY,
    SIMPLEX,
    WEIGHT,
    ZSCORE,
    Bearing,
    Celsius,
    Count,
    Degrees,
    EpochMillis,
    EpochSeconds,
    Fahrenheit,
    FeatureSchema,
    Group,
    Latitude,
    Longitude,
    Past,
    Probability,
    Proportion,
    Radians,
    Table,
    Threshold,
    Unit,
    ZScore,
    feature,
    field,
    rule,
)

Miles = Annotated[float, Unit("mile")]
Minutes = Annotated[float, Unit("minute")]
Hours = Annotated[float, Unit("hour")]
Mph = Annotated[float, Unit("mile/hour")]
Km = Annotated[float, Unit("km")]
Hectopascals = Annotated[float, Unit("hectopascal")]
Kelvins = Annotated[float, Unit("kelvin")]
Dollars = Annotated[float, Unit("USD")]
Clicks = Annotated[int, COUNT, Unit("click")]
Views = Annotated[int, COUNT, Unit("view")]


class Flight(FeatureSchema):
    """A flight that departed."""

    flight: str = field(unique=True)
    carrier: str = field(pattern="^[A-Z0-9]{2}$")
    origin: str = field(isin=["EWR", "JFK", "LGA"])
    departed: dt.datetime
    distance: Miles = field(gt=0)
    air_time: Minutes | None = field(gt=0, null_fraction=0.5)
    arr_delay: Minutes
    seats: Count


class Weather(FeatureSchema):
    """An hour of weather."""

    hour: dt.datetime = field(increasing=True)
    temperature: Annotated[float, Unit("degF")]
    pressure: Hectopascals = field(ge=870, le=1085)
    wind: Mph = field(ge=0, le=253)
    gust: Mph = field(ge=0, le=253)
    direction: Bearing

    @rule
    def gust_at_least_wind(c: Any) -> Any:
        """A gust is the strongest wind of its hour."""
        return c.gust >= c.wind


class Ad(FeatureSchema):
    """What happened to one advertisement."""

    campaign: str
    clicks: Clicks
    views: Views
    cost: Dollars = field(ge=0)


class Speed(FeatureSchema):
    """A flight and how fast it was."""

    flight: str
    speed: Mph | None


@feature(rows="each")
def ground_speed(distance: Miles, air_time: Minutes) -> Mph:
    return distance / (air_time / 60)


@feature(rows="each")
def ground_speeds(
    flights: Annotated[pd.DataFrame, Flight],
) -> Annotated["pd.Series[float]", Unit("mile/hour")]:
    return flights["distance"] / (flights["air_time"] / 60)


@feature(rows="each")
def with_speed(flights: Annotated[pd.DataFrame, Flight]) -> Annotated[pd.DataFrame, Speed]:
    return flights.assign(speed=flights["distance"] / flights["air_time"] * 60)


@feature(rows="each")
def polars_speed(flights: Annotated[pl.DataFrame, Flight]) -> Annotated[pl.DataFrame, Speed]:
    return flights.with_columns(speed=pl.col("distance") / pl.col("air_time") * 60)


@feature(rows="any")
def lazy_mean_speed(flights: Annotated[pl.LazyFrame, Flight]) -> Annotated[float | None, Unit("mile/hour")]:
    speed = pl.col("distance").sum() / (pl.col("air_time").sum() / 60)
    found: float | None = flights.filter(pl.col("air_time").is_not_null()).select(speed).collect().item()
    return found


@feature(rows="any")
def late_share(flights: Annotated[pd.DataFrame, Flight], cut: Threshold[Minutes] = 15.0) -> Proportion:
    return float((flights["arr_delay"] >= cut).mean())


@feature(rows="any", scope=Group("carrier"))
def mean_delay_by_carrier(
    flights: Annotated[pd.DataFrame, Flight],
) -> Annotated["pd.Series[float]", Unit("minute")]:
    return flights.groupby("carrier")["arr_delay"].mean()


@feature(rows="each", scope=Group("origin"))
def delay_deviation(
    flights: Annotated[pd.DataFrame, Flight],
) -> Annotated["pd.Series[float]", Unit("minute")]:
    return flights.groupby("origin")["arr_delay"].transform("std")


@feature(rows="ordered", scope=Past("departed", by="carrier"))
def recent_delay(
    flights: Annotated[pd.DataFrame, Flight], window: int = 3
) -> Annotated["pd.Series[float]", Unit("minute")]:
    ordered = flights.sort_values("departed", kind="stable")
    return ordered.groupby("carrier")["arr_delay"].transform(
        lambda d: d.shift().rolling(window, min_periods=1).mean()
    )


@feature(rows="any", scope=Group("origin"))
def flights_by_origin(flights: Annotated[pl.DataFrame, Flight]) -> pl.DataFrame:
    return flights.group_by("origin").agg(pl.len().alias("flights"), pl.col("seats").sum())


@feature(rows="any")
def rolling_gust(
    weather: Annotated[pd.DataFrame, Weather],
) -> Annotated["pd.Series[float]", Unit("mile/hour")]:
    return weather["gust"].rolling(3, min_periods=1).std()


@feature(rows="each")
def head_wind(
    wind: Annotated[NDArray[np.float64], Unit("mile/hour")],
    direction: Annotated[NDArray[np.float64], Unit("degree")],
    course: Annotated[NDArray[np.float64], Unit("degree")],
) -> Annotated[NDArray[np.float64], Unit("mile/hour")]:
    return wind * np.cos(np.deg2rad(direction - course))


@feature
def great_circle(
    lat1: Latitude, lon1: Longitude, lat2: Latitude, lon2: Longitude, radius: Miles = 3958.8
) -> Miles:
    p1, p2, dl = math.radians(lat1), math.radians(lat2), math.radians(lon2 - lon1)
    a = math.sin((p2 - p1) / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin(dl / 2) ** 2
    return 2 * radius * math.asin(math.sqrt(a))


@feature
def air_density(
    pressure: Hectopascals, temperature: Kelvins, gas_constant: Annotated[float, Unit("J/kg/K")] = 287.05
) -> Annotated[float, Unit("kg/m**3")]:
    return 100 * pressure / (gas_constant * temperature)


@feature
def celsius(temperature: Fahrenheit) -> Celsius:
    return (temperature - 32) * 5 / 9


@feature(rows="each")
def ctr(
    ads: Annotated[pd.DataFrame, Ad], prior: Annotated[int, COUNT] = 10
) -> Annotated["pd.Series[float]", Unit("click/view")]:
    return (ads["clicks"] + 1) / (ads["views"] + prior)


@feature(rows="any")
def cost_per_click(ads: Annotated[pl.DataFrame, Ad]) -> Annotated[float, Unit("USD/click")]:
    return float(ads["cost"].sum()) / int(ads["clicks"].sum())


@feature(coefficient=0.5)
def kinetic_energy(
    mass: Annotated[float, Unit("kg")], speed: Annotated[float, Unit("m/s")]
) -> Annotated[float, Unit("J")]:
    return mass * speed**2 / 2


@feature
def middle(a: Minutes, b: Hours) -> Minutes:
    return (a + 60 * b) / 2


@feature
def total(taxi_out: Minutes, air_time: Minutes, taxi_in: Minutes) -> Hours:
    return (taxi_out + air_time + taxi_in) / 60


@feature(rows="any")
def brier(
    p: Annotated[NDArray[np.float64], PROBABILITY], hit: Annotated[NDArray[np.float64], PROPORTION]
) -> Proportion:
    return float(np.mean((p - hit) ** 2))


@feature
def ensemble(p: Probability, q: Probability, w: Proportion) -> Probability:
    return w * p + (1 - w) * q


@feature(rows="each", scope=Table())
def standardised(x: Annotated[NDArray[np.float64], Unit("USD")]) -> Annotated[NDArray[np.float64], ZScore]:
    deviation = x.std()
    return (x - x.mean()) / deviation if deviation > 0 else np.zeros_like(x)


@feature
def on_time(delay: Minutes, cut: Threshold[Minutes] = 15.0) -> bool:
    return delay < cut


@feature
def hypotenuse(a: Km, b: Km) -> Km:
    return math.sqrt(a * a + b * b)


@feature
def phase(angle: Degrees) -> tuple[float, float]:
    radians = math.radians(angle)
    return math.sin(radians), math.cos(radians)


@feature
def area_and_angle(width: Km, height: Km) -> tuple[Annotated[float, Unit("km**2")], Radians]:
    return width * height, math.atan2(height, width)


@feature
def turnaround(landed: dt.datetime, departs: dt.datetime) -> Minutes:
    return (departs - landed).total_seconds() / 60


@feature(rows="any")
def cheapest(prices: list[Dollars]) -> Dollars:
    return min(prices)


@feature(rows="each", scope=Table())
def shares(cost: Annotated["pd.Series[float]", Unit("USD")]) -> Annotated["pd.Series[float]", PROPORTION]:
    return cost / cost.sum()


@feature(rows="ordered")
def smoothed(
    x: Annotated[NDArray[np.float64], Unit("km")], alpha: Proportion = 0.3
) -> Annotated[NDArray[np.float64], Unit("km")]:
    out = np.empty_like(x)
    level = x[0]
    for i, value in enumerate(x):
        level = alpha * value + (1 - alpha) * level
        out[i] = level
    return out


@feature
def discounted(
    price: Dollars, amount: Count, off: Proportion = 0.1, least: Annotated[int, COUNT] = 10
) -> Dollars:
    return price * (1 - off) if amount > least else price


@feature
def bmi(
    mass: Annotated[float, Unit("kg")], height: Annotated[float, Unit("cm")]
) -> Annotated[float, Unit("kg/m**2")]:
    return mass / (height / 100) ** 2


@feature(rows="any")
def weighted_mean(
    x: Annotated[NDArray[np.float64], Unit("km")], weights: Annotated[NDArray[np.float64], WEIGHT]
) -> Km:
    return float(np.average(x, weights=weights))


@feature(rows="each", scope=Table())
def robust(x: Annotated["pd.Series[float]", Unit("USD")]) -> Annotated["pd.Series[float]", ZSCORE]:
    middle_one = x.median()
    spread = (x - middle_one).abs().median()
    return (x - middle_one) / spread if spread > 0 else x * 0.0


@feature
def reorder_point(
    rate: Annotated[float, Unit("item/day")],
    lead: Hours,
    z: ZScore = 1.65,
    deviation: Annotated[float, Unit("item")] = 12.0,
) -> Annotated[float, Unit("item")]:
    return rate * lead / 24 + z * deviation


@feature(rows="any")
def entropy(p: Annotated[NDArray[np.float64], SIMPLEX]) -> Annotated[float, Unit("bit")]:
    return float(-(p * np.log2(np.where(p > 0, p, 1.0))).sum())


@feature
def noise_ratio(
    signal: Annotated[float, Unit("watt")], noise: Annotated[float, Unit("watt")]
) -> Annotated[float, Unit("dB")]:
    return 10 * math.log10(signal / noise)


@feature
def payment(principal: Dollars, rate: Proportion, months: Count) -> Dollars:
    return principal * rate / (1 - (1 + rate) ** -months)


@feature(rows="any")
def correlation(
    x: Annotated[NDArray[np.float64], Unit("km")], y: Annotated[NDArray[np.float64], Unit("hour")]
) -> Annotated[float, SIMILARITY]:
    return float(np.corrcoef(x, y)[0, 1]) if x.std() > 0 and y.std() > 0 else 0.0


@feature(rows="each", scope=Table())
def softmax(z: Annotated[NDArray[np.float64], LOGIT]) -> Annotated[NDArray[np.float64], SIMPLEX]:
    raised = np.exp(z - z.max())
    return raised / raised.sum()


@feature(rows="any")
def slope(
    x: Annotated[NDArray[np.float64], Unit("hour")], y: Annotated[NDArray[np.float64], Unit("km")]
) -> Annotated[float, Unit("km/hour")]:
    spread = ((x - x.mean()) ** 2).sum()
    return float(((x - x.mean()) * (y - y.mean())).sum() / spread) if spread > 0 else 0.0


@feature(pinned=["K"])
def wind_chill(temperature: Celsius, wind: Annotated[float, Unit("km/hour")]) -> Celsius:
    return temperature - 0.1 * (20 - temperature)


@feature
def elapsed(departed: EpochMillis, landed: EpochSeconds) -> Minutes:
    return (landed - departed / 1000) / 60


RIGHT = (
    bmi,
    weighted_mean,
    robust,
    reorder_point,
    entropy,
    noise_ratio,
    payment,
    correlation,
    softmax,
    slope,
    wind_chill,
    elapsed,
    ground_speed,
    ground_speeds,
    with_speed,
    polars_speed,
    lazy_mean_speed,
    late_share,
    mean_delay_by_carrier,
    delay_deviation,
    recent_delay,
    flights_by_origin,
    rolling_gust,
    head_wind,
    great_circle,
    air_density,
    celsius,
    ctr,
    cost_per_click,
    kinetic_energy,
    middle,
    total,
    brier,
    ensemble,
    standardised,
    on_time,
    hypotenuse,
    phase,
    area_and_angle,
    turnaround,
    cheapest,
    shares,
    smoothed,
    discounted,
)
