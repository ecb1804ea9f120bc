"""What has whatever unit is wanted of it is zero, infinite or no number."""

from typing import Annotated

from typedml import Unit, UnitVar

U = UnitVar("U")
Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]


def zero() -> Annotated[float, U]:
    return 0.0


def add(x: Annotated[float, U], y: Annotated[float, U]) -> Annotated[float, U]:
    return x + y


def use(k: Km, h: Hour) -> None:
    start: Km = zero()
    reveal_type(zero())  # R: float
    reveal_type(zero() + k)  # R: float[km]
    reveal_type(add(k, zero()))  # R: float[km]
    total = zero()
    total += k
    reveal_type(total)  # R: float[km]
    total += h  # E: Unsupported operand types for + ("float[km]" and "float[hour]")  [typedml-unit]
    if k > zero():
        add(zero(), h)
