"""Files in batches: the same counts and rows as the whole table gets, whatever the batches and the files."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.boundary.tables import Table, field, polars_eager, schema
from tests.boundary.test_conformance import cases
from typedml.boundary import FrameError, Report, check
from typedml.boundary.batches import readers, spilling
from typedml.boundary.batches.checking import MEMORY, check_files
from typedml.boundary.checking import plan_of
from typedml.boundary.files import FileError
from typedml.declare.declared import DeclaredSchema

SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


class small_batches:
    """While this lasts a batch has so many rows."""

    def __init__(self, rows: int) -> None:
        self.rows = rows

    def __enter__(self) -> None:
        self.before, readers.ROWS = readers.ROWS, self.rows

    def __exit__(self, *_: object) -> None:
        readers.ROWS = self.before


def in_batches(declared: DeclaredSchema, source: Any, rows: int = 2, memory: int = MEMORY, **more: Any) -> Report:
    with small_batches(rows):
        return check_files(plan_of(declared), source, rows=more.pop("limit", 5), memory=memory, **more)


def told(report: Report) -> list[Any]:
    """All that a report says, but the names of files."""
    failures = [
        (
            attrs.astuple(attrs.evolve(failure, rows=()), recurse=False),
            [(row.position, without_file(row.keys), dict(row.values)) for row in failure.rows],
        )
        for failure in report.failures
    ]
    return [report.ok, report.rows, list(report.counts.items()), failures, report.not_run, report.typeless]


def without_file(keys: Any) -> dict[str, object]:
    return {name: value for name, value in keys.items() if name != "file"}


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(cases(), st.integers(1, 4), st.sampled_from([0, MEMORY]))
def test_a_parquet_file_in_batches_is_judged_like_the_frame(
    tmp_path: Path, case: tuple[DeclaredSchema, Table], rows: int, memory: int
) -> None:
    declared, table = case
    frame = polars_eager(table)
    frame.write_parquet(tmp_path / "whole.parquet", row_group_size=3)
    report = in_batches(declared, tmp_path / "whole.parquet", rows, memory)
    assert told(report) == told(check(declared, frame))


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(cases(), st.integers(1, 4), st.data())
def test_many_files_are_judged_like_their_sum(
    tmp_path: Path, case: tuple[DeclaredSchema, Table], rows: int, data: st.DataObject
) -> None:
    declared, table = case
    frame = polars_eager(table)
    cuts = sorted(data.draw(st.lists(st.integers(0, frame.height), max_size=3)))
    bounds = [0, *cuts, frame.height]
    folder = tmp_path / "parts"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for number, (start, end) in enumerate(zip(bounds, bounds[1:], strict=False)):
        frame[start:end].write_parquet(folder / f"{number}.parquet")
    report, whole = in_batches(declared, folder, rows, 0), check(declared, frame)
    assert told(report) == told(whole)
