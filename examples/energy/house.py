"""A house and its heating: plain floats in, a plain float out."""

from __future__ import annotations

import math
from typing import Annotated

from energy_schemas import (
    AirTemperature,
    CelsiusDegrees,
    Height,
    Hours,
    KilowattHours,
    MetresPerSecond,
    RoomTemperature,
    Watts,
)

from typedml import Celsius, Odds, Probability, Unit, convert, feature, raw

WattsPerKelvin = Annotated[float, Unit("watt/kelvin")]
WattsPerSquareMetre = Annotated[float, Unit("watt/meter**2")]
KilogramsPerCubicMetre = Annotated[float, Unit("kilogram/meter**3")]
DollarsPerKilowattHour = Annotated[float, Unit("USD/hour/kilowatt")]
Dollars = Annotated[float, Unit("USD")]
Kilopascals = Annotated[float, Unit("kilopascal")]
KPA = Unit("kilopascal")


@feature(monotone={"temp_min": "increasing", "temp_max": "increasing"})
def mean_temperature(temp_min: Celsius, temp_max: Celsius) -> Celsius:
    """Return the mean of a day, as the weather service takes it: halfway from the least to the greatest."""
    return temp_min + (temp_max - temp_min) / 2


@feature(monotone={"outside": "decreasing", "base": "increasing"})
def heating_degrees(outside: Celsius, base: Celsius = 18.0) -> CelsiusDegrees:
    """Return by how much a day was too cold to do without heating."""
    return max(base - outside, 0.0)


@feature(monotone={"temp_min": "decreasing", "temp_max": "decreasing"}, examples=[((4.0, 10.0), 11.0)])
def degree_day(temp_min: Celsius, temp_max: Celsius, base: Celsius = 18.0) -> CelsiusDegrees:
    """Return by how much one day was too cold, as `days.degree_days` does for many."""
    return heating_degrees(mean_temperature(temp_min, temp_max), base)


@feature(monotone={"inside": "increasing", "outside": "decreasing"})
def heat_loss(conductance: WattsPerKelvin, inside: Celsius, outside: Celsius) -> Watts:
    """Return the power that keeps a house warm."""
    return conductance * convert(inside - outside, "delta_degC", "kelvin")


@feature
def heating_energy(power: Watts, duration: Hours) -> KilowattHours:
    """Return what a meter shows after some time at some power."""
    return convert(power * duration, "hour*watt", "hour*kilowatt")


@feature
def bill(energy: KilowattHours, price: DollarsPerKilowattHour) -> Dollars:
    """Return what the energy costs."""
    return energy * price


@feature
def least_work(heat: KilowattHours, inside: RoomTemperature, outside: Celsius) -> KilowattHours:
    """Return the least work with which a pump moves heat from outside into a room, by Carnot."""
    kelvin = convert(inside, "degC", "kelvin")
    return heat * convert(inside - outside, "delta_degC", "kelvin") / kelvin


@feature(monotone={"wind": "increasing", "density": "increasing"}, coefficient=0.5)
def wind_power(wind: MetresPerSecond, density: KilogramsPerCubicMetre = 1.225) -> WattsPerSquareMetre:
    """Return the power that the wind carries through an upright square metre."""
    return 0.5 * density * wind**3


@feature(monotone={"hub": "increasing"})
def hub_wind(wind: MetresPerSecond, hub: Height, mast: Height = 10.0) -> MetresPerSecond:
    """Return the wind at the hub of a turbine from that at a mast, by the power law with the exponent 1/7."""
    return wind * (hub / mast) ** (1 / 7)


@feature(pinned=["K", "kg", "m", "s"], monotone={"temp": "increasing"}, examples=[((20.0,), 2.3382812)])
def saturation_pressure(temp: AirTemperature) -> Kilopascals:
    """Return the pressure of water vapour that air can hold, by Tetens."""
    degrees = raw(temp)
    return KPA(0.6108 * math.exp(17.27 * degrees / (degrees + 237.3)))


@feature(pinned=["K", "kg", "m", "s"], monotone={"temp_max": "increasing"})
def vapour_deficit(temp_min: AirTemperature, temp_max: AirTemperature) -> Kilopascals:
    """Return how much more vapour the air could hold; its dew point is the least temperature (FAO 56)."""
    held = saturation_pressure(temp_min)
    return (saturation_pressure(temp_max) + held) / 2 - held


@feature(monotone={"today": "decreasing", "tomorrow": "decreasing"})
def dry_on_both(today: Probability, tomorrow: Probability) -> Probability:
    """Return the chance of two days without rain, each with its own chance of rain."""
    return (1 - today) * (1 - tomorrow)


@feature(monotone={"chance": "increasing"})
def odds_of_rain(chance: Probability) -> Odds:
    """Return the odds of rain."""
    return math.inf if chance == 1 else chance / (1 - chance)


FEATURES = (
    mean_temperature,
    heating_degrees,
    degree_day,
    heat_loss,
    heating_energy,
    bill,
    least_work,
    wind_power,
    hub_wind,
    saturation_pressure,
    vapour_deficit,
    dry_on_both,
    odds_of_rain,
)
