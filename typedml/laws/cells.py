"""Plain values of Python as arrays, and which of them are missing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np

from typedml.laws.case import Mask, Values


def packed(cells: list[object]) -> Values:
    """Plain Python values as an array of the narrowest dtype that holds them all."""
    if all(isinstance(cell, (bool, np.bool_)) for cell in cells):
        return np.array(cells, dtype=np.bool_)
    if all(is_number(cell) for cell in cells):
        return np.array([np.nan if cell is None else float(cell) for cell in cells])  # type: ignore[arg-type]
    if all(is_number(cell) or isinstance(cell, complex) for cell in cells):
        return np.array([np.nan if cell is None else cell for cell in cells], dtype=np.complex128)
    found = np.empty(len(cells), dtype=object)
    found[:] = [_instant(cell) for cell in cells]
    return found


def is_number(cell: object) -> bool:
    """True for a number, or for none at all; a truth value and a span of time are none."""
    numbers = (int, float, Decimal, np.integer, np.floating)
    return cell is None or (isinstance(cell, numbers) and not isinstance(cell, (bool, np.timedelta64)))


def missing(values: Values) -> Mask:
    """Where an array has no value."""
    if isinstance(values, np.ma.MaskedArray):
        return np.ma.getmaskarray(values) | missing(np.asarray(values))
    if values.dtype.kind == "f":
        return np.isnan(values)
    if values.dtype.kind in "mM":
        return np.isnat(values)
    if values.dtype.kind == "O":
        return np.array([cell is None or cell != cell for cell in values], dtype=np.bool_)
    return np.zeros(values.shape, dtype=np.bool_)


def _instant(cell: object) -> object:
    """Instants with a zone are compared in UTC."""
    zoned = isinstance(cell, dt.datetime) and cell.tzinfo is not None
    return cell.astimezone(dt.UTC) if isinstance(cell, dt.datetime) and zoned else cell
