"""Interval arithmetic against brute force: every result of sampled ranges lies inside, and ends are reached.

Results are computed exactly, in fractions, so that no rounding hides an end that is open.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from math import ceil, floor, inf, isinf, trunc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typedml.algebra.ranges import Range

ENDS = (-3, -2, -1, -0.5, 0, 0.25, 0.5, 1, 1.5, 2, 7)
NEAR = Fraction(1, 1 << 20)
FAR = Fraction(1 << 20)


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    """Return a range that is open, closed, half open, infinite or a point."""
    low, high = sorted(draw(st.tuples(*[st.sampled_from((-inf, *ENDS, inf))] * 2)))
    if low == high:
        return Range.at(1.0 if isinf(low) else low)
    return Range(low, high, draw(st.booleans()), draw(st.booleans()))


def samples(span: Range) -> list[Fraction]:
    """Return numbers inside: the ends or what is nearest to them, the middle, and what is special inside."""
    low = -FAR if isinf(span.low) else Fraction(span.low)
    high = FAR if isinf(span.high) else Fraction(span.high)
    found = {low, low + NEAR, (low + high) / 2, high - NEAR, high}
    found |= {Fraction(number) for number in (-1, 0, 1, 2)} | {Fraction(1, 3)}
    return sorted(number for number in found if span.contains(float(number)) and low <= number <= high)


def power(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator == 1 and abs(exponent) < 50:
        return base**exponent.numerator
    value = float(base) ** float(exponent)
    if value == 0 != base:
        raise OverflowError  # too small for a float, which is none of its power's doing
    return Fraction(value)


BINARY: dict[str, Callable[[Fraction, Fraction], Fraction | int]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": power,
}
INTERVALS: dict[str, Callable[[Range, Range], Range]] = {**BINARY, "**": operator.pow}  # type: ignore[dict-item]  # operators take ranges as well
UNARY: dict[str, tuple[Callable[[Range], Range], Callable[[Fraction], Fraction | int]]] = {
    "-": (operator.neg, operator.neg),
    "+": (operator.pos, operator.pos),
    "abs": (abs, abs),
    "round": (Range.rounded, round),
    "floor": (Range.floored, floor),
    "ceil": (Range.ceiled, ceil),
    "int": (Range.truncated, trunc),
}


def results(op: str, left: Range, right: Range) -> list[Fraction]:
    found = []
    for a, b in product(samples(left), samples(right)):
        try:
            found.append(Fraction(BINARY[op](a, b)))
        except (ZeroDivisionError, OverflowError, TypeError, ValueError):
            continue  # undefined, beyond all floats, or complex
    return found


def holds(span: Range, value: Fraction) -> bool:
    """Say whether an exact value is inside; an end that is not an exact float is good to its last digits."""
    if value in (span.low, span.high):
        return span.contains(float(value))
    slack = abs(value) * Fraction(1, 1 << 50)
    return span.low - slack <= value <= span.high + slack


def reached(end: float, found: list[Fraction]) -> bool:
    """Say whether results come as near to an end as samples can."""
    if isinf(end):
        return any(value * (1 if end > 0 else -1) > 1000 for value in found)
    near = max(Fraction(1), abs(Fraction(end))) / 1000
    return any(abs(value - Fraction(end)) <= near for value in found)


@pytest.mark.parametrize("op", BINARY)
@given(left=ranges(), right=ranges())
def test_every_result_of_an_operator_is_inside(op: str, left: Range, right: Range) -> None:
    span = INTERVALS[op](left, right)
    for value in results(op, left, right):
        assert holds(span, value), (left, right, span, value)


@pytest.mark.parametrize("op", ["+", "-", "*", "/"])
@given(left=ranges(), right=ranges())
def test_the_ends_of_a_range_are_reached(op: str, left: Range, right: Range) -> None:
    """What crosses zero below the fraction bar may be anything, which is not worth a second range."""
    if op == "/" and right.low <= 0 <= right.high:
        return
    span = INTERVALS[op](left, right)
    found = results(op, left, right)
    assert reached(span.low, found), (left, right, span)
    assert reached(span.high, found), (left, right, span)


@pytest.mark.parametrize("op", ["+", "-", "*", "/"])
@given(left=ranges(), right=ranges())
def test_a_closed_end_is_a_result(op: str, left: Range, right: Range) -> None:
    span = INTERVALS[op](left, right)
    if op == "/" and right.low <= 0 <= right.high:
        return
    found = results(op, left, right)
    for end, is_open in ((span.low, span.low_open), (span.high, span.high_open)):
        if not is_open and not isinf(end) and not isinf(left.low + left.high + right.low + right.high):
            assert any(abs(value - Fraction(end)) <= NEAR / 1000 for value in found), (left, right, span)


@pytest.mark.parametrize("op", UNARY)
@given(operand=ranges())
def test_every_result_of_a_unary_operator_is_inside(op: str, operand: Range) -> None:
    of_ranges, of_numbers = UNARY[op]
    span = of_ranges(operand)
    for value in samples(operand):
        assert holds(span, Fraction(of_numbers(value))), (operand, span, value)


@pytest.mark.parametrize("op", UNARY)
@given(operand=ranges())
def test_the_ends_of_a_unary_operator_are_reached_to_the_next_integer(op: str, operand: Range) -> None:
    of_ranges, of_numbers = UNARY[op]
    span = of_ranges(operand)
    found = [Fraction(of_numbers(value)) for value in samples(operand)]
    for end in (span.low, span.high):
        near = any(abs(value - Fraction(end)) <= 1 for value in found) if not isinf(end) else True
        assert near, (operand, span)


def test_quotients_that_floats_round_up_are_floored_exactly() -> None:
    tenth = Range.at(0.1)
    assert (Range(1, 1) // tenth).contains(1 // 0.1)
    assert (Range(1, 2) // tenth).contains(1 // 0.1)


def test_a_zero_that_any_exponent_leaves_is_a_result() -> None:
    """Of 0 ** n with n in (2, 3) every n makes zero: the end is closed though the exponents are open."""
    assert (Range(0, 1) ** Range(2, 3, True, True)).contains(0.0)
    assert (Range(0, 1) ** Range(2, 3, True, True)).contains(1.0)


def test_infinity_is_a_remainder_of_an_infinite_divisor() -> None:
    assert (Range(-1, 1) % Range(0, inf)).contains(-1.0 % inf)


@pytest.mark.parametrize("end", [inf, 1.7e308])
@pytest.mark.parametrize("op", BINARY)
def test_sums_beyond_all_floats_are_ranges_too(op: str, end: float) -> None:
    for sign in (1, -1):
        for span in (Range(0, inf, True, True), Range(-1, 1, True, True), Range(1.6e308, inf, True)):
            INTERVALS[op](span, Range.at(sign * end))
            INTERVALS[op](Range.at(sign * end), span)


def test_what_infinity_leads_to_is_approached_only() -> None:
    positive = Range(0, inf, low_open=True)
    for quotient in (positive / positive, Range.at(1) / positive, positive ** Range.at(-1)):
        assert quotient.within(positive)
        assert quotient.contains(1e300)
    assert Range.at(1) / Range(1, inf) == Range(0, 1, low_open=True)
    assert not (Range(0.25, 0.5) ** Range(0, inf)).contains(0.0)
