"""Is an output a product of powers of its inputs? Found by doubling one group of inputs after the other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import final

import attrs
import numpy as np
from numpy.typing import NDArray

from typedml.laws.case import Case, Column, multiplied
from typedml.laws.feature import Feature
from typedml.laws.grid import within
from typedml.laws.inputs import Input
from typedml.laws.outcome import Outcome, Output, Raised

LIKE_POWERS = 1e-9
JOINTLY = 1e-6
DENOMINATOR = 6
ODD = (1.25, 1.5, 1.75, 1.125, 1.375, 1.625, 1.875)

Group = tuple[Input, ...]
Floats = NDArray[np.float64]


@final
@attrs.frozen(eq=False)
class Monomial:
    """An output that scales by `exponents` (of the groups that it depends on) on a case."""

    output: Output
    exponents: dict[Group, Fraction]


def monomials(feature: Feature, case: Case, groups: Sequence[Group]) -> list[Monomial]:
    """The numeric outputs that are monomials in the groups of inputs, each group taken as one variable."""
    base = feature.outcome(case)
    if isinstance(base, Raised):
        return []
    found = {output.label: Monomial(output, {}) for output in base.outputs if _is_measurable(output)}
    factors: dict[Group, float] = {}
    for group in groups:
        factor = _factor(case, group, (2.0, 0.5))
        if factor is not None and found:
            factors[group] = factor
            _measure(found, group, factor, feature.outcome(_times(case, {group: factor})))
    return _confirmed(feature, case, list(found.values()), list(factors))


def coefficient(case: Case, monomial: Monomial) -> Floats | None:
    """The output divided by its powers of the inputs, row by row; None where rows do not correspond."""
    rows = len(monomial.output.values)
    product = np.ones(rows)
    for group, exponent in monomial.exponents.items():
        numbers = measures(case.column_of(group[0]))
        if len(numbers) not in (1, rows):
            if not (numbers == numbers[0]).all():
                return None
            numbers = numbers[:1]
        with np.errstate(all="ignore"):
            product = product * numbers ** float(exponent)
    with np.errstate(all="ignore"):
        found = monomial.output.numbers / product
    return np.asarray(found[np.isfinite(found)])


def measures(column: Column) -> Floats:
    """The values as multiples of the unit: of a temperature, from the absolute zero."""
    return column.numbers - (column.input.absolute_zero or 0.0)


def grown(column: Column, factor: float) -> Column:
    """The column with what it measures multiplied."""
    origin = column.input.absolute_zero
    if origin is None:
        return column.replaced(multiplied(column.values, factor))
    return column.replaced((column.values - origin) * factor + origin)


def constant(values: Floats | None, tolerance: float = JOINTLY) -> float | None:
    """The one value that all have, None where they differ or there is none."""
    if values is None or len(values) == 0 or values[0] == 0:
        return None
    first = float(values[0])
    return first if bool((np.abs(values / first - 1) < tolerance).all()) else None


def _is_measurable(output: Output) -> bool:
    if not output.is_number or output.meaning is None:
        return False
    numbers = output.numbers[~output.null]
    return bool(len(numbers)) and bool(np.isfinite(numbers).all()) and bool((numbers != 0).all())


def _factor(case: Case, group: Group, factors: Sequence[float]) -> float | None:
    """The first factor that leaves every column of the group inside its rules, whole where it is whole."""
    mine = [column for column in case.columns if column.input in group]
    for factor in factors:
        whole = factor.is_integer() or not any(column.input.integral for column in mine)
        if whole and all((within(c.input, grown(c, factor).values) | c.null).all() for c in mine):
            return factor
    return None


def _times(case: Case, factors: dict[Group, float]) -> Case:
    by_input = {source: factor for group, factor in factors.items() for source in group}
    return case.mapped(lambda c: grown(c, by_input[c.input]) if c.input in by_input else c)


def _measure(found: dict[str, Monomial], group: Group, factor: float, moved: Outcome | Raised) -> None:
    """Note the exponent of a group in every output, and drop the outputs that have none."""
    after = {} if isinstance(moved, Raised) else {output.label: output for output in moved.outputs}
    for label, monomial in list(found.items()):
        exponent = _exponent(monomial.output, after[label], factor) if label in after else None
        if exponent is None:
            del found[label]
        elif exponent:
            monomial.exponents[group] = exponent


def _exponent(before: Output, after: Output, factor: float) -> Fraction | None:
    ratio = _ratio(before, after)
    if ratio is None or ratio <= 0:
        return None
    power = math.log2(ratio) / math.log2(factor)
    exponent = Fraction(power).limit_denominator(DENOMINATOR)
    return exponent if abs(power - exponent) < LIKE_POWERS else None


def _ratio(before: Output, after: Output) -> float | None:
    if len(before.values) != len(after.values) or not after.is_number or (before.null != after.null).any():
        return None
    with np.errstate(all="ignore"):
        ratios = after.numbers[~after.null] / before.numbers[~before.null]
    return constant(ratios, LIKE_POWERS) if np.isfinite(ratios).all() else None


def _confirmed(
    feature: Feature, case: Case, found: Sequence[Monomial], groups: Sequence[Group]
) -> list[Monomial]:
    """The monomials that also predict what happens when all groups change at once, by odd factors."""
    if not any(monomial.exponents for monomial in found):
        return []
    chosen = {}
    for place, group in enumerate(groups):
        factor = _factor(case, group, (ODD[place % len(ODD)], 3.0, 1 / ODD[place % len(ODD)]))
        if factor is not None:
            chosen[group] = factor
    moved = feature.outcome(_times(case, chosen))
    if isinstance(moved, Raised):
        return []
    after = {output.label: output for output in moved.outputs}
    return [m for m in found if m.exponents and _predicts(m, after.get(m.output.label), chosen)]


def _predicts(monomial: Monomial, after: Output | None, factors: dict[Group, float]) -> bool:
    ratio = _ratio(monomial.output, after) if after is not None else None
    expected = math.prod(factors.get(group, 1.0) ** float(e) for group, e in monomial.exponents.items())
    return ratio is not None and abs(ratio / expected - 1) < JOINTLY
