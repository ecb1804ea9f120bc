"""What modules written by hand ran into: right code that was refused, and declarations that were dropped."""

from typing import Annotated

from typedml import Unit, UnitVar

KM, HOUR = Unit("km"), Unit("hour")
(U, [V, W]) = UnitVar("U"), (UnitVar("V"), KM / HOUR)
LISTED = [Unit("km"), Unit("hour")]
FIRST, SECOND = LISTED
Speed = Annotated[float, W]


def several(
    x: Annotated[float, KM], t: Annotated[float, HOUR], a: Annotated[float, U], b: Annotated[float, V]
) -> Speed:
    reveal_type(a / b)  # R: float['U/'V]
    if x > t:  # E: Unsupported operand types for > ("float[km]" and "float[hour]")  [typedml-unit]
        return t  # E: Incompatible return value type (got "float[hour]", expected "float[km/hour]")  [typedml-unit]
    return x / t


def unpacked(x: Annotated[float, FIRST], y: Annotated[float, SECOND]) -> None: ...  # E: "FIRST" is known only at run time, and mypy must read it  [typedml-unread] # E: "SECOND" is known only at run time, and mypy must read it  [typedml-unread]
