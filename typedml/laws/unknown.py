"""Inputs of which nothing is declared: where the result depends on one, a law about units says nothing."""

from __future__ import annotations

import numpy as np

from typedml.laws.breach import Wanting
from typedml.laws.case import Case, Column, multiplied
from typedml.laws.comparison import differing, same_shape
from typedml.laws.feature import Feature
from typedml.laws.outcome import Raised


def undetermined(feature: Feature, case: Case) -> Wanting | None:
    """The number without a unit on which the result depends, if there is one: it may have any unit."""
    for column in case.columns:
        if column.input.is_number and column.input.meaning is None and _matters(feature, case, column):
            return Wanting(f"a unit or kind of `{column.input.name}`")
    return None


def _matters(feature: Feature, case: Case, column: Column) -> bool:
    changed = case.with_column(column.replaced(multiplied(column.values, 3.0)))
    before, after = feature.outcome(case), feature.outcome(changed)
    if isinstance(before, Raised) or isinstance(after, Raised) or not same_shape(before, after):
        return True
    return any(np.any(differing(b, a)) for b, a in zip(before.outputs, after.outputs, strict=True))
