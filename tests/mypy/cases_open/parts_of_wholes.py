"""Open: a part by its whole is not seen to be a share."""

# That `a / (a + b)` lies in [0, 1] is told by the names in it, which the meanings of two operands do not have.

from typing import Annotated

from typedml import Count, Proportion, Unit

Km = Annotated[float, Unit("km")]


def precision(tp: Count, fp: Count) -> None:
    reveal_type(tp / (tp + fp))  # R: float[Proportion]


def share(part: Km, rest: Km) -> None:
    reveal_type(part / (part + rest))  # R: float[Proportion]
