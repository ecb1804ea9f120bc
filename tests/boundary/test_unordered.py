"""Frames whose rows have no order: DuckDB and Dask give the answers of the others, or say why not."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import attrs
import dask.dataframe
import duckdb
import pandas as pd
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings

from tests.boundary.tables import (
    UNORDERED,
    Table,
    column,
    field,
    operation,
    pandas_numpy,
    polars_eager,
    rows_of,
    schema,
)
from tests.boundary.test_conformance import cases
from typedml import FeatureSchema, rule
from typedml import field as field_of
from typedml.boundary import FrameError, Report, check, split, validate
from typedml.boundary.engines import narwhals as narwhals_engine
from typedml.boundary.engines import narwhals_targets
from typedml.boundary.patterns import marked
from typedml.boundary.plans import plan_of
from typedml.boundary.session import Session
from typedml.declare.declared import DeclaredSchema, Rules

FLIGHT = schema(
    field("flight", str, unique=True, pattern=r"[A-Z]{2}\d+"),
    field("distance", gt=0),
    checks={"short": operation("<", column("distance"), 5000)},
)
TABLE: Table = {
    "flight": (str, ["UA1", "UA1", "x", "AA2", None]),
    "distance": (float, [1.0, -1.0, None, float("nan"), 9000.0]),
    "more": (int, [1, 2, 3, 4, 5]),
}


def answerable(declared: DeclaredSchema) -> DeclaredSchema:
    """The schema without what a frame without order cannot answer."""
    kept = [attrs.evolve(each, rules=_answerable(each.rules)) for each in declared.fields]
    return attrs.evolve(declared, fields=tuple(kept))


def _answerable(rules: Rules) -> Rules:
    orders = {name: getattr(rules, name) for name in ("increasing", "decreasing")}
    left: dict[str, Any] = {
        name: order if isinstance(order, str) else False for name, order in orders.items()
    }
    shared = rules.pattern is not None and marked(rules.pattern) is not None
    return attrs.evolve(rules, pattern=rules.pattern if shared else None, **left)


def told(report: Report) -> list[Any]:
    rows = [Counter(tuple(map(_alike, row.values.values())) for row in each.rows) for each in report.failures]
    reasons = [each.reason for each in report.failures]
    return [report.ok, report.rows, list(report.counts.items()), rows, reasons, report.not_run]


def _alike(value: Any) -> str:
    """A value as text; a whole number beside a null is a float in numpy, and times have a class in pandas."""
    number = isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)
    plain = value.to_pytimedelta() if hasattr(value, "to_pytimedelta") else value
    return repr(float(value)) if number else str(plain)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_frames_without_order_report_what_the_others_report(case: tuple[DeclaredSchema, Table]) -> None:
    declared, table = answerable(case[0]), case[1]
    reference = told(check(declared, polars_eager(table), rows=None))
    for name, make in UNORDERED.items():
        assert told(check(declared, make(table), rows=None)) == reference, name


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_a_lazy_split_loses_no_row_and_gives_each_its_reasons(case: tuple[DeclaredSchema, Table]) -> None:
    declared, table = answerable(case[0]), case[1]
    rows = len(next(iter(table.values()))[1])
    numbered = {**table, "position": (int, list(range(rows)))}
    _, wrong = (rows_of(each) for each in split(declared, polars_eager(numbered)))
    reference = {row["position"]: row["__reasons__"] for row in wrong}
    for name, make in UNORDERED.items():
        good, bad = (rows_of(each) for each in split(declared, make(numbered)))
        broken = {row["position"]: listed(row["__reasons__"]) for row in bad}
        assert broken == reference, name
        assert sorted([row["position"] for row in good] + list(broken)) == list(range(rows)), name


def listed(reasons: Any) -> list[str]:
    return reasons.split("; ") if isinstance(reasons, str) else list(reasons)


@pytest.mark.parametrize("make", UNORDERED.values(), ids=UNORDERED)
def test_failing_rows_have_keys_and_values_and_no_position(make: Any) -> None:
    report = check(FLIGHT, make(TABLE))
    (far,) = (each for each in report.failures if each.rule == "gt")
    (row,) = far.rows
    assert row.position is None
    assert row.values == {"distance": -1.0}
    assert row.keys["flight"] == "UA1"
    assert "    -   " in str(report)
    assert report.to_dict()["failures"][0]["rows"][0]["position"] is None


@pytest.mark.parametrize("make", UNORDERED.values(), ids=UNORDERED)
def test_a_rule_of_the_order_of_rows_blocks_and_its_hint_names_the_order(make: Any) -> None:
    report = check(schema(field("more", int, increasing=True)), make(TABLE))
    assert not report.ok
    assert ("more", "increasing") not in report.counts
    (left,) = report.not_run
    assert left.because == "the rows of this frame have no order"
    assert left.hint == 'field(increasing="day") names the column that orders them'


@pytest.mark.parametrize("pattern", ["(?i)ua", "(?=U).*", r".\b.*", "a{1001}", "a$|b"])
def test_a_pattern_that_not_all_read_alike_blocks(pattern: str) -> None:
    report = check(
        schema(field("flight", str, nullable=True, pattern=pattern)), UNORDERED["duckdb_relation"](TABLE)
    )
    assert not report.ok
    assert [(each.rule, each.blocks) for each in report.not_run] == [("pattern", True)]
    assert "does not read" in report.not_run[0].because


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        (r"N\d+", ["N1", "N1\n", "N٣", "N"]),
        ("a.c", ["abc", "a\nc", "a\rc", "a\u2028c", "a\x85c"]),
        (r"\s*", [" \t\n\r\f\v", "\x85", "\xa0"]),
        (r"[\v]", ["\v", "\n", "\u2028"]),
        ("^a|b$", ["a", "b", "b\n", "ab"]),
        (r"\w*", ["a_1", "é", ""]),
    ],
)
def test_a_pattern_matches_the_same_texts_on_duckdb(pattern: str, texts: list[str]) -> None:
    declared, table = schema(field("s", str, pattern=pattern)), {"s": (str, texts)}
    counts = check(declared, polars_eager(table)).counts
    assert check(declared, UNORDERED["duckdb_relation"](table)).counts == counts


def test_the_caller_says_how_many_failing_rows_are_kept() -> None:
    many: Table = {"x": (float, [-1.0] * 3000 + [20.0] * 3)}
    declared = schema(field("x", gt=0, lt=10))
    for name, make in UNORDERED.items():
        for rows, kept in ((2, [2, 2]), (None, [3000, 3]), (0, [0, 0])):
            report = check(declared, make(many), rows=rows)
            assert [len(each.rows) for each in report.failures] == kept, name
            assert [each.count for each in report.failures] == [3000, 3], name


def test_a_valid_frame_is_returned_as_it_is() -> None:
    for make in UNORDERED.values():
        frame = make(TABLE)
        assert validate(schema(field("more", int, gt=0)), frame) is frame


def test_a_sample_of_rows_without_order_is_refused() -> None:
    for make in UNORDERED.values():
        with pytest.raises(FrameError, match="have no order to draw a sample from"):
            check(FLIGHT, make(TABLE), sample=2)


def test_a_query_that_fails_says_so() -> None:
    relation = duckdb.sql("select error('gone') as distance, 'UA1' as flight")
    declared = schema(field("flight", str), field("distance"))
    with pytest.raises(FrameError, match="cannot be collected"):
        check(schema(field("distance", str, pattern="a")), relation)
    from_pandas: Any = dask.dataframe.from_pandas
    broken = from_pandas(pd.DataFrame({"flight": ["UA1"], "distance": [1.0]}), npartitions=1)
    with pytest.raises(FrameError, match="cannot be collected"):
        check(declared, broken.map_partitions(_fail, meta=broken._meta))


def _fail(part: pd.DataFrame) -> pd.DataFrame:
    if len(part):
        raise RuntimeError("the file is gone")
    return part


def test_objects_of_dask_are_told_by_their_values() -> None:
    mixed = pd.DataFrame({"distance": pd.Series([1.0, "far", None, 2.0], dtype=object)})
    with dask.config.set({"dataframe.convert-string": False}):
        from_pandas: Any = dask.dataframe.from_pandas
        report = check(schema(field("distance")), from_pandas(mixed, npartitions=2))
    assert report.counts["distance", "dtype"] == 1
    assert "2 float and 1 str" in report.failures[0].reason


def test_a_column_of_nulls_in_dask_fits_every_type() -> None:
    frame = UNORDERED["dask_numpy"]({"s": (float, [None, None]), "n": (int, [1, 2])})
    assert check(schema(field("s", str, nullable=True)), frame).counts["s", "dtype"] == 0
    some = UNORDERED["dask_numpy"]({"s": (float, [None, 1.0]), "n": (int, [1, 2])})
    assert check(schema(field("s", str, nullable=True)), some).counts["s", "dtype"] == 1


def test_a_frame_in_a_wrapper_of_narwhals_is_handed_in_as_it_is() -> None:
    import narwhals as nw

    with pytest.raises(FrameError, match="frame of pandas in a wrapper") as error:
        check(FLIGHT, nw.from_native(pd.DataFrame({"x": [1.0]})))
    assert error.value.hint == "hand in frame.to_native()"
    wrapped = nw.from_native(UNORDERED["duckdb_relation"](TABLE))
    assert check(FLIGHT, wrapped).counts["distance", "gt"] == 1
    good, _ = split(FLIGHT, wrapped)
    assert isinstance(good, nw.LazyFrame)


class Gate(FeatureSchema):
    airport: str
    number: int


class Stop(FeatureSchema, references={("origin", "gate"): (Gate.c.airport, Gate.c.number)}):
    origin: str
    gate: int


def test_a_key_of_several_columns_is_looked_up_among_few_rows_where_none_can_be_joined(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(narwhals_targets, "NATIVE", {})
    relation = UNORDERED["duckdb_relation"]({"origin": (str, ["JFK", "EWR"]), "gate": (int, [1, 2])})
    few = pl.DataFrame({"airport": ["JFK"] * 200, "number": range(200)})
    assert check(Stop, relation, references={Gate: few}).counts[None, "references"] == 1
    many = pl.DataFrame({"airport": ["JFK"] * 201, "number": range(201)})
    report = check(Stop, relation, references={Gate: many})
    assert not report.ok
    assert "a key of several columns is looked up among at most 200 rows here" in report.not_run[0].because


class Account(FeatureSchema):
    number: Decimal
    branch: int


class Entry(
    FeatureSchema,
    key=("number", "branch"),
    references={("number", "branch"): (Account.c.number, Account.c.branch)},
):
    number: Decimal = field_of(references=Account.c.number, unique=True)
    branch: int = field_of(increasing="number")

    @rule
    def alone(c: Any) -> Any:
        return c.branch.count(by=c.number) <= 1


BROKEN_BY_DECIMALS = {
    ("number", "unique"): 2,
    ("number", "references"): 1,
    ("branch", "increasing"): 1,
    (None, "key"): 2,
    (None, "references"): 1,
    (None, "alone"): 2,
}


def check_decimals(make: Any) -> Report:
    """Check entries whose numbers differ, and are one and the same float."""
    first, second = Decimal("1234567890123456.0001"), Decimal("1234567890123456.0002")
    frame = make({"number": (Decimal, [second, first, first]), "branch": (int, [0, 1, 1])})
    accounts = pl.DataFrame({"number": pl.Series([first], dtype=pl.Decimal(30, 6)), "branch": [1]})
    return check(Entry, frame, references={Account: accounts})


def breaches(report: Report) -> dict[Any, int]:
    """The rules that do not hold, and in how many rows."""
    return {key: count for key, count in report.counts.items() if count}


@pytest.mark.parametrize("make", UNORDERED.values(), ids=UNORDERED)
def test_decimals_that_are_one_float_are_told_apart(make: Any) -> None:
    report = check_decimals(make)
    assert breaches(report) == BROKEN_BY_DECIMALS
    assert report.not_run == ()


def test_whole_numbers_beyond_64_bits_are_computed_in_floats() -> None:
    table: Table = {"n": (int, [2**40, 1]), "m": (int, [2**40, 2])}
    product = operation("*", column("n", int), column("m", int))
    declared = schema(field("n", int), field("m", int), checks={"small": operation("<", product, 10)})
    for name, make in UNORDERED.items():
        assert check(declared, make(table)).counts[None, "small"] == 1, name


def test_frames_of_the_pandas_kind_are_judged_through_narwhals_alike() -> None:
    # As those of modin and cuDF are, which have no engine of their own.
    frame = pd.DataFrame(pandas_numpy(TABLE))
    stage = Session(plan_of(FLIGHT), frame).stage
    counts = check(FLIGHT, frame).counts
    rows, counted = narwhals_engine.count(attrs.evolve(stage, found=_found(frame), compiled={}), frame)
    assert rows == 5
    assert dict(zip(stage.rule_keys, counted, strict=True)).items() <= counts.items()


def _found(frame: pd.DataFrame) -> Any:
    return narwhals_engine.survey(plan_of(FLIGHT), frame).found
