"""Another clock: what a feature gives months later, to see whether it depends on when it is called."""

from __future__ import annotations

import contextlib
import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs

SHIFT = dt.timedelta(days=397, hours=5, minutes=7)
# The clocks that are set: functions of the module time, and classes that know the present.
COUNTERS: dict[str, float] = {
    "time": SHIFT.total_seconds(),
    "monotonic": SHIFT.total_seconds(),
    "perf_counter": SHIFT.total_seconds(),
    "time_ns": SHIFT.total_seconds() * 1e9,
    "monotonic_ns": SHIFT.total_seconds() * 1e9,
    "perf_counter_ns": SHIFT.total_seconds() * 1e9,
}
TELLING = ("now", "utcnow", "today")


class _AsReal(type):
    """Values of the real class count as values of the one that stands in for it."""

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, cls.__mro__[1])

    def __subclasscheck__(cls, subclass: type) -> bool:
        return issubclass(subclass, cls.__mro__[1])


def _later(real: type, *tells: str) -> type:
    def shifted(name: str) -> Any:
        return classmethod(lambda cls, *given, **named: getattr(real, name)(*given, **named) + SHIFT)

    return _AsReal(real.__name__, (real,), {name: shifted(name) for name in tells})


def _shifted(real: Callable[[], float], by: float) -> Callable[[], float]:
    return lambda: type(real())(real() + by)


def is_clock(function: object) -> str | None:
    """The name of a function that tells the time, as users call it; None for another one."""
    name = getattr(function, "__name__", "")
    if name in COUNTERS and getattr(function, "__module__", None) == "time":
        return f"time.{name}"
    owner = getattr(function, "__self__", None)
    if name in TELLING and isinstance(owner, type) and issubclass(owner, dt.date):
        return f"{owner.__name__}.{name}"
    return None


@contextlib.contextmanager
def months_later(scopes: Iterable[dict[str, Any]]) -> Iterator[None]:
    """Set the clocks of Python ahead, those also that modules hold under names of their own in `scopes`."""
    stand_ins: list[tuple[Any, Any]] = [
        (dt.datetime, _later(dt.datetime, *TELLING)),
        (dt.date, _later(dt.date, "today")),
        *((getattr(time, name), _shifted(getattr(time, name), by)) for name, by in COUNTERS.items()),
    ]
    places = [vars(dt), vars(time), *scopes]
    put = [_Put(place, name, real) for place in places for name, real in list(place.items())]
    changed = [each for each in put if each.replaced_by(stand_ins)]
    try:
        yield
    finally:
        for each in changed:
            each.scope[each.name] = each.real


@attrs.frozen(eq=False)
class _Put:
    scope: dict[str, Any]
    name: str
    real: Any

    def replaced_by(self, stand_ins: Iterable[tuple[Any, Any]]) -> bool:
        for real, other in stand_ins:
            if self.real is real:
                self.scope[self.name] = other
                return True
        return False
