"""Features that add or subtract what is alike: a duration from two instants, a detour from two distances.

Their slopes are found by moving one input at a time. In base units a difference of points has the slopes 1
and -1, and quantities of one dimension are added as what they are, whatever units they are written in.
"""

from __future__ import annotations

import math
from functools import partial
from typing import final

import attrs
import numpy as np

from typedml.algebra.unit import Unit
from typedml.laws.breach import Breach, Side
from typedml.laws.case import Case, Column
from typedml.laws.diagnosis import CLOSE, diagnose
from typedml.laws.feature import Feature
from typedml.laws.grid import within
from typedml.laws.inputs import Input, scalable_unit
from typedml.laws.monomials import constant
from typedml.laws.outcome import Outcome, Output, Raised
from typedml.laws.physical import size
from typedml.laws.recurrence import recurs

STEPS = (4, 8)
MICROSECONDS = 60_000_000


@final
@attrs.frozen(eq=False)
class Slope:
    """How an output moves with an input: in the numbers that are written, and in base units."""

    source: Input
    unit: Unit
    raw: float
    coherent: float


def judge_slopes(feature: Feature, case: Case) -> Breach | bool:
    """Judge the outputs that add or subtract like inputs; True where there is one and it is coherent."""
    base = feature.outcome(case)
    judged = False
    for output in () if isinstance(base, Raised) else base.outputs:
        unit = scalable_unit(output.meaning)
        slopes = slopes_of(feature, case, output, unit) if unit is not None and unit.dimension else []
        if len(slopes) < 2 or unit is None:
            continue
        factor = _wrong_factor(slopes)
        again = partial(_wrong_factor_of, feature, output.label, unit)
        if factor is not None and recurs(feature, case, factor, again):
            return _breach(feature, case, output, unit, slopes, factor)
        judged = judged or (factor is None and is_difference(slopes))
    return judged


def _wrong_factor(slopes: list[Slope]) -> float | None:
    """The factor by which slopes are wrong; None where they are right, or where nothing can be said.

    Points are subtracted as they are; quantities in different units are not added as if they were in one.
    """
    sizes = [abs(slope.coherent) for slope in slopes]
    points = all(slope.source.is_point for slope in slopes)
    if points and math.isclose(sum(slope.coherent for slope in slopes), 0.0, abs_tol=CLOSE * max(sizes)):
        factor = max(sizes)
        units = [slope.unit for slope in slopes]
        known = not math.isclose(factor, 1.0, rel_tol=CLOSE) and "->" in diagnose(factor, units)
        return factor if known else None
    raw = [abs(slope.raw) for slope in slopes]
    written_alike = all(math.isclose(value, raw[0], rel_tol=CLOSE) for value in raw)
    mixed = not all(math.isclose(value, sizes[0], rel_tol=CLOSE) for value in sizes)
    if not (written_alike and mixed):
        return None
    return next(value for value in sizes if not math.isclose(value, 1.0, rel_tol=CLOSE))


def _wrong_factor_of(feature: Feature, label: str, unit: Unit, case: Case) -> float | None:
    """The factor by which the same output is wrong on another case."""
    outcome = feature.outcome(case)
    outputs = () if isinstance(outcome, Raised) else outcome.outputs
    same = [slopes_of(feature, case, output, unit) for output in outputs if output.label == label]
    return _wrong_factor(same[0]) if same and len(same[0]) > 1 else None


def is_difference(slopes: list[Slope]) -> bool:
    """True where every slope is 1 or -1 in base units."""
    return all(math.isclose(abs(slope.coherent), 1.0, rel_tol=CLOSE) for slope in slopes)


def slopes_of(feature: Feature, case: Case, output: Output, unit: Unit) -> list[Slope]:
    """The slopes in every input of the dimension of the output on which it depends linearly."""
    found = []
    for column in case.columns:
        source = _unit_of(column.input)
        if source is None or source.dimension != unit.dimension:
            continue
        raw = _slope(feature, case, output, column)
        if raw is None:
            return []
        if raw:
            found.append(Slope(column.input, source, raw, raw * size(unit) / size(source)))
    return found


def _unit_of(source: Input) -> Unit | None:
    """The unit in which steps of an input are measured: of an instant, microseconds are moved as minutes."""
    from typedml.algebra.registry import unit

    if source.is_instant:
        return unit("minute")
    if source.meaning is not None and source.is_point and source.is_number and not source.meaning.cut:
        encoded = source.meaning.kind is not None and source.meaning.kind.encoded
        return None if encoded else source.meaning.unit.delta()
    return source.unit if source.is_number else None


def _slope(feature: Feature, case: Case, output: Output, column: Column) -> float | None:
    """The change of the output for one unit of a column; None where that is not the same everywhere."""
    changes = []
    for step in STEPS:
        moved = _moved(column, step)
        if moved is None:
            return None
        after = feature.outcome(case.with_column(moved))
        found = _change(output, after)
        if found is None:
            return None
        changes.append(found / step)
    same = math.isclose(changes[0], changes[1], rel_tol=CLOSE, abs_tol=1e-9)
    return changes[0] if same else None


def _moved(column: Column, step: int) -> Column | None:
    if column.input.is_instant:
        if column.values.dtype != np.dtype("datetime64[us]"):
            return None
        return column.replaced(column.values + np.timedelta64(step * MICROSECONDS, "us"))
    for way in (step, -step):
        values = column.values + column.values.dtype.type(way)
        if (within(column.input, values) | column.null).all():
            return column.replaced(values) if way > 0 else None
    return None


def _change(before: Output, result: Outcome | Raised) -> float | None:
    """By how much all rows of an output moved; None where they moved differently."""
    after = [] if isinstance(result, Raised) else [o for o in result.outputs if o.label == before.label]
    if not after or len(after[0].values) != len(before.values) or not after[0].is_number:
        return None
    if not before.is_number or (before.null != after[0].null).any() or before.null.all():
        return None
    moved = (after[0].numbers - before.numbers)[~before.null]
    if not np.isfinite(moved).all():
        return None
    if (np.abs(moved) < 1e-12 * np.maximum(1.0, np.abs(before.numbers[~before.null]))).all():
        return 0.0
    # Instants are large numbers, so that a difference of two keeps few digits.
    return constant(moved, CLOSE)


def _breach(
    feature: Feature, case: Case, output: Output, unit: Unit, slopes: list[Slope], factor: float
) -> Breach:
    label = output.label
    found = diagnose(factor, [unit, *(slope.unit for slope in slopes)])
    said = f" ({found})" if found else ""
    wrong = next(slope for slope in slopes if math.isclose(abs(slope.coherent), factor, rel_tol=CLOSE))
    name = wrong.source.name
    return Breach(
        statement=f"{label} = {factor:.4g} x its coherent value{said} in `{name}`.\n"
        f"One {wrong.unit} more of `{name}` must change `{label}` by one {wrong.unit}, in whatever unit.",
        sides=(Side("called with", case, feature.outcome(case)),),
        marks={label: ~output.null},
        diagnosis=f"a conversion is missing or done twice: {found}" if "->" in found else "",
        hint=f'convert `{name}` to "{unit}" before it is added or subtracted.',
    )
