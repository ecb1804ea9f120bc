"""Features of one flight or one hour of weather: plain floats in, a plain float out, each with its meaning.

This is what runs when a single flight is served. `typedml check` reads every line of it; the laws run it.
"""

import math
from typing import Annotated

from schemas import Miles, Millibars, Minutes, Mph

from typedml import (
    BEARING,
    DEGREES,
    PROBABILITY,
    Bearing,
    ClockHHMM,
    Fahrenheit,
    Latitude,
    Logit,
    Longitude,
    Probability,
    Radians,
    Threshold,
    Unit,
    conversion,
    convert,
    feature,
    raw,
)

GasConstant = Annotated[float, Unit("joule/kilogram/kelvin")]
Density = Annotated[float, Unit("kilogram/meter**3")]
MINUTES = Unit("minute")
FULL_TURN = DEGREES(360.0)
# From New York to Los Angeles.
JFK_TO_LAX = (40.64, -73.78, 33.94, -118.41)
FahrenheitDegrees = Annotated[float, Unit("delta_degF")]
MadeUpPerHour = Annotated[float, Unit("minute/hour")]


@feature(
    monotone={"distance": "increasing", "air_time": "decreasing"}, examples=[((529.0, 90.0), 352.0 + 2 / 3)]
)
def ground_speed(distance: Miles, air_time: Minutes) -> Mph:
    """Return how fast a flight was over ground."""
    return distance / convert(air_time, "minute", "hour")


@feature(monotone={"dep_delay": "increasing", "arr_delay": "decreasing"}, examples=[((6.0, 15.0), -9.0)])
def made_up_time(dep_delay: Minutes, arr_delay: Minutes) -> Minutes:
    """Return how much of its delay a flight made up on the way."""
    return dep_delay - arr_delay


@feature(examples=[((20.0, 5.0, 90.0), 10.0)])
def made_up_rate(dep_delay: Minutes, arr_delay: Minutes, air_time: Minutes) -> MadeUpPerHour:
    """Return how many minutes of its delay a flight made up in an hour of flight."""
    return (dep_delay - arr_delay) / convert(air_time, "minute", "hour")


@feature(monotone={"arr_delay": "increasing"}, examples=[((15.0, 15.0), True)])
def is_late(arr_delay: Minutes, cut: Threshold[Minutes]) -> bool:
    """Tell whether an arrival counts as late."""
    return arr_delay >= cut


@conversion
def since_midnight(clock: ClockHHMM) -> Minutes:
    """Decode a clock time: 1745 is 17 hours and 45 minutes, 1,065 minutes since midnight."""
    hours, minutes = divmod(raw(clock), 100)
    return MINUTES(60 * hours + minutes)


@feature(monotone={"dep_delay": "increasing"}, examples=[((0.0,), -2.0), ((40.0,), 0.0)])
def late_score(
    dep_delay: Minutes,
    start: Logit = -2.0,
    per_minute: Annotated[float, Unit("1/minute")] = 0.05,
) -> Logit:
    """Return the log odds of a late arrival, by how late the flight leaves."""
    return start + per_minute * dep_delay


@feature(monotone={"score": "increasing"}, examples=[((0.0,), 0.5), ((math.log(3.0),), 0.75)])
def late_chance(score: Logit) -> Probability:
    """Return the probability of a late arrival."""
    return PROBABILITY((1.0 + math.tanh(raw(score) / 2.0)) / 2.0)


@feature(complement=("score", "other"), examples=[((math.log(3.0), 0.0), 0.75)])
def late_instead(score: Logit, other: Logit) -> Probability:
    """Return the probability that the first of two flights is late, where exactly one of them is."""
    return PROBABILITY((1.0 + math.tanh((raw(score) - raw(other)) / 2.0)) / 2.0)


@feature(examples=[(JFK_TO_LAX, 0.62382435)])
def central_angle(lat1: Latitude, lon1: Longitude, lat2: Latitude, lon2: Longitude) -> Radians:
    """Return the angle between two places, seen from the middle of the earth, by the haversine formula."""
    north = convert(lat2 - lat1, "degree", "radian")
    east = convert(lon2 - lon1, "degree", "radian")
    shrink = math.cos(math.radians(lat1)) * math.cos(math.radians(lat2))
    return 2 * math.asin(math.sqrt(math.sin(north / 2) ** 2 + shrink * math.sin(east / 2) ** 2))


@feature(examples=[((1.0,), 3958.8)])
def great_circle(angle: Radians, earth_radius: Miles = 3958.8) -> Miles:
    """Return the shortest way over ground across a central angle."""
    return earth_radius * angle


@feature(examples=[((2454.0, 2451.5), 2.5)])
def detour(distance: Miles, shortest: Miles) -> Miles:
    """Return by how much the stated distance exceeds the shortest way."""
    return distance - shortest


@feature(examples=[(JFK_TO_LAX, 273.841032)])
def course(lat1: Latitude, lon1: Longitude, lat2: Latitude, lon2: Longitude) -> Bearing:
    """Return the direction in which the shortest way starts, clockwise from north."""
    east = convert(lon2 - lon1, "degree", "radian")
    here, there = math.radians(lat1), math.radians(lat2)
    across = math.sin(east) * math.cos(there)
    ahead = math.cos(here) * math.sin(there) - math.sin(here) * math.cos(there) * math.cos(east)
    return BEARING(convert(math.atan2(across, ahead), "radian", "degree") % FULL_TURN)


@feature(examples=[((20.0, 270.0, 270.0), 20.0), ((20.0, 210.0, 270.0), 10.0)])
def headwind(wind_speed: Mph, wind_dir: Bearing, course: Bearing) -> Mph:
    """Return the wind against a flight; the wind's direction is where it comes from."""
    return wind_speed * math.cos(convert(wind_dir - course, "degree", "radian"))


@feature(examples=[((1013.25, 59.0), 1.22501227)])
def air_density(pressure: Millibars, temperature: Fahrenheit, gas_constant: GasConstant = 287.05) -> Density:
    """Return the density of dry air by the ideal gas law."""
    kelvin = convert(temperature, "degF", "kelvin")
    return convert(pressure, "millibar", "pascal") / (gas_constant * kelvin)


@feature(examples=[((50.0, 41.0), 9.0)])
def dew_point_gap(temp: Fahrenheit, dewp: Fahrenheit) -> FahrenheitDegrees:
    """Return how far the air is from fog."""
    return temp - dewp


FEATURES = (
    ground_speed,
    made_up_time,
    made_up_rate,
    is_late,
    late_score,
    late_chance,
    late_instead,
    central_angle,
    great_circle,
    detour,
    course,
    headwind,
    air_density,
    dew_point_gap,
)
