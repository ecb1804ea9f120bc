"""Means, mixtures and sums: what a feature gives when all its like inputs are equal."""

from __future__ import annotations

import math

from typedml.laws.breach import Breach
from typedml.laws.case import Case
from typedml.laws.coefficients import in_base_units, incoherent, is_comparable, is_declared, unit_of
from typedml.laws.diagnosis import CLOSE, confusion
from typedml.laws.equalised import equalised, like_groups, spread
from typedml.laws.feature import Feature
from typedml.laws.inputs import scalable_unit
from typedml.laws.monomials import Group, Monomial, coefficient, constant, monomials
from typedml.laws.physical import size
from typedml.laws.recurrence import recurs

SIZES = (2, 5)


def judge_mixtures(feature: Feature, case: Case, *, skip: set[str]) -> Breach | set[str]:
    """Judge the outputs that are means, mixtures or sums; return the labels of those that are coherent.

    A mean of equal values is that value, a sum of k of them k times that value; of a table, so much a row.
    """
    groups = like_groups(feature.inputs)
    equal = equalised(case, groups)
    judged: set[str] = set()
    if equal is None or feature.options.coefficient is not None:
        return judged
    for monomial in monomials(feature, equal, groups):
        label = monomial.output.label
        factor = _for_one_row(feature, equal, groups, monomial) if is_comparable(monomial) else None
        if label in skip or factor is None:
            continue
        suspect = _is_suspect(feature, case, groups, monomial, factor)
        if suspect and _recurs(feature, case, groups, monomial):
            return incoherent(feature, equal, monomial, factor)
        judged |= set() if suspect or not is_declared(factor, None) else {label}
    return judged


def _for_one_row(feature: Feature, equal: Case, groups: list[Group], monomial: Monomial) -> float | None:
    """The coefficient for one row: of a mean it is that of any table, of a sum it grows with the rows."""
    if not equal.tabular:
        return _coefficient_of(feature, equal, groups, monomial)
    found = [_coefficient_of(feature, spread(equal, rows), groups, monomial) for rows in SIZES]
    for power in (0, 1, -1):
        few, many = (None if f is None else f / rows**power for f, rows in zip(found, SIZES, strict=True))
        if few is not None and many is not None and math.isclose(few, many, rel_tol=CLOSE):
            return few
    return None


def _is_suspect(feature: Feature, case: Case, groups: list[Group], monomial: Monomial, factor: float) -> bool:
    """A mean gives 1, a sum of like inputs a small whole number; anything else only if units explain it."""
    if _is_as_if_one_unit(feature, case, groups, monomial):
        return True
    most = len(_group(monomial)) * SIZES[0]
    if any(math.isclose(factor, whole, rel_tol=CLOSE) for whole in range(1, most + 1)):
        return False
    units = [unit_of(source) for each in monomial.exponents for source in each]
    out = scalable_unit(monomial.output.meaning)
    return confusion(factor, [*units, *([out] if out is not None else [])]) is not None


def _is_as_if_one_unit(feature: Feature, case: Case, groups: list[Group], monomial: Monomial) -> bool:
    """True where inputs in different units of one dimension are mixed as if all were in the same."""
    group = _group(monomial)
    if len({size(unit_of(source)) for source in group}) < 2:
        return False
    numbers, quantities = equalised(case, groups, as_numbers=True), equalised(case, groups)
    if numbers is None or quantities is None:
        return False
    raw = _raw_coefficient(feature, numbers, groups, monomial)
    right = _coefficient_of(feature, quantities, groups, monomial)
    if raw is None or right is None:
        return False
    counts = (1.0, float(len(group)))
    is_right = any(math.isclose(right, count, rel_tol=CLOSE) for count in counts)
    return not is_right and any(math.isclose(raw, count, rel_tol=CLOSE) for count in counts)


def _recurs(feature: Feature, case: Case, groups: list[Group], monomial: Monomial) -> bool:
    """True where other values, made equal too, give the same coefficient."""
    first = equalised(case, groups)
    raw = _raw_coefficient(feature, first, groups, monomial) if first is not None else None

    def again(case: Case) -> float | None:
        other = equalised(case, groups)
        return _raw_coefficient(feature, other, groups, monomial) if other is not None else raw

    return recurs(feature, case, raw, again)


def _group(monomial: Monomial) -> Group:
    """The inputs that are mixed: the largest group of like ones."""
    return max(monomial.exponents, key=len)


def _coefficient_of(feature: Feature, case: Case, groups: list[Group], monomial: Monomial) -> float | None:
    raw = _raw_coefficient(feature, case, groups, monomial)
    return None if raw is None else in_base_units(raw, monomial)


def _raw_coefficient(feature: Feature, case: Case, groups: list[Group], monomial: Monomial) -> float | None:
    """The coefficient of the same output on another case, where it is the same monomial there."""
    found = [m for m in monomials(feature, case, groups) if m.output.label == monomial.output.label]
    same = bool(found) and found[0].exponents == monomial.exponents
    return constant(coefficient(case, found[0])) if same else None
