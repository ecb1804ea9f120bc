"""Files with types of their own: Parquet, Arrow IPC, and the pieces of a pyarrow dataset."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, final

from typedml.boundary.batches import frames
from typedml.boundary.batches.frames import Batch
from typedml.boundary.batches.sources import Part
from typedml.boundary.carried.sayings import from_arrow

if TYPE_CHECKING:
    import polars as pl

    from typedml.boundary.plan import Plan


@final
class Parquet:
    """A Parquet file; pages are read one after the other, never a whole column."""

    is_typed = True

    def __init__(self, part: Part, plan: Plan) -> None:
        import pyarrow.parquet as parquet

        options = {"pre_buffer": False, "buffer_size": 1 << 20}
        self.file = parquet.ParquetFile(part.path, **options)
        schema, described = self.file.schema_arrow, self.file.metadata
        self.repeating = repeating_texts(schema, described)
        if self.repeating:
            self.file = parquet.ParquetFile(part.path, read_dictionary=self.repeating, **options)
        self.names = tuple(schema.names)
        self.carried = from_arrow(schema, described.metadata)
        self.empty = frames.frame_of(schema.empty_table())
        self.length = described.num_rows
        size = sum(described.row_group(each).total_byte_size for each in range(described.num_row_groups))
        self.rows = frames.batch_rows(described.num_rows, size)

    def frames(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        """The rows in order, with these columns."""
        return (batch.whole() for batch in self.batches(columns))

    def batches(self, columns: Sequence[str]) -> Iterator[Batch]:
        """The same rows, whose text is as it was read."""
        for batch in self.file.iter_batches(self.rows, columns=list(columns), use_threads=False):
            yield Batch.read(batch, self.repeating)


_SHORT = 4
"""Bytes a row up to which a column of text is stored as numbers of a few texts, not as each text in full."""


def repeating_texts(schema: Any, described: Any) -> list[str]:
    """The columns of text of which a Parquet file holds few values, many times: they are cheap to decode."""
    import pyarrow.types as types

    sizes: dict[str, int] = {}
    for group in map(described.row_group, range(described.num_row_groups)):
        for column in map(group.column, range(group.num_columns)):
            name = column.path_in_schema
            sizes[name] = sizes.get(name, 0) + column.total_uncompressed_size
    texts = [
        field.name for field in schema if types.is_string(field.type) or types.is_large_string(field.type)
    ]
    return [name for name in texts if 0 < sizes.get(name, 0) <= _SHORT * described.num_rows]


@final
class Fragment:
    """A piece of a pyarrow dataset, in the columns of the whole."""

    is_typed = True

    def __init__(self, part: Part) -> None:
        self.fragment, schema = part.fragment, part.schema
        self.names = tuple(schema.names)
        self.carried = from_arrow(part.fragment.physical_schema)
        self.schema = schema
        self.empty = frames.frame_of(schema.empty_table())
        self.length: int | None = None

    def frames(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        """The rows in order, with these columns."""
        import pyarrow.dataset as dataset

        options = {}
        if isinstance(self.fragment, dataset.ParquetFileFragment):
            scan = dataset.ParquetFragmentScanOptions(pre_buffer=False, use_buffered_stream=True)
            options["fragment_scan_options"] = scan
        batches = self.fragment.to_batches(
            schema=self.schema,
            columns=list(columns),
            batch_size=frames.ROWS,
            batch_readahead=1,
            use_threads=False,
            **options,
        )
        for batch in batches:
            yield frames.frame_of(batch)


@final
class Arrow:
    """An Arrow IPC file (Feather) or stream."""

    is_typed = True
    length: int | None = None

    def __init__(self, part: Part, plan: Plan) -> None:
        import pyarrow

        self.source = pyarrow.memory_map(str(part.path))
        try:
            self.file = pyarrow.ipc.open_file(self.source)
        except pyarrow.ArrowInvalid:
            self.source.seek(0)
            self.file = pyarrow.ipc.open_stream(self.source)
        schema = self.file.schema
        self.carried = from_arrow(schema)
        self.names = tuple(schema.names)
        self.empty = frames.frame_of(schema.empty_table())

    def frames(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        """The rows in order, with these columns."""
        for batch in self._batches():
            chosen = batch.select(list(columns))
            for start in range(0, chosen.num_rows, frames.ROWS):
                yield frames.frame_of(chosen.slice(start, frames.ROWS))

    def _batches(self) -> Iterator[Any]:
        if hasattr(self.file, "num_record_batches"):
            return (self.file.get_batch(each) for each in range(self.file.num_record_batches))
        return iter(self.file)
