"""What modules written by hand ran into: right code that was refused, and declarations that were dropped."""

from typing import Annotated, Any, Generic, TypeVar

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


Q = TypeVar("Q", bound=float)
Own = UnitVar("Q")
Km = Annotated[float, KM]


class Spread(Generic[Q]):
    """As `NormalDist`: an object is compared with any other."""

    def __init__(self, mean: Annotated[float, Own]) -> None:
        self.mean = float(mean)

    def squared(self) -> Annotated[float, Own**2]:
        return self.mean**2

    def within(self, x: Annotated[float, Own]) -> bool:
        return x < self.mean

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Spread):
            return NotImplemented
        return bool(self.mean == other.mean)


def of_anything(x: Spread[Any], y: Spread[Km], z: Spread[float], t: Annotated[float, HOUR]) -> None:
    reveal_type(x.mean)  # R: Any
    reveal_type(x.squared())  # R: Any
    reveal_type(z.mean)  # R: float
    x.within(t)
    y.within(t)  # E: Argument 1 to "within" of "Spread" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    y.mean == x.mean
    y.mean == z.mean  # E: Unsupported operand types for == ("float[km]" and "float")  [typedml-unit]
