"""The ground distance between fixes of a flight log."""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

from typedml import LATITUDE, LONGITUDE, Latitude, Longitude, Unit

Metres = Annotated[float, Unit("m")]

EARTH_RADIUS: Metres = 6378100.0


@dataclass
class Fix:
    latitude: Latitude
    longitude: Longitude


def ground_distance(a: Fix, b: Fix) -> Metres:
    half_dlat = math.radians(b.latitude - a.latitude) / 2
    half_dlon = math.radians(b.longitude - a.longitude) / 2
    shrink = math.cos(a.latitude) * math.cos(b.latitude)  # the bug
    h = math.sin(half_dlat) ** 2 + shrink * math.sin(half_dlon) ** 2
    return 2 * EARTH_RADIUS * math.asin(math.sqrt(h))


def track_length(track: list[Fix]) -> Metres:
    return sum(ground_distance(a, b) for a, b in pairwise(track))


def main() -> float:
    home = Fix(LATITUDE(-35.363), LONGITUDE(149.165))
    corner = Fix(LATITUDE(-35.363), LONGITUDE(149.175))
    return track_length([home, corner, home])
