"""Every arithmetic operator, forwards and reflected, alone and in place."""

import math
from typing import Annotated

from typedml import Unit

Km = Annotated[float, Unit("km")]
Mile = Annotated[float, Unit("mile")]
Hour = Annotated[float, Unit("hour")]
Minute = Annotated[float, Unit("minute")]
Whole = Annotated[int, Unit("km")]
Number = Annotated[float, Unit("1")]


def same(a: Km, b: Km, w: Whole) -> None:
    reveal_type(float(w))  # R: float[km]


def different(a: Km, b: Mile, h: Hour, m: Minute, n: Number) -> None:
    divmod(a, b)  # E: Unsupported operand types for divmod ("float[km]" and "float[mile]")  [typedml-unit] # N: Hint: convert(b, "mile", "km") makes it "float[km]"


def numbers(a: Km, w: Whole, x: float, i: int, yes: bool) -> None:
    divmod(a, 2)  # E: Unsupported operand types for divmod ("float[km]" and "int")  [typedml-unit]
