"""Maps from one point to another: a temperature in degF for one in degC is the same temperature."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import numpy as np

from typedml.laws.breach import Breach, Side
from typedml.laws.case import Case, Column
from typedml.laws.feature import Feature
from typedml.laws.inputs import is_numeric, is_point
from typedml.laws.monomials import Floats
from typedml.laws.outcome import Outcome, Output
from typedml.laws.physical import size, zero

if TYPE_CHECKING:
    from typedml.algebra.meaning import Meaning

CLOSE = 1e-3


def maps_points(feature: Feature, case: Case) -> Breach | bool:
    """Judge a map from one quantity to one of the same dimension, at least one of them a point.

    True where it is the identity, False where the feature is no such map.
    """
    numbers = [column for column in case.columns if column.input.is_number]
    outcome = feature.outcome(case)
    if len(numbers) != 1 or not isinstance(outcome, Outcome) or len(outcome.outputs) != 1:
        return False
    column, output = numbers[0], outcome.outputs[0]
    expected = physical(column, output)
    if expected is None or not _is_affine(feature, case, column):
        return False
    wrong = np.abs(output.numbers - expected) > CLOSE * np.maximum(1.0, np.abs(expected))
    if not wrong.any():
        return True
    name, source, target = column.input.name, column.input.meaning, output.meaning
    assert source is not None
    assert target is not None
    return Breach(
        statement=f"`{output.label}` must be the same point as `{name}`, in {target} for {source}.",
        sides=(Side("called with", case, outcome),),
        marks={output.label: wrong & ~output.null},
        expected=(attrs.evolve(output, values=expected),),
        diagnosis="a factor or an offset of the conversion is missing or wrong.",
        hint=f'convert({name}, "{source.unit}", "{target.unit}").',
    )


def physical(column: Column, output: Output) -> Floats | None:
    """What the identity would give; None where the two are not points of one dimension in two units."""
    source, target = column.input.meaning, output.meaning
    if source is None or target is None or not output.is_number or len(output.values) != len(column.values):
        return None
    if output.declared is None or not is_numeric(output.declared.base) or source.cut or target.cut:
        return None
    same = source.unit.dimension == target.unit.dimension and bool(source.unit.dimension)
    if not same or source.unit == target.unit or not (is_point(source) or is_point(target)):
        return None
    if _clock(source) != _clock(target):
        return None
    base = column.numbers * size(source.unit) + zero(source.unit)
    return np.asarray((base - zero(target.unit)) / size(target.unit))


def _clock(meaning: Meaning) -> str | None:
    """The name of a zero point that is only named: two different ones are no conversion."""
    named = meaning.kind.origin if meaning.kind is not None else None
    return meaning.unit.origin if isinstance(meaning.unit.origin, str) else named


def _is_affine(feature: Feature, case: Case, column: Column) -> bool:
    """True where equal steps of the input are equal steps of the output."""
    results = []
    for step in range(3):
        moved = feature.outcome(
            case.with_column(column.replaced(column.values + column.values.dtype.type(3 * step)))
        )
        if not isinstance(moved, Outcome):
            return False
        results.append(moved.outputs[0].numbers)
    second = results[2] - 2 * results[1] + results[0]
    moves = np.abs(results[1] - results[0]) > CLOSE
    return bool((np.abs(second) < CLOSE).all() and moves.any())
