"""Whether a declaration determines a result: then a law would see another formula in its place.

A product of powers is what its units leave open, one coefficient; a difference with a declared direction
has no other slope. But the power of a factor without a dimension and the sign of a difference are not in any
unit: `hours * beds` scales as `hours / beds` does, and `due - done` as `done - due`. And no
law tells a mean from a median, `shift(2)` from `shift(1)`, `>` from `>=` or a floor from a rounding: those
need a worked example, and only those.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Sequence

import attrs
import numpy as np

from typedml.declare.declared import DeclaredParameter
from typedml.laws.breach import Breach
from typedml.laws.case import Case, Column
from typedml.laws.catalogue.coherent import Product, judge_products
from typedml.laws.coefficients import roughness
from typedml.laws.comparison import different
from typedml.laws.copies import is_copy
from typedml.laws.dependence import matters
from typedml.laws.feature import Feature
from typedml.laws.inputs import Input, scalable_unit
from typedml.laws.outcome import Outcome, Output, Raised
from typedml.laws.physical import size
from typedml.laws.placing import BASE
from typedml.laws.points import maps_points
from typedml.laws.predictions import (
    Formula,
    column_itself,
    is_borne_out,
    number_of_rows,
    power_product,
    same_point,
    total_of,
)
from typedml.laws.report import Determinacy
from typedml.laws.sides import untold_scores
from typedml.laws.slopes import is_difference, slopes_of
from typedml.laws.weakness import weakness

Rule = Callable[[Feature, Case, Output], "Formula | None"]

CLOSE = 1e-9
ROWS = 3
CASES = 12
TURNS = "the threshold at which it turns"
# What nothing tells of an output that is not determined, where it can be named.
SIDE = "on which side of the decision the threshold itself is"
MANY = "one column of this array from another"


def determinacy(feature: Feature, cases: Collection[Case], held: Collection[str]) -> tuple[Determinacy, ...]:
    """What determines each output of a feature; `held` are the laws that hold."""
    plain = [case for case in cases if not case.signed and isinstance(feature.outcome(case), Outcome)]
    if not plain:
        return ()
    case = max(plain[:4], key=lambda each: each.rows)
    outcome = feature.outcome(case)
    assert isinstance(outcome, Outcome)
    # One case of single values tells little: a maximum of two is, on each, a product of powers of one.
    several = _of_each_kind(plain, 1 if case.tabular else CASES)
    several += [each for each in _filling(feature, plain) if each not in several]
    weak = weakness(feature) if feature.options.examples else ""
    scores = untold_scores(feature, case) if "boundary" in held else []
    if scores and feature.options.examples:
        weak = weak or f"no `{scores[0].name}` of it is at the threshold"
    whole = _of_feature(feature, held, weak)
    found = []
    for output in outcome.outputs:
        never = "" if whole else _never_given(feature)
        by = whole or never or next(filter(None, _of_output(feature, cases, several, output.label, held)), "")
        many = not whole and _is_one_of_many(outcome, output)
        factor = None if by else _coefficient(feature, case, output)
        rough = roughness(factor) if factor is not None else ""
        untold = never or (SIDE if scores and by == TURNS else MANY if many else rough)
        by = "" if untold else by
        found.append(Determinacy(output.label, by, "" if by else weak, untold))
    return tuple(found)


def _of_each_kind(cases: Sequence[Case], most: int) -> list[Case]:
    """The largest cases with each choice of what is given and what is not, so many of each."""
    kinds: dict[frozenset[Input], list[Case]] = {}
    for case in sorted(cases, key=lambda each: each.rows, reverse=True):
        given = frozenset(c.input for c in case.columns if not (c.input.optional and c.null.all()))
        kinds.setdefault(given, []).append(case)
    return [case for kind in kinds.values() for case in kind[:most]]


def _filling(feature: Feature, cases: Sequence[Case]) -> list[Case]:
    """A case for each column that misses a value where there is a result: no product says which."""
    found: dict[Input, Case] = {}
    for case in cases:
        outcome = feature.outcome(case)
        outputs = () if isinstance(outcome, Raised) else outcome.outputs
        by_row = [output for output in outputs if len(output.null) == case.rows and not output.scalar]
        results = [~output.null for output in by_row]
        for column in case.columns_of(BASE) if results else ():
            if column.input.is_number and (column.null & np.any(results, axis=0)).any():
                found.setdefault(column.input, case)
    return list(dict.fromkeys(found.values()))


def _never_given(feature: Feature) -> str:
    """What nothing tells of a parameter with a meaning that is None in every call; "" where there is none."""
    filled = {source.parameter.name for source in feature.inputs}
    unfilled = (p.name for p in feature.declared.parameters if p.is_declared and p.name not in filled)
    none = {p.name for p in feature.declared.parameters if p.default is None}
    return next((f"what it gives where `{name}` is given" for name in unfilled if name in none), "")


def _of_feature(feature: Feature, held: Collection[str], weak: str) -> str:
    """What determines every output at once."""
    if feature.options.examples and not weak and "anchor" in held:
        return "a worked example"
    if feature.options.serving is not None and "skew" in held:
        return "the function that serves it"
    return "the ratio of its two units" if feature.declared.is_conversion else ""


def _of_output(
    feature: Feature, cases: Collection[Case], some: Sequence[Case], label: str, held: Collection[str]
) -> Iterator[str]:
    for rule in RULES:
        formula = _said_everywhere(rule, feature, some, label)
        yield formula.said if formula and is_borne_out(feature, cases, label, formula) else ""
    booleans = [output.values.dtype.kind == "b" for _, output in _everywhere(feature, some, label)]
    yield TURNS if all(booleans) and booleans and "boundary" in held else ""


def _said_everywhere(rule: Rule, feature: Feature, cases: Sequence[Case], label: str) -> Formula | None:
    """What a rule says of an output where it says the same, of the same formula, on each case."""
    first: Formula | None = None
    count = 0
    for case, output in _everywhere(feature, cases, label):
        formula, count = rule(feature, case, output), count + 1
        # The larger of two is a product of powers on each call, now of one and now of the other.
        first = first if count > 1 else formula
        if formula is None or formula != first:
            return None
    return first if count == len(cases) else None


def _is_one_of_many(outcome: Outcome, output: Output) -> bool:
    """True for a column of an array of two dimensions: one meaning is declared for all, and no name."""
    declared = output.declared
    alike = [each for each in outcome.outputs if each.declared is declared and each.declared is not None]
    return len(alike) > 1 and isinstance(declared, DeclaredParameter) and declared.carrier == "array"


def _everywhere(feature: Feature, cases: Collection[Case], label: str) -> Iterator[tuple[Case, Output]]:
    """An output on each case."""
    for case in cases:
        outcome = feature.outcome(case)
        for output in () if isinstance(outcome, Raised) else outcome.outputs:
            if output.label == label:
                yield case, output


def _handed_through(feature: Feature, case: Case, output: Output) -> Formula | None:
    """A column of the input, as it came."""
    for column in case.columns_of(BASE):
        same = len(column.values) == len(output.values) and not output.scalar
        if same and column.input.name == output.label and is_copy(output, column):
            said = f"the column `{column.input.name}`, handed through"
            return Formula(said, predict=column_itself(column.input))
    return None


def _product(feature: Feature, case: Case, output: Output) -> Formula | None:
    found = _product_of(feature, case, output)
    if found is None or roughness(found.coefficient) or not _are_powers_known(feature, case):
        return None
    said = "a product of powers of its inputs, whose coefficient is known"
    return Formula(said, found.powers, power_product(found.plain, found.powers))


def _coefficient(feature: Feature, case: Case, output: Output) -> float | None:
    """The coefficient of a product of powers of the inputs, as a multiple of the right one."""
    found = _product_of(feature, case, output)
    return None if found is None else found.coefficient


def _product_of(feature: Feature, case: Case, output: Output) -> Product | None:
    judged = judge_products(feature, case) if _is_by_row(case, output) else {}
    return None if isinstance(judged, Breach) else judged.get(output.label)


def _point(feature: Feature, case: Case, output: Output) -> Formula | None:
    if maps_points(feature, case) is not True:
        return None
    return Formula("the same point, in another unit", predict=same_point)


def _difference(feature: Feature, case: Case, output: Output) -> Formula | None:
    unit = scalable_unit(output.meaning)
    if unit is None or not unit.dimension or not _is_by_row(case, output) or not _is_local(feature, case):
        return None
    slopes = slopes_of(feature, case, output, unit)
    if len(slopes) < 2 or not is_difference(slopes):
        return None
    mine = [slope.source for slope in slopes]
    if not _are_signs_known(feature, output, mine):
        return None
    others = [column for column in case.columns if column.input not in mine]
    if any(matters(feature, case, column, trials=1) for column in others):
        return None
    return Formula("a sum or difference of " + " and ".join(f"`{source.name}`" for source in mine))


def _are_powers_known(feature: Feature, case: Case) -> bool:
    """True where the units of the inputs that matter leave one choice of powers."""
    numbers = [column for column in case.columns if column.input.is_number]
    used = [column for column in numbers if matters(feature, case, column, trials=1)]
    units = [scalable_unit(column.input.meaning) for column in used]
    dimensions = [unit.dimension for unit in units if unit is not None]
    if len(dimensions) < len(units):
        # A point, a temperature from its absolute zero: its one power is that of the law `coherent`.
        return all(dimensions)
    atoms = sorted({atom for dimension in dimensions for atom in dimension.atoms})
    rows = [[float(dimension.exponent(atom)) for atom in atoms] for dimension in dimensions]
    return not rows or (bool(atoms) and np.linalg.matrix_rank(np.array(rows)) == len(rows))


def _are_signs_known(feature: Feature, output: Output, sources: Sequence[Input]) -> bool:
    """True where directions are declared: of one of two points the other follows."""
    free = [source for source in sources if source.name not in feature.options.monotone]
    points = all(source.is_point or source.is_instant for source in sources)
    return not free or (points and len(sources) == 2 and len(free) == 1)


def _sum(feature: Feature, case: Case, output: Output) -> Formula | None:
    """A number of the whole table that is the sum of what single rows give, each of which gives a column."""
    if not (output.scalar and output.is_number and case.tabular and case.rows > 1):
        return None
    singles = [_single(feature, case, row, output.label) for row in range(case.rows)]
    if None in singles:
        return None
    parts = np.array(singles, dtype=np.float64)
    if not math.isclose(float(parts.sum()), float(output.numbers[0]), rel_tol=CLOSE, abs_tol=CLOSE):
        return None
    if (parts == 1.0).all():
        return Formula("the number of rows, added up", predict=number_of_rows)
    for column in case.columns_of(BASE):
        factor = _ratio(column, output)
        if factor is not None and np.allclose(parts, np.nan_to_num(column.numbers) * factor, rtol=CLOSE):
            said = f"the sum of `{column.input.name}`, right on single rows"
            return Formula(said, predict=total_of(column.input, factor))
    return None


RULES: tuple[Rule, ...] = (
    _handed_through,
    _product,
    _point,
    _difference,
    _sum,
)


def _single(feature: Feature, case: Case, row: int, label: str) -> float | None:
    outcome = feature.outcome(case.take([row]))
    found = () if isinstance(outcome, Raised) else outcome.outputs
    values = [output.numbers for output in found if output.label == label and output.is_number]
    return float(values[0][0]) if values and len(values[0]) == 1 else None


def _ratio(column: Column, output: Output) -> float | None:
    source, target = scalable_unit(column.input.meaning), scalable_unit(output.meaning)
    if not column.input.is_number or source is None or target is None or source.dimension != target.dimension:
        return None
    return size(source) / size(target)


def _is_by_row(case: Case, output: Output) -> bool:
    return not case.tabular or (len(output.values) == case.rows > 1 and not output.scalar)


def _is_local(feature: Feature, case: Case) -> bool:
    """True where a row alone gives what it gives among others."""
    whole = feature.outcome(case)
    if not case.tabular or isinstance(whole, Raised):
        return not case.tabular
    for row in range(min(ROWS, case.rows)):
        wanted = attrs.evolve(whole, outputs=tuple(output.take([row]) for output in whole.outputs))
        if different(wanted, feature.outcome(case.take([row]))):
            return False
    return True
