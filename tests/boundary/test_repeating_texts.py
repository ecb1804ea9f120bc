"""Text that repeats in a Parquet file: judged once for each text, with the answers of all rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.boundary.tables import Table, field, polars_eager, schema
from tests.boundary.test_batches import in_batches, told
from tests.boundary.test_conformance import cases
from typedml import FeatureSchema, rule
from typedml import field as field_of
from typedml.boundary import check
from typedml.boundary.batches import arrow_readers
from typedml.boundary.batches.frames import Batch
from typedml.boundary.engines import polars as engine
from typedml.declare.declared import DeclaredSchema

SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
TAIL = schema(field("tail", str, pattern="N[0-9]+", nullable=True))


class Plane(FeatureSchema):
    """A plane whose texts are asked everything that text can be asked."""

    tail: str | None = field_of(pattern="N[0-9]+", min_length=2, max_length=3)
    owner: str = field_of(isin=("AA", "UA"))
    maker: str | None = field_of(pattern="(?i)boeing", null_fraction=0.3)
    model: str | None = field_of(isin=("A", "B"), max_length=1)
    seats: int

    @rule
    def is_its_own(c: Any) -> Any:
        """A rule across text reads the rows themselves."""
        return c.maker.equals(c.owner) | c.tail.equals(c.model) | (c.seats >= 0)


TEXTS = {
    "tail": ["N1", "N22", "N333", "X1", "AA", "", None],
    "owner": ["AA", "UA", "XX", None],
    "maker": ["Boeing", "BOEING", "Airbus", None],
    "model": ["A", "B", "BB", "", None],
}
PLANES = st.lists(st.tuples(*map(st.sampled_from, TEXTS.values()), st.integers(-1, 1)), max_size=20)


@pytest.fixture
def all_repeat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrow_readers, "_SHORT", 10_000)


@pytest.mark.usefixtures("all_repeat")
@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(PLANES, st.integers(1, 8), st.integers(1, 8))
def test_texts_judged_once_each_give_the_answers_of_all_rows(
    tmp_path: Path, rows: list[tuple[Any, ...]], batch: int, group: int
) -> None:
    types = dict.fromkeys(TEXTS, pl.String) | {"seats": pl.Int64}
    frame = pl.DataFrame(rows, schema=types, orient="row")
    frame.write_parquet(tmp_path / "planes.parquet", row_group_size=group)
    assert told(in_batches(Plane, tmp_path / "planes.parquet", batch)) == told(check(Plane, frame))


@pytest.mark.usefixtures("all_repeat")
@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(cases(), st.integers(1, 8))
def test_any_table_whose_texts_are_taken_to_repeat_is_judged_like_the_frame(
    tmp_path: Path, case: tuple[DeclaredSchema, Table], rows: int
) -> None:
    declared, table = case
    frame = polars_eager(table)
    frame.write_parquet(tmp_path / "whole.parquet", row_group_size=5)
    assert told(in_batches(declared, tmp_path / "whole.parquet", rows)) == told(check(declared, frame))


def written(folder: Path, columns: dict[str, Sequence[Any]], group: int = 100_000) -> Path:
    pq.write_table(pa.table(columns), folder / "table.parquet", row_group_size=group)
    return folder / "table.parquet"


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows each query of the engine is asked about."""
    heights: list[int] = []
    run = engine._run

    def noting(query: pl.LazyFrame, given: Any = None) -> pl.DataFrame:
        heights.append(given.height if given is not None else -1)
        return run(query, given)

    monkeypatch.setattr(engine, "_run", noting)
    return heights


def test_a_pattern_is_asked_once_for_each_text_of_a_file(tmp_path: Path, judged: list[int]) -> None:
    path = written(tmp_path, {"tail": ["N1", "N2", "N3", None] * 5000})
    report = in_batches(TAIL, path, 4000)
    assert (report.ok, report.rows, report.counts["tail", "pattern"]) == (True, 20_000, 0)
    assert judged == [3]


def test_texts_that_break_a_pattern_are_counted_by_their_rows(tmp_path: Path, judged: list[int]) -> None:
    path = written(tmp_path, {"tail": ["N1", "X2", "N3", None] * 5000}, group=5000)
    report = in_batches(TAIL, path, 4000)
    assert report.counts["tail", "pattern"] == 5000
    assert [row.position for row in report.failures[0].rows] == [1, 5, 9, 13, 17]
    assert [dict(row.values) for row in report.failures[0].rows] == [{"tail": "X2"}] * 5
    # The texts once, and the first rows that they are in; later row groups have the same texts.
    assert [height for height in judged if height > 0] == [3, 4000]


def test_another_row_group_has_texts_of_its_own(tmp_path: Path) -> None:
    path = written(tmp_path, {"tail": ["N1"] * 5000 + ["X1"] * 5000 + ["N2"] * 5000}, group=5000)
    assert in_batches(TAIL, path, 5000).counts["tail", "pattern"] == 5000
    assert in_batches(TAIL, path, 3000).counts["tail", "pattern"] == 5000


def test_more_texts_than_rows_of_a_batch_are_judged_row_by_row(tmp_path: Path, judged: list[int]) -> None:
    texts = [f"N{number}" for number in range(2000)]
    path = written(tmp_path, {"tail": texts * 30 + ["X"] * 1000})
    assert in_batches(TAIL, path, 1024).counts["tail", "pattern"] == 1000
    assert 2001 not in judged


def test_text_of_which_no_rule_asks_more_than_whether_it_is_there_stays_in_arrow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    select = Batch.select

    def noting(batch: Batch, names: Sequence[str]) -> pl.DataFrame:
        asked.extend(names)
        return select(batch, names)

    monkeypatch.setattr(Batch, "select", noting)
    declared = schema(field("name", str), field("seats", ge=0))
    names = [f"flight number {number}" for number in range(5000)]
    path = written(tmp_path, {"name": names, "seats": [1.0] * 5000})
    assert in_batches(declared, path, 4000).ok
    assert set(asked) == {"seats"}
    path = written(tmp_path, {"name": [*names[1:], None], "seats": [1.0] * 5000})
    report = in_batches(declared, path, 4000)
    assert report.counts["name", "null"] == 1
    assert report.failures[0].rows[0].position == 4999
