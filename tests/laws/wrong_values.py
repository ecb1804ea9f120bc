"""Wrong features about values, each with the law that must refute it and a word of the message."""

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
)
from tests.laws.right_values import Clocked, Decided, Game, KmPerHour, Lateness, Leg, Won
from typedml import (
    BEARING,
    BINARY,
    CELSIUS,
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
    Fahrenheit,
    Group,
    HourOfDay,
    Logit,
    Longitude,
    Odds,
    Percent,
    Probability,
    Proportion,
    Threshold,
    Unit,
    conversion,
    feature,
)

# Cyclic kinds that come round after another turn.


@feature
def hour_of_23(hour: HourOfDay) -> float:
    return math.sin(2 * math.pi * hour / 23)


@feature(rows="each")
def direction_in_gons(directions: "Annotated[pd.Series[float], BEARING]") -> "pd.Series[float]":
    return pd.Series(np.cos(2 * math.pi * directions / 400))


@feature
def hours_as_minutes(hour: HourOfDay) -> float:
    return math.cos(2 * math.pi * hour / 60)


# Points that are moved together.


@feature
def clocks_subtracted(scheduled: ClockHHMM, actual: ClockHHMM) -> Minutes:
    return float(actual - scheduled)


@feature(rows="each")
def clock_columns_subtracted(
    legs: Annotated[pd.DataFrame, Clocked],
) -> Annotated["pd.Series[float]", Unit("minute")]:
    return (legs["actual"] - legs["sched"]).astype(float)


@feature
def hotter_in_two_scales(inside: Celsius, outside: Fahrenheit) -> bool:
    return inside > outside


@feature
def hot_against_celsius(temperature: Fahrenheit, cut: Threshold[Celsius] = 30.0) -> bool:
    return temperature >= cut


@feature(rows="each")
def since_the_cutoff(legs: Annotated[pl.DataFrame, Leg]) -> Annotated[pl.Series, Count]:
    return (legs["sched_dep"] >= dt.datetime(2013, 1, 20)).cast(pl.Int64)


@feature(rows="any")
def lazy_recent_miles(legs: Annotated[pl.LazyFrame, Leg]) -> Miles:
    recent = legs.filter(pl.col("sched_dep") >= dt.datetime(2013, 1, 20))
    return float(recent.select(pl.col("length").sum()).collect().item() or 0.0)


@feature
def minutes_by_hour_hands(departed: dt.datetime, landed: dt.datetime) -> Minutes:
    return float((landed.hour - departed.hour) * 60 + landed.minute - departed.minute)


@feature
def temperatures_added(inside: Celsius, outside: Celsius) -> Celsius:
    return inside + outside


@feature
def heating_from_a_fixed_base(outside: Celsius, base: Celsius) -> Annotated[float, Unit("delta_degC")]:
    return max(0.0, 18.0 - outside)


@feature
def ratio_of_temperatures(inside: Celsius, outside: Celsius) -> float:
    return inside / (abs(outside) + 1)


@feature
def lost_direction(wind: Mph, direction: Bearing, runway: Bearing) -> Mph:
    return abs(wind * math.sin(math.radians(direction) - math.radians(runway) / 2))


@feature
def longitudes_multiplied(here: Longitude, there: Longitude) -> Km:
    return abs(here) * 111.2 - abs(there) * 111.2


# Worked examples.


@feature(rows="any", examples=[({"legs": {"tail": ["B", "A", "B"], "length": [1.0, 2.0, 6.0]}}, 2.0)])
def mean_for_median(legs: Annotated[pd.DataFrame, Leg]) -> Miles:
    return float(legs["length"].mean())


@feature(rows="ordered", examples=[({"x": [1.0, 2.0, 5.0], "window": 2}, [1.0, 1.5, 3.5])])
def window_too_long(
    x: Annotated[NDArray[np.float64], Unit("km")], window: int = 3
) -> Annotated[NDArray[np.float64], Unit("km")]:
    return np.array([x[max(0, i - window) : i + 1].mean() for i in range(len(x))])


@feature(examples=[((120.0, 2.0), 60.0)])
def anchored_wrong(distance: Miles, air_time: Hours) -> Mph:
    return distance * air_time


@feature(
    rows="each",
    examples=[
        ({"legs": {"tail": ["A", "B"], "length": [30.0, 60.0]}}, {"tail": ["A", "B"], "delay": [1.0, 2.0]})
    ],
)
def anchored_column(legs: Annotated[pl.LazyFrame, Leg]) -> Annotated[pl.LazyFrame, Lateness]:
    return legs.select("tail", delay=(pl.col("length") / 30).floor() - 1)


@feature(rows="any", examples=[({"flights": {"arr_delay": [4.0, 6.0]}}, 5.0)])
def needs_another_column(flights: Annotated[pd.DataFrame, Flight]) -> Minutes:
    return float(flights["arr_delay"].mean() + 0 * flights["distance"].mean())


@feature(rows="any", examples=[({"flights": {"arr_delay": [4.0], "dep_delay": [1.0]}}, 5.0)])
def example_of_another_table(flights: Annotated[pd.DataFrame, Flight]) -> Minutes:
    return float(flights["arr_delay"].mean())


# Directions.


@feature(monotone={"distance": "increasing", "air_time": "increasing"})
def falls_with_time(distance: Miles, air_time: Minutes) -> Mph:
    return distance / (air_time / 60)


@feature(rows="each", monotone={"length": "increasing"})
def long_legs_are_free(legs: Annotated[pd.DataFrame, Leg]) -> Annotated["pd.Series[float]", Unit("mile")]:
    return legs["length"].where(legs["length"] < 300.0, 0.0)


@feature(rows="any", monotone={"arr_delay": "increasing"})
def least_delay_negated(flights: Annotated[pl.LazyFrame, Flight]) -> Minutes:
    return float(flights.select(-pl.col("arr_delay").min()).collect().item())


@feature(rows="each", monotone={"delay": "increasing"})
def early_for_late(
    delay: Annotated[NDArray[np.float64], Unit("minute")], cut: Threshold[Minutes] = 60.0
) -> Annotated[NDArray[np.float64], PROBABILITY]:
    return (delay <= cut).astype(float)


# What values promise together.


@feature(rows="each")
def sigmoids(z: Annotated[NDArray[np.float64], LOGIT]) -> Annotated[NDArray[np.float64], SIMPLEX]:
    return 1 / (1 + np.exp(-z))


@feature(rows="each", scope=Group("tail"))
def share_of_all(legs: Annotated[pd.DataFrame, Leg]) -> Annotated["pd.Series[float]", SIMPLEX]:
    return legs["length"] / legs["length"].sum()


@feature(rows="each")
def share_of_largest(z: Annotated[pl.Series, Unit("USD")]) -> Annotated[pl.Series, SIMPLEX]:
    return z.abs() / z.abs().max()


@feature(complement=("home", "away"))
def with_home_advantage(home: Odds, away: Odds) -> Probability:
    return 1.2 * home / (1.2 * home + away)


@feature(rows="each", complement=("first", "second"))
def share_with_prior(games: Annotated[pd.DataFrame, Game]) -> Annotated["pd.Series[float]", PROPORTION]:
    return games["first"] / (games["first"] + 2 * games["second"])


@feature(rows="each", complement=("first", "second"))
def ratio_for_share(games: Annotated[pl.LazyFrame, Game]) -> Annotated[pl.LazyFrame, Won]:
    return games.select(won=(pl.col("first") / pl.col("second")).clip(0, 1))


# Decisions.


@feature
def minutes_against_hours(delay: Minutes, cut: Threshold[Hours] = 0.25) -> bool:
    return delay >= cut


@feature
def logit_against_probability(z: Logit, cut: Threshold[Probability] = 0.75) -> bool:
    return z >= cut


@feature
def percent_against_share(share: Percent, cut: Threshold[Proportion] = 0.5) -> str:
    return "pass" if share >= cut else "fail"


@feature(rows="each")
def delayed_by_hours(
    flights: Annotated[pd.DataFrame, Flight], cut: Threshold[Hours] = 0.25
) -> Annotated["pd.Series[bool]", BINARY]:
    return flights["arr_delay"] >= cut


@feature(rows="each")
def delayed_by_seconds(
    flights: Annotated[pl.LazyFrame, Flight], cut: Threshold[Minutes] = 15.0
) -> Annotated[pl.LazyFrame, Decided]:
    return flights.select("flight", late=pl.col("arr_delay") * 60 >= cut)


@feature(rows="each")
def fast_by_the_minute(
    distance: Annotated[NDArray[np.float64], Unit("mile")],
    air_time: Annotated[NDArray[np.float64], Unit("minute")],
    cut: Threshold[Mph] = 420.0,
) -> Annotated[NDArray[np.bool_], BINARY]:
    return distance / air_time >= cut


@feature
def twice_the_threshold(delay: Minutes, cut: Threshold[Minutes] = 15.0) -> bool:
    return delay >= 2 * cut


@feature
def hidden_threshold(p: Probability, cut: Threshold[Probability] = 0.75) -> bool:
    return p >= 0.5


@feature
def hot_by_celsius(temperature: Fahrenheit, cut: Threshold[Celsius] = 30.0) -> bool:
    return temperature >= cut


# What is missing.


@feature
def unknown_is_zero(distance: Miles, air_time: Minutes | None) -> Mph | None:
    return 0.0 if air_time is None else distance / (air_time / 60)


@feature(rows="each")
def sentinel(legs: Annotated[pd.DataFrame, Leg]) -> Annotated[pd.DataFrame, Lateness]:
    delay = (legs["dep"] - legs["sched_dep"]).dt.total_seconds() / 60
    return legs.assign(delay=delay.fillna(-1.0))


@feature(rows="each")
def lazily_filled(legs: Annotated[pl.LazyFrame, Leg]) -> Annotated[pl.LazyFrame, Lateness]:
    delay = (pl.col("dep") - pl.col("sched_dep")).dt.total_seconds() / 60
    return legs.select("tail", delay=delay.fill_null(strategy="mean"))


@feature(rows="any", nulls="skip")
def miles_of_unknown(flights: Annotated[pd.DataFrame, Flight]) -> Annotated[float | None, Unit("mile/hour")]:
    return float(flights["distance"].sum() / (flights["air_time"].sum() / 60))


@feature(rows="any", nulls="skip")
def mean_with_zeros(flights: Annotated[pl.DataFrame, Flight]) -> Minutes | None:
    return flights["air_time"].fill_null(0.0).mean()  # type: ignore[return-value]


@feature(rows="any")
def leaking_mean(flights: Annotated[pd.DataFrame, Flight]) -> Minutes:
    return float(flights["air_time"].sum(skipna=False))


@feature
def leaking_number(distance: Miles, air_time: Minutes | None) -> Mph:
    return math.nan if air_time is None else distance / (air_time / 60)


# Conversions.


@conversion
def factor_of_knots(speed: KmPerHour) -> Mph:
    return speed / 1.852


@conversion("minute", "hour")
def rounded_hours(minutes: float) -> float:
    return float(round(minutes / 60))


@conversion
def without_offset(temperature: Celsius) -> Fahrenheit:
    return temperature * 1.8


@conversion
def tanh_for_expit(z: Annotated[NDArray[np.float64], LOGIT]) -> Annotated[NDArray[np.float64], PROBABILITY]:
    return (1 + np.tanh(z)) / 2


@conversion
def common_logarithm(p: Annotated["pd.Series[float]", PROBABILITY]) -> Annotated["pd.Series[float]", LOGIT]:
    return np.log10(p / (1 - p))  # type: ignore[return-value]


@conversion
def odds_against(p: Annotated[pl.Series, PROBABILITY]) -> Annotated[pl.Series, ODDS]:
    return (1 - p) / p


@feature
def log_of_odds_forgotten(p: Probability) -> Logit:
    return p


@conversion
def decibels_of_amplitude(power: Annotated[float, Unit("watt")]) -> Annotated[float, Unit("dBW")]:
    return 20 * math.log10(power)


@conversion
def microseconds(departed: dt.datetime) -> EpochMillis:
    return int(departed.replace(tzinfo=dt.UTC).timestamp() * 1_000_000)


@feature
def decimal_clock(clock: ClockHHMM) -> HourOfDay:
    return clock / 100


# Temperatures beside what is per kelvin.


@feature
def density_from_a_wrong_zero(
    pressure: Hectopascals, temperature: Fahrenheit, gas_constant: Annotated[float, Unit("J/kg/K")] = 287.05
) -> Annotated[float, Unit("kg/m**3")]:
    return 100 * pressure / (gas_constant * (temperature * 5 / 9 + 273.15))


@feature(rows="each")
def densities_from_a_wrong_zero(
    pressure: Annotated[NDArray[np.float64], Unit("hectopascal")],
    temperature: Annotated[NDArray[np.float64], CELSIUS],
    gas_constant: Annotated[float, Unit("J/kg/K")] = 287.05,
) -> Annotated[NDArray[np.float64], Unit("kg/m**3")]:
    return 100 * pressure / (gas_constant * (temperature + 272.15))


# Values in other dtypes.


@feature(rows="each")
def product_that_overflows(
    flights: Annotated[pd.DataFrame, Flight],
) -> Annotated["pd.Series[float]", Unit("1")]:
    return flights["seats"] * 20_000 // 4


@feature(rows="any")
def polars_products(flights: Annotated[pl.LazyFrame, Flight]) -> float:
    cubed = pl.col("seats") * pl.col("seats") * pl.col("seats") * pl.col("seats")
    return float(flights.select(cubed.max()).collect().item())


@feature(rows="each")
def cut_to_whole_numbers(x: Annotated[NDArray[Any], Unit("km")]) -> Annotated[NDArray[Any], Unit("km")]:
    out = np.zeros_like(x)
    out[:] = x / 2
    return out


@feature
def only_floats(distance: Miles) -> Miles:
    if type(distance) is not float:
        raise TypeError("no float")
    return distance


@feature(rows="each")
def by_bytes(flights: Annotated[pd.DataFrame, Flight]) -> Annotated["pd.Series[float]", Unit("mile")]:
    return pd.Series(np.frombuffer(flights["distance"].to_numpy().tobytes(), np.float64), flights.index)


# Time between instants.


@feature
def seconds_for_minutes(departed: dt.datetime, landed: dt.datetime) -> Minutes:
    return (landed - departed).total_seconds()


@feature(rows="each")
def without_days(legs: Annotated[pd.DataFrame, Leg]) -> Annotated["pd.Series[float]", Unit("minute")]:
    return (legs["arr"] - legs["sched_dep"]).dt.components["minutes"].astype(float)


@feature(rows="each")
def speed_by_minutes(legs: Annotated[pd.DataFrame, Leg]) -> Annotated["pd.Series[float]", Unit("mile/hour")]:
    minutes = (legs["arr"] - legs["dep"]).dt.total_seconds() / 60
    return legs["length"] / minutes.abs().where(minutes != 0)


@feature(rows="each")
def lazy_half_the_wait(legs: Annotated[pl.LazyFrame, Leg]) -> Annotated[pl.LazyFrame, Lateness]:
    return legs.select("tail", delay=(pl.col("dep") - pl.col("sched_dep")).dt.total_seconds() / 120)


@feature
def growth_by_the_hour(
    first: Dollars, last: Dollars, start: dt.datetime, end: dt.datetime
) -> Annotated[float | None, Unit("USD/day")]:
    hours = (end - start).total_seconds() / 3600
    return (last - first) / hours if hours else None


@feature
def padded_wait(departed: dt.datetime, landed: dt.datetime) -> Minutes:
    return (landed - departed).total_seconds() / 60 + 15


WRONG: tuple[tuple[Any, str, str], ...] = (
    (hour_of_23, "period", "repeats after 23"),
    (direction_in_gons, "period", "repeats after 400"),
    (hours_as_minutes, "period", "repeats after 60"),
    (clocks_subtracted, "shift", "every time of the day"),
    (clock_columns_subtracted, "shift", "every time of the day"),
    (hotter_in_two_scales, "shift", "every temperature"),
    (hot_against_celsius, "shift", "every temperature"),
    (since_the_cutoff, "shift", "every instant"),
    (lazy_recent_miles, "shift", "every instant"),
    (minutes_by_hour_hands, "shift", "every instant"),
    (temperatures_added, "shift", "by as much"),
    (heating_from_a_fixed_base, "shift", "every temperature"),
    (ratio_of_temperatures, "shift", "every temperature"),
    (lost_direction, "shift", "every Bearing"),
    (longitudes_multiplied, "shift", "every Longitude"),
    (mean_for_median, "anchor", "Example 1"),
    (window_too_long, "anchor", "Example 1"),
    (anchored_wrong, "anchor", "240"),
    (anchored_column, "anchor", "delay"),
    (needs_another_column, "anchor", "KeyError"),
    (example_of_another_table, "anchor", "'dep_delay', which its schema does not declare"),
    (falls_with_time, "monotone", "must not fall"),
    (long_legs_are_free, "monotone", "`length` rises"),
    (least_delay_negated, "monotone", "must not fall"),
    (early_for_late, "monotone", "`delay` rises"),
    (sigmoids, "simplex", "sum to 1"),
    (share_of_all, "simplex", "sum to 1"),
    (share_of_largest, "simplex", "sum to 1"),
    (with_home_advantage, "complement", "`home` and `away`"),
    (share_with_prior, "complement", "1 minus the result"),
    (ratio_for_share, "complement", "1 minus the result"),
    (minutes_against_hours, "boundary", "minute"),
    (logit_against_probability, "boundary", "compared as numbers"),
    (percent_against_share, "boundary", "compared as numbers"),
    (delayed_by_hours, "boundary", "compared as numbers"),
    (delayed_by_seconds, "boundary", "1/60"),
    (fast_by_the_minute, "boundary", "minute"),
    (twice_the_threshold, "boundary", "another number"),
    (hidden_threshold, "boundary", "another number"),
    (hot_by_celsius, "boundary", "compared as numbers"),
    (unknown_is_zero, "null", "must be missing where `air_time` is"),
    (sentinel, "null", "must be missing where `dep` is"),
    (lazily_filled, "null", "must be missing where `dep` is"),
    (miles_of_unknown, "null", "Rows without `air_time`"),
    (mean_with_zeros, "null", "Rows without `air_time`"),
    (leaking_mean, "null", "must not be missing"),
    (leaking_number, "null", "must not be missing"),
    (factor_of_knots, "conversion", "mile -> nautical_mile"),
    (rounded_hours, "conversion", "in hour for minute"),
    (without_offset, "conversion", "Fahrenheit for Celsius"),
    (tanh_for_expit, "conversion", "Probability for Logit"),
    (common_logarithm, "conversion", "base 10"),
    (odds_against, "conversion", "Odds for Probability"),
    (log_of_odds_forgotten, "conversion", "nothing is converted"),
    (decibels_of_amplitude, "conversion", "20 log10"),
    (microseconds, "conversion", "1000 times"),
    (decimal_clock, "conversion", "decimal number"),
    (density_from_a_wrong_zero, "scale", "temperature"),
    (densities_from_a_wrong_zero, "scale", "temperature"),
    (product_that_overflows, "dtype", "16 bits"),
    (polars_products, "dtype", "16 bits"),
    (cut_to_whole_numbers, "dtype", "whole numbers"),
    (only_floats, "dtype", "TypeError"),
    (by_bytes, "dtype", "in "),
    (seconds_for_minutes, "elapsed", "60 times as much"),
    (without_days, "elapsed", "Doubling the time"),
    (speed_by_minutes, "elapsed", "1/60"),
    (lazy_half_the_wait, "elapsed", "0.5 times as much"),
    (growth_by_the_hour, "elapsed", "day"),
    (padded_wait, "elapsed", "Doubling the time"),
)
