"""Attributes that begin as a number of every unit, and get theirs from what they are assigned later."""

from typing import Annotated

from typedml import Unit

KM = Unit("km")
Km = Annotated[float, KM]
Hour = Annotated[float, Unit("hour")]


class Mean:
    def __init__(self) -> None:
        self.mean = 0.0
        self.n = 0
        self.least = float("inf")

    def get(self) -> Km:
        return self.mean

    def add(self, x: Km) -> None:
        self.n += 1
        self.mean += (x - self.mean) / self.n
        self.least = min(self.least, x)

    def nearest(self) -> Km:
        return self.least

    def hours(self) -> Hour:
        return self.mean  # E: Incompatible return value type (got "float[km]", expected "float[hour]")  [typedml-unit]

    def soonest(self) -> Hour:
        return self.least  # E: Incompatible return value type (got "float[km]", expected "float[hour]")  [typedml-unit]


class Total:
    total = 0.0

    def add(self, k: Km) -> Km:
        self.total += k
        return self.total


class Never:
    def __init__(self) -> None:
        self.never = 0.0

    def get(self) -> Hour:
        return self.never  # E: Incompatible return value type (got "float", expected "float[hour]")  [typedml-unit]
