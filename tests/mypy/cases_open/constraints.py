"""Open: a mixture in a function over a type variable with constraints, which mypy checks in copies."""

# What stands around an operator is known of the module's own tree, and not of copies of its functions.

from typing import TypeVar

from typedml import Celsius, Probability

T = TypeVar("T", Celsius, Probability)


def blend(a: T, b: T) -> None:
    reveal_type((a + b) / 2)  # R: float[Celsius] # R: float[Probability]
