"""pandas frames, judged column by column in numpy and Arrow."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from typedml.boundary.carried.sayings import from_attrs
from typedml.boundary.engines import array_across
from typedml.boundary.engines.arrays import Cells
from typedml.boundary.engines.lists import clean
from typedml.boundary.engines.object_texts import ObjectTexts
from typedml.boundary.engines.pandas_columns import cells_of, found_in
from typedml.boundary.engines.quantities import is_quantity, magnitudes, with_units
from typedml.boundary.families import Family
from typedml.boundary.plan import Plan, Rule
from typedml.boundary.stage import Stage, Survey

if TYPE_CHECKING:
    import pandas as pd

NAME = "pandas"


def takes(frame: object) -> bool:
    """Whether the object is a frame of this library."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(frame, pandas.DataFrame)


def survey(plan: Plan, frame: pd.DataFrame) -> Survey:
    """What the frame's columns are found to be."""
    names = frame.columns.tolist()
    types = dict(zip(names, frame.dtypes.tolist(), strict=True))
    wanted = {column.column: column.base for column in plan.columns if column.column in types}
    repeated = tuple(name for name in wanted if names.count(name) > 1) if len(types) < len(names) else ()
    found = {
        name: found_in(frame, name, types[name], base)
        for name, base in wanted.items()
        if name not in repeated
    }
    shown = tuple(map(_shown, names))
    indexed = tuple(name for name in frame.index.names if isinstance(name, str))
    carried = with_units(from_attrs(frame.attrs), types)
    return Survey(shown, found, repeated, _note(frame, names), indexed=indexed, carried=carried)


def _shown(name: object) -> str:
    """A name; one that is no text as no text would be shown: the column 3 is not the column "3"."""
    return name if isinstance(name, str) else f"{name!r} ({type(name).__name__})"


def _note(frame: pd.DataFrame, names: list[Any]) -> str:
    if type(frame.columns).__name__ == "MultiIndex":
        return "the columns of the frame are a MultiIndex"
    return "" if not names or any(isinstance(name, str) for name in names) else "no column is named by text"


def lists(stage: Stage, frame: pd.DataFrame, names: Sequence[str]) -> dict[str, list[Any]] | None:
    """The columns as lists of Python values, or None where that would lose something."""
    if _is_plain(stage, frame, names):
        # All at once: taking a column out of a frame costs more than ten rows of it. Some types of Arrow
        # can only be read one by one.
        with contextlib.suppress(NotImplementedError):
            columns = dict(zip(frame.columns.tolist(), frame.to_numpy(dtype=object).T.tolist(), strict=True))
            return {name: clean(columns[name]) for name in names}
    return {name: clean(magnitudes(frame[name]).tolist()) for name in names}


_PLAIN = frozenset({Family.BOOL, Family.INT, Family.FLOAT, Family.STR})


def _is_plain(stage: Stage, frame: pd.DataFrame, names: Sequence[str]) -> bool:
    """Whether the wanted columns are most of the frame, and are the same values taken out one by one."""
    if frame.shape[1] > 2 * len(names) or any(stage.found[name].family not in _PLAIN for name in names):
        return False
    return not any(is_quantity(dtype) for dtype in frame.dtypes.tolist())


def values(frame: pd.DataFrame, name: str) -> list[Any]:
    """One column as a list of Python values, None where one is missing."""
    return clean(magnitudes(frame[name]).tolist())


def count(stage: Stage, frame: pd.DataFrame) -> tuple[int, list[int]]:
    """How many rows there are, and how many break each rule of the stage."""
    cells = _Columns(stage, frame)
    return len(frame), [cells.count(rule) for rule in stage.rules]


def hold(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The frame as its rows can be asked for twice: itself."""
    return frame


def locate(stage: Stage, frame: pd.DataFrame, rules: Sequence[Rule], limit: int | None) -> list[list[int]]:
    """The positions of the first rows that break each of the rules."""
    cells = _Columns(stage, frame)
    return [[int(row) for row in np.flatnonzero(cells.bad(rule))[:limit]] for rule in rules]


def fetch(frame: pd.DataFrame, columns: Sequence[str], positions: Sequence[int]) -> list[dict[str, object]]:
    """The values of some columns in some rows, and the index label where it says more than the position."""
    picked = {name: clean(magnitudes(frame[name].iloc[list(positions)]).tolist()) for name in columns}
    if not _is_counter(frame.index):
        labels = frame.index[list(positions)].tolist()
        picked = {"index": labels, **picked} if "index" not in picked else picked
    return [{name: values[row] for name, values in picked.items()} for row in range(len(positions))]


def divide(
    stage: Stage, frame: pd.DataFrame, rules: Sequence[Rule], label: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows that keep every rule, and the others with their reasons."""
    if not rules:
        return frame, frame.iloc[:0].assign(**{label: np.empty(0, object)})
    cells = _Columns(stage, frame)
    masks = [np.asarray(cells.bad(rule), np.bool_) for rule in rules]
    broken = np.logical_or.reduce(masks)
    reasons = np.empty(int(broken.sum()), object)
    reasons[:] = [[] for _ in reasons]
    for rule, mask in zip(rules, masks, strict=True):
        for position in np.flatnonzero(mask[broken]):
            reasons[position].append(rule.reason)
    return frame[~broken], frame[broken].assign(**{label: reasons})


def size(frame: pd.DataFrame) -> int:
    """How many rows there are."""
    return len(frame)


def pick(frame: pd.DataFrame, positions: Sequence[int]) -> pd.DataFrame:
    """Some rows, in this order."""
    return frame.iloc[list(positions)]


def distinct(frame: pd.DataFrame, names: Sequence[str]) -> list[tuple[Any, ...]]:
    """The rows of some columns, each once."""
    rows = frame[list(names)].drop_duplicates()
    return list(zip(*(clean(rows[name].tolist()) for name in names), strict=True))


class _Columns(Mapping[str, Cells]):
    """The cells of a frame's columns, each made when it is first asked for."""

    def __init__(self, stage: Stage, frame: pd.DataFrame) -> None:
        self.stage, self.frame = stage, frame
        self.made: dict[str, Cells] = {}

    def __getitem__(self, name: str) -> Cells:
        if name not in self.made:
            made = self.made[name] = cells_of(magnitudes(self.frame[name]), self.stage.found[name])
            if isinstance(made, ObjectTexts):
                made.rules = [r for r in self.stage.rules if r.column == name and not r.is_across]
        return self.made[name]

    def _of(self, name: str) -> Cells:
        # Rules come column by column, and text may have been converted: only one column is kept.
        if name not in self.made:
            self.made.clear()
        return self[name]

    def __iter__(self) -> Any:
        return iter(self.stage.found)

    def __len__(self) -> int:
        return len(self.stage.found)

    def count(self, rule: Rule) -> int:
        if rule.is_across or rule.column is None:
            return array_across.count(self.stage, rule, self, len(self.frame))
        return self._of(rule.column).count(rule)

    def bad(self, rule: Rule) -> Any:
        if rule.is_across or rule.column is None:
            return array_across.broken_rows(self.stage, rule, self, len(self.frame))
        return self._of(rule.column).bad(rule)


def _is_counter(index: Any) -> bool:
    return type(index).__name__ == "RangeIndex" and index.start == 0 and index.step == 1
