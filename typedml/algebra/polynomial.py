"""Polynomials over the parts of an expression, and proofs that one is never negative.

>>> w, a, b = (atom(name) for name in "wab")
>>> mixture = plus(times(w, a), times(minus(ONE, w), b))
>>> share = {name: Range(0, 1) for name in "wab"}
>>> never_negative(minus(ONE, mixture), share)
True

A polynomial is a mapping from monomials to rational coefficients. The proof writes it in a basis that is
non-negative on the ranges of its atoms - Bernstein's on a bounded range, powers of the distance from its end
on a half-line, even powers on the whole line - and reads the signs of the coefficients (S. Bernstein, 1912;
exact where every atom occurs to the first power). It never says yes to what may be negative.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb, inf, prod

from typedml.algebra.monomial import ONE as NOTHING
from typedml.algebra.monomial import Monomial
from typedml.algebra.ranges import Range

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import TypeAlias

Polynomial: TypeAlias = dict[Monomial, Fraction]

LARGEST = 60
"""Terms; beyond that nobody recognises a shape."""
HIGHEST = 6
"""The highest power of an atom."""
MOST_COEFFICIENTS = 1024
"""Of a basis over all atoms together."""
FAR = 1000
"""What stands in for an end that is free, where a sign is looked for."""

ZERO: Polynomial = {}
ONE: Polynomial = {NOTHING: Fraction(1)}


def atom(name: str) -> Polynomial:
    """Return the polynomial that is one atom."""
    return {Monomial({name: 1}): Fraction(1)}


def constant(value: int | float) -> Polynomial:
    """Return a number as it is written: 0.1 is a tenth."""
    number = Fraction(value) if isinstance(value, int) else Fraction(repr(value))
    return {NOTHING: number} if number else {}


def plus(left: Polynomial, right: Polynomial) -> Polynomial:
    """Return the sum."""
    found = dict(left)
    for monomial, coefficient in right.items():
        _add(found, monomial, coefficient)
    return found


def _add(found: Polynomial, monomial: Monomial, coefficient: Fraction) -> None:
    """Add one term in place, for what has not been handed out yet."""
    total = found.pop(monomial, 0) + coefficient
    if total:
        found[monomial] = total


def scaled(polynomial: Polynomial, factor: Fraction) -> Polynomial:
    """Return a rational multiple."""
    return {monomial: coefficient * factor for monomial, coefficient in polynomial.items()} if factor else {}


def minus(left: Polynomial, right: Polynomial) -> Polynomial:
    """Return the difference."""
    return plus(left, scaled(right, Fraction(-1)))


def times(left: Polynomial, right: Polynomial) -> Polynomial:
    """Return the product."""
    found: Polynomial = {}
    for monomial, coefficient in right.items():
        for each, own in left.items():
            _add(found, each * monomial, own * coefficient)
    return found


def is_small(polynomial: Polynomial) -> bool:
    """Say whether the polynomial is one that a shape is looked for in."""
    highest = max((exponent for each in polynomial for _, exponent in each.items), default=0)
    return len(polynomial) <= LARGEST and highest <= HIGHEST


def atoms_of(*polynomials: Polynomial) -> list[str]:
    """Return the atoms that occur, in order."""
    return sorted({name for each in polynomials for monomial in each for name in monomial.atoms})


def never_negative(polynomial: Polynomial, ranges: Mapping[str, Range]) -> bool:
    """Say whether a proof is found that the polynomial is nowhere negative on the box of `ranges`."""
    degrees = {name: int(max(each.exponent(name) for each in polynomial)) for name in atoms_of(polynomial)}
    spans = {name: ranges[name] for name in degrees}
    if min(polynomial.values(), default=0) >= 0 and all(span.low >= 0 for span in spans.values()):
        return all(span.low < inf for span in spans.values())
    if any(span.low == inf or span.high == -inf for span in spans.values()):
        return False
    # Most of what is asked is false, and shows it where all atoms are at one of their ends.
    if any(_value(polynomial, point) < 0 for point in _corners(spans)):
        return False
    if prod(degree + 1 for degree in degrees.values()) > MOST_COEFFICIENTS:
        return False
    for name, degree in degrees.items():
        polynomial = _rewritten(polynomial, name, degree, spans[name])
    return all(coefficient >= 0 for coefficient in polynomial.values())


def _corners(spans: Mapping[str, Range]) -> Iterator[dict[str, Fraction]]:
    """Yield a few points of the box; a free end is stood in for by what is a thousand away."""
    ends = {name: _ends(span.low, span.high) for name, span in spans.items()}
    for turn in ((0, 0), (1, 1), (0, 1), (1, 0)):
        yield {name: end[turn[place % 2]] for place, (name, end) in enumerate(ends.items())}


def _ends(low: float, high: float) -> tuple[Fraction, Fraction]:
    first = Fraction(low) if low > -inf else Fraction(min(high, 0.0)) - FAR
    return first, (Fraction(high) if high < inf else Fraction(max(low, 0.0)) + FAR)


def _value(polynomial: Polynomial, point: Mapping[str, Fraction]) -> Fraction:
    found = Fraction(0)
    for monomial, coefficient in polynomial.items():
        for name, exponent in monomial.items:
            coefficient *= point[name] ** int(exponent)
        found += coefficient
    return found


def _rewritten(polynomial: Polynomial, name: str, degree: int, span: Range) -> Polynomial:
    """Return the coefficients in a basis that is non-negative where the atom is in `span`.

    Powers of the atom stay as places of the basis; on the whole line an odd power can have any sign.
    """
    low, high = span.low, span.high
    if low == -inf and high == inf:
        return _on_the_line(polynomial, name)
    if low == -inf:
        polynomial = _substituted(polynomial, name, Fraction(high), Fraction(-1))
    elif low != 0 or high not in (1, inf):
        width = Fraction(high) - Fraction(low) if high != inf else Fraction(1)
        polynomial = _substituted(polynomial, name, Fraction(low), width)
    return polynomial if inf in (-low, high) else _bernstein(polynomial, name, degree)


def _on_the_line(polynomial: Polynomial, name: str) -> Polynomial:
    # An odd power is made to fail by a coefficient of each sign.
    odd = any(int(monomial.exponent(name)) % 2 for monomial in polynomial)
    return {NOTHING: Fraction(-1)} if odd else polynomial


def _substituted(polynomial: Polynomial, name: str, start: Fraction, width: Fraction) -> Polynomial:
    """Return the polynomial with `start + width * x` in place of x."""
    line = plus({NOTHING: start} if start else {}, scaled(atom(name), width))
    powers = [ONE]
    found: Polynomial = {}
    for monomial, coefficient in polynomial.items():
        exponent = int(monomial.exponent(name))
        while len(powers) <= exponent:
            powers.append(times(powers[-1], line))
        rest = monomial / Monomial({name: exponent})
        for each, own in powers[exponent].items():
            _add(found, each * rest, own * coefficient)
    return found


def _bernstein(polynomial: Polynomial, name: str, degree: int) -> Polynomial:
    """Return the coefficients in Bernstein's basis of `degree` on [0, 1]; the i-th stands at x ** i."""
    found: Polynomial = {}
    for monomial, coefficient in polynomial.items():
        power = int(monomial.exponent(name))
        rest = monomial / Monomial({name: power})
        for place in range(power, degree + 1):
            share = Fraction(comb(place, power), comb(degree, power))
            _add(found, rest * Monomial({name: place}), coefficient * share)
    return found
