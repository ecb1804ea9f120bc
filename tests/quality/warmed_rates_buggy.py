"""Rates of ion channels, which rise with the temperature by a factor per ten degrees."""

import math
from typing import Annotated

from typedml import CELSIUS, Celsius, Kelvin, Unit, convert

Warming = Annotated[float, Unit("delta_degC")]
PerSecond = Annotated[float, Unit("1/second")]

WARMING, PER_SECOND = Unit("delta_degC"), Unit("1/second")

TEN_DEGREES: Annotated[float, Unit("kelvin")] = 10.0
REFERENCE: Celsius = 20.0


def warmed(start: Celsius, warming: Warming) -> Kelvin:
    return convert(start, "degC", "kelvin") + convert(warming, "degC", "kelvin")  # the bug


def rate_at(temperature: Kelvin, rate: PerSecond, q10: float) -> PerSecond:
    excess = temperature - convert(REFERENCE, "degC", "kelvin")
    return rate * math.pow(q10, excess / TEN_DEGREES)


def main() -> float:
    return rate_at(warmed(CELSIUS(25.0), WARMING(5.0)), PER_SECOND(80.0), q10=3.0)
