"""Open: an overloaded function of one's own that is given a number by the name of a variable."""

# Its signatures are asked for before mypy looks at what the arguments are.

from typing import Annotated, overload

from typedml import Probability, Unit

Km = Annotated[float, Unit("km")]


@overload
def choose(chance: Probability) -> Probability: ...
@overload
def choose(chance: Km) -> Km: ...
def choose(chance: float) -> float:
    return chance


def chosen() -> None:
    nothing = 0.0
    reveal_type(choose(nothing))  # R: float[Probability]
