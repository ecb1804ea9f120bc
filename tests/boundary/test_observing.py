"""Observers are told of every check, in every thread, and never change a verdict."""

from __future__ import annotations

import threading
import warnings
from typing import Any

import pandas as pd
import polars as pl
import pytest

from tests.boundary.tables import field, schema
from typedml.boundary import (
    BoundaryError,
    Observation,
    ObserverWarning,
    check,
    observe,
    split,
    validate,
)

TRIP = schema(field("x", gt=0))
GOOD = pl.DataFrame({"x": [1.0, 2.0]})
BAD = pl.DataFrame({"x": [1.0, -2.0]})


def test_an_observer_sees_every_call_with_its_report_and_time() -> None:
    seen: list[Observation] = []
    with observe(seen.append):
        validate(TRIP, GOOD)
        check(TRIP, BAD)
        split(TRIP, BAD)
        with pytest.raises(BoundaryError):
            validate(TRIP, BAD)
        with pytest.raises(BoundaryError):
            split(TRIP, pl.DataFrame({"y": [1.0]}))
    assert [(each.call, each.report.ok) for each in seen] == [
        ("validate", True),
        ("check", False),
        ("split", False),
        ("validate", False),
        ("split", False),
    ]
    assert all(0 < each.seconds < 60 for each in seen)
    assert seen[2].report.counts["x", "gt"] == 1


def test_an_observer_is_told_nothing_after_its_end() -> None:
    seen: list[Observation] = []
    watching = observe(seen.append)
    check(TRIP, GOOD)
    watching.close()
    watching.close()
    check(TRIP, GOOD)
    assert len(seen) == 1


def test_the_same_observer_twice_is_told_twice_and_ends_once_each() -> None:
    seen: list[Observation] = []
    with observe(seen.append):
        with observe(seen.append):
            check(TRIP, GOOD)
        check(TRIP, GOOD)
    check(TRIP, GOOD)
    assert len(seen) == 3


def test_an_observer_is_told_of_checks_in_other_threads() -> None:
    seen: list[Observation] = []
    with observe(seen.append):
        threads = [threading.Thread(target=check, args=(TRIP, GOOD)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(seen) == 4


def failing(_: Observation) -> None:
    raise ValueError("no room")


@pytest.mark.parametrize("frame", [GOOD, BAD])
def test_an_error_of_an_observer_is_told_and_changes_no_verdict(frame: pl.DataFrame) -> None:
    seen: list[Observation] = []
    plain = check(TRIP, frame)
    with observe(failing), observe(seen.append), pytest.warns(ObserverWarning, match="ValueError: no room"):
        report = check(TRIP, frame)
    assert report == plain
    assert len(seen) == 1


def test_a_broken_frame_is_refused_where_warnings_are_errors() -> None:
    with warnings.catch_warnings(), observe(failing):
        warnings.simplefilter("error")
        with pytest.raises(BoundaryError):
            validate(TRIP, BAD)
        with pytest.raises(ObserverWarning):
            validate(TRIP, GOOD)


def test_a_check_inside_an_observer_is_not_told() -> None:
    seen: list[str] = []

    def nosy(each: Observation) -> None:
        seen.append(each.report.schema)
        check(TRIP, GOOD)

    with observe(nosy):
        check(TRIP, GOOD)
    assert seen == ["Flight"]


def test_what_cannot_be_called_is_no_observer() -> None:
    nothing: Any = "log"
    with pytest.raises(TypeError, match="no function"):
        observe(nothing)


def test_an_interrupt_in_an_observer_is_not_swallowed() -> None:
    def stop(_: Observation) -> None:
        raise KeyboardInterrupt

    with observe(stop), pytest.raises(KeyboardInterrupt):
        check(TRIP, pd.DataFrame({"x": [1.0]}))
