"""The sun and the air over many days at once: arrays of numpy in and out.

The formulas of the sun are those of FAO Irrigation and Drainage Paper 56, equations 21 to 25 and 34.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np
from energy_schemas import DAY_OF_YEAR, Hours
from numpy.typing import NDArray

from typedml import CELSIUS, DURATION, LATITUDE, RADIANS, SCALE_FACTOR, ScaleFactor, Unit, convert, feature

Floats = NDArray[np.float64]
Days = Annotated[NDArray[np.int64], DAY_OF_YEAR]
Latitudes = Annotated[Floats, LATITUDE]
Temperatures = Annotated[Floats, CELSIUS]
Angles = Annotated[Floats, RADIANS]
Swings = Annotated[Floats, Unit("delta_degC")]
Daylight = Annotated[Floats, DURATION, Unit("hour")]
Winds = Annotated[Floats, Unit("meter/second")]
Radiation = Annotated[Floats, Unit("megajoule/meter**2/day")]
Evaporation = Annotated[Floats, Unit("millimeter/day")]


@feature(rows="each", pinned=["s"])
def declination(day: Days) -> Angles:
    """Return how far north of the equator the sun stands."""
    return 0.409 * np.sin(2 * np.pi * day / 365 - 1.39)


@feature(rows="each")
def sunset_angle(latitude: Latitudes, declination: Angles) -> Angles:
    """Return how far the earth turns between noon and sunset: not at all in polar nights."""
    cosine: Floats = -np.tan(np.radians(latitude)) * np.tan(declination)
    angle: Floats = np.arccos(np.clip(cosine, -1.0, 1.0))
    return angle


@feature(rows="each", monotone={"sunset": "increasing"}, coefficient=1 / np.pi)
def daylight(sunset: Angles, whole: Hours = 24.0) -> Daylight:
    """Return how long the sun is up."""
    return whole / np.pi * sunset


@feature(rows="each", pinned=["kg", "s"])
def clear_sky_radiation(day: Days, latitude: Latitudes) -> Radiation:
    """Return the energy of the sun above the air."""
    north, sun = np.radians(latitude), declination(day)
    sunset = sunset_angle(latitude, sun)
    nearness = 1 + 0.033 * np.cos(2 * np.pi * day / 365)
    height = sunset * np.sin(north) * np.sin(sun) + np.cos(north) * np.cos(sun) * np.sin(sunset)
    radiation: Floats = 24 * 60 / np.pi * 0.0820 * nearness * height
    return radiation


@feature(rows="each")
def daily_swings(temp_min: Temperatures, temp_max: Temperatures) -> Swings:
    """Return the difference between the warmest and the coldest of each day."""
    return temp_max - temp_min


@feature(rows="each", pinned=["K", "kg", "m", "s"])
def evaporation(temp_min: Temperatures, temp_max: Temperatures, radiation: Radiation) -> Evaporation:
    """Return what a meadow evaporates, by Hargreaves; nothing without a swing."""
    mean = (temp_min + temp_max) / 2
    swing = np.maximum(temp_max - temp_min, 0.0)
    return 0.0023 * 0.408 * radiation * (mean + 17.8) * np.sqrt(swing)


@feature(rows="any")
def gustiness(wind: Winds) -> ScaleFactor:
    """Return how much more power varying wind carries than steady wind of the same mean."""
    return SCALE_FACTOR(float(np.mean(wind**3) / np.mean(wind) ** 3))


@feature(rows="each")
def fahrenheit(temp: Temperatures) -> Annotated[Floats, Unit("degF")]:
    """Return temperatures as a thermostat shows them."""
    return convert(temp, "degC", "degF")


FEATURES = (
    declination,
    sunset_angle,
    daylight,
    clear_sky_radiation,
    daily_swings,
    evaporation,
    gustiness,
    fahrenheit,
)
