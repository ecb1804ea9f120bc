"""Open: functions with unit variables that outlive the call which decided them, and methods that are stored."""

# An attribute has one type for all objects of a class, and a stored method forgets the object's type.

from collections.abc import Callable
from typing import Annotated, Generic, TypeVar

from typedml import Unit, UnitVar

Q = TypeVar("Q", bound=float)
U = UnitVar("U")
V = UnitVar("V")
X = UnitVar("Q")
Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]


class Kept:
    def __init__(self, f: Callable[[Annotated[float, U]], Annotated[float, V]]) -> None:
        self.f = f


class Vec(Generic[Q]):
    def __init__(self, x: Annotated[float, X]) -> None:
        self.x = x

    def norm(self) -> Annotated[float, X]:
        return self.x


def run(t: Hour) -> Km:
    return t * SPEED


SPEED: Annotated[float, Unit("km/hour")] = 4.0


def use(k: Km, v: Vec[Km]) -> None:
    Kept(run).f(k)  # E: Argument 1 to "f" of "Kept" has incompatible type "float[km]"; expected "float[hour]"  [typedml-unit]
    norm = v.norm
    reveal_type(norm())  # R: float[km]
