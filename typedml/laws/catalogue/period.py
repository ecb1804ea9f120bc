"""The law `period`: an angle comes back after a turn, in the unit that it is declared in."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from typedml.algebra.monomial import ANGLE
from typedml.declare.declared import DeclaredFunction
from typedml.laws.breach import Breach, Side, Verdict, Wanting
from typedml.laws.case import Case, Column
from typedml.laws.comparison import noise, same_shape
from typedml.laws.feature import Feature
from typedml.laws.grid import within
from typedml.laws.inputs import Input, inputs_of
from typedml.laws.outcome import Outcome, Output, Raised, differing
from typedml.laws.physical import size

TURN = 2 * math.pi
# Cycles of other things: days, hours, months, minutes, days of the year, degrees and gons.
OTHER_TURNS = (7.0, 10.0, 12.0, 24.0, 30.0, 31.0, 52.0, 60.0, 100.0, 360.0, 365.0, 366.0, 400.0)


def period(feature: Feature, case: Case) -> Verdict:
    """A full turn of one angle changes nothing; no angle in degrees repeats after 2 pi of them."""
    before = feature.outcome(case)
    if isinstance(before, Raised):
        return Wanting("a table on which it does not raise")
    verdict: Verdict = None
    for column in case.columns:
        turn = turn_of(column.input)
        if turn is not None:
            found = _turned(feature, case, before, column, turn)
            if isinstance(found, Breach):
                return found
            verdict = verdict or found
    return verdict


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which nothing turns."""
    turning = any(turn_of(source) is not None for source in inputs_of(declared))
    return None if turning else "an angle or a cyclic kind"


def turn_of(source: Input) -> float | None:
    """A full turn in the unit of an input: 360 for degrees; None where it does not turn."""
    meaning = source.meaning
    if meaning is None or not source.is_number:
        return None
    if meaning.kind is not None and meaning.kind.period is not None:
        return float(meaning.kind.period)
    unit = meaning.unit
    return TURN / size(unit) if unit.dimension.items == ((ANGLE, 1),) else None


def _turned(feature: Feature, case: Case, before: Outcome, column: Column, turn: float) -> Verdict:
    turned = case.with_column(column.replaced(column.values + column.values.dtype.type(turn)))
    after = feature.outcome(turned)
    name = column.input.name
    if isinstance(after, Raised):
        return Wanting("a table on which it does not raise")
    if _agree(feature, case, before, turned, after):
        return None
    raw = None if abs(turn - TURN) < 1e-9 else _repeats_raw(feature, case, before, column)
    other = None if raw else _other_turn(feature, case, before, column, turn)
    if raw is None and other is None and not _must_turn(column, turned):
        return Wanting(f"a result that repeats: it is taken for meant that one turn of `{name}` changes it")
    diagnosis = f"it repeats after 2 pi: `{name}` goes into a function of radians as it is." if raw else ""
    if other is not None:
        diagnosis = f"it repeats after {other:g}, where `{name}` comes round after {turn:g}."
    return Breach(
        statement=f"A full turn of `{name}` ({turn:g}) must leave `{feature.name}` as it is.",
        sides=(Side("before", case, before), Side(f"after ({name} + {turn:g})", turned, after)),
        marks=_marks(before, after, {}),
        expected=before.outputs,
        diagnosis=diagnosis,
        hint=f"convert first: `np.deg2rad({name})`." if raw else f"take `{name}` modulo {turn:g}.",
    )


def _must_turn(column: Column, turned: Case) -> bool:
    """A cyclic kind must, as long as its range admits the values: 200 degrees are no declared longitude."""
    kind = column.input.meaning.kind if column.input.meaning is not None else None
    moved = turned.column_of(column.input)
    admitted = bool((within(column.input, moved.values) | moved.null).all())
    return kind is not None and kind.period is not None and admitted


def _other_turn(feature: Feature, case: Case, before: Outcome, column: Column, turn: float) -> float | None:
    """Another turn after which the result of a cyclic kind repeats, both ways; halves of an angle may."""
    kind = column.input.meaning.kind if column.input.meaning is not None else None
    if kind is None or kind.period is None or column.values.dtype.kind != "f":
        return None
    near = _at(column, case, 1.0)
    if not _marks(before, feature.outcome(near), {}):
        return None
    for other in sorted({*OTHER_TURNS, turn - 1, turn + 1}):
        if turn % other == 0 or other % turn == 0:
            continue
        trials = (_at(column, case, by) for by in (other, -other, 2 * other))
        if all(_agree(feature, case, before, trial, feature.outcome(trial)) for trial in trials):
            return other
    return None


def _at(column: Column, case: Case, by: float) -> Case:
    return case.with_column(column.replaced(column.values + by))


def _repeats_raw(feature: Feature, case: Case, before: Outcome, column: Column) -> bool | None:
    """True where the result repeats after 2 pi of whatever the unit is, and does depend on the input."""
    if column.values.dtype.kind != "f":
        return None
    near = case.with_column(column.replaced(column.values + TURN))
    half = case.with_column(column.replaced(column.values + 1.0))
    repeated, moved = feature.outcome(near), feature.outcome(half)
    if isinstance(repeated, Raised) or isinstance(moved, Raised):
        return None
    depends = bool(_marks(before, moved, {}))
    return True if depends and _agree(feature, case, before, near, repeated) else None


def _agree(feature: Feature, case: Case, before: Outcome, other: Case, after: Outcome | Raised) -> bool:
    if isinstance(after, Raised):
        return False
    if not _marks(before, after, {}):
        return True
    near, far = noise(feature, case), noise(feature, other)
    return not _marks(before, after, {label: 4 * max(near[label], far.get(label, 0.0)) for label in near})


def _marks(before: Outcome, after: Outcome | Raised, allowed: dict[str, float]) -> dict[str, Any]:
    if isinstance(after, Raised) or not same_shape(before, after):
        return {output.label: np.ones(len(output.values), dtype=np.bool_) for output in before.outputs}
    pairs = zip(before.outputs, after.outputs, strict=True)
    marks = {b.label: _differing_turned(b, a, allowed.get(b.label, 0.0)) for b, a in pairs}
    return {label: mask for label, mask in marks.items() if mask.any()}


def _differing_turned(before: Output, after: Output, tolerance: float) -> Any:
    """Cyclic results, and angles, are the same a full turn on."""
    meaning = before.meaning
    mask = differing(before, after, tolerance)
    if meaning is None or not mask.any() or not before.is_number:
        return mask
    turn = meaning.kind.period if meaning.kind is not None else None
    if turn is None and meaning.unit.dimension.items == ((ANGLE, 1),):
        turn = TURN / size(meaning.unit)
    if turn is None:
        return mask
    apart = np.abs(before.numbers - after.numbers) % turn
    return mask & (np.minimum(apart, turn - apart) > max(tolerance, 1e-9 * turn))
