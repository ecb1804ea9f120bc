"""Proofs that a polynomial is never negative: never a false yes, and a yes wherever shapes need one."""

from __future__ import annotations

import random
from fractions import Fraction
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typedml.algebra.monomial import Monomial
from typedml.algebra.polynomial import (
    HIGHEST,
    LARGEST,
    ONE,
    Polynomial,
    atom,
    constant,
    is_small,
    minus,
    never_negative,
    plus,
    scaled,
    times,
)
from typedml.algebra.ranges import UNBOUNDED, Range

X, Y = atom("x"), atom("y")
SPANS = (Range(0, 1), Range(-1, 1), Range(0, inf), Range(2, 5), Range(-inf, 3), UNBOUNDED, Range(1, inf))


def value(polynomial: Polynomial, at: dict[str, Fraction]) -> Fraction:
    total = Fraction(0)
    for monomial, coefficient in polynomial.items():
        for name, power in monomial.items:
            coefficient *= at[name] ** int(power)
        total += coefficient
    return total


@st.composite
def polynomials(draw: st.DrawFn) -> Polynomial:
    found: Polynomial = {}
    for _ in range(draw(st.integers(1, 4))):
        powers = {"x": draw(st.integers(0, 3)), "y": draw(st.integers(0, 2))}
        found = plus(found, {Monomial(powers): Fraction(draw(st.integers(-4, 4)) or 1)})
    return found


def points(span: Range, chance: random.Random) -> list[Fraction]:
    low, high = max(span.low, -50), min(span.high, 50)
    drawn = [chance.uniform(low, high) for _ in range(8)] + [low, high, (low + high) / 2]
    return [Fraction(each) for each in drawn if span.contains(each)]


@given(polynomials(), st.sampled_from(SPANS), st.sampled_from(SPANS))
def test_what_is_proven_is_nowhere_negative(polynomial: Polynomial, xs: Range, ys: Range) -> None:
    if never_negative(polynomial, {"x": xs, "y": ys}):
        chance = random.Random(3)
        for x in points(xs, chance):
            for y in points(ys, chance):
                assert value(polynomial, {"x": x, "y": y}) >= 0


@given(polynomials(), polynomials(), polynomials())
def test_polynomials_are_a_ring(a: Polynomial, b: Polynomial, c: Polynomial) -> None:
    assert times(a, plus(b, c)) == plus(times(a, b), times(a, c))
    assert times(a, b) == times(b, a)
    assert plus(minus(a, b), b) == a
    assert times(a, ONE) == a
    assert minus(a, a) == {} == scaled(a, Fraction(0))


@given(st.integers(-3, 3), st.integers(-3, 3), st.integers(-3, 3), st.integers(-3, 3))
def test_in_first_powers_the_corners_decide(one: int, x: int, y: int, xy: int) -> None:
    polynomial = plus(plus(constant(one), scaled(X, Fraction(x))), scaled(Y, Fraction(y)))
    polynomial = plus(polynomial, scaled(times(X, Y), Fraction(xy)))
    corners = [one, one + x, one + y, one + x + y + xy]
    assert never_negative(polynomial, {"x": Range(0, 1), "y": Range(0, 1)}) == (min(corners) >= 0)


@pytest.mark.parametrize(
    ("polynomial", "span", "proven"),
    [
        (minus(X, times(X, X)), Range(0, 1), True),
        (minus(X, times(X, X)), Range(0, 1.5), False),
        (times(X, X), UNBOUNDED, True),
        (X, UNBOUNDED, False),
        (minus(X, constant(1)), Range(1, inf), True),
        (minus(X, constant(1)), Range(0, inf), False),
        (minus(constant(3), X), Range(-inf, 3), True),
        (minus(constant(3), X), Range(-inf, 4), False),
        ({}, UNBOUNDED, True),
        (constant(-1), UNBOUNDED, False),
    ],
)
def test_each_kind_of_range_has_its_proof(polynomial: Polynomial, span: Range, proven: bool) -> None:
    assert never_negative(polynomial, {"x": span}) is proven


def test_decimals_are_read_as_they_are_written() -> None:
    assert plus(constant(0.1), constant(0.2)) == constant(0.3)
    assert constant(0) == constant(0.0) == {}


def test_what_is_too_large_is_no_shape() -> None:
    assert not is_small({Monomial({"x": HIGHEST + 1}): Fraction(1)})
    many: Polynomial = {}
    for place in range(LARGEST + 1):
        many = plus(many, atom(f"x{place}"))
    assert not is_small(many)
    assert is_small(X)
    # and the proof of what has too many atoms is given up, not waited for
    wide = ONE
    for place in range(12):
        wide = times(wide, minus(ONE, atom(f"x{place}")))
    assert not never_negative(wide, {f"x{place}": Range(0, 1) for place in range(12)})
