"""The smallest counterexample: fewer rows of every table first, then plainer values on the same grids."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from typing import final

import attrs
import numpy as np

from typedml.declare.feature_options import FeatureOptions
from typedml.declare.scope import Past
from typedml.laws.breach import Breach
from typedml.laws.case import Case, Column, Values
from typedml.laws.grid import Grid, grid_of
from typedml.laws.keeping import has_right_size, is_admitted, keeps
from typedml.laws.moments import instants
from typedml.laws.outcome import Raised
from typedml.laws.placing import BASE
from typedml.laws.settings import Unfillable

Refutes = Callable[[Case], Breach | None]
MOST_TRIALS = 240
SECONDS = 5.0
FEW = 3
HOUR = np.timedelta64(1, "h")


@final
class Shrinker:
    """Tries smaller cases as long as the law stays broken, with bounded trials and a bounded time.

    Only cases that keep what is declared are tried, and one that raises where the first did not, or raises
    another error, shows another mistake. Where time is up, the best found so far stands.
    """

    def __init__(
        self,
        refutes: Refutes,
        case: Case,
        breach: Breach,
        trials: int = MOST_TRIALS,
        seconds: float = SECONDS,
        options: FeatureOptions | None = None,
    ) -> None:
        self.refutes = refutes
        self.case = case
        self.breach = breach
        self.trials = trials
        self.options = options
        self.raised = _raised(breach)
        self.deadline = time.monotonic() + seconds

    def shrunk(self) -> Breach:
        """The breach on the smallest case found."""
        tables = sorted(self.case.tables, key=lambda table: table != BASE)
        for table in tables:
            self._drop_rows(table)
        for table in tables:
            self._few_rows(table)
        self._plainer_values()
        return self.breach

    def _try(self, case: Case) -> bool:
        if self.trials <= 0 or time.monotonic() > self.deadline:
            return False
        self.trials -= 1
        breach = self.refutes(case)
        if breach is None or _raised(breach) != self.raised:
            return False
        self.case, self.breach = case, breach
        return True

    def _drop_rows(self, table: str) -> None:
        """Drop halves, then single rows, until no row can be spared."""
        size = max(1, self.case.rows_of(table) // 2)
        while size >= 1 and self.case.rows_of(table):
            smaller = _without_blocks(self.case, table, size)
            dropped = any(has_right_size(case) and self._try(case) for case in smaller)
            size = max(1, min(size, self.case.rows_of(table) // 2)) if dropped else size // 2

    def _few_rows(self, table: str) -> None:
        """Where more than three rows are left, look for three that will do."""
        rows = self.case.rows_of(table)
        if rows > FEW:
            chosen = itertools.islice(itertools.combinations(range(rows), FEW), self.trials // 2)
            few = (self.case.take(each, table) for each in chosen)
            any(has_right_size(case) and self._try(case) for case in few)

    def _plainer_values(self) -> None:
        for place in range(len(self.case.columns)):
            source = self.case.columns[place].input
            if self._orders_rows(self.case.columns[place]) or source.several or source.kept is not None:
                continue
            whole = any(self._try_column(each) for each in list(_plainer(self.case.columns[place])))
            if not whole and len(self.case.columns[place].values) <= FEW:
                for row in range(len(self.case.columns[place].values)):
                    any(self._try_column(each) for each in _plainer_cell(self.case.columns[place], row))

    def _orders_rows(self, column: Column) -> bool:
        """Whether the rows come in the order of this column: a time of rows whose order matters."""
        options, source = self.options, column.input
        if options is None or options.rows != "ordered" or not isinstance(options.scope, Past):
            return False
        return source.tabular and source.name in instants(self.case, source.table, options)

    def _try_column(self, column: Column) -> bool:
        if not (column.values != self.case.columns[self._place(column)].values).any():
            return False
        case = self.case.with_column(column)
        return is_admitted(case, column.input) and keeps(case) and self._try(case)

    def _place(self, column: Column) -> int:
        return next(n for n, each in enumerate(self.case.columns) if each.input is column.input)


def _raised(breach: Breach) -> set[type[BaseException]]:
    """The errors that the sides of a breach raised."""
    return {type(side.outcome.error) for side in breach.sides if isinstance(side.outcome, Raised)}


def _without_blocks(case: Case, table: str, size: int) -> Iterator[Case]:
    """The case without a block of rows; the base table, and what is learnt from, keep one at least."""
    rows = case.rows_of(table)
    kept = table == BASE or any(column.input.learnt for column in case.columns_of(table))
    for start in range(0, rows, size):
        rest = [row for row in range(rows) if not start <= row < start + size]
        if rest or not kept:
            yield case.take(rest, table)


def _plainer(column: Column) -> Iterator[Column]:
    """The column with one plain value throughout, then with its values rounded to ever finer steps."""
    source = column.input
    if source.rules.stated.keys() & {"isin", "unique"} or source.is_ordered or not len(column.values):
        return
    if column.values.dtype.kind in "mM":
        yield from (column.replaced(values) for values in _plainer_times(column.values))
    if not source.is_number:
        return
    try:
        grid = grid_of(source)
    except Unfillable:
        return
    values = column.values.astype(np.float64)
    plain = _round_value(grid)
    yield column.replaced(np.full(len(values), plain).astype(column.values.dtype))
    if grid.sexagesimal or source.integral:
        return
    for step in (10.0, 5.0, 1.0, 0.5):
        rounded = np.round(values / step) * step
        if step > grid.step and ((rounded >= grid.low) & (rounded <= grid.high)).all():
            yield column.replaced(rounded)


def _plainer_times(values: Values) -> Iterator[Values]:
    """Times at midnight, at whole hours; spans of one hour."""
    if values.dtype.kind == "m":
        yield np.full(len(values), HOUR).astype(values.dtype)
    for unit in ("D", "h") if values.dtype.kind == "M" else ("h",):
        yield values.astype(f"{values.dtype.kind}8[{unit}]").astype(values.dtype)


def _plainer_cell(column: Column, row: int) -> Iterator[Column]:
    """The column with one of its cells plain."""
    for each in itertools.islice(_plainer(column), 2):
        values = column.values.copy()
        values[row] = each.values[row]
        yield attrs.evolve(column, values=values)


def _round_value(grid: Grid) -> float:
    """A round number of the grid: 10 or 100 where they lie in it, else its middle."""
    for value in (10.0, 100.0, 20.0, 5.0, 1000.0, 0.5, 0.25):
        if grid.low <= value <= grid.high and (value - grid.low) % grid.step == 0:
            return value
    return grid.low + grid.step * (grid.cells // 2)
