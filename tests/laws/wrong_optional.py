"""Wrong features whose mistake is only seen where what need not be given is."""

from typing import Annotated

from tests.laws.right_optional import Hours, Kmh, Kms, Towns
from tests.laws.right_settings import Km, People
from typedml import Unit, feature

Metres = Annotated[float, Unit("m")]
Minutes = Annotated[float, Unit("minute")]


@feature
def speed_with_rest(way: Km, time: Hours, rest: Minutes | None = None) -> Kmh:
    return way / (time if rest is None else rest)


@feature
def longer_way(way: Km, detour: Metres | None = None) -> Km:
    return way + (detour or 0.0)


@feature(rows="each")
def ways_less_the_usual(people: People, least: Km | None = None) -> Kms:
    return people["way"] if least is None else people["way"] - people["way"].mean()


@feature(rows="each")
def capped_at_more(people: People, most: Km | None = None) -> Kms:
    return people["way"] if most is None else people["way"].clip(upper=most + 5.0)


@feature(rows="each")
def way_to_the_sea(people: People, towns: Towns | None = None) -> Kms:
    return people["way"] + (0.0 if towns is None or towns.empty else towns["sea"].max() + 20.0)


WRONG = (
    (speed_with_rest, "coherent", "minute -> hour"),
    (longer_way, "coherent", "a conversion is missing"),
    (ways_less_the_usual, "local", "row"),
    (capped_at_more, "scale", "length"),
    (way_to_the_sea, "scale", "length"),
)
