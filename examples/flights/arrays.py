"""Features on numpy: arrays of one meaning each in, an array or a number out."""

from typing import Annotated

import numpy as np
from features import MINUTES, late_chance
from numpy.typing import NDArray
from schemas import Miles, Minutes

from typedml import (
    BEARING,
    LATITUDE,
    LOGIT,
    LONGITUDE,
    PROBABILITY,
    Proportion,
    Table,
    Unit,
    feature,
)

Floats = NDArray[np.float64]
Latitudes = Annotated[Floats, LATITUDE]
Longitudes = Annotated[Floats, LONGITUDE]
Bearings = Annotated[Floats, BEARING]
Lengths = Annotated[Floats, Unit("mile")]
Winds = Annotated[Floats, Unit("mile/hour")]
Delays = Annotated[Floats, Unit("minute")]
Scores = Annotated[Floats, LOGIT]
Chances = Annotated[Floats, PROBABILITY]

# From New York to Los Angeles.
WEST = ([40.64], [-73.78], [33.94], [-118.41])


@feature(rows="each", nulls="propagate", examples=[(WEST, [2469.595847])])
def great_circles(
    lat1: Latitudes, lon1: Longitudes, lat2: Latitudes, lon2: Longitudes, earth_radius: Miles = 3958.8
) -> Lengths:
    """Return the shortest ways over ground between pairs of places, by the haversine formula."""
    here, there = np.radians(lat1), np.radians(lat2)
    north, east = there - here, np.radians(lon2 - lon1)
    chord = np.sin(north / 2) ** 2 + np.cos(here) * np.cos(there) * np.sin(east / 2) ** 2
    angle: Floats = 2 * np.arcsin(np.sqrt(chord))
    return earth_radius * angle


@feature(rows="each", nulls="propagate", examples=[(WEST, [273.841032])])
def courses(lat1: Latitudes, lon1: Longitudes, lat2: Latitudes, lon2: Longitudes) -> Bearings:
    """Return the directions in which the shortest ways start, clockwise from north."""
    here, there = np.radians(lat1), np.radians(lat2)
    east = np.radians(lon2 - lon1)
    across = np.sin(east) * np.cos(there)
    ahead = np.cos(here) * np.sin(there) - np.sin(here) * np.cos(there) * np.cos(east)
    clockwise: Floats = np.degrees(np.arctan2(across, ahead)) % 360
    return clockwise


@feature(rows="each", nulls="propagate", examples=[(([20.0], [300.0], [270.0]), [10.0])])
def crosswinds(wind_speed: Winds, wind_dir: Bearings, course: Bearings) -> Winds:
    """Return the wind from the right of each flight; negative where it comes from the left."""
    return wind_speed * np.sin(np.radians(wind_dir - course))


@feature(
    rows="each", nulls="propagate", serving=late_chance, examples=[(([0.0, 1.0986122887],), [0.5, 0.75])]
)
def late_chances(score: Scores) -> Chances:
    """Return the probabilities of a late arrival."""
    return (1 + np.tanh(score / 2)) / 2


@feature(rows="any", scope=Table(), examples=[(([float(delay) for delay in range(11)],), 9.0)])
def delay_quantile(delays: Delays, level: Proportion = 0.9) -> Minutes:
    """Return the delay that a share of the flights did not exceed."""
    return MINUTES(float(np.quantile(delays, level)))


FEATURES = (great_circles, courses, crosswinds, late_chances, delay_quantile)
