"""A whole number beside a union: mypy falls back on an operator of the union, which no hook is asked about."""

from typing import Annotated

from typedml import Count, Unit

Km = Annotated[float, Unit("km")]


def mixed(n: Count, leg: Km, flag: bool, either: Km | int) -> None:
    n + either  # E: Unsupported operand types for + ("int[Count]" and "float[km]")  [typedml-unit]
    n + (leg if flag else 0)  # E: Unsupported operand types for + ("int[Count]" and "float[km]")  [typedml-unit]
