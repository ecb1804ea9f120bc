"""Monomials are a vector space over the rationals, with one canonical text each."""

import copy
import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typedml.algebra.monomial import ONE, Monomial, is_prime, is_scale, is_tag, is_variable, quotient

ATOMS = ["m", "s", "kg", "2", "3", "11", "pi", "#click", "'U", "USD"]
exponents = st.sampled_from([Fraction(n, d) for n in range(-9, 10) for d in (1, 2, 3, 5)])
monomials = st.dictionaries(st.sampled_from(ATOMS), exponents, max_size=6).map(Monomial)


@given(monomials, monomials, monomials)
def test_multiplication_is_a_commutative_group(x: Monomial, y: Monomial, z: Monomial) -> None:
    assert (x * y) * z == x * (y * z)
    assert x * y == y * x
    assert x * ONE == x
    assert x / x == ONE
    assert (x / y) * y == x


@given(monomials, monomials, exponents, exponents)
def test_powers_are_multiplication_by_scalars(x: Monomial, y: Monomial, a: Fraction, b: Fraction) -> None:
    assert (x * y) ** a == x**a * y**a
    assert x ** (a + b) == x**a * x**b
    assert (x**a) ** b == x ** (a * b)
    assert x**1 == x
    assert x**0 == ONE


@given(monomials)
def test_the_text_reads_back_as_the_same_monomial(x: Monomial) -> None:
    assert Monomial.parse(str(x)) == x


@given(monomials, monomials)
def test_equal_monomials_have_equal_hashes_and_texts(x: Monomial, y: Monomial) -> None:
    same = x * y / y
    assert (hash(same), str(same)) == (hash(x), str(x))
    assert (x == y) == (str(x) == str(y))


@given(monomials)
def test_every_atom_is_on_exactly_one_side_of_a_predicate(x: Monomial) -> None:
    assert x.only(is_scale) * x.without(is_scale) == x
    assert all(x.exponent(atom) == exponent != 0 for atom, exponent in x.items)


def test_whole_exponents_are_ints_however_they_were_made() -> None:
    square = Monomial({"m": Fraction(1, 2)}) ** 4
    assert square.items == (("m", 2),)
    assert type(square.items[0][1]) is int
    assert type(quotient(Fraction(3, 2), Fraction(1, 2))) is int
    assert quotient(1, 2) == Fraction(1, 2)


def test_the_text_is_sorted_with_numbers_first() -> None:
    assert str(Monomial({"s": -1, "m": 1, "11": 1, "2": 3})) == "2**3*11*m*s**-1"
    assert str(Monomial({"m": Fraction(1, 2)})) == "m**(1/2)"
    assert str(ONE) == "1"


def test_only_the_unit_monomial_is_false() -> None:
    assert not ONE
    assert Monomial({"m": 1})
    assert not Monomial({"m": 0})


@pytest.mark.parametrize(
    ("predicate", "yes", "no"),
    [(is_prime, "7", "pi"), (is_scale, "pi", "rad"), (is_tag, "#click", "m"), (is_variable, "'U", "U")],
)
def test_atoms_are_told_apart_by_their_first_sign(predicate, yes: str, no: str) -> None:  # type: ignore[no-untyped-def]
    assert predicate(yes)
    assert not predicate(no)


def test_a_monomial_cannot_be_changed_and_survives_copies() -> None:
    x = Monomial({"m": Fraction(1, 2)})
    with pytest.raises(AttributeError, match="immutable"):
        x.items = ()
    with pytest.raises(AttributeError, match="immutable"):
        del x.items
    assert copy.deepcopy(x) is x
    assert pickle.loads(pickle.dumps(x)) == x
