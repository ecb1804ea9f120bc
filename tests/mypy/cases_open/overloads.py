"""Open: an overloaded function of one's own that is given a literal, or zero."""

# mypy tries the signatures out of earshot, and none of them takes a plain number.

from typing import Annotated, overload

from typedml import Probability, Unit

Km = Annotated[float, Unit("km")]


@overload
def pick(chance: Probability) -> Probability: ...
@overload
def pick(chance: Km) -> Km: ...
def pick(chance: float) -> float:
    return chance


def picked() -> None:
    reveal_type(pick(0.5))  # R: float[Probability]
