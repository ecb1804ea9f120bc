"""Unions and containers of every carrier; what cannot carry a meaning is reported."""

import statistics
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Annotated, NewType, Optional, Union

from typedml import CATEGORY, Unit

Reading = NewType("Reading", float)


class Colour(str, Enum):
    RED = "red"


class Half(Decimal): ...


def unions(
    a: Annotated[float | None, Unit("km")],
    b: Annotated[Optional[Decimal], Unit("km")],
    c: Annotated[list[float], Unit("km")],
    d: Annotated[dict[str, float], Unit("km")],
    e: Annotated[Decimal | float, Unit("km")],
    f: Annotated[tuple[Fraction, ...], Unit("km")],
    g: Annotated[Union[int, float], Unit("km")],
    h: Annotated[list[Decimal], Unit("km")],
    i: Annotated[float | str, Unit("km")],
    j: "Annotated[Decimal | None, Unit('km')]",
    k: Annotated[Colour, CATEGORY],
) -> None:
    reveal_type(a)  # R: float[km] | None
    reveal_type(b)  # R: Decimal[km] | None
    reveal_type(c)  # R: list[float[km]]
    reveal_type(d)  # R: dict[str, float[km]]
    reveal_type(e)  # R: Decimal[km] | float[km]
    reveal_type(f)  # R: tuple[Fraction[km], ...]
    reveal_type(g)  # R: int[km] | float[km]
    reveal_type(h)  # R: list[Decimal[km]]
    reveal_type(i)  # R: float[km] | str
    reveal_type(j)  # R: Decimal[km] | None
    reveal_type(k)  # R: carriers_containers.Colour
    reveal_type(e * 2)  # R: Decimal[km] | float[km]
    reveal_type(h[0] + h[1])  # R: Decimal[km]
    c[0] + 1.0  # E: Unsupported operand types for + ("float[km]" and "float")  [typedml-unit]
    d["a"] + c[0] * c[0]  # E: Unsupported operand types for + ("float[km]" and "float[km**2]")  [typedml-unit]


def unread(
    a: Annotated[Reading, Unit("km")],  # E: mypy sees no meaning on values of class "Reading"  [typedml-unread]
    b: Annotated[Half, Unit("km")],  # E: mypy sees no meaning on values of class "Half"  [typedml-unread]
    c: Annotated[list[str], Unit("km")],  # E: A str cannot carry "km"  [typedml-unread]
    d: Annotated[str | None, Unit("km")],  # E: A str cannot carry "km"  [typedml-unread]
) -> None: ...


def statistical(a: Annotated[Decimal, Unit("km")], b: Annotated[Fraction, Unit("km")]) -> None:
    reveal_type(statistics.mean([a, a]))  # R: Decimal[km]
    reveal_type(statistics.median([b, b]))  # R: Fraction[km]
    reveal_type(statistics.stdev([a, a]))  # R: Decimal[km]
    reveal_type(statistics.variance([a, a]))  # R: Decimal[km**2]
    reveal_type(statistics.fmean([a, a]))  # R: float[km]
    reveal_type(round(a, 2))  # R: Decimal[km]
    reveal_type(round(a))  # R: int[km]
    reveal_type(sum([b, b]))  # R: Fraction[km]
