"""Instants that nobody declared say by their class what their methods give, where that meets a declaration."""

from datetime import datetime, timedelta
from typing import Annotated

from typedml import Unit

Sec = Annotated[float, Unit("second")]
Ms = Annotated[float, Unit("millisecond")]


def wait(seconds: Sec) -> None: ...


def seconds(d: timedelta) -> Sec:
    return d.total_seconds()


def milliseconds(d: timedelta) -> Ms:
    return d.total_seconds()  # E: Incompatible return value type (got "float[second]", expected "float[millisecond]")  [typedml-unit]  # N: Hint: convert(d.total_seconds(), "second", "millisecond") makes it "float[millisecond]"


def between(a: datetime, b: datetime, c: datetime | None) -> Sec:
    waited = (b - a).total_seconds()
    wait(waited)
    wait((b - a).total_seconds())
    return waited + (b - a).total_seconds()


def beside(d: timedelta, s: Sec, m: Ms) -> None:
    s + d.total_seconds()
    s > d.total_seconds()
    m + d.total_seconds()  # E: Unsupported operand types for + ("float[millisecond]" and "float[second]")  [typedml-unit]
    m > d.total_seconds()  # E: Unsupported operand types for > ("float[millisecond]" and "float[second]")  [typedml-unit]


def alone(d: timedelta, x: float, a: datetime) -> float:
    reveal_type(d.total_seconds())  # R: float
    kept = d.total_seconds()
    if d.total_seconds() > 30 or kept > 30 or a.timestamp() > 5.0 or a.timestamp() > x:
        return a.timestamp() + a.timestamp() * 1000
    return kept * 1000 + x
