"""What several values have in common is their nearest common ancestor, in whatever order they stand."""

from typing import Annotated

from typedml import Probability, Proportion, Unit

Km = Annotated[float, Unit("km")]
Fare = Annotated[float, Unit("km/flight")]


def joined(p: Probability, q: Proportion, km: Km, fare: Fare) -> None:
    reveal_type([p, q])  # R: list[float[Proportion]]
    reveal_type([q, p])  # R: list[float[Proportion]]
    reveal_type({"a": p, "b": q})  # R: dict[str, float[Proportion]]
    reveal_type((p, q)[0])  # R: float[Probability]
    reveal_type([fare, km])  # R: list[float[km]]
    reveal_type(max([p, q]))  # R: float[Proportion]
    items = [p, q]
    wrong: Probability = items[0]  # E: Incompatible types in assignment (expression has type "float[Proportion]", variable has type "float[Probability]")  [typedml-kind]
    narrow: Probability = max(p, q)  # E: Incompatible types in assignment (expression has type "float[Proportion]", variable has type "float[Probability]")  [typedml-kind]
    per_flight: Fare = [fare, km][1]  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "float[km/flight]")  [typedml-unit]
