"""Comparisons, chains, membership and narrowing."""

import math
from typing import Annotated

from typedml import Unit

Km = Annotated[float, Unit("km")]
Mile = Annotated[float, Unit("mile")]
Hour = Annotated[float, Unit("hour")]
Whole = Annotated[int, Unit("km")]


def membership(a: Km, m: Mile, items: list[Km], miles: list[Mile]) -> None:
    a in miles  # E: Unsupported operand types for in ("float[km]" and "list[float[mile]]")  [typedml-unit]
    a in (1.0, 2.0)  # E: Unsupported operand types for in ("float[km]" and "tuple[float, float]")  [typedml-unit]
