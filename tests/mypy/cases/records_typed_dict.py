"""A TypedDict's methods, for which mypy's own plugin has the answer."""

from typing import Annotated, TypedDict

from typedml import Unit

Km = Annotated[float, Unit("km")]
Mile = Annotated[float, Unit("mile")]


class Trip(TypedDict, total=False):
    distance: Km


class Plain(TypedDict, total=False):
    distance: float
    name: str


def need(distance: Km) -> None: ...


# fmt: off
def known(trip: Trip, distance: Km, length: Mile) -> None:
    reveal_type(trip.get("distance"))  # R: float[km] | None
    reveal_type(trip.get("distance", 0.0))  # R: float[km]
    reveal_type(trip.get("distance", distance))  # R: float[km]
    reveal_type(trip.setdefault("distance", 0.0))  # R: float[km]
    reveal_type(trip.pop("distance", 0.0))  # R: float[km]
    need(trip.get("distance", length))  # E: Argument 1 to "need" has incompatible type "float[km] | float[mile]"; expected "float[km]" [typedml-unit]
    trip["distance"] = length  # E: Value of "distance" has incompatible type "float[mile]"; expected "float[km]" [typedml-unit]
    trip.setdefault("distance", length)  # E: Argument 2 to "setdefault" of "TypedDict" has incompatible type "float[mile]"; expected "float[km]" [typedml-unit]
# fmt: on


def foreign(plain: Plain) -> None:
    reveal_type(plain.get("distance", 0.0))  # R: float
    reveal_type(plain.get("name"))  # R: str | None
    reveal_type(plain.pop("name", 1))  # R: str | Literal[1]?
