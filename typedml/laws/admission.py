"""Which values an input admits: its kind, its bounds, its members, its pattern and its lengths."""

from __future__ import annotations

import datetime as dt
import operator
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from typedml.laws.case import Mask, Values, dtype_of, filler
from typedml.laws.grid import within
from typedml.laws.inputs import Input

BOUNDS: dict[str, Callable[[Any, Any], Any]] = {
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
}


def admits(source: Input, values: Values) -> Mask:
    """Which values the declaration of an input admits, each by itself; what is missing is not asked about."""
    good = np.ones(len(values), dtype=np.bool_)
    rules = source.rules
    if source.is_number:
        good &= within(source, values.astype(np.float64))
        good &= ~np.bool_(source.integral) | (values == np.floor(values.astype(np.float64)))
    elif values.dtype.kind in "mM":
        good &= _within_times(source, values)
    if rules.isin is not None:
        good &= _among(source, values)
    if rules.pattern is not None or rules.min_length or rules.max_length is not None:
        good &= np.fromiter((is_text_of(source, text) for text in values), np.bool_, len(values))
    return good


def is_text_of(source: Input, text: object) -> bool:
    """Whether a text has the form that the rules of an input ask for."""
    rules = source.rules
    if not isinstance(text, str) or len(text) < (rules.min_length or 0):
        return False
    if rules.max_length is not None and len(text) > rules.max_length:
        return False
    return rules.pattern is None or re.fullmatch(rules.pattern, text) is not None


def conforming(source: Input, values: Values, null: Mask) -> tuple[Values, Mask, Mask]:
    """Values as laws keep those of an input, where they are missing, and where they are of another type."""
    dtype = dtype_of(source)
    cells = zip(null.tolist(), values.tolist(), strict=True)
    null = np.fromiter((lost or cell is None or cell != cell for lost, cell in cells), np.bool_, len(values))
    odd = np.zeros(len(values), dtype=np.bool_)
    if dtype.kind != "O":
        try:
            return _filled(values, null, dtype), null, odd
        except (TypeError, ValueError, OverflowError):
            pass
    kept = np.empty(len(values), dtype=dtype)
    kept[:] = filler(dtype)
    for row in np.flatnonzero(~null):
        try:
            odd[row] = not _is_of(source, values[row])
            kept[row] = kept[row] if odd[row] else _cell(values[row])
        except (TypeError, ValueError, OverflowError):
            odd[row] = True
    return kept, null, odd


def _filled(values: Values, null: Mask, dtype: np.dtype[Any]) -> Values:
    if values.dtype.kind == "O" or (values.dtype.kind in "mM") != (dtype.kind in "mM"):
        raise TypeError
    if dtype.kind == "b" and values.dtype.kind != "b":
        raise TypeError
    kept = np.where(null, np.zeros(1, values.dtype), values).astype(dtype)
    if dtype.kind == "i" and (kept != np.where(null, 0, values)).any():
        raise ValueError
    kept[null] = filler(dtype)
    return kept


def _is_of(source: Input, cell: Any) -> bool:
    base = source.base
    if source.is_number:
        fits = isinstance(cell, int | float | Decimal | np.number) and not isinstance(cell, bool | np.bool_)
        return fits and (base is not int or cell == int(cell))
    if base is dt.date:
        return isinstance(cell, dt.date | np.datetime64)
    return base is object or isinstance(cell, base) or (base is bool and isinstance(cell, np.bool_))


def _cell(cell: Any) -> Any:
    if isinstance(cell, dt.datetime):
        return as_time(cell)
    return float(cell) if isinstance(cell, Decimal) else cell


def as_time(value: Any) -> np.datetime64 | np.timedelta64:
    """A moment or span as numpy keeps it; a moment with a zone on the clock of UTC."""
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        value = value.astimezone(dt.UTC).replace(tzinfo=None)
    return np.timedelta64(value, "us") if isinstance(value, dt.timedelta) else np.datetime64(value, "us")


def _within_times(source: Input, values: Values) -> Mask:
    good = np.ones(len(values), dtype=np.bool_)
    for name, holds in BOUNDS.items():
        bound = getattr(source.rules, name)
        if isinstance(bound, dt.date | dt.timedelta):
            good &= holds(values, as_time(bound))
    return good


def _among(source: Input, values: NDArray[Any]) -> Mask:
    allowed = {_plain(value) for value in source.rules.isin or ()}
    return np.fromiter((_plain(value) in allowed for value in values.tolist()), np.bool_, len(values))


def _plain(value: Any) -> Any:
    """A value by which members compare: 1 is 1.0, a moment is one on the clock of UTC."""
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return value.astimezone(dt.UTC).replace(tzinfo=None)
    return value
