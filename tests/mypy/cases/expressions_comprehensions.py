"""Comprehensions where a meaning is declared of what they hold, and operators that no number has."""

from collections.abc import Iterable
from typing import Annotated

from typedml import Probability, Unit

Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]


def lists(legs: list[Km], hours: list[Hour]) -> list[Km]:
    right: list[Km] = [2 * leg for leg in legs]
    zeros: list[Km] = [0.0 for _ in legs]
    wrong: list[Km] = [hour for hour in hours]  # E: List comprehension has incompatible type List[float[hour]]; expected List[float[km]]  [typedml-unit]
    return [leg * leg for leg in legs]  # E: List comprehension has incompatible type List[float[km**2]]; expected List[float[km]]  [typedml-unit]


def sets(ps: list[Probability]) -> set[Probability]:
    return {2 * p for p in ps}  # E: Set comprehension has incompatible type Set[float[1]]; expected Set[float[Probability]]  [typedml-kind]


def dicts(legs: dict[str, Km], hours: list[Hour]) -> dict[str, Hour]:
    right: dict[str, Km] = {name: leg for name, leg in legs.items()}
    return {name: leg for name, leg in legs.items()}  # E: Value expression in dictionary comprehension has incompatible type "float[km]"; expected type "float[hour]"  [typedml-unit]


def generators(legs: list[Km]) -> Iterable[Hour]:
    return (leg for leg in legs)  # E: Generator has incompatible item type "float[km]"; expected "float[hour]"  [typedml-unit]


def bits(leg: Km, n: int) -> None:
    leg | 8  # E: Unsupported operand types for | ("float[km]" and "int")  [operator]
    n | 8
