"""The coefficient of a product of powers in coherent units, and what it says when it is another one."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction

import attrs

from typedml.algebra.unit import Unit
from typedml.laws.breach import Breach, Side
from typedml.laws.case import Case
from typedml.laws.diagnosis import CLOSE, diagnose
from typedml.laws.feature import Feature
from typedml.laws.inputs import Input, scalable_unit
from typedml.laws.monomials import Group, Monomial
from typedml.laws.outcome import Output
from typedml.laws.physical import UNSCALED, size

# A law takes 0.278 for 1/3.6; more digits than these leave no doubt.
ROUNDED = 1e-5
# Days of the years that people reckon with; a unit `year` is the Julian one.
YEARS, JULIAN = (365, 366, 365.2425, 365.2422), 365.25


def is_comparable(monomial: Monomial) -> bool:
    """True where every input has a declared unit, dimensions balance, and not all are pure numbers."""
    out, meaning = scalable_unit(monomial.output.meaning), monomial.output.meaning
    if out is None or meaning is None or meaning.integral:
        return False
    if any(group[0].unit is None and group[0].absolute_zero is None for group in monomial.exponents):
        return False
    units = [out, *(unit_of(group[0]) for group in monomial.exponents)]
    return not all(unit.is_number for unit in units) and _balances(out, monomial.exponents.items())


def _balances(out: Unit, factors: Iterable[tuple[Group, Fraction]]) -> bool:
    """True where the dimensions of the inputs give that of the output, angles and levels aside."""
    left: dict[str, Fraction] = {}
    for unit, exponent in [(out, Fraction(-1)), *((unit_of(group[0]), power) for group, power in factors)]:
        for atom, power in unit.dimension.items:
            left[atom] = left.get(atom, Fraction(0)) + Fraction(power) * exponent
    return all(power == 0 or atom in UNSCALED - {"bit"} for atom, power in left.items())


def is_turned_over(monomial: Monomial) -> bool:
    """True where the result counts exactly the inverse of what it says: persons for each case, not cases."""
    out = scalable_unit(monomial.output.meaning)
    declared = dict(out.tags.items) if out is not None else {}
    counted: dict[str, Fraction] = {}
    for group, exponent in monomial.exponents.items():
        for tag, power in unit_of(group[0]).tags.items:
            counted[tag] = counted.get(tag, Fraction(0)) + Fraction(power) * exponent
    told = {tag: power for tag, power in counted.items() if power}
    return bool(told) and told == {tag: -Fraction(power) for tag, power in declared.items()}


def turned_over(feature: Feature, case: Case, monomial: Monomial) -> Breach:
    """The breach of an output that is the inverse of what is declared."""
    label, meaning = monomial.output.label, monomial.output.meaning
    return Breach(
        statement=f"`{label}` must be in {meaning}, but `{_formula(monomial)}` is the inverse of that.",
        sides=(Side("called with", case, feature.outcome(case)),),
        marks={label: ~monomial.output.null},
        diagnosis="numerator and denominator are exchanged.",
        hint="turn the ratio over, or the unit that is declared.",
    )


def unit_of(source: Input) -> Unit:
    """The unit of an input, of a temperature that of its differences; 1 where it has none."""
    if source.absolute_zero is not None and source.meaning is not None:
        return source.meaning.unit.delta()
    return source.unit or Unit.number()


def in_base_units(raw: float, monomial: Monomial) -> float:
    """A coefficient of numbers as one of quantities: what it is when all are in base units."""
    out = scalable_unit(monomial.output.meaning)
    assert out is not None
    factor = raw * size(out)
    for group, exponent in monomial.exponents.items():
        factor /= size(unit_of(group[0])) ** float(exponent)
    return factor


def is_declared(factor: float, declared: float | None) -> bool:
    """True where a coefficient is 1, or the one that is declared."""
    return math.isclose(factor, 1.0 if declared is None else declared, rel_tol=CLOSE)


def roughness(factor: float) -> str:
    """What a coefficient that passes for 1 may be, where it is farther off than by rounding."""
    if math.isclose(factor, 1.0, rel_tol=ROUNDED):
        return ""
    years = (f"{days:g} days for a year of 365.25" for days in YEARS if _is_near(factor, days / JULIAN))
    why = next(years, "a constant of few digits?")
    return f"{factor:.7g} times its coherent value from that value ({why})"


def _is_near(factor: float, ratio: float) -> bool:
    return any(math.isclose(factor, each, rel_tol=ROUNDED / 10) for each in (ratio, 1 / ratio))


def incoherent(feature: Feature, case: Case, monomial: Monomial, factor: float) -> Breach:
    """The breach of an output that is `factor` times its coherent value."""
    label, known = monomial.output.label, feature.options.coefficient
    found = diagnose(factor, _units(monomial))
    said = f" ({found})" if found else ""
    return Breach(
        statement=f"{label} = {factor:.6g} x its coherent value{said}.\n`{_formula(monomial)}` must have the "
        f"coefficient {1.0 if known is None else known:g} in coherent units.",
        sides=(Side("called with", case, feature.outcome(case)),),
        marks={label: ~monomial.output.null},
        expected=(_coherent(monomial, factor / (known or 1.0)),),
        diagnosis=f"a conversion is missing or done twice: {found}" if "->" in found else "",
        hint=_hint(found, factor),
    )


def _units(monomial: Monomial) -> list[Unit]:
    out = scalable_unit(monomial.output.meaning)
    inputs = [unit_of(source) for group in monomial.exponents for source in group]
    return inputs + ([out] if out is not None else [])


def _hint(found: str, factor: float) -> str:
    own = f"if the formula has a constant of its own, declare @feature(coefficient={factor:.6g})."
    if "->" not in found or "(" in found:
        return own
    source, target = found.split(": ")[-1].rstrip("?").split(" -> ")
    return f'convert(..., "{source}", "{target}") where it is due; {own}'


def _formula(monomial: Monomial) -> str:
    """The product of powers as people write it: distance / air_time."""
    over = [_power(group[0].name, e) for group, e in monomial.exponents.items() if e > 0]
    under = [f" / {_power(group[0].name, -e)}" for group, e in monomial.exponents.items() if e < 0]
    return (" * ".join(over) or "1") + "".join(under)


def _power(name: str, exponent: Fraction) -> str:
    if exponent == 1:
        return name
    return f"{name}**{exponent}" if exponent.denominator == 1 else f"{name}**({exponent})"


def _coherent(monomial: Monomial, factor: float) -> Output:
    return attrs.evolve(monomial.output, values=monomial.output.numbers / factor)
