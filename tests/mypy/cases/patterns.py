"""Patterns compare as `==` does: a number of another meaning, or of none, is refused."""

from dataclasses import dataclass
from typing import Annotated, NamedTuple, TypedDict

from typedml import IDENTIFIER, Celsius, Kind, Probability, Unit

KM = Unit("km")
USER = Kind("UserId", parent=IDENTIFIER)
UserId = Annotated[str, USER]
Km = Annotated[float, KM]
Hour = Annotated[float, Unit("hour")]


@dataclass
class Leg:
    length: Km
    time: Hour


class Stop(NamedTuple):
    at: Km
    name: str


class Plan(TypedDict):
    length: Km
    name: str


class Limits:
    far: Km = 0.0
    late: Hour = 0.0
    plain = 3.5


def literal(k: Km) -> int:
    match k:
        case 5.0:  # E: Unsupported operand types for == ("float[km]" and "float")  [typedml-unit] # N: Hint: case each if each == KM(5.0)
            return 1
        case -5.0:  # E: Unsupported operand types for == ("float[km]" and "float")  [typedml-unit]
            return 2
        case 5:  # E: Unsupported operand types for == ("float[km]" and "int")  [typedml-unit]
            return 2
        case 0.0 | 0:
            return 3
    return 4


def plain(x: float, k: Km) -> int:
    match x:
        case 5.0:
            return int(k > k)
    return 0


def values(k: Km) -> int:
    match k:
        case Limits.far:
            return 1
        case Limits.late:  # E: Unsupported operand types for == ("float[km]" and "float[hour]")  [typedml-unit]
            return 2
        case Limits.plain:  # E: Unsupported operand types for == ("float[km]" and "float")  [typedml-unit]
            return 3
    return 4


def either(k: Km, p: Probability) -> None:
    match k:
        case 1.0 | 2:  # E: Unsupported operand types for == ("float[km]" and "int")  [typedml-unit] # E: Unsupported operand types for == ("float[km]" and "float")  [typedml-unit]
            pass
        case (3.0 as here):  # E: Unsupported operand types for == ("float[km]" and "float")  [typedml-unit]
            pass
        case float(4.0):  # E: Unsupported operand types for == ("float[km]" and "float")  [typedml-unit]
            pass
        case each if each == 5.0:  # E: Unsupported operand types for == ("float[km]" and "float")  [typedml-unit]
            pass
    match p:
        case 0.5:
            pass


def classes(leg: Leg, stop: Stop | None, plan: Plan) -> None:
    match leg:
        case Leg(5.0, 0.0):  # E: Unsupported operand types for == ("float[km]" and "float")  [typedml-unit]
            pass
        case Leg(time=2.0):  # E: Unsupported operand types for == ("float[hour]" and "float")  [typedml-unit]
            pass
        case Leg(length=length) if length == KM(5.0):
            pass
    match stop:
        case None:
            pass
        case Stop(5.0, "home"):  # E: Unsupported operand types for == ("float[km]" and "float")  [typedml-unit]
            pass
        case (at, "home"):
            pass
    match plan:
        case {"length": 5.0, "name": "home"}:  # E: Unsupported operand types for == ("float[km]" and "float")  [typedml-unit]
            pass


def sequences(k: Km, h: Hour, legs: list[Km], by_name: dict[str, Km], pair: tuple[Km, Hour]) -> None:
    match k, h:
        case 0.0, 2.0:  # E: Unsupported operand types for == ("float[hour]" and "float")  [typedml-unit]
            pass
    match pair:
        case (*_, 2.0):  # E: Unsupported operand types for == ("float[hour]" and "float")  [typedml-unit]
            pass
        case (0.0, _):
            pass
    match legs:
        case [0.0, *_, 5.0]:  # E: Unsupported operand types for == ("float[km]" and "float")  [typedml-unit]
            pass
        case [first, second]:
            reveal_type(first)  # R: float[km]
    match by_name:
        case {"home": 5.0}:  # E: Unsupported operand types for == ("float[km]" and "float")  [typedml-unit]
            pass


def others(t: Celsius, user: UserId, maybe: Km | None, both: Km | str, flag: bool) -> None:
    match t:
        case 20.0:  # E: Unsupported operand types for == ("float[Celsius]" and "float")  [typedml-unit]
            pass
    match user:
        case "admin":
            pass
    match maybe:
        case None:
            pass
        case 5.0:  # E: Unsupported operand types for == ("float[km]" and "float")  [typedml-unit]
            pass
    match both:
        case "unknown":
            pass
        case 5.0:  # E: Unsupported operand types for == ("float[km]" and "float")  [typedml-unit]
            pass
    match t if flag else t:
        case 20.0:  # type: ignore[typedml-unit]
            pass


def computed(k: Km, h: Hour) -> None:
    match k / h:
        case 5.0:  # E: Unsupported operand types for == ("float[km/hour]" and "float")  [typedml-unit]
            pass
    match k / k:
        case 5.0:
            pass


def unannotated(k):
    there: Km = k
    match there:
        case 5.0:
            pass
