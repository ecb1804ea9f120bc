"""A frame without rows keeps every rule, and its report says that none was judged."""

from typing import Annotated

import pandas as pd
import polars as pl
import pytest

from typedml import FeatureSchema, Unit, field
from typedml.boundary import check, check_record


class Leg(FeatureSchema):
    distance: Annotated[float, Unit("km")] | None = field(gt=0)


EMPTY = [
    pl.DataFrame({"distance": []}, schema={"distance": pl.Float64}),
    pd.DataFrame({"distance": pd.Series([], dtype="float64")}),
]


@pytest.mark.parametrize("frame", EMPTY, ids=["polars", "pandas"])
def test_a_frame_of_no_rows_is_fine_and_says_that_no_row_was_judged(frame: object) -> None:
    report = check(Leg, frame)
    assert report.ok
    assert "no row was judged" in str(report)
    assert "Hint:" in str(report)
    (note,) = report.to_dict()["notes"]
    assert note["fact"] == "no row was judged"
    assert note["hint"]


def test_a_frame_with_rows_has_no_such_note() -> None:
    report = check(Leg, pl.DataFrame({"distance": [1.0]}))
    assert "no row was judged" not in str(report)
    assert report.to_dict()["notes"] == []


@pytest.mark.parametrize(
    "frame",
    [
        pl.DataFrame({"distance": ["a", None]}),
        pd.DataFrame({"distance": pd.Series([None], dtype="bool[pyarrow]")}),
    ],
)
def test_the_dtype_of_a_column_with_gaps_is_judged(frame: object) -> None:
    assert check(Leg, frame).counts["distance", "dtype"] == 1


@pytest.mark.parametrize(
    "frame", [pl.DataFrame({"distance": [None, None]}), pd.DataFrame({"distance": [None, None]})]
)
def test_the_dtype_of_a_column_of_untyped_nulls_is_said_not_to_be_judged(frame: object) -> None:
    report = check(Leg, frame)
    assert report.ok
    assert 'the dtype of "distance" was not judged' in str(report)
    assert report.to_dict()["notes"][0]["hint"]


def test_a_gap_of_one_record_shows_no_missing_type() -> None:
    row = {"distance": None}
    assert check_record(Leg, row).notes == check(Leg, [row]).notes == ()
    assert check(Leg, [row, row]).notes


def test_the_dtype_of_typed_nulls_is_judged() -> None:
    assert check(Leg, pl.DataFrame({"distance": pl.Series([None], dtype=pl.Float64)})).notes == ()
    assert not check(Leg, pl.DataFrame({"distance": pl.Series([None], dtype=pl.String)})).ok
