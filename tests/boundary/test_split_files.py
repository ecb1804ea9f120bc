"""Files divided into files: every row in one of the two, in order, bad ones with the reasons of a frame."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.boundary.tables import Table, field, polars_eager, schema
from tests.boundary.test_batches import (
    AIRPORTS,
    FLIGHT,
    FRAME,
    SLOW,
    STOP_TYPES,
    STOPS,
    Airport,
    Stop,
    csv_of,
    small_batches,
    spilling_at_once,
)
from tests.boundary.test_conformance import cases
from typedml.boundary import BoundaryError, check, split, split_files, write_parquet
from typedml.boundary.files import FileError
from typedml.declare.declared import DeclaredSchema


def divided(
    declared: Any, source: Any, folder: Path, rows: int = 2, **more: Any
) -> tuple[pl.DataFrame, pl.DataFrame]:
    good, bad = folder / "good.out", folder / "bad.out"
    with small_batches(rows):
        split_files(declared, source, good=good, bad=bad, **more)
    return pl.read_parquet(good), pl.read_parquet(bad)


@settings(max_examples=50, deadline=None, suppress_health_check=SLOW)
@given(cases(), st.integers(1, 4), st.booleans())
def test_files_are_divided_like_the_frame(
    tmp_path: Path, case: tuple[DeclaredSchema, Table], rows: int, is_spilled: bool
) -> None:
    declared, table = case
    height = len(next(iter(table.values()))[1])
    frame = polars_eager({**table, "position": (int, list(range(height)))})
    frame[: height // 2].write_parquet(tmp_path / "1.parquet")
    frame[height // 2 :].write_parquet(tmp_path / "2.parquet")
    with spilling_at_once(is_spilled):
        good, bad = divided(declared, f"{tmp_path}/*.parquet", tmp_path, rows)
    wanted_good, wanted_bad = split(declared, frame)
    assert good.equals(wanted_good)
    assert bad.drop("__reasons__").equals(wanted_bad.drop("__reasons__"))
    assert bad["__reasons__"].to_list() == wanted_bad["__reasons__"].to_list()


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(st.lists(STOPS, min_size=2, max_size=40), st.integers(1, 7))
def test_rules_of_the_whole_table_give_reasons_to_rows(
    tmp_path: Path, rows: list[dict[str, Any]], size: int
) -> None:
    frame = pl.DataFrame(rows, schema=STOP_TYPES)
    frame.write_parquet(tmp_path / "1.parquet")
    references: dict[Any, object] = {Airport: AIRPORTS}
    good, bad = divided(Stop, tmp_path / "1.parquet", tmp_path, size, references=references)
    wanted_good, wanted_bad = split(Stop, frame, references=references)
    assert good.equals(wanted_good)
    assert bad["__reasons__"].to_list() == wanted_bad["__reasons__"].to_list()
    assert bad.height + good.height == frame.height


def test_a_text_file_is_written_with_the_declared_types(tmp_path: Path) -> None:
    csv_of(FRAME.with_columns(more=pl.lit("1")), tmp_path / "flights.csv")
    good, bad = divided(FLIGHT, tmp_path / "flights.csv", tmp_path)
    assert {**bad.schema, **good.schema}["distance"] == pl.Float64
    assert good.schema["more"] == pl.String
    assert (good.height, bad.height) == (0, 5)
    assert bad["__reasons__"].to_list()[1] == ["flight: unique", "distance: gt"]


def test_both_files_are_made_also_where_one_has_no_row(tmp_path: Path) -> None:
    pl.DataFrame({"x": [1.0, 2.0]}).write_parquet(tmp_path / "x.parquet")
    good, bad = divided(schema(field("x", gt=0)), tmp_path / "x.parquet", tmp_path)
    assert (good.height, bad.height) == (2, 0)
    assert bad.columns == ["x", "__reasons__"]


def test_files_of_unlike_columns_are_written_as_one_table(tmp_path: Path) -> None:
    pl.DataFrame({"x": [1], "a": ["u"]}).write_parquet(tmp_path / "1.parquet")
    pl.DataFrame({"b": [2.5], "x": [-2.5]}).write_parquet(tmp_path / "2.parquet")
    good, bad = divided(schema(field("x", gt=0)), f"{tmp_path}/*.parquet", tmp_path)
    assert good.to_dicts() == [{"x": 1.0, "a": "u", "b": None}]
    assert bad.drop("__reasons__").to_dicts() == [{"x": -2.5, "a": None, "b": 2.5}]


def test_the_files_say_the_declared_units(tmp_path: Path) -> None:
    from tests.boundary.test_carried import DATA, InKm, InMiles

    write_parquet(InMiles, pl.DataFrame(DATA), tmp_path / "legs.parquet")
    divided(InMiles, tmp_path / "legs.parquet", tmp_path)
    (tmp_path / "good.out").rename(tmp_path / "good.parquet")
    assert pq.read_schema(tmp_path / "good.parquet").field("distance").metadata == {b"unit": b"mile"}
    assert check(InKm, tmp_path / "good.parquet").counts["distance", "unit"] == 1


@pytest.mark.parametrize("breach", ["dtype", "corrupt", "reference", "rows"])
def test_nothing_is_written_where_a_row_cannot_be_judged(tmp_path: Path, breach: str) -> None:
    frame = pl.DataFrame(
        [["a", 1, 1, 1.0, None]] * (41 if breach == "rows" else 3), schema=STOP_TYPES, orient="row"
    )
    if breach == "dtype":
        frame = frame.with_columns(pl.col("stop").cast(pl.String))
    frame.write_parquet(tmp_path / "1.parquet")
    if breach == "corrupt":
        (tmp_path / "2.parquet").write_bytes(b"PAR1")
    references = None if breach == "reference" else {Airport: AIRPORTS}
    before = sorted(tmp_path.iterdir())
    with pytest.raises(BoundaryError):
        divided(Stop, f"{tmp_path}/*.parquet", tmp_path, references=references)
    assert sorted(tmp_path.iterdir()) == before


def test_files_that_do_not_fit_into_one_table_are_not_divided(tmp_path: Path) -> None:
    pl.DataFrame({"x": [1.0], "a": [b"u"]}).write_parquet(tmp_path / "1.parquet")
    pl.DataFrame({"x": [1.0], "a": [[1]]}).write_parquet(tmp_path / "2.parquet")
    with pytest.raises(FileError, match="do not fit into one table"):
        divided(schema(field("x")), f"{tmp_path}/*.parquet", tmp_path)


def test_targets_that_make_no_sense_are_refused(tmp_path: Path) -> None:
    source = tmp_path / "x.parquet"
    pl.DataFrame({"x": [1.0]}).write_parquet(source)
    declared = schema(field("x"))
    for good, bad, fact in (
        (tmp_path / "a", tmp_path / "a", "good rows and bad ones"),
        (source, tmp_path / "a", "is read"),
        (tmp_path / "a", tmp_path, "no place for a file"),
        (tmp_path / "none" / "a", tmp_path / "b", "no place for a file"),
    ):
        with pytest.raises(FileError, match=fact):
            split_files(declared, source, good=good, bad=bad)
    assert sorted(tmp_path.iterdir()) == [source]


def test_files_that_are_there_are_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    source = tmp_path / "x.parquet"
    pl.DataFrame({"x": [1.0, -1.0]}).write_parquet(source)
    (tmp_path / "good.out").write_bytes(b"old")
    (tmp_path / "bad.out").write_bytes(b"old")
    good, bad = divided(schema(field("x", gt=0)), source, tmp_path)
    assert (good.height, bad.height) == (1, 1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.out", "good.out", "x.parquet"]


FULL = """
import resource, sys, tempfile
import subprocess
import sys
from pathlib import Path
import polars as pl
from typedml import FeatureSchema, field
from typedml.boundary import check_files, split_files
from typedml.boundary.files import FileError

class Row(FeatureSchema):
    name: str = field(unique=True)

folder = Path(sys.argv[1])
tempfile.tempdir = str(folder / "spill")
pl.DataFrame({"name": [f"name {number:09}" for number in range(200_000)]}).write_parquet(folder / "x.parquet")
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
try:
    if sys.argv[2] == "check":
        check_files(Row, folder / "x.parquet", memory=100_000)
    else:
        split_files(Row, folder / "x.parquet", good=folder / "good", bad=folder / "bad")
except FileError as error:
    print(error)
else:
    print("nothing was raised")
"""


@pytest.mark.slow
@pytest.mark.parametrize("call", ["check", "split"])
def test_a_disk_that_takes_no_more_is_an_error_that_leaves_nothing_behind(tmp_path: Path, call: str) -> None:
    (tmp_path / "spill").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path), call], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Hint:" in done.stdout, done.stdout
    assert ("cannot be set aside" if call == "check" else "cannot be written") in done.stdout
    assert list((tmp_path / "spill").iterdir()) == []
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["x.parquet"]
