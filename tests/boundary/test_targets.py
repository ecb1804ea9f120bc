"""References into more rows than a query of DuckDB or PySpark says one by one: they are joined."""

from __future__ import annotations

import datetime
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pytest

from tests.boundary.tables import FRAMES, duckdb_relation, spark_frame
from tests.boundary.test_references import VALUES, schemas
from tests.boundary.test_spark import jobs
from typedml import FeatureSchema
from typedml.boundary import check, split
from typedml.boundary.engines import narwhals_across

START = datetime.datetime(2013, 3, 10, tzinfo=datetime.UTC)
NAN = float("nan")
# Summer time begins and ends within these hours.
HOURS = [START + datetime.timedelta(hours=hour) for hour in range(6000)]
polars_eager = FRAMES["polars_eager"]


class Weather(FeatureSchema):
    origin: str | None
    hour: datetime.datetime
    level: float


class Flight(
    FeatureSchema,
    references={
        ("origin", "hour"): (Weather.c.origin, Weather.c.hour),
        ("hour", "level"): (Weather.c.hour, Weather.c.level),
    },
):
    flight: int
    origin: str | None
    hour: datetime.datetime
    level: int | None


WEATHER = pl.DataFrame(
    {
        "origin": [("JFK", "EWR", None)[at % 3] for at in range(6000)],
        "hour": HOURS,
        "level": [float(at % 4) if at % 5 else NAN for at in range(6000)],
    },
    schema={"origin": pl.String, "hour": pl.Datetime("us", "UTC"), "level": pl.Float64},
)
FLIGHTS = pl.DataFrame(
    {
        "flight": range(1, 8),
        "origin": ["JFK", "EWR", "JFK", None, "", "JFK", "EWR"],
        "hour": [
            HOURS[0],
            HOURS[1],
            HOURS[1],
            HOURS[2],
            HOURS[3],
            HOURS[5001],
            HOURS[-1] + datetime.timedelta(hours=1),
        ],
        "level": [0, 1, 2, 2, None, 3, 0],
    },
    schema={"flight": pl.Int64, "origin": pl.String, "hour": pl.Datetime("us", "UTC"), "level": pl.Int64},
)
LOST = {"references Weather (origin, hour)": [3, 5, 7], "references Weather (hour, level)": [1, 3, 6, 7]}
HANDED = {Weather: WEATHER}


@pytest.fixture
def joined(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every reference is joined, however few its targets are."""
    monkeypatch.setattr(narwhals_across, "_MOST", -1)
    monkeypatch.setattr(narwhals_across, "_MOST_LISTED", -1)


def told(report: Any) -> Any:
    return report.counts, report.not_run, [each.reason for each in report.failures]


def test_a_key_is_looked_up_among_thousands_of_rows() -> None:
    connection = duckdb.connect()
    frame = connection.from_arrow(FLIGHTS.to_arrow())
    report = check(Flight, frame, references=HANDED)
    assert told(report) == told(check(Flight, FLIGHTS, references=HANDED))
    assert {each.rule: each.count for each in report.failures} == {k: len(rows) for k, rows in LOST.items()}
    assert connection.sql("select view_name from duckdb_views() where not internal").fetchall() == []


def test_a_division_by_thousands_of_rows_is_lazy_and_loses_no_row() -> None:
    frame = duckdb.connect().from_arrow(FLIGHTS.to_arrow())
    good, bad = split(Flight, frame, references=HANDED)
    assert good.columns == frame.columns
    assert sorted(good.pl()["flight"]) == [2, 4]
    reasons = dict(bad.pl().select("flight", "__reasons__").rows())
    assert {rule: [flight for flight in sorted(reasons) if rule in reasons[flight]] for rule in LOST} == LOST


@pytest.mark.usefixtures("joined")
@pytest.mark.parametrize("case", VALUES.values(), ids=VALUES)
def test_a_join_compares_values_as_other_engines_do(case: Any) -> None:
    assert_joined(case, duckdb_relation)


def assert_joined(case: Any, make: Any) -> None:
    own, values, other, known, rows = case
    here, there = schemas(own, other)
    report = check(here, make({"x": (own, values)}), references={there: polars_eager({"y": (other, known)})})
    assert report.not_run == ()
    assert report.counts["x", "references"] == len(rows)


@pytest.mark.usefixtures("joined")
@pytest.mark.parametrize(
    ("own", "cells", "other", "known", "failing"),
    [
        (pa.float32(), [0.1, 0.2], pa.float64(), [0.1, 0.1 + 1e-12], 1),
        (pa.uint64(), [2**64 - 1, 1], pa.uint64(), [2**64 - 1], 1),
        (pa.int64(), [2**53, 2**53 + 1], pa.int64(), [2**53 + 1], 1),
        (pa.timestamp("ns"), [1_000, 1_001], pa.timestamp("us"), [1], 1),
        (pa.timestamp("ms"), [1, 2], pa.timestamp("us"), [1_000], 1),
        (pa.int8(), [1, 2], pa.float64(), [1.0, 300.0, 1e300, 1.5], 1),
        (pa.null(), [None], pa.string(), ["a"], 0),
    ],
    ids=str,
)
def test_a_join_keeps_to_the_width_of_a_column(
    own: Any, cells: Any, other: Any, known: Any, failing: int
) -> None:
    base = {"t": datetime.datetime, "f": float, "n": str, "s": str}
    of = [base.get(str(kind)[0], int) for kind in (own, other)]
    here, there = schemas(of[0], of[1])
    arrow = pa.table({"x": pa.array(cells, own)})
    handed = {there: pl.DataFrame(pa.table({"y": pa.array(known, other)}))}
    for frame in (duckdb.from_arrow(arrow), pl.DataFrame(arrow)):
        assert check(here, frame, rows=0, references=handed).counts["x", "references"] == failing


def test_where_rows_cannot_be_handed_over_the_reference_blocks() -> None:
    connection = duckdb.connect()
    connection.from_arrow(FLIGHTS.to_arrow()).create("kept")
    connection.execute("set python_enable_replacements = false")
    report = check(Flight, connection.table("kept"), references=HANDED)
    assert not report.ok
    assert [each.rule for each in report.not_run if each.blocks] == list(LOST)


@pytest.mark.spark
def test_spark_joins_thousands_of_rows_by_one_job_and_one_for_each_join(spark: Any) -> None:
    fields = "flight bigint, origin string, hour timestamp, level bigint"
    spark.conf.set("spark.sql.adaptive.enabled", "false")
    spark.conf.set("spark.sql.session.timeZone", "America/New_York")
    try:
        frame = spark.createDataFrame(FLIGHTS.rows(), fields)
        report = check(Flight, frame, references=HANDED)
        assert told(report) == told(check(Flight, FLIGHTS, references=HANDED))
        assert jobs(spark, lambda: check(Flight, frame, rows=0, references=HANDED)) == 1 + len(LOST)
        good, _ = split(Flight, frame, references=HANDED)
        assert sorted(row["flight"] for row in good.collect()) == [2, 4]
    finally:
        spark.conf.set("spark.sql.session.timeZone", "UTC")
        spark.conf.set("spark.sql.adaptive.enabled", "true")


@pytest.mark.spark
@pytest.mark.usefixtures("joined")
@pytest.mark.parametrize("case", ["floats among integers", "moments", "spans", "decimals"])
def test_spark_compares_values_as_other_engines_do(spark: Any, case: str) -> None:
    assert_joined(VALUES[case], lambda table: spark_frame(spark, table))
