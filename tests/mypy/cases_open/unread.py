"""Declarations that cannot be read are reported where they stand, never taken for plain floats in silence."""

import os
from typing import Annotated

from typedml import PROBABILITY, Kind, Unit

name = os.environ["UNIT"]
UNITS = [Unit("km"), Unit("hour")]


def use(
    b: Annotated[float, Unit("mlie/hour")],  # E: Unknown unit "mlie"  [typedml-unread]
    h: Annotated[float, Unit("km hour")],  # E: "hour" follows "km" without an operator in the unit "km hour"  [typedml-unread] # N: Hint: write "km*hour"
    i: Annotated[float, Unit("km^2")],  # E: "^" is not an operator in the unit "km^2"  [typedml-unread] # N: Hint: write "km**2"
    k: Annotated[float, PROBABILITY, Unit("km")],  # E: A Probability cannot be in "km": it is a pure number  [typedml-unread]
    m: Annotated[float, Unit("km"), Unit("hour")],  # E: One value cannot be in both "km" and "hour"  [typedml-unread]
) -> None: ...


def listed(x: Annotated[float, UNITS[0]]) -> None: ...  # E: "UNITS[0]" is known only at run time, and mypy must read it  [typedml-unread]


def chosen(x: Annotated[float, Unit("km") if name else Unit("mile")]) -> None: ...  # E: "Unit('km') if name else Unit('mile')" is known only at run time, and mypy must read it  [typedml-unread]
