"""What each column looks like: the same on every kind of frame, exact, small, and only where asked for."""

from __future__ import annotations

import datetime
import json
import pickle
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pandas as pd
import polars as pl
import pytest

from tests.boundary.tables import FRAMES, UNORDERED, Table, field, schema
from typedml.boundary import check
from typedml.boundary.batches.checking import check_files
from typedml.boundary.families import Family
from typedml.boundary.findings import findings
from typedml.boundary.profiling.asked import Asked
from typedml.boundary.profiling.lists import ListSource
from typedml.boundary.profiling.pictures import pictures
from typedml.boundary.profiling.scales import Line
from typedml.renderings import ColumnProfile, Histogram

DAYS = [datetime.date(2013, 1, 1) + datetime.timedelta(days=each) for each in range(7)]
MOMENTS = [datetime.datetime(2013, 1, 1, each, 30) for each in range(7)]
INF, NAN = float("inf"), float("nan")
TABLE: Table = {
    "number": (float, [0.5, 1.0, -2.0, NAN, INF, None, 9.5]),
    "whole": (int, [0, 1, 2, None, 40, 41, -1]),
    "word": (str, ["a", "b", "a", None, "a", "é", "b"]),
    "truth": (bool, [True, False, True, None, True, True, True]),
    "day": (datetime.date, [*DAYS[:5], None, DAYS[6]]),
    "moment": (datetime.datetime, [*MOMENTS[:5], None, MOMENTS[6]]),
    "span": (datetime.timedelta, [datetime.timedelta(minutes=each * 7) for each in range(6)] + [None]),
}
SCHEMA = schema(
    field("number", nullable=True, gt=0, le=5),
    field("whole", int, nullable=True, ge=0),
    field("word", str, isin=("a", "b")),
    field("truth", bool, nullable=True),
    field("day", datetime.date, nullable=True, lt=DAYS[5]),
    field("moment", datetime.datetime, nullable=True, ge=MOMENTS[1]),
    field("span", datetime.timedelta, nullable=True),
)


def profiles(frame: Any, declared: Any = SCHEMA) -> dict[str, ColumnProfile]:
    profile = check(declared, frame, profile=True).profile
    assert profile is not None
    return {each.name: each for each in profile}


def one(cells: Any, **rules: Any) -> ColumnProfile:
    return profiles(pl.DataFrame({"x": cells}), schema(field("x", nullable=True, **rules)))["x"]


def histogram_of(cells: Any, **rules: Any) -> Histogram:
    found = one(cells, **rules).histogram
    assert found is not None
    return found


EXPECTED = profiles(FRAMES["polars_eager"](TABLE))


@pytest.mark.parametrize("few", [5000, -1])
@pytest.mark.parametrize("kind", FRAMES)
def test_every_kind_of_frame_is_described_alike(kind: str, few: int, monkeypatch: Any) -> None:
    monkeypatch.setattr("typedml.boundary.profiling.columns.FEW_ROWS", few)
    found = profiles(FRAMES[kind](TABLE))
    for name, expected in EXPECTED.items():
        described = attrs.evolve(found[name], dtype=expected.dtype)
        assert described == expected, (kind, name)


@pytest.mark.parametrize("kind", [*UNORDERED][:1])
def test_a_frame_without_an_order_is_described_alike_but_for_places(kind: str) -> None:
    describe_unordered(kind)


@pytest.mark.slow
@pytest.mark.parametrize("kind", [*UNORDERED][1:])
def test_frames_in_partitions_are_described_alike_but_for_places(kind: str) -> None:
    describe_unordered(kind)


def describe_unordered(kind: str) -> None:
    found = profiles(UNORDERED[kind](TABLE))
    for name, expected in EXPECTED.items():
        if name == "day" and kind.startswith("dask"):
            # Dask holds days as objects, which it cannot compare: no picture is shown of them.
            assert (found[name].histogram, found[name].nulls) == (None, None)
            continue
        described = attrs.evolve(found[name], dtype=expected.dtype)
        assert described == attrs.evolve(expected, failing=()), (kind, name)


def test_counts_are_those_of_the_values() -> None:
    number = EXPECTED["number"]
    assert number.histogram is not None
    assert (number.nulls, number.low, number.high) == (2, 0.0, 5.0)
    assert sum(number.histogram.counts) == 4
    assert sum(number.histogram.refused) == 2
    assert (number.histogram.below, number.histogram.above) == ((0, 0), (1, 1))
    assert (number.histogram.least, number.histogram.greatest) == (-2.0, 9.5)
    word = EXPECTED["word"]
    assert [(bar.value, bar.count, bar.refused) for bar in word.bars] == [
        ("a", 3, False),
        ("b", 2, False),
        ("é", 1, True),
    ]
    assert (word.nulls, word.distinct, word.others) == (1, 3, 0)
    moment = EXPECTED["moment"]
    assert moment.histogram is not None
    assert moment.histogram.scale == "moments"
    assert sum(moment.histogram.refused) == 1
    whole = EXPECTED["whole"]
    assert whole.histogram is not None
    assert all(edge == int(edge) for edge in whole.histogram.edges)


def test_failures_are_counted_where_they_are_in_the_frame() -> None:
    cells = [1.0] * 600
    cells[0] = cells[299] = cells[300] = cells[599] = -1.0
    failing = one(cells, gt=0).failing
    assert len(failing) == 60
    assert {at: number for at, number in enumerate(failing) if number} == {0: 1, 29: 1, 30: 1, 59: 1}
    assert one([1.0, -1.0, 2.0], gt=0).failing == (0, 1, 0)
    assert one([1.0, 2.0], gt=0).failing == ()


def test_a_row_that_breaks_two_rules_fails_once() -> None:
    assert sum(one([1.0, 5.0, 5.0], gt=10, unique=True).failing) == 3


def test_a_histogram_is_that_of_numpy() -> None:
    cells = np.random.default_rng(0).normal(50, 20, 5000)
    found = histogram_of(cells, ge=0, lt=100)
    assert list(found.counts) == np.histogram(cells, found.edges)[0].tolist()
    wrong = cells[(cells < 0) | (cells >= 100)]
    assert list(found.refused) == np.histogram(wrong, found.edges)[0].tolist()
    assert 20 <= len(found.counts) <= 50


def test_one_far_value_does_not_flatten_the_others() -> None:
    cells = [*np.random.default_rng(1).uniform(0, 1, 3000).tolist(), 1e12, -1e9]
    found = histogram_of(cells, ge=0)
    assert found.edges[-1] - found.edges[0] < 2
    assert (found.below, found.above) == ((1, 1), (1, 0))
    assert (found.least, found.greatest) == (-1e9, 1e12)
    assert sum(found.counts) == 3000


def test_a_column_of_mostly_one_value_is_shown_whole() -> None:
    found = histogram_of([0.0] * 980 + [float(each) for each in range(20)])
    assert found.edges[-1] >= 19
    assert found.above == (0, 0)


@pytest.mark.parametrize(
    "cells",
    [
        [INF, -INF],
        [INF, -INF, 1.0],
        [1.7976931348623157e308, -1.7976931348623157e308],
        [5e-324, 0.0],
        [5e-324, 1e-323],
        [1e16, 1e16 + 2],
        [NAN, NAN],
        [0.0, -0.0],
        [7.0],
    ],
)
def test_extreme_numbers_are_counted_too(cells: list[float]) -> None:
    found = one(cells)
    assert found.nulls == sum(each != each for each in cells)
    if found.histogram is not None:
        counts = (*found.histogram.counts, found.histogram.below[0], found.histogram.above[0])
        assert sum(counts) == len(cells) - found.nulls
        assert list(found.histogram.edges) == sorted(set(found.histogram.edges))
    else:
        assert all(each - each != 0 for each in cells)


@pytest.mark.parametrize("kind", FRAMES)
def test_a_frame_without_rows_has_columns_to_describe(kind: str) -> None:
    found = profiles(FRAMES[kind]({name: (base, []) for name, (base, _) in TABLE.items()}))
    assert all(each.rows == 0 and each.histogram is None and each.failing == () for each in found.values())


def test_names_that_hardly_repeat_are_described_by_their_lengths() -> None:
    declared = schema(field("x", str))
    found = profiles(pl.DataFrame({"x": [f"N{each}" for each in range(2000)]}), declared)["x"]
    assert (found.bars, found.distinct) == ((), 2000)
    assert found.histogram is not None
    assert found.histogram.scale == "lengths"
    assert found.histogram.counts == (10, 90, 900, 1000)


def test_integers_beyond_64_bits_are_described_as_far_as_they_can_be() -> None:
    declared = schema(field("x", int))
    found = profiles(pd.DataFrame({"x": [10**30, 1, 2]}, dtype=object), declared)["x"]
    assert found.histogram is not None
    assert sum(found.histogram.counts) == 3
    assert profiles(pd.DataFrame({"x": [10**400, 1]}, dtype=object), declared)["x"].histogram is None


def test_zones_keep_their_own_clock() -> None:
    zone = datetime.timezone(datetime.timedelta(hours=5))
    moments = pl.Series("x", MOMENTS).dt.replace_time_zone("Asia/Karachi")
    declared = schema(field("x", datetime.datetime, lt=datetime.datetime(2013, 1, 1, 3, tzinfo=zone)))
    for frame in (pl.DataFrame({"x": moments}), pl.DataFrame({"x": moments}).to_pandas()):
        found = profiles(frame, declared)["x"].histogram
        assert found is not None
        assert found.least == (MOMENTS[0] - datetime.datetime(1970, 1, 1)).total_seconds()
        assert sum(found.refused) == 4


def test_columns_that_cannot_be_judged_have_no_profile() -> None:
    declared = schema(field("x"), field("y", required=False))
    assert profiles(pl.DataFrame({"x": ["far"]}), declared) == {}


def test_a_profile_is_made_only_when_it_is_asked_for() -> None:
    assert check(SCHEMA, FRAMES["polars_eager"](TABLE)).profile is None


def test_a_profile_holds_little_and_travels() -> None:
    names = [f"name {each % 1000} {'x' * 500}" for each in range(20_000)]
    frame = pl.DataFrame({"x": np.arange(20_000.0), "s": names})
    report = check(schema(field("x", lt=0), field("s", str)), frame, profile=True, rows=0)
    assert len(pickle.dumps(report)) < 12_000
    assert pickle.loads(pickle.dumps(report)) == report


def test_a_sample_is_described_as_such() -> None:
    frame = pl.DataFrame({"x": np.arange(1000.0)})
    report = check(schema(field("x", lt=500)), frame, profile=True, sample=100)
    assert report.profile is not None
    assert report.profile[0].rows == 100


def test_a_redacted_profile_has_nulls_and_places_and_no_values() -> None:
    report = check(SCHEMA, FRAMES["pandas_numpy"](TABLE), profile=True).redacted()
    assert report.profile is not None
    assert [each.nulls for each in report.profile] == [each.nulls for each in EXPECTED.values()]
    assert all(each.histogram is None and not each.bars and each.withheld for each in report.profile)


def test_programs_are_told_the_profile() -> None:
    frame = pl.DataFrame({"x": [1.0, -1.0, None]})
    told = check(schema(field("x", nullable=True, gt=0)), frame, profile=True).to_dict()
    (column,) = json.loads(json.dumps(told, allow_nan=False))["profile"]
    assert (column["name"], column["nulls"], column["low"]) == ("x", 1, 0.0)
    assert sum(column["histogram"]["counts"]) == 2
    assert findings(check(schema(field("x", gt=0)), frame, profile=True)).profile[0].name == "x"


@pytest.mark.parametrize("name", ["parquet", "csv"])
def test_files_in_batches_are_described_like_one_frame(tmp_path: Path, name: str) -> None:
    rng = np.random.default_rng(7)
    frame = pl.DataFrame(
        {
            "number": rng.normal(5, 3, 9000),
            "word": rng.choice(["a", "b", "c"], 9000),
            "key": [f"k{each % 8990}" for each in range(9000)],
            "moment": [MOMENTS[each % 6] for each in range(9000)],
        }
    )
    for part in range(3):
        rows = frame[part * 3000 : part * 3000 + 3000]
        getattr(rows, f"write_{name}")(tmp_path / f"{part}.{name}")
    declared = schema(
        field("number", gt=0),
        field("word", str, isin=("a", "b")),
        field("key", str, unique=True),
        field("moment", datetime.datetime),
    )
    whole = profiles(frame, declared)
    report = check_files(declared, tmp_path, profile=True, rows=None)
    assert report.profile is not None
    for found in report.profile:
        assert attrs.evolve(found, dtype=whole[found.name].dtype) == whole[found.name]


def test_texts_beyond_number_are_described_by_their_lengths(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("typedml.boundary.batches.profiles._MOST_TEXTS", 50)
    pl.DataFrame({"x": [f"{each:04}" for each in range(100)]}).write_parquet(tmp_path / "x.parquet")
    report = check_files(schema(field("x", str)), tmp_path / "x.parquet", profile=True)
    assert report.profile is not None
    (found,) = report.profile
    assert found.histogram is not None
    assert (found.distinct, found.histogram.scale, found.histogram.counts) == (None, "lengths", (100,))


def test_a_torn_file_is_described_as_far_as_it_was_judged(tmp_path: Path) -> None:
    pl.DataFrame({"x": [1.0, 2.0]}).write_parquet(tmp_path / "a.parquet")
    (tmp_path / "b.parquet").write_bytes(b"PAR1 and then nothing")
    report = check_files(schema(field("x")), tmp_path, profile=True)
    assert not report.ok
    assert report.profile is not None
    assert [each.nulls for each in report.profile] == [0]


def test_what_cannot_be_read_has_no_picture_rather_than_a_wrong_one() -> None:
    asked = Asked(Family.FLOAT, Line("numbers", Family.FLOAT), 3, {}, None)
    assert pictures({"x": asked}, None, ListSource(lambda name: None)) == {}
