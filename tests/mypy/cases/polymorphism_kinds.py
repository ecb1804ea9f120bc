"""Kinds against unit variables: points and opaque kinds never bind one; what does is a number of its unit."""

from collections.abc import Callable
from typing import Annotated
from typedml import Unit, UnitVar, Identifier, Probability, Threshold, Logit, Count, Celsius, Score

U = UnitVar("U")
V = UnitVar("V")
Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]


def square(x: Annotated[float, U]) -> Annotated[float, U**2]:
    return x * x


def twice(n: Annotated[int, U]) -> Annotated[int, U]:
    return 2 * n


def ap(
    f: Callable[[Annotated[float, U]], Annotated[float, V]], x: Annotated[float, U]
) -> Annotated[float, V]:
    return f(x)


def warm(c: Celsius) -> Km:
    return KM


def sure(p: Probability) -> Km:
    return KM


KM: Km = 1.0


def total(xs: list[Annotated[float, U]], start: Annotated[float, U]) -> Annotated[float, U]:
    return sum(xs) + start


def t(
    i: Identifier,
    p: Probability,
    th: Threshold[Probability],
    z: Logit,
    n: Count,
    s: Score,
    k: Km,
    h: Hour,
    c: Celsius,
    m: Annotated[int, Unit("km")],
) -> None:
    square(i)  # E: Argument 1 to "square" has incompatible type "str[Identifier]"; expected "float['U]"  [typedml-unit]
    square(th)  # E: Argument 1 to "square" has incompatible type "float[Threshold[Probability]]"; expected "float['U]"  [typedml-kind]
    square(z)  # E: Argument 1 to "square" has incompatible type "float[Logit]"; expected "float['U]"  [typedml-unit]
    square(s)  # E: Argument 1 to "square" has incompatible type "float[Score]"; expected "float['U]"  [typedml-unit]
    reveal_type(square(p))  # R: float[1]
    reveal_type(square(n))  # R: float[1]
    reveal_type(twice(m))  # R: int[km]
    reveal_type(square(m))  # R: float[km**2]
    ap(warm, c)  # E: Argument 1 to "ap" has incompatible type "Callable[[float[Celsius]], float[km]]"; expected "Callable[[float['U]], float['V]]"  [typedml-unit]  # E: Argument 2 to "ap" has incompatible type "float[Celsius]"; expected "float['U]"  [typedml-unit]
    ap(warm, k)  # E: Argument 1 to "ap" has incompatible type "Callable[[float[Celsius]], float[km]]"; expected "Callable[[float['U]], float['V]]"  [typedml-unit]
    ap(sure, p)  # E: Argument 1 to "ap" has incompatible type "Callable[[float[Probability]], float[km]]"; expected "Callable[[float[1]], float[km]]"  [typedml-kind]
    ap(sure, 0.5)  # E: Argument 1 to "ap" has incompatible type "Callable[[float[Probability]], float[km]]"; expected "Callable[[float[1]], float[km]]"  [typedml-kind]
    total([k], h)  # E: Argument 2 to "total" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    total([k, h], h)  # E: List item 0 has incompatible type "float[km]"; expected "float[hour]"  [typedml-unit]
    total([c], k)  # E: List item 0 has incompatible type "float[Celsius]"; expected "float['U]"  [typedml-unit]
