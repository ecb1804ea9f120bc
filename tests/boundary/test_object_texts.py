"""Text as Python objects, judged a part at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.boundary.tables import column, field, only_native, operation, schema
from typedml.boundary import check, split
from typedml.boundary.engines import object_texts

FLIGHT = schema(
    field("s", str, unique=True, pattern="[a-z]+", nullable=True),
    field("t", str, isin=("a", "b"), increasing=True),
    checks={"same": operation("==", column("s", str), column("t", str))},
)


@pytest.fixture(params=[1, 2, 3, 1 << 17], autouse=True)
def parts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(object_texts, "PART", request.param)


def objects(**cells: list[Any]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in cells.items()})


def counts(frame: pd.DataFrame) -> dict[tuple[str | None, str], int]:
    with only_native():
        return {key: count for key, count in check(FLIGHT, frame).counts.items() if count}


def test_text_that_keeps_its_rules_breaks_none_in_any_part() -> None:
    assert counts(objects(s=["a", "b", None, np.nan], t=["a", "b", "b", "b"])) == {}


def test_breaches_of_all_parts_are_counted_and_those_across_parts_too() -> None:
    frame = objects(s=["a", "B", "a", None, "B"], t=["b", "a", "x", pd.NA, "b"])
    broken: dict[tuple[str | None, str], int] = {
        ("s", "unique"): 4,
        ("s", "pattern"): 2,
        ("t", "null"): 1,
        ("t", "isin"): 1,
    }
    broken |= {("t", "increasing"): 2, (None, "same"): 4}
    assert counts(frame) == broken


def test_the_rows_of_breaches_are_found_in_every_part() -> None:
    with only_native():
        good, bad = split(FLIGHT, objects(s=["a", "b", "C", "d"], t=["a", "b", "b", "x"]))
    assert (good.index.tolist(), bad.index.tolist()) == ([0, 1], [2, 3])


def test_text_that_is_no_unicode_is_judged_in_python() -> None:
    assert counts(objects(s=["\udc80", "a", "\udc80"], t=["a", "a", "a"])) == {
        ("s", "unique"): 2,
        ("s", "pattern"): 2,
        (None, "same"): 2,
    }


def test_no_rows_break_nothing() -> None:
    assert counts(objects(s=[], t=[])) == {}
