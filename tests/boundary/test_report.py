"""What a report holds, how it reads, and that it is all that an error keeps."""

from __future__ import annotations

import gc
import io
import json
import pickle
import weakref
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest
from rich.console import Console

from tests.boundary.tables import field, only_native, rows_of, schema
from typedml import FeatureSchema, Probability
from typedml import field as typed_field
from typedml.algebra.catalogue import KINDS
from typedml.algebra.meaning import Meaning
from typedml.boundary import BoundaryError, check, plan_of, split, split_files, validate
from typedml.boundary.terminal import as_text, show

FLIGHT = schema(
    field("flight", str, unique=True, pattern="[A-Z]{2}[0-9]+"),
    field("distance", gt=0),
    field("gate", str, nullable=True, meaning=Meaning(KINDS["Identifier"])),
)
TABLE: dict[str, Any] = {
    "flight": ["UA1", "UA1", "b", None],
    "distance": [1.5, -1.0, 0.0, 2.0],
    "gate": ["A1", None, "B2", "B3"],
}
TEXT = """\
✗ Flight  4 of 11 rules failed in 4 rows

● flight is null in 1 of 4 rows  [typedml-value]
  row   gate   flight
  ───────────────────
    3   'B3'     null
  Hint: say "| None" at Flight.flight if its values may be missing

● flight matches "[A-Z]{2}[0-9]+" failed in 1 of 4 rows  [typedml-value]
  row   gate   flight
  ───────────────────
    2   'B2'   'b'

● flight repeats a value in 2 of 4 rows  [typedml-value]
  row   gate   flight
  ───────────────────
    0   'A1'   'UA1'
    1   null   'UA1'

● distance > 0 failed in 2 of 4 rows  [typedml-value]
  row   flight   gate   distance
  ──────────────────────────────
    1   'UA1'    null         -1
    2   'b'      'B2'          0

Flight: 4 failed, 7 held, 6 breaches in 4 rows
Hint: good, bad = Flight.split(frame) sets these rows aside, each with its reasons"""

both = pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pl.LazyFrame])


@both
def test_the_text_of_a_report(make: Any) -> None:
    assert as_text(check(FLIGHT, make(TABLE))) == TEXT


def test_the_text_of_a_report_that_is_fine() -> None:
    report = check(FLIGHT, pl.DataFrame(TABLE).head(1))
    assert str(report) == "✓ Flight  11 rules hold in 1 row"


def test_the_text_names_the_rules_that_did_not_run() -> None:
    text = str(check(FLIGHT, pl.DataFrame({"flight": ["UA1"], "gate": ["A1"]})))
    assert 'Not run\n  distance: null, distance: gt  because column "distance" failed missing' in text


def test_a_terminal_shows_colours_and_a_file_does_not() -> None:
    report = check(FLIGHT, pl.DataFrame(TABLE))
    shown = {}
    for terminal in (True, False):
        buffer = io.StringIO()
        console = Console(file=buffer, force_terminal=terminal, width=100)
        show(report, console)
        shown[terminal] = buffer.getvalue()
    assert "\x1b[" in shown[True]
    assert "\x1b[" not in shown[False]


def test_a_report_prints_itself_on_a_console() -> None:
    buffer = io.StringIO()
    Console(file=buffer, width=100).print(check(FLIGHT, pl.DataFrame(TABLE)))
    assert "distance > 0 failed in 2 of 4 rows" in buffer.getvalue()


def test_long_and_odd_values_stay_on_one_line() -> None:
    text = str(check(schema(field("x", str, pattern="a")), pl.DataFrame({"x": ["b" * 99, "[red]\n", "a"]})))
    assert "b" * 40 in text
    assert "b" * 60 not in text
    assert "'[red]\\n'" in text


@both
def test_every_rule_that_ran_is_counted_in_order(make: Any) -> None:
    counts = check(FLIGHT, make(TABLE)).counts
    rules = ["missing", "dtype", "null", "pattern", "unique"]
    assert list(counts) == [
        *(("flight", rule) for rule in rules),
        *(("distance", rule) for rule in ("missing", "dtype", "null", "gt")),
        *(("gate", rule) for rule in ("missing", "dtype")),
    ]
    assert [count for count in counts.values() if count] == [1, 1, 2, 2]


@both
@pytest.mark.parametrize(("rows", "kept"), [(0, 0), (1, 1), (7, 7), (None, 300)])
def test_the_caller_says_how_many_rows_are_kept_and_counts_stay_exact(
    make: Any, rows: int | None, kept: int
) -> None:
    report = check(schema(field("x", gt=0)), make({"x": [-1.0] * 300}), rows=rows)
    (failure,) = report.failures
    assert (failure.count, len(failure.rows), failure.more) == (300, kept, 300 - kept)
    assert [row.position for row in failure.rows] == list(range(kept))


@both
def test_failing_rows_carry_keys_and_original_values(make: Any) -> None:
    failure = check(FLIGHT, make(TABLE)).failures[-1]
    assert [(row.position, dict(row.keys), dict(row.values)) for row in failure.rows] == [
        (1, {"flight": "UA1", "gate": None}, {"distance": -1.0}),
        (2, {"flight": "b", "gate": "B2"}, {"distance": 0.0}),
    ]


def test_the_index_of_a_pandas_frame_names_its_rows_where_it_says_more_than_the_position() -> None:
    declared = schema(field("x", gt=0))
    (failure,) = check(declared, pd.DataFrame({"x": [1.0, -1.0]}, index=["a", "b"])).failures
    assert [(row.position, dict(row.keys)) for row in failure.rows] == [(1, {"index": "b"})]
    (failure,) = check(declared, pd.DataFrame({"x": [1.0, -1.0]})).failures
    assert dict(failure.rows[0].keys) == {}


def test_an_error_has_every_failure_and_not_the_frame() -> None:
    frame = pd.DataFrame(TABLE)
    seen = weakref.ref(frame)
    with pytest.raises(BoundaryError) as raised:
        validate(FLIGHT, frame)
    error = raised.value
    assert [failure.rule for failure in error.report.failures] == ["null", "pattern", "unique", "gt"]
    assert error.fact == "Flight: 4 of 11 rules failed in 4 rows"
    assert error.hint
    assert str(error) == TEXT
    error.__traceback__ = None
    del raised, frame
    gc.collect()
    assert seen() is None


def test_a_report_and_its_error_can_be_sent_to_another_process() -> None:
    report = check(FLIGHT, pl.DataFrame(TABLE))
    copy = pickle.loads(pickle.dumps(BoundaryError(report)))
    assert copy.report == report


def test_a_report_as_json() -> None:
    table = {**TABLE, "distance": [float("inf"), float("nan"), -1.0, 2.0]}
    plain = json.loads(json.dumps(check(FLIGHT, pl.DataFrame(table)).to_dict(), allow_nan=False))
    assert plain["ok"] is False
    assert plain["rows"] == 4
    assert plain["engine"] == "polars"
    assert {"column": "distance", "rule": "gt", "failing": 1} in plain["counts"]
    assert plain["failures"][-1]["rows"] == [
        {"position": 2, "keys": {"flight": "b", "gate": "B2"}, "values": {"distance": -1.0}}
    ]


@both
def test_split_keeps_every_row_with_its_reasons(make: Any) -> None:
    frame = make(TABLE)
    good, bad = split(FLIGHT, frame)
    assert type(good) is type(bad) is type(frame)
    assert [row["distance"] for row in rows_of(good)] == []
    assert [row["__reasons__"] for row in rows_of(bad)] == [
        ["flight: unique"],
        ["flight: unique", "distance: gt"],
        ["flight: pattern", "distance: gt"],
        ["flight: null"],
    ]


@both
def test_split_of_a_good_frame(make: Any) -> None:
    frame = make({name: cells[:1] for name, cells in TABLE.items()})
    good, bad = split(FLIGHT, frame)
    assert good is frame
    names = bad.collect_schema().names() if isinstance(bad, pl.LazyFrame) else list(bad.columns)
    assert rows_of(bad) == []
    assert names == [*TABLE, "__reasons__"]


@both
def test_split_raises_where_no_row_can_be_judged(make: Any) -> None:
    with pytest.raises(BoundaryError, match='column "distance" is missing'):
        split(FLIGHT, make({"flight": ["UA1"], "gate": ["A1"]}))


def test_split_keeps_the_index_of_a_pandas_frame_and_leaves_the_frame_alone() -> None:
    frame = pd.DataFrame({"x": [1.0, -1.0, 2.0]}, index=[7, 8, 9])
    before = frame.copy()
    good, bad = split(schema(field("x", gt=0)), frame)
    assert list(good.index) == [7, 9]
    assert list(bad.index) == [8]
    pd.testing.assert_frame_equal(frame, before)


@both
def test_a_frame_that_was_split_can_be_split_again(make: Any) -> None:
    declared = schema(field("x", gt=0))
    _, bad = split(declared, make({"x": [1.0, -1.0]}))
    _, again = split(declared, bad)
    assert rows_of(again) == [{"x": -1.0, "__reasons__": ["x: gt"]}]


def test_a_lazy_frame_is_really_validated_and_stays_lazy() -> None:
    frame = pl.LazyFrame(TABLE).filter(pl.col("distance") < 0)
    report = check(FLIGHT, frame)
    assert report.rows == 1
    assert report.counts["distance", "gt"] == 1
    good, bad = split(FLIGHT, frame)
    assert isinstance(good, pl.LazyFrame)
    assert isinstance(bad, pl.LazyFrame)


def test_checking_never_changes_the_frame() -> None:
    frame = pd.DataFrame(TABLE)
    before = frame.copy()
    with only_native():
        check(FLIGHT, frame)
    check(FLIGHT, frame)
    pd.testing.assert_frame_equal(frame, before)


def test_a_plan_is_made_once_and_can_be_printed() -> None:
    assert plan_of(FLIGHT) is plan_of(FLIGHT)
    lines = str(plan_of(FLIGHT)).splitlines()
    assert lines[0] == "plan of Flight: 11 rules"
    assert any(line.split() == ["distance:", "gt", "distance", ">", "0"] for line in lines)
    assert plan_of(FLIGHT).keys == ("flight", "gate")


def test_the_rows_of_a_query_without_an_order_are_those_that_failed() -> None:
    rows = pl.LazyFrame({"x": [float(number % 97 - 48) for number in range(3000)]})
    (failure,) = check(schema(field("x", gt=0)), rows.group_by("x").agg(pl.len()), rows=None).failures
    assert failure.count == len(failure.rows) == 49
    assert sorted(row.values["x"] for row in failure.rows) == [float(number) for number in range(-48, 1)]  # type: ignore[type-var]


@pytest.mark.parametrize(
    ("value", "percents"), [(12.5, True), (100.0, True), (1.2, False), (1.0e4, False), (-0.5, False)]
)
def test_shares_that_look_like_percents_are_told_how_to_become_shares(value: float, percents: bool) -> None:
    class Late(FeatureSchema):
        p_late: Probability

    (failure,) = Late.check(pd.DataFrame({"p_late": [0.5, value]})).failures
    assert ('convert(p_late, "percent", "1")' in failure.hint) is percents


class Line(FeatureSchema):
    distance: float = typed_field(gt=0)
    stars: int = typed_field(le=5)


def test_a_split_does_not_advise_itself_where_it_cannot_divide_rows() -> None:
    frame = pl.DataFrame({"distance": [1.0, -1.0], "stars": ["a", "1"]})
    with pytest.raises(BoundaryError) as caught:
        Line.split(frame)
    text = str(caught.value)
    assert "the frame was not divided, for not every row can be judged" in text
    assert 'Hint: mend "stars: dtype" first' in text
    assert "sets these rows aside" not in text
    assert "sets these rows aside" not in str(Line.check(frame))
    assert "not divided" not in str(Line.check(frame))


@pytest.mark.parametrize("breach", ["corrupt", "dtype"])
def test_files_that_are_not_divided_say_that_nothing_was_written_and_why(tmp_path: Path, breach: str) -> None:
    pl.DataFrame({"distance": [1.0, -1.0], "stars": [1, 2]}).write_parquet(tmp_path / "1.parquet")
    if breach == "corrupt":
        (tmp_path / "2.parquet").write_bytes(b"PAR1")
    else:
        pl.DataFrame({"distance": [1.0], "stars": ["a"]}).write_parquet(tmp_path / "2.parquet")
    with pytest.raises(BoundaryError) as caught:
        split_files(Line, f"{tmp_path}/*.parquet", good=tmp_path / "good", bad=tmp_path / "bad")
    text = str(caught.value)
    assert "no file was written, for not every row can be judged" in text
    assert f'Hint: mend "{"file" if breach == "corrupt" else "stars: dtype"}" first' in text
    assert "sets these rows aside" not in text


class Warned(FeatureSchema):
    distance: float = typed_field(gt=0, severity="warn")


def test_no_row_is_said_to_be_set_aside_by_a_rule_that_only_warns() -> None:
    text = str(Warned.check(pl.DataFrame({"distance": [-1.0]})))
    assert "sets these rows aside" not in text
    assert "Hint: Warned.check(frame, rows=None) shows all of these rows" in text
