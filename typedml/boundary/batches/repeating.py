"""Rules of text that a batch holds in Arrow: judged once for each distinct text, not in every row.

The engine judges the distinct texts, so that its answers are those of the rows; a batch then tells how many
of its rows have the texts that break a rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

import numpy as np
import polars as pl

from typedml.boundary.engines import polars as engine
from typedml.boundary.plan import Rule
from typedml.boundary.stage import Stage, only

if TYPE_CHECKING:
    import numpy.typing as npt

    from typedml.boundary.batches.frames import Batch

_NULLS = frozenset({"null", "null_fraction"})
_ALIKE = frozenset({"pattern", "isin", "min_length", "max_length", "gt", "ge", "lt", "le"})
"""Rules that say the same of equal texts, wherever they stand."""


@final
class Texts:
    """What the rules say of the distinct texts that were seen last in each column."""

    def __init__(self) -> None:
        self._known: dict[Rule, tuple[Any, npt.NDArray[np.int64]]] = {}

    def count(self, stage: Stage, rule: Rule, batch: Batch) -> int | None:
        """How many rows of a batch break a rule; None where the rows must be asked."""
        cells = None if rule.is_across or rule.column is None else batch.texts.get(rule.column)
        if cells is None:
            return None
        if rule.name in _NULLS:
            return int(cells.null_count)
        if rule.name not in _ALIKE or not hasattr(cells, "dictionary"):
            return None
        if len(cells.dictionary) > len(cells):
            return None
        broken = self._broken(stage, rule, cells.dictionary)
        if not len(broken):
            return 0
        places = cells.indices.drop_null().to_numpy()
        return int(np.bincount(places, minlength=len(cells.dictionary))[broken].sum())

    def _broken(self, stage: Stage, rule: Rule, distinct: Any) -> npt.NDArray[np.int64]:
        """Which of the distinct texts break the rule."""
        known = self._known.get(rule)
        if known is not None and known[0].equals(distinct):
            return known[1]
        frame = pl.DataFrame([pl.Series(rule.column, pl.from_arrow(distinct))])
        (rows,) = engine.locate(only(stage, (rule,)), frame, (rule,), None)
        broken = np.array(rows, np.int64)
        self._known[rule] = distinct, broken
        return broken
