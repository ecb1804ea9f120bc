"""Results that are the values of a column, row by row: a clip that does not clip, a default nobody needs."""

from __future__ import annotations

from typedml.laws.case import Case, Column
from typedml.laws.feature import Feature
from typedml.laws.inputs import Input
from typedml.laws.outcome import Outcome, Output, Raised
from typedml.laws.placing import BASE
from typedml.laws.proposed import plain_cells


def copy_in(feature: Feature, case: Case) -> Input | None:
    """The column of a table of which its results are a copy, though those of another table are none."""
    here = _copied(case, feature.outcome(case))
    seen = [(other, outcome) for other, outcome in feature.seen if other.rows > 1]
    return next((s for s in here if any(s not in _copied(*each) for each in seen)), None)


def _copied(case: Case, outcome: Outcome | Raised) -> list[Input]:
    """The columns of which each output of a table is a copy."""
    outputs = () if isinstance(outcome, Raised) else outcome.outputs
    columns = case.columns_of(BASE) if outputs and case.rows > 1 else ()
    return [c.input for c in columns if all(is_copy(output, c) for output in outputs)]


def is_copy(output: Output, column: Column) -> bool:
    """True where an output has the values of a column, row by row."""
    return _cells(output) == _cells(column)


def _cells(of: Column | Output) -> list[object]:
    return [None if null else cell for cell, null in zip(plain_cells(of.values), of.null, strict=True)]
