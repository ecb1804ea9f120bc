"""A lazy frame may be read in pieces: the same answers, and a note on what had to be held."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest

from tests.boundary.tables import column, field, operation, rows_of, schema
from tests.boundary.test_engines import NAMES
from typedml.boundary import FrameError, check, split, validate
from typedml.boundary.engines import polars_streaming

TRIP = schema(
    field("key", str, unique=True, pattern="k[0-9]+"),
    field("x", gt=0),
    field("y", nullable=True, null_fraction=0.5),
    field("t", int, isin=tuple(range(2000))),
    checks={"less": operation("<=", column("x"), column("t", int))},
)
ROWS = 1500
TABLE: dict[str, Any] = {
    "key": [f"k{number % 1400}" if number % 7 else "?" for number in range(ROWS)],
    "x": [-1.0 if number % 10 == 0 else float(number % 3) for number in range(ROWS)],
    "y": [None if number % 3 else 1.0 for number in range(ROWS)],
    "t": [number % 2100 for number in range(ROWS)],
}
FEW = {name: cells[:5] for name, cells in TABLE.items()}


@pytest.mark.parametrize("table", [TABLE, FEW], ids=["many", "few"])
@pytest.mark.parametrize("rows", [0, 3, None])
def test_pieces_give_the_answers_of_the_whole(table: dict[str, Any], rows: int | None) -> None:
    whole = check(TRIP, pl.DataFrame(table), rows=rows)
    pieces = check(TRIP, pl.LazyFrame(table), rows=rows, streaming=True)
    assert pieces.counts == whole.counts
    assert pieces.rows == whole.rows
    assert pieces.failures == whole.failures
    assert not whole.held


def test_a_report_says_which_rules_had_to_hold_rows() -> None:
    report = check(TRIP, pl.LazyFrame(TABLE), streaming=True)
    assert report.held == ("key: unique",)
    assert "what key: unique compares was held in memory" in str(report)
    assert any("held in memory" in note["fact"] for note in report.to_dict()["notes"])
    python_only = schema(field("key", str, pattern=r"\bk[0-9]+"))
    assert check(python_only, pl.LazyFrame(TABLE), streaming=True).held == ("key: pattern",)
    in_pieces = schema(field("x", gt=0), field("t", int, increasing=True))
    assert check(in_pieces, pl.LazyFrame(TABLE), streaming=True).held == ()


def test_an_order_is_that_of_the_whole_query() -> None:
    falling = [*range(1000), 5, *range(1000, 2000)]
    declared = schema(field("t", int, increasing=True))
    (failure,) = check(declared, pl.LazyFrame({"t": falling}), streaming=True).failures
    assert (failure.count, [row.position for row in failure.rows]) == (1, [1000])


def test_the_engine_has_the_functions_of_every_engine() -> None:
    assert all(callable(getattr(polars_streaming, name)) for name in NAMES if name != "distinct")


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame])
def test_a_frame_in_memory_is_judged_as_ever(make: Any) -> None:
    frame = make(FEW)
    assert check(TRIP, frame, streaming=True) == check(TRIP, frame)
    good = make({"x": [1.0]})
    assert validate(schema(field("x")), good, streaming=True) is good


def test_a_query_that_is_split_stays_a_query() -> None:
    good, bad = split(TRIP, pl.LazyFrame(TABLE), streaming=True)
    assert isinstance(good, pl.LazyFrame)
    assert isinstance(bad, pl.LazyFrame)
    whole = split(TRIP, pl.DataFrame(TABLE))
    assert [rows_of(good), rows_of(bad)] == [rows_of(part) for part in whole]


def test_a_sample_of_a_query_is_that_of_its_rows() -> None:
    pieces = check(TRIP, pl.LazyFrame(TABLE), streaming=True, sample=100, seed=3)
    whole = check(TRIP, pl.DataFrame(TABLE), sample=100, seed=3)
    assert (pieces.counts, pieces.sample, pieces.failures) == (whole.counts, whole.sample, whole.failures)


def test_columns_are_described_in_pieces_too() -> None:
    pieces = check(TRIP, pl.LazyFrame(TABLE), streaming=True, profile=True)
    assert pieces.profile == check(TRIP, pl.LazyFrame(TABLE), profile=True).profile


def test_a_query_that_fails_says_so() -> None:
    query = pl.LazyFrame({"x": ["a"]}).select(pl.col("x").cast(pl.Float64))
    with pytest.raises(FrameError, match="the lazy frame cannot be collected"):
        check(schema(field("x")), query, streaming=True)


def test_a_wrong_type_is_told_without_a_column_in_memory() -> None:
    (failure,) = check(schema(field("key")), pl.LazyFrame(TABLE), streaming=True).failures
    assert failure.reason == 'column "key" is String (str), where float is declared'


@pytest.mark.slow
def test_a_file_of_five_million_rows_takes_a_part_of_its_size(tmp_path: Path) -> None:
    path = tmp_path / "trips.parquet"
    numbers = pl.int_range(5_000_000, eager=True).alias("n")
    pl.DataFrame({f"x{column}": numbers.cast(pl.Float64) for column in range(8)}).write_parquet(path)
    program = """
import resource, sys
import polars as pl
from typedml.boundary import check
from tests.boundary.tables import field, schema
pl.scan_parquet(sys.argv[1]).select(pl.len()).collect(engine="streaming")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
declared = schema(*(field(f"x{column}", ge=0, lt=4_999_990) for column in range(8)))
report = check(declared, pl.scan_parquet(sys.argv[1]), streaming=True)
assert report.counts["x0", "lt"] == 10, report
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True, timeout=120
    )
    assert int(done.stdout) < 200  # the columns take 305 MiB
