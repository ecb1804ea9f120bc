"""Results of one type variable or another: a written number is of the other's meaning where that takes it."""

from collections.abc import Mapping
from itertools import zip_longest
from typing import Annotated, Generic, TypeVar, Union

from typedml import Celsius, Count, Probability, Unit

Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]
V = TypeVar("V")
T = TypeVar("T")


def get(held: Mapping[str, V], key: str, default: T) -> Union[V, T]:
    return held.get(key, default)


class Box(Generic[V]):
    def __init__(self, value: V) -> None:
        self.value = value

    def either(self, default: T) -> Union[V, T]:
        return self.value or default


def padded(legs: list[Km], times: list[Hour], names: list[str], temps: list[Celsius], ps: list[Probability], ns: list[Count]) -> None:
    reveal_type(zip_longest(legs, times, fillvalue=0.0))  # R: itertools.zip_longest[tuple[float[km], float[hour]]]
    reveal_type(zip_longest(legs, times, names, fillvalue=0))  # R: itertools.zip_longest[tuple[float[km], float[hour], str | int]]
    reveal_type(zip_longest(legs, temps, fillvalue=0))  # R: itertools.zip_longest[tuple[float[km], float[Celsius] | int]]
    reveal_type(zip_longest(legs, ps, fillvalue=0.5))  # R: itertools.zip_longest[tuple[float[km] | float, float[Probability]]]
    reveal_type(zip_longest(legs, ns, fillvalue=0.0))  # R: itertools.zip_longest[tuple[float[km], int[Count] | float]]


def totals(a: list[Km], b: list[Km], t: list[Hour]) -> Km:
    out: list[Km] = []
    for x, y in zip_longest(a, b, fillvalue=0.0):
        out.append(x - y)
    sum(x + y for x, y in zip_longest(a, t, fillvalue=0.0))  # E: Unsupported operand types for + ("float[km]" and "float[hour]")  [typedml-unit]
    wrong: Hour = sum(x + y for x, y in zip_longest(a, b, fillvalue=0.0))  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "float[hour]")  [typedml-unit]
    return sum(x + y for x, y in zip_longest(a, b, fillvalue=0.0))


def shifted(legs: list[Km]) -> list[tuple[Km, Km]]:
    total = 0.0
    for before, after in zip([0.0] + legs, legs):
        total += after - before
    reveal_type(total)  # R: float[km]
    reveal_type([b - a for a, b in zip([0.0] + legs, legs)])  # R: list[float[km]]
    reveal_type([b - a for a, b in zip(legs, legs[1:] + [0.0])])  # R: list[float[km]]
    return list(zip([0.0] + legs, legs))


def beside(legs: list[Km], ps: list[Probability], temps: list[Celsius], held: dict[str, Km]) -> None:
    reveal_type([0.0] + legs)  # R: list[float[km]]
    reveal_type(legs + [0.0])  # R: list[float[km]]
    reveal_type([0] * 3 + legs)  # R: list[float[km]]
    reveal_type([0.5] + ps)  # R: list[float[Probability]]
    reveal_type({"a": 0.0} | held)  # R: dict[str, float[km]]
    reveal_type(held | {"a": 0.0})  # R: dict[str, float[km]]
    reveal_type([5.0] + legs)  # R: list[float[km] | float]
    reveal_type(legs + [5.0])  # R: list[float | float[km]]
    reveal_type([0.0] + temps)  # R: list[float[Celsius] | float]
    reveal_type(["a"] + ps)  # R: list[float[Probability] | str]


def own(held: Mapping[str, Km], box: Box[Km]) -> Km:
    reveal_type(get(held, "a", ""))  # R: float[km] | str
    reveal_type(get(held, "a", 5.0))  # R: float
    reveal_type(box.either(0.0))  # R: float[km]
    reveal_type(box.either(5.0))  # R: float
    return get(held, "a", 0.0) + box.either(0)
