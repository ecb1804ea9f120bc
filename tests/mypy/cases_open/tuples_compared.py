"""Tuples of several meanings are compared as wholes: mypy asks about what all items have in common."""

from typing import Annotated

from typedml import Unit

Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]


def ordered(leg: Km, time: Hour) -> bool:
    return (leg, time) < (time, leg)  # E: Unsupported operand types for < ("tuple[float[km], float[hour]]" and "tuple[float[hour], float[km]]")  [typedml-unit]
