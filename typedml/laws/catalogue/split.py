"""The law `split`: how what adds up is spread over rows does not matter to a rate."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from typedml.algebra.extensive import may_add_up
from typedml.declare.declared import DeclaredFunction
from typedml.laws.alterations import keeps_rules, part
from typedml.laws.breach import Breach, Side, Verdict, Wanting
from typedml.laws.case import Case, Column, Mask
from typedml.laws.catalogue import replicate
from typedml.laws.comparison import unlike
from typedml.laws.doubling import counts, doubled, is_measured
from typedml.laws.feature import Feature
from typedml.laws.grid import within
from typedml.laws.inputs import Input, inputs_of
from typedml.laws.keyed import reads_keys
from typedml.laws.monomials import Floats
from typedml.laws.outcome import Outcome, Output, Raised
from typedml.laws.placing import BASE
from typedml.laws.renewal import renewed, with_fresh_keys
from typedml.laws.replication import aligned, growths

WORD = "a rate whose rows count by their size"
# A flight or a flat is one thing, of which no half is another; a row of 12 views may as well be two of 6.
COUNTED = "a column of a kind that counts, such as COUNT: a row that counts nothing is one thing"
CLOSE = 1e-9


def split(feature: Feature, case: Case) -> Verdict:
    """Splitting a row in two that add up to it leaves every rate to what is counted: a mean of ratios counts
    rows, not sizes."""
    whole = _larger(case)
    row = None if whole is None else _complete_row(whole)
    if whole is None or row is None:
        return Wanting("rows of quantities that may be halved")
    halves = _halved(whole, row, feature.inputs)
    before, after = feature.outcome(whole), None if halves is None else feature.outcome(halves)
    if halves is None or isinstance(before, Raised) or not isinstance(after, Outcome):
        return Wanting("rows of quantities that may be halved, on which it does not raise")
    rates = _rates(feature, whole)
    pairs = aligned(feature, before, after)
    if not rates or pairs is None:
        return Wanting("a result that is no count and no sum, with the keys of its groups")
    wanted = tuple(output for output in pairs[0] if output.label in rates)
    got = tuple(output for output in pairs[1] if output.label in rates)
    marks = unlike(feature, (whole, halves), wanted, Outcome(got))
    if not marks:
        return None
    if not _is_mean_of_ratios(feature, whole, marks):
        return Wanting(WORD)
    word = reads_keys(feature, whole, halves)
    return Wanting(word) if word else _breach(feature, (whole, before), (halves, Outcome(got)), wanted, marks)


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which a row may not be split."""
    word = replicate.wanting(declared)
    if word is not None:
        return word
    base = [source for source in inputs_of(declared) if source.tabular and source.table == BASE]
    if sum(map(_adds_up, base)) < 2:
        return "two columns of quantities that add up, such as counts"
    return None if any(map(counts, base)) else COUNTED


def _adds_up(source: Input) -> bool:
    return source.is_number and source.meaning is not None and may_add_up(source.meaning)


def _is_halved(column: Column) -> bool:
    return is_measured(column) and _adds_up(column.input)


def _larger(case: Case) -> Case | None:
    """The case with everything twice as much that adds up, so that whole numbers may be halved."""
    larger = case.mapped(lambda c: c.replaced(c.values * 2) if _is_halved(c) else c)
    numbers = (column for column in larger.columns if _is_halved(column))
    inside = all(bool((within(c.input, c.values) | c.null).all()) for c in numbers)
    return larger if inside and keeps_rules(larger) else None


def _complete_row(case: Case) -> int | None:
    """A row in which nothing is missing or nothing; a later one in a later table."""
    good = np.ones(case.rows, dtype=np.bool_)
    for column in case.columns_of(BASE):
        good &= ~column.null
        if _is_halved(column):
            good &= column.values != 0
    rows = np.flatnonzero(good)
    return int(rows[case.number % len(rows)]) if len(rows) else None


def _halved(case: Case, row: int, inputs: Sequence[Input]) -> Case | None:
    """The table with two halves in the place of one row, the second under a key of its own."""
    again = renewed(case, inputs)
    if again is None:
        return None
    rows = [*range(row + 1), *range(row, case.rows)]
    halves = _with_sizes(case.take(rows).relabelled(), (row, row + 1))
    halves = with_fresh_keys(halves, row + 1, again.take(rows))
    return halves if keeps_rules(halves) else None


def _with_sizes(case: Case, rows: tuple[int, ...], only: Input | None = None, factor: float = 0.5) -> Case:
    """Everything in some rows that adds up, or one column of it, times a factor."""

    def resize(column: Column) -> Column:
        if not _is_halved(column) or (only is not None and column.input is not only):
            return column
        values = column.values.copy()
        values[list(rows)] = (values[list(rows)] * factor).astype(values.dtype)
        return column.replaced(values)

    return case.mapped(resize)


def _rates(feature: Feature, case: Case) -> set[str]:
    """The labels of results that stay where each row stands twice."""
    twice = doubled(case, feature.inputs)
    found = growths(feature, case, twice) if twice is not None else None
    return {growth.after.label for growth in found or () if growth.is_admitted and not growth.doubles}


def _is_mean_of_ratios(feature: Feature, case: Case, marks: dict[str, Mask]) -> bool:
    """True where a row counts the same however large it is, and alone gives a ratio to what it counts."""
    before = feature.outcome(case)
    for row in range(case.rows):
        smaller = feature.outcome(_with_sizes(case, (row,)))
        found = (
            None
            if isinstance(smaller, Raised) or isinstance(before, Raised)
            else aligned(feature, before, smaller)
        )
        if found is None:
            return False
        sides = [tuple(output for output in side if output.label in marks) for side in found]
        if unlike(feature, (case,), sides[0], Outcome(sides[1])):
            return False
    return _is_ratio(feature, case, next(iter(marks)))


def _is_ratio(feature: Feature, case: Case, label: str) -> bool:
    row = _complete_row(case)
    alone = None if row is None else part(case, [row])
    if alone is None:
        return False
    value = _value(feature, alone, label)
    moved, counted = 0, False
    for column in alone.columns:
        if _is_halved(column):
            other = _value(feature, _with_sizes(alone, (0,), column.input, 2.0), label)
            power = np.log2(other / value) if value and other else np.nan
            if not np.isfinite(power) or abs(power - round(power)) > CLOSE:
                return False
            moved += round(power) != 0
            counted = counted or (round(power) < 0 and counts(column.input))
    return moved > 1 and counted


def _value(feature: Feature, case: Case, label: str) -> float:
    outcome = feature.outcome(case)
    found: list[Floats] = (
        [] if isinstance(outcome, Raised) else [o.numbers for o in outcome.outputs if o.label == label]
    )
    return float(found[0][0]) if found and len(found[0]) == 1 else float("nan")


def _breach(
    feature: Feature,
    first: tuple[Case, Outcome],
    second: tuple[Case, Outcome],
    expected: tuple[Output, ...],
    marks: dict[str, Mask],
) -> Breach:
    label = next(iter(marks))
    return Breach(
        statement=f"`{label}` must stay where a row is split in two that add up to it: it is a rate of the "
        "table, not of its rows.",
        sides=(Side("before", *first), Side("after (one row in two halves)", *second)),
        marks=marks,
        expected=expected,
        diagnosis="it is a mean of ratios, in which a row counts the same however large it is.",
        hint='divide the sums: `table[a].sum() / table[b].sum()`; or say waive={"split": "each row counts '
        'alike"}.',
    )
