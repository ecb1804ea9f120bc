"""Open: a mixture in a function over a type variable with constraints, and what comes out of one."""

# What stands around an operator is known of the module's own tree, and not of copies of its functions.

from typing import Annotated, TypeVar

from typedml import Celsius, Probability, Unit

Km = Annotated[float, Unit("km")]
T = TypeVar("T", Celsius, Probability)
N = TypeVar("N", int, float)


def blend(a: T, b: T) -> None:
    reveal_type((a + b) / 2)  # R: float[Celsius] # R: float[Probability]


def same(x: N) -> N:
    return x


def handed_on(k: Km) -> None:
    reveal_type(same(k))  # R: float[km]
