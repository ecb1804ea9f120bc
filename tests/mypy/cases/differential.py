"""What generated programs showed: each was judged wrongly before."""

import math
from typing import Annotated

from typedml import Celsius, Count, Logit, Probability, Unit

Km = Annotated[float, Unit("km")]


def summed_points(readings: list[Celsius], legs: list[Km]) -> float:
    total, distance = 0.0, 0.0
    for reading in readings:
        total += reading  # E: Unsupported operand types for + ("float[Celsius]" and "float[Celsius]")  [typedml-kind]
    for leg in legs:
        distance += leg
        warmest = 0.0
        warmest += readings[0]
    while distance > 0:
        distance -= legs[0]
    mean = 0.0
    for reading in readings:
        mean = mean + reading  # E: Unsupported operand types for + ("float[Celsius]" and "float[Celsius]")  [typedml-kind]
    return total


def summed_logits(margins: list[Logit]) -> None:
    total = 0.0
    for margin in margins:
        total += margin  # E: Unsupported operand types for + ("float[Logit]" and "float[Logit]")  [typedml-kind]


def ternaries(leg: Km, flag: bool, x: int, n: Count, p: Probability) -> Km:
    two: Km = leg if flag else 0
    kept = 0 if flag else leg
    chance: Probability = p * p if flag else 0
    wrong: Km = leg if flag else 1  # E: Incompatible types in assignment (expression has type "float[km] | int", variable has type "float[km]")  [typedml-unit]
    plain: Km = leg if flag else x  # E: Incompatible types in assignment (expression has type "float[km] | int", variable has type "float[km]")  [typedml-unit]
    whole: Count = n if flag else 0
    if x:
        return leg / 2 if flag else 0
    return kept


def numbers_in_branches(legs: list[Km], x: float, flag: bool) -> Km:
    number = len(legs) + x
    kept = number if flag else 0
    wrong: Km = kept  # E: Incompatible types in assignment (expression has type "float | int", variable has type "float[km]")  [typedml-unit]
    either = number if flag else len(legs) + len(legs)
    plain: float = either
    if x:
        return kept + kept  # E: Incompatible return value type (got "float | int", expected "float[km]")  [typedml-unit]
    return either  # E: Incompatible return value type (got "float | int", expected "float[km]")  [typedml-unit]


def as_numbers(values: list[float], named: dict[str, float]) -> None: ...
def as_distances(values: list[Km]) -> None: ...


def zeros_in_lists(legs: list[Km], flag: bool) -> list[float]:
    kept = [leg if flag else 0 for leg in legs]
    as_numbers(kept, {"a": legs[0] if flag else 0})
    by_name = {"a": legs[0] if flag else 0}
    as_numbers([leg if flag else 0 for leg in legs], by_name)
    as_distances([leg if flag else 0 for leg in legs])
    as_distances(kept)
    as_distances([leg if flag else 1 for leg in legs])  # E: List comprehension has incompatible type List[float[km] | int]; expected List[float[km]]  [typedml-unit]
    return kept


def means_of_means(one: list[Celsius], two: list[Celsius], now: Celsius, legs: list[Km]) -> None:
    reveal_type((sum(one) / len(one) + sum(two) / len(two)) / 2)  # R: float[Celsius]
    reveal_type(0.3 * now + 0.7 * (sum(two) / len(two)))  # R: float[Celsius]
    reveal_type(now + 0.5 * (sum(two) / len(two) - now))  # R: float[Celsius]
    sum(one) / len(one) + sum(two) / len(two)  # E: Unsupported operand types for + ("float[Celsius]" and "float[Celsius]")  [typedml-kind]
    (sum(one) / len(one) + sum(two) / len(two)) / 3  # E: Unsupported operand types for + ("float[Celsius]" and "float[Celsius]")  [typedml-kind]


def either_on_the_right(leg: Km, n: Count, margin: Logit, p: Probability, either: Km | Count, flag: bool) -> None:
    leg - (leg if flag else n)  # E: Unsupported operand types for - ("float[km]" and "int[Count]")  [typedml-unit]
    leg - (leg if flag else margin)  # E: Unsupported operand types for - ("float[km]" and "float[Logit]")  [typedml-kind]
    leg > (leg if flag else margin)  # E: Unsupported operand types for > ("float[km]" and "float[Logit]")  [typedml-unit]
    kept = p if flag else margin
    p - kept  # E: Unsupported operand types for - ("float[Probability]" and "float[Logit]")  [typedml-kind]
    kept >= kept  # E: Unsupported operand types for >= ("float[Probability]" and "float[Logit]")  [typedml-kind] # E: Unsupported operand types for >= ("float[Logit]" and "float[Probability]")  [typedml-kind]
    leg + either  # E: Unsupported operand types for + ("float[km]" and "int[Count]")  [typedml-unit]
    reveal_type(leg * (leg if flag else p))  # R: float[km**2] | float[km]
    reveal_type(leg + (leg if flag else legs_of(n)))  # R: float[km]


def legs_of(n: Count) -> Km:
    return 0.0
