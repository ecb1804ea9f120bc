"""What is said of a table as a whole: its number of rows, how wide it stores numbers, what only warns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from tests.boundary.tables import FRAMES, field, only_native, rows_of
from tests.boundary.tables import schema as declared_schema
from typedml import Count, FeatureSchema, Simplex, rule
from typedml import field as stated
from typedml.boundary import BoundaryError, check, split, validate
from typedml.boundary.families import Family, Found, width_of
from typedml.boundary.plan import Plan
from typedml.boundary.plans import plan_of
from typedml.boundary.stage import Survey, prepare

every_engine = pytest.mark.parametrize("make", FRAMES.values(), ids=FRAMES)


@pytest.fixture(params=["small", "native"])
def path(request: pytest.FixtureRequest) -> Iterator[None]:
    """Both ways to count: as lists of Python values, and by the library of the frame."""
    if request.param == "small":
        yield
    else:
        with only_native():
            yield


class Two(FeatureSchema, rows=(1, 2)):
    x: float = stated(gt=0)


@pytest.mark.usefixtures("path")
@every_engine
@pytest.mark.parametrize(("rows", "count"), [(0, 1), (1, 0), (2, 0), (3, 1)])
def test_the_number_of_rows_counts_once(rows: int, count: int, make: Any) -> None:
    report = check(Two, make({"x": (float, [1.0] * rows)}))
    assert report.counts[None, "rows"] == count
    assert report.ok is (count == 0)
    if count:
        failure = report.failures[0]
        words = f"{rows} row{'' if rows == 1 else 's'}"
        assert failure.reason == f"the table has {words}, where 1 to 2 rows are declared"
        assert (failure.rows, failure.code, failure.condition) == (
            (),
            "typedml-value",
            "the table has 1 to 2 rows",
        )
        assert failure.hint == f"see whether the step before this one {'repeated' if rows else 'lost'} rows"


@every_engine
def test_a_table_of_too_many_rows_is_not_divided(make: Any) -> None:
    with pytest.raises(BoundaryError) as caught:
        split(Two, make({"x": (float, [1.0, -1.0, 1.0])}))
    assert caught.value.report.counts == {
        ("x", "missing"): 0,
        ("x", "dtype"): 0,
        ("x", "null"): 0,
        ("x", "gt"): 1,
        (None, "rows"): 1,
    }
    good, bad = split(Two, make({"x": (float, [1.0, -1.0])}))
    assert (len(rows_of(good)), len(rows_of(bad))) == (1, 1)


def test_a_sample_knows_how_many_rows_there_are() -> None:
    class Many(FeatureSchema, rows=(100, 100)):
        x: float

    frame = pl.DataFrame({"x": [1.0] * 100})
    assert check(Many, frame, sample=10).counts[None, "rows"] == 0
    assert check(Many, frame.head(50), sample=10).counts[None, "rows"] == 1


WIDTHS: list[tuple[Any, str]] = [
    (pl.DataFrame({"x": pl.Series([1], dtype=pl.Int16)}), "int16"),
    (pl.DataFrame({"x": pl.Series([1], dtype=pl.UInt8)}), "uint8"),
    (pl.LazyFrame({"x": pl.Series([1], dtype=pl.Int64)}), "int64"),
    (pl.DataFrame({"x": pl.Series([1], dtype=pl.Float32)}), "float32"),
    (pd.DataFrame({"x": np.array([1], "int16")}), "int16"),
    (pd.DataFrame({"x": pd.array([1], "Int16")}), "int16"),
    (pd.DataFrame({"x": pd.array([1], "int16[pyarrow]")}), "int16"),
    (pd.DataFrame({"x": pd.array([1], "double[pyarrow]")}), "float64"),
    (pd.DataFrame({"x": pd.array([1], "float[pyarrow]")}), "float32"),
    (pd.DataFrame({"x": pd.Categorical([1])}), "int64"),
    (pd.DataFrame({"x": pd.array([1.0, 0.0], pd.SparseDtype("float64", 0.0))}), "float64"),
    (pa.table({"x": pa.array([1], pa.int8())}), "int8"),
    (pa.table({"x": pa.array([1.0], pa.float32())}), "float32"),
    (np.array([(1,)], [("x", "u4")]), "uint32"),
    (np.array([(1,)], [("x", "f2")]), "float16"),
]


@pytest.mark.parametrize(("frame", "width"), WIDTHS)
def test_a_width_is_judged_by_the_type_of_the_column(frame: Any, width: str) -> None:
    right = check(declared_schema(field("x", width=width)), frame)
    assert right.counts["x", "width"] == 0
    assert right.ok
    other = "int32" if width != "int32" else "int64"
    wrong = check(declared_schema(field("x", gt=0, width=other)), frame)
    assert wrong.counts["x", "width"] == 1
    assert (wrong.failures[0].rule, wrong.failures[0].code) == ("width", "typedml-column")
    assert f"where {other} is declared" in wrong.failures[0].reason
    # The values are there all the same, and are judged.
    assert ("x", "gt") in wrong.counts


def test_a_width_of_what_has_none() -> None:
    narrow = declared_schema(field("x", width="int16", nullable=True, required=False))
    of_objects = check(narrow, pd.DataFrame({"x": np.array([1, None], object)}))
    assert of_objects.counts["x", "width"] == 1
    records = check(narrow, [{"x": 1}])
    assert records.ok
    assert (records.not_run[0].rule, records.not_run[0].because) == (
        "width",
        "values of Python have no width",
    )
    nothing = check(narrow, pl.DataFrame({"x": [None]}))
    assert nothing.counts["x", "width"] == 0
    absent = check(narrow, pl.DataFrame({"y": [1]}))
    assert (absent.ok, absent.not_run[0].because) == (True, 'column "x" is optional and not there')
    text = check(narrow, pl.DataFrame({"x": ["a"]}))
    assert (None if text.ok else text.not_run[0].because) == 'column "x" failed dtype'


def test_a_width_that_warns_lets_the_rows_be_divided() -> None:
    class Narrow(FeatureSchema):
        x: int = stated(dtype="int16", lt=10, severity="warn")

    frame = pl.DataFrame({"x": [1, 20]})
    report = check(Narrow, frame)
    assert report.ok
    assert [failure.rule for failure in report.warnings] == ["width", "lt"]
    good, bad = split(Narrow, frame)
    assert (len(good), len(bad)) == (2, 0)
    with pytest.raises(BoundaryError):
        split(declared_schema(field("x", int, width="int16")), frame)


@pytest.mark.parametrize(
    ("dtype", "width"),
    [("Int16", "int16"), ("category of UInt8", "uint8"), ("halffloat[pyarrow]", "float16"), ("object", "")],
)
def test_libraries_name_widths_in_many_ways(dtype: str, width: str) -> None:
    assert width_of(dtype) == width


class Warned(FeatureSchema, key="n"):
    n: int
    x: float = stated(gt=0, severity="warn")

    @rule(severity="warn")
    def small(c: Any) -> Any:
        return c.x < 10


@pytest.mark.usefixtures("path")
@every_engine
def test_a_warning_is_counted_and_does_not_fail(make: Any) -> None:
    report = check(Warned, make({"n": (int, [1, 2]), "x": (float, [-1.0, 20.0])}))
    assert report.ok
    assert [(failure.rule, failure.count) for failure in report.warnings] == [("gt", 1), ("small", 1)]
    report = check(Warned, make({"n": (int, [1, 1]), "x": (float, [None, 2.0])}))
    assert not report.ok
    assert {(failure.rule, failure.severity) for failure in report.failures} == {
        ("null", "fail"),
        ("key", "fail"),
    }


class Parts(FeatureSchema):
    a: Simplex
    b: Simplex
    c_: Simplex | None


@pytest.mark.usefixtures("path")
@every_engine
def test_the_parts_of_a_whole_sum_to_one(make: Any) -> None:
    table = {
        "a": (float, [0.5, 0.5, 0.5, 1.0, 0.25, 0.1]),
        "b": (float, [0.25, 0.25, 0.5, 0.0, 0.25, 0.2]),
        "c_": (float, [0.25, 0.2500005, 0.5, 0.0, None, 0.7]),
    }
    report = check(Parts, make(table), rows=None)
    assert report.counts[None, "simplex"] == 1
    assert report.failures[-1].rows[0].values == {"a": 0.5, "b": 0.5, "c_": 0.5}
    assert report.failures[-1].condition == "a + b + c_ is 1 within 1e-06"


def test_one_row_is_declared_and_two_rows_are() -> None:
    class One(FeatureSchema, rows=(1, None)):
        x: float

    report = check(One, pl.DataFrame({"x": []}, schema={"x": pl.Float64}))
    assert report.failures[0].reason == "the table has 0 rows, where at least 1 row is declared"


def plan() -> Plan:
    class Ordered(FeatureSchema):
        day: int
        x: float = stated(increasing="day")
        y: float = stated(decreasing=True)
        z: Count = stated(optional=True, increasing="day")

    return plan_of(Ordered)


def test_a_frame_without_an_order_is_judged_by_a_key_alone() -> None:
    found = {name: Found(Family.FLOAT, "double") for name in ("day", "x", "y")}
    stage = prepare(plan(), Survey(("day", "x", "y"), found, lacks=frozenset({"order"})))
    assert ("x", "increasing") in stage.rule_keys
    assert [(each.column, each.rule, each.blocks) for each in stage.not_run if each.blocks] == [
        ("y", "decreasing", True)
    ]
    told = next(each for each in stage.not_run if each.blocks)
    assert "no order" in told.because
    assert "increasing=" in told.hint


def test_rules_over_an_absent_column_are_not_run() -> None:
    report = check(plan().schema, pl.DataFrame({"day": [1], "x": [1.0], "y": [1.0]}))
    assert report.ok
    assert ("z", "increasing", 'column "z" is optional and not there', False) in [
        (each.column, each.rule, each.because, each.blocks) for each in report.not_run
    ]
    broken = check(plan().schema, pl.DataFrame({"day": ["a"], "x": [1.0], "y": [1.0]}))
    assert ("x", "increasing", 'column "day" failed dtype', True) in [
        (each.column, each.rule, each.because, each.blocks) for each in broken.not_run
    ]
    assert ("x", "increasing") not in broken.counts


def test_a_warning_of_one_schema_is_returned_by_validate() -> None:
    frame = pl.DataFrame({"n": [1, 2], "x": [-1.0, 1.0]})
    with pytest.warns(UserWarning, match="x > 0 failed"):
        assert validate(Warned, frame) is frame
