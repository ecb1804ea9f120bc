"""Functions that are given to others: map, filter, reduce, one's own, and those with unit variables too."""

from collections.abc import Callable, Iterable
from functools import reduce
from typing import Annotated, Protocol, TypeVar

from typedml import Celsius, Unit, UnitVar

U = UnitVar("U")
V = UnitVar("V")
W = UnitVar("W")
A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]


def square(x: Annotated[float, U]) -> Annotated[float, U**2]:
    return x * x


def root(x: Annotated[float, U**2]) -> Annotated[float, U]:
    return x**0.5


def add(x: Annotated[float, U], y: Annotated[float, U]) -> Annotated[float, U]:
    return x + y


def is_long(x: Annotated[float, U]) -> bool:
    return x > 0.0


def to_builtins(k: Km, h: Hour, c: Celsius, legs: list[Km]) -> None:
    reveal_type(list(map(square, legs)))  # R: list[float[km**2]]
    reveal_type(list(map(add, legs, legs)))  # R: list[float[km]]
    reveal_type([x for x in map(square, legs)])  # R: list[float[km**2]]
    reveal_type(reduce(add, legs))  # R: float[km]
    reveal_type(reduce(add, legs, 0.0))  # R: float[km]
    reveal_type(sorted(legs, key=square))  # R: list[float[km]]
    reveal_type(max(legs, key=square))  # R: float[km]
    reveal_type(list(filter(is_long, legs)))  # R: list[float[km]]
    wrong: list[Km] = list(map(square, legs))  # E: Argument 1 to "list" has incompatible type "map[float[km**2]]"; expected "Iterable[float[km]]"  [typedml-unit]
    list(map(square, [c]))  # E: Argument 1 to "map" has incompatible type "Callable[[float['U]], float['U**2]]"; expected "Callable[[float[Celsius]], float]"  [typedml-unit]
    list(map(add, [k], [h]))  # E: Argument 1 to "map" has incompatible type "Callable[[float['U], float['U]], float['U]]"; expected "Callable[[float[km], float[hour]], float[km]]"  [typedml-unit]


def called(f: Callable[[A], B], x: A) -> B:
    return f(x)


def both(f: Callable[[A], B], g: Callable[[B], C], x: A) -> C:
    return g(f(x))


def chain(f: Callable[[A], B], g: Callable[[B], C]) -> Callable[[A], C]:
    return lambda x: g(f(x))


def called_back(f: Callable[[Km], Annotated[float, Unit("km**2")]]) -> None: ...


def to_generic_functions(k: Km, c: Celsius) -> None:
    reveal_type(called(square, k))  # R: float[km**2]
    reveal_type(both(square, root, k))  # R: float[km]
    reveal_type(both(square, square, k))  # R: float[km**4]
    reveal_type(chain(square, square)(k))  # R: float[km**4]
    reveal_type(chain(square, square))  # R: def (float['U]) -> float['U**4]
    called_back(square)
    called_back(root)  # E: Argument 1 to "called_back" has incompatible type "Callable[[float['U**2]], float['U]]"; expected "Callable[[float[km]], float[km**2]]"  [typedml-unit]
    called(square, c)  # E: Argument 1 to "called" has incompatible type "Callable[[float['U]], float['U**2]]"; expected "Callable[[float[Celsius]], float]"  [typedml-unit]


def compose(
    f: Callable[[Annotated[float, U]], Annotated[float, V]], g: Callable[[Annotated[float, V]], Annotated[float, W]]
) -> Callable[[Annotated[float, U]], Annotated[float, W]]:
    def composed(x: Annotated[float, U]) -> Annotated[float, W]:
        return g(f(x))

    return composed


def derivative(
    f: Callable[[Annotated[float, U]], Annotated[float, V]], step: Annotated[float, U]
) -> Callable[[Annotated[float, U]], Annotated[float, V / U]]:
    return lambda x: (f(x + step) - f(x - step)) / (2 * step)


def twice(
    f: Callable[[Annotated[float, U]], Annotated[float, U]], x: Annotated[float, U]
) -> Annotated[float, U]:
    return f(f(x))


def fall(t: Hour) -> Km:
    return t * SPEED


def halved(x: Annotated[float, W]) -> Annotated[float, W]:
    return x / 2


SPEED: Annotated[float, Unit("km/hour")] = 4.0


def to_polymorphic_functions(k: Km, h: Hour, c: Celsius) -> None:
    reveal_type(compose(square, square))  # R: def (float['U]) -> float['U**4]
    reveal_type(compose(square, root)(k))  # R: float[km]
    reveal_type(compose(fall, square)(h))  # R: float[km**2]
    compose(fall, square)(k)  # E: Argument 1 has incompatible type "float[km]"; expected "float[hour]"  [typedml-unit]
    compose(fall, fall)  # E: Argument 2 to "compose" has incompatible type "Callable[[float[hour]], float[km]]"; expected "Callable[[float[km]], float[km]]"  [typedml-unit]
    reveal_type(derivative(fall, h))  # R: def (float[hour]) -> float[km/hour]
    reveal_type(derivative(square, h)(h))  # R: float[hour]
    reveal_type(derivative(lambda t: t * t * SPEED, h))  # R: def (float[hour]) -> float[km]
    derivative(fall, k)  # E: Argument 1 to "derivative" has incompatible type "Callable[[float[hour]], float[km]]"; expected "Callable[[float[km]], float[km]]"  [typedml-unit]
    reveal_type(twice(halved, k))  # R: float[km]
    twice(square, k)  # E: Argument 1 to "twice" has incompatible type "Callable[[float['U]], float['U**2]]"; expected "Callable[[float[km]], float[km]]"  [typedml-unit]


class Squaring(Protocol):
    def __call__(self, x: Annotated[float, U], /) -> Annotated[float, U**2]: ...


def applied(f: Squaring, k: Km, h: Hour) -> None:
    reveal_type(f(k))  # R: float[km**2]
    reveal_type(f(h))  # R: float[hour**2]


def squared(x: Annotated[float, V]) -> Annotated[float, V**2]:
    return x * x


def cubed(x: Annotated[float, V]) -> Annotated[float, V**3]:
    return x * x * x


def as_protocol(k: Km, h: Hour) -> None:
    applied(square, k, h)
    applied(squared, k, h)
    applied(cubed, k, h)  # E: Argument 1 to "applied" has incompatible type "Callable[[float['V]], float['V**3]]"; expected "Squaring"  [arg-type]
    applied(lambda x: x * x, k, h)
    kept: Squaring = squared
    wrong: Squaring = cubed  # E: Incompatible types in assignment (expression has type "Callable[[float['V]], float['V**3]]", variable has type "Squaring")  [assignment]


def rigid(f: Callable[[Annotated[float, U]], Annotated[float, V]], x: Annotated[float, U], k: Km) -> Annotated[float, V]:
    f(k)  # E: Argument 1 has incompatible type "float[km]"; expected "float['U]"  [typedml-unit]
    reveal_type(f(x))  # R: float['V]
    g = f
    g(k)  # E: Argument 1 has incompatible type "float[km]"; expected "float['U]"  [typedml-unit]
    reveal_type(g(x))  # R: float['V]
    many = [f, f]
    reveal_type(many[0](x))  # R: float['V]
    many[0](k)  # E: Argument 1 has incompatible type "float[km]"; expected "float['U]"  [typedml-unit]
    reveal_type(list(map(f, [x, x])))  # R: list[float['V]]
    list(map(f, [k]))  # E: Argument 1 to "map" has incompatible type "Callable[[float['U]], float['V]]"; expected "Callable[[float[km]], float['V]]"  [typedml-unit]
    return f(x)


def same_names(xs: list[Annotated[float, U]], k: Km) -> list[Annotated[float, U**2]]:
    reveal_type(list(map(square, xs)))  # R: list[float['U**2]]
    local = square
    reveal_type(local(xs[0] * xs[0]))  # R: float['U**4]
    reveal_type(local(k))  # R: float[km**2]

    def plus(y: Annotated[float, U]) -> Annotated[float, U]:
        return xs[0] + y

    plus(k)  # E: Argument 1 to "plus" has incompatible type "float[km]"; expected "float['U]"  [typedml-unit]
    reveal_type(plus(xs[0]))  # R: float['U]
    reveal_type([local(x) for x in xs])  # R: list[float['U**2]]
    return [local(x) for x in xs]
