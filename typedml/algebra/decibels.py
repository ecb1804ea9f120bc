"""Logarithmic units: decibels as levels re a reference, and as gains when there is none.

>>> watt = Unit(Monomial({"kg": 1, "m": 2, "s": -3}), Monomial({"W": 1}))
>>> decibels(watt, 10), str(reference(decibels(watt, 10)))
(<Unit dBW>, 'W')
"""

from __future__ import annotations

from typedml.algebra.errors import UnitError
from typedml.algebra.lexicon import Entry
from typedml.algebra.monomial import LEVEL, Monomial, is_scale, quotient
from typedml.algebra.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

PREFIXES = {-12: "p", -9: "n", -6: "µ", -3: "m", 0: "", 3: "k", 6: "M", 9: "G"}
DIGITS = 40
SYMBOLS = {
    "W": Monomial({"kg": 1, "m": 2, "s": -3}),
    "V": Monomial({"kg": 1, "m": 2, "s": -3, "A": -1}),
    "A": Monomial({"A": 1}),
    "Pa": Monomial({"kg": 1, "m": -1, "s": -2}),
    "J": Monomial({"kg": 1, "m": 2, "s": -2}),
}
"""The dimensions of references that have a symbol of their own."""

AMPLITUDES = frozenset(SYMBOLS[name] for name in ("V", "A", "Pa"))
"""Dimensions whose square is proportional to a power: their decibels are 20 log10."""

POWERS = frozenset(SYMBOLS[name] for name in ("W", "J")) | {each**2 for each in AMPLITUDES}
"""Dimensions of powers and energies, and of squared amplitudes: their decibels are 10 log10."""

NAMES = {"re 1 mW": "dBm", "re 1 W": "dBW"}
"""What levels are called that have a name."""


def level(modifiers: Mapping[str, Fraction], reference: Monomial) -> Entry:
    """Return the entry of `reference; logbase: ...; logfactor: ...`: a point in dB with a named origin.

    With the reference 1 there is no origin: a gain. Raises: UnitError where a modifier is missing.
    """
    if set(modifiers) != {"logbase", "logfactor"}:
        raise UnitError(
            "A logarithmic unit needs both a base and a factor", 'write "; logbase: 10; logfactor: 10"'
        )
    vector = _size(modifiers["logbase"], modifiers["logfactor"])
    factor = 20 if modifiers["logfactor"] == 20 and _dimension(reference) not in AMPLITUDES else 10
    return Entry(vector, _origin(reference ** quotient(factor, 10)) if reference else None)


def decibels(of: Unit, factor: int) -> Unit | None:
    """Return the unit of `factor * log10` of a quantity, 10 of a power or 20 of an amplitude.

    None where the quantity is known to be the other of the two.
    """
    wrong = AMPLITUDES if factor == 10 else POWERS
    if _dimension(of.vector) in wrong:
        return None
    root = of.vector ** quotient(factor, 20)
    origin = _origin(root if _dimension(root) in AMPLITUDES else of.vector ** quotient(factor, 10))
    name = NAMES.get(origin, f"{factor}*log10({of})")
    return Unit(Monomial({LEVEL: 1}), Monomial({name: 1}), origin)


def reference(of: Unit, factor: int = 10) -> Unit | None:
    """Return the unit of `10 ** (L / factor)`, L a level in decibels; None where there is no reference."""
    if not is_decibel_level(of):
        return None
    text = str(of.origin).removeprefix("re ")
    prefix, symbol = _split(text)
    vector = Monomial({"2": prefix, "5": prefix}) * SYMBOLS[symbol] if symbol else Monomial.parse(text)
    spelling = Monomial({text[2:]: 1}) if symbol else vector
    if _dimension(vector) in AMPLITUDES:
        vector, spelling = vector**2, spelling**2
    exponent = quotient(10, factor)
    return Unit(vector**exponent, (_written(of) or spelling) ** exponent)


def _written(of: Unit) -> Monomial | None:
    """Return the reference as it stands in a level that is spelled `20*log10(km)`, as a power."""
    factor, star, rest = str(of).partition("*log10(")
    return argument(rest[:-1]) ** quotient(int(factor), 10) if star else None


def argument(text: str) -> Monomial:
    """Return the spelling of the unit in the parentheses of a logarithm."""
    from typedml.algebra.grammar import parse

    try:
        return parse(text, variables=True).vector
    except UnitError:
        return Monomial({text: 1})


def is_decibel_level(unit: Unit) -> bool:
    """Say whether a unit is that of a level in decibels re a reference."""
    return isinstance(unit.origin, str) and unit.origin.startswith("re ") and unit.vector == ONE_DECIBEL


ONE_DECIBEL = Monomial({LEVEL: 1})


def _size(base: Fraction, factor: Fraction) -> Monomial:
    """Return one unit in dB: 10 log10(base) / factor; 20 log10 of amplitudes is a decibel too."""
    if base == 10 and factor in {10, 20}:
        return ONE_DECIBEL
    if base <= 1:
        raise UnitError("The base of a logarithmic unit is not above 1", 'write "; logbase: 10"')
    from decimal import Decimal, localcontext
    from fractions import Fraction

    from typedml.algebra.factors import fraction_factors

    with localcontext() as context:
        context.prec = DIGITS
        log = (Decimal(base.numerator) / Decimal(base.denominator)).log10()
        size = Fraction(log) * 10 / factor
    return Monomial(fraction_factors(size)) * ONE_DECIBEL


def _origin(reference: Monomial) -> str:
    """Write a reference in one way: 1e-3 watt as "re 1 mW", what has no symbol as its vector."""
    prefix, scale = reference.exponent("2"), reference.only(is_scale)
    symbol = next((name for name, known in SYMBOLS.items() if known == _dimension(reference)), None)
    if symbol is None or prefix not in PREFIXES or scale != Monomial({"2": prefix, "5": prefix}):
        return f"re {reference}"
    return f"re 1 {PREFIXES[int(prefix)]}{symbol}"


def _dimension(vector: Monomial) -> Monomial:
    return vector.without(is_scale)


def _split(text: str) -> tuple[int, str]:
    """Return the power of ten and the symbol of "1 mW"; no symbol where the text is a vector."""
    pairs = ((power, symbol) for power in PREFIXES for symbol in SYMBOLS)
    return next((pair for pair in pairs if f"1 {PREFIXES[pair[0]]}{pair[1]}" == text), (0, ""))
