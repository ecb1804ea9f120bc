"""pandas frames: numpy, nullable, Arrow, categorical and object columns, without a copy where possible."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from typedml.boundary.carried.sayings import from_attrs
from typedml.boundary.engines import array_across, arrow
from typedml.boundary.engines.arrays import Cells, Mask, NumberCells, TextCells
from typedml.boundary.engines.lists import ListCells, clean, comparable, find
from typedml.boundary.engines.object_texts import ObjectTexts
from typedml.boundary.engines.quantities import is_quantity, magnitudes, with_units
from typedml.boundary.families import Family, Found
from typedml.boundary.plan import Plan, Rule
from typedml.boundary.stage import Stage, Survey

if TYPE_CHECKING:
    import pandas as pd

NAME = "pandas"
_NUMPY_FAMILIES = {
    "b": Family.BOOL,
    "i": Family.INT,
    "u": Family.INT,
    "f": Family.FLOAT,
    "M": Family.DATETIME,
    "m": Family.TIMEDELTA,
    "U": Family.STR,
}


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
        name: _found(frame, name, types[name], base) for name, base in wanted.items() if name not in repeated
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
    return {name: clean(magnitudes(frame[name]).tolist()) for name in names}


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
            made = self.made[name] = _cells(magnitudes(self.frame[name]), self.stage.found[name])
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


def _found(frame: pd.DataFrame, name: str, dtype: Any, base: type) -> Found:
    if isinstance(dtype, np.dtype) and dtype.kind == "O":
        return _found_objects(frame[name])
    if type(dtype).__name__ == "SparseDtype":
        dense = _dense(frame[name])
        return _found(dense.to_frame(name), name, dense.dtype, base)
    if is_quantity(dtype):
        numbers = magnitudes(frame[name])
        return _found(numbers.to_frame(name), name, numbers.dtype, base)
    found = _found_by_dtype(dtype)
    if found.family is Family.FLOAT and base not in (int, float) and frame[name].isna().all():
        # pandas has no type for "nothing yet": a column without a value is often one of floats.
        return Found(Family.NOTHING, found.dtype)
    return found


def _found_objects(series: pd.Series[Any]) -> Found:
    from pandas.api.types import infer_dtype

    # Of the bare array: asking a column of ten rows through its Series takes five times as long.
    if infer_dtype(series.to_numpy(), skipna=True) == "string":
        return Found(Family.STR, "object")
    return find(clean(series.tolist()), "object")


def _dense(series: Any) -> pd.Series[Any]:
    dense: pd.Series[Any] = series.sparse.to_dense()
    return dense


@lru_cache(maxsize=256)
def _found_by_dtype(dtype: Any) -> Found:
    shown = str(dtype)
    if isinstance(dtype, np.dtype):
        return Found(_NUMPY_FAMILIES.get(dtype.kind, Family.OTHER), shown, single=_is_single(dtype))
    match type(dtype).__name__:
        case "DatetimeTZDtype":
            return Found(Family.DATETIME, shown, zoned=True)
        case "ArrowDtype":
            return arrow.found(dtype.pyarrow_dtype, shown)
        case "StringDtype":
            return Found(Family.STR, shown)
        case "CategoricalDtype":
            return _found_category(dtype)
        case _:
            # Only the nullable types name the numpy type that they mask.
            kind = dtype.kind if hasattr(dtype, "numpy_dtype") else "O"
            single = kind == "f" and _is_single(dtype.numpy_dtype)
            return Found(_NUMPY_FAMILIES.get(kind, Family.OTHER), shown, single=single)


def _found_category(dtype: Any) -> Found:
    values = dtype.categories.to_series()
    inner = _found_objects(values) if values.dtype.kind == "O" else _found_by_dtype(values.dtype)
    return Found(inner.family, f"category of {inner.dtype}", inner.note, inner.zoned, inner.single)


def _is_single(dtype: np.dtype[Any]) -> bool:
    return dtype.kind == "f" and dtype.itemsize < 8


def _cells(series: pd.Series[Any], found: Found) -> Cells:
    dtype: Any = series.dtype
    if found.family is Family.NOTHING:
        return ListCells([None] * len(series), found)
    match type(dtype).__name__:
        case "CategoricalDtype":
            return _category_cells(series, dtype.categories, found)
        case "ArrowDtype":
            return arrow.cells(_arrow(series), found)
        case "StringDtype":
            stored = dtype.storage == "pyarrow"
            return TextCells(_arrow(series)) if stored else _from_objects(series, found)
        case "DatetimeTZDtype":
            return NumberCells(_fine(series.to_numpy(f"M8[{dtype.unit}]")))
        case "SparseDtype":
            return _cells(_dense(series), found)
    if isinstance(dtype, np.dtype):
        return _from_objects(series, found) if dtype.kind in "OU" else NumberCells(_fine(series.to_numpy()))
    missing: Mask = series.isna().to_numpy()
    return NumberCells(series.to_numpy(dtype.numpy_dtype, na_value=dtype.type(0)), missing)


def _category_cells(series: Any, categories: Any, found: Found) -> Cells:
    kind = getattr(categories.dtype, "kind", "O")
    if not isinstance(categories.dtype, np.dtype) or kind not in "iub":
        return _cells(series.astype(categories.dtype), found)
    # Neither integers nor truth values have one that stands for a missing one.
    codes = series.cat.codes.to_numpy()
    missing = codes < 0
    values = categories.to_numpy()
    return NumberCells(values[np.where(missing, 0, codes)] if len(values) else codes.astype(kind), missing)


def _from_objects(series: pd.Series[Any], found: Found) -> Cells:
    # Integers and times beyond 64 bits are judged in Python.
    with contextlib.suppress(OverflowError, ValueError):
        if found.family in _NUMPY_OF:
            return _array_of(clean(series.tolist()), found)
        if found.family is Family.DATETIME:
            return _times_of(clean(series.tolist()), found)
        if found.family is Family.STR and "pyarrow" in sys.modules:
            return ObjectTexts(series.to_numpy(object))
    return ListCells(clean(series.tolist()), found)


def _times_of(values: list[Any], found: Found) -> NumberCells:
    import pandas

    times = pandas.to_datetime(
        pandas.Series([comparable(value) for value in values], dtype=object), utc=found.zoned
    )
    return NumberCells(_fine((times.dt.tz_localize(None) if found.zoned else times).to_numpy()))


_NUMPY_OF: dict[Family, Any] = {Family.FLOAT: np.float64, Family.INT: np.int64, Family.BOOL: np.bool_}


def _array_of(values: list[Any], found: Found) -> NumberCells:
    missing = np.array([value is None for value in values], np.bool_)
    filled = [0 if value is None else value for value in values]
    return NumberCells(np.array(filled, _NUMPY_OF[found.family]), missing)


def _fine(values: Any) -> Any:
    """Times in units of microseconds at least, so that every bound is a whole number of units."""
    unit, kind = (
        (np.datetime_data(values.dtype)[0], values.dtype.kind) if values.dtype.kind in "mM" else ("us", "")
    )
    if unit in ("us", "ns"):
        return values
    finer = values.astype(f"{kind}8[us]")
    # numpy wraps around where 64 bits are too few.
    if not (finer.astype(values.dtype) == values)[~np.isnat(values)].all():
        raise OverflowError("times that lie beyond the year 292277 or before its mirror")
    return finer


def _arrow(series: pd.Series[Any]) -> Any:
    import pyarrow

    return pyarrow.array(series.array)
