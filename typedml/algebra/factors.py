"""Prime factors with bounded work: what is too hard to split stays whole."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

TRIAL_LIMIT = 1000
RHO_STEPS = 20_000
# Miller-Rabin with these bases is a proof below 3.3e24 (Sorenson and Webster, 2015).
WITNESSES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41)


def factors(number: int) -> dict[str, int]:
    """The factors of a positive integer with their exponents, as atoms of a monomial.

    They are prime but for a cofactor whose factors are all beyond reach, which is kept as it is.
    """
    found: dict[str, int] = {}
    for factor in _split(number):
        found[str(factor)] = found.get(str(factor), 0) + 1
    return found


def fraction_factors(value: Fraction) -> dict[str, int]:
    """The factors of a positive fraction, those of the denominator with negative exponents."""
    below = {atom: -exponent for atom, exponent in factors(value.denominator).items()}
    return factors(value.numerator) | below


def _split(number: int) -> Iterator[int]:
    for candidate in range(2, TRIAL_LIMIT):
        while number % candidate == 0:
            yield candidate
            number //= candidate
    pending = [number] if number > 1 else []
    while pending:
        part = pending.pop()
        divisor = None if is_prime_number(part) else _divisor(part)
        if divisor is None:
            yield part
        else:
            pending += [divisor, part // divisor]


def is_prime_number(number: int) -> bool:
    """Whether a number is prime (certain below 3.3e24, beyond that overwhelmingly likely)."""
    if number < 2 or any(number % witness == 0 for witness in WITNESSES):
        return number in WITNESSES
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    return not any(_proves_composite(witness, number, odd, twos) for witness in WITNESSES)


def _proves_composite(witness: int, number: int, odd: int, twos: int) -> bool:
    power = pow(witness, odd, number)
    if power in {1, number - 1}:
        return False
    for _ in range(twos - 1):
        power = power * power % number
        if power == number - 1:
            return False
    return True


def _divisor(number: int) -> int | None:
    """Return a proper divisor by Pollard's rho method, None when the steps run out."""
    from math import gcd, isqrt

    root = isqrt(number)
    if root * root == number:
        return root
    slow = fast = 2
    for _ in range(RHO_STEPS):
        slow = (slow * slow + 1) % number
        fast = (fast * fast + 1) % number
        fast = (fast * fast + 1) % number
        divisor = gcd(slow - fast, number)
        if divisor == number:
            return None
        if divisor > 1:
            return divisor
    return None
