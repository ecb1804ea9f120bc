"""Schema classes and `@checked` reach the boundary: one declaration, the same rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import pandas as pd
import polars as pl
import pytest

from tests.boundary.tables import rows_of
from typedml import Count, FeatureSchema, Identifier, Probability, Unit, checked, field, rule
from typedml.boundary import BoundaryError, check

Miles = Annotated[float, Unit("mile")]
Minutes = Annotated[float, Unit("minute")]


class Flight(FeatureSchema):
    """One flight that departed."""

    carrier: Identifier
    flight: str = field(unique=True)
    distance: Miles = field(gt=0)
    air_time: Minutes | None = field(gt=0)
    seats: Count
    p_late: Probability

    @rule
    def is_subsonic(c: Any) -> Any:
        """Nothing here flies faster than 11 miles a minute."""
        return c.distance / c.air_time <= 11


@dataclass
class Place:
    """What is not a FeatureSchema, and declares columns all the same."""

    latitude: float
    name: str | None


TABLE: dict[str, Any] = {
    "carrier": ["UA", "UA", "DL", "B6"],
    "flight": ["a", "b", "b", "d"],
    "distance": [100.0, 0.0, 500.0, 90.0],
    "air_time": [20.0, None, 1.0, 30.0],
    "seats": [100, 120, -1, 150],
    "p_late": [0.5, 1.5, 0.1, 1.0],
}
both = pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pl.LazyFrame])


@both
def test_a_schema_checks_a_frame(make: Any) -> None:
    report = Flight.check(make(TABLE))
    assert {key: count for key, count in report.counts.items() if count} == {
        ("flight", "unique"): 2,
        ("distance", "gt"): 1,
        ("seats", "range"): 1,
        ("p_late", "range"): 1,
        (None, "is_subsonic"): 1,
    }
    last = report.failures[-1]
    assert last.doc == "Nothing here flies faster than 11 miles a minute."
    assert dict(last.rows[0].keys) == {"carrier": "DL", "flight": "b"}
    assert dict(last.rows[0].values) == {"air_time": 1.0, "distance": 500.0}


@both
def test_a_schema_validates_and_splits_a_frame(make: Any) -> None:
    frame = make(TABLE)
    with pytest.raises(BoundaryError) as error:
        Flight.validate(frame, rows=1)
    assert [len(failure.rows) for failure in error.value.report.failures] == [1] * 5
    good, bad = Flight.split(frame)
    assert Flight.validate(good) is good
    assert [row["flight"] for row in rows_of(good)] == ["a", "d"]
    assert [row["__reasons__"][-1] for row in rows_of(bad)] == ["p_late: range", "is_subsonic"]


@both
def test_a_checked_function_checks_its_frames(make: Any) -> None:
    library = pl.LazyFrame if make is pl.LazyFrame else type(make())

    def count(flights: Any) -> int:
        return len(rows_of(flights))

    count.__annotations__["flights"] = Annotated[library, Flight]
    counted = checked(count)
    good, _ = Flight.split(make(TABLE))
    assert counted(good) == 2
    with pytest.raises(BoundaryError, match="distance > 0 failed in 1 of 4 rows"):
        counted(make(TABLE))


@both
def test_other_classes_declare_columns_too(make: Any) -> None:
    counts = check(Place, make({"latitude": [1.0, None], "name": ["a", None]})).counts
    assert counts["latitude", "null"] == 1
    assert ("name", "null") not in counts
