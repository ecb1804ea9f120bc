"""What is written out of values in different units is refused where it is one thing."""

from typing import Annotated

from typedml import Unit

Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]


def written_out(a: Km, h: Hour) -> None:
    max([a, h])  # E: Arguments of "max" have incompatible types "float[km]" and "float[hour]"  [typedml-unit]
    sum((a, h))  # E: Arguments of "sum" have incompatible types "float[km]" and "float[hour]"  [typedml-unit]
