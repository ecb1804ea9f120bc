"""PySpark, in process: the answers of the other engines, by few jobs and one scan of the source."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.boundary.tables import Table, column, field, operation, polars_eager, schema, spark_frame
from tests.boundary.test_unordered import BROKEN_BY_DECIMALS, breaches, check_decimals
from typedml import FeatureSchema
from typedml import field as feature
from typedml.boundary import FrameError, check, split, validate

pytestmark = pytest.mark.spark

FLIGHT = schema(
    field("flight", str, unique=True, pattern=r"[A-Z]{2}\d+"),
    field("distance", gt=0),
    checks={"short": operation("<", operation("/", column("distance"), 2), 2500)},
)
GOOD: Table = {"flight": (str, ["UA1", "AA2", "DL3"]), "distance": (float, [1.0, 2.0, 3.0])}
BAD: Table = {
    "flight": (str, ["UA1", "UA1", "x\n", "AA2", None]),
    "distance": (float, [1.0, -1.0, None, float("nan"), 9000.0]),
}
_group = itertools.count()


def jobs(session: Any, work: Callable[[], object]) -> int:
    """How many Spark jobs some work takes."""
    group = f"typedml {next(_group)}"
    session.sparkContext.setJobGroup(group, group)
    work()
    return len(session.sparkContext.statusTracker().getJobIdsForGroup(group))


@pytest.fixture
def without_stages(spark: Any) -> Any:
    """The session without adaptive execution, which makes a job of every stage."""
    spark.conf.set("spark.sql.adaptive.enabled", "false")
    yield spark
    spark.conf.set("spark.sql.adaptive.enabled", "true")


def test_a_clean_frame_takes_one_job_and_a_broken_one_a_second(without_stages: Any) -> None:
    clean, broken = spark_frame(without_stages, GOOD), spark_frame(without_stages, BAD)
    rowwise = schema(field("flight", str), field("distance", gt=0))
    assert jobs(without_stages, lambda: check(rowwise, clean)) == 1
    assert jobs(without_stages, lambda: check(FLIGHT, clean)) == 1
    assert jobs(without_stages, lambda: check(FLIGHT, broken, rows=0)) == 1
    assert jobs(without_stages, lambda: check(FLIGHT, broken)) == 2


def test_with_adaptive_execution_every_stage_is_a_job(spark: Any) -> None:
    clean = spark_frame(spark, GOOD)
    # Two stages of the rules of rows, and one more for each column that has to be unique.
    assert jobs(spark, lambda: check(schema(field("distance", gt=0)), clean)) == 2
    assert jobs(spark, lambda: check(FLIGHT, clean)) == 3


def test_counting_reads_the_source_once(spark: Any, tmp_path: Path) -> None:
    polars_eager(GOOD).write_parquet(tmp_path / "flights.parquet")
    frame = spark.read.parquet(str(tmp_path / "flights.parquet"))
    before = rows_read(spark)
    assert check(FLIGHT, frame).ok
    assert rows_read(spark) - before == 3


def rows_read(session: Any) -> int:
    """How many rows all stages so far have read from files."""
    context = session.sparkContext
    nothing = context._gateway.new_array(context._jvm.double, 0)
    store = context._jsc.sc().statusStore()
    stages = store.stageList(None, False, False, nothing, context._jvm.java.util.ArrayList())
    return sum(stages.apply(each).inputRecords() for each in range(stages.size()))


def test_a_broken_frame_is_told_as_by_the_other_engines(spark: Any) -> None:
    report, reference = check(FLIGHT, spark_frame(spark, BAD)), check(FLIGHT, polars_eager(BAD))
    assert report.counts == reference.counts
    assert [each.reason for each in report.failures] == [each.reason for each in reference.failures]
    (far,) = (each for each in report.failures if each.rule == "gt")
    assert [(row.position, row.keys, row.values) for row in far.rows] == [
        (None, {"flight": "UA1"}, {"distance": -1.0})
    ]


def test_a_split_is_lazy_and_loses_no_row(spark: Any) -> None:
    frame = spark_frame(spark, BAD)
    good, bad = split(FLIGHT, frame)
    assert type(good) is type(bad) is type(frame)
    assert good.schema == frame.schema
    assert good.collect() == []
    reasons = {row["flight"]: row["__reasons__"] for row in bad.collect()}
    assert reasons["AA2"] == ["distance: null"]
    assert reasons[None] == ["flight: null", "short"]
    assert bad.count() == 5


def test_a_valid_frame_is_returned_as_it_is(spark: Any) -> None:
    frame = spark_frame(spark, GOOD)
    assert validate(FLIGHT, frame) is frame


class Airport(FeatureSchema):
    faa: str


class Stop(FeatureSchema, key=("flight", "day")):
    flight: str
    day: int
    clock: int = feature(increasing="day")
    origin: str = feature(references=Airport.c.faa)
    seats: float = feature(ge=0)


STOPS: Table = {
    "flight": (str, ["UA1", "UA1", "UA1", "AA2"]),
    "day": (int, [1, 2, 2, 3]),
    "clock": (int, [10, 20, 30, 5]),
    "origin": (str, ["JFK", "EWR", "XXX", "JFK"]),
    "seats": (float, [1.0, 2.0, 3.0, 4.0]),
}


def test_keys_orders_and_references_are_judged(spark: Any) -> None:
    airports = pl.DataFrame({"faa": ["JFK", "EWR"]})
    report = check(Stop, spark_frame(spark, STOPS), references={Airport: airports})
    assert {key: count for key, count in report.counts.items() if count} == {
        (None, "key"): 2,
        ("clock", "increasing"): 1,
        ("origin", "references"): 1,
    }
    assert report.not_run == ()


def test_decimals_that_are_one_float_are_told_apart(spark: Any) -> None:
    report = check_decimals(lambda table: spark_frame(spark, table))
    assert breaches(report) == BROKEN_BY_DECIMALS
    assert report.not_run == ()


def test_a_name_with_a_blank_is_read_and_one_with_a_dot_blocks(spark: Any) -> None:
    frame = spark_frame(spark, {"a.b": (float, [1.0, -1.0]), "c d": (int, [1, 1])})
    report = check(schema(field("a.b", gt=0), field("c d", int, gt=1)), frame)
    assert report.counts["c d", "gt"] == 2
    assert not report.ok
    assert [(each.column, each.rule) for each in report.not_run if each.blocks] == [
        ("a.b", "null"),
        ("a.b", "gt"),
    ]


def test_a_repeated_column_cannot_be_judged(spark: Any) -> None:
    frame = spark.sql("select 1.0D as x, 2.0D as x")
    report = check(schema(field("x")), frame)
    assert report.counts["x", "dtype"] == 1
    assert "2 columns are named" in report.failures[0].reason


def test_a_query_that_fails_says_so(spark: Any) -> None:
    frame = spark.sql("select cast('far' as double) as x")
    with pytest.raises(FrameError, match="the lazy frame cannot be collected"):
        check(schema(field("x", gt=0)), frame)
