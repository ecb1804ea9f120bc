"""Rules of one column, a row each."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.boundary.conformance.rows import DAY, HOUR, INF, INSTANTS, NAN, NOON, SIX, TICK, RuleRow, one
from tests.boundary.conformance.specs import ColumnSpec, Foreign, TableSpec

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
KNOWN = Foreign("text", ("EWR", "JFK", "", "x"))
NUMBERED = Foreign("number", (1, 2, 2**53 + 1, 7, 7))


def keyed(rule: str, base: str, by: str, good: Any, bad: Any, **more: Any) -> RuleRow:
    """An order by a key: `x` never falls or rises in the order of `by`, however the rows stand."""
    columns = (ColumnSpec("x", base, True, rules={rule: "by"}), ColumnSpec("by", by, nullable=True))
    return RuleRow(
        f"{rule} of {base} by {by}", TableSpec(columns), ("x", rule), good, bad, among_others=True, **more
    )


BY_KEY = [
    keyed(
        "increasing",
        "float",
        "int",
        [(3.0, 3), (1.0, 1), (2.0, 2), (4.0, 9), (-1.0, -5), (2.5, 2)],
        [(-9.0, 8)],
    ),
    keyed("increasing", "int", "str", [(3, "c"), (1, "A"), (2, "b"), (4, "é"), (0, "")], [(-9, "d")]),
    keyed(
        "increasing",
        "float",
        "datetime",
        [*zip(SIX, INSTANTS, strict=True)],
        [(-9.0, INSTANTS[5] + HOUR)],
        stored={"by": "zoned"},
    ),
    keyed(
        "decreasing",
        "float",
        "float",
        [(1.0, 3.0), (3.0, 1.0), (2.0, 2.0), (2.0, 2.0), (5.0, -INF)],
        [(9.0, 8.0)],
    ),
    keyed("decreasing", "date", "int", [(DAY, 2), (DAY + 24 * HOUR, 1)], [(DAY + 48 * HOUR, 3)]),
]
OF_MANY = [
    one("min_length", "str", ["ab", "éé", "abc", "👍👍"], ["", "é", "👍", "a"], min_length=2),
    one("max_length", "str", ["", "ab", "éé", "👍👍"], ["abc", "e\u0301é", "👍👍👍"], max_length=2),
    one("decreasing", "float", [INF, 2.0, 2.0, 0.0, -1.0, -INF], [3.0], decreasing=True, among_others=True),
    one(
        "decreasing", "int", [2**53 + 1, 2**53, 5, 5, 0, -1], [2**53 + 2], decreasing=True, among_others=True
    ),
    one("references", "str", ["EWR", "JFK", ""], ["ewr", "LGA"], nullable=True, references=KNOWN),
    one("references", "int", [1, 2, 2**53 + 1], [3, 2**53], nullable=True, references=NUMBERED),
]
