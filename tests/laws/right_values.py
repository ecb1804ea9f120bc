"""Right features about values: points that move together, decisions, conversions, nulls, stored widths."""

import datetime as dt
import math
from typing import Annotated, Any

import numpy as np
import pandas as pd
import polars as pl
from numpy.typing import NDArray

from tests.laws.right_features import (
    Dollars,
    Flight,
    Hectopascals,
    Hours,
    Km,
    Miles,
    Minutes,
    Mph,
    Weather,
)
from typedml import (
    BINARY,
    CELSIUS,
    CLOCK_HHMM,
    COUNT,
    EPOCH_MILLIS,
    EPOCH_SECONDS,
    LOGIT,
    ODDS,
    PROBABILITY,
    PROPORTION,
    SIMPLEX,
    Bearing,
    Celsius,
    ClockHHMM,
    Count,
    EpochMillis,
    EpochSeconds,
    Fahrenheit,
    FeatureSchema,
    Group,
    HourOfDay,
    Kelvin,
    Kind,
    Logit,
    Longitude,
    Odds,
    Percent,
    Probability,
    Proportion,
    Table,
    Threshold,
    Unit,
    Weight,
    conversion,
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


class Game(FeatureSchema):
    """What two sides scored, a point of grace included."""

    first: Annotated[float, Unit("item")] = field(gt=0)
    second: Annotated[float, Unit("item")] = field(gt=0)


class Decided(FeatureSchema):
    """Whether a flight was late."""

    flight: str
    late: bool


class Won(FeatureSchema):
    """The share that the first side won."""

    won: Proportion


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


# Worked examples.


@feature(
    rows="each", examples=[({"legs": {"length": [300.0, 90.0], "tail": ["A", "B"]}}, [482.8032, 144.84096])]
)
def kilometres(legs: Annotated[pd.DataFrame, Leg]) -> Annotated["pd.Series[float]", Unit("km")]:
    return legs["length"] * 1.609344


@feature(
    rows="each",
    examples=[
        (
            {
                "legs": {
                    "dep": [dt.datetime(2013, 1, 1, 5, 17), None],
                    "sched_dep": [dt.datetime(2013, 1, 1, 5, 15), dt.datetime(2013, 1, 1, 5, 15)],
                }
            },
            {"delay": [2.0, None]},
        )
    ],
)
def anchored_lateness(legs: Annotated[pl.LazyFrame, Leg]) -> Annotated[pl.LazyFrame, Lateness]:
    delay = (pl.col("dep") - pl.col("sched_dep")).dt.total_seconds() / 60
    return legs.select(pl.lit("N1").alias("tail"), delay=delay)


@feature(
    rows="any",
    examples=[({"legs": {"tail": ["B", "A", "B"], "length": [1.0, 2.0, 6.0]}}, {"A": 2.0, "B": 3.5})],
)
def median_length(legs: Annotated[pd.DataFrame, Leg]) -> Annotated["pd.Series[float]", Unit("mile")]:
    return legs.groupby("tail")["length"].median()


@feature(
    rows="any",
    examples=[
        ({"legs": {"tail": ["B", "A", "B"], "length": [1.0, 2.0, 6.0]}}, {"tail": ["A", "B"], "n": [1, 2]})
    ],
)
def legs_of_tails(legs: Annotated[pl.DataFrame, Leg]) -> pl.DataFrame:
    return legs.group_by("tail").agg(pl.len().alias("n"))


@feature(examples=[((3.0, 4.0), (12.0, 0.9272952))])
def anchored_area(
    width: Km, height: Km
) -> tuple[Annotated[float, Unit("km**2")], Annotated[float, Unit("radian")]]:
    return width * height, math.atan2(height, width)


@feature(rows="ordered", examples=[({"x": [1.0, 2.0, 5.0], "window": 2}, [1.0, 1.5, 3.5])])
def moving_mean(
    x: Annotated[NDArray[np.float64], Unit("km")], window: int = 3
) -> Annotated[NDArray[np.float64], Unit("km")]:
    return np.array([x[max(0, i - window + 1) : i + 1].mean() for i in range(len(x))])


# Directions.


@feature(monotone={"distance": "increasing", "air_time": "decreasing"})
def directed_speed(distance: Miles, air_time: Minutes) -> Mph:
    return distance / (air_time / 60)


@feature(rows="each", monotone={"length": "increasing"})
def fare(
    legs: Annotated[pd.DataFrame, Leg], rate: Annotated[float, Unit("USD/mile")] = 0.2
) -> Annotated["pd.Series[float]", Unit("USD")]:
    return legs["length"] * rate


@feature(rows="any", monotone={"arr_delay": "increasing"})
def worst_delay(flights: Annotated[pl.DataFrame, Flight]) -> Minutes:
    return float(flights["arr_delay"].max())  # type: ignore[arg-type]


@feature(rows="each", scope=Table(), monotone={"cost": "increasing"})
def own_share(cost: Annotated["pd.Series[float]", Unit("USD")]) -> Annotated["pd.Series[float]", PROPORTION]:
    return cost / cost.sum()


@feature(monotone={"delay": "increasing", "cut": "decreasing"})
def too_late(delay: Minutes, cut: Threshold[Minutes] = 15.0) -> bool:
    return delay > cut


# What values promise together.


@feature(rows="any")
def lazy_softmax(z: Annotated[pl.Series, LOGIT]) -> Annotated[pl.Series, SIMPLEX]:
    raised = (z - z.max()).exp()
    return raised / raised.sum()


@feature(rows="each", scope=Group("tail"))
def share_of_tail(legs: Annotated[pd.DataFrame, Leg]) -> Annotated["pd.Series[float]", SIMPLEX]:
    return legs["length"] / legs.groupby("tail")["length"].transform("sum")


@feature
def three_ways(win: Weight, draw: Weight, loss: Weight) -> list[Annotated[float, SIMPLEX]]:
    total = win + draw + loss
    return [win / total, draw / total, loss / total]


@feature(complement=("home", "away"))
def bradley_terry(home: Odds, away: Odds) -> Probability:
    return home / (home + away)


@feature(complement=("home", "away"))
def elo(home: Annotated[float, Unit("item")], away: Annotated[float, Unit("item")]) -> Probability:
    return 1 / (1 + 10 ** ((away - home) / 400))


@feature(rows="each", complement=("first", "second"))
def share_of_first(games: Annotated[pd.DataFrame, Game]) -> Annotated["pd.Series[float]", PROPORTION]:
    return games["first"] / (games["first"] + games["second"])


@feature(rows="each", complement=("first", "second"))
def polars_share_of_first(games: Annotated[pl.DataFrame, Game]) -> Annotated[pl.Series, PROPORTION]:
    return games["first"] / (games["first"] + games["second"])


# Decisions.


@feature
def hot_in_celsius(temperature: Fahrenheit, cut: Threshold[Celsius] = 30.0) -> bool:
    return (temperature - 32) * 5 / 9 >= cut


@feature
def likely(z: Logit, cut: Threshold[Probability] = 0.75) -> bool:
    return 1 / (1 + math.exp(-z)) > cut


@feature
def grade(share: Percent, cut: Threshold[Proportion] = 0.5) -> str:
    return "pass" if share / 100 >= cut else "fail"


@feature(rows="each")
def delayed(
    flights: Annotated[pd.DataFrame, Flight], cut: Threshold[Hours] = 0.25
) -> Annotated["pd.Series[bool]", BINARY]:
    return flights["arr_delay"] / 60 >= cut


@feature(rows="each")
def delayed_if_known(
    flights: Annotated[pl.LazyFrame, Flight], cut: Threshold[Minutes] = 15.0
) -> Annotated[pl.LazyFrame, Decided]:
    return flights.select("flight", late=(pl.col("arr_delay") > cut) & (pl.col("seats") > 9))


@feature
def fast(distance: Miles, air_time: Minutes, cut: Threshold[Mph] = 420.0) -> bool:
    return distance / (air_time / 60) >= cut


@feature(rows="each")
def fast_legs(
    distance: Annotated[NDArray[np.float64], Unit("mile")],
    air_time: Annotated[NDArray[np.float64], Unit("minute")],
    cut: Threshold[Mph] = 420.0,
) -> Annotated[NDArray[np.bool_], BINARY]:
    return distance / (air_time / 60) >= cut


@feature
def excess(delay: Minutes, cut: Threshold[Minutes] = 15.0) -> Minutes:
    return max(0.0, delay - cut)


@feature
def between(delay: Minutes, low: Threshold[Minutes] = 5.0, high: Threshold[Minutes] = 30.0) -> bool:
    return low <= delay < high


@feature
def many(amount: Count, cut: Threshold[Count] = 10) -> bool:
    return amount > cut


# What is missing.


@feature
def speed_if_known(distance: Miles, air_time: Minutes | None) -> Mph | None:
    return None if air_time is None else distance / (air_time / 60)


@feature(rows="each", nulls="propagate")
def known_delay(legs: Annotated[pd.DataFrame, Leg]) -> Annotated["pd.Series[float]", Unit("minute")]:
    return (legs["dep"] - legs["sched_dep"]).dt.total_seconds() / 60


@feature(rows="each", nulls="handle")
def delay_or_none(legs: Annotated[pl.LazyFrame, Leg]) -> Annotated[pl.LazyFrame, Lateness]:
    delay = (pl.col("dep") - pl.col("sched_dep")).dt.total_seconds() / 60
    return legs.select("tail", delay=delay.fill_null(0.0))


@feature(rows="any", nulls="skip")
def speed_of_known(flights: Annotated[pd.DataFrame, Flight]) -> Annotated[float | None, Unit("mile/hour")]:
    known = flights.dropna(subset=["air_time"])
    return float(known["distance"].sum() / (known["air_time"].sum() / 60)) if len(known) else None


@feature(rows="any", nulls="skip")
def polars_mean_air_time(flights: Annotated[pl.DataFrame, Flight]) -> Minutes | None:
    return flights["air_time"].mean()  # type: ignore[return-value]


@feature(rows="any", nulls="propagate")
def total_air_time(flights: Annotated[pd.DataFrame, Flight]) -> Minutes | None:
    return float(flights["air_time"].sum(skipna=False))


# Conversions.


@conversion
def to_mph(speed: KmPerHour) -> Mph:
    return speed / 1.609344


@conversion
def to_metres_per_second(speed: KmPerHour) -> Annotated[float, Unit("m/s")]:
    return speed * 0.277778


@conversion("minute", "hour")
def hours_of(minutes: float) -> float:
    return minutes / 60


@conversion
def to_fahrenheit(temperature: Celsius) -> Fahrenheit:
    return temperature * 1.8 + 32


@conversion
def kelvins(temperature: Celsius) -> Kelvin:
    return temperature + 273.15


@conversion
def expit(z: Annotated[NDArray[np.float64], LOGIT]) -> Annotated[NDArray[np.float64], PROBABILITY]:
    return 1 / (1 + np.exp(-z))


@conversion
def log_odds(p: Annotated["pd.Series[float]", PROBABILITY]) -> Annotated["pd.Series[float]", LOGIT]:
    return np.log(p / (1 - p))  # type: ignore[return-value]


@conversion
def odds(p: Annotated[pl.Series, PROBABILITY]) -> Annotated[pl.Series, ODDS]:
    return p / (1 - p)


@conversion
def decibels_of(power: Annotated[float, Unit("watt")]) -> Annotated[float, Unit("dBm")]:
    return 10 * math.log10(power * 1000)


@conversion
def epoch(departed: dt.datetime) -> EpochSeconds:
    return departed.replace(tzinfo=dt.UTC).timestamp()


@conversion
def moment(departed: EpochMillis) -> dt.datetime:
    return dt.datetime(1970, 1, 1) + dt.timedelta(milliseconds=departed)


@conversion
def whole_seconds(departed: Annotated[pd.Series, EPOCH_MILLIS]) -> Annotated[pd.Series, EPOCH_SECONDS]:
    return departed // 1000


@conversion
def hour_of_clock(clock: ClockHHMM) -> HourOfDay:
    return clock // 100 + clock % 100 / 60


@conversion
def clock_of(since_midnight: Annotated[int, Unit("minute")]) -> ClockHHMM:
    return since_midnight // 60 % 24 * 100 + since_midnight % 60


@feature
def platt(z: Logit) -> Probability:
    return 1 / (1 + math.exp(-(1.3 * z - 0.2)))


# Temperatures beside what is per kelvin.


@feature
def density_of_air(
    pressure: Hectopascals, temperature: Fahrenheit, gas_constant: Annotated[float, Unit("J/kg/K")] = 287.05
) -> Annotated[float, Unit("kg/m**3")]:
    return 100 * pressure / (gas_constant * ((temperature - 32) * 5 / 9 + 273.15))


@feature(rows="each")
def heat_loss(
    inside: Annotated["pd.Series[float]", CELSIUS],
    outside: Annotated["pd.Series[float]", CELSIUS],
    rate: Annotated[float, Unit("W/K")] = 120.0,
) -> Annotated["pd.Series[float]", Unit("W")]:
    return rate * (inside - outside)


@feature
def above(
    temperature: Celsius, cut: Threshold[Celsius], margin: Annotated[float, Unit("delta_degC")] = 2.0
) -> bool:
    return temperature > cut + margin


# Values in other dtypes.


@feature(rows="each")
def seat_miles(flights: Annotated[pd.DataFrame, Flight]) -> Annotated["pd.Series[float]", Unit("mile")]:
    return flights["seats"].astype("float64") * flights["distance"]


@feature(rows="any")
def squared_seats(flights: Annotated[pl.DataFrame, Flight]) -> float:
    return float((flights["seats"].cast(pl.Float64) ** 2).sum())


@feature(rows="any")
def seats_in_all(flights: Annotated[pd.DataFrame, Flight]) -> Count:
    return int(flights["seats"].sum())


@feature(rows="each")
def inverse_speed(
    flights: Annotated[pd.DataFrame, Flight],
) -> Annotated["pd.Series[float]", Unit("minute/mile")]:
    return flights["air_time"] / flights["distance"]


# Time between instants.


@feature
def flown_speed(distance: Miles, departed: dt.datetime, landed: dt.datetime) -> Mph | None:
    hours = (landed - departed).total_seconds() / 3600
    return distance / abs(hours) if hours else None


@feature(rows="each")
def speed_of_legs(legs: Annotated[pd.DataFrame, Leg]) -> Annotated["pd.Series[float]", Unit("mile/hour")]:
    hours = (legs["arr"] - legs["dep"]).dt.total_seconds() / 3600
    return legs["length"] / hours.abs().where(hours != 0)


@feature(rows="each")
def waiting(legs: Annotated[pl.DataFrame, Leg]) -> Annotated[pl.Series, Unit("minute")]:
    return ((legs["dep"] - legs["sched_dep"]).dt.total_seconds() / 60).clip(lower_bound=0)


@feature
def seconds_between(start: EpochMillis, end: EpochSeconds) -> Annotated[float, Unit("second")]:
    return end - start / 1000


@feature
def growth(
    first: Dollars, last: Dollars, start: dt.datetime, end: dt.datetime
) -> Annotated[float | None, Unit("USD/day")]:
    days = (end - start).total_seconds() / 86_400
    return (last - first) / days if days else None


# What is meant to change at the seam of a cyclic kind.


@feature
def half_a_turn(course: Bearing) -> float:
    return math.cos(math.radians(course) / 2)


@feature
def part_of_day(hour: HourOfDay) -> int:
    return int(hour) // 6


@feature
def time_zone(place: Longitude) -> int:
    return round(place / 15)


@feature
def share_of_day(hour: HourOfDay) -> float:
    return hour / 24


@feature(rows="any")
def softmax_of_seats(seats: Annotated[NDArray[Any], COUNT]) -> Annotated[NDArray[Any], SIMPLEX]:
    """Take exponentials, which numpy gives in single precision for counts of 16 bits."""
    powers = np.exp(seats - seats.max())
    return powers / powers.sum()


RIGHT = (
    softmax_of_seats,
    flown_speed,
    speed_of_legs,
    waiting,
    seconds_between,
    growth,
    seat_miles,
    squared_seats,
    seats_in_all,
    inverse_speed,
    density_of_air,
    heat_loss,
    above,
    to_mph,
    to_metres_per_second,
    hours_of,
    to_fahrenheit,
    kelvins,
    expit,
    log_odds,
    odds,
    decibels_of,
    epoch,
    moment,
    whole_seconds,
    hour_of_clock,
    clock_of,
    platt,
    speed_if_known,
    known_delay,
    delay_or_none,
    speed_of_known,
    polars_mean_air_time,
    total_air_time,
    hot_in_celsius,
    likely,
    grade,
    delayed,
    delayed_if_known,
    fast,
    fast_legs,
    excess,
    between,
    many,
    kilometres,
    anchored_lateness,
    median_length,
    legs_of_tails,
    anchored_area,
    moving_mean,
    directed_speed,
    fare,
    worst_delay,
    own_share,
    too_late,
    lazy_softmax,
    share_of_tail,
    three_ways,
    bradley_terry,
    elo,
    share_of_first,
    polars_share_of_first,
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
    half_a_turn,
    part_of_day,
    time_zone,
    share_of_day,
)
