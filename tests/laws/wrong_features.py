"""Wrong features, each with the law that must refute it and a word of the message that must say why."""

import datetime as dt
import math
import random
import time
from typing import Annotated, Any

import numpy as np
import pandas as pd
import polars as pl
from numpy.typing import NDArray

from tests.laws.right_features import (
    Ad,
    Clicks,
    Dollars,
    Flight,
    Hectopascals,
    Hours,
    Kelvins,
    Km,
    Miles,
    Minutes,
    Mph,
    Speed,
    Views,
)
from typedml import (
    Bearing,
    Celsius,
    Count,
    Degrees,
    EpochMillis,
    EpochSeconds,
    Fahrenheit,
    Latitude,
    Longitude,
    Probability,
    Proportion,
    Radians,
    Unit,
    feature,
)

Minute_Series = Annotated["pd.Series[float]", Unit("minute")]


@feature
def speed_per_minute(distance: Miles, air_time: Minutes) -> Mph:
    return distance / air_time


@feature(rows="each")
def speeds_per_minute(flights: Annotated[pd.DataFrame, Flight]) -> Annotated[pd.DataFrame, Speed]:
    return flights.assign(speed=flights["distance"] / flights["air_time"])


@feature(rows="any")
def mean_speed_per_minute(flights: Annotated[pl.DataFrame, Flight]) -> Mph:
    known = flights.filter(pl.col("air_time").is_not_null())
    return float(known["distance"].sum()) / float(known["air_time"].sum())


@feature(rows="any")
def mean_delay_in_hours(flights: Annotated[pd.DataFrame, Flight]) -> Minutes:
    return float(flights["arr_delay"].mean() / 60)


@feature
def mixed_mean(first: Minutes, second: Hours) -> Minutes:
    return (first + second) / 2


@feature
def mixed_sum(first: Minutes, second: Hours) -> Minutes:
    return first + second


@feature
def density_of_hectopascals(
    pressure: Hectopascals, temperature: Kelvins, gas_constant: Annotated[float, Unit("J/kg/K")] = 287.05
) -> Annotated[float, Unit("kg/m**3")]:
    return pressure / (gas_constant * temperature)


@feature
def area_in_feet(width: Annotated[float, Unit("foot")], height: Km) -> Annotated[float, Unit("m**2")]:
    return width * height * 1000


@feature
def percent_of_clicks(clicks: Clicks, views: Views) -> Annotated[float, Unit("click/view")]:
    return 100 * clicks / views


@feature
def fahrenheit_without_offset(temperature: Fahrenheit) -> Celsius:
    return temperature * 5 / 9


@feature
def millis_as_seconds(moment: EpochMillis) -> EpochSeconds:
    return float(moment)


@feature
def detour_in_two_units(distance: Miles, shortest: Km) -> Miles:
    return distance - shortest


@feature
def gap_in_fahrenheit(temp: Fahrenheit, dewp: Fahrenheit) -> Annotated[float, Unit("delta_degC")]:
    return temp - dewp


@feature
def elapsed_in_hours(landed: dt.datetime, departs: dt.datetime) -> Minutes:
    return (departs - landed).total_seconds() / 3600


@feature
def elapsed_of_two_clocks(departed: EpochMillis, landed: EpochSeconds) -> Minutes:
    return (landed - departed) / 60


@feature
def density_by_fahrenheit(
    pressure: Hectopascals, temperature: Fahrenheit, gas_constant: Annotated[float, Unit("J/kg/K")] = 287.05
) -> Annotated[float, Unit("kg/m**3")]:
    return pressure / (gas_constant * ((temperature - 32) * 5 / 9 + 273.15))


@feature
def late_by_hidden_limit(delay: Minutes) -> bool:
    return delay > 15


@feature
def padded(air_time: Minutes) -> Minutes:
    return air_time + 5


@feature(rows="each")
def clipped(flights: Annotated[pd.DataFrame, Flight]) -> Annotated["pd.Series[float]", Unit("mile/hour")]:
    return (flights["distance"] / flights["air_time"] * 60).clip(upper=500)


@feature
def wrong_dimension(distance: Miles, air_time: Hours) -> Mph:
    return distance * air_time


@feature
def guarded_against_zero(distance: Km, time: Hours) -> Annotated[float, Unit("km/hour")]:
    return distance / (time + 1e-6)


@feature
def refuses_long_flights(air_time: Minutes) -> Minutes:
    if air_time > 1100:
        raise ValueError("no flight is that long")
    return air_time


@feature
def sine_of_degrees(angle: Degrees) -> float:
    return math.sin(angle)


@feature(rows="each")
def headwind_in_degrees(
    wind: Annotated[NDArray[np.float64], Unit("mile/hour")],
    angle: Annotated[NDArray[np.float64], Unit("degree")],
) -> Annotated[NDArray[np.float64], Unit("mile/hour")]:
    return wind * np.cos(angle)


@feature
def haversine_in_degrees(lat1: Latitude, lon1: Longitude, lat2: Latitude, lon2: Longitude) -> Radians:
    a = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * math.asin(math.sqrt(min(1.0, abs(a))))


@feature(rows="any")
def first_carriers_delay(flights: Annotated[pd.DataFrame, Flight]) -> Minutes:
    return float(flights["arr_delay"].iloc[0])


@feature(rows="any")
def mean_of_changes(flights: Annotated[pd.DataFrame, Flight]) -> Minutes:
    return float(flights["arr_delay"].diff().fillna(0.0).mean())


@feature(rows="each")
def delay_before(flights: Annotated[pd.DataFrame, Flight]) -> Annotated["pd.Series[float]", Unit("minute")]:
    return flights["arr_delay"].shift(1)


@feature(rows="each")
def placed_by_number(
    flights: Annotated[pd.DataFrame, Flight],
) -> Annotated["pd.Series[float]", Unit("minute")]:
    ordered = flights["arr_delay"].sort_values().to_numpy()
    return pd.Series(ordered, index=flights.index)


@feature
def either(p: Probability, q: Probability) -> Probability:
    return p + q


@feature(rows="any")
def share_in_percent(flights: Annotated[pd.DataFrame, Flight]) -> Proportion:
    return float((flights["arr_delay"] >= flights["arr_delay"].mean()).mean() * 100)


@feature(rows="any")
def mean_seats(flights: Annotated[pd.DataFrame, Flight]) -> Count:
    return float(flights["seats"].mean())  # type: ignore[return-value]


@feature
def opposite(course: Bearing) -> Bearing:
    return course + 180


@feature(rows="each")
def adds_a_column(
    flights: Annotated[pd.DataFrame, Flight],
) -> Annotated["pd.Series[float]", Unit("mile/hour")]:
    flights["speed"] = flights["distance"] / flights["air_time"] * 60
    return flights["speed"]


@feature
def sorts_its_input(x: Annotated[NDArray[np.float64], Unit("km")]) -> Km:
    x.sort()
    return float(x[0])


@feature(rows="any")
def empties_a_list(prices: list[Dollars]) -> Dollars:
    return max(prices.pop(), prices[0]) if len(prices) > 1 else prices[0]


@feature
def noisy(x: Km) -> Km:
    return x * random.random()


@feature
def noisy_numpy(x: Annotated[NDArray[np.float64], Unit("km")]) -> Annotated[NDArray[np.float64], Unit("km")]:
    return x * np.random.default_rng().random(len(x))


@feature
def by_the_clock(x: Km) -> Km:
    return x * (time.perf_counter_ns() % 1_000_003)


@feature(rows="any")
def every_number(ads: Annotated[pd.DataFrame, Ad]) -> Dollars:
    return float(ads.select_dtypes("number").iloc[:, -1].sum())


@feature(rows="any")
def all_columns_complete(ads: Annotated[pd.DataFrame, Ad]) -> Count:
    return len(ads.dropna())


@feature(rows="any")
def first_column(ads: Annotated[pl.DataFrame, Ad]) -> str:
    return str(ads.to_series(0).max())


@feature(rows="any")
def unknown_column(flights: Annotated[pd.DataFrame, Flight]) -> Minutes:
    return float(flights["dep_delay"].mean())


@feature
def raises_at_large_values(p: Probability) -> Probability:
    return math.sqrt(0.5 - p)


@feature(rows="each")
def returns_an_array(flights: Annotated[pd.DataFrame, Flight]) -> Annotated["pd.Series[float]", Unit("mile")]:
    return flights["distance"].to_numpy()  # type: ignore[return-value]


@feature
def returns_nothing(x: Km) -> Km:  # type: ignore[return]
    x + x


@feature
def returns_one(x: Km, y: Km) -> tuple[Km, Km]:
    return x  # type: ignore[return-value]


@feature
def lacks_a_column(flights: Annotated[pd.DataFrame, Flight]) -> Annotated[pd.DataFrame, Speed]:
    return flights


@feature
def exits(x: Km) -> Km:
    raise SystemExit(3)


WRONG: tuple[tuple[Any, str, str], ...] = (
    (speed_per_minute, "coherent", "1/60: minute -> hour?"),
    (speeds_per_minute, "coherent", "1/60: minute -> hour?"),
    (mean_speed_per_minute, "coherent", "1/60: minute -> hour?"),
    (mean_delay_in_hours, "coherent", "1/60: minute -> hour?"),
    (mixed_mean, "coherent", "minute"),
    (mixed_sum, "coherent", "coherent value"),
    (density_of_hectopascals, "coherent", "hectopascal"),
    (area_in_feet, "coherent", "foot"),
    (percent_of_clicks, "coherent", "100"),
    (fahrenheit_without_offset, "coherent", "same point"),
    (millis_as_seconds, "coherent", "same point"),
    (detour_in_two_units, "coherent", "mile -> km?"),
    (gap_in_fahrenheit, "coherent", "delta_degF"),
    (elapsed_in_hours, "coherent", "1/60: minute -> hour?"),
    (elapsed_of_two_clocks, "coherent", "millisecond"),
    (density_by_fahrenheit, "coherent", "hectopascal"),
    (late_by_hidden_limit, "scale", "dimension of time"),
    (padded, "scale", "dimension of time"),
    (clipped, "scale", "a limit"),
    (wrong_dimension, "scale", "time**1"),
    (guarded_against_zero, "scale", "dimension of time"),
    (refuses_long_flights, "scale", "no flight is that long"),
    (sine_of_degrees, "period", "repeats after 2 pi"),
    (headwind_in_degrees, "period", "repeats after 2 pi"),
    (haversine_in_degrees, "period", "repeats after 2 pi"),
    (first_carriers_delay, "permute", "order of rows"),
    (mean_of_changes, "permute", "order of rows"),
    (delay_before, "permute", "order of rows"),
    (placed_by_number, "permute", "order of rows"),
    (either, "range", "[0, 1]"),
    (share_in_percent, "range", "[0, 1]"),
    (mean_seats, "range", "whole"),
    (opposite, "range", "[0, 360]"),
    (adds_a_column, "frame", "adds speed"),
    (sorts_its_input, "frame", "changes `x`"),
    (empties_a_list, "frame", "changes `prices`"),
    (noisy, "frame", "random numbers"),
    (noisy_numpy, "frame", "same result"),
    (by_the_clock, "frame", "it depends on the clock"),
    (every_number, "frame", "no schema declares"),
    (all_columns_complete, "frame", "no schema declares"),
    (first_column, "frame", "no schema declares"),
    (unknown_column, "call", "KeyError"),
    (raises_at_large_values, "call", "ValueError"),
    (returns_an_array, "call", "a numpy array"),
    (returns_nothing, "call", "None"),
    (returns_one, "call", "a tuple of 2"),
    (lacks_a_column, "call", "without column 'speed'"),
    (exits, "call", "sys.exit"),
)
