"""Rules of severity "warn": the frame is returned, one warning tells, the report is fine and says so."""

from __future__ import annotations

import pickle
import warnings
from pathlib import Path
from typing import Any

import attrs
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from tests.boundary.tables import field, schema
from typedml import FeatureSchema, rule
from typedml import field as declared_field
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


class Leg(FeatureSchema):
    distance: float = declared_field(gt=0, severity="warn")
    speed: float = declared_field(gt=0)

    @rule(severity="warn")
    def slow(c):  # type: ignore[no-untyped-def]  # a rule as users write it
        return c.speed <= c.distance * 1000


LEGS = {"distance": [1.0, -1.0, -1.0], "speed": [1.0, 1.0, -1.0]}


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pl.LazyFrame, pa.table])
def test_a_rule_that_only_warns_sets_no_row_aside(make: Any) -> None:
    good, bad = Leg.split(make(LEGS))
    good, bad = (part.collect() if isinstance(part, pl.LazyFrame) else part for part in (good, bad))
    assert (len(good), len(bad)) == (2, 1)
    reasons: Any = bad["__reasons__"]
    assert (reasons.to_pylist() if isinstance(bad, pa.Table) else reasons.to_list()) == [["speed: gt"]]
    with pytest.warns(BoundaryWarning, match="distance > 0 failed in 1 of 2 rows; slow"):
        Leg.validate(good)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        again, none = Leg.split(good)
    assert (len(again), len(none)) == (2, 0)


def test_a_rule_that_only_warns_sets_no_row_of_a_file_aside(tmp_path: Path) -> None:
    from typedml.boundary import split_files

    source, good, bad = (tmp_path / f"{name}.parquet" for name in ("legs", "good", "bad"))
    pl.DataFrame(LEGS).write_parquet(source)
    split_files(Leg, source, good=good, bad=bad)
    assert (pl.read_parquet(good).height, pl.read_parquet(bad).height) == (2, 1)
