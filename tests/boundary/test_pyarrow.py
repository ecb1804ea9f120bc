"""Arrow tables: through polars where it is there, by Arrow alone where it is not, with the same answers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset
import pyarrow.parquet
import pytest

from tests.boundary.tables import column, field, only_native, operation, schema
from typedml.boundary import FrameError, check, split, validate
from typedml.boundary.engines import pyarrow as engine
from typedml.boundary.files import FileError

FLIGHT = schema(
    field("s", str, unique=True, pattern="[a-z]", nullable=True),
    field("x", ge=0, lt=10),
    checks={"small": operation("<", column("x"), 5)},
)
TABLE = pa.table(
    {"s": ["a", "a", "B", None, "c"], "x": [1.0, None, float("nan"), -1.0, 7.0], "more": [1] * 5}
)
COUNTS = {("s", "pattern"): 1, ("s", "unique"): 2, ("x", "null"): 2, ("x", "ge"): 1, (None, "small"): 1}


@pytest.fixture(params=["with polars", "without polars"])
def polars_or_not(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    if request.param == "without polars":
        monkeypatch.setattr(engine, "find_spec", lambda name: None)
        monkeypatch.delitem(sys.modules, "polars", raising=False)
    with only_native():
        yield request.param


def failing(frame: Any) -> dict[Any, int]:
    return {key: count for key, count in check(FLIGHT, frame).counts.items() if count}


@pytest.mark.parametrize(
    "text", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())]
)
def test_a_table_is_judged_alike_whatever_stores_its_text(polars_or_not: str, text: Any) -> None:
    table = TABLE.set_column(0, "s", TABLE["s"].cast(pa.string()).cast(text))
    assert failing(table) == COUNTS


def test_batches_chunks_and_slices_are_judged_alike(polars_or_not: str) -> None:
    chunked = pa.concat_tables([TABLE.slice(0, 2), TABLE.slice(2)])
    assert failing(chunked) == failing(TABLE.combine_chunks().to_batches()[0]) == COUNTS
    assert failing(pa.concat_tables([TABLE, TABLE]).slice(0, 5)) == COUNTS


def test_halves_wide_decimals_and_nanoseconds_are_judged(polars_or_not: str) -> None:
    table = pa.table(
        {
            "h": pa.array([0.5, 2.0, None], pa.float16()),
            "d": pa.array([Decimal("0.5"), Decimal(2), None], pa.decimal256(50, 4)),
            "n": pa.array([1, 2**62, None], pa.timestamp("ns")),
        }
    )
    declared = schema(field("h", lt=1, nullable=True), field("d", Decimal, lt=1, nullable=True))
    counts = check(declared, table).counts
    assert (counts["h", "lt"], counts["d", "lt"]) == (1, 1)


def test_failing_rows_have_positions_keys_and_values(polars_or_not: str) -> None:
    report = check(FLIGHT, TABLE)
    (small,) = (failure for failure in report.failures if failure.rule == "small")
    assert [(row.position, row.keys, row.values) for row in small.rows] == [(4, {"s": "c"}, {"x": 7.0})]


def test_a_split_gives_tables_that_lose_no_row(polars_or_not: str) -> None:
    good, bad = split(FLIGHT, TABLE)
    assert good.schema == TABLE.schema
    assert good.to_pylist() == []
    assert repr(bad.drop_columns(["__reasons__"]).to_pylist()) == repr(TABLE.to_pylist())
    assert bad["__reasons__"].to_pylist()[4] == ["small"]
    assert bad.schema.field("__reasons__").type == pa.list_(pa.string())


def test_a_valid_table_is_returned_as_it_is() -> None:
    declared = schema(field("more", int, gt=0))
    assert validate(declared, TABLE) is TABLE


def test_a_repeated_column_cannot_be_judged() -> None:
    twice = pa.table([pa.array([1.0]), pa.array([2.0])], names=["x", "x"])
    report = check(schema(field("x")), twice)
    assert report.counts["x", "dtype"] == 1
    assert not report.ok


def test_a_dataset_reads_its_declared_columns_alone(tmp_path: Path) -> None:
    pyarrow.parquet.write_table(TABLE, tmp_path / "a.parquet")
    pyarrow.parquet.write_table(TABLE, tmp_path / "b.parquet")
    dataset = pyarrow.dataset.dataset(tmp_path)
    report = check(FLIGHT, dataset)
    assert report.rows == 10
    assert report.counts["s", "unique"] == 8
    good, bad = split(FLIGHT, dataset)
    assert isinstance(good, pa.Table)
    assert good.num_rows + bad.num_rows == 10


def test_a_dataset_with_a_broken_file_says_so(tmp_path: Path) -> None:
    pyarrow.parquet.write_table(TABLE, tmp_path / "a.parquet")
    dataset = pyarrow.dataset.dataset(tmp_path)
    (tmp_path / "a.parquet").write_bytes(b"PAR1 not any more")
    with pytest.raises(FrameError, match="the dataset cannot be read"):
        split(FLIGHT, dataset)
    with pytest.raises(FileError, match=r"a\.parquet cannot be read"):
        check(FLIGHT, dataset)


def test_a_table_is_judged_where_polars_is_not_installed() -> None:
    code = """
import sys
import pyarrow as pa
from typedml import FeatureSchema, field
import typedml.boundary.engines.pyarrow as engine
engine.find_spec = lambda name: None
class Row(FeatureSchema):
    s: str = field(unique=True, pattern="[a-z]+")
for rows in (2, 2000):
    report = Row.check(pa.table({"s": ["a", "A"] * (rows // 2)}))
    assert report.counts["s", "unique"] == (0 if rows == 2 else rows), report
    assert report.counts["s", "pattern"] == rows // 2, report
assert "polars" not in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
