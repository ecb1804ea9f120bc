"""Street images within a radius of a place."""

import math
from dataclasses import dataclass
from typing import Annotated

from typedml import LATITUDE, LONGITUDE, Latitude, Longitude, Unit

Km = Annotated[float, Unit("km")]

KM = Unit("km")
EARTH_RADIUS: Km = 6371.0


@dataclass
class Image:
    lon: Longitude
    lat: Latitude


def haversine(lat1: Latitude, lon1: Longitude, lat2: Latitude, lon2: Longitude) -> Km:
    dlat, dlon = math.radians(lat2 - lat1), math.radians(lon2 - lon1)
    shrink = math.cos(math.radians(lat1)) * math.cos(math.radians(lat2))
    h = math.sin(dlat / 2) ** 2 + shrink * math.sin(dlon / 2) ** 2
    return 2 * EARTH_RADIUS * math.asin(math.sqrt(h))


def within(place: Image, images: list[Image], radius: Km) -> list[Image]:
    def distance(image: Image) -> Km:
        return haversine(place.lat, place.lon, image.lat, image.lon)

    return [image for image in images if distance(image) <= radius]


def main() -> float:
    oslo = Image(LONGITUDE(10.75), LATITUDE(59.91))
    images = [Image(LONGITUDE(10.90), LATITUDE(59.91)), Image(LONGITUDE(10.75), LATITUDE(60.05))]
    return len(within(oslo, images, KM(10.0)))
