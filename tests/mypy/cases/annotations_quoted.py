"""Quoted annotations, whole and in part."""

from typing import Annotated, Optional

from typedml import Unit

KM = Unit("km")


def use(
    a: "Annotated[float, Unit('km')]",
    b: Annotated["float", Unit("km")],
    c: "Annotated[float | None, KM]",
    d: Optional["Annotated[float, KM]"],
    e: "list[Annotated[float, KM]]",
    f: "Mile",
    g: "Mile | None",
    h: "Annotated[float, KM / HOUR]",
) -> "Annotated[float, Unit('hour')]":
    reveal_type(a)  # R: float[km]
    reveal_type(b)  # R: float[km]
    reveal_type(c)  # R: float[km] | None
    reveal_type(d)  # R: float[km] | None
    reveal_type(e)  # R: list[float[km]]
    reveal_type(f)  # R: float[mile]
    reveal_type(g)  # R: float[mile] | None
    reveal_type(h)  # R: float[km/hour]
    return a  # E: Incompatible return value type (got "float[km]", expected "float[hour]")  [typedml-unit]


HOUR = Unit("hour")
Mile = Annotated[float, Unit("mile")]
