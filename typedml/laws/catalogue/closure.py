"""The laws `simplex` and `complement`: what values of a kind promise together."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import numpy as np

from typedml.declare.declared import DeclaredField, DeclaredFunction
from typedml.declare.scope import Group
from typedml.declare.simplex import TOLERANCE
from typedml.laws.alignment import by_row
from typedml.laws.breach import Breach, Side, Verdict, Wanting
from typedml.laws.case import Case, Column, Mask, Values
from typedml.laws.comparison import same_shape, unlike
from typedml.laws.feature import Feature
from typedml.laws.inputs import inputs_of
from typedml.laws.outcome import Outcome, Output, Raised
from typedml.laws.placing import BASE
from typedml.laws.signature import output_declarations
from typedml.laws.simplex import is_share


def simplex(feature: Feature, case: Case) -> Verdict:
    """Shares of one whole sum to one: along an array or a group of its rows, or across columns of a frame."""
    outcome = feature.outcome(case)
    if isinstance(outcome, Raised):
        return Wanting("a table on which it does not raise")
    wholes = [parts for parts in _wholes(outcome) if parts]
    for parts in wholes:
        marks, total = _not_one(feature, case, parts)
        if marks.any():
            return _unequal(feature, case, parts, marks, total)
    return None if wholes else Wanting("shares of one whole: an array, or several columns")


def wants_simplex(declared: DeclaredFunction) -> str | None:
    """The word for want of which nothing sums to one."""
    found = any(is_share(output.meaning) for output in output_declarations(declared))
    return None if found else "a result of the kind Simplex"


def _wholes(outcome: Outcome) -> Iterator[list[Output]]:
    """The outputs that sum to one together: an array alone, the columns of a frame or of rows with others."""
    shares = [output for output in outcome.outputs if is_share(output.meaning) and output.is_number]
    across = [o for o in shares if isinstance(o.declared, DeclaredField) or o.label.endswith("]")]
    yield from ([output] for output in shares if output not in across and not output.scalar)
    if len(across) > 1 and len({len(output.values) for output in across}) == 1:
        yield across


def _not_one(feature: Feature, case: Case, parts: list[Output]) -> tuple[Mask, float]:
    """The rows that belong to a sum which is not one, and the first such sum; a null leaves it open."""
    if len(parts) > 1:
        totals = np.sum([part.numbers for part in parts], axis=0)
        marks = np.asarray(np.abs(totals - 1) > TOLERANCE)
        return marks, float(totals[marks][0]) if marks.any() else 1.0
    numbers, marks, first = parts[0].numbers, np.zeros(len(parts[0].values), dtype=np.bool_), 1.0
    for rows in _groups(feature, case, parts[0]):
        total = float(numbers[rows].sum())
        if abs(total - 1) > TOLERANCE:
            first = total if not marks.any() else first
            marks[rows] = True
    return marks, first


def _groups(feature: Feature, case: Case, part: Output) -> list[Values]:
    """The rows of each whole: those of a group where the feature is declared to stay within one."""
    scope = feature.options.scope
    if not isinstance(scope, Group) or by_row(Outcome((part,)), case) is None:
        return [np.arange(len(part.values))]
    keys = [case.column(name) for name in scope.keys]
    named = [tuple(str(key.values[row]) for key in keys if key is not None) for row in range(case.rows)]
    groups: dict[tuple[str, ...], list[int]] = {}
    for row, name in enumerate(named):
        groups.setdefault(name, []).append(row)
    return [np.asarray(rows) for rows in groups.values()]


def _unequal(feature: Feature, case: Case, parts: list[Output], marks: Mask, total: float) -> Breach:
    names = " + ".join(f"`{part.label}`" for part in parts)
    return Breach(
        statement=f"The shares of one whole must sum to 1; {names} sum to {total:.6g}.",
        sides=(Side("called with", case, feature.outcome(case)),),
        marks={part.label: marks for part in parts},
        diagnosis="they are divided by another sum, or not at all.",
        hint="divide by their sum, or declare PROBABILITY where each is a chance of its own.",
    )


def complement(feature: Feature, case: Case) -> Verdict:
    """Exchanging the two inputs of `complement` gives one minus the result."""
    before = feature.outcome(case)
    if isinstance(before, Raised):
        return Wanting("a table on which it does not raise")
    exchanged = _exchanged(case, *feature.options.complement)
    if exchanged is None:
        return Wanting("two inputs of one table and one type to exchange")
    after = feature.outcome(exchanged)
    judged = [output for output in before.outputs if output.is_number and output.declared is not None]
    names = {source.name for source in feature.inputs}
    judged = [output for output in judged if output.label not in names]
    if isinstance(after, Raised) or not judged or not same_shape(before, after):
        return Wanting("a number as a result of both calls")
    expected = tuple(attrs.evolve(output, values=1.0 - output.numbers) for output in judged)
    marks = unlike(feature, (case, exchanged), expected, after)
    if not marks:
        return None
    left, right = feature.options.complement
    return Breach(
        statement=f"Exchanging `{left}` and `{right}` must give 1 minus the result.",
        sides=(Side("before", case, before), Side(f"after ({left} and {right} exchanged)", exchanged, after)),
        marks=marks,
        expected=tuple(output for output in expected if output.label in marks),
        diagnosis="the two are not treated alike, or an offset is given to one of them.",
        hint="compute it from the difference of the two; or leave `complement` out of @feature.",
    )


def wants_complement(declared: DeclaredFunction) -> str | None:
    """The word for want of which no two inputs are exchanged."""
    names = declared.options.complement if declared.options else ()
    if not names:
        return '`complement=("home", "away")` in @feature'
    known = {source.name for source in inputs_of(declared)}
    missing = [name for name in names if name not in known]
    return f"a unit or kind of `{missing[0]}`, so that it can be exchanged" if missing else None


def _exchanged(case: Case, left: str, right: str) -> Case | None:
    first, second = _column(case, left), _column(case, right)
    if first is None or second is None or len(first.values) != len(second.values):
        return None
    if first.values.dtype != second.values.dtype:
        return None
    turned = case.with_column(attrs.evolve(first, values=second.values, null=second.null))
    return turned.with_column(attrs.evolve(second, values=first.values, null=first.null))


def _column(case: Case, name: str) -> Column | None:
    found = (c for c in case.columns if c.input.name == name and c.input.table == BASE)
    return next(found, None)
