"""The law `coherent`: a forgotten conversion within one dimension, which no scaling can see.

Minutes for hours is a dimensionless 60. But a formula that is a product of powers has, in coherent units, a
coefficient of 1 unless it says otherwise; and a mean of equal values is that value.
"""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import final

import attrs

from typedml.declare.declared import DeclaredFunction
from typedml.laws.breach import Breach, Verdict, Wanting
from typedml.laws.case import Case
from typedml.laws.coefficients import (
    in_base_units,
    incoherent,
    is_comparable,
    is_declared,
    is_turned_over,
    turned_over,
)
from typedml.laws.feature import Feature
from typedml.laws.inputs import Input, inputs_of
from typedml.laws.mixtures import judge_mixtures
from typedml.laws.monomials import Group, Monomial, coefficient, constant, monomials
from typedml.laws.outcome import Raised
from typedml.laws.points import maps_points
from typedml.laws.recurrence import recurs
from typedml.laws.signature import output_declarations
from typedml.laws.slopes import judge_slopes
from typedml.laws.standing import unscaled


@final
@attrs.frozen
class Product:
    """A coherent product of powers: its coefficient, a multiple of the declared one, and its powers.

    `plain` is the coefficient in the units of its inputs and its result.
    """

    coefficient: float
    powers: frozenset[tuple[Input, Fraction]]
    plain: float


def coherent(feature: Feature, case: Case) -> Verdict:
    """A product of powers has the coefficient 1 in coherent units, or the declared one; a mean of equal
    values is that value; a map from points to points is the identity on what they stand for."""
    if isinstance(feature.outcome(case), Raised):
        return Wanting("a table on which it does not raise")
    point = maps_points(feature, case)
    products = judge_products(feature, case)
    mixtures = set() if isinstance(products, Breach) else judge_mixtures(feature, case, skip=set(products))
    slopes = judge_slopes(feature, case)
    for found in (point, products, mixtures, slopes):
        if isinstance(found, Breach):
            return unscaled(feature) or found
    judged = point or products or mixtures or slopes
    return None if judged else Wanting("a formula that is a product of powers, a mean or a mixture")


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which no coefficient has a meaning."""
    if all(output.meaning is None for output in output_declarations(declared)):
        return "a unit of the result"
    measured = any(source.meaning is not None or source.is_instant for source in inputs_of(declared))
    return None if measured else "a unit of an input"


def judge_products(feature: Feature, case: Case) -> Breach | dict[str, Product]:
    """Judge the outputs that are products of powers; return those that are coherent."""
    groups: list[Group] = [
        (source,)
        for source in feature.inputs
        if source.is_number and (source.absolute_zero is not None or not source.is_point)
    ]
    judged, declared = dict[str, Product](), feature.options.coefficient
    for monomial in monomials(feature, case, groups):
        if not is_comparable(monomial):
            continue
        if is_turned_over(monomial):
            return turned_over(feature, case, monomial)
        raw = constant(coefficient(case, monomial))
        if raw is None:
            continue
        factor = in_base_units(raw, monomial)
        if not is_declared(factor, declared):
            if recurs(feature, case, raw, partial(_coefficient, feature, monomial)):
                return incoherent(feature, case, monomial, factor)
        else:
            powers = frozenset((group[0], power) for group, power in monomial.exponents.items())
            judged[monomial.output.label] = Product(factor / (declared or 1.0), powers, raw)
    return judged


def _coefficient(feature: Feature, monomial: Monomial, case: Case) -> float | None:
    """The coefficient of the same powers on another case."""
    outcome = feature.outcome(case)
    outputs = () if isinstance(outcome, Raised) else outcome.outputs
    found = [Monomial(o, monomial.exponents) for o in outputs if o.label == monomial.output.label]
    return constant(coefficient(case, found[0])) if found else None
