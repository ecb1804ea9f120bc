"""The law `scale`: Kennedy's theorem, tried on numbers.

    A. Kennedy, Relational parametricity and units of measure, POPL 1997.

Powers of two are exact in floating point, so a right feature keeps the law bit for bit; only what jitter in
the last bits explains (an online deviation, a fractional power) is let pass.
"""

from __future__ import annotations

from fractions import Fraction
from weakref import WeakKeyDictionary

import numpy as np

from typedml.declare.declared import DeclaredFunction
from typedml.laws.breach import Breach, Side, Verdict, Wanting
from typedml.laws.calendars import counted
from typedml.laws.case import Case, Column, Mask
from typedml.laws.comparison import noise, same_shape
from typedml.laws.dependence import SECOND, undetermined
from typedml.laws.feature import Feature
from typedml.laws.inputs import inputs_of
from typedml.laws.outcome import Outcome, Output, Raised, differing
from typedml.laws.scaling import Scaling, free_dimensions
from typedml.laws.signature import output_declarations

TWELFTHS = 12
NEARLY = 1e-9
# The instant of which each set of outputs of a feature counts the days or hours, if one.
_INSTANTS: WeakKeyDictionary[Feature, dict[frozenset[str], str | None]] = WeakKeyDictionary()


def scale(feature: Feature, case: Case) -> Verdict:
    """Scaling a base dimension by a power of two scales each output by its declared exponent, bit for bit."""
    if isinstance(feature.outcome(case), Raised):
        return Wanting("a table on which it does not raise")
    dimensions = free_dimensions(feature.declared, feature.inputs)
    verdict: Verdict = None if dimensions else Wanting("a dimension that may be scaled")
    for dimension in dimensions:
        for scaling in _directions(feature, case, dimension):
            found = _scaled(feature, case, scaling)
            if isinstance(found, Breach):
                found = (
                    undetermined(feature, case, scaling.atom)
                    or _compared(feature, case, scaling)
                    or _counted(feature, found, scaling)
                    or found
                )
            if isinstance(found, Breach):
                return found
            # A dimension that holds does not speak for one that could not be judged.
            verdict = verdict or found
    return verdict


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which nothing can be scaled, if there is one."""
    outputs = list(output_declarations(declared))
    if not any(output.meaning is not None or output.base in (bool, str) for output in outputs):
        return "a unit or kind of the result"
    inputs = inputs_of(declared)
    if not any(source.unit is not None and source.unit.dimension for source in inputs):
        return "a unit of an input"
    free = free_dimensions(declared, inputs)
    return None if free else "a dimension that is not pinned and in which the result is no point"


def _directions(feature: Feature, case: Case, scaling: Scaling) -> list[Scaling]:
    """Up and down where whole numbers stay whole; of a table one of the two, inside its rules if possible."""
    both = [scaling, scaling.reversed()][:: 1 if case.number % 2 == 0 else -1]
    kept = [each for each in both if each.keeps_whole(feature.inputs)]
    inside = [each for each in kept if each.stays_inside(case)]
    # Calls with single values are cheap, and one of them sees less than a table does.
    return (inside or kept)[: 1 if case.tabular else 2]


def _scaled(feature: Feature, case: Case, scaling: Scaling) -> Verdict:
    before, scaled = feature.outcome(case), scaling.applied(case)
    after = feature.outcome(scaled)
    assert isinstance(before, Outcome)
    sides = (Side("before", case, before), Side(f"after ({scaling.name} x {scaling.times})", scaled, after))
    if isinstance(after, Raised):
        return _raised(feature, sides, scaling, after)
    if not any(scaling.judges(output) for output in before.outputs):
        return Wanting("a unit of the result")
    if not same_shape(before, after):
        return _breach(feature, sides, scaling, {})
    marks = _marks(before, after, scaling, {})
    if marks:
        near, far = noise(feature, case), noise(feature, scaled)
        growths = {output.label: scaling.growth(output) for output in before.outputs}
        allowed = {label: max(near[label] * growths[label], far.get(label, 0.0)) for label in near}
        marks = _marks(before, after, scaling, allowed)
    if marks:
        return _breach(feature, sides, scaling, marks)
    return Wanting("a result that is not zero") if _is_idle(feature, before, scaling) else None


def _is_idle(feature: Feature, before: Outcome, scaling: Scaling) -> bool:
    """True where time could not be seen beside instants: what should scale with it is 0 or missing.

    Where they count days, such tables are the only ones on which time seems to be right.
    """
    if scaling.atom != SECOND or not any(source.is_instant for source in feature.inputs):
        return False
    seen = [output for output in before.outputs if scaling.judges(output)]
    if not all(scaling.exponent(output) for output in seen):
        return False
    return not any(bool((np.isfinite(each.numbers) & (each.numbers != 0)).any()) for each in seen)


def _marks(before: Outcome, after: Outcome, scaling: Scaling, allowed: dict[str, float]) -> dict[str, Mask]:
    """The rows that are not what they should be, by output."""
    pairs = zip(before.outputs, after.outputs, strict=True)
    marks = {
        b.label: differing(scaling.expected(b), a, allowed.get(b.label, 0.0))
        for b, a in pairs
        if scaling.judges(b)
    }
    return {label: mask for label, mask in marks.items() if mask.any()}


def _raised(feature: Feature, sides: tuple[Side, Side], scaling: Scaling, after: Raised) -> Verdict:
    if not scaling.stays_inside(sides[0].case):
        return Wanting(f"rules that leave room to scale {scaling.name}")
    return Breach(
        statement=f"Scaling {scaling.name} by {scaling.times} must scale the result; "
        f"`{feature.name}` raised {after}.",
        sides=sides,
        diagnosis=f"the code refuses values by a number that has a dimension of {scaling.name}.",
        hint="make that number a parameter with a unit, or a rule of the schema.",
    )


def _breach(feature: Feature, sides: tuple[Side, Side], scaling: Scaling, marks: dict[str, Mask]) -> Breach:
    before = sides[0].outcome
    assert isinstance(before, Outcome)
    wrong = [output for output in before.outputs if output.label in marks]
    label = wrong[0].label if wrong else feature.name
    growth = scaling.growth(wrong[0]) if wrong else 1.0
    change = f"leave `{label}` as it is" if growth == 1 else f"scale `{label}` by {growth:g}, bit for bit"
    return Breach(
        statement=f"Scaling {scaling.name} by {scaling.times} must {change}.",
        sides=sides,
        marks=marks,
        expected=tuple(scaling.expected(output) for output in wrong),
        diagnosis=_diagnosis(wrong, sides[1].outcome, scaling, marks),
        hint=f'make such a number a parameter with a unit, or declare @feature(pinned=("{scaling.name}",)).',
    )


def _compared(feature: Feature, case: Case, scaling: Scaling) -> Wanting | None:
    """What durations are compared with: the law holds once the time between instants is scaled as well."""
    instants = [column.input.name for column in case.columns if column.input.is_instant]
    before = feature.outcome(case)
    if scaling.atom != SECOND or not instants or not isinstance(before, Outcome):
        return None
    after = feature.outcome(scaling.applied(case).mapped(lambda column: _spread_out(column, scaling)))
    kept = isinstance(after, Outcome) and same_shape(before, after)
    if not kept or not isinstance(after, Outcome) or _marks(before, after, scaling, {}):
        return None
    return Wanting(f"inputs that scale (`{instants[0]}` is a point)")


def _spread_out(column: Column, scaling: Scaling) -> Column:
    """The instants, each so many times as far from the first."""
    there = column.values[~column.null]
    if not column.input.is_instant or not len(there):
        return column
    apart = (column.values - there.min()).astype("timedelta64[us]") * 2.0**scaling.power
    moved = (there.min().astype("datetime64[us]") + apart).astype(column.values.dtype)
    return column.replaced(np.where(column.null, column.values, moved))


def _counted(feature: Feature, found: Breach, scaling: Scaling) -> Wanting | None:
    """What counts time that does not scale: days of a calendar are told by instants, not by durations.

    Then a result has one power of time less in its values than in its unit (or one more, as a rate has).
    """
    sides = [side.outcome for side in found.sides]
    if scaling.atom != SECOND or not found.marks or not isinstance(sides[0], Outcome):
        return None
    wrong = [output for output in sides[0].outputs if output.label in found.marks]
    for output in wrong:
        measured = _measured(output, sides[1], scaling, found.marks)
        if measured is None or abs(measured - scaling.exponent(output)) != 1:
            return None
    name = _counted_by(feature, frozenset(output.label for output in wrong))
    return None if name is None else Wanting(f"time that scales (days or hours of `{name}` are counted)")


def _counted_by(feature: Feature, labels: frozenset[str]) -> str | None:
    """The instant of which some outputs count the days or hours; asked once."""
    known = _INSTANTS.setdefault(feature, {})
    if labels not in known:
        known[labels] = counted(feature, labels)
    return known[labels]


def _diagnosis(wrong: list[Output], after: Outcome | Raised, scaling: Scaling, marks: dict[str, Mask]) -> str:
    """Another exponent, where all cells agree on one; else a number with a dimension inside the code."""
    measured = _measured(wrong[0], after, scaling, marks) if wrong else None
    if measured is None:
        return f"the code holds a number that has a dimension of {scaling.name}: a limit, an offset, a step."
    if measured == 0:
        return f"it does not change with {scaling.name}: a limit of that dimension, or a factor left out."
    declared = scaling.exponent(wrong[0])
    return f"the values scale as {scaling.name}**{measured}, the declared unit as {scaling.name}**{declared}."


def _measured(
    before: Output, result: Outcome | Raised, scaling: Scaling, marks: dict[str, Mask]
) -> Fraction | None:
    """The exponent by which the marked cells do scale; None where they do not agree on one."""
    after = {} if isinstance(result, Raised) else {output.label: output for output in result.outputs}
    if not before.is_number or before.label not in after:
        return None
    moved = after[before.label].numbers
    rows = marks[before.label] & np.isfinite(moved) & (before.numbers != 0) & ~before.null
    with np.errstate(all="ignore"):
        found = np.log2(np.abs(moved[rows] / before.numbers[rows])) / scaling.power
    if len(found) == 0 or not np.isfinite(found).all() or float(np.ptp(found)) > NEARLY:
        return None
    exponent = Fraction(float(found[0])).limit_denominator(TWELFTHS)
    return exponent if abs(float(exponent) - found[0]) < NEARLY else None
