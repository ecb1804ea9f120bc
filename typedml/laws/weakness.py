"""Why a worked example tells little: one row, equal values, noughts and ones, a constant, a copy."""

from __future__ import annotations

import numpy as np

from typedml.laws.copies import copy_in
from typedml.laws.examples import Unreadable, case_of
from typedml.laws.feature import Feature
from typedml.laws.placing import BASE
from typedml.laws.skeleton import variety


def weakness(feature: Feature) -> str:
    """Why none of the worked examples of a feature tells one formula from another; "" where one does."""
    reasons = [_weakness(feature, given) for given, _ in feature.options.examples]
    return reasons[0] if all(reasons) else ""


def _weakness(feature: Feature, given: object) -> str:
    try:
        case = case_of(feature, given)  # type: ignore[arg-type]
    except Unreadable:
        return ""
    by_row = feature.options.rows == "each"
    numbers = [column.numbers[~column.null] for column in case.columns if column.input.is_number]
    if case.tabular and case.rows < 2 and not by_row:
        return "one row cannot tell a sum, a mean, a first or a last from one another"
    if numbers and all(np.isin(values, (0.0, 1.0)).all() for values in numbers):
        return "values of 0 and 1 only hide factors and powers"
    tabular = [c.numbers[~c.null] for c in case.columns_of(BASE) if c.input.is_number]
    if variety(feature.outcome(case)) == 1 and any(variety(outcome) > 1 for _, outcome in feature.seen):
        return "results that are all the same tell no formula from a constant"
    copied = copy_in(feature, case)
    if copied is not None:
        return f"results that are the values of `{copied.name}` tell no formula from a copy"
    if not by_row and tabular and all(len(set(values.tolist())) < 2 for values in tabular):
        return "equal values cannot tell a mean from a median, a first or a last"
    return ""
