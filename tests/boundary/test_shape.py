"""Frames of the wrong shape, and what is no frame: a clear outcome for each, never an error of a library."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from tests.boundary.tables import column, field, operation, schema
from typedml.boundary import BoundaryError, FrameError, Report, check, split, validate
from typedml.errors import DeclarationError

FLIGHT = schema(field("x", gt=0), field("n", int, nullable=True), field("s", str))
GOOD: dict[str, Any] = {"x": [1.0, 2.0], "n": [1, 2], "s": ["a", "b"]}
UTC = datetime.UTC
NOON = datetime.datetime(2020, 1, 1, 12)

both = pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pl.LazyFrame])


def failing(report: Report) -> dict[Any, int]:
    """The counts that are above zero."""
    return {key: count for key, count in report.counts.items() if count}


def only_failure(report: Report) -> str:
    (failure,) = report.failures
    assert failure.hint
    return failure.reason


@both
def test_a_good_frame_is_returned_as_it_is(make: Any) -> None:
    frame = make(GOOD)
    assert validate(FLIGHT, frame) is frame


@both
def test_a_missing_column_fails_once_and_its_rules_do_not_run(make: Any) -> None:
    report = check(FLIGHT, make({"n": [1], "s": ["a"]}))
    assert failing(report) == {("x", "missing"): 1}
    assert ("x", "gt") not in report.counts
    assert ("x", "dtype") not in report.counts
    assert [(rule.rule, rule.because) for rule in report.not_run] == [
        ("null", 'column "x" failed missing'),
        ("gt", 'column "x" failed missing'),
    ]


def test_a_misspelt_column_is_guessed() -> None:
    failure = check(schema(field("air_time")), pl.DataFrame({"airtime": [1.0]})).failures[0]
    assert failure.reason == 'column "air_time" is missing'
    assert failure.hint == 'is it "airtime"? field(column="airtime") reads a column of another name'


@both
def test_an_optional_column_may_be_absent_and_is_judged_where_it_is_there(make: Any) -> None:
    declared = schema(
        field("x"),
        field("y", required=False, gt=0),
        checks={"less": operation("<", column("x"), column("y"))},
    )
    absent = check(declared, make({"x": [1.0]}))
    assert absent.ok
    assert [rule.rule for rule in absent.not_run] == ["null", "gt", "less"]
    assert not any(rule.blocks for rule in absent.not_run)
    assert failing(check(declared, make({"x": [1.0], "y": [-1.0]}))) == {("y", "gt"): 1, (None, "less"): 1}


@both
def test_an_extra_column_fails_where_the_schema_forbids_it(make: Any) -> None:
    closed = schema(field("x"), extra="forbid")
    report = check(closed, make({"x": [1.0], "y": [1], "z": [2]}))
    assert failing(report) == {(None, "extra"): 1}
    assert only_failure(report) == 'columns "y", "z" are not declared by Flight'
    clean = check(closed, make({"x": [1.0]}))
    assert clean.ok
    assert clean.counts[None, "extra"] == 0
    assert check(schema(field("x")), make({"x": [1.0], "y": [1]})).ok


@both
@pytest.mark.parametrize(
    ("base", "values"),
    [
        (float, ["a", "b"]),
        (float, [True, False]),
        (int, [True, False]),
        (str, [1, 2]),
        (bool, [0, 1]),
        (datetime.date, ["2020-01-01"] * 2),
        (float, [NOON, NOON]),
    ],
)
def test_a_wrong_type_fails_once_and_its_rules_do_not_run(make: Any, base: type, values: list[Any]) -> None:
    report = check(schema(field("x", base, unique=True)), make({"x": values}))
    assert failing(report) == {("x", "dtype"): 1}
    assert ("x", "unique") not in report.counts
    assert "where " + base.__name__ + " is declared" in only_failure(report)


@both
def test_integers_flow_into_floats(make: Any) -> None:
    assert check(FLIGHT, make({**GOOD, "x": [1, 2]})).ok


def test_whole_floats_with_nulls_serve_as_integers() -> None:
    assert check(FLIGHT, pd.DataFrame({**GOOD, "n": [1.0, np.nan]})).ok
    assert failing(check(FLIGHT, pd.DataFrame({**GOOD, "n": [1.5, np.nan]}))) == {("n", "integral"): 1}


def test_text_among_numbers_is_named_by_its_rows() -> None:
    report = check(FLIGHT, pd.DataFrame({**GOOD, "x": [1.0, "a"]}))
    assert "1 float and 1 str, where float is declared; 1 of 2 values is not float" in only_failure(report)
    assert [(row.position, dict(row.values)) for row in report.failures[0].rows] == [(1, {"x": "a"})]
    text = check(FLIGHT, pl.DataFrame({**GOOD, "x": ["1.5", "2"]}))
    assert "every value would read as float" in only_failure(text)


@both
def test_an_empty_frame_holds_every_rule(make: Any) -> None:
    report = check(FLIGHT, make({name: [] for name in GOOD}))
    assert report.ok
    assert report.rows == 0
    assert set(report.counts.values()) == {0}


@both
def test_no_columns_at_all(make: Any) -> None:
    assert failing(check(FLIGHT, make())) == {(name, "missing"): 1 for name in GOOD}


@both
def test_columns_without_a_value_have_no_type_to_be_wrong(make: Any) -> None:
    report = check(FLIGHT, make({name: [None, None] for name in GOOD}))
    assert failing(report) == {("x", "null"): 2, ("s", "null"): 2}
    assert report.counts["x", "gt"] == 0


def test_columns_of_nan_alone_have_no_type_in_pandas() -> None:
    assert failing(check(FLIGHT, pd.DataFrame({name: [np.nan] for name in GOOD}))) == {
        ("x", "null"): 1,
        ("s", "null"): 1,
    }


def test_repeated_column_names() -> None:
    report = check(FLIGHT, pd.DataFrame([[1.0, 1, "a", 2.0]], columns=["x", "n", "s", "x"]))
    assert only_failure(report) == '2 columns are named "x", so none of them can be judged'
    others = pd.DataFrame([[1.0, 1, "a", 2.0, 3.0]], columns=["x", "n", "s", "y", "y"])
    assert check(FLIGHT, others).ok


def test_columns_in_levels() -> None:
    levels = pd.MultiIndex.from_tuples([("x", "a"), ("n", "a"), ("s", "a")])
    report = check(FLIGHT, pd.DataFrame([[1.0, 1, "a"]], columns=levels))
    assert [failure.rule for failure in report.failures] == ["missing"] * 3
    assert "MultiIndex" in report.failures[0].reason
    assert "flatten" in report.failures[0].hint


def test_columns_named_by_numbers() -> None:
    report = check(schema(field("x"), extra="forbid"), pd.DataFrame([[1.0, 2]], columns=["x", 3]))
    assert failing(report) == {(None, "extra"): 1}
    assert only_failure(report) == 'column "3 (int)" is not declared by Flight'


@pytest.mark.parametrize(
    "column",
    [
        pd.Categorical([1.0, 2.0]),
        pd.arrays.SparseArray([1.0, 2.0]),
        np.array([1, 2], np.uint8),
        np.array([1, 2], np.float16),
        pd.array([1, 2], "Int16"),
        pd.array([1, 2], "float[pyarrow]"),
        pd.Series([1, 2], dtype=pd.ArrowDtype(pa.dictionary(pa.int8(), pa.int64()))).array,
        np.array([1, 2.5], object),
    ],
    ids=lambda column: str(column.dtype),
)
def test_numbers_are_numbers_in_every_type_of_pandas(column: Any) -> None:
    assert check(FLIGHT, pd.DataFrame({**GOOD, "x": column})).ok
    assert failing(check(schema(field("x", gt=1)), pd.DataFrame({"x": column}))) == {("x", "gt"): 1}


@pytest.mark.parametrize(
    "column",
    [pd.interval_range(0, 2), pd.period_range("2020", "2021", freq="Y"), [1j, 2j], [b"a", b"b"], [[1], [2]]],
)
def test_other_values_are_no_numbers(column: Any) -> None:
    assert failing(check(FLIGHT, pd.DataFrame({**GOOD, "x": column}))) == {("x", "dtype"): 1}


@pytest.mark.parametrize("values", [[{"a": 1}] * 2, [[1], [2]], [b"a", b"b"]])
def test_nested_values_are_no_text(values: list[Any]) -> None:
    assert failing(check(FLIGHT, pl.DataFrame({**GOOD, "s": values}))) == {("s", "dtype"): 1}


@both
def test_times_with_and_without_a_zone_are_both_taken(make: Any) -> None:
    declared = schema(field("x", datetime.datetime))
    assert check(declared, make({"x": [NOON]})).ok
    assert check(declared, make({"x": [NOON.replace(tzinfo=UTC)]})).ok


@both
def test_a_bound_in_another_zone_is_the_same_moment(make: Any) -> None:
    berlin = datetime.timezone(datetime.timedelta(hours=1))
    declared = schema(field("x", datetime.datetime, le=NOON.replace(tzinfo=berlin)))
    moments = [NOON.replace(tzinfo=UTC) - datetime.timedelta(hours=1), NOON.replace(tzinfo=UTC)]
    assert failing(check(declared, make({"x": moments}))) == {("x", "le"): 1}


@both
def test_a_bound_without_the_zone_of_its_column_is_never_waved_through(make: Any) -> None:
    frame = make({"x": [NOON.replace(tzinfo=UTC)]})
    declared = schema(field("x", datetime.datetime, gt=NOON - datetime.timedelta(days=1)))
    report = check(declared, frame)
    assert not report.ok
    assert not report.failures
    assert report.not_run[0].because == '"x" has a time zone and 2019-12-31 12:00:00 has no time zone'
    with pytest.raises(BoundaryError, match="could not run"):
        validate(declared, frame)
    with pytest.raises(BoundaryError):
        split(declared, frame)


def test_times_finer_than_python_knows_are_told_apart() -> None:
    ticks = pl.DataFrame({"x": pl.Series([10, 11], dtype=pl.Datetime("ns"))})
    assert check(schema(field("x", datetime.datetime, unique=True)), ticks).ok
    assert check(schema(field("x", datetime.datetime, unique=True)), ticks.to_pandas()).ok


def test_mixed_zones_are_mixed_values() -> None:
    mixed = np.array([NOON, NOON.replace(tzinfo=UTC)], object)
    report = check(schema(field("x", datetime.datetime)), pd.DataFrame({"x": mixed}))
    assert "datetimes with and without a time zone" in only_failure(report)


@pytest.mark.parametrize(
    ("frame", "fact"),
    [
        ([1], "row 0 is of type int, which is no record"),
        ([{"x": 1.0}, None], "row 1 is of type NoneType, which is no record"),
        (iter([{"x": 1.0}]), "a list_iterator can be read once, so nothing would be left of it"),
        ({"x": [1.0]}, "a dict is not a frame"),
        (None, "None is not a frame"),
        (pd.Series([1.0]), "a Series is not a frame"),
        (np.array([1.0]), "an array without named fields has no columns"),
        (np.zeros((2, 2), [("x", "f8")]), "a structured array of 2 dimensions has no rows"),
        (pa.table({"x": [1.0]})["x"], "a ChunkedArray is not a frame"),
        (
            pa.table({"x": [1.0]}).to_reader(),
            "a RecordBatchReader can be read once, so nothing would be left of it",
        ),
        (pd.DataFrame, "the class DataFrame is not a frame"),
    ],
)
def test_what_is_no_frame_is_refused(frame: object, fact: str) -> None:
    for refuse in (check, validate, split):
        with pytest.raises(FrameError) as error:
            refuse(FLIGHT, frame)
        assert error.value.fact == fact
        assert error.value.hint
        assert isinstance(error.value, TypeError)


def test_what_is_no_schema_is_refused() -> None:
    with pytest.raises(FrameError, match="3 is not a schema"):
        check(3, pl.DataFrame())
    with pytest.raises(DeclarationError):
        check(int, pl.DataFrame())


def test_two_fields_of_one_column_are_refused() -> None:
    with pytest.raises(DeclarationError, match="more than one field"):
        check(schema(field("x"), field("x")), pl.DataFrame())


@pytest.mark.parametrize("rows", [-1, 1.5, True, "all"])
def test_a_number_of_rows_is_a_number(rows: Any) -> None:
    with pytest.raises(FrameError, match="is not a number of rows"):
        check(FLIGHT, pl.DataFrame(GOOD), rows=rows)


@pytest.mark.parametrize(
    "query",
    [
        pl.scan_csv("/nowhere/at/all.csv"),
        pl.LazyFrame(GOOD).select("zz"),
        pl.LazyFrame(GOOD).with_columns(x=pl.col("s").cast(pl.Float64)),
    ],
    ids=["no file", "no column", "fails late"],
)
def test_a_lazy_frame_that_cannot_be_collected_says_so(query: pl.LazyFrame) -> None:
    with pytest.raises(FrameError, match="the lazy frame cannot be collected"):
        check(FLIGHT, query)
