"""The law `elapsed`: time between instants, which no scaling reaches because an instant does not scale.

A duration follows each of its instants one to one; with all spans drawn to twice their length a duration
doubles and a rate halves; and a rate times the span is the difference that it is a rate of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import numpy as np

from typedml.declare.declared import DeclaredFunction
from typedml.declare.scope import Row
from typedml.laws.breach import Breach, Side, Verdict, Wanting
from typedml.laws.case import Case, Column, Mask
from typedml.laws.comparison import same_shape, unlike
from typedml.laws.dependence import matters
from typedml.laws.diagnosis import CLOSE, confusion, diagnose
from typedml.laws.feature import Feature
from typedml.laws.grid import grid_of
from typedml.laws.inputs import Input, inputs_of
from typedml.laws.monomials import Floats, constant
from typedml.laws.outcome import Outcome, Output, Raised
from typedml.laws.physical import size
from typedml.laws.spans import (
    STEPS,
    change,
    drawn_apart,
    is_left_aside,
    is_moment,
    moved,
    power_of_time,
    seconds_between,
)
from typedml.laws.torsors import INSTANT, SECOND, UNEVEN, Move

if TYPE_CHECKING:
    from typedml.algebra.unit import Unit


def elapsed(feature: Feature, case: Case) -> Verdict:
    """A duration moves by as much as each of its instants, or not at all; doubling all spans of time doubles
    a duration and halves a rate; a rate times the span is a difference."""
    outcome = feature.outcome(case)
    if isinstance(outcome, Raised):
        return Wanting("a table on which it does not raise")
    judged = [output for output in outcome.outputs if power_of_time(output)]
    moments = [column for column in case.columns if is_moment(column.input) and not column.null.all()]
    if not judged or len(moments) < 2 or not _is_of_spans(feature, case, judged):
        return Wanting("a duration or a rate that comes from two instants")
    for output in judged:
        found = _slopes(feature, case, output, moments) or _rate(feature, case, output, moments)
        if found is not None:
            return found
    return _doubled(feature, case, judged)


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which nothing elapses."""
    inputs = inputs_of(declared)
    if sum(is_moment(source) for source in inputs) < 2:
        return "two instants"
    scope = declared.options.scope if declared.options else None
    each = declared.options is not None and declared.options.rows == "each"
    alone = each and isinstance(scope or Row(), Row)
    return None if alone or not any(s.tabular for s in inputs) else '`rows="each"`, each row by itself'


def _is_of_spans(feature: Feature, case: Case, judged: list[Output]) -> bool:
    """Whether all instants may be moved together: what hangs on the hour is a matter of the calendar."""
    together = Move(INSTANT, UNEVEN, "every instant").applied(case)
    after = feature.outcome(together)
    before = feature.outcome(case)
    if isinstance(after, Raised) or isinstance(before, Raised) or not same_shape(before, after):
        return False
    return not unlike(feature, (case, together), judged, after)


def _slopes(feature: Feature, case: Case, output: Output, moments: list[Column]) -> Breach | None:
    """The breach of a duration that moves by more or less than one of its instants."""
    assert output.meaning is not None
    if output.meaning.unit.dimension.items != ((SECOND, 1),):
        return None
    for column in moments:
        slopes = []
        for step in STEPS:
            later = moved(case, column.input, step)
            found = None if later is None else change(output, feature.outcome(later))
            if found is None:
                break
            slopes.append(found / step)
        if len(slopes) == len(STEPS):
            wrong = _wrong(slopes[0], slopes[1], feature.options.coefficient or 1.0)
            if wrong.any():
                return _moves_otherwise(feature, case, output, column.input, slopes[0], wrong)
    return None


def _wrong(first: Floats, second: Floats, coefficient: float) -> Mask:
    """The rows that are linear in an instant, with another slope than the coefficient, its negative or 0."""
    with np.errstate(all="ignore"):
        linear = np.isfinite(first) & np.isclose(first, second, rtol=CLOSE, atol=CLOSE)
        right = np.isclose(np.abs(first), coefficient, rtol=CLOSE) | (np.abs(first) < CLOSE**2)
        return np.asarray(linear & ~right)


def _moves_otherwise(
    feature: Feature, case: Case, output: Output, source: Input, slopes: Floats, wrong: Mask
) -> Breach:
    later = moved(case, source, STEPS[0])
    assert later is not None
    assert output.meaning is not None
    slope = float(np.abs(slopes[wrong][0]))
    found = diagnose(slope, [output.meaning.unit])
    return Breach(
        statement=f"`{output.label}` must move by as much as `{source.name}`, or not at all; "
        f"it moves {slope:.6g} times as much.",
        sides=(
            Side("before", case, feature.outcome(case)),
            Side(f"after ({source.name} + {STEPS[0] / 60:g} minutes)", later, feature.outcome(later)),
        ),
        marks={output.label: wrong},
        diagnosis=f"a conversion is missing or done twice: {found}" if "->" in found else "",
        hint=f'`span.total_seconds()` is in seconds: convert(..., "second", "{output.meaning.unit}").',
    )


def _rate(feature: Feature, case: Case, output: Output, moments: list[Column]) -> Breach | None:
    """The breach of a rate that is off by a factor between units, where two instants make its span."""
    meaning = output.meaning
    assert meaning is not None
    if power_of_time(output) != -1:
        return None
    ends = [column for column in moments if matters(feature, case, column, [output.label])]
    if len(ends) != 2:
        return None
    wanted = meaning.unit.dimension * _second().dimension
    span = seconds_between(*ends)
    for column in case.columns:
        unit = column.input.unit
        if unit is None or not column.input.is_number or unit.dimension != wanted or not wanted:
            continue
        factor = _factor(feature, case, output, column, span)
        found = None if factor is None else confusion(factor, [meaning.unit, unit, _second()])
        shown = bool(np.any(output.numbers[~output.null] != 0))
        if factor is not None and abs(factor - 1) > CLOSE and found is not None and shown:
            return _other_rate(feature, case, output, column.input, factor)
    return None


def _second() -> Unit:
    from typedml.algebra.registry import unit

    return unit("second")


def _factor(feature: Feature, case: Case, output: Output, column: Column, span: Floats) -> float | None:
    """How many times the change of an input over the span a rate changes by; None if it is no rate of it."""
    if not column.input.is_number or len(output.values) != len(span):
        return None
    step = grid_of(column.input).step * 4
    grown = column.replaced(column.values + column.values.dtype.type(step))
    found = change(output, feature.outcome(case.with_column(grown)))
    if found is None or column.input.unit is None:
        return None
    with np.errstate(all="ignore"):
        factors = np.abs(found) * span / (step * size(column.input.unit))
    return constant(factors[np.isfinite(factors) & (span > 0)], CLOSE)


def _other_rate(feature: Feature, case: Case, output: Output, source: Input, factor: float) -> Breach:
    assert output.meaning is not None
    assert source.unit is not None
    found = diagnose(factor, [output.meaning.unit, source.unit, _second()])
    return Breach(
        statement=f"`{output.label}` must be the change of `{source.name}` over the time between instants; "
        f"it is {factor:.6g} times that ({found}).",
        sides=(Side("called with", case, feature.outcome(case)),),
        marks={output.label: ~output.null & (output.numbers != 0)},
        expected=(attrs.evolve(output, values=output.numbers / factor),),
        diagnosis=f"a conversion is missing or done twice: {found}" if "->" in found else "",
        hint="convert the time between the instants before it divides: `.total_seconds()` is in seconds.",
    )


def _doubled(feature: Feature, case: Case, judged: list[Output]) -> Verdict:
    apart = drawn_apart(case)
    before = feature.outcome(case)
    after = None if apart is None else feature.outcome(apart)
    if apart is None or not isinstance(after, Outcome) or not isinstance(before, Outcome):
        return Wanting("rules that leave room to double all spans of time")
    if not same_shape(before, after):
        return Wanting("as many results where all spans of time are doubled")
    expected = tuple(attrs.evolve(o, values=o.numbers * 2.0 ** power_of_time(o)) for o in judged)
    marks = unlike(feature, (case, apart), expected, after)
    if not marks:
        return None
    label = next(iter(marks))
    aside = next(
        (c for c in case.columns if is_left_aside(c.input) and matters(feature, case, c, [label])), None
    )
    if aside is not None:
        return Wanting(f"instants that are all drawn apart (`{aside.input.name}` has no time of day)")
    times = next(2.0 ** power_of_time(output) for output in judged if output.label == label)
    return Breach(
        statement=f"Doubling the time between all instants, and every duration, must make `{label}` "
        f"{times:g} times as much.",
        sides=(Side("before", case, before), Side("after (all spans of time doubled)", apart, after)),
        marks=marks,
        expected=tuple(output for output in expected if output.label in marks),
        diagnosis="the code holds a span of time of its own, or takes a part of an instant for the whole.",
        hint="make that span a parameter with a unit; take `.total_seconds()`, not `.seconds` or `.minute`.",
    )
