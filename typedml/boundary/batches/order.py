"""The last value before a batch: what a rule that compares neighbours needs of the batches before."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable

    from typedml.boundary.plan import Rule

    Breaks = Callable[[Rule, pl.DataFrame], bool]


@final
class Order:
    """One rule on the order of a column, from batch to batch.

    `breaks` tells whether a frame of two rows breaks the rule: the engine's own answer.
    """

    def __init__(self, rule: Rule, breaks: Breaks) -> None:
        self.rule, self.breaks = rule, breaks
        self.column = str(rule.column)
        self.last: pl.DataFrame | None = None

    def fall(self, frame: pl.DataFrame) -> int | None:
        """The row of a batch that stands wrong after what came before it; None where all is well."""
        there = _is_there(frame[self.column])
        first = there.arg_max() if there.any() else None
        if first is None:
            return None
        before, self.last = self.last, self._row(frame, len(there) - 1 - int(there.reverse().arg_max() or 0))
        if before is None:
            return None
        pair = pl.concat([before, self._row(frame, first)], how="vertical_relaxed")
        return first if self.breaks(self.rule, pair) else None

    def _row(self, frame: pl.DataFrame, row: int) -> pl.DataFrame:
        # A copy, so that one row does not keep its whole batch in memory.
        cell = frame[self.column].slice(row, 1)
        return pl.DataFrame([pl.Series(self.column, cell.to_list(), cell.dtype)])


def _is_there(cells: pl.Series) -> pl.Series:
    there = cells.is_not_null()
    return there & cells.is_not_nan().fill_null(False) if cells.dtype.is_float() else there
