"""The law `scale`: Kennedy's theorem, tried on numbers.

    A. Kennedy, Relational parametricity and units of measure, POPL 1997.

Powers of two are exact in floating point, so a right feature keeps the law bit for bit; only what jitter in the
last bits explains (an online deviation, a fractional power) is let pass.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import final

import attrs
import numpy as np

from typedml.algebra.monomial import LEVEL
from typedml.declare.declared import DeclaredFunction
from typedml.laws.breach import Breach, Side, Verdict, Wanting
from typedml.laws.case import Case
from typedml.laws.comparison import noise, same_shape
from typedml.laws.dependence import SECOND, undetermined
from typedml.laws.feature import Feature
from typedml.laws.grid import within
from typedml.laws.inputs import INSTANTS, Input, inputs_of, is_numeric, is_point, scalable_unit
from typedml.laws.outcome import Declaration, Outcome, Output, Raised, differing
from typedml.laws.physical import dimension_name, exponents
from typedml.laws.signature import output_declarations


def scale(feature: Feature, case: Case) -> Verdict:
    """Scaling one base dimension by a power of two scales every output by its declared exponents, bit for bit."""
    before = feature.outcome(case)
    if isinstance(before, Raised):
        return Wanting("a table on which it does not raise")
    verdict: Verdict = Wanting("a dimension that may be scaled")
    for scaling in scalings(feature):
        found = _check(feature, case, before, scaling)
        if isinstance(found, Breach):
            verdict = undetermined(feature, case, scaling.atom) or found
            if isinstance(verdict, Breach):
                return verdict
            continue
        verdict = found if isinstance(verdict, Wanting) else verdict
    return verdict


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which nothing can be scaled, if there is one."""
    outputs = list(output_declarations(declared))
    if not any(_judged(output) for output in outputs):
        return "a unit or kind of the result"
    inputs = inputs_of(declared)
    if not dimensions(inputs, outputs):
        return "a unit of an input"
    free = set(dimensions(inputs, outputs)) - blocked(declared, inputs)
    return None if free else "a dimension that is not pinned and in which the result is no point"


@final
@attrs.frozen
class Scaling:
    """A base dimension, and the least power of two by which whole exponents scale inputs and outputs."""

    atom: str
    power: int


def scalings(feature: Feature) -> list[Scaling]:
    """The dimensions that may be scaled."""
    outputs = list(output_declarations(feature.declared))
    stopped = blocked(feature.declared, feature.inputs)
    found = dimensions(feature.inputs, outputs)
    return [Scaling(atom, power) for atom, power in found.items() if atom not in stopped]


def dimensions(inputs: tuple[Input, ...], outputs: list[Declaration]) -> dict[str, int]:
    """The base dimensions of inputs and outputs, with the common denominator of their exponents."""
    powers: dict[str, int] = {}
    units = [source.unit for source in inputs] + [scalable_unit(output.meaning) for output in outputs]
    for unit in units:
        for atom, exponent in exponents(unit).items() if unit is not None else ():
            powers[atom] = math.lcm(powers.get(atom, 1), exponent.denominator)
    return dict(sorted(powers.items()))


def blocked(declared: DeclaredFunction, inputs: tuple[Input, ...]) -> frozenset[str]:
    """The dimensions that are not scaled: pinned, or a result is a point in it.

    The logarithm of a quantity moves by a constant when the quantity scales, so beside a level nothing is.
    """
    stopped = set(declared.options.pinned) if declared.options else set()
    outputs = list(output_declarations(declared))
    for output in outputs:
        if isinstance(output.base, type) and issubclass(output.base, INSTANTS):
            stopped.add(SECOND)
        elif output.meaning is not None and is_point(output.meaning):
            stopped |= set(output.meaning.unit.dimension.atoms)
    points = [source.meaning for source in inputs if source.is_point] + [output.meaning for output in outputs]
    if any(
        meaning is not None and is_point(meaning) and LEVEL in meaning.unit.dimension.atoms
        for meaning in points
    ):
        stopped |= set(dimensions(inputs, outputs))
    return frozenset(stopped)


def _judged(output: Declaration) -> bool:
    return output.meaning is not None or output.base in (bool, str)


def _check(feature: Feature, case: Case, before: Outcome, scaling: Scaling) -> Verdict:
    power = _direction(feature, case, scaling)
    if power is None:
        return Wanting(
            f"a direction in which {dimension_name(scaling.atom)} scales whole numbers to whole numbers"
        )
    scaled = case.scaled(lambda source: _factor(source, scaling.atom, power))
    after = feature.outcome(scaled)
    if isinstance(after, Raised):
        return _raised(feature, case, before, scaled, after, scaling, power)
    return _compare(feature, (case, before), (scaled, after), scaling, power)


def _direction(feature: Feature, case: Case, scaling: Scaling) -> int | None:
    """Up or down: such that whole numbers stay whole and, if possible, values stay inside their rules."""
    powers = [scaling.power, -scaling.power][:: 1 if case.number % 2 == 0 else -1]
    whole = [source for source in feature.inputs if source.integral]
    kept = [p for p in powers if all((_factor(source, scaling.atom, p) or 1.0) >= 1 for source in whole)]
    inside = [power for power in kept if _inside(case, scaling.atom, power)]
    return next(iter(inside + kept), None)


def _inside(case: Case, atom: str, power: int) -> bool:
    scaled = case.scaled(lambda source: _factor(source, atom, power))
    numbers = (column for column in scaled.columns if column.input.is_number)
    return all(bool((within(c.input, c.values) | c.null).all()) for c in numbers)


def _factor(source: Input, atom: str, power: int) -> float | None:
    unit = source.unit
    exponent = exponents(unit).get(atom) if unit is not None else None
    return None if exponent is None else 2.0 ** float(exponent * power)


def _raised(
    feature: Feature, case: Case, before: Outcome, scaled: Case, after: Raised, scaling: Scaling, power: int
) -> Verdict:
    name = dimension_name(scaling.atom)
    if not _inside(case, scaling.atom, power):
        return Wanting(f"rules that leave room to scale {name}")
    return Breach(
        statement=f"Scaling {name} by {_times(power)} must scale the result; `{feature.name}` raised {after}.",
        sides=(Side("before", case, before), Side(f"after ({name} x {_times(power)})", scaled, after)),
        diagnosis=f"the code refuses values by a number that has a dimension of {name}.",
        hint="make that number a parameter with a unit, or a rule of the schema.",
    )


def _compare(
    feature: Feature, first: tuple[Case, Outcome], second: tuple[Case, Outcome], scaling: Scaling, power: int
) -> Verdict:
    (case, before), (scaled, after) = first, second
    pairs = [
        (b, a) for b, a in zip(before.outputs, after.outputs, strict=False) if _is_judged(b, scaling.atom)
    ]
    if not pairs:
        return Wanting("a unit of the result")
    if not same_shape(before, after):
        return _breach(feature, first, second, scaling, power, {})
    expected = {b.label: _expected(b, scaling.atom, power) for b, _ in pairs}
    if not any(differing(expected[b.label], a).any() for b, a in pairs):
        return None
    near, far = noise(feature, case), noise(feature, scaled)
    marks = {}
    for b, a in pairs:
        tolerance = max(near.get(b.label, 0.0) * _out_factor(b, scaling.atom, power), far.get(b.label, 0.0))
        marks[b.label] = differing(expected[b.label], a, tolerance)
    marks = {label: mask for label, mask in marks.items() if mask.any()}
    return _breach(feature, first, second, scaling, power, marks) if marks else None


def _is_judged(output: Output, atom: str) -> bool:
    """Numbers need a meaning; whole numbers with a dimension were rounded, which no scaling survives."""
    if output.meaning is None:
        return output.declared is not None and not output.is_number
    if is_point(output.meaning):
        return atom not in output.meaning.unit.dimension.atoms
    rounded = output.meaning.integral or (output.declared is not None and output.declared.base is int)
    return not (rounded and _exponent(output, atom))


def _exponent(output: Output, atom: str) -> Fraction:
    unit = scalable_unit(output.meaning)
    numeric = output.is_number and (
        output.declared is None or is_numeric(output.declared.base) or unit is not None
    )
    return exponents(unit).get(atom, Fraction(0)) if unit is not None and numeric else Fraction(0)


def _out_factor(output: Output, atom: str, power: int) -> float:
    return 2.0 ** float(_exponent(output, atom) * power)


def _expected(output: Output, atom: str, power: int) -> Output:
    factor = _out_factor(output, atom, power)
    return output if factor == 1 else attrs.evolve(output, values=output.numbers * factor)


def _breach(
    feature: Feature,
    first: tuple[Case, Outcome],
    second: tuple[Case, Outcome],
    scaling: Scaling,
    power: int,
    marks: dict[str, np.ndarray[tuple[int], np.dtype[np.bool_]]],
) -> Breach:
    (case, before), (scaled, after) = first, second
    name = dimension_name(scaling.atom)
    wrong = [output for output in before.outputs if output.label in marks]
    label = wrong[0].label if wrong else feature.name
    factor = _out_factor(wrong[0], scaling.atom, power) if wrong else 1.0
    change = f"leave `{label}` as it is" if factor == 1 else f"scale `{label}` by {factor:g}, bit for bit"
    return Breach(
        statement=f"Scaling {name} by {_times(power)} must {change}.",
        sides=(Side("before", case, before), Side(f"after ({name} x {_times(power)})", scaled, after)),
        marks=marks,
        expected=tuple(_expected(output, scaling.atom, power) for output in wrong),
        diagnosis=_diagnosis(wrong, after, scaling, power, marks),
        hint=f'make such a number a parameter with a unit, or declare @feature(pinned=("{scaling.atom}",)).',
    )


def _diagnosis(
    wrong: list[Output],
    after: Outcome,
    scaling: Scaling,
    power: int,
    marks: dict[str, np.ndarray[tuple[int], np.dtype[np.bool_]]],
) -> str:
    """Another exponent, where all cells agree on one; else a number with a dimension inside the code."""
    name = dimension_name(scaling.atom)
    held = f"the code holds a number that has a dimension of {name}: a limit, an offset, a rounding step."
    if not wrong or not wrong[0].is_number:
        return held
    b = wrong[0]
    a = next(output for output in after.outputs if output.label == b.label)
    rows = marks[b.label] & ~b.null & ~a.null & (b.numbers != 0)
    with np.errstate(all="ignore"):
        found = np.log2(np.abs(a.numbers[rows] / b.numbers[rows])) / power
    if len(found) == 0 or not np.isfinite(found).all() or np.ptp(found) > 1e-9 or (found[0] * 12) % 1 > 1e-9:
        return held
    declared = _exponent(b, scaling.atom)
    measured = Fraction(float(found[0])).limit_denominator(12)
    return f"the values scale as {name}**{measured}, the declared unit as {name}**{declared}."


def _times(power: int) -> str:
    return f"{2.0**power:g}"
