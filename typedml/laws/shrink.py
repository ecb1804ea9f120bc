"""The smallest counterexample: fewer rows first, then plainer values on the same grid."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import final

import numpy as np

from typedml.laws.breach import Breach
from typedml.laws.case import Case, Column
from typedml.laws.grid import Grid, grid_of
from typedml.laws.inputs import Unfillable

Refutes = Callable[[Case], Breach | None]
MOST_TRIALS = 160
FEW = 3


@final
class Shrinker:
    """Tries smaller cases as long as the law stays broken, with a bounded number of trials."""

    def __init__(self, refutes: Refutes, case: Case, breach: Breach, trials: int = MOST_TRIALS) -> None:
        self.refutes = refutes
        self.case = case
        self.breach = breach
        self.trials = trials

    def shrunk(self) -> Breach:
        """The breach on the smallest case found."""
        if self.case.tabular:
            self._drop_rows()
            self._few_rows()
        self._plainer_values()
        return self.breach

    def _try(self, case: Case) -> bool:
        if self.trials <= 0:
            return False
        self.trials -= 1
        breach = self.refutes(case)
        if breach is None:
            return False
        self.case, self.breach = case, breach
        return True

    def _drop_rows(self) -> None:
        """Drop halves, then single rows, until no row can be spared."""
        size = self.case.rows // 2
        while size >= 1:
            dropped = any(self._try(case) for case in _without_blocks(self.case, size))
            size = min(size, self.case.rows // 2) if dropped else size // 2

    def _few_rows(self) -> None:
        """Where more than three rows are left, look for three that will do."""
        if self.case.rows > FEW:
            rows = itertools.combinations(range(self.case.rows), FEW)
            any(self._try(self.case.take(chosen)) for chosen in itertools.islice(rows, self.trials // 2))

    def _plainer_values(self) -> None:
        for place in range(len(self.case.columns)):
            for candidate in list(_plainer(self.case.columns[place])):
                if self._try(self.case.with_column(candidate)):
                    break


def _without_blocks(case: Case, size: int) -> Iterator[Case]:
    for start in range(0, case.rows, size):
        rest = [row for row in range(case.rows) if not start <= row < start + size]
        if rest:
            yield case.take(rest)


def _plainer(column: Column) -> Iterator[Column]:
    """The column with one plain value throughout, then with its values rounded to ever finer steps."""
    stated = column.input.rules.stated.keys() & {"isin", "unique"}
    if not column.input.is_number or stated or column.input.is_ordered:
        return
    try:
        grid = grid_of(column.input)
    except Unfillable:
        return
    values = column.values.astype(np.float64)
    plain = _round_value(grid)
    yield column.replaced(np.full(len(values), plain).astype(column.values.dtype))
    if grid.sexagesimal or column.input.integral:
        return
    for step in (10.0, 5.0, 1.0, 0.5):
        rounded = np.round(values / step) * step
        if step > grid.step and ((rounded >= grid.low) & (rounded <= grid.high)).all():
            yield column.replaced(rounded)


def _round_value(grid: Grid) -> float:
    """A round number of the grid: 10 or 100 where they lie in it, else its middle."""
    for value in (10.0, 100.0, 20.0, 5.0, 1000.0, 0.5, 0.25):
        if grid.low <= value <= grid.high and (value - grid.low) % grid.step == 0:
            return value
    return grid.low + grid.step * (grid.cells // 2)
