"""On which side of a decision its threshold itself lies: `>` or `>=`, which no law of units or rows tells.

Only a worked example does, with a row whose score is the threshold, to the last digit: where the two are
compared in different units there may be none, and rounding decides.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from typedml.laws.case import Case, Column, dtype_of
from typedml.laws.catalogue.boundary import deciding
from typedml.laws.examples import Unreadable, case_of
from typedml.laws.feature import Feature
from typedml.laws.inputs import Input
from typedml.laws.settings import NUMBERS
from typedml.laws.thresholds import Crossing, crossings


def untold_scores(feature: Feature, case: Case) -> list[Input]:
    """The inputs that decide where they reach a threshold of which no example tells the side; [] if none."""
    found = [crossing.source for crossing, _ in deciding(feature, case) if crossing.is_exact]
    examples = [_example(feature, given) for given, _ in feature.options.examples]
    return [] if any(is_at_a_threshold(each) for each in examples if each is not None) else found


def _exact(case: Case) -> Iterator[Crossing]:
    return (found for found in crossings(case) if found.is_exact)


def _example(feature: Feature, given: object) -> Case | None:
    """An example as a case, with the defaults of thresholds that it leaves out."""
    try:
        case = case_of(feature, given)  # type: ignore[arg-type]
    except Unreadable:
        return None
    named = {column.input.parameter.name for column in case.columns}
    left_out = [_default(each) for each in feature.inputs if each.parameter.name not in named]
    return Case((*case.columns, *(each for each in left_out if each is not None)), case.number)


def _default(source: Input) -> Column | None:
    default, meaning = source.parameter.default, source.meaning
    if not isinstance(default, NUMBERS) or meaning is None or not meaning.cut or source.tabular:
        return None
    return Column(source, np.array([default]).astype(dtype_of(source)), np.zeros(1, dtype=np.bool_))


def is_at_a_threshold(case: Case) -> bool:
    """True where a value of a table is a threshold, and units leave no doubt about that."""
    for found in _exact(case):
        column = case.column_of(found.source)
        if bool(((column.numbers == found.at) & ~column.null).any()):
            return True
    return False
