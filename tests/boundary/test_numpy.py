"""Structured, record and masked arrays: every dtype that a field can have."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest

from tests.boundary.tables import field, only_native, schema
from typedml.boundary import check, split, validate

NOON = datetime.datetime(2013, 1, 1, 12)


def array(values: list[Any], dtype: Any) -> Any:
    made = np.zeros(len(values), [("x", dtype)])
    made["x"] = values
    return made


def broken(declared: Any, frame: Any) -> list[int]:
    seen = []
    for native in (False, True):
        if native:
            with only_native():
                report = check(schema(declared), frame)
        else:
            report = check(schema(declared), frame)
        seen.append([row.position for failure in report.failures for row in failure.rows])
        assert sum(report.counts.values()) == len(seen[-1]), report
    assert seen[0] == seen[1]
    return [at for at in seen[0] if at is not None]


@pytest.mark.parametrize("dtype", ["i1", "u2", ">i4", "<i8", "f2", ">f4", "f8", np.longdouble])
def test_numbers_of_every_width_and_byte_order_are_judged(dtype: Any) -> None:
    assert broken(field("x", lt=5), array([1, 7, 3], dtype)) == [1]


@pytest.mark.parametrize("dtype", ["M8[D]", "M8[s]", ">M8[ms]", "M8[us]", "M8[ns]", ">M8[ns]"])
def test_moments_of_every_unit_and_byte_order_are_judged(dtype: str) -> None:
    values = [np.datetime64("2013-01-01"), np.datetime64("2013-01-03"), np.datetime64("NaT")]
    declared = field("x", datetime.datetime, lt=datetime.datetime(2013, 1, 2), nullable=True)
    assert broken(declared, array(values, dtype)) == [1]


def test_text_is_judged_in_fixed_widths_and_as_objects() -> None:
    assert broken(field("x", str, pattern="[a-z]"), array(["a", "B"], "U4")) == [1]
    assert broken(field("x", str, pattern="[a-z]", nullable=True), array(["a", None, "B"], object)) == [2]


@pytest.mark.parametrize("dtype", ["S4", "c16", "M8[ps]", [("y", "f8")], ("f8", 3), "V8"])
def test_what_no_declared_type_holds_is_named(dtype: Any) -> None:
    report = check(
        schema(field("x")), np.zeros(2, [("x", dtype)] if not isinstance(dtype, tuple) else [("x", *dtype)])
    )
    assert report.counts["x", "dtype"] == 1
    assert "where float is declared" in report.failures[0].reason


def test_a_masked_cell_is_a_missing_one() -> None:
    masked = np.ma.MaskedArray(array([1.0, 99.0, np.nan], "f8"), [(False,), (True,), (False,)])
    for native in (False, True):
        with only_native() if native else np.errstate():
            report = check(schema(field("x", lt=5)), masked)
        assert (report.counts["x", "null"], report.counts["x", "lt"]) == (2, 0)
    good, bad = split(schema(field("x", lt=5)), masked)
    assert len(good) == 1
    assert bad["x"].mask.tolist() == [True, False]
    assert bad["__reasons__"].tolist() == [["x: null"], ["x: null"]]


def test_a_split_keeps_the_fields_and_the_class() -> None:
    records = np.array([(1.0, "a"), (9.0, "b")], [("x", "f8"), ("s", "U1")]).view(np.recarray)
    good, bad = split(schema(field("x", lt=5)), records)
    assert isinstance(good, np.recarray)
    assert isinstance(bad, np.recarray)
    assert good.tolist() == [(1.0, "a")]
    assert bad.tolist() == [(9.0, "b", ["x: lt"])]


def test_a_valid_array_is_returned_as_it_is() -> None:
    frame = array([1.0], "f8")
    assert validate(schema(field("x")), frame) is frame


def test_values_are_shown_as_python_has_them() -> None:
    frame = array([np.datetime64("2013-01-01T12:00:00")], "M8[ns]")
    report = check(schema(field("x", datetime.datetime, lt=datetime.datetime(2013, 1, 1))), frame)
    assert report.failures[0].rows[0].values == {"x": NOON}
