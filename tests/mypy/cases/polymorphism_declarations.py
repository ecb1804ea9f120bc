"""Where a unit variable may stand: methods, overloads, containers, defaults, stars, generators, recursion."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, NamedTuple, overload

from typedml import Probability, Unit, UnitVar

U = UnitVar("U")
V = UnitVar("V")
W = UnitVar("W")
Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]
Quantity = Annotated[float, U]


def square(x: Quantity) -> Annotated[float, U**2]:
    return x * x


def root(x: Annotated[float, U**2]) -> Annotated[float, U]:
    return x**0.5


class Shape:
    def area(self, x: Annotated[float, U], y: Annotated[float, V]) -> Annotated[float, U * V]:
        return x * y

    @staticmethod
    def side(area: Annotated[float, U**2]) -> Annotated[float, U]:
        return area**0.5

    @classmethod
    def cube(cls, x: Annotated[float, U]) -> Annotated[float, U**3]:
        return x**3

    @property
    def squarer(self) -> Callable[[Annotated[float, U]], Annotated[float, U**2]]:
        return square

    def __call__(self, x: Annotated[float, U]) -> Annotated[float, 1 / U]:
        return 1 / x


class Round(Shape):
    def area(self, x: Annotated[float, V], y: Annotated[float, W]) -> Annotated[float, V * W]:
        return 3.14 * x * y


class Square(Shape):
    def area(self, x: Annotated[float, V], y: Annotated[float, V]) -> Annotated[float, V**2]:  # E: Return type "float['V**2]" of "area" incompatible with return type "float['U*'V]" in supertype "Shape"  [override]  # E: Argument 1 of "area" is incompatible with supertype "Shape"; supertype defines the argument type as "float['U]"  [override]
        return x * y


def methods(s: Shape, k: Km, h: Hour) -> None:
    reveal_type(s.area(k, h))  # R: float[hour*km]
    reveal_type(Shape.side(k * k))  # R: float[km]
    reveal_type(Shape.cube(k))  # R: float[km**3]
    reveal_type(s.squarer(k))  # R: float[km**2]
    reveal_type(s(h))  # R: float[1/hour]
    bound = s.area
    reveal_type(bound(k, h))  # R: float[hour*km]
    unbound = Shape.area
    reveal_type(unbound(s, k, h))  # R: float[hour*km]


@overload
def pick(x: Annotated[float, U], y: None = None) -> Annotated[float, U**2]: ...
@overload
def pick(x: Annotated[float, U], y: Annotated[float, V]) -> Annotated[float, U * V]: ...
def pick(x: Annotated[float, U], y: Annotated[float, V] | None = None) -> float:
    return x * x if y is None else x * y


def several(*xs: Annotated[float, U]) -> Annotated[float, U]:
    return sum(xs)


def named(**xs: Annotated[float, U]) -> Annotated[float, U]:
    return sum(xs.values())


def defaulted(x: Annotated[float, U], y: Annotated[float, U] = 0.0) -> Annotated[float, U]:
    return x + y


def optional(x: Annotated[float, U] | None) -> Annotated[float, U] | None:
    return x


def mapped(x: Mapping[str, Annotated[float, U]]) -> dict[str, Annotated[float, U**2]]:
    return {key: square(value) for key, value in x.items()}


def swapped(x: tuple[Annotated[float, U], Annotated[float, V]]) -> tuple[Annotated[float, V], Annotated[float, U]]:
    return x[1], x[0]


def nested(xs: Sequence[Sequence[Annotated[float, U]]]) -> list[Annotated[float, U]]:
    return [x for row in xs for x in row]


async def later(x: Annotated[float, U]) -> Annotated[float, U**2]:
    return x * x


def steps(x: Annotated[float, U]) -> Iterator[Annotated[float, U]]:
    yield x
    yield x * x  # E: Incompatible types in "yield" (actual type "float['U**2]", expected type "float['U]")  [typedml-unit]


async def streamed(x: Annotated[float, U]) -> AsyncIterator[Annotated[float, U]]:
    yield x


async def positions(k: Km, h: Hour, legs: list[Km], p: Probability) -> None:
    reveal_type(pick(k))  # R: float[km**2]
    reveal_type(pick(k, h))  # R: float[hour*km]
    reveal_type(several(k, k, 0.0))  # R: float[km]
    reveal_type(several(*legs))  # R: float[km]
    several(k, h)  # E: Argument 2 to "several" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    reveal_type(named(a=k, b=k))  # R: float[km]
    named(a=k, b=h)  # E: Argument "b" to "named" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    reveal_type(defaulted(k))  # R: float[km]
    reveal_type(defaulted(y=k, x=k))  # R: float[km]
    defaulted(y=h, x=k)  # E: Argument "y" to "defaulted" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    reveal_type(optional(k))  # R: float[km] | None
    reveal_type(mapped({"a": k}))  # R: dict[str, float[km**2]]
    reveal_type(swapped((k, h)))  # R: tuple[float[hour], float[km]]
    reveal_type(nested([[k], [k]]))  # R: list[float[km]]
    reveal_type(await later(k))  # R: float[km**2]
    reveal_type(list(steps(k)))  # R: list[float[km]]
    reveal_type([x async for x in streamed(k)])  # R: list[float[km]]
    reveal_type((lambda x: square(x))(k))  # R: float[km**2]
    reveal_type(square(p))  # R: float[1]


def power(x: Annotated[float, U], n: int) -> Annotated[float, U]:
    reveal_type(power(x * x, n - 1))  # R: float['U**2]
    return x if n == 0 else root(power(x * x, n - 1))


def even(x: Annotated[float, U], n: int) -> Annotated[float, U]:
    return x if n == 0 else root(odd(x * x, n - 1))


def odd(x: Annotated[float, U], n: int) -> Annotated[float, U]:
    return x if n == 0 else root(even(x * x, n - 1))


def not_general(x: Annotated[float, U]) -> Annotated[float, V]:
    return x  # E: Incompatible return value type (got "float['U]", expected "float['V]")  [typedml-unit]


def forced_to_one(x: Annotated[float, U]) -> Annotated[float, U]:
    return x * x  # E: Incompatible return value type (got "float['U**2]", expected "float['U]")  [typedml-unit]


def forced_to_another(x: Annotated[float, U], k: Km) -> Annotated[float, U]:
    return k  # E: Incompatible return value type (got "float[km]", expected "float['U]")  [typedml-unit]


def forced_alike(x: Annotated[float, U], y: Annotated[float, V]) -> bool:
    return x < y  # E: Unsupported operand types for < ("float['U]" and "float['V]")  [typedml-unit]


def zero() -> Annotated[float, U]:
    return 0.0


def one() -> Annotated[float, U]:
    return 1.0  # E: Incompatible return value type (got "float", expected "float['U]")  [typedml-unit]


def only_in_the_result(k: Km) -> None:
    start: Km = zero()
    defaulted(k, zero())


@dataclass
class Pair:
    first: Km
    second: Hour

    @classmethod
    def of(cls, area: Annotated[float, U], side: Annotated[float, U]) -> "Pair":
        return cls(area / side, 0.0)  # E: Argument 1 to "Pair" has incompatible type "float[1]"; expected "float[km]"  [typedml-unit]


class Point(NamedTuple):
    x: Km
