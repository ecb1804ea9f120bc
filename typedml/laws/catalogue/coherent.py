"""The law `coherent`: a forgotten conversion within one dimension, which no scaling can see.

Minutes for hours is a dimensionless 60. But a formula that is a product of powers has, in coherent units, a
coefficient of 1 unless it says otherwise; and a mean of equal values is that value.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction

import numpy as np

from typedml.algebra.unit import Unit
from typedml.declare.declared import DeclaredFunction
from typedml.laws.breach import Breach, Side, Verdict, Wanting
from typedml.laws.case import Case
from typedml.laws.diagnosis import CLOSE, confusion, diagnose
from typedml.laws.equalised import equalised, like_groups, spread
from typedml.laws.feature import Feature
from typedml.laws.generate import another
from typedml.laws.inputs import Input, inputs_of, scalable_unit
from typedml.laws.monomials import Group, Monomial, coefficient, constant, monomials
from typedml.laws.outcome import Output, Raised
from typedml.laws.physical import UNSCALED, size
from typedml.laws.points import maps_points
from typedml.laws.signature import output_declarations

SIZES = (2, 5)
CONFIRMATIONS = 4


def coherent(feature: Feature, case: Case) -> Verdict:
    """A product of powers has the coefficient 1 in coherent units, or the declared one; a mean of equal values is
    that value; a map from points to points is the identity on what they stand for."""
    if isinstance(feature.outcome(case), Raised):
        return Wanting("a table on which it does not raise")
    point = maps_points(feature, case)
    if point is not None:
        return point
    direct = _products(feature, case)
    if isinstance(direct, Breach):
        return direct
    mean = _means(feature, case, skip=direct)
    if isinstance(mean, Breach):
        return mean
    return None if direct or mean else Wanting("a formula that is a product of powers, a mean or a mixture")


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which no coefficient has a meaning."""
    outputs = [scalable_unit(output.meaning) for output in output_declarations(declared)]
    points = [output for output in output_declarations(declared) if output.meaning is not None]
    if not any(unit is not None for unit in outputs) and not points:
        return "a unit of the result"
    return None if any(source.meaning is not None for source in inputs_of(declared)) else "a unit of an input"


def _products(feature: Feature, case: Case) -> Breach | set[str]:
    """Judge the outputs that are monomials in their inputs; return the labels of those that are coherent."""
    groups: list[Group] = [(source,) for source in feature.inputs if source.is_number and not source.is_point]
    judged = set()
    for monomial in monomials(feature, case, groups):
        raw = constant(coefficient(case, monomial))
        if raw is None or not _is_comparable(monomial):
            continue
        factor = in_base_units(raw, monomial)
        if not _is_declared(factor, feature.options.coefficient) and _recurs(feature, case, monomial, raw):
            return _breach(feature, case, monomial, factor)
        judged.add(monomial.output.label)
    return judged


def _recurs(feature: Feature, case: Case, monomial: Monomial, raw: float) -> bool:
    """True where other inputs give the same coefficient: it depends on nothing, a cosine or a choice included."""
    for trial in range(CONFIRMATIONS):
        other = another(case, feature.inputs, trial)
        outcome = feature.outcome(other)
        outputs = () if isinstance(outcome, Raised) else outcome.outputs
        found = [Monomial(o, monomial.exponents) for o in outputs if o.label == monomial.output.label]
        again = constant(coefficient(other, found[0])) if found else None
        if again is None or not math.isclose(again, raw, rel_tol=CLOSE):
            return False
    return True


def _is_declared(factor: float, declared: float | None) -> bool:
    return math.isclose(factor, 1.0 if declared is None else declared, rel_tol=CLOSE)


def in_base_units(raw: float, monomial: Monomial) -> float:
    """A coefficient of numbers as a coefficient of quantities: what it is when all are in base units."""
    out = scalable_unit(monomial.output.meaning)
    assert out is not None
    sizes = (size(_unit(group[0])) ** float(exponent) for group, exponent in monomial.exponents.items())
    return raw * size(out) / math.prod(sizes)


def _unit(source: Input) -> Unit:
    return source.unit or Unit.number()


def _is_comparable(monomial: Monomial) -> bool:
    """True where every input has a declared unit, dimensions balance, and not all are pure numbers."""
    out = scalable_unit(monomial.output.meaning)
    meaning = monomial.output.meaning
    if out is None or meaning is None or meaning.integral:
        return False
    if any(group[0].unit is None for group in monomial.exponents):
        return False
    units = [out, *(_unit(group[0]) for group in monomial.exponents)]
    return not all(unit.is_number for unit in units) and _balances(out, monomial.exponents.items())


def _balances(out: Unit, factors: Iterable[tuple[Group, Fraction]]) -> bool:
    left: dict[str, Fraction] = {}
    for unit, exponent in [(out, Fraction(-1)), *((_unit(group[0]), power) for group, power in factors)]:
        for atom, power in unit.dimension.items:
            left[atom] = left.get(atom, Fraction(0)) + Fraction(power) * exponent
    return all(power == 0 or atom in UNSCALED - {"bit"} for atom, power in left.items())


def _breach(feature: Feature, case: Case, monomial: Monomial, factor: float) -> Breach:
    label = monomial.output.label
    units = [_unit(group[0]) for group in monomial.exponents] + [scalable_unit(monomial.output.meaning)]
    found = diagnose(factor, [unit for unit in units if unit is not None])
    said = f" ({found})" if found else ""
    outcome = feature.outcome(case)
    known = feature.options.coefficient
    wanted = "" if known is None else f" of {known:g}"
    return Breach(
        statement=f"{label} = {factor:.6g} x its coherent value{said}. {_formula(monomial)} must have the "
        f"coefficient{wanted or ' 1'} in coherent units.",
        sides=(Side("called with", case, outcome),),
        marks={label: ~monomial.output.null},
        expected=(_coherent(monomial, factor / (known or 1.0)),),
        diagnosis=f"a conversion is missing or done twice: {found}" if found and "->" in found else "",
        hint=_hint(found, factor),
    )


def _hint(found: str, factor: float) -> str:
    own = f"if the formula has a constant of its own, declare @feature(coefficient={factor:.6g})."
    if "->" not in found:
        return own
    source, target = found.split(": ")[-1].rstrip("?").strip("()").split(" -> ")
    return f'convert(..., "{source}", "{target.split(")")[0]}") where it is due; {own}'


def _formula(monomial: Monomial) -> str:
    parts = []
    for group, exponent in monomial.exponents.items():
        power = "" if exponent == 1 else f"**{exponent}" if exponent.denominator == 1 else f"**({exponent})"
        parts.append(f"{group[0].name}{power}")
    return " * ".join(parts)


def _coherent(monomial: Monomial, factor: float) -> Output:
    import attrs

    return attrs.evolve(monomial.output, values=monomial.output.numbers / factor)


def _means(feature: Feature, case: Case, *, skip: set[str]) -> Breach | set[str]:
    """Judge what like inputs, all made equal, give: a mean or mixture gives that value, a sum a multiple of it."""
    groups = like_groups(feature.inputs)
    equal = equalised(case, groups)
    if equal is None:
        return set()
    judged = set()
    for monomial in monomials(feature, equal, groups):
        label = monomial.output.label
        if label in skip or not _is_comparable(monomial) or feature.options.coefficient is not None:
            continue
        factor = _per_row(feature, equal, groups, monomial)
        if factor is None:
            continue
        group = max(monomial.exponents, key=len)
        if _is_suspect(feature, case, groups, monomial, factor) and _means_again(
            feature, case, groups, monomial
        ):
            return _breach(feature, equal, monomial, factor)
        judged |= {label} if len(group) > 1 or equal.tabular else set()
    return judged


def _means_again(feature: Feature, case: Case, groups: list[Group], monomial: Monomial) -> bool:
    """True where other values, made equal too, give the same coefficient."""
    first = equalised(case, groups)
    raw = _coefficient_of(feature, first, groups, monomial) if first is not None else None
    for trial in range(CONFIRMATIONS):
        other = equalised(another(case, feature.inputs, trial), groups)
        again = _coefficient_of(feature, other, groups, monomial) if other is not None else raw
        if raw is None or again is None or not math.isclose(raw, again, rel_tol=CLOSE):
            return False
    return True


def _per_row(feature: Feature, equal: Case, groups: list[Group], monomial: Monomial) -> float | None:
    """The coefficient of one row: of a mean it is that of any table, of a sum it grows with the rows."""
    if not equal.tabular:
        raw = constant(coefficient(equal, monomial))
        return None if raw is None else in_base_units(raw, monomial)
    found = []
    for rows in SIZES:
        sized = spread(equal, rows)
        same = [m for m in monomials(feature, sized, groups) if m.output.label == monomial.output.label]
        raw = (
            constant(coefficient(sized, same[0]))
            if same and same[0].exponents == monomial.exponents
            else None
        )
        if raw is None:
            return None
        found.append(in_base_units(raw, monomial) if raw is not None else np.nan)
    for power in (0, 1, -1):
        per_row = [factor / rows**power for factor, rows in zip(found, SIZES, strict=True)]
        if math.isclose(per_row[0], per_row[1], rel_tol=CLOSE):
            return per_row[0]
    return None


def _is_suspect(feature: Feature, case: Case, groups: list[Group], monomial: Monomial, factor: float) -> bool:
    """A mean gives 1, a sum of like inputs a small whole number; anything else only if units explain it."""
    group = max(monomial.exponents, key=len)
    most = len(group) * SIZES[0]
    if _as_if_one_unit(feature, case, groups, monomial):
        return True
    if any(math.isclose(factor, whole, rel_tol=CLOSE) for whole in range(1, most + 1)):
        return False
    units = [_unit(source) for each in monomial.exponents for source in each]
    out = scalable_unit(monomial.output.meaning)
    return confusion(factor, [*units, *([out] if out is not None else [])]) is not None


def _as_if_one_unit(feature: Feature, case: Case, groups: list[Group], monomial: Monomial) -> bool:
    """True where inputs in different units of one dimension are mixed as if all were in the same."""
    group = max(monomial.exponents, key=len)
    if len({size(_unit(source)) for source in group}) < 2:
        return False
    as_numbers = equalised(case, groups, as_numbers=True)
    physical = equalised(case, groups)
    if as_numbers is None or physical is None:
        return False
    raw = _coefficient_of(feature, as_numbers, groups, monomial)
    right = _coefficient_of(feature, physical, groups, monomial)
    counts = (1.0, float(len(group)))
    if raw is None or right is None or in_base_units(right, monomial) in counts:
        return False
    coherent_one = any(math.isclose(in_base_units(right, monomial), count, rel_tol=CLOSE) for count in counts)
    return not coherent_one and any(math.isclose(raw, count, rel_tol=CLOSE) for count in counts)


def _coefficient_of(feature: Feature, case: Case, groups: list[Group], monomial: Monomial) -> float | None:
    found = [m for m in monomials(feature, case, groups) if m.output.label == monomial.output.label]
    return constant(coefficient(case, found[0])) if found else None
