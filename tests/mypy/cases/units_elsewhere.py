"""Constants, aliases and kinds that other cases import."""

from typing import Annotated, TypeAlias

from typedml import MONEY, PROBABILITY, Kind, Unit, UnitVar

KM = Unit("km")
HOUR = Unit("hour")
MINUTE = Unit("minute")
KMH = KM / HOUR
U = UnitVar("U")

Km = Annotated[float, KM]
Hours = Annotated[float, Unit("hour")]
Speed: TypeAlias = Annotated[float, KM / HOUR]

PROPENSITY = Kind("Propensity", parent=PROBABILITY)
Propensity = Annotated[float, PROPENSITY]
PRICE = Kind("Price", parent=MONEY)


class Shared:
    MILE = Unit("mile")
    Mile = Annotated[float, Unit("mile")]
    length: Km = 1.0


def trip(distance: Km, time: Hours) -> Speed:
    return distance / time
