"""The search of a long night: Hypothesis draws cases, looks where they lead, and makes what it finds small.

A case is drawn as in quick mode, from a number in the place of a seed; then single cells are changed within
their grids. So every case keeps its declaration and is as exact as those of quick mode.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, final

import numpy as np
from hypothesis import HealthCheck, Verbosity, given, seed, settings
from hypothesis import strategies as st

from typedml.laws.breach import Breach
from typedml.laws.case import Case, Column
from typedml.laws.catalogue import Law
from typedml.laws.feature import Feature
from typedml.laws.generate import ROTATION, case
from typedml.laws.grid import grid_of
from typedml.laws.inputs import Input
from typedml.laws.keeping import is_admitted, keeps
from typedml.laws.landmarks import landmarks
from typedml.laws.settings import Unfillable
from typedml.laws.shrink import Shrinker

MOST_ROWS = 12
MOST_CHANGES = 6
MOST_SEED = 2**32 - 1


class _Refuted(Exception):
    """A law does not hold; not a failure of a test, so it never leaves this module."""


@final
class _Search:
    """One law on the cases that Hypothesis draws, and the last one that refuted it."""

    def __init__(self, feature: Feature, law: Law) -> None:
        self.feature = feature
        self.law = law
        self.found: tuple[Case, Breach] | None = None

    def refutes(self, drawn: Case) -> Breach | None:
        verdict = self.law.holds(self.feature, drawn)
        return verdict if isinstance(verdict, Breach) else None

    def try_case(self, drawn: Case) -> None:
        breach = self.refutes(drawn)
        if breach is not None:
            self.found = drawn, breach
            raise _Refuted


def search(feature: Feature, law: Law, *, examples: int = 1_000, number: int = 0) -> Breach | None:
    """The smallest breach of a law that Hypothesis finds on so many cases; None where it finds none.

    `number` is the seed: the same one draws the same cases.

    Raises: Unfillable where no case keeps what is declared.
    """
    run = _Search(feature, law)
    options = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )

    @seed(number)
    @options
    @given(cases(feature.inputs))
    def tried(drawn: Case) -> None:
        run.try_case(drawn)

    try:
        tried()
    except _Refuted:
        assert run.found is not None
        return _smaller(run, *run.found)
    return None


def _smaller(run: _Search, found: Case, breach: Breach) -> Breach:
    """What our own shrinking makes of Hypothesis' smallest case, where that is no larger."""
    shrinker = Shrinker(run.refutes, found, breach, options=run.feature.options)
    ours = shrinker.shrunk()
    return ours if _size(shrinker.case) <= _size(found) else breach


def _size(drawn: Case) -> int:
    return sum(drawn.rows_of(table) for table in drawn.tables)


def cases(inputs: Sequence[Input]) -> st.SearchStrategy[Case]:
    """Cases of a feature that keep what it declares."""
    most = MOST_ROWS if any(source.tabular for source in inputs) else 1

    @st.composite
    def drawn(draw: Any) -> Case:
        number, rows = draw(st.integers(0, len(ROTATION) - 1)), draw(st.integers(1, most))
        found = case(inputs, number, rows, np.random.default_rng(draw(st.integers(0, MOST_SEED))))
        for _ in range(draw(st.integers(0, MOST_CHANGES))):
            found = _changed(draw, found, inputs)
        return found

    return drawn()


def _changed(draw: Any, drawn: Case, inputs: Sequence[Input]) -> Case:
    """The case with one cell changed, where that breaks nothing that is declared."""
    free = [
        place for place, column in enumerate(drawn.columns) if len(column.values) and not column.input.alone
    ]
    if not free:
        return drawn
    column = drawn.columns[draw(st.sampled_from(free))]
    row = draw(st.integers(0, len(column.values) - 1))
    values = column.values.copy()
    values[row] = draw(_cell(column, inputs))
    changed = drawn.with_column(column.replaced(values))
    return (
        changed if not column.null[row] and is_admitted(changed, column.input) and keeps(changed) else drawn
    )


def _cell(column: Column, inputs: Sequence[Input]) -> st.SearchStrategy[Any]:
    """Values of the grid and about its landmarks for numbers, those of other rows for anything else."""
    others = st.sampled_from(sorted(range(len(column.values)))).map(lambda row: column.values[row])
    if not column.input.is_number or column.input.rules.isin is not None:
        return others
    try:
        grid = grid_of(column.input)
    except Unfillable:
        return others
    marks = [mark + step * grid.step for mark in landmarks(column.input, inputs) for step in (0, -1, 1)]
    places = st.integers(0, grid.cells).map(lambda place: float(grid.at(np.array([place]))[0]))
    near = [mark for mark in marks if math.isfinite(mark)]
    return st.one_of(places, others, *([st.sampled_from(near)] if near else []))
