"""A hint names the operand that is at fault, and offers no step that was already taken."""

import math
from typing import Annotated

from typedml import Celsius, Count, Degrees, Radians, Unit, Weight, convert

Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]


def third(a: Km, b: Km, c: Hour) -> None:
    min(a, b, c)  # E: Arguments of "min" have incompatible types "float[km]" and "float[hour]"  [typedml-unit] # N: Hint: no conversion leads from "hour" to "km"
    max(0.0, a, c)  # E: Arguments of "max" have incompatible types "float[km]" and "float[hour]"  [typedml-unit] # N: Hint: no conversion leads from "hour" to "km"


def weighted(w: Weight, t: Celsius) -> None:
    w * t  # E: Unsupported operand types for * ("float[Weight]" and "float[Celsius]")  [typedml-kind] # N: Hint: subtract a reference first: t - reference is "float[delta_degC]", which adds and scales


def turned(r: Radians, d: Degrees) -> None:
    math.radians(r)  # E: Argument 1 to "radians" has incompatible type "float[Radians]"; expected "float[degree]"  [typedml-unit] # N: Hint: r is in "radian" already: use it as it is
    math.degrees(d)  # E: Argument 1 to "degrees" has incompatible type "float[Degrees]"; expected "float[radian]"  [typedml-unit] # N: Hint: d is in "degree" already: use it as it is


def twice(d: Km) -> None:
    e: Km = convert(d, "km", "m")  # E: Incompatible types in assignment (expression has type "float[m]", variable has type "float[km]")  [typedml-unit] # N: Hint: convert to "km" at once, instead of to "m"


def whole(n: Count, m: Count) -> Count:
    return n - m  # E: Incompatible return value type (got "int[1]", expected "int[Count]")  [typedml-kind] # N: Hint: COUNT(n - m) makes it "int[Count]" after checking that it is in [0, inf)
