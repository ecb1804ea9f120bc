"""Record batches as polars frames, of as many rows as memory allows."""

from __future__ import annotations

from collections.abc import Sequence
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


def frame_of_repeating(batch: Any, texts: Sequence[str]) -> pl.DataFrame:
    """The same of a batch that holds the values of some columns of text once, beside where they stand."""
    import polars as pl

    columns = [
        pl.Series(name, _spread(cells) if name in texts else pl.from_arrow(cells))
        for name, cells in zip(batch.schema.names, batch.columns, strict=True)
    ]
    return pl.DataFrame(columns)


def _spread(cells: Any) -> Any:
    import polars as pl

    # polars would make categories of them; text that shares its bytes is made faster and is what it was.
    values, places = pl.from_arrow(cells.dictionary), pl.from_arrow(cells.indices)
    assert isinstance(values, pl.Series)
    assert isinstance(places, pl.Series)
    return values.gather(places)


def batch_rows(rows: int, size: int) -> int:
    """How many rows a batch may have, so that wide rows do not fill the memory."""
    return min(ROWS, max(1024, _BYTES * rows // max(size, 1))) if rows else ROWS
