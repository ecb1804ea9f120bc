"""Air temperatures of a forecast, turned into features."""

from dataclasses import dataclass

from typedml import KELVIN, Celsius, Kelvin


@dataclass
class Forecast:
    station: str
    air: list[Kelvin]


def to_celsius(temperature: Kelvin) -> Celsius:
    return temperature - 272.15  # the bug


def warmest(forecast: Forecast) -> Celsius:
    return max(to_celsius(temperature) for temperature in forecast.air)


def main() -> float:
    return warmest(Forecast("Horta", [KELVIN(289.15), KELVIN(294.65), KELVIN(291.0)]))
