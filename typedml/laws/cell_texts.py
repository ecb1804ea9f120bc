"""Cells of a counterexample as people read them: six digits of a number, a moment to the second."""

from __future__ import annotations

from typing import Any

import numpy as np

from typedml.laws.case import Column

MOST_ROWS = 12


def texts(column: Column, most: int | None = MOST_ROWS) -> tuple[str, ...]:
    """The values of an input as they are shown; with `most=None` all of them, and all their digits."""
    if column.input.several:
        told = zip(column.values, column.null, strict=True)
        return (f"[{', '.join(cell_text(v, missing=lost, exact=most is None) for v, lost in told)}]",)
    pairs = zip(column.values[:most], column.null[:most], strict=True)
    return tuple(cell_text(value, missing=missing, exact=most is None) for value, missing in pairs)


def cell_text(value: Any, *, missing: bool = False, exact: bool = False) -> str:
    """One cell: six digits of a number, all of them where six do not tell."""
    if missing:
        return "null"
    if isinstance(value, (np.bool_, bool)):
        return str(bool(value))
    if isinstance(value, (np.integer, int)):
        return str(int(value))
    if isinstance(value, (np.floating, float)):
        number = float(value)
        return repr(number) if exact else f"{number:.6g}" if abs(number) < 1e9 else f"{number:.12g}"
    if isinstance(value, np.datetime64):
        return str(value.astype("datetime64[s]")).replace("T", " ") if _is_whole(value) else str(value)
    return str(value)


def _is_whole(moment: np.datetime64) -> bool:
    return bool(moment == moment.astype("datetime64[s]")) and moment.dtype != np.dtype("datetime64[D]")
