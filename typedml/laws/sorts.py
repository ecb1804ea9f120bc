"""Sorts of rows and results that a table shows: what a worked example should have one of each of.

A result is missing, negative, nought, positive, true or false; an input is missing; columns of one meaning
are in one order or another, or equal; a key is found or not. Where the first example lacks some that occur,
rows that have them make a second one.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Hashable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from typedml.laws.case import Case, Column
from typedml.laws.example_times import Read
from typedml.laws.feature import Feature
from typedml.laws.joins import meeting
from typedml.laws.keeping import keeps
from typedml.laws.links import links_among
from typedml.laws.outcome import Outcome, Output
from typedml.laws.placing import BASE

ROWS = 6
# Columns of one meaning whose orders are looked at, and how many of them at once.
MOST_ALIKE = 3
AT_ONCE = (2, 3)

Sorts = frozenset[Hashable]


def sorts_of(feature: Feature, case: Case, read: Read) -> Sorts:
    """What a case and its result show; nothing where it gives none."""
    outcome = feature.outcome(case)
    if not isinstance(outcome, Outcome):
        return frozenset()
    results = (sort for output in outcome.outputs for sort in _of_results(output))
    rows = (sort for row in _of_rows(feature, case, read) for sort in row)
    return frozenset((*results, *rows))


def lacking(feature: Feature, shown: Case, cases: Sequence[Case], read: Read) -> Case | None:
    """A few rows of the cases that show most of what one of them does not; None where nothing is lacking."""
    had = sorts_of(feature, shown, read)
    best: tuple[int, Case | None] = (0, None)
    for case in itertools.chain.from_iterable(_with_ties(case, read) for case in cases):
        if len(sorts_of(feature, case, read) - had) > best[0]:
            smaller = case.take(_chosen(feature, case, read, had)).relabelled()
            best = max(best, (len(sorts_of(feature, smaller, read) - had), smaller), key=lambda pair: pair[0])
    return best[1]


def _of_results(output: Output) -> Iterator[Hashable]:
    for null, number in zip(output.null.tolist(), _signs(output), strict=True):
        yield output.label, "missing" if null else number


def _signs(output: Output) -> list[object]:
    if output.is_number:
        return list(np.sign(np.nan_to_num(output.numbers)).tolist())
    kind = output.values.dtype.kind
    return list(output.values.tolist()) if kind == "b" else ["there"] * len(output.values)


def _of_rows(feature: Feature, case: Case, read: Read) -> list[set[Hashable]]:
    """What each row of the base table shows beside its result."""
    rows: list[set[Hashable]] = [set() for _ in range(case.rows_of(BASE))]
    known = [column for column in case.columns_of(BASE) if is_read(column, read)]
    for column in known:
        for missing in np.flatnonzero(column.null).tolist():
            rows[missing].add((column.input.name, "missing"))
    for alike in _alike(known):
        for row, order in enumerate(_orders(alike)):
            rows[row].add((tuple(column.input.name for column in alike), order))
    for link in links_among(feature.inputs):
        if link.table == BASE != link.target and link.target in case.tables:
            for row, met in enumerate(meeting(case, BASE, [link]).tolist()):
                rows[row].add((link.target, link.columns, met))
    return rows


def _of_rows_and_results(feature: Feature, case: Case, read: Read) -> list[set[Hashable]]:
    """What each row of the base table shows, its result included where it has one of its own."""
    rows = _of_rows(feature, case, read)
    outcome = feature.outcome(case)
    for output in outcome.outputs if isinstance(outcome, Outcome) else ():
        results = list(_of_results(output))
        if len(results) == len(rows):
            rows = [row | {result} for row, result in zip(rows, results, strict=True)]
    return rows


def is_read(column: Column, read: Read) -> bool:
    """True for a column that the feature reads, as far as is known."""
    parameter = column.input.parameter
    return read is None or parameter.carrier != "frame" or (parameter.name, column.input.name) in read


def _alike(columns: Sequence[Column]) -> Iterator[tuple[Column, ...]]:
    """Pairs and threes of number columns of one meaning."""
    for group in _groups(columns):
        for size in AT_ONCE:
            yield from itertools.combinations(group, size)


def _groups(columns: Sequence[Column]) -> Iterator[list[Column]]:
    numbers = [column for column in columns if column.input.is_number and column.input.meaning is not None]
    for _, group in itertools.groupby(sorted(numbers, key=_meaning), key=_meaning):
        yield list(group)[:MOST_ALIKE]


def _meaning(column: Column) -> str:
    return repr(column.input.meaning)


def _orders(columns: Sequence[Column]) -> Iterator[Hashable]:
    """How the values of each row stand to one another: a sign for each two of them."""
    for cells in zip(*(column.numbers.tolist() for column in columns), strict=True):
        yield tuple(float(np.sign(a - b)) for a, b in itertools.combinations(cells, 2) if a == a and b == b)


def _with_ties(case: Case, read: Read) -> Iterator[Case]:
    """The case, and where columns have one meaning also with two of them equal in each row, in turn."""
    yield case
    known = [column for column in case.columns_of(BASE) if is_read(column, read) and not column.null.any()]
    tied = case
    for group in _groups(known):
        for column, values in zip(group, _tied(group), strict=True):
            tied = tied.with_column(column.replaced(values.astype(column.values.dtype)))
    if tied is not case and keeps(tied):
        yield tied


def _tied(group: Sequence[Column]) -> NDArray[np.float64]:
    """The values of columns, two equal ones in each row, that are below what a third one has, or above."""
    values = np.array([column.numbers for column in group])
    turns = list(itertools.product(itertools.combinations(range(len(group)), 2), (True, False)))
    for row in range(values.shape[1] if turns else 0):
        pair, below = turns[row % len(turns)]
        low, high = values[:2, row].min(), values[:2, row].max()
        values[:, row] = high if below else low
        values[list(pair), row] = low if below else high
    return values


def _chosen(feature: Feature, case: Case, read: Read, had: Collection[Hashable]) -> list[int]:
    """The rows that show most of what was not had, in their order."""
    left = [row - set(had) for row in _of_rows_and_results(feature, case, read)]
    found: list[int] = []
    while len(found) < ROWS:
        row = max(range(len(left)), key=lambda each: len(left[each]), default=-1)
        if row < 0 or not left[row]:
            break
        found.append(row)
        left = [each - left[row] for each in left]
    rest = [row for row in range(len(left)) if row not in found]
    return sorted([*found, *rest[: ROWS - len(found)]])
