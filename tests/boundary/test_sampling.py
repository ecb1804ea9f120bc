"""A sample is judged, says so everywhere, and answers for nothing that needs all rows."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import polars as pl
import pytest

from tests.boundary.tables import column, field, operation, rows_of, schema
from typedml.boundary import BoundaryError, FrameError, Report, Sample, check, split, validate

TRIP = schema(
    field("key", str, unique=True),
    field("x", gt=0),
    field("y", nullable=True, null_fraction=0.5),
    field("t", int, increasing=True),
    checks={"less": operation("<=", column("x"), column("t", int))},
)
ROWS = 1000
TABLE: dict[str, Any] = {
    "key": [f"k{number}" for number in range(ROWS)],
    "x": [-1.0 if number % 10 == 0 else 1.0 for number in range(ROWS)],
    "y": [None if number % 3 else 1.0 for number in range(ROWS)],
    "t": list(range(1, ROWS + 1)),
}
GOOD = {**TABLE, "x": [1.0] * ROWS}

every = pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pl.LazyFrame])


def positions(report: Report) -> list[int]:
    found = [row.position for failure in report.failures for row in failure.rows]
    return [position for position in found if position is not None]


@every
def test_so_many_rows_are_judged_as_were_asked_for(make: Any) -> None:
    report = check(TRIP, make(TABLE), sample=200)
    assert report.rows == 200
    assert report.sample == Sample(200, ROWS, 0)
    assert 5 <= report.counts["x", "gt"] <= 40
    assert report.counts[None, "less"] == 0


@every
def test_a_share_of_the_rows_is_judged(make: Any) -> None:
    assert check(TRIP, make(TABLE), sample=0.25).sample == Sample(250, ROWS, 0)
    assert check(TRIP, make(TABLE), sample=1e-9).sample == Sample(1, ROWS, 0)


def test_a_seed_draws_the_same_rows_from_every_kind_of_frame() -> None:
    drawn = [
        positions(check(TRIP, make(TABLE), sample=100, seed=7, rows=None))
        for make in (pd.DataFrame, pl.DataFrame, pl.LazyFrame)
    ]
    assert drawn[0] == drawn[1] == drawn[2] == sorted(drawn[0])
    assert drawn[0]
    assert drawn[0] != positions(check(TRIP, pl.DataFrame(TABLE), sample=100, seed=8, rows=None))


@every
def test_failing_rows_are_named_by_where_they_stand_in_the_whole_frame(make: Any) -> None:
    (failure,) = check(TRIP, make(TABLE), sample=300, rows=None).failures
    assert all(row.position is not None and row.position % 10 == 0 for row in failure.rows)
    assert [row.keys["key"] for row in failure.rows] == [f"k{row.position}" for row in failure.rows]


def test_the_rows_of_a_wrong_type_are_named_by_where_they_stand() -> None:
    values = [1.0] * 50 + ["far"] + [1.0] * 49
    (failure,) = check(schema(field("x")), pd.DataFrame({"x": values}), sample=99, seed=1).failures
    assert [row.position for row in failure.rows] == [50]


@every
def test_a_rule_that_needs_all_rows_does_not_run_and_is_told(make: Any) -> None:
    report = check(TRIP, make(GOOD), sample=100)
    assert report.ok
    assert [(rule.column, rule.rule, rule.blocks) for rule in report.not_run] == [
        ("key", "unique", False),
        ("y", "null_fraction", False),
        ("t", "increasing", False),
    ]
    assert ("key", "unique") not in report.counts
    assert check(TRIP, make(GOOD), sample=ROWS).not_run == ()


@every
def test_a_report_that_is_fine_admits_that_it_is_of_a_sample(make: Any) -> None:
    report = check(TRIP, make(GOOD), sample=100)
    headline, *rest = str(report).splitlines()
    assert headline.endswith("hold in a sample of 100 of 1,000 rows")
    assert "900 of 1,000 rows were not judged" in "\n".join(rest)
    plain = json.loads(json.dumps(report.to_dict()))
    assert plain["sample"] == {"rows": 100, "of": 1000, "seed": 0}
    assert [rule["rule"] for rule in plain["not_run"]] == ["unique", "null_fraction", "increasing"]


@every
def test_a_sample_of_all_rows_is_no_sample(make: Any) -> None:
    report = check(TRIP, make(GOOD), sample=5000)
    assert report.sample is None
    assert report.to_dict()["sample"] is None
    assert ("key", "unique") in report.counts


@every
def test_a_frame_is_returned_if_its_sample_holds(make: Any) -> None:
    frame = make(GOOD)
    assert validate(TRIP, frame, sample=10) is frame
    with pytest.raises(BoundaryError, match="in a sample of 500 of 1,000 rows"):
        validate(TRIP, make(TABLE), sample=500)


def test_a_sample_of_no_rows_says_that_no_row_was_judged() -> None:
    report = check(schema(field("x")), pl.DataFrame({"x": []}), sample=0.5)
    assert report.ok
    assert [note.fact for note in report.notes] == ["no row was judged"]


def test_a_sample_never_changes_what_another_check_runs() -> None:
    frame = pl.DataFrame(TABLE)
    check(TRIP, frame, sample=100)
    assert ("key", "unique") in check(TRIP, frame).counts


@pytest.mark.parametrize("sample", [0, -1, 0.0, 1.5, True, "10", float("nan")])
def test_what_is_no_size_of_a_sample_is_refused(sample: Any) -> None:
    with pytest.raises(FrameError, match="neither a number of rows nor a share"):
        check(TRIP, pl.DataFrame(TABLE), sample=sample)


@pytest.mark.parametrize("seed", [-1, 0.5, None])
def test_what_is_no_seed_is_refused(seed: Any) -> None:
    with pytest.raises(FrameError, match="seed="):
        check(TRIP, pl.DataFrame(TABLE), sample=10, seed=seed)


def test_a_split_is_of_all_rows() -> None:
    good, bad = split(TRIP, pl.DataFrame(TABLE))
    assert len(rows_of(good)) + len(rows_of(bad)) == ROWS
    with pytest.raises(TypeError):
        split(TRIP, pl.DataFrame(TABLE), sample=10)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("options", "said", "hint"),
    [
        ({"seed": 7}, "seed=7 draws nothing without a sample", "sample=0.1, seed=7"),
        ({"profile": "yes"}, "profile='yes' is neither True nor False", "profile=True"),
        ({"streaming": 1}, "streaming=1 is neither True nor False", "streaming=True"),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(options: dict[str, Any], said: str, hint: str) -> None:
    with pytest.raises(FrameError) as caught:
        check(TRIP, pl.DataFrame(GOOD), **options)
    assert caught.value.fact == said
    assert hint in str(caught.value.hint)
