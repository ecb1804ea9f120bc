"""Whether no value occurs twice, by sorting, by a table of truth values, or by hashes of text."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from tests.boundary.tables import field, only_native, schema
from typedml.boundary.checking import check
from typedml.boundary.engines import distinct, polars_select, text_hashes
from typedml.boundary.engines.distinct import all_differ, hashes_differ

RANDOM = np.random.default_rng(0)
DIFFERENT = {
    "counting up": np.arange(1000),
    "counting down": np.arange(1000)[::-1].copy(),
    "dense": RANDOM.permutation(1000),
    "sparse": RANDOM.permutation(1000) * 1_000_003,
    "the ends of 64 bits": np.array([2**63 - 1, -(2**63), 0]),
    "unsigned, the ends of 64 bits": np.array([2**64 - 1, 0, 2**63], np.uint64),
    "unsigned and dense beyond 63 bits": np.uint64(2**63) + RANDOM.permutation(1000).astype(np.uint64),
    "negative and dense": RANDOM.permutation(1000) - 500,
    "narrow": RANDOM.permutation(256).astype(np.uint8),
    "narrow and signed": (RANDOM.permutation(256) - 128).astype(np.int8),
    "floats": RANDOM.permutation(1000) / 7,
    "infinities": np.array([np.inf, 0.0, -np.inf]),
    "one": np.array([5]),
    "none": np.array([], np.int64),
}


@pytest.fixture(params=[3, 1 << 17])
def parts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(distinct, "PART", request.param)
    monkeypatch.setattr(polars_select, "PART", request.param)


@pytest.mark.usefixtures("parts")
@pytest.mark.parametrize("name", DIFFERENT)
def test_values_that_differ_are_told_from_those_of_which_one_repeats(name: str) -> None:
    values = DIFFERENT[name]
    assert all_differ(values)
    for place in range(0, len(values), 250):
        repeated = np.concatenate([values, values[place : place + 1]])
        assert not all_differ(repeated)
        assert not all_differ(RANDOM.permutation(repeated))


@pytest.mark.usefixtures("parts")
def test_what_is_missing_does_not_repeat() -> None:
    values, missing = np.array([7, 0, 3, 0, 5, 0]), np.array([False, True, False, True, False, True])
    assert all_differ(values, missing)
    assert not all_differ(np.array([7, 0, 3, 0, 7, 0]), missing)
    assert all_differ(values, np.ones(6, np.bool_))


def test_zero_repeats_whatever_its_sign() -> None:
    assert not all_differ(np.array([1.0, 0.0, -0.0]))


def test_hashes_in_parts_are_compared_across_parts() -> None:
    assert hashes_differ([np.array([9, 1], np.uint64), np.array([], np.uint64), np.array([5], np.uint64)], 3)
    assert not hashes_differ([np.array([9, 1], np.uint64), np.array([9], np.uint64)], 3)


@pytest.mark.usefixtures("parts")
def test_two_texts_of_one_hash_are_compared_as_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pl.Series, "hash", lambda self: pl.Series([1] * len(self), dtype=pl.UInt64))
    declared = schema(field("a", str, unique=True, nullable=True))
    with only_native():
        assert check(declared, pl.DataFrame({"a": ["x", "y", None, None]})).ok
        assert check(declared, pl.DataFrame({"a": ["x", "y", "x", None]})).counts["a", "unique"] == 2


COLUMNS = {
    "text": pl.Series("a", ["x", None, "a longer text than fits a view", "y", None]),
    "integers": pl.Series("a", [3, 1, 2]),
    "integers with nulls": pl.Series("a", [3, None, 1, None]),
    "integers in two chunks": pl.concat([pl.Series("a", [3, 1]), pl.Series("a", [2])]),
    "integers of 128 bits": pl.Series("a", [2**100, -(2**100), 0], pl.Int128),
    "floats": pl.Series("a", [0.5, None, float("nan"), float("nan"), 0.25]),
    "truth values": pl.Series("a", [True, False]),
}


@pytest.mark.usefixtures("parts")
@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_of_polars_is_asked(name: str) -> None:
    base = {pl.String: str, pl.Boolean: bool, pl.Float64: float}.get(type(COLUMNS[name].dtype), int)
    declared = schema(field("a", base, unique=True, nullable=True))
    twice = pl.concat([COLUMNS[name], COLUMNS[name].head(1)], rechunk=False)
    with only_native():
        for frame in (COLUMNS[name].to_frame(), COLUMNS[name].to_frame().lazy()):
            assert check(declared, frame).counts["a", "unique"] == 0
        for frame in (twice.to_frame(), twice.to_frame().lazy()):
            assert check(declared, frame).counts["a", "unique"] == 2


TEXTS = [
    "",
    "\0",
    "\0\0",
    "a",
    "a\0",
    "12345678",
    "123456789",
    "1234567812345678",
    "12345678" * 40,
    "ünï",
    "x" * 1000,
    *(f"F{number:07d}" for number in range(3000)),
]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
@pytest.mark.parametrize("part", [7, 1 << 16])
def test_texts_have_the_hash_of_their_equals_and_no_other(
    kind: pa.DataType, part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_hashes, "PART", part)
    hashes = np.concatenate(list(text_hashes.of_arrow(pa.array(TEXTS, kind))))
    assert len(set(hashes.tolist())) == len(TEXTS)
    shifted = pa.chunked_array([pa.array([None, *TEXTS[:5]], kind), pa.array([*TEXTS[5:], None], kind)])
    assert np.concatenate(list(text_hashes.of_arrow(shifted[1:]))).tolist() == hashes.tolist()


def test_no_text_has_no_hash() -> None:
    for empty in (
        pa.array([], pa.string()),
        pa.chunked_array([], pa.string()),
        pa.array([None], pa.string()),
    ):
        assert [len(part) for part in text_hashes.of_arrow(empty) if len(part)] == []


def test_two_texts_of_one_hash_are_compared_as_texts_by_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_hashes, "_hashes", lambda ends, _: np.zeros(len(ends) - 1, np.uint64))
    declared = schema(field("a", str, unique=True, nullable=True))
    with only_native():
        assert check(declared, pd.DataFrame({"a": pd.array(["x", "y", None, None], "str")})).ok
        twice = pd.DataFrame({"a": pd.array(["x", "y", "x", None], "str")})
        assert check(declared, twice).counts["a", "unique"] == 2
