"""What a formula that was found on one table gives on the others: a special case shows in some of them.

`0` that is taken for missing, an absolute value, equal rows that count once: the formula is right on the
table on which it was found, and no law sees the rows that are treated otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from fractions import Fraction
from typing import final

import attrs
import numpy as np

from typedml.laws.case import Case, Column
from typedml.laws.feature import Feature
from typedml.laws.inputs import Input
from typedml.laws.monomials import Floats, measures
from typedml.laws.outcome import Outcome, Output
from typedml.laws.points import physical

# The values that a formula gives on a case; None where it says nothing of it.
Prediction = Callable[[Case, Output], "Floats | None"]

CLOSE = 1e-6


@final
@attrs.frozen
class Formula:
    """What an output is on a table, in words; two formulas are one where these and their `powers` agree."""

    said: str
    powers: object = None
    predict: Prediction | None = attrs.field(default=None, eq=False)


def is_borne_out(feature: Feature, cases: Collection[Case], label: str, formula: Formula) -> bool:
    """True where an output is on each case what the formula gives, wherever that is a number."""
    predict = formula.predict
    if predict is None:
        return True
    for case in cases:
        outcome = feature.outcome(case)
        for output in outcome.outputs if isinstance(outcome, Outcome) else ():
            if output.label == label and not _agrees(output, predict(case, output)):
                return False
    return True


def _agrees(output: Output, expected: Floats | None) -> bool:
    if expected is None or len(expected) != len(output.values):
        return True
    given = np.isfinite(expected)
    if not given.any():
        return True
    if not output.is_number or (output.null & given).any():
        return False
    room = CLOSE * np.abs(expected[given]).max()
    return bool((np.abs(output.numbers[given] - expected[given]) <= room).all())


def power_product(coefficient: float, powers: Iterable[tuple[Input, Fraction]]) -> Prediction:
    """A coefficient times powers of inputs."""

    def predict(case: Case, output: Output) -> Floats | None:
        product = np.full(len(output.values), coefficient)
        for source, power in powers:
            column = _column(case, source)
            if column is None or len(column.values) not in (1, len(product)):
                return None
            with np.errstate(all="ignore"):
                product = product * measures(column) ** float(power)
        return product

    return predict


def column_itself(source: Input) -> Prediction:
    """The numbers of a column as they are; of what is no number nothing is said."""

    def predict(case: Case, output: Output) -> Floats | None:
        column = _column(case, source)
        return column.numbers if column is not None and source.is_number else None

    return predict


def total_of(source: Input, factor: float) -> Prediction:
    """The sum of a column, in another unit."""

    def predict(case: Case, output: Output) -> Floats | None:
        column = _column(case, source)
        return None if column is None else np.array([np.nansum(column.numbers) * factor])

    return predict


def number_of_rows(case: Case, output: Output) -> Floats:
    """How many rows the base table has."""
    return np.array([float(case.rows)])


def same_point(case: Case, output: Output) -> Floats | None:
    """The one number that is given, in the unit of the result."""
    numbers = [column for column in case.columns if column.input.is_number]
    return physical(numbers[0], output) if len(numbers) == 1 else None


def _column(case: Case, source: Input) -> Column | None:
    return next((column for column in case.columns if column.input is source), None)
