"""All engines give the same answers on generated tables and rules: counts, rows, reasons, divisions."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.boundary.tables import FRAMES, Table, column, field, only_native, operation, rows_of, schema
from typedml.algebra.catalogue import KINDS
from typedml.algebra.meaning import UNKNOWN, Meaning
from typedml.boundary import Report, check, split
from typedml.declare.declared import DeclaredField, DeclaredSchema
from typedml.declare.expression import Aggregate, Expression

UTC = datetime.UTC
NUMBERS = [
    0.0,
    -0.0,
    0.1,
    0.5,
    1.0,
    1.5,
    2.0,
    -3.0,
    1e9,
    2.0**53,
    float("inf"),
    float("-inf"),
    float("nan"),
    None,
]
WHOLE = [0, 1, 2, 3, 7, -1, -40, 100, 2**40, None]
WORDS = ["", "a", "A", "N12", "N1\n", "é", "٣", "EWR", "EWR ", "a b", None]
MOMENTS = [datetime.datetime(2013, 1, day, hour, 0, 0, 7) for day in (1, 2) for hour in (0, 5)]
DAYS = [datetime.date(2013, 1, day) for day in (1, 2, 3)]
SPANS = [datetime.timedelta(microseconds=each) for each in (-1, 0, 1, 86_400_000_000)]
SUMS = [Decimal("0.1"), Decimal(1), Decimal("1.5"), Decimal("-2.25"), None]
POOLS: dict[type, list[Any]] = {
    float: NUMBERS,
    int: WHOLE,
    str: WORDS,
    bool: [True, False, None],
    datetime.datetime: [*MOMENTS, None],
    datetime.date: [*DAYS, None],
    datetime.timedelta: [*SPANS, None],
    Decimal: SUMS,
}
BOUNDS: dict[type, list[Any]] = {
    float: [0, 0.1, 1, 1.5, -3],
    int: [0, 1, 1.5, -40, 2**40],
    str: ["a", "N"],
    datetime.datetime: [MOMENTS[1], MOMENTS[2], datetime.datetime(9999, 12, 31), datetime.datetime(1, 1, 1)],
    datetime.date: [DAYS[1]],
    datetime.timedelta: [SPANS[1], datetime.timedelta(days=300_000)],
    Decimal: [Decimal("0.1"), 1, 1.5],
}
PATTERNS = [r"N\d+", r"[A-Z]{3}", r"a|A", r"\w*", r"(?i)ewr", r"(?!N).*", r"^N.*$", r"[^\d]+", r".\b.*"]
KIND_NAMES = {float: ["Probability", "Count", "LogProbability", "Odds"], int: ["Count", "Probability"]}


@st.composite
def fields(draw: st.DrawFn, name: str) -> DeclaredField:
    """A field of any base with any rules that its values know."""
    base = draw(st.sampled_from(list(POOLS)))
    rules: dict[str, Any] = {"unique": draw(st.booleans())}
    if base in BOUNDS:
        order = draw(st.sampled_from(["increasing", "decreasing"]))
        rules[order] = draw(st.sampled_from([False, True, "c0"])) if name != "c0" else draw(st.booleans())
        for bound in draw(st.sets(st.sampled_from(["gt", "ge", "lt", "le"]), max_size=2)):
            rules[bound] = draw(st.sampled_from(BOUNDS[base]))
    if draw(st.booleans()):
        present = [each for each in POOLS[base] if each is not None and each == each]
        rules["isin"] = tuple(draw(st.lists(st.sampled_from(present), max_size=20)))
    if base is str and draw(st.booleans()):
        rules["pattern"] = draw(st.sampled_from(PATTERNS))
    if base is str and draw(st.booleans()):
        rules[draw(st.sampled_from(["min_length", "max_length"]))] = draw(st.integers(0, 3))
    nullable = draw(st.booleans())
    if nullable and draw(st.booleans()):
        rules["null_fraction"] = draw(st.sampled_from([0.0, 0.3, 1.0]))
    kind = draw(st.sampled_from([None, *KIND_NAMES.get(base, [])]))
    meaning = None if kind is None else Meaning(KINDS[kind])
    return field(name, base, nullable=nullable, meaning=meaning, **rules)


def numbers(names: Sequence[tuple[str, type]]) -> st.SearchStrategy[Expression]:
    """Arithmetic over columns of numbers."""
    leaves = st.sampled_from([column(name, base) for name, base in names])
    constants = st.sampled_from([0, 1, 2, 0.5, -3])
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(
                operation,
                st.sampled_from(["+", "-", "*", "/", "//", "%"]),
                inner,
                st.one_of(inner, constants),
            ),
            st.builds(operation, st.just("**"), inner, st.sampled_from([2, 0.5, -1])),
            st.builds(operation, st.sampled_from(["negative", "abs"]), inner),
        ),
        max_leaves=3,
    )


def conditions(names: Sequence[tuple[str, type]]) -> st.SearchStrategy[Expression]:
    """Conditions over columns of numbers."""
    number = numbers(names)
    simple = st.one_of(
        st.builds(operation, st.sampled_from(["<", "<=", ">", ">=", "=="]), number, number),
        st.builds(operation, st.just("is_null"), number),
        st.builds(operation, st.just("is_in"), number, st.just((0, 1, 0.5))),
    )
    return st.recursive(
        simple,
        lambda inner: st.one_of(
            st.builds(operation, st.sampled_from(["and", "or"]), inner, inner),
            st.builds(operation, st.just("not"), inner),
        ),
        max_leaves=3,
    )


@st.composite
def statistics(draw: st.DrawFn, names: Sequence[tuple[str, type]]) -> Expression:
    """A statistic of groups beside another, or beside a number."""
    left, kind = draw(statistic(names))
    right, other = draw(statistic(names))
    if kind == other:
        return operation(draw(st.sampled_from(["<", "<=", "=="])), left, right)
    if kind == "number":
        return operation("<", left, draw(st.sampled_from([0, 1, 2])))
    return operation("not", operation("is_null", left))


@st.composite
def statistic(draw: st.DrawFn, names: Sequence[tuple[str, type]]) -> tuple[Aggregate, str]:
    """A statistic of groups, and what it is: a number, or a value of the type of its column."""
    name, base = draw(st.sampled_from(names))
    # Sums of floats are rounded by the order in which a library takes them.
    exact = {"count", "n_unique", *({"sum", "mean"} if base is int else ())}
    which = draw(st.sampled_from(sorted(exact | ({"min", "max"} if base in SIZED else set()))))
    by = draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
    made = Aggregate(which, column(name, base), tuple(column(*each) for each in by), UNKNOWN)
    number = which in exact or base in (int, float, Decimal)
    return made, "number" if number else base.__name__


SIZED = (float, int, datetime.datetime, datetime.date, datetime.timedelta, Decimal)


@st.composite
def cases(draw: st.DrawFn) -> tuple[DeclaredSchema, Table]:
    """A schema and a table for it, which keeps it or does not."""
    made = [draw(fields(f"c{number}")) for number in range(draw(st.integers(1, 4)))]
    rows = draw(st.integers(0, 9))
    table = {
        each.column: (
            each.base,
            draw(st.lists(st.sampled_from(POOLS[each.base]), min_size=rows, max_size=rows)),
        )
        for each in made
    }
    names: list[tuple[str, type]] = [(each.column, each.base) for each in made]
    numbers_of = [(name, base) for name, base in names if base in (float, int)]
    checks: dict[str, Expression] = {}
    if draw(st.booleans()) and numbers_of:
        checks["across"] = draw(conditions(numbers_of))
    if draw(st.booleans()):
        checks["groups"] = draw(statistics(names))
    key = draw(st.lists(st.sampled_from([name for name, _ in names]), max_size=3, unique=True))
    return attrs.evolve(schema(*made, checks=checks), key=tuple(key)), table


def told(report: Report) -> list[Any]:
    """All that a report says and that does not name a library's types."""
    rows = [[(row.position, list(row.keys)) for row in failure.rows] for failure in report.failures]
    reasons = [failure.reason for failure in report.failures if failure.code == "typedml-value"]
    return [report.ok, report.rows, list(report.counts.items()), rows, reasons, report.not_run]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_every_engine_reports_the_same(case: tuple[DeclaredSchema, Table]) -> None:
    declared, table = case
    reference = told(check(declared, FRAMES["polars_eager"](table)))
    for name, make in FRAMES.items():
        frame = make(table)
        assert told(check(declared, frame)) == reference, f"{name}, small"
        with only_native():
            assert told(check(declared, frame)) == reference, f"{name}, native"


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_every_engine_divides_alike_and_loses_no_row(case: tuple[DeclaredSchema, Table]) -> None:
    declared, table = case
    rows = len(next(iter(table.values()))[1])
    numbered = {**table, "position": (int, list(range(rows)))}
    counts = check(declared, FRAMES["polars_eager"](table)).counts
    reference = None
    for name, make in FRAMES.items():
        good, bad = (rows_of(each) for each in split(declared, make(numbered)))
        kept = [row["position"] for row in good]
        broken = {row["position"]: row["__reasons__"] for row in bad}
        assert sorted([*kept, *broken]) == list(range(rows)), name
        assert kept == sorted(kept), name
        assert list(broken) == sorted(broken), name
        given_reasons = [reason for reasons in broken.values() for reason in reasons]
        for (of, rule), count in counts.items():
            assert given_reasons.count(rule if of is None else f"{of}: {rule}") == count, (name, of, rule)
        reference = reference or (kept, broken)
        assert (kept, broken) == reference, name


@pytest.mark.parametrize("name", FRAMES)
def test_every_frame_of_the_suite_holds_what_it_was_given(name: str) -> None:
    table: Table = {"x": (float, [1.0, None]), "n": (int, [1, 2]), "s": (str, ["a", None])}
    assert rows_of(FRAMES[name](table)) == [{"x": 1.0, "n": 1, "s": "a"}, {"x": None, "n": 2, "s": None}]
