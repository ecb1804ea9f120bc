"""What arrives at night: every odd frame gets a clear verdict, loses no row, and nothing passes unchecked."""

from __future__ import annotations

import contextlib
import datetime
import enum
import itertools
import json
import math
import operator
import time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from tests.boundary.tables import column, field, only_native, operation, schema
from typedml.boundary import BoundaryError, Report, check, split
from typedml.declare.declared import DeclaredSchema

UTC, NEW_YORK = datetime.UTC, ZoneInfo("America/New_York")
EARLIER = datetime.datetime(2020, 11, 1, 1, 30, tzinfo=NEW_YORK)
LATER = EARLIER.replace(fold=1)
"""The same clock time twice, an hour apart: the night when summer time ends."""


def judged(declared: DeclaredSchema, frame: Any) -> Report:
    """The report of a frame, the same by lists and natively, fit for a terminal and for JSON; no row lost."""
    reports = []
    for way in (only_native(), contextlib.nullcontext()):
        with way:
            report = check(declared, frame)
            reports.append((dict(report.counts), report.ok, report.not_run))
            json.dumps(report.to_dict())
            assert str(report)
            _require_all_rows(declared, frame, report)
    assert reports[0] == reports[1]
    return report


def _require_all_rows(declared: DeclaredSchema, frame: Any, report: Report) -> None:
    try:
        good, bad = split(declared, frame)
    except BoundaryError:
        return
    if not isinstance(frame, pl.LazyFrame):
        assert len(good) + len(bad) == len(frame)
        assert (len(bad) == 0) == (not any(report.counts.values()))


def broken(report: Report) -> dict[Any, int]:
    return {key: count for key, count in report.counts.items() if count}


def array_of(values: Any, dtype: Any) -> Any:
    """An array of an extension type of pandas."""
    return pd.array(values, dtype=dtype)


def objects(*values: Any) -> Any:
    made = np.empty(len(values), object)
    made[:] = list(values)
    return pd.Series(made, dtype=object)


def frames_of(values: list[Any], **types: Any) -> list[Any]:
    """One column x as a pandas and as a polars frame."""
    return [pd.DataFrame({"x": values}), pl.DataFrame({"x": pl.Series(values, **types)})]


NAMES: list[Any] = [
    0,
    1.5,
    None,
    math.nan,
    ("a", "b"),
    datetime.date(2020, 1, 1),
    True,
    b"x",
    pd.Timestamp("2020"),
]


@pytest.mark.parametrize("name", NAMES, ids=repr)
def test_a_column_named_by_something_else_than_text_is_left_alone_or_named(name: Any) -> None:
    frame = pd.DataFrame([[1.0, -2.0]], columns=pd.Index(["x", name], dtype=object))
    assert judged(schema(field("x", gt=0)), frame).ok
    closed = judged(schema(field("x", gt=0), extra="forbid"), frame)
    assert broken(closed) == {(None, "extra"): 1}
    assert f"{name!r} ({type(name).__name__})" in closed.failures[0].reason


def test_a_number_is_not_the_text_that_looks_like_it() -> None:
    declared = schema(field("3", required=False), extra="forbid")
    report = judged(declared, pd.DataFrame([[1.0]], columns=[3]))
    assert broken(report) == {(None, "extra"): 1}
    assert judged(schema(field("3")), pd.DataFrame([[1.0]], columns=["3"])).ok


def test_columns_that_have_no_names_are_told() -> None:
    report = judged(schema(field("x")), pd.DataFrame([[1.0, 2.0]]))
    assert report.failures[0].reason == 'column "x" is missing; no column is named by text'
    assert "frame.columns =" in report.failures[0].hint


@pytest.mark.parametrize(
    "columns",
    [
        pd.MultiIndex.from_tuples([("x", "a"), ("y", "a")]),
        pd.MultiIndex.from_tuples([("x", ""), ("y", "")]),
        pd.MultiIndex.from_arrays([["x", "y"]]),
    ],
)
def test_columns_in_levels_are_told(columns: Any) -> None:
    report = judged(schema(field("x")), pd.DataFrame([[1.0, 2.0]], columns=columns))
    assert broken(report) == {("x", "missing"): 1}
    assert "MultiIndex" in report.failures[0].reason


def test_the_same_names_in_levels_and_as_tuples_are_told_apart() -> None:
    names = [("x", "a"), ("y", "a")]
    flat = pd.Index(np.array([*names, None], dtype=object)[:2], tupleize_cols=False)
    notes = [
        judged(schema(field("x")), pd.DataFrame([[1.0, 2.0]], columns=each)).failures[0].reason
        for each in (pd.MultiIndex.from_tuples(names), flat)
    ]
    assert "MultiIndex" in notes[0]
    assert "MultiIndex" not in notes[1]


@pytest.mark.parametrize(
    "index",
    [
        pd.MultiIndex.from_tuples([(1, "a"), (2, "b"), (2, "b")]),
        [0, 0, 0],
        [math.nan, None, 0],
        pd.date_range("2020", periods=3),
        pd.Index(["a", "b", "c"], name="x"),
    ],
)
def test_rows_are_judged_by_position_whatever_their_index_is(index: Any) -> None:
    frame = pd.DataFrame({"x": [1.0, -2.0, 3.0]}, index=index)
    report = judged(schema(field("x", gt=0)), frame)
    assert broken(report) == {("x", "gt"): 1}
    assert report.failures[0].rows[0].position == 1
    assert report.failures[0].rows[0].values == {"x": -2.0}


def test_an_index_of_the_name_of_a_column_is_no_column_and_is_told() -> None:
    frame = pd.DataFrame({"y": [1.0]}, index=pd.Index([1.0], name="x"))
    (failure,) = judged(schema(field("x")), frame).failures
    assert failure.reason == 'column "x" is missing; the index has this name'
    assert "reset_index" in failure.hint


@pytest.mark.parametrize("repeated", [["x", "x"], ["x", "y", "x", "x"]])
def test_a_column_that_is_there_more_than_once_is_not_judged(repeated: list[str]) -> None:
    frame = pd.DataFrame([[1.0] * len(repeated)], columns=repeated)
    report = judged(schema(field("x", gt=0)), frame)
    assert broken(report) == {("x", "dtype"): 1}
    assert f"{repeated.count('x')} columns are named" in report.failures[0].reason


@pytest.mark.parametrize(
    "frame", [pd.DataFrame(index=range(3)), pd.DataFrame(), pl.DataFrame(), pl.LazyFrame()]
)
def test_a_frame_without_columns_has_none_of_those_declared(frame: Any) -> None:
    assert broken(judged(schema(field("x"), field("y", required=False)), frame)) == {("x", "missing"): 1}
    assert judged(schema(), frame).ok


def test_a_schema_of_500_columns_is_compiled_and_judged_in_milliseconds() -> None:
    names = [f"c{number}" for number in range(500)]
    for make in (pd.DataFrame, pl.DataFrame):
        declared = schema(*(field(name, gt=0) for name in names))
        good = make({name: [1.0] * 10 for name in names})
        begun = time.process_time()
        assert check(declared, good).ok
        assert time.process_time() - begun < 0.5
        bad = make({name: [1.0, -1.0 if number % 2 else 1.0] for number, name in enumerate(names)})
        assert len(broken(check(declared, bad))) == 250
        _, rows = split(declared, bad)
        assert len(rows) == 1


ARITHMETIC = {"+": operator.add, "-": operator.sub, "*": operator.mul}
INTEGERS = [np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64]


@pytest.mark.parametrize("name", ARITHMETIC)
@pytest.mark.parametrize("dtype", INTEGERS, ids=lambda dtype: dtype.__name__)
def test_whole_numbers_never_wrap_around(dtype: Any, name: str) -> None:
    limits = np.iinfo(dtype)
    values = [int(limits.max), int(limits.min), 0, 1, int(limits.max) - 1]
    pairs = list(itertools.product(values, values))
    left, right = (np.array([pair[side] for pair in pairs], dtype) for side in (0, 1))
    # A product of two columns of 64 bits without a sign is a float, which tells no neighbours apart.
    bound = 2**100 if name == "*" and limits.bits == 64 else ARITHMETIC[name](values[0], values[4])
    rule = operation("<", operation(name, column("a", int), column("b", int)), bound)
    declared = schema(field("a", int), field("b", int), checks={"r": rule})
    wanted = sum(not ARITHMETIC[name](a, b) < bound for a, b in pairs)
    arrow = pd.ArrowDtype(pa.from_numpy_dtype(np.dtype(dtype)))
    plain = pd.DataFrame({"a": left, "b": right})
    for frame in (plain, pl.DataFrame({"a": left, "b": right}), plain.astype(arrow), plain.convert_dtypes()):
        assert judged(declared, frame).counts[None, "r"] == wanted


@pytest.mark.parametrize("name", ["negative", "abs"])
@pytest.mark.parametrize("dtype", INTEGERS[:4], ids=lambda dtype: dtype.__name__)
def test_the_least_whole_number_has_a_positive_mirror(dtype: Any, name: str) -> None:
    declared = schema(field("a", int), checks={"r": operation("<", operation(name, column("a", int)), 0)})
    least = np.array([np.iinfo(dtype).min], dtype)
    for make in (pd.DataFrame, pl.DataFrame):
        assert judged(declared, make({"a": least})).counts[None, "r"] == 1


@pytest.mark.parametrize("name", ["/", "//", "%", "**"])
def test_whole_numbers_beyond_64_bits_divide_as_small_ones_do(name: str) -> None:
    values: dict[str, list[int]] = {"a": [2**63 - 1, -(2**63), 7, 0], "b": [2**63 - 1, 3, 0, -1]}
    quotient = operation(name, operation("+", column("a", int), column("b", int)), column("b", int))
    declared = schema(field("a", int), field("b", int), checks={"r": operation(">", quotient, 1)})
    counts = {judged(declared, make(values)).counts[None, "r"] for make in (pd.DataFrame, pl.DataFrame)}
    assert len(counts) == 1


def test_integers_of_python_have_no_end() -> None:
    values = objects(10**30, -(10**30), 10**30, None)
    declared = schema(
        field("x", int, gt=0, unique=True, nullable=True),
        checks={"r": operation(">", operation("*", column("x", int), column("x", int)), 0)},
    )
    assert broken(judged(declared, pd.DataFrame({"x": values}))) == {("x", "gt"): 1, ("x", "unique"): 2}


ZEROS = [
    ({"unique": True}, [0.0, -0.0], {("x", "unique"): 2}),
    ({"ge": 0}, [-0.0], {}),
    ({"gt": 0}, [-0.0], {("x", "gt"): 1}),
    ({"isin": (0.0,)}, [-0.0], {}),
    ({"le": 5}, [math.inf, -math.inf, math.nan], {("x", "null"): 1, ("x", "le"): 1}),
    ({"unique": True, "nullable": True}, [math.nan, math.nan, None], {}),
    ({"isin": (math.inf,)}, [math.inf, -math.inf], {("x", "isin"): 1}),
]


@pytest.mark.parametrize(("rules", "values", "wanted"), ZEROS)
def test_zeros_and_infinities(rules: Any, values: Any, wanted: Any) -> None:
    for frame in frames_of(values, dtype=pl.Float64):
        assert broken(judged(schema(field("x", **rules)), frame)) == wanted


def moments(*values: datetime.datetime) -> list[Any]:
    """Moments of New York as every kind of column that can hold them."""
    utc = [value.astimezone(UTC) for value in values]
    zoned = pl.Series(utc, dtype=pl.Datetime("us", "UTC")).dt.convert_time_zone("America/New_York")
    arrow = pa.array(utc, pa.timestamp("us", "America/New_York"))
    return [
        pd.DataFrame({"x": pd.DatetimeIndex(utc).tz_convert("America/New_York")}),
        pd.DataFrame({"x": objects(*values)}),
        pd.DataFrame({"x": pd.arrays.ArrowExtensionArray(arrow)}),
        pd.DataFrame({"x": pd.Categorical(pd.DatetimeIndex(utc).tz_convert("America/New_York"))}),
        pl.DataFrame({"x": zoned}),
        pl.LazyFrame({"x": zoned}),
    ]


FOLDS = [
    ((EARLIER, LATER), {}),
    ((LATER, EARLIER), {("x", "increasing"): 1}),
    ((EARLIER, EARLIER), {("x", "unique"): 2}),
    ((EARLIER.replace(minute=45), LATER), {}),
]


@pytest.mark.parametrize(("values", "wanted"), FOLDS)
def test_an_hour_that_is_there_twice_is_two_hours(values: Any, wanted: Any) -> None:
    declared = schema(field("x", datetime.datetime, unique=True, increasing=True))
    for frame in moments(*values):
        assert broken(judged(declared, frame)) == wanted


@pytest.mark.parametrize(
    ("rules", "wanted"),
    [
        ({"ge": LATER}, {("x", "ge"): 1}),
        ({"lt": LATER}, {("x", "lt"): 1}),
        ({"isin": (LATER,)}, {("x", "isin"): 1}),
        ({"isin": (EARLIER, LATER)}, {}),
    ],
)
def test_a_bound_in_that_hour_is_one_of_the_two(rules: Any, wanted: Any) -> None:
    for frame in moments(EARLIER, LATER):
        assert broken(judged(schema(field("x", datetime.datetime, **rules)), frame)) == wanted


def test_a_span_over_the_end_of_summer_time_is_the_time_that_passed() -> None:
    span = operation("-", column("b", datetime.datetime), column("a", datetime.datetime))
    rule = operation(">=", span, datetime.timedelta(minutes=60))
    declared = schema(field("a", datetime.datetime), field("b", datetime.datetime), checks={"r": rule})
    for first, last in zip(moments(EARLIER), moments(LATER), strict=True):
        if isinstance(first, pd.DataFrame) and str(first["x"].dtype) != "category":
            assert judged(declared, pd.DataFrame({"a": first["x"], "b": last["x"]})).ok
    pairs = [frame for frame in (*moments(EARLIER), *moments(LATER)) if isinstance(frame, pl.DataFrame)]
    assert judged(declared, pl.DataFrame({"a": pairs[0]["x"], "b": pairs[1]["x"]})).ok


@pytest.mark.parametrize(
    "values",
    [
        [datetime.datetime(2020, 1, 1), datetime.datetime(2020, 1, 1, tzinfo=UTC)],
        [datetime.time(1), datetime.time(1, tzinfo=UTC)],
    ],
)
def test_times_with_and_without_a_zone_in_one_column_are_told(values: list[Any]) -> None:
    report = judged(schema(field("x", type(values[0]), ge=values[0])), pd.DataFrame({"x": objects(*values)}))
    assert broken(report) == {("x", "dtype"): 1}
    assert "with and without a time zone" in report.failures[0].reason


def test_times_of_day_with_a_zone_are_not_compared_with_one_without() -> None:
    frame = pd.DataFrame({"x": objects(datetime.time(1, tzinfo=UTC))})
    report = judged(schema(field("x", datetime.time, ge=datetime.time(0))), frame)
    assert not report.ok
    assert [rule.rule for rule in report.not_run] == ["ge"]


def test_times_that_python_has_no_year_for_are_judged_or_told() -> None:
    declared = schema(field("x", datetime.datetime, ge=datetime.datetime(2020, 1, 1)))
    far = pd.DataFrame({"x": np.array(["0001-01-01", "9999-12-31", "-5000-01-01"], "M8[s]")})
    assert broken(judged(declared, far)) == {("x", "ge"): 2}
    beyond = judged(declared, pd.DataFrame({"x": np.array(["300000-01-01"], "M8[s]")}))
    assert not beyond.ok
    assert {rule.rule for rule in beyond.not_run} == {"null", "ge"}
    assert "292277" in beyond.not_run[0].because


class Letter(enum.Enum):
    A = "a"


class Word(enum.StrEnum):
    A = "a"


class Stubborn:
    """Compares with nothing."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("no")


TEXTS: dict[str, tuple[Any, dict[Any, int]]] = {
    "ordered": (
        pd.Categorical(["a", "b", "c"], categories=["c", "b", "a"], ordered=True),
        {("x", "isin"): 1},
    ),
    "unused": (pd.Categorical(["a", "b"], categories=["a", "b", "zzz"]), {}),
    "null category": (pd.Categorical(["a", None]), {("x", "null"): 1}),
    "no category": (pd.Categorical([None, None]), {("x", "null"): 2}),
    "mixed categories": (pd.Categorical(["a", "b"], categories=["a", "b", 3]), {("x", "dtype"): 1}),
    "polars categories": (
        pl.Series(["a", "c", None], dtype=pl.Categorical),
        {("x", "null"): 1, ("x", "isin"): 1},
    ),
    "polars enum": (pl.Series(["a", "c"], dtype=pl.Enum(["c", "b", "a"])), {("x", "isin"): 1}),
    "enum of python": (objects(Letter.A), {("x", "dtype"): 1}),
    "enum of texts": (objects(Word.A, "b"), {}),
    "bytes": (objects(b"a"), {("x", "dtype"): 1}),
    "polars bytes": (pl.Series([b"a"]), {("x", "dtype"): 1}),
    "arrow bytes": (array_of([b"a"], dtype=pd.ArrowDtype(pa.binary())), {("x", "dtype"): 1}),
    "arrow views": (array_of(["a", None], dtype=pd.ArrowDtype(pa.string_view())), {("x", "null"): 1}),
    "arrow dictionary": (
        array_of(["a", "c"], dtype=pd.ArrowDtype(pa.dictionary(pa.int32(), pa.string()))),
        {("x", "isin"): 1},
    ),
    "half a letter": (objects("\ud800", "a"), {("x", "isin"): 1}),
    "dictionaries": (objects({"a": 1}), {("x", "dtype"): 1}),
    "polars structs": (pl.Series([{"a": 1}]), {("x", "dtype"): 1}),
    "polars lists": (pl.Series([["a"]]), {("x", "dtype"): 1}),
    "arrow structs": (
        array_of([{"a": 1}], dtype=pd.ArrowDtype(pa.struct([("a", pa.int64())]))),
        {("x", "dtype"): 1},
    ),
    "stubborn": (objects(Stubborn()), {("x", "dtype"): 1}),
    "frames": (objects(pd.DataFrame({"a": [1]})), {("x", "dtype"): 1}),
}
NUMBERS: dict[str, tuple[Any, dict[Any, int]]] = {
    "whole categories": (pd.Categorical([1, None, -1]), {("x", "null"): 1, ("x", "gt"): 1}),
    "float categories": (pd.Categorical([1.5, None, -1]), {("x", "null"): 1, ("x", "gt"): 1}),
    "cuts": (pd.cut([1, 2, 3], 2), {("x", "dtype"): 1}),
    "truths as categories": (pd.Categorical([True, None]), {("x", "dtype"): 1}),
    "mixed": (objects(1, "a"), {("x", "dtype"): 1}),
    "truths among numbers": (objects(1, True), {("x", "dtype"): 1}),
    "decimals": (objects(Decimal("1.5")), {("x", "dtype"): 1}),
    "complex": ([1j], {("x", "dtype"): 1}),
    "half": (np.array([1, 0, math.nan], np.float16), {("x", "null"): 1, ("x", "gt"): 1}),
    "polars half": (pl.Series([1.0, 0.0], dtype=pl.Float16), {("x", "gt"): 1}),
    "long double": (np.array([1, 0], np.longdouble), {("x", "gt"): 1}),
    "bytes of numbers": (np.array([1, 0], np.uint8), {("x", "gt"): 1}),
    "greatest": (np.array([2**64 - 1, 0], np.uint64), {("x", "gt"): 1}),
    "masked": (array_of([1, 0, None], "UInt8"), {("x", "null"): 1, ("x", "gt"): 1}),
    "sparse": (pd.arrays.SparseArray([0.0, 1.0, math.nan]), {("x", "null"): 1, ("x", "gt"): 1}),
    "python objects in polars": (pl.Series([1.0, -1.0], dtype=pl.Object), {("x", "dtype"): 1}),
    "mixed objects in polars": (pl.Series([1.0, "a"], dtype=pl.Object), {("x", "dtype"): 1}),
    "beyond floats": (objects(10**400, 1), {}),
    "arrow lists": (array_of([[1]], dtype=pd.ArrowDtype(pa.list_(pa.int64()))), {("x", "dtype"): 1}),
    "periods": (pd.period_range("2020", periods=2, freq="D"), {("x", "dtype"): 1}),
    "nothing": (array_of([None], dtype=pd.ArrowDtype(pa.null())), {("x", "null"): 1}),
}


def frame_of(values: Any) -> Any:
    return pl.DataFrame({"x": values}) if isinstance(values, pl.Series) else pd.DataFrame({"x": values})


@pytest.mark.parametrize("name", [name for name in TEXTS if name != "arrow views"])
def test_text_is_text_in_every_column_that_holds_it(name: str) -> None:
    values, wanted = TEXTS[name]
    assert broken(judged(schema(field("x", str, isin=("a", "b"), pattern="[a-z]+")), frame_of(values))) in (
        wanted,
        # What is not among the members may not match the pattern either.
        wanted | {("x", "pattern"): 1},
    )


def test_what_pandas_itself_cannot_divide_is_counted_and_told() -> None:
    values, _ = TEXTS["arrow views"]
    frame = frame_of(values)
    declared = schema(field("x", str, pattern="[b-z]+"))
    report = check(declared, frame)
    assert broken(report) == {("x", "null"): 1, ("x", "pattern"): 1}
    assert [row.values["x"] for failure in report.failures for row in failure.rows] == [None, "a"]


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_are_numbers_in_every_column_that_holds_them(name: str) -> None:
    values, wanted = NUMBERS[name]
    assert broken(judged(schema(field("x", gt=0)), frame_of(values))) == wanted


def test_decimals_are_judged_with_all_that_is_no_number_among_them() -> None:
    values = [Decimal("1.5"), Decimal(-1), Decimal("NaN"), None, Decimal("sNaN"), Decimal("Infinity")]
    report = check(schema(field("x", Decimal, gt=0)), pd.DataFrame({"x": objects(*values)}))
    assert broken(report) == {("x", "null"): 3, ("x", "gt"): 1}
    wide = array_of([Decimal("1.50"), Decimal("-1.00")], dtype=pd.ArrowDtype(pa.decimal256(60, 2)))
    assert broken(judged(schema(field("x", Decimal, gt=0)), pd.DataFrame({"x": wide}))) == {("x", "gt"): 1}


def test_a_column_of_anything_tells_long_arrays_apart() -> None:
    arrays = [np.arange(5000), np.arange(5000)]
    arrays[1][2500] = -1
    declared = schema(field("x", object, unique=True))
    assert check(declared, pd.DataFrame({"x": objects(*arrays)})).ok
    assert broken(check(declared, pd.DataFrame({"x": objects(arrays[0], arrays[0].copy())}))) == {
        ("x", "unique"): 2
    }


def test_members_that_a_column_cannot_be_compared_with_are_not_in_it() -> None:
    declared = schema(field("x", object, isin=(1, "a")))
    for values, failing in ((["a", "b"], 1), ([1, 2], 1)):
        for frame in frames_of(values):
            assert broken(judged(declared, frame)) == {("x", "isin"): failing}


def test_python_objects_in_polars_are_told_and_not_waved_through() -> None:
    report = judged(
        schema(field("x", object, unique=True)), pl.DataFrame({"x": pl.Series([1, "a"], dtype=pl.Object)})
    )
    assert not report.ok
    assert [rule.rule for rule in report.not_run] == ["null", "unique"]
    assert "pl.Series" in report.not_run[0].hint


def test_a_rule_that_a_library_cannot_answer_blocks_and_the_others_are_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from typedml.boundary.engines import polars_rules

    refuse = dict(polars_rules._BAD)
    refuse["lt"] = lambda column, bound: column.str.contains("a")
    monkeypatch.setattr(polars_rules, "_BAD", refuse)
    declared = schema(field("x", gt=0, lt=5))
    with only_native():
        report = check(declared, pl.DataFrame({"x": [1.0, -1.0]}))
        assert broken(report) == {("x", "gt"): 1}
        assert [(rule.rule, rule.blocks) for rule in report.not_run] == [("lt", True)]
        assert "polars raised" in report.not_run[0].because
        with pytest.raises(BoundaryError):
            split(declared, pl.DataFrame({"x": [1.0, -1.0]}))


def test_a_very_long_value_is_cut_in_text_and_whole_in_data() -> None:
    long = "b" * 2_000_000
    report = check(schema(field("x", str, pattern="a")), pl.DataFrame({"x": [long]}))
    assert len(str(report)) < 2000
    assert report.failures[0].rows[0].values["x"] == long
