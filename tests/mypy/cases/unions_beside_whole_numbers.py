"""A whole number beside a union: mypy falls back on an operator of the union, which no hook is asked about."""

from typing import Annotated

from typedml import Count, Unit

KM = Unit("km")
Km = Annotated[float, KM]
Hour = Annotated[float, Unit("hour")]


def mixed(n: Count, leg: Km, flag: bool, either: Km | int, h: Hour) -> None:
    n + either  # E: Unsupported operand types for + ("int[Count]" and "float[km]")  [typedml-unit]
    n + (leg if flag else 0)  # E: Unsupported operand types for + ("int[Count]" and "float[km]")  [typedml-unit]
    (leg if flag else 0) + n  # E: Unsupported operand types for + ("float[km]" and "int[Count]")  [typedml-unit]
    n - (leg if flag else 0)  # E: Unsupported operand types for - ("int[Count]" and "float[km]")  [typedml-unit]
    n < (leg if flag else 0)  # E: Unsupported operand types for < ("int[Count]" and "float[km]")  [typedml-unit]
    n == (leg if flag else 0)  # E: Unsupported operand types for == ("int[Count]" and "float[km]")  [typedml-unit]
    2 + (leg if flag else 0)  # E: Unsupported operand types for + ("int" and "float[km]")  [typedml-unit] # N: Hint: KM(2) makes it "int[km]"
    h + (leg if flag else 0)  # E: Unsupported operand types for + ("float[hour]" and "float[km]")  [typedml-unit]
    h < (leg if flag else 0)  # E: Unsupported operand types for < ("float[hour]" and "float[km]")  [typedml-unit]


def right(n: Count, leg: Km, flag: bool) -> None:
    n + (n if flag else 0)
    n * (leg if flag else 0)
    leg + (leg if flag else 0)
    leg < (leg if flag else 0)
    0 + (leg if flag else 0)
