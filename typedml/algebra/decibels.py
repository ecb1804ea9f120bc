"""Logarithmic units: decibels as levels re a reference, and as gains when there is none."""

from __future__ import annotations

from typedml.algebra.errors import UnitError
from typedml.algebra.lexicon import Entry
from typedml.algebra.monomial import LEVEL, Monomial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

PREFIXES = {-12: "p", -9: "n", -6: "µ", -3: "m", 0: "", 3: "k", 6: "M", 9: "G"}
DIGITS = 40


def level(modifiers: Mapping[str, Fraction], reference: Monomial, written: str) -> Entry:
    """Return the entry of `reference; logbase: ...; logfactor: ...`: a point in dB with a named origin.

    With the reference 1 there is no origin: a gain. Raises: UnitError where a modifier is missing.
    """
    if set(modifiers) != {"logbase", "logfactor"}:
        raise UnitError(
            "A logarithmic unit needs both a base and a factor", 'write "; logbase: 10; logfactor: 10"'
        )
    vector = _size(modifiers["logbase"], modifiers["logfactor"])
    return Entry(vector, f"re {_reference(written)}" if reference else None)


def _size(base: Fraction, factor: Fraction) -> Monomial:
    """Return one unit in dB: 10 log10(base) / factor; 20 log10 of amplitudes is a decibel too."""
    one = Monomial({LEVEL: 1})
    if base == 10 and factor in {10, 20}:
        return one
    if base <= 1:
        raise UnitError("The base of a logarithmic unit is not above 1", 'write "; logbase: 10"')
    from decimal import Decimal, localcontext
    from fractions import Fraction

    from typedml.algebra.factors import fraction_factors

    with localcontext() as context:
        context.prec = DIGITS
        log = (Decimal(base.numerator) / Decimal(base.denominator)).log10()
        size = Fraction(log) * 10 / factor
    return Monomial(fraction_factors(size)) * one


def _reference(written: str) -> str:
    """Write a reference in one way: `1e-3 watt` as "1 mW"."""
    from typedml.algebra.grammar import parse_definition
    from typedml.algebra.monomial import is_prime
    from typedml.algebra.unit import spell

    vector = parse_definition(written).vector
    unit = vector.without(is_prime)
    twos, fives = vector.exponent("2"), vector.exponent("5")
    symbol = SYMBOLS.get(str(unit), spell(unit))
    if twos == fives and twos in PREFIXES and vector.only(is_prime).atoms in {(), ("2", "5")}:
        return f"1 {PREFIXES[int(twos)]}{symbol}"
    return f"{spell(vector.only(is_prime))} {symbol}"


SYMBOLS = {"watt": "W", "volt": "V", "pascal": "Pa", "ampere": "A", "milliwatt": "mW", "microwatt": "µW"}
