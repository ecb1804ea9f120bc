"""Time between instants: how results move with one instant, and with all of them drawn apart."""

from __future__ import annotations

import datetime as dt

import attrs
import numpy as np

from typedml.laws.admission import admits
from typedml.laws.case import Case, Column
from typedml.laws.cross_rules import holds
from typedml.laws.inputs import Input
from typedml.laws.monomials import Floats
from typedml.laws.outcome import Outcome, Output, Raised
from typedml.laws.physical import exponents, size
from typedml.laws.torsors import INSTANT, SECOND, shifted, torsor_of

STEPS = (4 * 60.0, 8 * 60.0)


def is_moment(source: Input) -> bool:
    """True for instants and epochs; a date moves by whole days only and is left aside."""
    if torsor_of(source.base, source.meaning) != INSTANT:
        return False
    return not source.integral if not source.is_instant else _has_clock(source)


def is_left_aside(source: Input) -> bool:
    """True for instants that are not drawn apart with the others: dates, and epochs in whole numbers."""
    return torsor_of(source.base, source.meaning) == INSTANT and not is_moment(source)


def _has_clock(source: Input) -> bool:
    return issubclass(source.base, dt.datetime)


def power_of_time(output: Output) -> float:
    """The exponent of time in the unit of a result that is a quantity; 0 where it has none."""
    meaning = output.meaning
    if meaning is None or not output.is_number or meaning.cut or meaning.integral:
        return 0.0
    if output.declared is None or torsor_of(output.declared.base, meaning) is not None:
        return 0.0
    return float(exponents(meaning.unit).get(SECOND, 0))


def moved(case: Case, source: Input, by: float) -> Case | None:
    """The case with one input of instants later by so many seconds; None where rules forbid it."""
    column = case.column_of(source)
    values = np.where(column.null, column.values, shifted(column.values, source.meaning, by))
    return _kept(case, case.with_column(column.replaced(values.astype(column.values.dtype))))


def drawn_apart(case: Case) -> Case | None:
    """The case with all times doubled: spans between instants about the first of them, and durations."""
    moments = [column for column in case.columns if is_moment(column.input) and not column.null.all()]
    first = min(float(_seconds(column)[~column.null].min()) for column in moments)

    def doubled(column: Column) -> Column:
        source = column.input
        if is_moment(source):
            later = np.where(column.null, 0.0, _seconds(column) - first)
            parts = [
                shifted(column.values[row : row + 1], source.meaning, later[row]) for row in range(len(later))
            ]
            values = np.concatenate(parts) if parts else column.values
            return column.replaced(np.where(column.null, column.values, values).astype(column.values.dtype))
        return column

    def factor(source: Input) -> float | None:
        power = exponents(source.unit).get(SECOND) if source.unit is not None else None
        return None if power is None else 2.0 ** float(power)

    return _kept(case, case.scaled(factor).mapped(doubled))


def seconds_between(left: Column, right: Column) -> Floats:
    """The spans from one column of instants to another, in seconds, without a sign."""
    return np.abs(_seconds(right) - _seconds(left))


def change(before: Output, result: Outcome | Raised) -> Floats | None:
    """By how much each row of a result moved, in base units; None where it took another form."""
    found = [] if isinstance(result, Raised) else [o for o in result.outputs if o.label == before.label]
    if not found or len(found[0].values) != len(before.values) or not found[0].is_number:
        return None
    assert before.meaning is not None
    return np.asarray((found[0].numbers - before.numbers) * size(before.meaning.unit))


def _seconds(column: Column) -> Floats:
    if column.values.dtype.kind == "M":
        seconds = column.values.astype("datetime64[us]").astype(np.int64) / 1e6
        return np.asarray(np.where(column.null, np.nan, seconds))
    assert column.input.meaning is not None
    return column.numbers * size(column.input.meaning.unit)


def _kept(before: Case, after: Case) -> Case | None:
    """A changed case, where it keeps what is declared."""
    numbers = (column for column in after.columns if column.input.is_number)
    good = all(bool((admits(c.input, c.values) | c.null).all()) for c in numbers)
    good = good and all(bool(holds(after, table).all()) for table in after.tables)
    return attrs.evolve(after) if good else None
