"""The law `range`: what a kind and its rules promise of a result, the feature keeps."""

from __future__ import annotations

from typing import Any

import numpy as np

from typedml.algebra.ranges import Range
from typedml.declare.declared import DeclaredField, DeclaredFunction
from typedml.laws.breach import Breach, Side, Verdict, Wanting
from typedml.laws.case import Case, Mask
from typedml.laws.comparison import noise
from typedml.laws.feature import Feature
from typedml.laws.outcome import Declaration, Output, Raised
from typedml.laws.signature import output_declarations


def bounds(feature: Feature, case: Case) -> Verdict:
    """The output stays in its kind's range, whole where the kind is, and keeps the rules of its field."""
    outcome = feature.outcome(case)
    if isinstance(outcome, Raised) or case.signed:
        # A plain unit has no bound, so a negative distance is declared, yet no author of a share means it.
        return Wanting("a table of positive values on which it does not raise")
    for output in outcome.outputs:
        if output.declared is None or not _promises(output.declared):
            continue
        tolerance = 0.0
        if _outside(output, tolerance).any():
            tolerance = noise(feature, case).get(output.label, 0.0)
        outside = _outside(output, tolerance)
        if outside.any():
            return _breach(feature, case, output, outside)
    return None


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which no output can leave its range."""
    promised = any(_promises(output) for output in output_declarations(declared))
    return None if promised else "a kind with a range, or a rule, on the result"


def _promises(output: Declaration) -> bool:
    meaning = output.meaning
    if isinstance(output, DeclaredField) and set(output.rules.stated) & {"gt", "ge", "lt", "le"}:
        return True
    return meaning is not None and (not meaning.range.is_unbounded or meaning.integral)


def _outside(output: Output, tolerance: float) -> Mask:
    if not output.is_number or output.declared is None:
        return np.zeros(len(output.values), dtype=np.bool_)
    numbers, outside = output.numbers, np.zeros(len(output.values), dtype=np.bool_)
    low, high, low_open, high_open = _limits(output.declared)
    with np.errstate(all="ignore"):
        outside |= (numbers < low - tolerance) | (numbers > high + tolerance)
        outside |= (low_open & (numbers == low)) | (high_open & (numbers == high))
        if output.meaning is not None and output.meaning.integral:
            outside |= np.isfinite(numbers) & (np.abs(numbers - np.round(numbers)) > tolerance)
    return np.asarray(outside & ~output.null)


def _limits(output: Declaration) -> tuple[float, float, bool, bool]:
    """The range of the kind, and the bounds of a rule as if they were closed: rounding may reach them."""
    low, high, low_open, high_open = -np.inf, np.inf, False, False
    if output.meaning is not None:
        span = output.meaning.range
        low, high, low_open, high_open = span.low, span.high, span.low_open, span.high_open
    if isinstance(output, DeclaredField):
        rules = output.rules
        low = max([low, *(float(bound) for bound in (rules.gt, rules.ge) if _is_number(bound))])
        high = min([high, *(float(bound) for bound in (rules.lt, rules.le) if _is_number(bound))])
    return low, high, low_open and np.isfinite(low), high_open and np.isfinite(high)


def _is_number(bound: Any) -> bool:
    return isinstance(bound, (int, float))


def _breach(feature: Feature, case: Case, output: Output, outside: Mask) -> Breach:
    assert output.declared is not None
    low, high, low_open, high_open = _limits(output.declared)
    worst = output.numbers[outside][0]
    meaning = output.meaning
    whole = " whole and" if meaning is not None and meaning.integral else ""
    return Breach(
        statement=f"`{output.label}` must stay{whole} in {Range(low, high, low_open, high_open)}, "
        f"the range of {meaning}; it is {worst:.6g}.",
        sides=(Side("called with", case, feature.outcome(case)),),
        marks={output.label: outside},
        diagnosis="100 times too large?" if high == 1 and 1 < worst <= 100 and _percent(output) else "",
        hint="declare the kind that the values have, or normalise them before they are returned.",
    )


def _percent(output: Output) -> bool:
    """True where every value would be a share if it were a percentage."""
    numbers = output.numbers[~output.null]
    return bool(len(numbers) and (numbers <= 100).all() and (numbers > 20).any() and (numbers >= 0).all())
