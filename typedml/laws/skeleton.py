"""A worked example to start from: a small input that tells formulas apart, and what it gives today."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from typedml.laws.build import python_cells
from typedml.laws.case import Case
from typedml.laws.comparison import different
from typedml.laws.examples import Unreadable, arguments_of, case_of
from typedml.laws.feature import Feature
from typedml.laws.outcome import Outcome, Output

ROWS = 4
MOST_TRIALS = 40


def skeleton(feature: Feature, cases: Collection[Case]) -> str:
    """`examples=[(arguments, result)]` as code to paste; "" where no table serves as one."""
    candidates = [_few_rows(case) for case in cases if not case.signed]
    candidates.sort(key=lambda case: _worth(feature, case), reverse=True)
    for case in candidates[:3]:
        outcome = feature.outcome(case)
        if isinstance(outcome, Outcome) and not all(output.null.all() for output in outcome.outputs):
            given = _without_needless(feature, _given(case))
            return f"examples=[({_written(given)}, {_written(_result(feature, outcome))})]"
    return ""


def _few_rows(case: Case) -> Case:
    return case.take(range(ROWS)) if case.tabular and case.rows > ROWS else case


def _worth(feature: Feature, case: Case) -> float:
    """How well a case tells formulas apart: rows, different values, results that are there."""
    outcome = feature.outcome(case)
    if not isinstance(outcome, Outcome):
        return -1.0
    numbers = [column.numbers for column in case.columns if column.input.is_number]
    spread = sum(len(set(values[~np.isnan(values)].tolist())) for values in numbers)
    present = sum(int((~output.null).sum()) for output in outcome.outputs)
    missing = sum(int(column.null.sum()) for column in case.columns)
    return spread + 2 * present - 2 * missing


def _given(case: Case) -> dict[str, Any]:
    """The arguments as plain Python: a frame as a mapping of columns, an array as a list."""
    given: dict[str, Any] = {}
    for column in case.columns:
        parameter, cells = column.input.parameter, list(python_cells(column))
        if parameter.carrier == "frame":
            given.setdefault(parameter.name, {})[column.input.name] = cells
        elif column.input.kept is not None:
            continue
        elif column.input.part is not None:
            given[parameter.name] = (*given.get(parameter.name, ()), cells[0])
        else:
            given[parameter.name] = cells if column.input.tabular or column.input.several else cells[0]
    return given


def _without_needless(feature: Feature, given: dict[str, Any]) -> dict[str, Any]:
    """The example without the columns that the feature does not read."""
    wanted = _called(feature, given)
    trials = 0
    for name, value in list(given.items()):
        for column in list(value) if isinstance(value, dict) else ():
            smaller = {**given, name: {key: cells for key, cells in given[name].items() if key != column}}
            trials += 1
            if trials > MOST_TRIALS or not smaller[name] or wanted is None:
                return given
            got = _called(feature, smaller)
            if got is not None and not different(wanted, got) and len(got.outputs) == len(wanted.outputs):
                given = smaller
    return given


def _called(feature: Feature, given: dict[str, Any]) -> Outcome | None:
    try:
        outcome = feature.call(arguments_of(given, case_of(feature, given)))
    except Unreadable:
        return None
    return outcome if isinstance(outcome, Outcome) else None


def _result(feature: Feature, outcome: Outcome) -> Any:
    declared = feature.declared
    if declared.results:
        return tuple(_cells(output) for output in outcome.outputs)
    if declared.result.carrier == "frame":
        return {output.label: _cells(output) for output in outcome.outputs}
    return _cells(outcome.outputs[0])


def _cells(output: Output) -> Any:
    cells = [
        None if null else cell for cell, null in zip(_plain(output.values), output.null.tolist(), strict=True)
    ]
    return cells[0] if output.scalar else cells


def _plain(values: Any) -> list[Any]:
    """Plain Python values; moments to the microsecond, for finer ones are numbers to numpy."""
    if values.dtype.kind in "mM":
        return list(values.astype(f"{values.dtype.kind}8[us]").tolist())
    return list(values.tolist())


def _written(value: Any) -> str:
    """A value as code: a moment as `dt.datetime(2013, 1, 7)`."""
    return repr(value).replace("datetime.", "dt.")
