"""Inputs on which a law about units says nothing, once the result depends on them.

A number of which nothing is declared may have any unit; a point (an instant, a temperature in degF) does not
scale. Both are harmless as long as the feature does not read them, as most columns of a wide schema are.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from typedml.algebra.levels import is_level
from typedml.laws.breach import Wanting
from typedml.laws.case import Case, Column
from typedml.laws.comparison import different, same_shape
from typedml.laws.feature import Feature
from typedml.laws.generate import redrawn
from typedml.laws.inputs import Input
from typedml.laws.outcome import Outcome, Raised
from typedml.laws.physical import size, zero
from typedml.laws.standing import unscaled

SECOND = "s"
TRIALS = 3


def undetermined(feature: Feature, case: Case, atom: str) -> Wanting | None:
    """What a result that did not scale with a base dimension depends on instead, if it may."""
    for column in case.columns:
        source = column.input
        if source.is_number and source.meaning is None and matters(feature, case, column):
            return Wanting(f"a unit or kind of `{source.name}`")
        if is_point_in(source, atom) and matters(feature, case, column):
            return Wanting(f"inputs that scale (`{source.name}` is a point)")
        if source.field is not None and _is_level(source) and matters(feature, case, column):
            return Wanting(f"inputs that scale (`{source.name}` is a level)")
    return unscaled(feature, atom)


def is_point_in(source: Input, atom: str) -> bool:
    """True where the values of an input are points in a dimension: instants in time, degF in temperature."""
    if source.is_instant:
        return atom == SECOND
    if absolute_zero(source, atom) is not None:
        return False
    meaning = source.meaning
    if meaning is None or not source.is_point:
        return False
    # A clock time in digits (1745) names no unit of time, and is a point in it all the same.
    encoded = meaning.kind is not None and meaning.kind.encoded and atom == SECOND
    return encoded or atom in meaning.unit.dimension.atoms


def _is_level(source: Input) -> bool:
    return source.meaning is not None and source.is_point and is_level(source.meaning.unit)


def absolute_zero(source: Input, atom: str) -> float | None:
    """Where a temperature, or a cut among temperatures, has its absolute zero; None for what has none."""
    unit = (
        source.meaning.unit
        if source.meaning is not None and source.is_number and not source.integral
        else None
    )
    if unit is None or not isinstance(unit.origin, Fraction) or unit.dimension.items != ((atom, 1),):
        return None
    return -zero(unit) / size(unit)


def matters(
    feature: Feature, case: Case, column: Column, among: Collection[str] = (), *, trials: int = TRIALS
) -> bool:
    """True where a result changes when a column is drawn anew: one of those named in `among`, or any."""
    before = feature.outcome(case)
    others = (case.with_column(redrawn(column, feature.inputs, trial)) for trial in range(trials))
    return any(differ(before, feature.outcome(other), among) for other in others)


def differ(before: Outcome | Raised, after: Outcome | Raised, among: Collection[str] = ()) -> bool:
    """True where two results differ in an output that is named in `among`, or in any."""
    if isinstance(before, Raised) or isinstance(after, Raised):
        return str(before) != str(after)
    if not same_shape(before, after):
        return True
    return any(not among or label in among for label in different(before, after))
