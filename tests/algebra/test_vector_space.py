"""Units are a vector space over the rationals; dimension, scale, tags and ratios are linear maps of it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import isclose, log
from operator import attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typedml.algebra.errors import UnitError
from typedml.algebra.monomial import ANGLE, ONE, Monomial, is_scale, is_tag, quotient
from typedml.algebra.registry import unit
from typedml.algebra.unit import Unit

NAMES = (
    "m",
    "km",
    "mile",
    "s",
    "hour",
    "kg",
    "degree",
    "rad",
    "percent",
    "bit",
    "byte",
    "USD",
    "#click",
    "dB",
)
NUMBER = Unit.number()


def of_name(name: str) -> Unit:
    """Return a named unit, spelled as itself."""
    return unit(name.removeprefix("#"))


scalars = st.sampled_from([Fraction(n, d) for n in range(-6, 7) for d in (1, 2, 3, 7)])
products = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(-3, 3)), max_size=4)


@st.composite
def units(draw: st.DrawFn) -> Unit:
    """Return a product of powers of named units, raised to a fraction."""
    found = NUMBER
    for name, exponent in draw(products):
        found = found * of_name(name) ** exponent
    return found ** draw(st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(2, 3)]))


@given(units(), units(), units())
def test_units_are_a_commutative_group(a: Unit, b: Unit, c: Unit) -> None:
    assert (a * b) * c == a * (b * c)
    assert a * b == b * a
    assert a * NUMBER == NUMBER * a == a
    assert a * (NUMBER / a) == a / a == NUMBER
    assert a / b == a * b**-1
    assert (a / b) * b == a


@given(units(), units(), scalars, scalars)
def test_powers_are_multiplication_by_rational_scalars(a: Unit, b: Unit, p: Fraction, q: Fraction) -> None:
    assert (a * b) ** p == a**p * b**p
    assert a ** (p + q) == a**p * a**q
    assert (a**p) ** q == a ** (p * q) == (a**q) ** p
    assert a**1 == a
    assert a**0 == NUMBER
    assert (a**p == NUMBER) == (p == 0 or a == NUMBER)


@given(units(), st.integers(1, 12))
def test_roots_are_unique_and_undo_powers(a: Unit, n: int) -> None:
    assert (a ** Fraction(1, n)) ** n == a
    assert (a**n) ** Fraction(1, n) == a


@given(units(), units(), scalars)
def test_dimension_scale_and_tags_are_linear(a: Unit, b: Unit, p: Fraction) -> None:
    for part in ("dimension", "scale", "tags"):
        of: Callable[[Unit], Monomial] = attrgetter(part)
        assert of(a * b) == of(a) * of(b)
        assert of(a**p) == of(a) ** p
        assert of(NUMBER) == ONE


@given(units())
def test_a_unit_is_the_sum_of_its_parts(a: Unit) -> None:
    assert a.dimension * a.scale * a.tags == a.vector
    assert not {*a.dimension.atoms} & ({*a.scale.atoms} | {*a.tags.atoms})
    assert all(map(is_scale, a.scale.atoms))
    assert all(map(is_tag, a.tags.atoms))


def size(a: Unit) -> float:
    """Return how large a unit is in base units, by floating point."""
    return float(Unit(a.scale).ratio(NUMBER))


@given(units(), units(), scalars)
def test_the_size_of_a_unit_is_a_homomorphism_into_numbers(a: Unit, b: Unit, p: Fraction) -> None:
    assert isclose(log(size(a * b)), log(size(a)) + log(size(b)), rel_tol=1e-9, abs_tol=1e-9)
    assert isclose(log(size(a**p)), float(p) * log(size(a)), rel_tol=1e-9, abs_tol=1e-9)


LENGTHS = tuple(map(unit, ("m", "km", "mile", "inch", "light_year", "angstrom")))
TIMES = tuple(map(unit, ("s", "ms", "minute", "hour", "day", "week")))
lengths, times = st.sampled_from(LENGTHS), st.sampled_from(TIMES)


@given(lengths, lengths, lengths, times, times)
def test_ratios_multiply_along_a_way_and_across_products(a: Unit, b: Unit, c: Unit, s: Unit, t: Unit) -> None:
    assert exact(a, b) * exact(b, c) == exact(a, c)
    assert exact(a, b) * exact(b, a) == exact(a, a) == 1
    assert exact(a * s, b * t) == exact(a, b) * exact(s, t)
    assert exact(a / s, b / t) == exact(a, b) / exact(s, t)
    assert exact(a**3, b**3) == exact(a, b) ** 3
    assert (exact(a, b) == 1) == (a == b)


def exact(a: Unit, b: Unit) -> Fraction:
    found = a.ratio(b).exact
    assert found is not None
    return found


@given(units(), units())
def test_two_units_convert_exactly_if_their_dimensions_are_one_up_to_absorbed_angles(
    a: Unit, b: Unit
) -> None:
    refused = False
    try:
        a.ratio(b)
    except UnitError:
        refused = True
    quotient = a.dimension / b.dimension
    in_products = a.absorbs_angle and b.absorbs_angle and quotient.atoms == (ANGLE,)
    assert refused == (bool(quotient) and not in_products)


@given(units(), units())
def test_equal_units_are_equal_in_every_way_that_shows(a: Unit, b: Unit) -> None:
    assert (a == b) == (a.vector == b.vector) == (str(a.vector) == str(b.vector))
    same = a * b / b
    assert (same == a, hash(same)) == (True, hash(a))


@given(units())
def test_the_spelling_of_a_product_reads_back_as_that_unit(a: Unit) -> None:
    bare = all("#" not in atom for atom in a.vector.atoms)
    assert not bare or unit(str(a)) == a


def test_the_space_has_no_torsion_and_no_common_basis_is_hidden() -> None:
    """No power but the zeroth makes a unit a number: km and mile are one dimension, and two directions."""
    km, mile = unit("km"), unit("mile")
    assert km != mile
    assert km.dimension == mile.dimension == Monomial({"m": 1})
    assert len({km**n * mile**m for n in range(-5, 6) for m in range(-5, 6)}) == 121


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"), [(6, 3, 2), (1, 2, "1/2"), (-3, 6, "-1/2")]
)
def test_quotients_of_exponents_are_exact(numerator: int, denominator: int, expected: object) -> None:
    assert str(quotient(numerator, denominator)) == str(expected)
    assert quotient(Fraction(numerator), Fraction(denominator)) == quotient(numerator, denominator)


@pytest.mark.parametrize("text", ["degC", "dBm", "degF"])
def test_points_are_not_vectors(text: str) -> None:
    point = unit(text)
    operations: tuple[Callable[[], Unit], ...] = (
        lambda: point * NUMBER, lambda: NUMBER / point, lambda: point**2, lambda: point**1
    )  # fmt: skip
    for operation in operations:
        with pytest.raises(UnitError, match="cannot be multiplied"):
            operation()
    assert point.delta().delta() == point.delta()
