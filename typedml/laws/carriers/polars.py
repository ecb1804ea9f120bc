"""Cases as polars frames and Series, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import polars as pl

from typedml.laws.build import stored_cells
from typedml.laws.carriers.undeclared import undeclared
from typedml.laws.case import Column, Mask, Values

# What a column of Python objects is, also where it is empty; every other one is of its dtype in numpy.
DTYPES: dict[type, Any] = {str: pl.String, bytes: pl.Binary, Decimal: pl.Decimal(38, 9)}
WIDTHS = {"i": "Int", "u": "UInt", "f": "Float"}


def build_frame(columns: Sequence[Column], labels: Sequence[int], *, extras: bool, lazy: bool) -> Any:
    """A DataFrame or LazyFrame of the columns; with `extras` undeclared ones stand before and behind them."""
    data: dict[str, Any] = {column.input.name: build_series(column, labels) for column in columns}
    if extras:
        first, last = undeclared(len(labels))
        data = {**first, **data, **{name: pl.Series(cells.tolist()) for name, cells in last.items()}}
    frame = pl.DataFrame(data)
    return frame.lazy() if lazy else frame


def build_series(column: Column, labels: Sequence[int]) -> Any:
    """A Series of one column, named as the parameter; moments of a fixed offset are in UTC."""
    series, zone = _series(column), column.input.zone
    if zone is None:
        return series
    return series.dt.replace_time_zone("UTC").dt.convert_time_zone(getattr(zone, "key", "UTC"))


def _series(column: Column) -> Any:
    values = stored_cells(column) if column.input.base is Decimal else column.values
    cells = values.tolist() if values.dtype == object else values
    plain = pl.Series(column.input.name, cells, dtype=DTYPES.get(column.input.base))
    width = column.input.rules.width
    if width is not None:
        plain = plain.cast(getattr(pl, WIDTHS[width[0]] + width.lstrip("uintfloa")))
    # Decimals come with their nulls, which cannot be put into them.
    if not column.null.any() or values is not column.values:
        return plain
    return plain.scatter(np.flatnonzero(column.null).tolist(), None)


STORED: dict[str, Any] = {"int16": pl.Int16, "int32": pl.Int32, "int64": pl.Int64, "float32": pl.Float32}


def restored(value: Any, dtypes: Mapping[str, str]) -> Any:
    """The same values in other dtypes, by column."""
    if isinstance(value, pl.Series):
        return value.cast(STORED[next(iter(dtypes.values()))])
    return value.with_columns(pl.col(name).cast(STORED[dtype]) for name, dtype in dtypes.items())


def is_frame(value: object) -> bool:
    """True for a DataFrame or a LazyFrame."""
    return isinstance(value, (pl.DataFrame, pl.LazyFrame))


def is_series(value: object) -> bool:
    """True for a Series."""
    return isinstance(value, pl.Series)


def frame_columns(value: Any) -> Iterator[tuple[str, Any]]:
    """The names and columns of a frame; a lazy one is collected."""
    frame = value.collect() if isinstance(value, pl.LazyFrame) else value
    return ((series.name, series) for series in frame.get_columns())


def series_values(value: Any) -> tuple[Values, Mask]:
    """The values of a Series as a numpy array, and where it has none."""
    null = value.is_null().to_numpy()
    if value.dtype.is_float():
        null = null | value.is_nan().fill_null(True).to_numpy()
    if value.dtype == pl.Decimal:
        value = value.cast(pl.Float64)
    if value.dtype == pl.Boolean:
        return value.fill_null(False).to_numpy(), null
    if value.dtype == pl.Datetime and getattr(value.dtype, "time_zone", None):
        value = value.dt.convert_time_zone("UTC").dt.replace_time_zone(None)
    return np.asarray(value.to_numpy()), null


def series_labels(value: Any) -> tuple[object, ...] | None:
    """None: the rows of polars have no labels."""
    return None


def same(left: Any, right: Any) -> bool:
    """True where two frames or Series hold the same, names and dtypes included."""
    if isinstance(left, pl.LazyFrame):
        left, right = left.collect(), right.collect()
    if isinstance(left, pl.DataFrame) and left.schema != right.schema:
        return False
    return bool(left.equals(right))
