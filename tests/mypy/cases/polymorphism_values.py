"""Functions as values: bound to other names, stored, returned, partially applied, decorated."""

from collections.abc import Callable
from functools import cache, lru_cache, partial, wraps
from typing import Annotated, ParamSpec, TypeVar

from typedml import Celsius, Unit, UnitVar

U = UnitVar("U")
V = UnitVar("V")
W = UnitVar("W")
P = ParamSpec("P")
R = TypeVar("R")
Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]


def square(x: Annotated[float, U]) -> Annotated[float, U**2]:
    return x * x


def cube(x: Annotated[float, V]) -> Annotated[float, V**3]:
    return x * x * x


def add(x: Annotated[float, U], y: Annotated[float, U]) -> Annotated[float, U]:
    return x + y


sq = square
table = {"square": square}
functions = [square]
declared: dict[str, Callable[[Annotated[float, U]], Annotated[float, U**2]]] = {"square": square}
Squaring = Callable[[Annotated[float, U]], Annotated[float, U**2]]
aliased: Squaring = square


def other_names(k: Km, h: Hour, c: Celsius) -> None:
    reveal_type(sq(k))  # R: float[km**2]
    local = square
    reveal_type(local(k))  # R: float[km**2]
    reveal_type(local(x=h))  # R: float[hour**2]
    local(c)  # E: Argument 1 has incompatible type "float[Celsius]"; expected "float['U]"  [typedml-unit]
    reveal_type(aliased(k))  # R: float[km**2]
    wrong: Hour = local(k)  # E: Incompatible types in assignment (expression has type "float[km**2]", variable has type "float[hour]")  [typedml-unit]


def stored(k: Km, c: Celsius, flag: bool) -> None:
    reveal_type(table["square"](k))  # R: float[km**2]
    reveal_type(functions[0](k))  # R: float[km**2]
    reveal_type(declared["square"](k))  # R: float[km**2]
    reveal_type((square if flag else cube)(k))  # R: float[km**2] | float[km**3]
    reveal_type((square, cube)[1](k))  # R: float[km**3]
    table["square"](c)  # E: Argument 1 to "square" has incompatible type "float[Celsius]"; expected "float['U]"  [typedml-unit]
    wrong: Km = table["square"](k)  # E: Incompatible types in assignment (expression has type "float[km**2]", variable has type "float[km]")  [typedml-unit]


def make() -> Callable[[Annotated[float, U]], Annotated[float, U**2]]:
    return square


def scaling(k: Annotated[float, U]) -> Callable[[Annotated[float, V]], Annotated[float, U * V]]:
    def inner(x: Annotated[float, V]) -> Annotated[float, U * V]:
        return x * k

    return inner


def renamed() -> Callable[[Annotated[float, W]], Annotated[float, W**2]]:
    return square


def not_what_it_gives() -> Callable[[Annotated[float, W]], Annotated[float, W**3]]:
    return square  # E: Incompatible return value type (got "Callable[[float['U]], float['U**2]]", expected "Callable[[float['W]], float['W**3]]")  [typedml-unit]


def for_one_unit() -> Callable[[Km], Annotated[float, Unit("km**2")]]:
    return square


def returned(k: Km, h: Hour) -> None:
    reveal_type(make()(k))  # R: float[km**2]
    reveal_type(scaling(h)(k))  # R: float[hour*km]
    by = scaling(h)
    reveal_type(by)  # R: def (float['V]) -> float['V*hour]
    reveal_type(by(k))  # R: float[hour*km]
    reveal_type(by(h))  # R: float[hour**2]
    area: Callable[[Km], Annotated[float, Unit("km**2")]] = square
    wrong: Callable[[Km], Km] = square  # E: Incompatible types in assignment (expression has type "Callable[[float['U]], float['U**2]]", variable has type "Callable[[float[km]], float[km]]")  [typedml-unit]


def partially(k: Km, h: Hour, c: Celsius) -> None:
    reveal_type(partial(square, k)())  # R: float[km**2]
    reveal_type(partial(add, k)(k))  # R: float[km]
    partial(add, k)(h)  # E: Argument 1 to "add" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    later = partial(add, y=h)
    reveal_type(later(h))  # R: float[hour]
    later(k)  # E: Argument 1 to "add" has incompatible type "float[km]"; expected "float[hour]"  [typedml-unit]
    both = partial(add)
    reveal_type(both(k, k))  # R: float[km]
    both(k, h)  # E: Argument 2 to "add" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    partial(square, c)  # E: Argument 1 to "square" has incompatible type "float[Celsius]"; expected "float['U]"  [typedml-unit]
    wrong: Km = partial(square, k)()  # E: Incompatible types in assignment (expression has type "float[km**2]", variable has type "float[km]")  [typedml-unit]


def timed(f: Callable[P, R]) -> Callable[P, R]:
    @wraps(f)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        return f(*args, **kwargs)

    return inner


@timed
def timed_square(x: Annotated[float, U]) -> Annotated[float, U**2]:
    return x * x


@lru_cache(maxsize=None)
def kept_square(x: Annotated[float, U]) -> Annotated[float, U**2]:
    return x * x


@cache
def kept_hours(x: Km) -> Hour:
    return x / SPEED


SPEED: Annotated[float, Unit("km/hour")] = 4.0


def doubled(
    f: Callable[[Annotated[float, U]], Annotated[float, V]],
) -> Callable[[Annotated[float, U]], Annotated[float, V]]:
    def inner(x: Annotated[float, U]) -> Annotated[float, V]:
        return 2 * f(x)

    return inner


@doubled
def twice_fallen(t: Hour) -> Km:
    return t * SPEED


@doubled
def twice_squared(x: Annotated[float, W]) -> Annotated[float, W**2]:
    return x * x


def times(
    k: Annotated[float, U],
) -> Callable[
    [Callable[[Annotated[float, V]], Annotated[float, W]]], Callable[[Annotated[float, V]], Annotated[float, W * U]]
]:
    def decorate(
        f: Callable[[Annotated[float, V]], Annotated[float, W]],
    ) -> Callable[[Annotated[float, V]], Annotated[float, W * U]]:
        def inner(x: Annotated[float, V]) -> Annotated[float, W * U]:
            return f(x) * k

        return inner

    return decorate


@times(SPEED)
def speedy(x: Annotated[float, U]) -> Annotated[float, U**2]:
    return x * x


def decorated(k: Km, h: Hour) -> None:
    reveal_type(timed_square(k))  # R: float[km**2]
    reveal_type(timed(square)(k))  # R: float[km**2]
    reveal_type(kept_square(k))  # R: float[km**2]
    reveal_type(kept_hours(k))  # R: float[hour]
    kept_hours(h)  # E: Argument 1 to "kept_hours" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    reveal_type(twice_fallen(h))  # R: float[km]
    twice_fallen(k)  # E: Argument 1 to "twice_fallen" has incompatible type "float[km]"; expected "float[hour]"  [typedml-unit]
    reveal_type(twice_squared(h))  # R: float[hour**2]
    reveal_type(speedy)  # R: def (float['V]) -> float['V**2*km/hour]
    reveal_type(speedy(h))  # R: float[hour*km]
