"""Open: `in` compares, and is not looked at."""

# mypy asks a plugin about the container's `__contains__(object)`, which does not name the two meanings compared.

from typing import Annotated

from typedml import Unit

Km = Annotated[float, Unit("km")]
Mile = Annotated[float, Unit("mile")]


def sought(a: Km, miles: list[Mile]) -> None:
    a in miles  # E: Unsupported operand types for in ("float[km]" and "list[float[mile]]")  [typedml-unit]
    a in (1.0, 2.0)  # E: Unsupported operand types for in ("float[km]" and "tuple[float, float]")  [typedml-unit]
