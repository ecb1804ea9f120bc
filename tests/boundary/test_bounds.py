"""Ranges and bounds of integers, compared as integers: no column is copied into floats to be judged."""

from __future__ import annotations

import itertools
import math
from typing import Any

import polars as pl
import pytest

from tests.boundary.tables import field, only_native, schema
from typedml.algebra.ranges import Range
from typedml.boundary import check
from typedml.boundary.engines.polars_rules import _integers_outside

ENDS = (-math.inf, -1e300, -1.5, -1, 0, 0.5, 2, 2.5, 1e20, 1e300, math.inf)
NUMBERS = [-5, -2, -1, 0, 1, 2, 3, 7]


@pytest.mark.parametrize(("low", "high"), list(itertools.combinations(ENDS, 2)))
@pytest.mark.parametrize("low_open", [False, True])
@pytest.mark.parametrize("high_open", [False, True])
def test_integers_are_outside_of_a_range_as_numbers_are(
    low: float, high: float, low_open: bool, high_open: bool
) -> None:
    allowed = Range(low, high, low_open, high_open)
    outside = (
        pl.Series("n", NUMBERS)
        .to_frame()
        .select(pl.col("n").is_not_null() & _integers_outside(pl.col("n"), allowed))
    )
    assert outside["n"].to_list() == [not allowed.contains(number) for number in NUMBERS]


@pytest.mark.parametrize("dtype", [pl.Int8, pl.UInt8, pl.Int64, pl.UInt64, pl.Int128])
@pytest.mark.parametrize(
    ("rule", "bound", "failing"),
    [
        ("gt", 1.0, 2),
        ("ge", 1.5, 2),
        ("lt", -1.0, 3),
        ("le", 300.0, 0),
        ("ge", 1e300, 3),
        ("gt", -math.inf, 0),
    ],
)
def test_integers_of_every_width_are_compared_with_floats(
    dtype: Any, rule: str, bound: float, failing: int
) -> None:
    frame = pl.DataFrame({"n": pl.Series([0, 1, 2], dtype=dtype)})
    stated: dict[str, Any] = {rule: bound}
    declared = field("n", int, **stated)
    with only_native():
        assert check(schema(declared), frame).counts["n", rule] == failing
