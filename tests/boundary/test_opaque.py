"""Rules that only another library can run: asked for, counted, located, and never taken for fine."""

from collections.abc import Callable, Sequence
from typing import Any

import attrs
import pandas as pd
import polars as pl
import pytest

from tests.boundary.tables import field, rows_of, schema
from typedml.boundary import BoundaryError, check, split, validate
from typedml.declare.declared import DeclaredSchema, OpaqueRule

MAKE: dict[str, Any] = {"pandas": pd.DataFrame, "polars": pl.DataFrame}


def ruled(
    rows: Callable[[Any], Sequence[int] | None], column: str | None = "x", **more: Any
) -> DeclaredSchema:
    """A schema of two columns, with one opaque rule."""
    opaque = OpaqueRule(column, "odd", "x is odd", more.pop("frames", "polars"), rows, **more)
    made = schema(field("x", int, gt=0), field("k", str, unique=True), field("o", required=False))
    return attrs.evolve(made, opaque=(opaque,))


@pytest.mark.parametrize("library", MAKE)
def test_an_opaque_rule_is_counted_and_its_rows_are_shown(library: str) -> None:
    frame = MAKE[library]({"x": [1, 2, 4, -1], "k": ["a", "b", "c", "d"]})
    declared = ruled(lambda f: [1, 2], frames=library)
    report = check(declared, frame)
    assert (report.counts["x", "odd"], report.counts["x", "gt"], report.ok) == (2, 1, False)
    failure = report.failures[-1]
    assert failure.reason == "x is odd failed in 2 of 4 rows"
    assert [(row.position, row.keys, row.values) for row in failure.rows] == [
        (1, {"k": "b"}, {"x": 2}),
        (2, {"k": "c"}, {"x": 4}),
    ]
    good, bad = split(declared, frame)
    assert [row["k"] for row in rows_of(good)] == ["a"]
    assert [(row["k"], row["__reasons__"]) for row in rows_of(bad)] == [
        ("b", ["x: odd"]),
        ("c", ["x: odd"]),
        ("d", ["x: gt"]),
    ]
    assert check(declared, frame, rows=1).failures[-1].more == 1


def test_a_rule_that_holds_counts_zero() -> None:
    frame = pl.DataFrame({"x": [1], "k": ["a"]})
    declared = ruled(lambda f: [])
    report = check(declared, frame)
    assert (report.counts["x", "odd"], report.ok) == (0, True)
    assert validate(declared, frame) is frame
    good, bad = split(declared, frame.lazy())
    assert isinstance(good, pl.LazyFrame)
    assert (good.collect().height, bad.collect().height) == (1, 0)


def test_a_frame_that_breaks_a_rule_as_a_whole_counts_one_and_is_not_divided() -> None:
    frame = pl.DataFrame({"x": [1], "k": ["a"]})
    declared = ruled(lambda f: None, column=None)
    report = check(declared, frame)
    assert report.counts[None, "odd"] == 1
    assert "as a whole" in report.failures[0].reason
    with pytest.raises(BoundaryError):
        split(declared, frame)


def fail(frame: Any) -> None:
    raise ZeroDivisionError("no\nluck")


BLOCKED: list[tuple[DeclaredSchema, Any, str]] = [
    (ruled(fail), pl.DataFrame({"x": [1], "k": ["a"]}), "it raised ZeroDivisionError: no"),
    (ruled(lambda f: []), pd.DataFrame({"x": [1], "k": ["a"]}), "it is written for frames of polars"),
    (ruled(lambda f: []), pl.DataFrame({"k": ["a"]}), 'column "x" failed missing'),
]


@pytest.mark.parametrize(("declared", "frame", "because"), BLOCKED)
def test_a_rule_that_cannot_be_asked_blocks(declared: DeclaredSchema, frame: Any, because: str) -> None:
    report = check(declared, frame)
    assert not report.ok
    assert because in [rule.because for rule in report.not_run]
    with pytest.raises(BoundaryError):
        split(declared, frame)


def test_a_rule_about_an_absent_optional_column_does_not_apply() -> None:
    report = check(ruled(lambda f: [0], column="o"), pl.DataFrame({"x": [1], "k": ["a"]}))
    assert report.ok
    assert ("odd", False) in [(rule.rule, rule.blocks) for rule in report.not_run]


def test_a_rule_is_not_asked_of_a_sample() -> None:
    frame = pl.DataFrame({"x": [1, 1, 1], "k": ["a", "b", "c"]})
    report = check(ruled(fail), frame, sample=2)
    assert report.ok
    assert "odd" in [rule.rule for rule in report.not_run]


def test_a_rule_may_warn() -> None:
    frame = pl.DataFrame({"x": [1, 2], "k": ["a", "b"]})
    report = check(ruled(lambda f: [1], severity="warn"), frame)
    assert report.ok
    assert [failure.rule for failure in report.warnings] == ["odd"]
