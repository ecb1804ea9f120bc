"""`convert`, `raw`, markers called, and the builtins and `math` functions that keep or change a unit."""

import math
from typing import Annotated

from typedml import COUNT, PROBABILITY, THRESHOLD, Celsius, Count, Fahrenheit, Probability, Proportion, Unit, convert, raw
from units_elsewhere import HOUR, KM, KMH

Km = Annotated[float, Unit("km")]
Mile = Annotated[float, Unit("mile")]
Hour = Annotated[float, Unit("hour")]
Minute = Annotated[float, Unit("minute")]
Whole = Annotated[int, Unit("km")]


def conversions(a: Km, h: Hour, c: Celsius, x: float, w: Whole, m: Mile) -> None:
    convert(a, "km", "hour")  # E: Argument 1 to "convert" has incompatible type "float[km]"; expected "float[hour]"  [typedml-unit] # N: Hint: no conversion leads from "km" to "hour"


def markers(x: float, i: int, a: Km, h: Hour, q: Proportion, p: Probability, maybe: float | None) -> None:
    PROBABILITY(a)  # E: Argument 1 to "PROBABILITY" has incompatible type "float[km]"; expected "float[Probability]"  [typedml-unit]


def builtin(a: Km, b: Km, m: Mile, h: Hour, w: Whole, items: list[Km], x: float, n: Count, counts: list[Count], ps: list[Probability]) -> None:
    hours: Hour = sum(items)  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "float[hour]")  [typedml-unit]
    wrong: Hour = sum(i for i in items)  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "float[hour]")  [typedml-unit]
    largest: Hour = max(items)  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "float[hour]")  [typedml-unit]


def mathematics(a: Km, b: Km, m: Mile, r: Annotated[float, Unit("rad")], d: Annotated[float, Unit("degree")], p: Probability, x: float) -> None:
    reveal_type(math.fsum([a, b]))  # R: float[km]
    math.radians(r)  # E: Argument 1 to "radians" has incompatible type "float[rad]"; expected "float[degree]"  [typedml-unit]
    math.atan2(a, m)  # E: Arguments of "atan2" have incompatible types "float[km]" and "float[mile]"  [typedml-unit]
