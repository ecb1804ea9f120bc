"""Record batches as polars frames, of as many rows as memory allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

ROWS = 131_072
"""Rows of a batch: the fixed cost of a query is small beside them, and eight columns are eight megabytes."""

_BYTES = 16 << 20


def frame_of(batch: Any) -> pl.DataFrame:
    """A record batch or table as a frame that shares its memory."""
    import polars as pl

    made = pl.from_arrow(batch, rechunk=False)
    assert isinstance(made, pl.DataFrame)
    return made


def batch_rows(rows: int, size: int) -> int:
    """How many rows a batch may have, so that wide rows do not fill the memory."""
    return min(ROWS, max(1024, _BYTES * rows // max(size, 1))) if rows else ROWS
