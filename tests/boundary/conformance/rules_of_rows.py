"""Rules across columns and of whole tables, a row each."""

from __future__ import annotations

from itertools import pairwise

from tests.boundary.conformance.rows import DAY, HOUR, INF, INSTANTS, NAN, NOON, TICK, RuleRow, across
from tests.boundary.conformance.specs import ColumnSpec, TableSpec

A, B, N, M = ("col", "a"), ("col", "b"), ("col", "n"), ("col", "m")
FLOATS = {"a": "float", "b": "float"}
INTS = {"n": "int", "m": "int"}
# Of these a tenth is not what a product with 0.1 is.
TENTHS = (29.6, 0.3, 7.7, 1.9, 58.1, 3.3)
MIXED = {"n": "int", "a": "float"}
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
    across(
        "/ by a number",
        ("==", ("/", A, 10), B),
        FLOATS,
        [(each, each / 10) for each in TENTHS],
        [(29.6, 2.9)],
    ),
    across(
        "/ of ints by a number",
        ("==", ("/", N, 10), A),
        MIXED,
        [(each, each / 10) for each in (3, 6, 7, 12, 14, 19)],
        [(3, 0.31)],
    ),
    across(
        "// by a number",
        ("==", ("//", A, 0.1), B),
        FLOATS,
        [(each, float(each / 0.1 // 1)) for each in TENTHS],
        [(0.3, 9.0)],
    ),
    across(
        "/ by a zero with a sign", ("<", ("/", A, ("//", A, -3)), 0), FLOATS, [(5e-324, 0.0), (3.0, 0.0)], []
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
_KEYED = (ColumnSpec("x", "int", True), ColumnSpec("y", "str", True), ColumnSpec("z", "float", True))
_PARTS = tuple(ColumnSpec(name, "float", True, "Simplex") for name in ("p", "q", "r"))
ALONE = [
    RuleRow(
        "key of two",
        TableSpec(_KEYED, key=("x", "y")),
        (None, "key"),
        [(n, t, 1.0) for n in (1, 2**53, 2**53 + 1) for t in ("a", "b")],
        [(7, "a", 2.0)],
        among_others=True,
        alone=True,
    ),
    RuleRow(
        "key of floats",
        TableSpec(_KEYED, key=("z", "x")),
        (None, "key"),
        [(n, "a", f) for n in (1, 2) for f in (0.0, 1.0, -INF)],
        [(1, "a", -0.0)],
        among_others=True,
        alone=True,
    ),
    RuleRow(
        "rows", TableSpec((ColumnSpec("x", "int"),), rows=(2, 6)), (None, "rows"), [(1,)], [], alone=True
    ),
    RuleRow(
        "simplex",
        TableSpec(_PARTS),
        (None, "simplex"),
        [(0.5, 0.25, 0.25), (1.0, 0.0, 0.0), (0.1, 0.2, 0.7), (1 / 3, 1 / 3, 1 / 3)],
        [(0.5, 0.5, 0.5), (0.5, 0.499, 0.0), (0.0, 0.0, 0.0)],
        alone=True,
    ),
    RuleRow(
        "a rule that warns",
        TableSpec((ColumnSpec("x", "float", True, rules={"gt": 0, "severity": "warn"}),)),
        ("x", "gt"),
        [(1.0,)],
        [(0.0,), (-1.0,)],
        alone=True,
    ),
    RuleRow(
        "a rule across that warns",
        TableSpec(
            (ColumnSpec("a", nullable=True), ColumnSpec("b", nullable=True)),
            {"kept": ("<", A, B)},
            severities={"kept": "warn"},
        ),
        (None, "kept"),
        [(1.0, 2.0)],
        [(2.0, 1.0)],
        alone=True,
    ),
]
G = ["g"]
GROUPED = {"n": "int", "g": "str"}
AGGREGATED = [
    across(
        "is_close",
        ("is_close", A, B, 0.5),
        FLOATS,
        [(1.0, 1.5), (-0.5, 0.0)],
        [(1.0, 1.5000000000000002), (INF, 0.0)],
    ),
    across(
        "sum by group",
        ("<=", ("sum", N, G), 10),
        GROUPED,
        [(1, "a"), (-2, "b"), (3, "c")],
        [(11, "d"), (20, "e")],
    ),
    across(
        "mean by group",
        ("<=", ("mean", A, ["b"]), 2),
        FLOATS,
        [(1.0, 0.0), (2.0, -0.0), (-INF, 1.0)],
        [(3.0, 7.0), (4.5, 8.0)],
    ),
    across(
        "min by group",
        (">", ("min", N, G), 0),
        GROUPED,
        [(1, "a"), (2, "a"), (3, "b")],
        [(0, "a"), (-5, "b")],
    ),
    across("greatest of a group", ("<=", ("max", N, G), 2), GROUPED, [(1, "a"), (2, "b")], [(9, "a")]),
    across("max by group", ("<", N, ("max", M, ["n"])), INTS, [(1, 2), (1, 3), (2, 5)], [(7, 7), (8, 1)]),
    across(
        "count by group",
        ("<=", ("count", N, G), 3),
        GROUPED,
        [(1, "a"), (1, "b")],
        [(2, "a")],
    ),
    across(
        "n_unique by group",
        ("<=", ("n_unique", N, G), 1),
        GROUPED,
        [(1, "a"), (2, "b"), (1, "a")],
        [(3, "a"), (4, "a")],
    ),
    across(
        "share of a group",
        ("<=", N, ("*", ("sum", N, G), 0.5)),
        GROUPED,
        [(1, "a"), (1, "a")],
        [(5 + place % 2, letter) for place, letter in enumerate("bcdefh")],
    ),
    across(
        "sum by two groups",
        ("<=", ("sum", A, ["g", "h"]), 5),
        {"a": "float", "g": "str", "h": "bool"},
        [(1.0, "a", True), (1.5, "a", False)],
        [(6.0, "a", True), (9.0, "b", False)],
    ),
]
