"""Numbers that have every unit, and variables that begin as one of them."""

import math
from typing import Annotated

from typedml import Celsius, Count, Probability, Unit

Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]


def written_out(legs: list[Km]) -> Hour:
    total = 0.0
    for leg in legs:
        total = total + leg
    return total  # E: Incompatible return value type (got "float[km]", expected "float[hour]")  [typedml-unit]


def turned(legs: list[Km]) -> Km:
    total = 0.0
    for leg in legs:
        total = leg + total
    return total


def best(legs: list[Km]) -> Km:
    best = 0.0
    for leg in legs:
        if leg > best:
            best = leg
    reveal_type(best)  # R: float[km]
    return best


def best_as_hours(legs: list[Km]) -> Hour:
    best = 0.0
    for leg in legs:
        if leg > best:
            best = leg
    return best  # E: Incompatible return value type (got "float[km]", expected "float[hour]")  [typedml-unit]


def least(legs: list[Km]) -> Km:
    least = math.inf
    for leg in legs:
        least = min(least, leg)
    return least


def least_as_hours(legs: list[Km]) -> Hour:
    least = float("inf")
    for leg in legs:
        least = min(least, leg)
    return least  # E: Incompatible return value type (got "float[km]", expected "float[hour]")  [typedml-unit]


def hits(chances: list[Probability]) -> float:
    expected = 0.0
    for p in chances:
        expected += p
    reveal_type(expected)  # R: float[1]
    return expected


def branches(a: Km, flag: bool) -> Km:
    if flag:
        total = 0.0
    else:
        total = a
    reveal_type(total)  # R: float[km]
    return total


def literal_variable(a: Km, b: Hour) -> None:
    x = 3.0
    d: Km = x  # E: Incompatible types in assignment (expression has type "float", variable has type "float[km]")  [typedml-unit]
    h: Hour = x  # E: Incompatible types in assignment (expression has type "float", variable has type "float[hour]")  [typedml-unit]
    e: Km = 3.0
    f: Km = -3.0
    g: Km = 3


def unpacked(legs: list[Km]) -> Km:
    total, n = 0.0, 0
    for leg in legs:
        total += leg
        n += 1
    return total / n
