"""Closure against brute force: values are drawn from the ranges of kinds and really combined."""

from __future__ import annotations

import operator
import random
from itertools import product
from math import inf, isinf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.algebra.oracle import executed
from tests.algebra.oracle_functions import applied
from tests.algebra.shorthand import kind
from tests.algebra.test_ranges_brute_force import ranges
from typedml.algebra.catalogue import KINDS
from typedml.algebra.closure import is_factor
from typedml.algebra.functions import apply
from typedml.algebra.kind import Kind, Sort, define_kind, nearest_common
from typedml.algebra.meaning import Literal, Meaning, Operand
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.ranges import Range
from typedml.algebra.rules import combine, unary
from typedml.algebra.unit import Unit

OPERATORS = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
}
VECTORS = [kind(name) for name in KINDS if KINDS[name].sort is Sort.VECTOR]
NUMBERS = [Literal(value) for value in (0, 1, 2, -1, 0.5, -0.5, 3.0, 1.5)]
EXTREMES = 1000.0


def values_of(operand: Operand) -> list[float]:
    if isinstance(operand, Literal):
        return [operand.value]
    assert isinstance(operand, Meaning)
    span, chance = operand.range, random.Random(7)
    low, high = max(span.low, -EXTREMES), min(span.high, EXTREMES)
    ends = [low, high, *(end for end in (0.0, 1.0, -1.0, 0.5, 2.0) if span.contains(end))]
    drawn = [chance.uniform(low, high) for _ in range(12)] + [
        chance.uniform(low, min(high, low + 2)) for _ in range(6)
    ]
    if operand.integral:
        return sorted({float(round(value)) for value in ends + drawn if span.contains(round(value))})
    return ends + drawn


def results(op: str, left: Operand, right: Operand) -> list[float]:
    found = []
    for a, b in product(values_of(left), values_of(right)):
        try:
            value = OPERATORS[op](a, b)
        except ZeroDivisionError:
            value = inf
        except OverflowError:
            continue
        if not isinstance(value, complex):
            found.append(value)
    return found


def outside(kind: Kind, values: list[float]) -> list[float]:
    """The values that are not of a kind; rounding is forgiven."""
    close = 1e-9
    low, high = kind.range.low, kind.range.high
    fits = [
        low - close <= v <= high + close and (not kind.integral or isinf(v) or abs(v - round(v)) < close)
        for v in values
    ]
    return [value for value, fit in zip(values, fits, strict=True) if not fit]


ALL: list[Operand] = [*VECTORS, *NUMBERS]
PAIRS = [(a, b) for a, b in product(ALL, repeat=2) if isinstance(a, Meaning) or isinstance(b, Meaning)]


@pytest.mark.parametrize("op", OPERATORS)
def test_every_kept_kind_holds_all_results(op: str) -> None:
    rows = 0
    for left, right in PAIRS:
        answer = combine(op, left, right)
        if isinstance(answer, Meaning) and answer.kind is not None:
            finite = [value for value in results(op, left, right) if not isinf(value)]
            assert not outside(answer.kind, finite), (op, left, right, answer)
            rows += 1
    assert rows > 20


@pytest.mark.parametrize("op", ["+", "-", "*", "/", "//"])
def test_every_lost_kind_has_a_result_outside_of_it(op: str) -> None:
    """Closure is not coarser than it must be: where a kind was given up, some result is not of it."""
    for left, right in PAIRS:
        candidate = _candidate(op, left, right)
        answer = combine(op, left, right)
        if candidate is None or not isinstance(answer, Meaning) or _is_named(op, left, right):
            continue
        if op in ("/", "//") and right == Literal(0):
            continue
        if answer.kind is None or answer.kind != candidate:
            values = results(op, left, right)
            assert not values or outside(candidate, values) or candidate.integral, (op, left, right, answer)


def _is_named(op: str, left: Operand, right: Operand) -> bool:
    similar = isinstance(right, Meaning) and right.kind is not None and right.kind.complement
    return op == "-" and left == Literal(1) and bool(similar)


def _candidate(op: str, left: Operand, right: Operand) -> Kind | None:
    """The kind that ALGEBRA's paragraph on closure would have kept, by its own words."""
    kinds = [operand.kind for operand in (left, right) if isinstance(operand, Meaning) and operand.kind]
    if len(kinds) == 2:
        both = nearest_common(*kinds)
        return (
            both
            if both is not None
            and both.unit is not None
            and both.unit.is_number
            and both.closed
            and not both.collective
            else None
        )
    numeric = kinds[0].unit is not None and kinds[0].unit.is_number
    if not numeric or (op in "///" and not is_factor(right)):
        return None
    # That values sum to one is no fact about each of them, which is all that can be sampled here.
    return kinds[0] if kinds[0].closed and not kinds[0].collective else None


@pytest.mark.parametrize(
    ("op", "left", "right", "wrong"),
    [
        ("+", "Probability", "Probability", "Probability"),
        ("*", "Count", "Probability", "Count"),
        ("-", "Count", "Count", "Count"),
        ("/", "Odds", "Probability", "Probability"),
        ("+", "LogProbability", "LogDensity", "LogProbability"),
        ("*", "Binary", "Probability", "Binary"),
    ],
)
def test_another_kind_in_the_place_of_the_result_is_noticed(
    op: str, left: str, right: str, wrong: str
) -> None:
    assert outside(KINDS[wrong], results(op, kind(left), kind(right)))


@pytest.mark.parametrize("op", ["-", "abs", "round", "floor", "ceil", "int"])
def test_unary_operators_stay_inside_too(op: str) -> None:
    function = {
        "-": operator.neg,
        "abs": abs,
        "round": round,
        "floor": lambda v: v // 1,
        "ceil": lambda v: -(-v // 1),
        "int": int,
    }[op]
    for operand in VECTORS:
        answer = unary(op, operand)
        assert isinstance(answer, Meaning)
        if answer.kind is not None:
            assert not outside(answer.kind, [float(function(v)) for v in values_of(operand)])  # type: ignore[operator]  # one table of several signatures


@st.composite
def declared(draw: st.DrawFn) -> Meaning:
    """Return a value of a kind that somebody declared: any range, maybe integral, maybe with a parent."""
    span = draw(ranges())
    integral = draw(st.booleans()) and span.high - span.low >= 2
    parent = None
    if draw(st.booleans()):
        wider = Range(
            min(span.low, draw(st.sampled_from((0.0, -inf)))),
            max(span.high, draw(st.sampled_from((1.0, inf)))),
        )
        parent = define_kind("Wider", unit=Unit.number(), range=wider)
    return Meaning(define_kind("Declared", parent=parent, unit=Unit.number(), range=span, integral=integral))


@given(
    op=st.sampled_from([*OPERATORS]),
    left=declared(),
    right=declared() | st.sampled_from(NUMBERS),
    swapped=st.booleans(),
)
def test_whatever_a_declared_kind_keeps_holds_all_results(
    op: str, left: Meaning, right: Operand, swapped: bool
) -> None:
    pairs: list[tuple[Operand, Operand]] = [(left, left), (right, left) if swapped else (left, right)]
    for one, other in pairs:
        answer = combine(op, one, other)
        assert isinstance(answer, Meaning | Mismatch)
        if isinstance(answer, Meaning) and answer.kind is not None:
            assert answer.kind in (*left.kind.lineage, *_lineage(right))  # type: ignore[union-attr]  # it has one
            assert not _outside(answer.kind, op, one, other), (one, other, answer)


@given(operand=declared())
def test_whatever_a_statistic_of_a_declared_kind_keeps_holds_all_results(operand: Meaning) -> None:
    for function in ("sum", "prod", "mean", "median", "min", "max", "std"):
        answer = apply(function, operand)
        wanted = applied(function, operand)
        assert isinstance(answer, Meaning)
        if answer.kind is not None and wanted is not None:
            assert not wanted.values.outside(answer.kind), (function, answer)


def _lineage(operand: Operand) -> tuple[Kind, ...]:
    return operand.kind.lineage if isinstance(operand, Meaning) and operand.kind is not None else ()


def _outside(kind: Kind, op: str, left: Operand, right: Operand) -> bool:
    values = executed(op, left, right)
    return values is not None and values.outside(kind)


def test_a_declared_kind_behaves_as_the_shipped_ones_do() -> None:
    share = define_kind("Half", parent=KINDS["Proportion"], range=(0, 0.5))
    half = Meaning(share)
    assert combine("*", half, half) == half
    assert combine("+", half, half) == kind("Proportion")
    assert combine("-", Literal(1), half) == kind("Proportion")
    assert combine("-", half, half) == Meaning()
    assert combine("*", half, kind("Odds")) == kind("Odds")
    positive = Meaning(define_kind("Gain", range=(0, inf)))
    assert combine("+", positive, positive) == positive
    assert str(combine("-", positive, positive)) == "1"
