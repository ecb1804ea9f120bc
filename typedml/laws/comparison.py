"""Whether two outputs are the same: exactly, or as nearly as rounding lets a right feature be."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from typedml.laws.case import Case, Column, Mask
from typedml.laws.feature import Feature
from typedml.laws.outcome import Outcome, Output, Raised, differing, reordered

JITTERS = 4
ALLOWANCE = 16.0
LEAST = 4
EPSILON = float(np.finfo(np.float64).eps)


def same_shape(before: Outcome, after: Outcome) -> bool:
    """True where two results have the same columns and numbers of rows."""
    return [(o.label, len(o.values)) for o in before.outputs] == [
        (o.label, len(o.values)) for o in after.outputs
    ]


def unlike(
    feature: Feature, cases: Sequence[Case], expected: Sequence[Output], after: Outcome
) -> dict[str, Mask]:
    """The rows of each output that are not as expected, beyond what rounding explains on any of the cases."""
    found = {output.label: output for output in after.outputs}
    marks = _marks(expected, found, {})
    if marks:
        allowed: dict[str, float] = {}
        for case in cases:
            for label, change in noise(feature, case).items():
                allowed[label] = max(allowed.get(label, 0.0), change)
        marks = _marks(expected, found, allowed)
    return marks


def _marks(
    expected: Sequence[Output], found: Mapping[str, Output], allowed: Mapping[str, float]
) -> dict[str, Mask]:
    marks = {
        e.label: differing(e, found[e.label], allowed.get(e.label, 0.0))
        if e.label in found
        else np.ones(len(e.values), dtype=np.bool_)
        for e in expected
    }
    return {label: mask for label, mask in marks.items() if mask.any()}


def different(first: Outcome, second: Outcome | Raised) -> dict[str, Mask]:
    """The rows that differ, by output; nothing was changed, so only threads could round differently."""
    if isinstance(second, Raised):
        return {output.label: np.ones(len(output.values), dtype=np.bool_) for output in first.outputs}
    found: dict[str, Output] = {output.label: output for output in second.outputs}
    marks = {
        o.label: differing(o, found[o.label], reordered(o))
        if o.label in found
        else np.ones(1, dtype=np.bool_)
        for o in first.outputs
    }
    return {label: mask for label, mask in marks.items() if mask.any()}


def noise(
    feature: Feature, case: Case, epsilon: float = EPSILON, *, still: Collection[str] = ()
) -> dict[str, float]:
    """How far each output may move by rounding alone: 16 times what jitter in the last bits does.

    At the least 4 units in the last place, and as many times more as a logarithm of what goes in is larger
    than 1: a geometric mean rounds log(x), which may be 14, and hands that on by its exp.
    `epsilon` is the rounding of the floats; columns named in `still` are not moved, such as times, of which
    the last bit decides what is in a window. Infinite where jitter changes a truth value, a text or a number
    of rows: such a case decides nothing.
    """
    base = feature.outcome(case)
    if isinstance(base, Raised):
        return {}
    least = LEAST * epsilon * _largest_logarithm(case)
    allowed = {output.label: least * _largest(output) for output in base.outputs}
    for trial in range(JITTERS):
        moved = feature.outcome(jittered(case, trial, epsilon, still))
        if isinstance(moved, Outcome):
            for label, change in _changes(base, moved).items():
                allowed[label] = max(allowed.get(label, 0.0), ALLOWANCE * change)
    return allowed


def jittered(case: Case, trial: int, epsilon: float = EPSILON, still: Collection[str] = ()) -> Case:
    """The case with every float moved by a few units in its last place, but for columns to be left still."""
    random = np.random.default_rng((case.number, trial))
    return case.mapped(lambda c: c if c.input.name in still else _jittered(c, random, epsilon))


def _jittered(column: Column, random: np.random.Generator, epsilon: float) -> Column:
    if column.values.dtype.kind != "f" or column.input.rules.isin is not None or column.input.integral:
        return column
    steps = random.integers(-2, 3, size=len(column.values)) * epsilon
    meaning = column.input.meaning
    if meaning is not None and meaning.unit.has_angle:
        # An angle may be 0 or cross it, where relative jitter is none: it moves by a share of its own size.
        return column.replaced(
            column.values + steps * max(1.0, float(np.nanmax(np.abs(column.numbers), initial=1.0)))
        )
    return column.replaced(column.values * (1.0 + steps))


def _changes(base: Outcome, moved: Outcome) -> dict[str, float]:
    if not same_shape(base, moved):
        return {output.label: np.inf for output in base.outputs}
    return {b.label: _change(b, m) for b, m in zip(base.outputs, moved.outputs, strict=True)}


def _change(base: Output, moved: Output) -> float:
    if not base.is_number or not moved.is_number:
        return np.inf if differing(base, moved).any() else 0.0
    if (base.null != moved.null).any():
        return np.inf
    with np.errstate(all="ignore"):
        change = np.abs(base.numbers - moved.numbers)
    return float(np.nanmax(np.where(np.isfinite(change), change, 0.0), initial=0.0))


def _largest(output: Output) -> float:
    if not output.is_number:
        return 0.0
    numbers = output.numbers
    return float(np.max(np.abs(numbers[np.isfinite(numbers)]), initial=0.0))


def _largest_logarithm(case: Case) -> float:
    """The largest logarithm of a number of the case; 1 where none is larger."""
    found = (column.numbers for column in case.columns if column.values.dtype.kind in "fi")
    told = [numbers[np.isfinite(numbers) & (numbers != 0)] for numbers in found]
    return max((float(np.abs(np.log(np.abs(numbers))).max(initial=1.0)) for numbers in told), default=1.0)
