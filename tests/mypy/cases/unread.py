"""Declarations that cannot be read are reported where they stand, never taken for plain floats in silence."""

import os
from typing import Annotated

from typedml import PROBABILITY, Kind, Unit

name = os.environ["UNIT"]


def pick() -> str:
    return "km"


def use(
    b: Annotated[float, Unit("mlie/hour")],  # E: Unknown unit "mlie" in "mlie/hour"  [typedml-unread]
    h: Annotated[float, Unit("km hour")],  # E: "hour" follows "km" without an operator in the unit "km hour"  [typedml-unread] # N: Hint: write "km*hour"
    i: Annotated[float, Unit("km^2")],  # E: "^" is not an operator in the unit "km^2"  [typedml-unread] # N: Hint: write "km**2"
    k: Annotated[float, PROBABILITY, Unit("km")],  # E: A Probability cannot be in "km": it is a pure number  [typedml-unread]
    m: Annotated[float, Unit("km"), Unit("hour")],  # E: One value cannot be in both "km" and "hour"  [typedml-unread]
    a: Annotated[float, Unit("kilometre_per_hour")],  # E: Unknown unit "kilometre_per_hour"  [typedml-unread] # N: Hint: did you mean "kilometer_per_hour"?
    c: Annotated[float, Unit(name)],  # E: "name" is known only at run time, and mypy must read it  [typedml-unread] # N: Hint: write it as a constant
    d: Annotated[float, Unit(pick())],  # E: "pick()" is known only at run time, and mypy must read it  [typedml-unread] # N: Hint: write it as a constant
    e: Annotated[float, Unit(f"{name}/hour")],  # E: "f'{name}/hour'" is known only at run time, and mypy must read it  [typedml-unread] # N: Hint: write it as a constant
    f: Annotated[float, Unit],  # E: "Unit" stands here without saying which  [typedml-unread] # N: Hint: write Unit("...")
    g: Annotated[float, Unit("km", "hour")],  # E: Cannot read "Unit('km', 'hour')": Unit.__init__() takes 2 positional arguments but 3 were given  [typedml-unread]
    j: Annotated[float, Unit("")],  # E: A unit expression is empty  [typedml-unread] # N: Hint: the unit of pure numbers is "1"
    n: "tuple[Annotated[float, Unit('km')], Annotated[float, Unit('hour')]]",  # E: Several meanings stand in one quoted annotation  [typedml-unread] # N: Hint: drop the quotation marks, or name each with an alias
    o: Annotated[float, Unit(3)],  # E: A unit is spelled as text, not as 3  [typedml-unread]
) -> None: ...


Bad = Annotated[float, Unit("kilometre_per_hour")]  # E: Unknown unit "kilometre_per_hour"  [typedml-unread]
BAD = Unit("nonsense")  # E: Unknown unit "nonsense"  [typedml-unread]
BAD_KIND = Kind("Certainty", parent=PROBABILITY, range=(0, 2))  # E: The range [0, 2] of kind "Certainty" is wider than [0, 1], the range of its parent "Probability"  [typedml-unread]
UNITS = [Unit("km"), Unit("hour")]


def foreign(x: Annotated[float, "km"], y: Annotated[float, {"unit": "km"}], z: Annotated[float, len]) -> None:
    reveal_type(x)  # R: float
    reveal_type(y)  # R: float
    reveal_type(z)  # R: float


def listed(x: Annotated[float, UNITS[0]]) -> None: ...  # E: "UNITS[0]" is known only at run time, and mypy must read it  [typedml-unread]


def chosen(x: Annotated[float, Unit("km") if name else Unit("mile")]) -> None: ...  # E: "Unit('km') if name else Unit('mile')" is known only at run time, and mypy must read it  [typedml-unread]
