"""What a check costs, counted and not timed: queries, passes over the data, calls of Python, libraries."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from types import FrameType
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from benchmarks.flights import FRAMES, Flight, columns
from typedml.boundary.engines import polars_select
from typedml.boundary.engines.arrays import NumberCells, TextCells
from typedml.boundary.plan import Rule

CLEAN, BAD = columns(20_000), columns(20_000, bad=True)


@pytest.fixture
def collects(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The queries that polars runs."""
    seen: list[int] = []
    collect = pl.LazyFrame.collect

    def counting(self: pl.LazyFrame, **options: Any) -> Any:
        seen.append(1)
        return collect(self, **options)

    monkeypatch.setattr(pl.LazyFrame, "collect", counting)
    return seen


@pytest.mark.parametrize("lazy", [False, True])
def test_a_clean_polars_frame_is_one_query(collects: list[int], lazy: bool) -> None:
    frame = pl.DataFrame(CLEAN)
    assert Flight.check(frame.lazy() if lazy else frame).ok
    assert len(collects) == 1


def test_rows_are_looked_for_only_where_a_rule_is_broken(collects: list[int]) -> None:
    report = Flight.check(pl.DataFrame(BAD))
    # One counts, one locates the rows of all broken rules, one fetches their cells.
    assert (len(report.failures), len(collects)) == (3, 3)


def test_the_caller_who_wants_no_rows_pays_for_none(collects: list[int]) -> None:
    assert len(Flight.check(pl.DataFrame(BAD), rows=0).failures) == 3
    assert len(collects) == 1


def test_a_plan_is_lowered_once_for_frames_that_look_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    lowered: Counter[str] = Counter()
    compile_rules = polars_select.compile_rules
    monkeypatch.setattr(
        polars_select, "compile_rules", lambda stage: (lowered.update(["polars"]), compile_rules(stage))[1]
    )

    class Renamed(Flight):
        """A plan of its own, that no test has lowered yet."""

    for rows in (1000, 2000, 3000):
        assert Renamed.check(pl.DataFrame(columns(rows))).ok
    assert lowered["polars"] == 1


@pytest.mark.parametrize("kind", ["polars", "pyarrow", "pandas, Arrow strings", "pandas, object strings"])
def test_no_column_of_many_rows_becomes_a_list(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def watched(method: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(self: Any, *arguments: Any) -> Any:
            assert len(getattr(self, "values", self)) < 1000, "a whole column was turned into Python's values"
            return method(self, *arguments)

        return guarded

    frame = FRAMES[kind](CLEAN)
    for owner, name in ((pl.Series, "to_list"), (pd.Series, "tolist"), (TextCells, "_as_list")):
        monkeypatch.setattr(owner, name, watched(getattr(owner, name)))
    assert Flight.check(frame).ok


def test_numbers_of_pandas_are_judged_without_a_mask_of_every_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    masks: list[str] = []
    bad = NumberCells.bad

    def noting(self: NumberCells, rule: Rule) -> Any:
        masks.append(rule.name)
        return bad(self, rule)

    monkeypatch.setattr(NumberCells, "bad", noting)
    assert Flight.check(FRAMES["pandas, Arrow strings"](CLEAN)).ok
    assert set(masks) <= {"null", "null_fraction"}


# Calls of Python functions for one frame of ten rows, with a fifth to spare.
CALLS = {
    "polars": 490,
    "pyarrow": 640,
    "pandas, Arrow strings": 1170,
    "pandas, object strings": 1200,
    "rows": 1100,
}


def python_calls(run: Callable[[], object]) -> int:
    """How many Python functions are called, those of other libraries included."""
    calls = 0

    def trace(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(trace)
    try:
        run()
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("kind", CALLS)
def test_a_frame_of_ten_rows_takes_few_calls(kind: str) -> None:
    frame = FRAMES[kind](columns(10))
    Flight.validate(frame)
    assert python_calls(lambda: Flight.validate(frame)) <= CALLS[kind]


def test_calls_are_counted() -> None:
    def three() -> None:
        for _ in range(2):
            np.linalg.norm([1.0])

    assert python_calls(three) >= 3
    assert python_calls(lambda: None) == 1


def test_ten_rows_run_no_query_of_polars(collects: list[int]) -> None:
    assert Flight.check(pl.DataFrame(columns(10))).ok
    assert collects == []


@pytest.mark.parametrize(
    ("kind", "absent"),
    [
        ("polars", {"pandas", "pyarrow", "narwhals", "rich", "pydantic", "duckdb"}),
        ("pandas, Arrow strings", {"polars", "narwhals", "rich", "pydantic", "duckdb"}),
        # pyarrow itself loads pandas, where it is installed, to make arrays of objects.
        ("pyarrow", {"narwhals", "rich", "pydantic", "duckdb"}),
        ("rows", {"pandas", "polars", "pyarrow", "narwhals", "rich", "pydantic", "duckdb"}),
    ],
)
def test_a_check_loads_no_library_that_the_frame_does_not_bring(kind: str, absent: set[str]) -> None:
    code = f"""
import sys
from benchmarks.flights import FRAMES, Flight, columns
for rows in (10, 2000):
    assert Flight.check(FRAMES[{kind!r}](columns(rows))).ok
print(*sorted({absent!r} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_text_of_arrow_tables_is_not_copied_into_polars(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    from_arrow = pl.from_arrow

    def noting(table: Any, **options: Any) -> Any:
        seen.append(table)
        return from_arrow(table, **options)

    monkeypatch.setattr(pl, "from_arrow", noting)
    assert Flight.check(FRAMES["pyarrow"](CLEAN)).ok
    kinds = {kind for table in seen if isinstance(table, pa.Table) for kind in table.schema.types}
    assert kinds
    assert not any(pa.types.is_string(kind) or pa.types.is_large_string(kind) for kind in kinds)
