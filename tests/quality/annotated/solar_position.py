"""Where the sun stands, when it rises, and how much of it reaches a roof."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Final

from typedml import BEARING, PROPORTION, Bearing, Latitude, Longitude, Proportion, Unit, convert

Days = Annotated[float, Unit("day")]
Hours = Annotated[float, Unit("hour")]
Minutes = Annotated[float, Unit("minute")]
Radians = Annotated[float, Unit("rad")]
Degrees = Annotated[float, Unit("deg")]
Irradiance = Annotated[float, Unit("W/m**2")]
Area = Annotated[float, Unit("m**2")]
KilowattHours = Annotated[float, Unit("kWh")]
DAY, HOUR, MINUTE, RAD = Unit("day"), Unit("hour"), Unit("minute"), Unit("rad")

SOLAR_CONSTANT: Final[Irradiance] = 1361.0
OBLIQUITY: Final[Degrees] = 23.4393
YEAR: Final[Days] = 365.2422
EARTH_TURN: Final[Annotated[float, Unit("deg/hour")]] = 15.0


@dataclass(frozen=True)
class Site:
    """A place with a roof."""

    latitude: Latitude
    longitude: Longitude
    panel: Area
    efficiency: Proportion


@dataclass(frozen=True)
class Sun:
    """Where the sun stands: its height above the horizon and its direction."""

    elevation: Degrees
    azimuth: Bearing

    @property
    def is_up(self) -> bool:
        return self.elevation > 0


def day_angle(day: date) -> Radians:
    """The angle of the year at noon of a day."""
    first = date(day.year, 1, 1)
    elapsed = DAY(float((day - first).days))
    return RAD(math.tau) * (elapsed / YEAR)


def declination(day: date) -> Radians:
    """How far north of the equator the sun stands, after Spencer (1971)."""
    g = day_angle(day)
    return RAD(
        0.006918
        - 0.399912 * math.cos(g)
        + 0.070257 * math.sin(g)
        - 0.006758 * math.cos(2 * g)
        + 0.000907 * math.sin(2 * g)
    )


def equation_of_time(day: date) -> Minutes:
    g = day_angle(day)
    angle = RAD(0.000075 + 0.001868 * math.cos(g) - 0.032077 * math.sin(g) - 0.014615 * math.cos(2 * g))
    return convert(convert(angle, "rad", "deg") / EARTH_TURN, "hour", "minute")


def solar_time(instant: datetime, longitude: Longitude) -> Hours:
    """The time that a sundial shows, since midnight."""
    midnight = instant.replace(hour=0, minute=0, second=0, microsecond=0)
    clock = convert((instant - midnight).total_seconds(), "second", "hour")
    meridian: Longitude = 0.0
    shift = (longitude - meridian) / EARTH_TURN
    return clock + shift + convert(equation_of_time(instant.date()), "minute", "hour")


def hour_angle(instant: datetime, longitude: Longitude) -> Radians:
    return convert(EARTH_TURN * (solar_time(instant, longitude) - HOUR(12.0)), "deg", "rad")


def position(site: Site, instant: datetime) -> Sun:
    phi = math.radians(site.latitude)
    delta = declination(instant.date())
    h = hour_angle(instant, site.longitude)
    sine = math.sin(phi) * math.sin(delta) + math.cos(phi) * math.cos(delta) * math.cos(h)
    elevation = math.asin(sine)
    azimuth = math.atan2(
        -math.sin(h) * math.cos(delta),
        math.cos(phi) * math.sin(delta) - math.sin(phi) * math.cos(delta) * math.cos(h),
    )
    return Sun(math.degrees(elevation), BEARING(math.degrees(azimuth) % 360))


def day_length(latitude: Latitude, day: date) -> Hours:
    x = -math.tan(math.radians(latitude)) * math.tan(declination(day))
    half = math.acos(max(-1.0, min(1.0, x)))
    return 2 * math.degrees(half) / EARTH_TURN


def sunrise(site: Site, day: date) -> datetime:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    half = day_length(site.latitude, day) / 2
    offset = solar_time(noon, site.longitude) - HOUR(12.0)
    return noon - timedelta(hours=half) - timedelta(hours=offset)


def distance_factor(day: date) -> float:
    """How much stronger than on average the sun is, since the earth is nearer."""
    return 1 + 0.034 * math.cos(day_angle(day))


def air_mass(elevation: Degrees) -> float:
    zenith = math.pi / 2 - math.radians(elevation)
    return 1 / math.cos(zenith)


def irradiance(sun: Sun, day: date, transmittance: Proportion = 0.7) -> Irradiance:
    if not sun.is_up:
        return 0.0
    direct = SOLAR_CONSTANT * distance_factor(day) * transmittance ** air_mass(sun.elevation)
    return direct * math.sin(math.radians(sun.elevation))


def yield_of(site: Site, day: date, step: timedelta = timedelta(minutes=30)) -> KilowattHours:
    """The energy that a flat panel gives in a day."""
    instant = datetime(day.year, day.month, day.day, tzinfo=UTC)
    end = instant + timedelta(days=1)
    hours = convert(step.total_seconds(), "second", "hour")
    total = 0.0
    while instant < end:
        power = irradiance(position(site, instant), day) * site.panel * site.efficiency
        total += convert(power, "W", "kW") * hours
        instant += step
    return total


def cloudless_share(measured: KilowattHours, site: Site, day: date) -> Proportion:
    return PROPORTION(min(1.0, measured / yield_of(site, day)))
