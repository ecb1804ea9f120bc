"""Arrow columns, as pandas holds them: their families and their cells, shared with numpy where it can be."""

from __future__ import annotations

from typing import Any

import numpy as np

from typedml.boundary.engines.arrays import Cells, NumberCells, TextCells
from typedml.boundary.engines.lists import ListCells, clean, find
from typedml.boundary.families import Family, Found

_FAMILIES: tuple[tuple[str, Family], ...] = (
    ("is_boolean", Family.BOOL),
    ("is_integer", Family.INT),
    ("is_floating", Family.FLOAT),
    ("is_decimal", Family.DECIMAL),
    ("is_string", Family.STR),
    ("is_large_string", Family.STR),
    ("is_string_view", Family.STR),
    ("is_timestamp", Family.DATETIME),
    ("is_date", Family.DATE),
    ("is_time", Family.TIME),
    ("is_duration", Family.TIMEDELTA),
    ("is_null", Family.NOTHING),
)


def found(kind: Any, shown: str) -> Found:
    """What an Arrow type is found to be."""
    import pyarrow.types

    if pyarrow.types.is_dictionary(kind):
        return found(kind.value_type, shown)
    for test, family in _FAMILIES:
        if getattr(pyarrow.types, test)(kind):
            zoned = family is Family.DATETIME and kind.tz is not None
            single = family is Family.FLOAT and kind.bit_width < 64
            return Found(family, shown, zoned=zoned, single=single)
    return Found(Family.OTHER, shown, f"values are {kind}")


def cells(values: Any, as_found: Found) -> Cells:
    """The cells of an Arrow array."""
    import pyarrow

    if pyarrow.types.is_dictionary(values.type):
        values = values.cast(values.type.value_type)
    if pyarrow.types.is_string_view(values.type):
        # Arrow finds and compares no text in views yet.
        values = values.cast(pyarrow.large_string())
    match as_found.family:
        case Family.STR:
            return TextCells(values)
        case Family.BOOL | Family.INT | Family.FLOAT:
            filler = False if as_found.family is Family.BOOL else 0
            return _numbers(values, values.type.to_pandas_dtype(), filler)
        case Family.DATETIME | Family.TIMEDELTA:
            return _times(values, as_found)
        case _:
            python = clean(values.to_pylist())
            return ListCells(
                python, as_found if as_found.family is not Family.OTHER else find(python, as_found.dtype)
            )


def _numbers(values: Any, dtype: Any, filler: Any) -> NumberCells:
    import pyarrow

    missing = None
    if values.null_count:
        missing = _numpy(values.is_null())
        values = values.fill_null(pyarrow.scalar(filler, values.type))
    return NumberCells(np.asarray(_numpy(values), dtype), missing)


def _times(values: Any, as_found: Found) -> NumberCells:
    import pyarrow

    unit = values.type.unit if values.type.unit in ("us", "ns") else "us"
    code = "M" if as_found.family is Family.DATETIME else "m"
    moment = pyarrow.timestamp(unit) if code == "M" else pyarrow.duration(unit)
    # A zone is a way to show a moment; the moments themselves are in UTC.
    whole = values.cast(pyarrow.timestamp(unit, values.type.tz)) if code == "M" else values.cast(moment)
    numbers = _numbers(whole.cast(pyarrow.int64()), np.int64, 0)
    return NumberCells(numbers.values.view(f"{code}8[{unit}]"), numbers.masked)


def _numpy(values: Any) -> Any:
    return values.to_numpy() if hasattr(values, "chunks") else values.to_numpy(zero_copy_only=False)
