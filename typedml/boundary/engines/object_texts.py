"""Text as Python objects in a numpy array: made into Arrow text a part at a time, so that no copy is held."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, final

import numpy as np

from typedml.boundary.engines import text_hashes
from typedml.boundary.engines.arrays import Array, Cells, Mask, TextCells
from typedml.boundary.engines.distinct import hashes_differ
from typedml.boundary.engines.lists import ListCells, clean
from typedml.boundary.families import Family, Found
from typedml.boundary.plan import Rule

# Texts made into Arrow's at a time: a few megabytes of them.
PART = 1 << 17


@final
class ObjectTexts:
    """The cells of a column of text that is kept as Python objects, each of them text or missing."""

    numeric = False

    def __init__(self, objects: Array) -> None:
        self.objects = objects

    @property
    def values(self) -> list[Any]:
        """The texts as a list, None where one is missing."""
        return clean(self.objects.tolist())

    @cached_property
    def nulls(self) -> int:
        """How many cells are missing."""
        import pandas

        return int(np.count_nonzero(pandas.isna(self.objects)))

    def count(self, rule: Rule) -> int:
        """How many cells break the rule."""
        if rule.name in ("null", "null_fraction"):
            return self.nulls
        if rule.name == "unique" and self._all_differ():
            return 0
        return sum(cells.count(rule) for cells in self._cells(rule))

    def bad(self, rule: Rule) -> Mask:
        """Whether each cell breaks the rule."""
        return np.concatenate([np.asarray(cells.bad(rule), np.bool_) for cells in self._cells(rule)])

    def _cells(self, rule: Rule) -> Iterator[Cells]:
        for part in self._parts() if rule.reach == "row" else [self.objects]:
            try:
                yield TextCells(_arrow(part))
            except ValueError:
                # Text that is no Unicode, as of names of files, is judged in Python.
                yield ListCells(clean(part.tolist()), Found(Family.STR, "object"))

    def _all_differ(self) -> bool:
        hashes = (each for part in self._parts() for each in text_hashes.of_arrow(_arrow(part)))
        try:
            return hashes_differ(hashes, len(self.objects))
        except ValueError:
            return False

    def _parts(self) -> Iterator[Array]:
        for start in range(0, max(1, len(self.objects)), PART):
            yield self.objects[start : start + PART]


def _arrow(objects: Array) -> Any:
    import pyarrow

    return pyarrow.array(objects, from_pandas=True, type=pyarrow.large_string())
