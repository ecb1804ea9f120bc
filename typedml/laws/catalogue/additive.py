"""The law `additive`: what doubles with a table adds up over its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
import numpy as np

from typedml.declare.declared import DeclaredFunction
from typedml.laws.alterations import part, stacked
from typedml.laws.breach import Breach, Side, Verdict, Wanting
from typedml.laws.case import Case, Mask
from typedml.laws.catalogue import replicate
from typedml.laws.comparison import noise
from typedml.laws.doubling import doubled, sibling
from typedml.laws.feature import Feature
from typedml.laws.keyed import reads_keys
from typedml.laws.monomials import Floats
from typedml.laws.outcome import Outcome, Output, Raised
from typedml.laws.placing import BASE
from typedml.laws.replication import aligned, growths

WORD = "a result that doubles with the table: a count, a sum"
CLOSE = 1e-9


def additive(feature: Feature, case: Case) -> Verdict:
    """Counts and sums of two tables of the same groups add up to those of both together."""
    twice, other = doubled(case, feature.inputs), sibling(case, feature.inputs)
    if twice is None or other is None:
        return Wanting("a table beside which another may be put")
    extensive = {growth.after.label for growth in growths(feature, case, twice) or () if growth.doubles}
    if not extensive:
        return Wanting(WORD)
    both = stacked(case, other)
    sides = [feature.outcome(each) for each in (case, other, both)]
    rows = [_values(feature, sides[0], side, extensive) for side in sides]
    if any(found is None for found in rows):
        return Wanting("keys of its groups in the result, and a table on which it does not raise")
    first, second, whole = (found for found in rows if found is not None)
    sums = tuple(
        attrs.evolve(one, values=one.numbers + two.numbers) for one, two in zip(first, second, strict=True)
    )
    marks = _apart(feature, (case, other, both), sums, whole)
    if not marks or _is_peak_or_spread(feature, both, marks) or not _doubles_again(feature, twice, marks):
        return Wanting(WORD) if marks else None
    word = reads_keys(feature, case, other, both)
    return Wanting(word) if word else _breach(feature, (case, other, both), sums, whole, marks)


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which nothing need add up."""
    return replicate.wanting(declared)


def _values(
    feature: Feature, first: Outcome | Raised, side: Outcome | Raised, labels: set[str]
) -> tuple[Output, ...] | None:
    """The outputs of these labels, with their rows in the order of those of the first side."""
    if isinstance(first, Raised) or isinstance(side, Raised):
        return None
    found = aligned(feature, first, side)
    return None if found is None else tuple(output for output in found[1] if output.label in labels)


def _apart(
    feature: Feature, cases: Sequence[Case], sums: Sequence[Output], whole: Sequence[Output]
) -> dict[str, Mask]:
    """Where the whole is not the sum, beyond rounding."""
    marks = {w.label: _unequal(s, w, 0.0) for s, w in zip(sums, whole, strict=True)}
    if any(mask.any() for mask in marks.values()):
        tolerances = [noise(feature, case) for case in cases]
        marks = {
            w.label: _unequal(s, w, sum(found.get(w.label, 0.0) for found in tolerances))
            for s, w in zip(sums, whole, strict=True)
        }
    return {label: mask for label, mask in marks.items() if mask.any()}


def _doubles_again(feature: Feature, twice: Case, marks: dict[str, Mask]) -> bool:
    """Whether these results double once more, which a distance of quantiles does not: it did by chance."""
    again = doubled(twice, feature.inputs)
    found = growths(feature, twice, again) or () if again is not None else ()
    return set(marks) <= {growth.after.label for growth in found if growth.doubles}


def _unequal(wanted: Output, got: Output, tolerance: float) -> Mask:
    with np.errstate(all="ignore"):
        apart = np.abs(wanted.numbers - got.numbers)
        told = np.isfinite(apart)
        return np.asarray(told & (apart > np.maximum(CLOSE * np.abs(got.numbers), tolerance)))


def _is_peak_or_spread(feature: Feature, both: Case, marks: dict[str, Mask]) -> bool:
    """True where a result is that of one of the groups, or nothing within each of them."""
    whole = _numbers(feature.outcome(both), marks)
    for groups in _groupings(both):
        taken = (part(both, rows) for rows in groups)
        found = [_numbers(feature.outcome(each), marks) for each in taken if each is not None]
        values = np.array([value for value in found if value is not None and len(value) == 1])
        if whole is None or len(whole) != 1 or len(values) < len(groups):
            continue
        peak = np.isclose(values, whole, rtol=CLOSE).any()
        nothing = (np.isnan(values) | (np.abs(values) <= CLOSE * np.abs(whole))).all()
        if peak or nothing:
            return True
    return False


def _numbers(outcome: Outcome | Raised, labels: dict[str, Mask]) -> Floats | None:
    if isinstance(outcome, Raised):
        return None
    found = [output.numbers for output in outcome.outputs if output.label in labels]
    return found[0] if found else None


def _groupings(case: Case) -> Iterator[list[list[int]]]:
    """The rows by each column of names or times, and each row alone."""
    for column in case.columns_of(BASE):
        if column.input.is_number and not column.input.integral:
            continue
        rows: dict[object, list[int]] = {}
        for row, cell in enumerate(column.values.tolist()):
            rows.setdefault(cell, []).append(row)
        if len(rows) < case.rows:
            yield list(rows.values())
    yield [[row] for row in range(case.rows)]


def _breach(
    feature: Feature,
    cases: tuple[Case, Case, Case],
    sums: tuple[Output, ...],
    whole: tuple[Output, ...],
    marks: dict[str, Mask],
) -> Breach:
    label = next(iter(marks))
    case, other, both = cases
    shown = tuple(output for output in whole if output.label in marks)
    wanted = tuple(output for output in sums if output.label in marks)
    return Breach(
        statement=f"`{label}` doubles with the table, so that of two tables together it must be the sum.",
        sides=(
            Side("one table", case, feature.outcome(case)),
            Side("another of the same names", other, feature.outcome(other)),
            Side("both together", both, Outcome(shown)),
        ),
        marks=marks,
        expected=wanted,
        diagnosis="a total is multiplied by a mean or by another total: the products of rows were wanted.",
        hint="add up what each row gives: `(table[a] * table[b]).sum()`.",
    )
