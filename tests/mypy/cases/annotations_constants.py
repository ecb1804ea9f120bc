"""Constants and computed units as metadata, defined here and in another module."""

from typing import Annotated

import units_elsewhere
from units_elsewhere import HOUR, KM, KMH, PROPENSITY, Shared

from typedml import COUNT, Unit
from typedml import Unit as U1

MILE = Unit("mile")
PER_HOUR = MILE / HOUR
SQUARE = KM**2
RENAMED = KM


def use(
    a: Annotated[float, KM],
    b: Annotated[float, KM / HOUR],
    c: Annotated[float, KMH],
    d: Annotated[float, PER_HOUR],
    e: Annotated[float, SQUARE],
    f: Annotated[float, KM**2],
    g: Annotated[float, RENAMED],
    h: Annotated[float, units_elsewhere.KM],
    i: Annotated[float, Shared.MILE],
    j: Annotated[float, PROPENSITY],
    k: Annotated[int, COUNT, Unit("click")],
    m: Annotated[float, U1("km")],
    n: Annotated[float, 1 / HOUR],
    o: Annotated[float, KM * HOUR**-1],
    p: Annotated[float | None, KM],
    q: Annotated[list[float], KM],
) -> None:
    reveal_type(a)  # R: float[km]
    reveal_type(b)  # R: float[km/hour]
    reveal_type(c)  # R: float[km/hour]
    reveal_type(d)  # R: float[mile/hour]
    reveal_type(e)  # R: float[km**2]
    reveal_type(f)  # R: float[km**2]
    reveal_type(g)  # R: float[km]
    reveal_type(h)  # R: float[km]
    reveal_type(i)  # R: float[mile]
    reveal_type(j)  # R: float[Propensity]
    reveal_type(k)  # R: int[Count, click]
    reveal_type(m)  # R: float[km]
    reveal_type(n)  # R: float[1/hour]
    reveal_type(o)  # R: float[km/hour]
    reveal_type(p)  # R: float[km] | None
    reveal_type(q)  # R: list[float[km]]


def later(x: "Annotated[float, LATE]") -> None:
    reveal_type(x)  # R: float[gram]


LATE = Unit("gram")
