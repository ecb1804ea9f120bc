"""Columns of pint-pandas: numbers whose dtype is their unit, judged as the numbers that they are in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from typedml.boundary.carried.sayings import DTYPE, Saying, Sayings

if TYPE_CHECKING:
    import pandas as pd


def is_quantity(dtype: object) -> bool:
    """Whether this is the dtype of such a column; pint-pandas is not imported to find out."""
    return type(dtype).__name__ == "PintType"


def magnitudes(series: pd.Series[Any]) -> pd.Series[Any]:
    """The numbers of such a column, in its own unit; any other column as it is."""
    if not is_quantity(series.dtype):
        return series
    import pandas

    stored: Any = series.array
    return pandas.Series(stored.data, index=series.index, name=series.name)


def with_units(said: Sayings, types: Mapping[str, Any]) -> Sayings:
    """What else the data says, with the units that dtypes are."""
    units = {
        str(name): Saying(DTYPE, unit=str(dtype.units)) for name, dtype in types.items() if is_quantity(dtype)
    }
    if not units:
        return said
    return {**said, **{name: (*said.get(name, ()), saying) for name, saying in units.items()}}
