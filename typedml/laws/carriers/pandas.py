"""Cases as pandas frames and Series, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from typedml.laws.build import stored_cells
from typedml.laws.carriers.undeclared import undeclared
from typedml.laws.case import Column, Mask, Values, filler

# What pandas makes of texts: a dtype of their own since pandas 3, objects before.
TEXTS = pd.Series(["text"]).dtype


def build_frame(columns: Sequence[Column], labels: Sequence[int], *, extras: bool, lazy: bool) -> Any:
    """A DataFrame of the columns; with `extras` undeclared ones stand before and behind them."""
    data = {column.input.name: _cells(column) for column in columns}
    if extras:
        first, last = undeclared(len(labels))
        data = {**first, **data, **last}
    return pd.DataFrame(data, index=_index(labels))


def build_series(column: Column, labels: Sequence[int]) -> Any:
    """A Series of one column, named as the parameter."""
    return pd.Series(_cells(column), index=_index(labels), name=column.input.name)


def restored(value: Any, dtypes: Mapping[str, str]) -> Any:
    """The same values in other dtypes, by column."""
    wanted: Any = next(iter(dtypes.values())) if isinstance(value, pd.Series) else dict(dtypes)
    return value.astype(wanted)


def is_frame(value: object) -> bool:
    """True for a DataFrame."""
    return isinstance(value, pd.DataFrame)


def is_series(value: object) -> bool:
    """True for a Series or an Index."""
    return isinstance(value, (pd.Series, pd.Index))


def frame_columns(value: Any) -> Iterator[tuple[str, Any]]:
    """The names and columns of a frame."""
    return ((str(name), value.iloc[:, place]) for place, name in enumerate(value.columns))


def series_values(value: Any) -> tuple[Values, Mask]:
    """The values of a Series as a numpy array, and where it has none."""
    null = np.asarray(value.isna(), dtype=np.bool_)
    if value.dtype == object and any(isinstance(cell, Decimal) for cell in value[~null][:1]):
        return np.asarray([np.nan if c is None else float(c) for c in value]), null
    if isinstance(value.dtype, pd.DatetimeTZDtype):
        value = pd.DatetimeIndex(value).tz_convert("UTC").tz_localize(None)
    if pd.api.types.is_bool_dtype(value.dtype):
        return np.asarray(value.fillna(False), dtype=np.bool_), null
    if pd.api.types.is_numeric_dtype(value.dtype) and not isinstance(value.dtype, np.dtype):
        return value.to_numpy(dtype=np.float64, na_value=np.nan), null
    return np.asarray(value.array), null


def series_labels(value: Any) -> tuple[object, ...] | None:
    """The labels of the rows: a pandas index is part of the result."""
    index = value.index if isinstance(value, (pd.Series, pd.DataFrame)) else None
    return None if index is None else tuple(index)


def same(left: Any, right: Any) -> bool:
    """True where two frames or Series hold the same, names, dtypes and labels included."""
    return bool(left.equals(right) and left.index.equals(right.index)) and _names(left) == _names(right)


def _names(value: Any) -> object:
    return list(value.columns) if isinstance(value, pd.DataFrame) else value.name


def _index(labels: Sequence[int]) -> Any:
    plain = all(label == place for place, label in enumerate(labels))
    return pd.RangeIndex(len(labels)) if plain else pd.Index(list(labels))


def _of_width(column: Column, width: str) -> Any:
    """Numbers in the dtype that is declared; whole ones with a null among them in the one that has nulls."""
    if column.input.integral and column.null.any():
        cells = [None if lost else v for v, lost in zip(column.values.tolist(), column.null, strict=True)]
        return pd.array(cells, dtype=f"{'UI' if width[0] == 'u' else 'I'}{width.lstrip('ui')}")  # type: ignore[call-overload]
    return (column.numbers if column.null.any() else column.values).astype(width)


def _cells(column: Column) -> Any:
    """Cells as a file would give them: whole numbers with a null among them are floats."""
    values, null, width = stored_cells(column), column.null, column.input.rules.width
    if width is not None:
        return _of_width(column, width)
    if column.input.zone is not None:
        moments = pd.DatetimeIndex(np.where(null, np.datetime64("NaT", "us"), values))
        return moments.tz_localize("UTC").tz_convert(column.input.zone)
    if column.input.base is str and null.all():
        # Without a text to tell by, as in an empty table, a column of texts would be one of objects.
        return pd.Series([None] * len(values), dtype=TEXTS).array
    if not null.any() or values is not column.values:
        return values.copy()
    if values.dtype.kind in "fmM":
        return np.where(null, np.array(filler(values.dtype)).astype(values.dtype), values)
    if values.dtype.kind == "i":
        return column.numbers
    missing = values.astype(object)
    missing[null] = None
    return missing


def settings() -> dict[str, Any]:
    """The options of the library, by name."""
    tree: Any = pd.options.d
    return dict(_options(tree, ""))


def restore_settings(values: dict[str, Any]) -> None:
    """Put options back as they were."""
    for name, value in settings().items():
        if name in values and values[name] != value:
            pd.set_option(name, values[name])


def _options(tree: dict[str, Any], path: str) -> Iterator[tuple[str, Any]]:
    for name, value in tree.items():
        if isinstance(value, dict):
            yield from _options(value, f"{path}{name}.")
        else:
            yield f"{path}{name}", value
