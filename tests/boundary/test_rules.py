"""Each rule is seen to hold and to fail, with the counts that the documentation promises, on every engine."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from tests.boundary.tables import FRAMES, Table, column, field, only_native, operation, schema
from typedml.algebra.catalogue import KINDS
from typedml.algebra.meaning import Meaning
from typedml.algebra.unit import Unit
from typedml.boundary import check
from typedml.declare.declared import DeclaredField

NAN, INF = float("nan"), float("inf")
DAY = datetime.date(2013, 1, 1)
NOON = datetime.datetime(2013, 1, 1, 12)
HOUR = datetime.timedelta(hours=1)


def of_kind(name: str, base: type = float, **more: Any) -> DeclaredField:
    return field("x", base, meaning=Meaning(KINDS[name]), **more)


# A field, the values of its column, and the counts of the rules that are of interest.
CASES: dict[str, tuple[DeclaredField, list[Any], dict[str, int]]] = {
    "null counts missing values and nothing else does": (
        field("x", gt=0, unique=True),
        [None, NAN, 1.0, -1.0],
        {"null": 2, "gt": 1, "unique": 0},
    ),
    "null is not a rule of a nullable column": (field("x", nullable=True, gt=0), [None, NAN, 1.0], {"gt": 0}),
    "null of text": (field("x", str), ["a", None, ""], {"null": 1}),
    "gt": (field("x", gt=0), [0.0, 1.0, -1.0], {"gt": 2}),
    "ge": (field("x", ge=0), [0.0, 1.0, -1.0], {"ge": 1}),
    "lt": (field("x", lt=1), [0.0, 1.0, INF], {"lt": 2}),
    "le": (field("x", le=1), [0.0, 1.0, 1.5], {"le": 1}),
    "bounds of integers": (field("x", int, gt=0, lt=10), [0, 5, 10, 11], {"gt": 1, "lt": 2}),
    "bounds of text": (field("x", str, ge="b"), ["a", "b", "c"], {"ge": 1}),
    "bounds of dates": (field("x", datetime.date, gt=DAY), [DAY, DAY + datetime.timedelta(1)], {"gt": 1}),
    "bounds of datetimes": (field("x", datetime.datetime, lt=NOON), [NOON, NOON - HOUR], {"lt": 1}),
    "a date bounds datetimes by its midnight": (
        field("x", datetime.datetime, ge=DAY),
        [NOON, NOON - 13 * HOUR],
        {"ge": 1},
    ),
    "bounds beyond the datetimes of a library": (
        field("x", datetime.datetime, le=datetime.datetime.max),
        [NOON],
        {"le": 0},
    ),
    "bounds of timedeltas": (field("x", datetime.timedelta, gt=0 * HOUR), [HOUR, 0 * HOUR, -HOUR], {"gt": 2}),
    "bounds of decimals": (
        field("x", Decimal, gt=Decimal("0.1")),
        [Decimal("0.1"), Decimal("0.2")],
        {"gt": 1},
    ),
    "isin": (field("x", str, isin=("EWR", "JFK")), ["EWR", "JFK", "XXX", "ewr"], {"isin": 2}),
    "isin of integers knows fractions as well": (field("x", int, isin=(1, 2.5)), [1, 2, 3], {"isin": 2}),
    "isin of floats": (field("x", isin=(0.5, 1)), [0.5, 1.0, 2.0], {"isin": 1}),
    "isin of many values": (field("x", int, isin=tuple(range(40))), [0, 39, 40], {"isin": 1}),
    "isin of nothing": (field("x", int, isin=()), [0, 1], {"isin": 2}),
    "pattern is of the whole text": (
        field("x", str, pattern="N[0-9]+"),
        ["N1", "N1a", "xN1", "N1\n"],
        {"pattern": 3},
    ),
    "pattern only Python can read": (
        field("x", str, pattern="(?i)n(?=1).*"),
        ["n1", "N1", "n2"],
        {"pattern": 1},
    ),
    "pattern of digits is ASCII": (field("x", str, pattern=r"\d"), ["1", "٣"], {"pattern": 1}),
    "unique counts every duplicate": (
        field("x", str, unique=True),
        ["a", "a", "b", "b", "b", "c"],
        {"unique": 5},
    ),
    "unique of numbers": (field("x", int, unique=True), [3, 1, 2, 3], {"unique": 2}),
    "unique takes zero for one number": (field("x", unique=True), [0.0, -0.0, 1.0], {"unique": 2}),
    "increasing may stay the same": (field("x", int, increasing=True), [1, 1, 2], {"increasing": 0}),
    "increasing counts each fall": (field("x", int, increasing=True), [3, 1, 2, 1], {"increasing": 2}),
    "increasing looks past nulls": (
        field("x", increasing=True, nullable=True),
        [3.0, None, 1.0],
        {"increasing": 1},
    ),
    "null_fraction below its limit": (
        field("x", nullable=True, null_fraction=0.5),
        [None, 1.0],
        {"null_fraction": 0},
    ),
    "null_fraction above it counts the nulls": (
        field("x", nullable=True, null_fraction=0.5),
        [None, NAN, 1.0],
        {"null_fraction": 2},
    ),
    "range of a Probability": (
        of_kind("Probability"),
        [0.0, 1.0, 1.5, -0.1, INF, NAN],
        {"range": 3, "null": 1},
    ),
    "range of a Count": (of_kind("Count", int), [0, -1, 5], {"range": 1, "integral": 0}),
    "a Count is whole": (of_kind("Count", float), [0.0, 2.5, 3.0], {"integral": 1}),
    "infinity is no Count, and counts once": (
        of_kind("Count", float),
        [INF, -INF, 1.0],
        {"integral": 1, "range": 1},
    ),
    "infinity is no int": (field("x", int), [1.0, INF, -INF], {"integral": 2}),
    "a plain unit has no range": (field("x", meaning=Meaning(None, Unit.number())), [-1.0, INF], {"null": 0}),
}


@pytest.fixture(params=["small", "native"])
def path(request: pytest.FixtureRequest) -> Iterator[None]:
    """Both ways to count: as lists of Python values, and by the library of the frame."""
    if request.param == "small":
        yield
    else:
        with only_native():
            yield


def base_of(declared: DeclaredField, values: list[Any]) -> type:
    floats = any(isinstance(value, float) and not value.is_integer() for value in values)
    return float if declared.base is int and floats else declared.base


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize("make", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_rule(case: tuple[DeclaredField, list[Any], dict[str, int]], make: Any) -> None:
    declared, values, expected = case
    report = check(schema(declared), make({"x": (base_of(declared, values), values)}))
    counts = {rule: count for (_, rule), count in report.counts.items()}
    assert expected == {rule: counts[rule] for rule in expected}
    assert set(counts) - {"missing", "dtype", *expected} <= {"null", "range", "integral"}
    assert report.ok is (sum(counts.values()) == 0)


TABLE: Table = {
    "a": (float, [1.0, 2.0, None, 4.0, NAN]),
    "b": (float, [2.0, 1.0, 1.0, 4.0, 1.0]),
    "n": (int, [0, 1, 2, 0, 3]),
}
A, B, N = column("a"), column("b"), column("n", int)
ACROSS = {
    "a null result is no failure": (operation("<=", A, B), 1),
    "equality": (operation("==", A, B), 2),
    "arithmetic": (operation(">", operation("+", A, operation("*", B, 2)), 4), 1),
    "division by zero is infinite": (operation("<", operation("/", B, N), 10), 2),
    "nothing divided by zero is missing": (operation(">", operation("/", N, N), 0), 0),
    "a remainder by zero is missing": (operation("==", operation("%", N, N), 1), 3),
    "and": (operation("and", operation(">", A, 1), operation(">", B, 1)), 4),
    "or": (operation("or", operation(">", A, 1), operation(">", B, 1)), 0),
    "not": (operation("not", operation(">", B, 1)), 2),
    "is_in": (operation("is_in", N, (0, 1)), 2),
    "is_null": (operation("is_null", A), 3),
    "abs": (operation("<", operation("abs", operation("-", A, B)), 1), 2),
}


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize("make", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("rule", ACROSS)
def test_rule_across_columns(rule: str, make: Any) -> None:
    expression, failing = ACROSS[rule]
    declared = schema(field("a", nullable=True), field("b"), field("n", int), checks={"across": expression})
    assert check(declared, make(TABLE)).counts[None, "across"] == failing


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize("make", FRAMES.values(), ids=FRAMES)
def test_times_across_columns(make: Any) -> None:
    start, end = column("start", datetime.datetime), column("end", datetime.datetime)
    longest = operation("<=", operation("-", end, start), datetime.timedelta(hours=2))
    declared = schema(
        field("start", datetime.datetime),
        field("end", datetime.datetime, nullable=True),
        checks={"in order": operation("<=", start, end), "short": longest},
    )
    table = {
        "start": (datetime.datetime, [NOON] * 4),
        "end": (datetime.datetime, [NOON, NOON - HOUR, NOON + 3 * HOUR, None]),
    }
    counts = check(declared, make(table)).counts
    assert (counts[None, "in order"], counts[None, "short"]) == (1, 1)


def test_a_rule_of_the_table_may_have_the_name_of_a_rule_of_columns() -> None:
    rules = {"unique": operation(">", B, 1), "null": operation(">", B, 0), "integral": operation(">", B, 5)}
    declared = schema(field("b"), checks=rules)
    for make in FRAMES.values():
        with only_native():
            counts = check(declared, make({"b": TABLE["b"]})).counts
        assert [counts[None, name] for name in rules] == [3, 0, 5]
