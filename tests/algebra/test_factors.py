"""Numbers fall into prime factors, with bounded work."""

import math
import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typedml import raw
from typedml.algebra.factors import factors, fraction_factors, is_prime_number


@given(st.integers(1, 10**12))
def test_the_factors_are_prime_and_multiply_to_the_number(number: int) -> None:
    found = factors(number)
    assert math.prod(int(atom) ** exponent for atom, exponent in found.items()) == number
    assert all(is_prime_number(int(atom)) for atom in found)


@given(st.fractions(min_value=Fraction(1, 10**6), max_value=10**6))
def test_denominators_have_negative_exponents(value: Fraction) -> None:
    found = fraction_factors(value)
    assert (
        math.prod((Fraction(int(atom)) ** exponent for atom, exponent in found.items()), start=Fraction(1))
        == value
    )


@pytest.mark.parametrize(
    ("number", "prime"), [(1, False), (2, True), (41, True), (1681, False), (2**61 - 1, True), (0, False)]
)
def test_primes_are_recognised(number: int, prime: bool) -> None:
    assert is_prime_number(number) is prime


def test_primes_agree_with_a_sieve() -> None:
    sieve = [
        all(number % divisor for divisor in range(2, math.isqrt(number) + 1)) for number in range(2, 3000)
    ]
    assert [is_prime_number(number) for number in range(2, 3000)] == sieve


def test_carmichael_numbers_are_not_taken_for_primes() -> None:
    assert not any(map(is_prime_number, [561, 1105, 3215031751, 3825123056546413051]))


def test_what_is_too_hard_stays_whole_after_bounded_work() -> None:
    hard = (2**89 - 1) * (2**107 - 1)
    start = time.process_time()
    assert factors(12 * hard) == {"2": 2, "3": 1, str(hard): 1}
    assert raw(time.process_time() - start) < 1


def test_a_square_of_a_large_prime_is_found() -> None:
    prime = 2**61 - 1
    assert factors(prime**2) == {str(prime): 2}
