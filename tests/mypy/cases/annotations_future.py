"""The same declarations where annotations are not evaluated at run time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from typedml import Probability, Threshold, Unit

if TYPE_CHECKING:
    from units_elsewhere import KM, Km

Mile = Annotated[float, Unit("mile")]


@dataclass
class Leg:
    distance: Mile
    time: Annotated[float, Unit("hour")]
    late: Probability | None = None
    far: Km = 0.0

    def speed(self) -> Annotated[float, Unit("mile/hour")]:
        return self.distance / self.time

    def joined(self, other: Leg) -> Leg:
        return Leg(self.distance + other.distance, self.time + other.time)


def later(a: Annotated[float, KM], b: Annotated[float, GRAM], c: Threshold[Probability]) -> Annotated[float, KM]:
    reveal_type(a)  # R: float[km]
    reveal_type(b)  # R: float[gram]
    reveal_type(c)  # R: float[Threshold[Probability]]
    return b  # E: Incompatible return value type (got "float[gram]", expected "float[km]")  [typedml-unit]


GRAM = Unit("gram")
leg = Leg(1.0, 2.0)  # E: Argument 1 to "Leg" has incompatible type "float"; expected "float[mile]"  [typedml-unit] # E: Argument 2 to "Leg" has incompatible type "float"; expected "float[hour]"  [typedml-unit]
reveal_type(leg.distance)  # R: float[mile]
reveal_type(leg.late)  # R: float[Probability] | None
