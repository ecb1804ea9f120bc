"""Cells held as numpy arrays or Arrow text: what a pandas frame is made of.

Bounds are judged by the least and the greatest value first; cells are compared one by one only where those
two say that something is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, Protocol, final

import numpy as np
import numpy.typing as npt

from typedml.boundary.engines import text_hashes
from typedml.boundary.engines.distinct import all_differ, hashes_differ
from typedml.boundary.engines.lists import ListCells
from typedml.boundary.families import Family, Found
from typedml.boundary.patterns import matcher, portable
from typedml.boundary.plan import Rule
from typedml.boundary.times import ticks

Mask = npt.NDArray[np.bool_]
Array = npt.NDArray[Any]


class Cells(Protocol):
    """One column, ready to be judged: how many cells are missing, how many break a rule, and which."""

    @property
    def nulls(self) -> int:
        """How many cells are missing."""

    def count(self, rule: Rule) -> int:
        """How many cells break the rule."""

    def bad(self, rule: Rule) -> Any:
        """Whether each cell breaks the rule."""


@final
class NumberCells:
    """Numbers, truth values or times in a numpy array.

    `missing` marks the masked cells; NaN and NaT mark themselves.
    """

    def __init__(self, values: Array, missing: Mask | None = None) -> None:
        self.values = values
        self.kind = values.dtype.kind
        self.masked = missing if missing is not None and missing.any() else None

    @cached_property
    def missing(self) -> Mask | None:
        """Where a cell is missing, or None where all are there."""
        own: Mask | None = None
        if self.kind == "f":
            own = np.isnan(self.values)
        elif self.kind in "mM":
            own = np.isnat(self.values)
        if own is None or self.masked is None:
            found = self.masked if own is None else own
        else:
            found = own | self.masked
        return found if found is not None and found.any() else None

    @property
    def nulls(self) -> int:
        """How many cells are missing."""
        return 0 if self.missing is None else int(np.count_nonzero(self.missing))

    @cached_property
    def present(self) -> Array:
        """The values that are not missing, in order; times as whole numbers of their unit."""
        values = self.values if self.missing is None else self.values[~self.missing]
        return values.view(np.int64) if self.kind in "mM" else values

    @cached_property
    def extremes(self) -> tuple[Any, Any] | None:
        """The least and the greatest value; None where there is none."""
        if self.kind == "f" and self.masked is None and self.values.size:
            least, greatest = np.fmin.reduce(self.values), np.fmax.reduce(self.values)
            return None if least != least else (least, greatest)
        return (self.present.min(), self.present.max()) if self.present.size else None

    def count(self, rule: Rule) -> int:
        """How many cells break the rule."""
        if rule.name in _BAD and (self.extremes is None or self._holds(rule)):
            return 0
        if rule.name == "unique":
            return 0 if self._all_differ() else _count_repeated(self.present)
        return int(np.count_nonzero(self.bad(rule)))

    def _all_differ(self) -> bool:
        values = self.values.view(np.int64) if self.kind in "mM" else self.values
        return all_differ(values, self.missing)

    def _holds(self, rule: Rule) -> bool:
        if rule.name == "integral":
            return self.kind in "iub"
        return not _BAD[rule.name](np.array(self.extremes), self.argument(rule)).any()

    def argument(self, rule: Rule) -> Any:
        """What the rule compares with, as these values are stored."""
        if self.kind not in "mM" or rule.name == "range":
            return rule.argument
        unit = np.datetime_data(self.values.dtype)[0]
        return ticks(rule.argument, unit)

    def bad(self, rule: Rule) -> Mask:
        """Whether each cell breaks the rule."""
        absent = np.zeros(len(self.values), np.bool_) if self.missing is None else self.missing
        if rule.name in ("null", "null_fraction"):
            return absent
        bad = np.zeros(len(self.values), np.bool_)
        # Judged among the cells that are there, so that no rule needs to think of the others.
        bad[~absent] = self._bad_present(rule)
        return bad

    def _bad_present(self, rule: Rule) -> Mask:
        values = self.present
        match rule.name:
            case "unique":
                _, inverse, times = np.unique(values, return_inverse=True, return_counts=True)
                return np.asarray(times[inverse] > 1)
            case "increasing" | "decreasing":
                beyond = np.greater if rule.argument.descending else np.less
                return np.concatenate(
                    [np.zeros(min(1, len(values)), np.bool_), beyond(values[1:], values[:-1])]
                )
            case "isin":
                return ~_is_in(values, self.argument(rule))
            case _:
                return _BAD[rule.name](values, self.argument(rule))


def _outside(values: Array, allowed: Any) -> Mask:
    low = values <= allowed.low if allowed.low_open else values < allowed.low
    high = values >= allowed.high if allowed.high_open else values > allowed.high
    return np.asarray(low | high)


def _not_whole(values: Array, infinities: tuple[float, ...]) -> Mask:
    if values.dtype.kind != "f":
        return np.zeros(len(values), np.bool_)
    bad = values != np.rint(values)
    for infinity in infinities:
        bad |= values == infinity
    return np.asarray(bad)


_BAD: dict[str, Callable[[Array, Any], Mask]] = {
    "range": _outside,
    "gt": lambda values, bound: np.asarray(values <= bound),
    "ge": lambda values, bound: np.asarray(values < bound),
    "lt": lambda values, bound: np.asarray(values >= bound),
    "le": lambda values, bound: np.asarray(values > bound),
    "integral": _not_whole,
}


def _is_in(values: Array, members: Iterable[Any]) -> Mask:
    found = np.zeros(len(values), np.bool_)
    known = [member for member in members if isinstance(member, (int, float))]
    if len(known) > 16:
        return np.isin(values, np.array(known))
    for member in known:
        found |= values == member
    return found


def _count_repeated(values: Array) -> int:
    """How many values occur more than once."""
    ordered = np.sort(values)
    same = ordered[1:] == ordered[:-1]
    repeated = np.zeros(len(values), np.bool_)
    repeated[1:] |= same
    repeated[:-1] |= same
    return int(np.count_nonzero(repeated))


@final
class TextCells:
    """Text in an Arrow array."""

    def __init__(self, values: Any) -> None:
        import pyarrow.compute

        self.values = values
        self.compute = pyarrow.compute

    @property
    def nulls(self) -> int:
        """How many cells are missing."""
        return int(self.values.null_count)

    def count(self, rule: Rule) -> int:
        """How many cells break the rule."""
        if rule.name in ("null", "null_fraction"):
            return self.nulls
        if rule.name == "unique":
            return 0 if self._all_distinct() else int(np.count_nonzero(self.bad(rule)))
        judged = self._good(rule)
        if judged is None:
            return int(np.count_nonzero(self.bad(rule)))
        # Arrow keeps eight truth values in a byte, numpy one: what is only counted stays where it is.
        return sum(chunk.false_count for chunk in (judged.chunks if hasattr(judged, "chunks") else [judged]))

    def bad(self, rule: Rule) -> Mask:
        """Whether each cell breaks the rule."""
        if rule.name in ("null", "null_fraction"):
            return self._mask(self.values.is_null())
        if rule.name == "unique":
            return self._repeated() & ~self._mask(self.values.is_null())
        judged = self._good(rule)
        if judged is None:
            return np.array(self._as_list().bad(rule), np.bool_)
        # A missing cell gives null, and null breaks nothing.
        return self._mask(self.compute.invert(judged).fill_null(False))

    def _all_distinct(self) -> bool:
        # Ten times faster than pandas, which keeps a table of all texts.
        return hashes_differ(text_hashes.of_arrow(self.values), len(self.values) - self.nulls)

    def _good(self, rule: Rule) -> Any:
        import pyarrow

        match rule.name:
            case "pattern":
                return self._matches(rule.argument)
            case "isin":
                members = pyarrow.array(
                    [each for each in rule.argument if isinstance(each, str)], self.values.type
                )
                return self.compute.or_kleene(self.compute.is_in(self.values, members), self.values.is_null())
            case "min_length":
                return self.compute.greater_equal(self.compute.utf8_length(self.values), rule.argument)
            case "max_length":
                return self.compute.less_equal(self.compute.utf8_length(self.values), rule.argument)
            case "gt" | "ge" | "lt" | "le":
                bound = pyarrow.scalar(rule.argument, self.values.type)
                return getattr(self.compute, _ARROW_COMPARISONS[rule.name])(self.values, bound)
            case _:
                return None

    def _matches(self, pattern: str) -> Any:
        import pyarrow

        syntax = portable(pattern)
        if syntax is not None:
            return self.compute.match_substring_regex(self.values, syntax)
        # Python reads this pattern alone; every distinct text is looked at once.
        match = matcher(pattern)
        distinct = [each for each in self.compute.unique(self.values).to_pylist() if each is not None]
        matching = pyarrow.array([each for each in distinct if match(each)], self.values.type)
        return self.compute.or_kleene(self.compute.is_in(self.values, matching), self.values.is_null())

    def _as_list(self) -> ListCells:
        return ListCells(self.values.to_pylist(), Found(Family.STR, "str"))

    def _repeated(self) -> Mask:
        """Where a text occurs elsewhere, too; what is missing may be said to."""
        encoded = self.encoded()
        codes = self._mask(encoded.indices.fill_null(len(encoded.dictionary)))
        return np.asarray(np.bincount(codes)[codes] > 1) if len(codes) else np.zeros(0, np.bool_)

    def as_objects(self) -> Array:
        """The texts as Python's, None where one is missing."""
        return np.array(self.values.to_pylist(), dtype=object)

    def encoded(self) -> Any:
        """The texts as a dictionary of the distinct ones, and where each of them stands."""
        encoded = self.values.dictionary_encode()
        return encoded.combine_chunks() if hasattr(encoded, "chunks") else encoded

    def _mask(self, arrow: Any) -> Mask:
        return np.asarray(
            arrow.to_numpy() if hasattr(arrow, "chunks") else arrow.to_numpy(zero_copy_only=False)
        )


_ARROW_COMPARISONS = {"gt": "greater", "ge": "greater_equal", "lt": "less", "le": "less_equal"}
# What Arrow answers of its text without making Python's of it.
TEXT_RULES = frozenset({"null", "null_fraction", "unique", "pattern", "isin", *_ARROW_COMPARISONS})
