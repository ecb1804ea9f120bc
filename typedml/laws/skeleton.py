"""A worked example to start from: a small input that tells formulas apart, and what it gives today."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np

from typedml.laws.build import python_cells
from typedml.laws.case import Case, Column
from typedml.laws.comparison import different
from typedml.laws.copies import copy_in
from typedml.laws.example_times import Read
from typedml.laws.examples import Unreadable, arguments_of, case_of
from typedml.laws.feature import Feature
from typedml.laws.outcome import Outcome, Output, Raised
from typedml.laws.parting import parting
from typedml.laws.proposed import plain_cells, proposed_result
from typedml.laws.settings import NUMBERS
from typedml.laws.sides import is_at_a_threshold
from typedml.laws.sorts import lacking
from typedml.laws.thresholds import crossings

ROWS = 6
MOST_TRIALS = 40
# How many tables are tried, and how many calls of a feature of single values are shown.
CANDIDATES = 4
CALLS = 3
DIGITS = 12


def skeleton(feature: Feature, cases: Collection[Case]) -> str:
    """`examples=[(arguments, result)]` as code to paste; "" where no table serves as one."""
    plain = sorted(cases, key=lambda case: (not case.signed, _worth(feature, case)), reverse=True)
    tabular = any(case.tabular for case in plain)
    read = _read(feature, plain) if tabular else None
    chosen = _tables(feature, plain, read) if tabular else _calls(feature, plain)
    written = []
    for case in chosen:
        outcome = feature.outcome(case)
        if isinstance(outcome, Outcome):
            given = _with_what_is_read(feature, _given(case), read)
            written.append(f"({_written(given)}, {_written(proposed_result(feature.declared, outcome))})")
    return f"examples=[{', '.join(written)}]" if written else ""


def _tables(feature: Feature, cases: Sequence[Case], read: Read) -> list[Case]:
    """The table that tells most formulas apart, of those made for it and the first rows of others.

    Beside it stands another one where sorts of rows or results occur that it does not show.
    """
    told = (parting(feature, case, read) for case in cases)
    made = list(itertools.islice((case for case in told if case is not None), CANDIDATES))
    first = [case for case in cases if not case.signed][:CANDIDATES]
    # What is a copy of positive numbers, as an absolute value is, may be none of negative ones.
    plain = [_first_rows(case) for case in (first or cases)[:CANDIDATES]]
    if all(copy_in(feature, case) is not None for case in (*made, *plain)):
        plain += [_first_rows(case) for case in cases if case.signed][:CANDIDATES]

    def rank(case: Case) -> tuple[bool, bool, bool, bool, float]:
        varied = variety(feature.outcome(case)) > 1
        good = varied and _worth(feature, case) > 0
        own = good and copy_in(feature, case) is None
        return own, _tells(feature, case, made), is_at_a_threshold(case), good, _worth(feature, case)

    best = max((*made, *plain), key=rank)
    if not _worth(feature, best):
        return []
    second = lacking(feature, best, first, read)
    return [best, second] if second is not None and _worth(feature, second) else [best]


def _first_rows(case: Case) -> Case:
    return case.take(range(ROWS)) if case.rows > ROWS else case


def variety(outcome: Outcome | Raised) -> int:
    """How many different results an output has, of the one that has most; 0 where none has several rows."""
    outputs = () if isinstance(outcome, Raised) else outcome.outputs
    return max(
        (_different(plain_cells(output.values)) for output in outputs if len(output.values) > 1), default=0
    )


def _tells(feature: Feature, case: Case, made: Sequence[Case]) -> bool:
    """True for a table that is made for it and has different results, or one that is neither 0 nor 1."""
    outcome = feature.outcome(case)
    outputs = outcome.outputs if case in made and isinstance(outcome, Outcome) else ()
    return any(not _is_plain(o) if o.scalar else _different(o.values.tolist()) > 1 for o in outputs)


def _calls(feature: Feature, cases: Sequence[Case]) -> list[Case]:
    """Calls that each give another sort of result: True, False, 0, an input, a number of either sign."""
    good = [case for case in cases if not case.signed and _worth(feature, case) > 0]
    sorts: dict[object, Case] = {}
    for case in good:
        sorts.setdefault(_sort_of_result(feature, case), case)
    turning = next((at for case in good[:CANDIDATES] for at in _at_a_threshold(feature, case)), None)
    most = CALLS - (turning is not None)
    return [*list(sorts.values())[:most], *([turning] if turning is not None else [])]


def _at_a_threshold(feature: Feature, case: Case) -> Iterator[Case]:
    """The case with its score at the threshold, where units leave no doubt about that."""
    for found in crossings(case):
        moved = found.beside(case, 0.0) if found.is_exact else None
        if moved is not None and _worth(feature, moved) > 0:
            yield moved


def _sort_of_result(feature: Feature, case: Case) -> object:
    """What a result is beside a number: a truth value, a name, its sign, or one of the inputs as it came."""
    outcome = feature.outcome(case)
    if not isinstance(outcome, Outcome):
        return None
    given = {value for column in case.columns if column.input.is_number for value in column.numbers.tolist()}
    return tuple(
        (output.null[0], float(np.sign(np.nan_to_num(output.numbers[0]))), float(output.numbers[0]) in given)
        if output.is_number and len(output.values)
        else repr(output.values.tolist())
        for output in outcome.outputs
    )


def _worth(feature: Feature, case: Case) -> float:
    """How well a case tells formulas apart: by different results that are there, and different inputs."""
    outcome = feature.outcome(case)
    if not isinstance(outcome, Outcome) or all(output.null.all() for output in outcome.outputs):
        return 0.0
    results = sum(map(_results, outcome.outputs)) / len(outcome.outputs)
    numbers = [column for column in case.columns if column.input.is_number]
    spread = sum(_different(column.values[~column.null].tolist()) for column in numbers)
    plain = sum(map(_is_plain, outcome.outputs))
    usual = sum(map(_is_default, case.columns))
    missing = sum(int(column.null.sum()) for column in case.columns)
    return max(1.0, 100.0 + 10 * results - 20 * plain - 10 * usual + spread - 2 * missing)


def _results(output: Output) -> int:
    """How many different results there are beside 0."""
    return _different([cell for cell in plain_cells(output.values[~output.null]) if cell != 0])


def _different(cells: Sequence[object]) -> int:
    return len(set(map(repr, cells)))


def _is_plain(output: Output) -> bool:
    """True where a result is all 0 and 1, which many formulas give, or rises from row to row."""
    numbers = output.numbers[~output.null] if output.is_number else np.zeros(0)
    bare = bool(np.isin(numbers, (0.0, 1.0)).all())
    return output.is_number and (bare or (len(numbers) > 1 and bool((np.diff(numbers) >= 0).all())))


def _is_default(column: Column) -> bool:
    """True for the default of a parameter: with it a number that the code holds itself is not seen."""
    default = column.input.parameter.default
    return isinstance(default, NUMBERS) and not column.input.tabular and default in column.values


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


def _read(feature: Feature, cases: Sequence[Case]) -> Read:
    """The columns of frames that the feature reads; None where no case tells."""
    for case in cases[:1]:
        given = _given(case)
        if _called(feature, given) is not None:
            wanted = _without_needless(feature, given).items()
            return {(name, column) for name, value in wanted if isinstance(value, dict) for column in value}
    return None


def _with_what_is_read(feature: Feature, given: dict[str, Any], read: Read) -> dict[str, Any]:
    """The example with the columns that the feature reads, if they are enough."""
    if read is None:
        return _without_needless(feature, given)
    smaller = {
        name: {key: cells for key, cells in value.items() if (name, key) in read}
        if isinstance(value, dict)
        else value
        for name, value in given.items()
    }
    wanted, got = _called(feature, given), _called(feature, smaller)
    if wanted is None or got is None or different(wanted, got) or len(got.outputs) != len(wanted.outputs):
        return _without_needless(feature, given)
    return smaller


def _called(feature: Feature, given: dict[str, Any]) -> Outcome | None:
    try:
        outcome = feature.call(arguments_of(given, case_of(feature, given)))
    except Unreadable:
        return None
    return outcome if isinstance(outcome, Outcome) else None


class _Code(str):
    """What stands in code as it is."""

    __slots__ = ()
    __repr__ = str.__str__


def _written(value: Any) -> str:
    """A value as code: a moment as `dt.datetime(2013, 1, 7)`."""
    return repr(_in_code(value))


def _in_code(value: Any) -> Any:
    """A value of which `repr` is code; floats to the digits that a reader can check."""
    if isinstance(value, float):
        # A difference of nothing is no negative one: -0.0 + 0.0 is 0.0.
        return float(f"{value:.{DIGITS}g}") + 0.0 if math.isfinite(value) else _Code(f'float("{value}")')
    if isinstance(value, (dt.date, dt.time, dt.timedelta)):
        return _Code(repr(value).replace("datetime.", "dt."))
    if isinstance(value, dict):
        return {key: _in_code(cell) for key, cell in value.items()}
    return type(value)(map(_in_code, value)) if isinstance(value, (list, tuple)) else value
