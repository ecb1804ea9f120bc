"""Numbers that have every unit, and variables that begin as one of them."""

import math
from typing import Annotated

from typedml import Celsius, Count, Probability, Unit

Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]


def total(legs: list[Km]) -> Km:
    total = 0.0
    for leg in legs:
        total += leg
    reveal_type(total)  # R: float[km]
    return total


def as_hours(legs: list[Km]) -> Hour:
    total = 0.0
    for leg in legs:
        total += leg
    return total  # E: Incompatible return value type (got "float[km]", expected "float[hour]")  [typedml-unit]


def mixed(legs: list[Km], times: list[Hour]) -> None:
    total = 0.0
    for leg in legs:
        total += leg
    for time in times:
        total += time  # E: Unsupported operand types for + ("float[km]" and "float[hour]")  [typedml-unit]


def whole(legs: list[Km]) -> Km:
    total = 0
    for leg in legs:
        total += leg  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "int")  [assignment]
    return total


def generic(a: Km) -> None:
    reveal_type(a + 0)  # R: float[km]
    reveal_type(0.0 + a)  # R: float[km]
    reveal_type(0 - a)  # R: float[km]
    reveal_type(a - 0.0)  # R: float[km]
    reveal_type(a + math.inf)  # R: float[km]
    reveal_type(max(a, 0))  # R: float[km]
    reveal_type(min(a, math.inf))  # R: float[km]


def zero() -> Km:
    return 0.0


def negative_zero() -> Km:
    return -0.0


def infinite() -> Km:
    return float("-inf")


def named_zero() -> Km:
    zero = 0.0
    return zero


def number() -> Km:
    return 3.0  # E: Incompatible return value type (got "float", expected "float[km]")  [typedml-unit]


def named_number() -> Km:
    x = 3.0
    return x  # E: Incompatible return value type (got "float", expected "float[km]")  [typedml-unit]


def zero_degrees() -> Celsius:
    return 0.0  # E: Incompatible return value type (got "float", expected "float[Celsius]")  [typedml-unit]


def passed(a: Km) -> Km:
    return a


passed(0)
passed(0.0)
passed(math.nan)
passed(1)  # E: Argument 1 to "passed" has incompatible type "int"; expected "float[km]"  [typedml-unit]
passed(1.0)  # E: Argument 1 to "passed" has incompatible type "float"; expected "float[km]"  [typedml-unit]
passed(2.0 * 3.0)  # E: Argument 1 to "passed" has incompatible type "float"; expected "float[km]"  [typedml-unit]


def never_settled() -> None:
    total = 0.0
    total += 1.0
    reveal_type(total)  # R: float


def number_of(counts: list[Count]) -> Count:
    total = 0
    for count in counts:
        total += count
    reveal_type(total)  # R: int[Count]
    return total


def sums_in_two(legs: list[Km], times: list[Hour]) -> Annotated[float, Unit("km/hour")]:
    a = b = 0.0
    for leg, time in zip(legs, times):
        a += leg
        b += time
    return a / b


def nested(legs: list[Km]) -> Km:
    total = 0.0
    for leg in legs:
        def inner() -> Km:
            return total
        total += leg
    return total


def comprehension(legs: list[Km]) -> Km:
    return max((leg for leg in legs), default=0.0)


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


def farthest(legs: list[Km]) -> Km:
    farthest = 0.0
    for leg in legs:
        if leg > farthest:
            farthest = leg
    reveal_type(farthest)  # R: float[km]
    return farthest
