"""The rules of the matrix, a row each: what is declared, rows that keep it and rows that break it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

import attrs

from tests.boundary.conformance.oracle import Key
from tests.boundary.conformance.specs import ColumnSpec, TableSpec, Tree

NAN, INF = float("nan"), float("inf")
DAY = datetime.date(2013, 11, 3)
NOON = datetime.datetime(2013, 11, 3, 12, 0, 0, 7)
HOUR = datetime.timedelta(hours=1)
TICK = datetime.timedelta(microseconds=1)
# Half past one, five times in UTC: the second and third are the same time on a clock in New York.
INSTANTS = [datetime.datetime(2013, 11, 3, hour, 30, tzinfo=datetime.UTC) for hour in range(4, 10)]


@attrs.frozen
class RuleRow:
    """A rule under test: `good` rows keep it together and singly, any `bad` row among them breaks it."""

    name: str
    spec: TableSpec
    target: Key
    good: Sequence[tuple[Any, ...]]
    bad: Sequence[tuple[Any, ...]]
    stored: Mapping[str, str] = attrs.field(factory=dict)
    among_others: bool = False
    """True where a bad row breaks the rule only beside others: repeated values, a fall."""
    alone: bool = False
    """True for a rule of the whole table, which is checked in a table of its own."""


def one(
    rule: str,
    base: str,
    good: Sequence[Any],
    bad: Sequence[Any],
    *,
    name: str = "",
    stored: str | None = None,
    among_others: bool = False,
    nullable: bool = False,
    kind: str | None = None,
    unit: str | None = None,
    **stated: Any,
) -> RuleRow:
    """A rule of one column, which is named x."""
    spec = TableSpec((ColumnSpec("x", base, nullable, kind, unit, stated),))
    types = {} if stored is None else {"x": stored}
    told = name or f"{rule} of {stored or base}"
    return RuleRow(
        told, spec, ("x", rule), [(each,) for each in good], [(each,) for each in bad], types, among_others
    )


def across(name: str, tree: Tree, columns: Mapping[str, str], good: Any, bad: Any, **more: Any) -> RuleRow:
    """A rule across columns that may all be null."""
    specs = tuple(ColumnSpec(each, base, nullable=True) for each, base in columns.items())
    return RuleRow(name, TableSpec(specs, {"kept": tree}), (None, "kept"), good, bad, **more)


A, B, N, M = ("col", "a"), ("col", "b"), ("col", "n"), ("col", "m")
FLOATS = {"a": "float", "b": "float"}
INTS = {"n": "int", "m": "int"}
SIX = [1.0, 2.0, 3.0, 4.5, 6.0, 1e300]
NINES = [900_719_925_474_099 * 10 + last for last in (1, 2, 3)]

OF_VALUES = [
    one("null", "float", SIX, [None, NAN]),
    one("null", "int", range(6), [None]),
    one("null", "str", ["", "a", "b", "null", "None", "é"], [None]),
    one("null", "bool", [True, False], [None]),
    one("null", "datetime", [NOON + HOUR * each for each in range(6)], [None]),
    one("null", "date", [DAY], [None]),
    one("null", "timedelta", [HOUR * each for each in range(6)], [None]),
    one("null", "decimal", [Decimal(each) for each in range(6)], [None]),
    one(
        "range",
        "float",
        [0.0, 1.0, 0.5, 5e-324],
        [-5e-324, 1.0000000000000002, 50.0, -INF],
        kind="Probability",
    ),
    one("range", "float", [-INF, -1.0, 0.0], [5e-324, 3.0], kind="LogProbability", name="range open below"),
    one("range", "float", [0.0, 1e300, INF], [-5e-324, -INF], kind="Odds", name="range open above"),
    one("range", "float", [-273.15, 20.0], [-273.1500000001, -INF], unit="degC", name="range of a unit"),
    one("range", "int", [0, 1, 2, 2**53 + 1], [-1, -(2**53) - 1], kind="Count"),
    one("range", "int", [0, 2359, 2400], [2401, -1], kind="ClockHHMM", stored="int16"),
    one("range", "int", [0, 100, 127], [-1, -128], kind="Count", stored="int8"),
    one("range", "float", [0.0, 1.0, 0.5], [1.5, -0.5], kind="Probability", stored="float32"),
    one("range", "float", [0, 1], [2, -1], kind="Probability", stored="int", name="range of whole numbers"),
    one("integral", "float", [0.0, -0.0, 3.0, 1e300], [2.5, 1e-9, 4503599627370495.5, INF], kind="Count"),
    one(
        "integral",
        "int",
        [0.0, -3.0, 1e15],
        [0.5, -0.5, INF, -INF],
        stored="float",
        name="integral of floats",
    ),
    one("gt", "float", [5e-324, 1.0, INF], [0.0, -0.0, -1.0], gt=0),
    one("gt", "int", [1, 2**53 + 1], [0, -1], gt=0),
    one("gt", "int", [NINES[1], NINES[2]], [NINES[0]], gt=NINES[0], name="gt of neighbours beyond 2**53"),
    one("gt", "int", [1, 127], [0, -128], gt=0, stored="int8"),
    one("gt", "datetime", [NOON + TICK], [NOON, NOON - TICK], gt=NOON),
    one("gt", "datetime", INSTANTS[3:], INSTANTS[:3], gt=INSTANTS[2], stored="utc"),
    one("gt", "datetime", INSTANTS[2:], INSTANTS[:2], gt=INSTANTS[1], stored="zoned"),
    one("ge", "float", [0.1, 0.2], [0.09999999999999999, -INF], ge=0.1),
    one("ge", "int", [-40, 0], [-41], ge=-40, stored="int32"),
    one("ge", "int", [2, 3], [1, 0, -5], ge=1.5, name="ge of a fraction"),
    one("ge", "date", [DAY, DAY + 24 * HOUR], [DAY - 24 * HOUR], ge=DAY),
    one("ge", "timedelta", [HOUR, 2 * HOUR], [HOUR - TICK, -HOUR], ge=HOUR),
    one("ge", "decimal", [Decimal("0.1"), Decimal(2)], [Decimal("0.0999"), Decimal(-1)], ge=Decimal("0.1")),
    one("lt", "float", [0.0, -INF, 0.9999999999999999], [1.0, INF], lt=1),
    one("lt", "int", [9, -(2**63)], [10, 2**63 - 1], lt=10),
    one("lt", "int", [0, 255], [], lt=256, stored="uint8", name="lt beyond the type"),
    one("le", "float", [1.5, -1.0], [1.5000000000000002, INF], le=1.5),
    one("le", "int", [7], [8, 2**62], le=7),
    one("le", "int", [2**53], [2**53 + 1], le=2.0**53, name="le of a float beside whole numbers"),
    one("lt", "int", [2**63 - 1], [], lt=2.0**63, name="lt of a float beyond whole numbers"),
    one("ge", "int", [2**53 + 1], [2**53], ge=2**53 + 1, name="ge of a whole number that is no float"),
    one("isin", "int", [2**53], [2**53 + 1], isin=[2.0**53], name="isin of a float"),
    one("le", "datetime", INSTANTS[:3], INSTANTS[3:], le=INSTANTS[2], stored="zoned"),
    one("le", "float", [1.5], [2.0], le=1.5, stored="float32"),
    one("isin", "float", [0.5, 1.0], [0.1, INF, 0.0], isin=[0.5, 1]),
    one("isin", "int", [1, 2], [3, 0, 2**53 + 1], isin=[1, 2, 2**53]),
    one("isin", "int", [1, 39], [40, -1], isin=list(range(40)), name="isin of many"),
    one("isin", "str", ["EWR", "a b", ""], ["ewr", "EWR ", " "], isin=["EWR", "a b", ""]),
    one("isin", "bool", [True], [False], isin=[True]),
    one("isin", "date", [DAY], [DAY + 24 * HOUR], isin=[DAY]),
    one("isin", "datetime", INSTANTS[1:3], [INSTANTS[0], INSTANTS[3]], isin=INSTANTS[1:3], stored="zoned"),
    one("isin", "decimal", [Decimal(1), Decimal("2.5")], [Decimal(2)], isin=[Decimal(1), Decimal("2.5")]),
    one("pattern", "str", ["N1", "N123"], ["n1", "N1 ", "N1\n", "xN1", "N", "N٣", ""], pattern=r"N\d+"),
    one(
        "pattern", "str", ["EWR", "ewr", "eWr"], ["EWRS", ""], pattern=r"(?i)ewr", name="pattern of any case"
    ),
    one("pattern", "str", ["a", "bc"], ["ab", "abc", "b", "éa"], pattern=r"a|bc", name="pattern of either"),
    one(
        "pattern", "str", ["a_1", ""], ["é", "a b", "-", "\n"], pattern=r"\w*", name="pattern of ASCII words"
    ),
    one("unique", "float", SIX, [7.5], unique=True, among_others=True),
    one("unique", "int", [2**53 + each for each in range(6)], [7], unique=True, among_others=True),
    one("unique", "str", ["", "a", "A", "a ", "\u00e9", "e\u0301"], ["x"], unique=True, among_others=True),
    one(
        "unique",
        "date",
        [DAY + 24 * HOUR * each for each in range(6)],
        [DAY - 24 * HOUR],
        unique=True,
        among_others=True,
    ),
    one("unique", "datetime", INSTANTS, [INSTANTS[0] - HOUR], unique=True, among_others=True, stored="zoned"),
    one("unique", "timedelta", [HOUR * each for each in range(6)], [-HOUR], unique=True, among_others=True),
    one(
        "unique",
        "decimal",
        [Decimal(each) / 4 for each in range(6)],
        [Decimal(-1)],
        unique=True,
        among_others=True,
    ),
    one("unique", "int", range(6), [9], unique=True, among_others=True, stored="int8"),
    one("null_fraction", "float", SIX, [None], nullable=True, null_fraction=0.2),
    one(
        "null_fraction",
        "float",
        [None, 1.0, NAN, 2.0, None, 3.0],
        [None],
        nullable=True,
        null_fraction=0.5,
        name="null_fraction at its limit",
    ),
    one("null_fraction", "str", ["a"], [None], nullable=True, null_fraction=0.0),
    one("null_fraction", "int", range(6), [None], nullable=True, null_fraction=0.3),
]
OF_ORDER = [
    one("increasing", "float", [-INF, -1.0, -1.0, 0.0, 2.0, INF], [-2.0], increasing=True, among_others=True),
    one("increasing", "int", [1, 1, 2, 3, 5, 2**53 + 1], [-1], increasing=True, among_others=True),
    one(
        "increasing", "int", [-128, -1, 0, 3, 3, 127], [-5], increasing=True, among_others=True, stored="int8"
    ),
    one("increasing", "str", ["", "A", "a", "b", "z", "é"], ["B"], increasing=True, among_others=True),
    one(
        "increasing", "datetime", INSTANTS, [INSTANTS[0]], increasing=True, among_others=True, stored="zoned"
    ),
    one(
        "increasing",
        "date",
        [DAY + 24 * HOUR * each for each in range(6)],
        [DAY],
        increasing=True,
        among_others=True,
    ),
]
ACROSS = [
    across("<", ("<", A, B), FLOATS, [(1.0, 2.0), (-INF, 0.0)], [(2.0, 1.0), (1.0, 1.0), (INF, INF)]),
    across("<=", ("<=", A, B), FLOATS, [(1.0, 2.0), (0.0, -0.0)], [(2.0, 1.0)]),
    across(">", (">", N, M), INTS, [(2, 1), (2**53 + 1, 2**53)], [(1, 1), (-1, 1)]),
    across(">=", (">=", N, M), INTS, [(2, 1), (1, 1)], [(0, 1), (2**53, 2**53 + 1)]),
    across("==", ("==", A, B), FLOATS, [(1.0, 1.0), (0.0, -0.0), (INF, INF)], [(1.0, 2.0)]),
    across("== of text", ("==", A, B), {"a": "str", "b": "str"}, [("x", "x"), ("", "")], [("x", "X")]),
    across(
        "<= of times", ("<=", A, B), {"a": "datetime", "b": "datetime"}, [(NOON, NOON)], [(NOON + TICK, NOON)]
    ),
    across(
        "<= of instants",
        ("<=", A, B),
        {"a": "datetime", "b": "datetime"},
        [*pairwise(INSTANTS)],
        [*zip(INSTANTS[1:], INSTANTS, strict=False)],
        stored={"a": "zoned", "b": "zoned"},
    ),
    across(
        "== of instants",
        ("==", A, B),
        {"a": "datetime", "b": "datetime"},
        [*zip(INSTANTS, INSTANTS, strict=True)],
        [*zip(INSTANTS[1:], INSTANTS, strict=False)],
        stored={"a": "zoned", "b": "utc"},
    ),
    across("< of dates", ("<", A, B), {"a": "date", "b": "date"}, [(DAY - 24 * HOUR, DAY)], [(DAY, DAY)]),
    across("+", ("<=", ("+", A, B), 10), FLOATS, [(1.0, 2.0), (5.0, 5.0)], [(9.0, 2.0), (INF, 1.0)]),
    across("-", (">=", ("-", A, B), 0), FLOATS, [(2.0, 1.0), (INF, 0.0)], [(1.0, 2.0)]),
    across("*", ("<=", ("*", N, 100), 5000), INTS, [(50, 0), (-1, 0)], [(51, 0)]),
    across(
        "* of int16",
        ("<=", ("*", N, 100), 50_000),
        INTS,
        [(500, 0)],
        [(501, 0), (32_767, 0)],
        stored={"n": "int16", "m": "int16"},
    ),
    across(
        "* of int8",
        ("<=", ("*", N, M), 128),
        INTS,
        [(11, 11)],
        [(100, 100), (127, 2)],
        stored={"n": "int8", "m": "int8"},
    ),
    across(
        "/", ("<=", ("/", A, B), 2), FLOATS, [(1.0, 2.0), (0.0, 0.0), (-1.0, 0.0)], [(5.0, 2.0), (1.0, 0.0)]
    ),
    across("/ of ints", ("<", ("/", N, M), 1), INTS, [(1, 2), (0, 0)], [(3, 2), (2, 2)]),
    across("//", ("==", ("//", N, M), 2), INTS, [(5, 2), (-4, -2), (1, 0)], [(-5, 2), (3, 2)]),
    across("%", ("==", ("%", N, M), 1), INTS, [(5, 2), (-5, 2), (-5, 3), (1, 0)], [(4, 2), (-4, 3)]),
    across("**", ("<=", ("**", A, 2), B), FLOATS, [(2.0, 4.0), (-2.0, 4.0)], [(3.0, 4.0), (INF, 4.0)]),
    across(
        "** of minus one",
        (">", ("**", A, -1), B),
        FLOATS,
        [(0.0, 1.0), (-0.0, 1.0)],
        [(-1.0, 0.0), (2.0, 0.5)],
    ),
    across("** of a half", ("<=", ("**", A, 0.5), B), FLOATS, [(4.0, 2.0), (-1.0, 0.0)], [(9.0, 2.0)]),
    across("negative", ("<=", ("negative", A), B), FLOATS, [(1.0, 0.0)], [(-1.0, 0.0), (-INF, 1.0)]),
    across(
        "negative of int8",
        ("<=", ("negative", N), 0),
        INTS,
        [(1, 0)],
        [(-1, 0), (-128, 0)],
        stored={"n": "int8", "m": "int8"},
    ),
    across(
        "abs", ("<=", ("abs", ("-", A, B)), 1), FLOATS, [(1.0, 2.0), (2.0, 1.0)], [(1.0, 3.0), (3.0, 1.0)]
    ),
    across(
        "abs of int8",
        ("<=", ("abs", N), 127),
        INTS,
        [(-127, 0)],
        [(-128, 0)],
        stored={"n": "int8", "m": "int8"},
    ),
    across("is_in", ("is_in", N, ("values", 1, 2)), INTS, [(1, 0), (2, 0)], [(3, 0)]),
    across(
        "is_null",
        ("or", ("is_null", A), ("not", ("is_null", B))),
        FLOATS,
        [(None, None), (1.0, 1.0)],
        [(1.0, None), (0.0, NAN)],
    ),
    across(
        "and",
        ("and", ("<", A, B), (">", A, 0)),
        FLOATS,
        [(1.0, 2.0)],
        [(-1.0, 2.0), (3.0, 2.0), (None, -1.0), (-1.0, None)][:2],
    ),
    across("or", ("or", ("<", A, B), (">", A, 5)), FLOATS, [(1.0, 2.0), (6.0, None)], [(3.0, 2.0)]),
    across("not", ("not", ("<", A, B)), FLOATS, [(2.0, 1.0)], [(1.0, 2.0)]),
    across(
        "not either",
        ("not", ("or", ("<", A, B), (">", A, 5))),
        FLOATS,
        [(2.0, 1.0), (1.0, None)],
        [(1.0, 2.0), (6.0, None)],
    ),
    across(
        "not both",
        ("not", ("and", ("<", A, B), (">", A, 0))),
        FLOATS,
        [(2.0, 1.0), (-1.0, None)],
        [(1.0, 2.0)],
    ),
    across(
        "missing or false", ("or", ("<", A, 0), ("<", B, 0)), FLOATS, [(-1.0, NAN), (None, 1.0)], [(1.0, 1.0)]
    ),
    across(
        "missing and false",
        ("and", ("<", A, 0), ("<", B, 0)),
        FLOATS,
        [(-1.0, NAN), (-1.0, -1.0)],
        [(1.0, None), (NAN, 1.0)],
    ),
]
RULES: dict[str, RuleRow] = {row.name: row for row in (*OF_VALUES, *OF_ORDER, *ACROSS)}
