"""What is declared as a number or nothing is a number once it is assigned one that is written."""

from typing import Annotated

from typedml import Count, Probability, Unit

Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]


class Trip:
    leg: Km | None = None


def by_default(x: Km | None = None, p: Probability | None = None, n: Count | None = None) -> Km:
    if x is None:
        x = 0.0
    if p is None:
        p = 0.5
    n = n or 0
    reveal_type(p)  # R: float[Probability]
    reveal_type(n)  # R: int[Count]
    return x


def by_an_alternative(x: Km | None, y: Km | None, hours: Hour) -> Km:
    x = x or 0.0
    y = 0.0 if y is None else y
    x + hours  # E: Unsupported operand types for + ("float[km]" and "float[hour]")  [typedml-unit]
    return x + y


def in_a_loop(xs: list[Km | None]) -> list[Km]:
    found: list[Km] = []
    for x in xs:
        if x is None:
            x = 0.0
        found.append(x)
    return found


def of_an_attribute(trip: Trip) -> Km:
    if trip.leg is None:
        trip.leg = 0.0
    return trip.leg


def in_a_condition(trips: dict[str, Km | None]) -> Km:
    if (leg := trips["a"]) is None:
        leg = 0.0
    first, second = trips["b"], trips["c"]
    if first is None or second is None:
        first, second = 0.0, 0.0
    return leg + first + second


def not_by_what_is_wrong(x: Km | None, hours: Hour) -> Km:
    if x is None:
        x = hours  # E: Incompatible types in assignment (expression has type "float[hour]", variable has type "float[km] | None")  [typedml-unit]
    return x  # E: Incompatible return value type (got "float[km] | None", expected "float[km]")  [return-value]


def nor_where_nothing_is_assigned(x: Km | None, more: bool) -> Km:
    if more:
        x = 0.0
    return x  # E: Incompatible return value type (got "float[km] | None", expected "float[km]")  [return-value]


class Holder:
    def __init__(self, leg: Km | None = None) -> None:
        self.leg = leg

    def filled(self) -> Km:
        if self.leg is None:
            self.leg = 0.0
        reveal_type(self.leg)  # R: float[km]
        return self.leg

    def emptied(self) -> Km:
        self.leg = None
        return self.leg  # E: Incompatible return value type (got "None", expected "float[km]")  [return-value]

    def mistaken(self, hours: Hour) -> Km:
        if self.leg is None:
            self.leg = hours  # E: Incompatible types in assignment (expression has type "float[hour]", variable has type "float[km] | None")  [typedml-unit]
        return self.leg  # E: Incompatible return value type (got "float[km] | None", expected "float[km]")  [return-value]
