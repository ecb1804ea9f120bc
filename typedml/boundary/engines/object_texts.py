"""Text as Python objects in a numpy array: made into Arrow text a part at a time, so that no copy is held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    """The cells of a column of text that is kept as Python objects, each of them text or missing.

    `rules` are those of the column: they are counted together, for making Arrow text is what costs.
    """

    numeric = False

    def __init__(self, objects: Array, rules: Sequence[Rule] = ()) -> None:
        self.objects, self.rules = objects, rules

    @property
    def values(self) -> list[Any]:
        """The texts as a list, None where one is missing."""
        return clean(self.objects.tolist())

    @property
    def nulls(self) -> int:
        """How many cells are missing."""
        return len(self.objects) - sum(value is not None for value in self.values)

    def count(self, rule: Rule) -> int:
        """How many cells break the rule."""
        if rule in self._counts:
            return self._counts[rule]
        return sum(cells.count(rule) for cells in self._cells(rule))

    def bad(self, rule: Rule) -> Mask:
        """Whether each cell breaks the rule."""
        return np.concatenate([np.asarray(cells.bad(rule), np.bool_) for cells in self._cells(rule)])

    @cached_property
    def _counts(self) -> dict[Rule, int]:
        """The counts of all rules that one pass over the parts can answer."""
        together = [rule for rule in self.rules if rule.reach == "row" or rule.name == "null_fraction"]
        unique = [rule for rule in self.rules if rule.name == "unique"]
        counts = dict.fromkeys(together, 0)
        if hashes_differ(self._pass(counts, hashed=bool(unique)), len(self.objects) if unique else 0):
            counts |= dict.fromkeys(unique, 0)
        return counts

    def _pass(self, counts: dict[Rule, int], *, hashed: bool) -> Iterator[text_hashes.Hashes]:
        """Add up the counts of all parts, and give the hashes of their texts."""
        for part in self._parts():
            cells = _text(part)
            for rule in counts:
                counts[rule] += cells.count(rule)
            if hashed and isinstance(cells, TextCells):
                yield from text_hashes.of_arrow(cells.values)
            elif hashed:
                # Text without a hash is compared with all other text: these two say that it may repeat.
                yield np.zeros(min(2, len(part)), np.uint64)

    def _cells(self, rule: Rule) -> Iterator[Cells]:
        yield from map(_text, self._parts() if rule.reach == "row" else [self.objects])

    def _parts(self) -> Iterator[Array]:
        for start in range(0, max(1, len(self.objects)), PART):
            yield self.objects[start : start + PART]


def _text(objects: Array) -> Cells:
    import pyarrow

    try:
        return TextCells(pyarrow.array(objects, from_pandas=True, type=pyarrow.large_string()))
    except ValueError:
        # Text that is no Unicode, as of names of files, is judged in Python.
        return ListCells(clean(objects.tolist()), Found(Family.STR, "object"))
