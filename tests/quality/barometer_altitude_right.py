"""The altitude from a barometer whose driver reads hectopascal."""

from dataclasses import dataclass
from typing import Annotated

from typedml import Unit, convert

Hectopascal = Annotated[float, Unit("hPa")]
Pascal = Annotated[float, Unit("Pa")]
Metres = Annotated[float, Unit("m")]

HPA = Unit("hPa")
SEA_LEVEL: Pascal = 101325.0
SCALE: Metres = 44330.0


class Driver:
    def __init__(self, register: int) -> None:
        self.register = register

    def pressure(self) -> Hectopascal:
        return HPA(self.register / 256)


@dataclass
class Measurement:
    pressure: Pascal

    def altitude(self) -> Metres:
        return SCALE * (1 - (self.pressure / SEA_LEVEL) ** 0.1903)


def measure(driver: Driver) -> Measurement:
    return Measurement(pressure=convert(driver.pressure(), "hPa", "Pa"))


def main() -> float:
    return measure(Driver(230_400)).altitude()
