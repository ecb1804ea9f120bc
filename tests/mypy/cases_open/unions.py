"""Optional values, unions, ternaries and joins of branches."""

from typing import Annotated, Any

from typedml import Probability, Proportion, Unit

Km = Annotated[float, Unit("km")]
Mile = Annotated[float, Unit("mile")]
Hour = Annotated[float, Unit("hour")]
Whole = Annotated[int, Unit("km")]


def joins(p: Probability, q: Proportion, a: Km, flag: bool) -> None:
    reveal_type([p, q])  # R: list[float[Proportion]]
