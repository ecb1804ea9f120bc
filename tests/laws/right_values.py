"""Right features about values: points that move together, decisions, conversions, nulls, stored widths."""

import datetime as dt
import math
from typing import Annotated

import pandas as pd
import polars as pl

from tests.laws.right_features import Miles, Minutes, Mph, Weather
from typedml import (
    CLOCK_HHMM,
    LOGIT,
    Bearing,
    Celsius,
    ClockHHMM,
    Count,
    Fahrenheit,
    FeatureSchema,
    Kind,
    Threshold,
    Unit,
    feature,
    field,
)

PerMinute = Annotated[float, Unit("1/minute")]
ALTITUDE = Kind("CabinAltitude", sort="torsor", unit="foot")
Altitude = Annotated[float, ALTITUDE]
KmPerHour = Annotated[float, Unit("km/hour")]


class Leg(FeatureSchema):
    """One leg as it was planned and flown."""

    tail: str
    sched_dep: dt.datetime
    dep: dt.datetime | None
    arr: dt.datetime | None
    length: Miles = field(gt=0)
    gate: int | None


class Clocked(FeatureSchema):
    """A leg in the notation of timetables."""

    sched: Annotated[int, CLOCK_HHMM]
    actual: Annotated[int, CLOCK_HHMM]


class Lateness(FeatureSchema):
    """How late a leg was."""

    tail: str
    delay: Minutes | None


# Points that are moved together.


@feature(rows="each")
def lateness(legs: Annotated[pd.DataFrame, Leg]) -> Annotated[pd.DataFrame, Lateness]:
    return legs.assign(delay=(legs["dep"] - legs["sched_dep"]).dt.total_seconds() / 60)


@feature(rows="each")
def lazy_lateness(legs: Annotated[pl.LazyFrame, Leg]) -> Annotated[pl.LazyFrame, Lateness]:
    return legs.with_columns(delay=(pl.col("dep") - pl.col("sched_dep")).dt.total_seconds() / 60)


@feature(rows="each")
def hour_of_departure(legs: Annotated[pd.DataFrame, Leg]) -> Annotated["pd.Series[float]", Unit("hour")]:
    return legs["sched_dep"].dt.hour + legs["sched_dep"].dt.minute / 60


@feature(rows="each")
def on_weekends(legs: Annotated[pl.DataFrame, Leg]) -> Annotated[pl.Series, Count]:
    return (legs["sched_dep"].dt.weekday() >= 6).cast(pl.Int64)


@feature
def later(departed: dt.datetime, minutes: Minutes) -> dt.datetime:
    return departed + dt.timedelta(minutes=minutes)


@feature
def day_of_year(departed: dt.datetime) -> int:
    return departed.timetuple().tm_yday


@feature
def year(departed: dt.datetime) -> int:
    return departed.year


@feature
def clock_delay(scheduled: ClockHHMM, actual: ClockHHMM) -> Minutes:
    late = (actual // 100 * 60 + actual % 100) - (scheduled // 100 * 60 + scheduled % 100)
    return float((late + 720) % 1440 - 720)


@feature(rows="each")
def clock_delays(legs: Annotated[pd.DataFrame, Clocked]) -> Annotated["pd.Series[float]", Unit("minute")]:
    planned = legs["sched"] // 100 * 60 + legs["sched"] % 100
    flown = legs["actual"] // 100 * 60 + legs["actual"] % 100
    return (flown - planned).astype(float)


@feature
def is_peak(clock: ClockHHMM) -> bool:
    return 700 <= clock < 900


@feature
def warmer(inside: Celsius, outside: Fahrenheit) -> bool:
    return inside > (outside - 32) * 5 / 9


@feature
def spread_of(temperature: Celsius, dew_point: Celsius) -> Annotated[float, Unit("delta_degC")]:
    return temperature - dew_point


@feature(rows="any")
def mean_temperature(weather: Annotated[pd.DataFrame, Weather]) -> Fahrenheit:
    return float(weather["temperature"].mean())


@feature
def hot(temperature: Fahrenheit, cut: Threshold[Fahrenheit] = 86.0) -> bool:
    return temperature >= cut


@feature
def crosswind(wind: Mph, direction: Bearing, runway: Bearing) -> Mph:
    return abs(wind * math.sin(math.radians(direction - runway)))


@feature
def reversed_course(course: Bearing) -> Bearing:
    return (course + 180) % 360


@feature
def climbed(start: Altitude, end: Altitude) -> Annotated[float, Unit("foot")]:
    return end - start


@feature
def received(
    sent: Annotated[float, Unit("dBm")], gain: Annotated[float, Unit("dB")]
) -> Annotated[float, Unit("dBm")]:
    return sent + gain


@feature
def tempered(z: Annotated[float, LOGIT]) -> Annotated[float, LOGIT]:
    return z / 2.5


RIGHT = (
    lateness,
    lazy_lateness,
    hour_of_departure,
    on_weekends,
    later,
    day_of_year,
    year,
    clock_delay,
    clock_delays,
    is_peak,
    warmer,
    spread_of,
    mean_temperature,
    hot,
    crosswind,
    reversed_course,
    climbed,
    received,
    tempered,
)
