"""Rules that one cell does not answer, on every engine: orders by a key, keys, statistics of groups."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import attrs
import pytest

from tests.boundary.tables import FRAMES, Table, column, field, only_native, operation, rows_of, schema
from typedml.algebra.meaning import UNKNOWN
from typedml.boundary import check, split
from typedml.declare.declared import DeclaredSchema
from typedml.declare.expression import Aggregate, Column, Expression

NAN, INF = float("nan"), float("inf")
NOON = datetime.datetime(2013, 1, 1, 12)
HOUR = datetime.timedelta(hours=1)
DAY = datetime.date(2013, 1, 1)
ZONED = datetime.datetime(2013, 1, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture(params=["small", "native"])
def path(request: pytest.FixtureRequest) -> Iterator[None]:
    """Both ways to count: as lists of Python values, and by the library of the frame."""
    if request.param == "small":
        yield
    else:
        with only_native():
            yield


every_engine = pytest.mark.parametrize("make", FRAMES.values(), ids=FRAMES)


def failing(declared: DeclaredSchema, frame: Any, of: str | None, name: str) -> list[int]:
    """The positions of the rows that break a rule; their number is what the report counts."""
    report = check(declared, frame, rows=None)
    found = [each for each in report.failures if (each.column, each.rule) == (of, name)]
    rows = [row.position for failure in found for row in failure.rows]
    assert report.counts[of, name] == len(rows)
    return [int(str(row)) for row in rows]


# Two numbers of twenty digits that no float of 64 bits tells apart.
CLOSE = [Decimal("1234567890123456.0001"), Decimal("1234567890123456.0002")]

# Rules of a field `x`, the values of `x` and of `by`, and the rows that break the rule.
ORDERS: dict[str, tuple[dict[str, Any], type, list[Any], list[Any], list[int]]] = {
    "rows stand in any order": ({"increasing": "by"}, int, [3, 1, 2], [30, 10, 20], []),
    "a fall by the key": ({"increasing": "by"}, int, [3, 1, 2], [10, 20, 30], [1]),
    "the later rows stand first": ({"increasing": "by"}, int, [1, 5, 3], [3, 1, 2], [0, 2]),
    "a rise by the key": ({"decreasing": "by"}, int, [3, 1, 2], [10, 20, 30], [2]),
    "nothing rises by the key": ({"decreasing": "by"}, int, [1, 3, 2], [30, 10, 20], []),
    "equal keys are in the order of the values": ({"increasing": "by"}, int, [9, 1, 5], [1, 1, 1], []),
    "equal keys are in the falling order": ({"decreasing": "by"}, int, [1, 9, 5], [1, 1, 1], []),
    "of equal rows the first one fails": ({"increasing": "by"}, int, [5, 2, 2, 2], [1, 2, 2, 2], [1]),
    "rows without a key or a value are left out": (
        {"increasing": "by"},
        float,
        [5.0, None, 1.0, NAN, 6.0, 4.0],
        [1, 2, None, 3, 4, 5],
        [5],
    ),
    "infinities are in the order": ({"increasing": "by"}, float, [-INF, INF, 0.0], [1, 2, 3], [2]),
    "zero has no sign": ({"increasing": "by"}, float, [0.0, -0.0, 0.0], [1, 2, 3], []),
    "text": ({"increasing": "by"}, str, ["a", "é", "z", "Z"], [1, 2, 3, 4], [2, 3]),
    "moments": ({"increasing": "by"}, datetime.datetime, [NOON, NOON - HOUR, None], [1, 2, 3], [1]),
    "zoned moments": ({"decreasing": "by"}, datetime.datetime, [ZONED, ZONED + HOUR], [1, 2], [1]),
    "spans": ({"increasing": "by"}, datetime.timedelta, [HOUR, -HOUR], [1, 2], [1]),
    "days": ({"increasing": "by"}, datetime.date, [DAY, DAY - datetime.timedelta(1)], [1, 2], [1]),
    "decimals": ({"increasing": "by"}, Decimal, [Decimal("0.2"), Decimal("0.1")], [1, 2], [1]),
    "decimals that are one float": ({"increasing": "by"}, Decimal, [CLOSE[1], CLOSE[0]], [1, 2], [1]),
    "falling decimals that are one float": ({"decreasing": "by"}, Decimal, CLOSE, [1, 2], [1]),
    "nothing at all": ({"increasing": "by"}, float, [None, None], [1, 2], []),
    "no rows": ({"increasing": "by"}, int, [], [], []),
    "each rise from top to bottom": ({"decreasing": True}, int, [3, 4, 1, 2, 2], [1, 1, 1, 1, 1], [1, 3]),
    "from top to bottom past what is missing": (
        {"decreasing": True},
        float,
        [3.0, None, 4.0, NAN, 5.0, 1.0],
        [1] * 6,
        [2, 4],
    ),
}


@pytest.mark.usefixtures("path")
@every_engine
@pytest.mark.parametrize("case", ORDERS.values(), ids=ORDERS)
def test_order(case: tuple[dict[str, Any], type, list[Any], list[Any], list[int]], make: Any) -> None:
    rules, base, values, by, rows = case
    declared = schema(field("x", base, nullable=True, **rules), field("by", int, nullable=True))
    frame = make({"x": (base, values), "by": (int, by)})
    assert sorted(failing(declared, frame, "x", next(iter(rules)))) == rows


@pytest.mark.usefixtures("path")
@every_engine
def test_an_order_by_a_key_is_the_same_however_the_rows_stand(make: Any) -> None:
    declared = schema(field("x", int, increasing="by"), field("by", int))
    rows = [(3, 1), (1, 2), (4, 3), (1, 4), (5, 5)]
    for turn in range(len(rows)):
        turned = [*rows[turn:], *rows[:turn]]
        frame = make({"x": (int, [x for x, _ in turned]), "by": (int, [by for _, by in turned])})
        broken = failing(declared, frame, "x", "increasing")
        assert sorted(turned[row] for row in broken) == [(1, 2), (1, 4)]


LENGTHS: dict[str, tuple[dict[str, Any], list[Any], list[int]]] = {
    "too short": ({"min_length": 2}, ["", "a", "ab", None], [0, 1]),
    "too long": ({"max_length": 2}, ["", "abc", "ab", None], [1]),
    "letters are counted, not bytes": ({"max_length": 2}, ["éé", "日本", "😀😀", "e\u0301e"], [3]),
    "nothing is too short": ({"min_length": 0}, ["", None], []),
    "nothing but what is empty": ({"max_length": 0}, ["", "a"], [1]),
}


@pytest.mark.usefixtures("path")
@every_engine
@pytest.mark.parametrize("case", LENGTHS.values(), ids=LENGTHS)
def test_length(case: tuple[dict[str, Any], list[Any], list[int]], make: Any) -> None:
    rules, values, rows = case
    declared = schema(field("x", str, nullable=True, **rules))
    assert failing(declared, make({"x": (str, values)}), "x", next(iter(rules))) == rows


# The parts of a key, and the rows that break it.
KEYS: dict[str, tuple[dict[str, tuple[type, list[Any]]], list[int]]] = {
    "all differ": ({"a": (str, ["x", "x", "y"]), "b": (int, [1, 2, 1])}, []),
    "every duplicate counts": ({"a": (str, ["x", "x", "y", "x"]), "b": (int, [1, 1, 1, 1])}, [0, 1, 3]),
    "rows with a missing part are not judged": (
        {"a": (str, ["x", "x", None, None, "x"]), "b": (float, [NAN, None, 1.0, 1.0, 1.0])},
        [],
    ),
    "a key of one column": ({"a": (int, [3, 1, 3])}, [0, 2]),
    "zero has no sign": ({"a": (float, [0.0, -0.0, INF, -INF]), "b": (int, [1, 1, 1, 1])}, [0, 1]),
    "moments and days": (
        {
            "a": (datetime.datetime, [NOON, NOON, NOON]),
            "b": (datetime.date, [DAY, DAY, DAY + datetime.timedelta(1)]),
        },
        [0, 1],
    ),
    "zoned moments and spans": (
        {"a": (datetime.datetime, [ZONED, ZONED]), "b": (datetime.timedelta, [HOUR, HOUR])},
        [0, 1],
    ),
    "decimals and truth": (
        {"a": (Decimal, [Decimal("1.5"), Decimal("1.5"), Decimal(2)]), "b": (bool, [True, True, True])},
        [0, 1],
    ),
    "decimals that are one float": (
        {"a": (Decimal, [*CLOSE, CLOSE[0]]), "b": (bool, [True, True, True])},
        [0, 2],
    ),
    "three parts": (
        {"a": (str, ["x", "x", "x"]), "b": (str, ["y", "y", "y"]), "c": (int, [1, 1, 2])},
        [0, 1],
    ),
    "parts are not run together": ({"a": (str, ["ab", "a"]), "b": (str, ["c", "bc"])}, []),
    "a part without a value": ({"a": (str, ["x", "x"]), "b": (float, [None, None])}, []),
    "no rows": ({"a": (str, []), "b": (int, [])}, []),
}


@pytest.mark.usefixtures("path")
@every_engine
@pytest.mark.parametrize("case", KEYS.values(), ids=KEYS)
def test_key(case: tuple[dict[str, tuple[type, list[Any]]], list[int]], make: Any) -> None:
    table, rows = case
    fields = [field(name, base, nullable=True) for name, (base, _) in table.items()]
    declared = attrs.evolve(schema(*fields), key=tuple(table))
    assert failing(declared, make(table), None, "key") == rows


GROUPS: Table = {
    "g": (str, ["a", "a", "b", None, "b", "c"]),
    "h": (int, [1, 1, 2, 2, 3, 3]),
    "x": (float, [1.0, 2.0, 4.0, 8.0, None, NAN]),
    "n": (int, [1, 2, 4, 8, 16, 32]),
    "t": (datetime.datetime, [NOON, NOON + HOUR, NOON, None, NOON - HOUR, NOON]),
    "s": (str, ["u", "v", "u", "u", None, "w"]),
    "d": (Decimal, [Decimal("0.5"), Decimal("1.5"), Decimal(4), None, Decimal(1), Decimal(2)]),
    "z": (bool, [True, False, None, True, True, True]),
}
COLUMNS: dict[str, Column] = {name: column(name, base) for name, (base, _) in GROUPS.items()}
X, N, T, D = COLUMNS["x"], COLUMNS["n"], COLUMNS["t"], COLUMNS["d"]


def over(name: str, value: Expression, *by: str) -> Aggregate:
    return Aggregate(name, value, tuple(COLUMNS[each] for each in by), UNKNOWN)


# A condition, and the rows in which it is false.
AGGREGATES: dict[str, tuple[Expression, list[int]]] = {
    "a sum of all rows stands beside each": (operation(">", over("sum", N), 63), [0, 1, 2, 3, 4, 5]),
    "a sum that holds": (operation("==", over("sum", N), 63), []),
    "a sum leaves out what is missing": (operation("==", over("sum", X), 15), []),
    "the sum of a group": (operation(">", over("sum", N, "g"), 3), [0, 1]),
    "a group without a key is not judged": (operation(">", over("sum", N, "g"), 99), [0, 1, 2, 4, 5]),
    "a group without a value has no sum": (operation(">", over("sum", X, "g"), 99), [0, 1, 2, 4]),
    "the mean of a group": (operation("==", over("mean", X, "g"), 1.5), [2, 4]),
    "the mean of all": (operation("<=", X, over("mean", X)), [2, 3]),
    "the least of a group": (operation("==", over("min", X, "g"), X), [1]),
    "the greatest of two keys": (operation("==", over("max", N, "g", "h"), N), [0]),
    "values of a group": (operation("==", over("count", X, "g"), 2), [2, 4, 5]),
    "values of all": (operation("==", over("count", X), 4), []),
    "values of text": (operation("==", over("count", COLUMNS["s"], "h"), 2), [4, 5]),
    "values of truth": (operation("==", over("count", COLUMNS["z"], "h"), 2), [2, 3]),
    "different values of a group": (operation("==", over("n_unique", COLUMNS["s"], "h"), 1), [0, 1]),
    "different values of all": (operation("==", over("n_unique", COLUMNS["s"]), 3), []),
    "different values of nothing": (operation("==", over("n_unique", X, "g"), 0), [0, 1, 2, 4]),
    "a sum of a product": (operation("<", over("sum", operation("*", X, N), "g"), 6), [2, 4]),
    "the first moment of a group": (operation("<=", over("min", T, "g"), NOON), []),
    "since the first moment of a group": (
        operation("<", operation("-", T, over("min", T, "h")), HOUR),
        [1, 5],
    ),
    "a sum of decimals": (operation("<", over("sum", D, "h"), 3), [2, 3, 4, 5]),
    "the greatest decimal": (operation("<", D, over("max", D)), [2]),
    "a share of a group": (operation("<", operation("/", N, over("sum", N, "h")), 0.6), [1, 3, 5]),
    "two statistics": (
        operation("and", operation(">", over("max", N, "h"), 2), operation("<", over("min", N, "g"), 9)),
        [0, 1, 5],
    ),
    "not a statistic": (operation("not", operation(">", over("max", N, "h"), 2)), [2, 3, 4, 5]),
    "what is missing in a group": (operation("is_null", over("sum", X, "g")), [0, 1, 2, 4]),
    "grouped by moments": (operation("<", over("count", N, "t"), 2), [0, 2, 5]),
    "grouped by numbers": (operation("<", over("count", N, "x"), 2), []),
    "grouped by decimals": (operation("==", over("count", N, "d"), 1), []),
    "grouped by truth": (operation("<", over("count", N, "z"), 4), [0, 3, 4, 5]),
}


@pytest.mark.usefixtures("path")
@every_engine
@pytest.mark.parametrize("case", AGGREGATES.values(), ids=AGGREGATES)
def test_statistic_of_groups(case: tuple[Expression, list[int]], make: Any) -> None:
    expression, rows = case
    fields = [field(name, base, nullable=True) for name, (base, _) in GROUPS.items()]
    declared = schema(*fields, checks={"across": expression})
    assert failing(declared, make(GROUPS), None, "across") == rows


@pytest.mark.usefixtures("path")
@every_engine
def test_decimals_that_are_one_float_are_unique_and_groups_of_their_own(make: Any) -> None:
    checks = {"alone": operation("==", over("count", N, "d"), 1)}
    declared = schema(field("d", Decimal, unique=True), field("n", int), checks=checks)
    frame = make({"d": (Decimal, [*CLOSE, CLOSE[0]]), "n": (int, [1, 2, 3])})
    assert failing(declared, frame, "d", "unique") == [0, 2]
    assert failing(declared, frame, None, "alone") == [0, 2]


@pytest.mark.usefixtures("path")
@every_engine
def test_statistics_of_nothing(make: Any) -> None:
    checks = {
        "sum": operation(">", over("sum", N), 0),
        "count": operation(">", over("count", N, "g"), 0),
        "min": operation(">", over("min", X, "g"), 0),
    }
    fields = [field(name, base, nullable=True) for name, (base, _) in GROUPS.items()]
    declared = schema(*fields, checks=checks)
    empty = make({name: (base, []) for name, (base, _) in GROUPS.items()})
    counts = check(declared, empty).counts
    assert [counts[None, name] for name in checks] == [0, 0, 0]
    missing = make({name: (base, [None, None]) for name, (base, _) in GROUPS.items()})
    counts = check(declared, missing).counts
    assert [counts[None, name] for name in checks] == [0, 0, 0]


@pytest.mark.usefixtures("path")
@every_engine
def test_a_division_says_which_rule_of_the_table_a_row_breaks(make: Any) -> None:
    fields = [field("a", str), field("b", int, increasing="a")]
    share = operation("<", operation("/", COLUMNS["n"], over("sum", COLUMNS["n"])), 0.9)
    declared = attrs.evolve(schema(*fields, field("n", int), checks={"share": share}), key=("a", "b"))
    frame = make({"a": (str, ["x", "x", "y"]), "b": (int, [5, 5, 1]), "n": (int, [1, 98, 1])})
    good, bad = split(declared, frame)
    assert [row["__reasons__"] for row in rows_of(bad)] == [["key"], ["key", "share"], ["b: increasing"]]
    assert rows_of(good) == []
