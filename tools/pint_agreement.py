"""Compare every unit that Pint defines with ours: dimension, scale and zero point.

    python -m tools.pint_agreement

Dimensions must agree but for radian, steradian and bit, which are plain numbers to Pint. Scales are compared
with Pint computing in fractions, where they must be equal, and in decimals of 50 digits where a root makes
them irrational. Decibels and their like are compared by what a value in them converts to.
"""

from __future__ import annotations

import logging
import sys
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import product
from random import Random
from typing import TYPE_CHECKING, Any

from tools.generate_unit_table import SKIPPED
from typedml.algebra.errors import UnitError
from typedml.algebra.lexicon import Entry, split
from typedml.algebra.monomial import LEVEL, is_scale
from typedml.algebra.registry import Registry

if TYPE_CHECKING:
    from typedml.algebra.lexicon import Lexicon

DIGITS = 50
TOLERANCE = Decimal("1e-40")
# Pint's own pi has 50 decimals; with the same one its fractions must come out equal.
PI = "3.1415926535897932384626433832795028841971693993751"
ATOMS = {
    "meter": "m", "second": "s", "ampere": "A", "candela": "cd", "gram": "kg", "mole": "mol", "kelvin": "K",
    "radian": "rad",
}  # fmt: skip
ORDER = (
    "compared",
    "exact",
    "exact but for pi",
    "with roots",
    "levels",
    "with rad or bit",
    "refused as traps",
)
# What Pint takes for a plain number and we do not.
NOT_NUMBERS = frozenset({"rad", "bit"})
# Pint's names of numbers, which it keeps as if they were base units.
NUMBERS = frozenset({"count", "refractive_index_unit", "absorbance_unit"})
LOGARITHMIC = frozenset({LEVEL, "octave"})


@dataclass
class Agreement:
    """The outcome: how many names were compared in which way, and the disagreements."""

    counts: Counter[str] = field(default_factory=Counter)
    disagreements: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    @property
    def compared(self) -> int:
        """How many names were compared."""
        return self.counts["compared"]

    def lines(self) -> list[str]:
        """Return the figures, one a line."""
        shown = [f"{self.counts[name]:5d} {name}" for name in ORDER]
        shown += [f"{len(self.disagreements):5d} disagreements", *self.disagreements]
        return [*shown, f"{len(self.skipped):5d} skipped: {', '.join(self.skipped)}"]


class Pint:
    """Pint's answers, in fractions and in decimals."""

    def __init__(self) -> None:
        import pint

        logging.getLogger("pint").setLevel(logging.ERROR)
        self.fractions: Any = pint.UnitRegistry(non_int_type=Fraction)
        with localcontext() as context:
            context.prec = DIGITS
            self.decimals: Any = pint.UnitRegistry(non_int_type=Decimal)
        self.floats: Any = pint.UnitRegistry()

    def names(self) -> list[str]:
        """Return every name that Pint defines."""
        return sorted(self.fractions._units)

    def root(self, name: str, registry: Any) -> tuple[Any, dict[str, Fraction]]:
        """Return the factor to our base units, and their exponents."""
        container = registry.UnitsContainer({registry.get_name(name): 1})
        factor, units = registry._get_root_units(container, check_nonmult=False)
        grams = units.get("gram", 0)
        if grams:
            factor = factor * type(factor)(10) ** (-3 * grams)
        known = {base: power for base, power in units.items() if base not in NUMBERS}
        exponents = {ATOMS.get(base, base): Fraction(power) for base, power in known.items()}
        return factor, {base: power.limit_denominator(100) for base, power in exponents.items()}


def compare() -> Agreement:
    """Compare every name."""
    with localcontext() as context:
        context.prec = DIGITS
        return _compare_all(Pint(), Registry())


def _compare_all(theirs: Pint, ours: Registry) -> Agreement:
    result = Agreement()
    for name in theirs.names():
        entry = ours._lexicon.find(name)
        if entry is None:
            known = theirs.fractions.get_name(name) in SKIPPED
            (result.skipped if known else result.disagreements).append(name)
            continue
        result.counts["compared"] += 1
        result.counts["refused as traps"] += _refused(ours, name)
        fault = _compare(name, entry, theirs, result.counts)
        if fault:
            result.disagreements.append(f"{name}: {fault}")
    return result


def _refused(registry: Registry, name: str) -> bool:
    try:
        registry.unit(name)
    except UnitError:
        return True
    return False


def _compare(name: str, entry: Entry, theirs: Pint, counts: Counter[str]) -> str:
    """Return what differs, counting how the name was compared."""
    if LOGARITHMIC & set(entry.vector.atoms):
        counts["levels"] += 1
        return _compare_level(name, entry, theirs)
    factor, exponents = theirs.root(name, theirs.fractions)
    dimension = {atom: Fraction(e) for atom, e in entry.vector.items if not is_scale(atom)}
    if NOT_NUMBERS & set(dimension):
        counts["with rad or bit"] += 1
    if _without_numbers(dimension) != _without_numbers(exponents):
        return f"dimension {entry.vector} against {exponents}"
    return _compare_scale(name, entry, factor, theirs, counts) or _compare_origin(name, entry, theirs)


def _without_numbers(dimension: dict[str, Fraction]) -> dict[str, Fraction]:
    return {atom: exponent for atom, exponent in dimension.items() if atom not in NOT_NUMBERS and exponent}


def _compare_scale(name: str, entry: Entry, factor: Any, theirs: Pint, counts: Counter[str]) -> str:
    scale = entry.vector.only(is_scale)
    if all(exponent.denominator == 1 for _, exponent in scale.items):
        ours = Fraction(1)
        for atom, exponent in scale.items:
            ours *= Fraction(PI if atom == "pi" else atom) ** int(exponent)
        counts["exact but for pi" if scale.exponent("pi") else "exact"] += 1
        if isinstance(factor, (int, Fraction)):
            return "" if ours == factor else f"scale {float(ours)} against {factor}"
    else:
        counts["with roots"] += 1
    value, other = evaluate(entry), Decimal(theirs.root(name, theirs.decimals)[0])
    return "" if abs(value / other - 1) < TOLERANCE else f"scale {value} against {other}"


def evaluate(entry: Entry) -> Decimal:
    """Return the scale in the precision of the current decimal context."""
    value = Decimal(1)
    for atom, exponent in entry.vector.only(is_scale).items:
        power = Decimal(exponent.numerator) / Decimal(exponent.denominator)
        value *= Decimal(PI if atom == "pi" else atom) ** power
    return value


def _compare_origin(name: str, entry: Entry, theirs: Pint) -> str:
    definition = theirs.fractions._units[name]
    offset = getattr(definition.converter, "offset", 0)
    ours = entry.origin or 0
    return "" if ours == offset else f"origin {ours} against {offset}"


def _compare_level(name: str, entry: Entry, theirs: Pint) -> str:
    """Compare what values in a logarithmic unit convert to, as multiples of its reference."""
    registry = theirs.floats
    base = 10 ** (1 / 10) if LEVEL in entry.vector.atoms else 2.0
    size = float(evaluate(entry))
    reference = registry.Quantity(0, name).to_base_units().magnitude
    for value in (-3.0, 1.0, 2.5):
        ratio = registry.Quantity(value, name).to_base_units().magnitude / reference
        if abs(ratio / base ** (value * size) - 1) > 1e-12:
            return f"{value} is the ratio {ratio}, not {base ** (value * size)}"
    return ""


def resolution_differences(sample: int, seed: int = 0) -> tuple[int, list[str]]:
    """Compare how prefixes and plurals are taken apart, on a sample of all combinations."""
    theirs, lexicon = Pint().fractions, Registry()._lexicon
    multiplied = [name for name, unit in theirs._units.items() if unit.is_multiplicative]
    defined = [name for name in sorted(multiplied) if lexicon.canonical(name) and name[:6] != "delta_"]
    whole = list(product(sorted(theirs._prefixes), defined, ("", "s")))
    chosen = Random(seed).sample(whole, min(sample, len(whole)))
    names = ["".join(parts) for parts in chosen]
    differences = [name for name in names if _resolve(name, lexicon) != _resolution(name, theirs, lexicon)]
    return len(chosen), [name for name in differences if not _is_ours(name, lexicon, theirs)]


def _resolve(name: str, lexicon: Lexicon) -> tuple[str, str] | None:
    parts = split(name, lexicon.canonical, lexicon.prefixes)
    return None if parts is None else (lexicon.prefixes.get(parts[0], "1"), parts[1])


def _resolution(name: str, registry: Any, lexicon: Lexicon) -> tuple[str, str] | None:
    """Return Pint's first reading; a name that it defines is read as such."""
    if name in registry._units:
        return "1", registry._units[name].name
    found = registry.parse_unit_name(name)
    return (lexicon.prefixes.get(found[0][0], "1"), found[0][1]) if found else None


def _is_ours(name: str, lexicon: Lexicon, registry: Any) -> bool:
    """Whether the name is, or ends in, one of our additions, or a number that is skipped."""
    parts = split(name, lexicon.canonical, lexicon.prefixes)
    if parts is None:
        return name.removesuffix("s").endswith(("electron_g_factor", "g_e"))
    return parts[1] not in registry._units


def main() -> int:
    """Print the figures; exit with 1 if there is a disagreement."""
    result = compare()
    print("\n".join(result.lines()))
    count, differences = resolution_differences(5000)
    print(f"{count:5d} prefixes and plurals taken apart, {len(differences)} differently", *differences)
    return 1 if result.disagreements or differences else 0


if __name__ == "__main__":
    sys.exit(main())
