"""Hints are code that would be right."""

from collections.abc import Iterator
from typing import Annotated

from typedml import Celsius, Count, Proportion, Unit

Km = Annotated[float, Unit("km")]
Mile = Annotated[float, Unit("mile")]
Hour = Annotated[float, Unit("hour")]


def bracketed(a: Count, b: Count) -> Proportion:
    x = a / (b + a + a)
    y: Proportion = a / (b - a)  # E: Incompatible types in assignment (expression has type "float[1]", variable has type "float[Proportion]")  [typedml-kind] # N: Hint: PROPORTION(a / (b - a)) makes it "float[Proportion]" after checking that it is in [0, 1]
    return y


def turned(t: Celsius) -> None:
    2 * t  # E: Unsupported operand types for * ("int" and "float[Celsius]")  [typedml-kind] # N: Hint: subtract a reference first: t - reference is "float[delta_degC]", which adds and scales


def items(kms: list[float]) -> list[Km]:
    return kms  # E: Incompatible return value type (got "list[float]", expected "list[float[km]]")  [typedml-unit] # N: Hint: declare what kms means where it comes from


def whole(n: int) -> Count:
    return n  # E: Incompatible return value type (got "int", expected "int[Count]")  [typedml-kind] # N: Hint: COUNT(n) makes it "int[Count]"


def yielded(k: Km) -> Iterator[Km]:
    yield 0.0
    yield 3.0  # E: Incompatible types in "yield" (actual type "float", expected type "float[km]")  [typedml-unit] # N: Hint: KM(3.0) makes it "float[km]", with KM = Unit("km")


class Base:
    x: Km


class Child(Base):
    x: Hour  # E: Incompatible types in assignment (expression has type "float[hour]", base class "Base" defined the type as "float[km]")  [typedml-unit] # N: Hint: declare the same meaning as the base class
