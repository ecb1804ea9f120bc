"""Humid air: dew point, vapour pressure, mixing ratio, heat index, wind chill, and the height of clouds."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, NamedTuple

from typedml import (
    CELSIUS,
    FAHRENHEIT,
    PROPORTION,
    Celsius,
    Fahrenheit,
    Kelvin,
    Proportion,
    Unit,
    convert,
    raw,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HPA, MPS = Unit("hPa"), Unit("m/s")
Hectopascals = Annotated[float, HPA]
Degrees = Annotated[float, Unit("delta_degC")]
Density = Annotated[float, Unit("kg/m**3")]
GramsPerKilo = Annotated[float, Unit("g/kg")]
Metres = Annotated[float, Unit("m")]
Kmh = Annotated[float, Unit("km/hour")]
GasConstant = Annotated[float, Unit("J/(kg*K)")]

MAGNUS_A = 17.625
MAGNUS_B: Degrees = 243.04
MAGNUS_C: Hectopascals = 6.1094
FREEZING: Celsius = 0.0
DRY_AIR: GasConstant = 287.058
VAPOUR: GasConstant = 461.495
EPSILON = DRY_AIR / VAPOUR
LAPSE: Annotated[float, Unit("delta_degC/m")] = 0.008


class Reading(NamedTuple):
    """What a weather station says at one time."""

    temperature: Celsius
    humidity: Proportion
    pressure: Hectopascals = 1013.25


@dataclass
class Station:
    """A place where readings are collected."""

    name: str
    readings: list[Reading] = field(default_factory=list)

    def add(self, reading: Reading) -> None:
        self.readings.append(reading)

    @property
    def mean_temperature(self) -> Celsius:
        return statistics.fmean(reading.temperature for reading in self.readings)

    @property
    def span(self) -> Degrees:
        temperatures = [reading.temperature for reading in self.readings]
        return max(temperatures) - min(temperatures)

    def anomalies(self) -> list[Degrees]:
        mean = self.mean_temperature
        return [reading.temperature - mean for reading in self.readings]

    def warmest(self) -> Reading:
        return max(self.readings, key=lambda reading: reading.temperature)


def saturation_pressure(t: Celsius) -> Hectopascals:
    """The pressure of vapour over water, by the formula of Magnus."""
    above = t - FREEZING
    return MAGNUS_C * math.exp(MAGNUS_A * above / (MAGNUS_B + above))


def vapour_pressure(reading: Reading) -> Hectopascals:
    return reading.humidity * saturation_pressure(reading.temperature)


def dew_point(t: Celsius, humidity: Proportion) -> Celsius:
    above = t - FREEZING
    gamma = math.log(humidity) + MAGNUS_A * above / (MAGNUS_B + above)
    return FREEZING + MAGNUS_B * raw(gamma) / (MAGNUS_A - raw(gamma))


def humidity_from_dew_point(t: Celsius, dew: Celsius) -> Proportion:
    return PROPORTION(saturation_pressure(dew) / saturation_pressure(t))


def mixing_ratio(reading: Reading) -> GramsPerKilo:
    e = vapour_pressure(reading)
    return convert(EPSILON * e / (reading.pressure - e), "1", "g/kg")


def density(reading: Reading) -> Density:
    kelvin: Kelvin = convert(reading.temperature, "degC", "kelvin")
    e = convert(vapour_pressure(reading), "hPa", "Pa")
    dry = convert(reading.pressure, "hPa", "Pa") - e
    return convert(dry / (DRY_AIR * kelvin) + e / (VAPOUR * kelvin), "Pa*kg/J", "kg/m**3")


def cloud_base(t: Celsius, dew: Celsius) -> Metres:
    """How high air has to rise until it is saturated."""
    return (t - dew) / LAPSE


def heat_index(t: Celsius, humidity: Proportion) -> Celsius:
    """What a temperature feels like, by the regression of Rothfusz, which is in numbers of degrees."""
    f: Fahrenheit = convert(t, "degC", "degF")
    if f < FAHRENHEIT(80.0):
        return t
    x, r = raw(f), 100 * raw(humidity)
    felt = -42.379 + 2.04901523 * x + 10.14333127 * r - 0.22475541 * x * r - 6.83783e-3 * x**2
    felt += -5.481717e-2 * r**2 + 1.22874e-3 * x**2 * r + 8.5282e-4 * x * r**2 - 1.99e-6 * x**2 * r**2
    return convert(FAHRENHEIT(felt), "degF", "degC")


def wind_chill(t: Celsius, wind: Kmh) -> Celsius:
    if t > CELSIUS(10.0) or wind < Unit("km/hour")(4.8):
        return t
    v = math.pow(raw(wind), 0.16)
    return CELSIUS(13.12 + 0.6215 * raw(t) - 11.37 * v + 0.3965 * raw(t) * v)


def smoothed(temperatures: Sequence[Celsius], alpha: Proportion = 0.3) -> list[Celsius]:
    """Temperatures with an exponential moving average."""
    state = temperatures[0]
    result = []
    for t in temperatures:
        state = state + alpha * (t - state)
        result.append(state)
    return result


def degree_days(means: Iterable[Celsius], base: Celsius = 18.0) -> Annotated[float, Unit("delta_degC*day")]:
    day: Annotated[float, Unit("day")] = 1.0
    return sum(max(base - mean, 0.0) * day for mean in means)


def mixed(a: Celsius, b: Celsius, share: Proportion) -> Celsius:
    return share * a + (1 - share) * b
