"""Unit variables: rigid in the body that declares them, solved at each call."""

from collections.abc import Callable, Sequence
from typing import Annotated

from units_elsewhere import U as Imported

from typedml import Celsius, Probability, Unit, UnitVar

U = UnitVar("U")
V = UnitVar("V")
Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]


def square(x: Annotated[float, U]) -> Annotated[float, U**2]:
    reveal_type(x)  # R: float['U]
    reveal_type(x * x)  # R: float['U**2]
    return x * x


def doubled(x: Annotated[float, U]) -> Annotated[float, U**2]:
    return x + x  # E: Incompatible return value type (got "float['U]", expected "float['U**2]")  [typedml-unit]


def forced(x: Annotated[float, U]) -> Annotated[float, U]:
    return x + 1.0  # E: Unsupported operand types for + ("float['U]" and "float")  [typedml-unit]


def rate(x: Annotated[float, U], t: Annotated[float, V]) -> Annotated[float, U / V]:
    return x / t


def root(x: Annotated[float, U**2]) -> Annotated[float, U]:
    return x**0.5


def mixed(x: Annotated[float, U], y: Annotated[float, V]) -> Annotated[float, U]:
    return x + y  # E: Unsupported operand types for + ("float['U]" and "float['V]")  [typedml-unit]


def elsewhere(x: Annotated[float, Imported]) -> Annotated[float, Imported**2]:
    return x * x


def total(items: list[Annotated[float, U]]) -> Annotated[float, U]:
    total = 0.0
    for item in items:
        total += item
    return total


def use(a: Km, h: Hour, p: Probability, items: list[Km]) -> None:
    reveal_type(square(a))  # R: float[km**2]
    reveal_type(root(a * a))  # R: float[km]
    reveal_type(rate(a, h))  # R: float[km/hour]
    reveal_type(elsewhere(a))  # R: float[km**2]
    reveal_type(total(items))  # R: float[km]
    wrong: Km = square(a)  # E: Incompatible types in assignment (expression has type "float[km**2]", variable has type "float[km]")  [typedml-unit]
    reveal_type(square(x=a))  # R: float[km**2]
    mixed(a, h)


def add(x: Annotated[float, U], y: Annotated[float, U]) -> Annotated[float, U]:
    return x + y


def mean(items: Sequence[Annotated[float, U]]) -> Annotated[float, U]:
    return sum(items) / len(items)


def applied(f: Callable[[Annotated[float, U]], Annotated[float, V]], x: Annotated[float, U]) -> Annotated[float, V]:
    return f(x)


def twice_over(d: Annotated[float, U], t: Annotated[float, V]) -> Annotated[float, U / V]:
    return add(d, d) / t


class Shape:
    def area(self, side: Annotated[float, U]) -> Annotated[float, U**2]:
        return square(side)


def solved(a: Km, h: Hour, p: Probability, c: Celsius, x: float) -> None:
    reveal_type(root(a))  # R: float[km**(1/2)]
    reveal_type(add(a, 0.0))  # R: float[km]
    reveal_type(mean([a, a]))  # R: float[km]
    reveal_type(applied(square, a))  # R: float[km**2]
    reveal_type(twice_over(a, h))  # R: float[km/hour]
    reveal_type(Shape().area(h))  # R: float[hour**2]
    reveal_type(square(x))  # R: float
    reveal_type(square(2.0))  # R: float
    reveal_type(square(p))  # R: float[1]
    add(a, h)  # E: Argument 2 to "add" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    add(a, 5.0)  # E: Argument 2 to "add" has incompatible type "float"; expected "float[km]"  [typedml-unit]
    square(c)  # E: Argument 1 to "square" has incompatible type "float[Celsius]"; expected "float['U]"  [typedml-unit]
