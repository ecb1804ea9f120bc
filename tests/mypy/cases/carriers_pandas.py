"""Instants of pandas, which are datetimes, and other classes derived from those that carry meanings."""

from datetime import datetime
from enum import IntEnum
from typing import Annotated

import pandas as pd

from typedml import IDENTIFIER, TIMESTAMP, EpochSeconds, Kind, Timestamp, Unit

KM = Unit("km")
Km = Annotated[float, KM]
Hour = Annotated[float, Unit("hour")]
DEPARTURE = Kind("Departure", parent=TIMESTAMP)
Departure = Annotated[datetime, DEPARTURE]
Leaving = Annotated[pd.Timestamp, DEPARTURE]
Moment = Annotated[pd.Timestamp, TIMESTAMP]
UserId = Annotated[str, Kind("UserId", parent=IDENTIFIER)]


class Metres(float): ...


class Name(str): ...


class Colour(IntEnum):
    RED = 1


def takes(t: Timestamp) -> None: ...


def departs(t: Departure) -> None: ...


def runs(k: Km) -> None: ...


def identifies(user: UserId) -> None: ...


def plain(p: pd.Timestamp, ps: list[pd.Timestamp]) -> Timestamp:
    takes(p)
    takes(ps[0])
    departs(p)  # E: Argument 1 to "departs" has incompatible type "Timestamp"; expected "datetime[Departure]"  [typedml-kind] # N: Hint: DEPARTURE(p) makes it "Timestamp[Departure]"
    departs(DEPARTURE(p))
    runs(p)  # E: Argument 1 to "runs" has incompatible type "Timestamp"; expected "float[km]"  [typedml-unit]
    t: Timestamp = p
    u: Departure = p  # E: Incompatible types in assignment (expression has type "Timestamp", variable has type "datetime[Departure]")  [typedml-kind]
    return p


def declared(p: Leaving, q: Moment, t: Timestamp, h: Hour, span: pd.Timedelta, plain: pd.Timestamp) -> None:
    takes(p)
    departs(p)
    departs(q)  # E: Argument 1 to "departs" has incompatible type "Timestamp[Timestamp]"; expected "datetime[Departure]"  [typedml-kind]
    reveal_type(DEPARTURE(plain))  # R: Timestamp[Departure]
    reveal_type(p - q)  # R: pandas._libs.tslibs.timedeltas.Timedelta
    reveal_type(q + span)  # R: Timestamp[Timestamp]
    reveal_type(q.timestamp())  # R: float[EpochSeconds]
    reveal_type(q.tz_localize("UTC"))  # R: Timestamp[Timestamp]
    seconds: EpochSeconds = q.timestamp()
    hours: Hour = (q - p).total_seconds()  # E: Incompatible types in assignment (expression has type "float[second]", variable has type "float[hour]")  [typedml-unit]
    q < t
    q < plain
    q == 5  # E: Unsupported operand types for == ("Timestamp[Timestamp]" and "int")  [typedml-unit]
    h + q  # E: Unsupported operand types for + ("float[hour]" and "Timestamp[Timestamp]")  [typedml-unit]
    other: Moment = plain
    bare: pd.Timestamp = q
    instant: datetime = q


def derived(m: Metres, colour: Colour, name: Name) -> None:
    runs(m)  # E: Argument 1 to "runs" has incompatible type "Metres"; expected "float[km]"  [typedml-unit]
    runs(colour)  # E: Argument 1 to "runs" has incompatible type "Colour"; expected "float[km]"  [typedml-unit]
    identifies(name)  # E: Argument 1 to "identifies" has incompatible type "Name"; expected "str[UserId]"  [typedml-kind]
    runs(name)  # E: Argument 1 to "runs" has incompatible type "Name"; expected "float[km]"  [typedml-unit]
