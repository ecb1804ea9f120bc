"""Record batches as polars frames, of as many rows as memory allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, final

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


@final
class Batch:
    """Some rows of a file: text stays as it was read until somebody asks for it.

    `frame` has the other columns, `texts` the text as Arrow holds it: in full, or as a dictionary of the
    distinct texts and where each of them stands.
    """

    def __init__(
        self, frame: pl.DataFrame, height: int, texts: Mapping[str, Any], names: Sequence[str]
    ) -> None:
        self.frame, self.height, self.texts, self.names = frame, height, texts, names
        self.columns: dict[str, pl.Series] = {}

    @classmethod
    def of(cls, frame: pl.DataFrame) -> Batch:
        """A batch that is a frame already."""
        return cls(frame, frame.height, {}, frame.columns)

    @classmethod
    def read(cls, batch: Any, repeating: Sequence[str]) -> Batch:
        """A record batch whose memory is shared; some columns of text are `repeating`: dictionaries."""
        names = batch.schema.names
        cells = dict(zip(names, batch.columns, strict=True))
        texts = {name: each for name, each in cells.items() if name in repeating or _is_plain_text(each.type)}
        if len(set(names)) < len(names) or not texts:
            return cls.of(frame_of(batch))
        others = batch.select([name for name in names if name not in texts])
        return cls(frame_of(others), batch.num_rows, texts, names)

    @property
    def shape(self) -> pl.DataFrame:
        """A frame with the types of all columns; its rows are nobody's concern."""
        import polars as pl

        if not self.texts:
            return self.frame
        types = self.frame.schema
        return pl.DataFrame(schema={name: types.get(name, pl.String()) for name in self.names})

    def select(self, names: Sequence[str]) -> pl.DataFrame:
        """The rows with some columns."""
        import polars as pl

        if not self.texts:
            return self.frame.select(names)
        return pl.DataFrame([self._column(name) for name in names])

    def whole(self) -> pl.DataFrame:
        """The rows with all columns."""
        return self.select(self.names) if self.texts else self.frame

    def _column(self, name: str) -> pl.Series:
        import polars as pl

        if name not in self.texts:
            return self.frame.get_column(name)
        if name not in self.columns:
            self.columns[name] = pl.Series(name, _spread(self.texts[name]))
        return self.columns[name]


def _is_plain_text(kind: Any) -> bool:
    import pyarrow.types as types

    return bool(types.is_string(kind) or types.is_large_string(kind))


def _spread(cells: Any) -> Any:
    import polars as pl
    import pyarrow.types as types

    if not types.is_dictionary(cells.type):
        return pl.from_arrow(cells)
    # polars would make categories of them; text that shares its bytes is made faster and is what it was.
    values, places = pl.from_arrow(cells.dictionary), pl.from_arrow(cells.indices)
    assert isinstance(values, pl.Series)
    assert isinstance(places, pl.Series)
    return values.gather(places)


def batch_rows(rows: int, size: int) -> int:
    """How many rows a batch may have, so that wide rows do not fill the memory."""
    return min(ROWS, max(1024, _BYTES * rows // max(size, 1))) if rows else ROWS
