"""A product with other units converts whether an angle is in it or not: torque by angular speed is power."""

from typing import Annotated

from typedml import Unit, convert

Torque = Annotated[float, Unit("newton*m")]
Turning = Annotated[float, Unit("rad/s")]
Kilowatt = Annotated[float, Unit("kW")]


def power(torque: Torque, turning: Turning) -> Kilowatt:
    return convert(torque * turning, "newton*m*rad/s", "kW")


def mistaken(torque: Torque, turning: Turning) -> Kilowatt:
    return convert(torque * turning * turning, "newton*m*rad**2/s**2", "kW")  # E: Cannot convert "m*newton*rad**2/s**2" to "kW"  [typedml-unit]
