"""The columns of a pandas frame: what each is found to be, and its cells, without a copy where possible."""

from __future__ import annotations

import contextlib
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from typedml.boundary.engines import arrow
from typedml.boundary.engines.arrays import Cells, Mask, NumberCells, TextCells
from typedml.boundary.engines.lists import ListCells, clean, comparable, find
from typedml.boundary.engines.object_texts import ObjectTexts
from typedml.boundary.engines.quantities import is_quantity, magnitudes
from typedml.boundary.families import Family, Found

if TYPE_CHECKING:
    import pandas as pd

_NUMPY_FAMILIES = {
    "b": Family.BOOL,
    "i": Family.INT,
    "u": Family.INT,
    "f": Family.FLOAT,
    "M": Family.DATETIME,
    "m": Family.TIMEDELTA,
    "U": Family.STR,
}


def found_in(frame: pd.DataFrame, name: str, dtype: Any, base: type) -> Found:
    """What a column is found to be, where `base` is declared."""
    if isinstance(dtype, np.dtype) and dtype.kind == "O":
        return _found_objects(frame[name])
    if type(dtype).__name__ == "SparseDtype":
        dense = _dense(frame[name])
        return found_in(dense.to_frame(name), name, dense.dtype, base)
    if is_quantity(dtype):
        numbers = magnitudes(frame[name])
        return found_in(numbers.to_frame(name), name, numbers.dtype, base)
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


def cells_of(series: pd.Series[Any], found: Found) -> Cells:
    """The cells of a column, ready to be judged."""
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
            return cells_of(_dense(series), found)
    if isinstance(dtype, np.dtype):
        return _from_objects(series, found) if dtype.kind in "OU" else NumberCells(_fine(series.to_numpy()))
    missing: Mask = series.isna().to_numpy()
    return NumberCells(series.to_numpy(dtype.numpy_dtype, na_value=dtype.type(0)), missing)


def _category_cells(series: Any, categories: Any, found: Found) -> Cells:
    kind = getattr(categories.dtype, "kind", "O")
    if not isinstance(categories.dtype, np.dtype) or kind not in "iub":
        return cells_of(series.astype(categories.dtype), found)
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
