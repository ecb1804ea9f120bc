"""A module in which patterns are all that a meaning meets."""

from typing import Annotated

from typedml import Unit

Km = Annotated[float, Unit("km")]


class Leg:
    length: Km


def literal(k: Km, leg: Leg) -> int:
    match k:
        case 5.0:  # E: Unsupported operand types for == ("float[km]" and "float")  [typedml-unit]
            return 1
    match leg.length:
        case 5.0:  # E: Unsupported operand types for == ("float[km]" and "float")  [typedml-unit]
            return 1
    match leg:
        case Leg(length=5.0):  # E: Unsupported operand types for == ("float[km]" and "float")  [typedml-unit]
            return 1
    match made():
        case 5.0:  # E: Unsupported operand types for == ("float[km]" and "float")  [typedml-unit]
            return 1
    return 0


def made() -> Km:
    return 0.0
