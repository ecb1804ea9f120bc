"""Distances, bearings and areas on a round earth."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

from typedml import BEARING, LATITUDE, LONGITUDE, Bearing, Kind, Latitude, Longitude, Unit, convert, raw

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

M = Unit("m")
Metres = Annotated[float, M]
Kilometres = Annotated[float, Unit("km")]
SquareKilometres = Annotated[float, Unit("km**2")]
Radians = Annotated[float, Unit("rad")]
Degrees = Annotated[float, Unit("deg")]
Knots = Annotated[float, Unit("knot")]
Hours = Annotated[float, Unit("hour")]
ALTITUDE = Kind("Altitude", sort="torsor", unit="m", range=(-500, 9000))
Altitude = Annotated[float, ALTITUDE]

EARTH_RADIUS: Metres = 6_371_008.8
EQUATOR: Metres = 6_378_137.0
FLATTENING = 1 / 298.257223563


@dataclass(frozen=True)
class Place:
    """A point on the globe, with its height above the sea."""

    latitude: Latitude
    longitude: Longitude
    altitude: Altitude = 0.0

    def radians(self) -> tuple[Radians, Radians]:
        return math.radians(self.latitude), math.radians(self.longitude)


def haversine(a: Place, b: Place, radius: Metres = EARTH_RADIUS) -> Metres:
    phi1, phi2 = math.radians(a.latitude), math.radians(b.latitude)
    dphi = math.radians(b.latitude - a.latitude)
    dlambda = math.radians(b.longitude - a.longitude)
    h = math.sin(dphi / 2) ** 2 + math.cos(phi1) * math.cos(phi2) * math.sin(dlambda / 2) ** 2
    return 2 * radius * math.asin(math.sqrt(h))


def cosine_distance(a: Place, b: Place) -> Metres:
    phi1, phi2 = math.radians(a.latitude), math.radians(b.latitude)
    dlambda = math.radians(b.longitude - a.longitude)
    c = math.sin(phi1) * math.sin(phi2) + math.cos(phi1) * math.cos(phi2) * math.cos(dlambda)
    return EARTH_RADIUS * math.acos(min(1.0, c))


def equirectangular(a: Place, b: Place) -> Metres:
    x = math.radians(b.longitude - a.longitude) * math.cos(math.radians((a.latitude + b.latitude) / 2))
    y = math.radians(b.latitude - a.latitude)
    return EARTH_RADIUS * math.hypot(x, y)


def slant(a: Place, b: Place) -> Metres:
    """The straight way between two near places of different heights."""
    return math.hypot(haversine(a, b), b.altitude - a.altitude)


def gradient(a: Place, b: Place) -> Annotated[float, Unit("percent")]:
    return convert((b.altitude - a.altitude) / haversine(a, b), "1", "percent")


def initial_bearing(a: Place, b: Place) -> Bearing:
    phi1, lambda1 = a.radians()
    phi2, lambda2 = b.radians()
    y = math.sin(lambda2 - lambda1) * math.cos(phi2)
    x = math.cos(phi1) * math.sin(phi2) - math.sin(phi1) * math.cos(phi2) * math.cos(lambda2 - lambda1)
    return BEARING(math.degrees(math.atan2(y, x)) % 360.0)


def destination(start: Place, bearing: Bearing, distance: Metres) -> Place:
    delta = distance / EARTH_RADIUS
    theta = math.radians(bearing)
    phi1, lambda1 = start.radians()
    phi2 = math.asin(math.sin(phi1) * math.cos(delta) + math.cos(phi1) * math.sin(delta) * math.cos(theta))
    lambda2 = lambda1 + math.atan2(
        math.sin(theta) * math.sin(delta) * math.cos(phi1),
        math.cos(delta) - math.sin(phi1) * math.sin(phi2),
    )
    longitude = (math.degrees(lambda2) + 540) % 360 - 180
    return Place(LATITUDE(math.degrees(phi2)), LONGITUDE(longitude))


def radius_at(latitude: Latitude) -> Metres:
    """The distance from the centre of the flattened earth to the sea."""
    a, b = EQUATOR, EQUATOR * (1 - FLATTENING)
    phi = math.radians(latitude)
    cos, sin = math.cos(phi), math.sin(phi)
    top = (a**2 * cos) ** 2 + (b**2 * sin) ** 2
    bottom = (a * cos) ** 2 + (b * sin) ** 2
    return math.sqrt(top / bottom)


def length(track: Sequence[Place]) -> Kilometres:
    return convert(sum(haversine(a, b) for a, b in pairwise(track)), "m", "km")


def climbed(track: Sequence[Place]) -> Metres:
    total = 0.0
    for a, b in pairwise(track):
        rise = b.altitude - a.altitude
        if rise > 0:
            total += rise
    return total


def sailing_time(track: Sequence[Place], speed: Knots) -> Hours:
    return length(track) / convert(speed, "knot", "km/hour")


def bounds(places: Iterable[Place]) -> tuple[Latitude, Latitude]:
    latitudes = sorted(place.latitude for place in places)
    return latitudes[0], latitudes[-1]


def zone_area(south: Latitude, north: Latitude) -> SquareKilometres:
    """The area between two parallels, all around."""
    radius = convert(EARTH_RADIUS, "m", "km")
    return math.tau * radius**2 * (math.sin(math.radians(north)) - math.sin(math.radians(south)))


def nearest(here: Place, places: Sequence[Place]) -> Place:
    return min(places, key=lambda place: haversine(here, place))


def parsed(text: str) -> Place:
    """Read "59.9, 10.7" as signs on the road have it."""
    latitude, longitude = (float(part) for part in text.split(","))
    return Place(LATITUDE(latitude), LONGITUDE(longitude))


def shown(place: Place) -> str:
    north = "N" if place.latitude >= LATITUDE(0) else "S"
    return f"{abs(raw(place.latitude)):.4f} {north}"
