"""Who is told of every check: metrics, logs, dashboards.

>>> import pandas as pd
>>> from typedml import FeatureSchema, field
>>> from typedml.boundary import observe
>>> class Trip(FeatureSchema):
...     distance: float = field(gt=0)
>>> def log(seen):
...     print(seen.call, seen.report.schema, seen.report.ok, seen.report.rows)
>>> with observe(log):
...     _ = Trip.check(pd.DataFrame({"distance": [1.5, -2.0]}))
check Trip False 2
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable
from contextvars import ContextVar
from typing import Literal, final

import attrs

from typedml.boundary.report import Report

Call = Literal["check", "validate", "split"]


@final
@attrs.frozen
class Observation:
    """One check that was made: its report, the call that made it and how long it took, in seconds."""

    report: Report
    call: Call
    seconds: float


Observer = Callable[[Observation], object]


class ObserverWarning(RuntimeWarning):
    """An observer raised an error; the verdict that it was told of stands."""


_observers: list[Observer] = []
_changing = threading.Lock()
# An observer that checks a frame itself is not told of that.
_telling: ContextVar[bool] = ContextVar("typedml_telling", default=False)


@final
class Observing:
    """An observer at work, from `observe` until `close` or the end of a `with`."""

    def __init__(self, observer: Observer) -> None:
        self._observer: Observer | None = observer

    def close(self) -> None:
        """Tell the observer nothing more; closing twice does nothing."""
        with _changing:
            if self._observer is not None:
                _observers.remove(self._observer)
            self._observer = None

    def __enter__(self) -> Observing:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def observe(observer: Observer) -> Observing:
    """Have a function called with an `Observation` of every check of this process, in all threads.

    It begins at once and ends with the `with` that it stands in, or with `.close()` of what is returned.
    Whatever the function raises is told by an `ObserverWarning` and changes no verdict.

    Raises: TypeError if it cannot be called.
    """
    if not callable(observer):
        raise TypeError(f"{observer!r} is no function that could be told of a check")
    with _changing:
        _observers.append(observer)
    return Observing(observer)


def observed() -> bool:
    """Whether somebody is to be told."""
    return bool(_observers) and not _telling.get()


def tell(seen: Observation) -> None:
    """Tell every observer of a check."""
    token = _telling.set(True)
    try:
        for observer in tuple(_observers):
            _tell_one(observer, seen)
    finally:
        _telling.reset(token)


def _tell_one(observer: Observer, seen: Observation) -> None:
    try:
        observer(seen)
    except Exception as error:  # noqa: BLE001  # whatever it is, the verdict is not the observer's
        name = getattr(observer, "__qualname__", type(observer).__qualname__)
        fact = f"observer {name} raised {type(error).__name__}: {error}; the verdict stands"
        warnings.warn(ObserverWarning(fact), stacklevel=2)
