"""Rules of severity "warn": the frame is returned, one warning tells, the report is fine and says so."""

from __future__ import annotations

import pickle
import warnings
from pathlib import Path
from typing import Any

import attrs
import pandas as pd
import polars as pl
import pytest

from tests.boundary.tables import field, schema
from typedml.boundary import BoundaryWarning, Report, check, validate
from typedml.boundary.plans import plan_of
from typedml.boundary.session import Session

TRIP = schema(field("x", gt=0, le=10), field("y", ge=0))
FRAME = pl.DataFrame({"x": [1.0, -2.0, 30.0], "y": [0.0, 0.0, 0.0]})


@pytest.fixture
def lenient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every rule on rows of `x` only warns."""
    plan = plan_of(TRIP)
    columns = tuple(
        attrs.evolve(
            column,
            rows=tuple(
                attrs.evolve(rule, severity="warn" if rule.column == "x" else "fail") for rule in column.rows
            ),
        )
        for column in plan.columns
    )
    mild = attrs.evolve(plan, columns=columns)
    monkeypatch.setattr("typedml.boundary.checking.plan_of", lambda schema: mild)
    assert not Session(plan, FRAME).report().ok


@pytest.mark.usefixtures("lenient")
def test_one_warning_tells_of_all_rules_where_the_caller_stands() -> None:
    with pytest.warns(BoundaryWarning) as caught:
        assert validate(TRIP, FRAME) is FRAME
    (warned,) = caught
    assert str(warned.message) == "Flight: x > 0 failed in 1 of 3 rows; x <= 10 failed in 1 of 3 rows"
    assert Path(warned.filename) == Path(__file__)
    assert isinstance(warned.message, BoundaryWarning)
    again = pickle.loads(pickle.dumps(warned.message))
    assert again.report == warned.message.report


@pytest.mark.usefixtures("lenient")
def test_a_report_with_warnings_alone_is_fine_and_has_them() -> None:
    report: Report = check(TRIP, FRAME)
    assert report.ok
    assert [failure.rule for failure in report.warnings] == ["gt", "le"]
    assert {failure["severity"] for failure in report.to_dict()["failures"]} == {"warn"}


@pytest.mark.usefixtures("lenient")
@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pl.LazyFrame])
def test_nothing_is_warned_where_nothing_is_wrong_or_an_error_tells(make: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        validate(TRIP, make({"x": [1.0], "y": [0.0]}))
        check(TRIP, FRAME)
        with pytest.raises(Exception, match="y >= 0 failed"):
            validate(TRIP, make({"x": [-1.0], "y": [-1.0]}))
