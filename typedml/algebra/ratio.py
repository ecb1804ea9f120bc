"""The ratio of two units: what a value is multiplied with to be converted."""

from __future__ import annotations

from typedml.algebra.monomial import PI, Monomial, magnitude
from typedml.algebra.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction

# A power of more bits than this is computed in floating point only: it would overflow anyway.
EXACT_BITS = 20_000


class Ratio(Value):
    """A conversion `y = x * factor + offset`, exact as long as it can be.

    `vector` is the factor as a product of primes and pi; `float(ratio)` is the nearest float that its exact
    part allows. `offset` is the shift between two zero points in units of the target, None where the two
    have differently *named* origins ("re 1 mW" and "re 1 W"), between which nothing converts.
    """

    __slots__ = ("offset", "vector")
    vector: Monomial
    offset: Fraction | None

    def __init__(self, vector: Monomial, offset: Fraction | None) -> None:
        self._fill(vector=vector, offset=offset)

    @property
    def exact(self) -> Fraction | None:
        """The factor as a fraction, None where it is irrational (pi, roots) or astronomically large."""
        if any(atom == PI or e.denominator != 1 for atom, e in self.vector.items):
            return None
        if _bits(self.vector) > EXACT_BITS:
            return None
        return _fraction(self.vector)

    def __float__(self) -> float:
        whole = self.vector.without(lambda atom: atom == PI or self.vector.exponent(atom).denominator != 1)
        rest = self.vector / whole
        try:
            start = float(_fraction(whole)) if _bits(whole) <= EXACT_BITS else _approximate(whole)
            return start * _approximate(rest)
        except OverflowError:
            return float("inf")


def _bits(vector: Monomial) -> float:
    return sum(float(magnitude(e)) * len(atom) * 3.33 for atom, e in vector.items)


def _fraction(vector: Monomial) -> Fraction:
    from fractions import Fraction

    result = Fraction(1)
    for atom, exponent in vector.items:
        result *= Fraction(int(atom)) ** int(exponent)
    return result


def _approximate(vector: Monomial) -> float:
    from math import exp, fsum, log, pi

    if len(vector.items) == 1:
        ((atom, exponent),) = vector.items
        return float((pi if atom == PI else int(atom)) ** exponent)
    return exp(fsum(float(e) * log(pi if atom == PI else int(atom)) for atom, e in vector.items))
