"""Failing rows carry the columns that name them and their values as they were, in every kind of frame."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from tests.boundary.tables import FRAMES, column, field, operation, schema
from typedml.boundary import Report, check

NOON = datetime.datetime(2020, 1, 1, 12)
TRIP = schema(
    field("key", str, unique=True),
    field("x", gt=0),
    field("n", int, isin=(1, 2)),
    field("at", datetime.datetime, ge=NOON),
    field("note", str, nullable=True, pattern="[a-z]*"),
    checks={"less": operation("<", column("x"), column("n", int))},
)
TABLE: dict[str, tuple[type, list[Any]]] = {
    "key": (str, ["a", "b", "c", "d"]),
    "x": (float, [0.5, -1.25, 0.5, 9.0]),
    "n": (int, [1, 2, 7, 1]),
    "at": (datetime.datetime, [NOON, NOON, NOON - datetime.timedelta(microseconds=1), NOON]),
    "note": (str, [None, "ok", "Not\nok", "ok"]),
}
WANTED = {
    ("x", "gt"): ("b", {"x": -1.25}),
    ("n", "isin"): ("c", {"n": 7}),
    ("at", "ge"): ("c", {"at": NOON - datetime.timedelta(microseconds=1)}),
    ("note", "pattern"): ("c", {"note": "Not\nok"}),
    (None, "less"): ("d", {"n": 1, "x": 9.0}),
}


def rows(report: Report) -> dict[Any, tuple[Any, dict[str, Any]]]:
    """The one row of each failure: its key and its values."""
    found: dict[Any, tuple[Any, dict[str, Any]]] = {}
    for failure in report.failures:
        (row,) = failure.rows
        found[failure.column, failure.rule] = (row.keys["key"], dict(row.values))
    return found


@pytest.mark.parametrize("kind", FRAMES)
def test_a_failing_row_has_its_key_and_its_values_as_they_were(kind: str) -> None:
    report = check(TRIP, FRAMES[kind](TABLE))
    assert rows(report) == WANTED


@pytest.mark.parametrize("kind", FRAMES)
def test_a_repeated_key_is_its_own_value(kind: str) -> None:
    twice = {**TABLE, "key": (str, ["a", "b", "a", "d"])}
    report = check(schema(field("key", str, unique=True)), FRAMES[kind]({"key": twice["key"]}), rows=None)
    (failure,) = report.failures
    assert [row.values["key"] for row in failure.rows] == ["a", "a"]
    assert [dict(row.keys) for row in failure.rows] == [{}, {}]
