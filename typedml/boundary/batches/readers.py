"""One file as polars frames, batch by batch: only the columns that are asked for are decoded."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol, final

from typedml.boundary import files, texts
from typedml.boundary.batches.sources import Part
from typedml.boundary.files import FileError

if TYPE_CHECKING:
    import polars as pl

    from typedml.boundary.plan import Plan

ROWS = 131_072
"""Rows of a batch: the fixed cost of a query is small beside them, and eight columns are eight megabytes."""

_BYTES = 16 << 20
_BLOCK = 4 << 20
_LARGEST_BLOCK = 1 << 30


class Reader(Protocol):
    """One open file: its columns, its metadata, and its rows.

    `empty` is a frame of all its columns without rows; `is_typed` says whether the types in it are those of
    every batch; `length` is the number of rows, where that is known beforehand.
    """

    names: tuple[str, ...]
    empty: pl.DataFrame
    is_typed: bool
    length: int | None
    metadata: Any

    def frames(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        """The rows in order, with these columns."""


class Unreadable(Exception):
    """A file, or the rest of one, that cannot be read; the first line of its library's own words."""


def open_part(part: Part, plan: Plan) -> Reader:
    """Open one file.

    Raises: Unreadable, if it is not what its name says; FileError, where a library is missing.
    """
    try:
        reader = _opened(part, plan)
    except FileError as error:
        raise Unreadable(error.fact) from error
    except Exception as error:
        raise Unreadable(first_line(error)) from error
    return _Partitioned(reader, part, plan) if part.partition else reader


def first_line(error: BaseException) -> str:
    """What an error says, on one line."""
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def _opened(part: Part, plan: Plan) -> Reader:
    if part.fragment is not None:
        return _Fragment(part)
    files.require_content(part.path)
    return _READERS[files.format_of(part.path).name](part, plan)


def _frame(batch: Any) -> pl.DataFrame:
    import polars as pl

    made = pl.from_arrow(batch, rechunk=False)
    assert isinstance(made, pl.DataFrame)
    return made


def _batch_rows(rows: int, size: int) -> int:
    """How many rows a batch may have, so that wide rows do not fill the memory."""
    return min(ROWS, max(1024, _BYTES * rows // max(size, 1))) if rows else ROWS


@final
class _Parquet:
    """A Parquet file; pages are read one after the other, never a whole column."""

    is_typed = True

    def __init__(self, part: Part, plan: Plan) -> None:
        import pyarrow.parquet as parquet

        self.file = parquet.ParquetFile(part.path, pre_buffer=False, buffer_size=1 << 20)
        schema, described = self.file.schema_arrow, self.file.metadata
        self.names = tuple(schema.names)
        self.metadata = schema
        self.empty = _frame(schema.empty_table())
        self.length = described.num_rows
        size = sum(described.row_group(each).total_byte_size for each in range(described.num_row_groups))
        self.rows = _batch_rows(described.num_rows, size)

    def frames(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        """The rows in order, with these columns."""
        for batch in self.file.iter_batches(self.rows, columns=list(columns), use_threads=False):
            yield _frame(batch)


@final
class _Fragment:
    """A piece of a pyarrow dataset, in the columns of the whole."""

    is_typed = True

    def __init__(self, part: Part) -> None:
        self.fragment, schema = part.fragment, part.schema
        self.names = tuple(schema.names)
        self.metadata = part.fragment.physical_schema
        self.schema = schema
        self.empty = _frame(schema.empty_table())
        self.length = None

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
            batch_size=ROWS,
            batch_readahead=1,
            use_threads=False,
            **options,
        )
        for batch in batches:
            yield _frame(batch)


@final
class _Arrow:
    """An Arrow IPC file (Feather) or stream."""

    is_typed = True
    length = None

    def __init__(self, part: Part, plan: Plan) -> None:
        import pyarrow

        self.source = pyarrow.memory_map(str(part.path))
        try:
            self.file = pyarrow.ipc.open_file(self.source)
        except pyarrow.ArrowInvalid:
            self.source.seek(0)
            self.file = pyarrow.ipc.open_stream(self.source)
        self.metadata = self.file.schema
        self.names = tuple(self.metadata.names)
        self.empty = _frame(self.metadata.empty_table())

    def frames(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        """The rows in order, with these columns."""
        for batch in self._batches():
            chosen = batch.select(list(columns))
            for start in range(0, chosen.num_rows, ROWS):
                yield _frame(chosen.slice(start, ROWS))

    def _batches(self) -> Iterator[Any]:
        if hasattr(self.file, "num_record_batches"):
            return (self.file.get_batch(each) for each in range(self.file.num_record_batches))
        return iter(self.file)


@final
class _Csv:
    """A file of separated values: every cell is text, and parsed as the schema declares its column."""

    is_typed = False
    length = None
    metadata = None

    def __init__(self, part: Part, plan: Plan, separator: str = ",") -> None:
        self.part, self.plan, self.separator = part, plan, separator
        self.block = _BLOCK
        self.names = tuple(self._opened(()).schema.names)
        self.empty = texts.parse(_texts(self.names), plan, texts.ALL)

    def frames(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        """The rows in order, with these columns."""
        for batch in self._opened(columns):
            yield texts.parse(_frame(batch), self.plan, texts.ALL)

    def _opened(self, columns: Sequence[str]) -> Any:
        import pyarrow
        from pyarrow import csv

        text = dict.fromkeys(columns, pyarrow.string())
        convert = csv.ConvertOptions(
            column_types=text,
            include_columns=list(columns),
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            null_values=[""],
        )
        reading = csv.ReadOptions(block_size=self.block, use_threads=False)
        parsing = csv.ParseOptions(delimiter=self.separator, newlines_in_values=True)
        try:
            source = pyarrow.input_stream(str(self.part.path))
            return csv.open_csv(source, reading, parsing, convert)
        except pyarrow.ArrowInvalid as error:
            # A row longer than a block cannot be cut out of it.
            if "straddling" not in str(error) or self.block >= _LARGEST_BLOCK:
                raise
            self.block *= 8
            return self._opened(columns)


def _texts(names: Sequence[str]) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(schema=dict.fromkeys(names, pl.String))


def _tabbed(part: Part, plan: Plan) -> Reader:
    return _Csv(part, plan, "\t")


@final
class _Lines:
    """NDJSON: read twice, first for the types of all its lines, then in blocks of them."""

    is_typed = False
    length = None
    metadata = None

    def __init__(self, part: Part, plan: Plan) -> None:
        import polars as pl

        self.part, self.plan = part, plan
        frames = [
            pl.read_ndjson(block, infer_schema_length=None).head(0) for block in self._blocks()
        ]
        self.whole = pl.concat(frames, how="diagonal_relaxed")
        self.names = tuple(self.whole.columns)
        self.empty = texts.parse(self.whole, plan, texts.TIMES)

    def frames(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        """The rows in order, with these columns."""
        import polars as pl

        for block in self._blocks():
            frame = pl.read_ndjson(block, schema=self.whole.schema)
            yield texts.parse(frame.select(columns), self.plan, texts.TIMES)

    def _blocks(self) -> Iterator[io.BytesIO]:
        import pyarrow

        with pyarrow.input_stream(str(self.part.path)) as source:
            rest = b""
            while block := source.read(_BLOCK):
                whole, newline, rest = (rest + block).rpartition(b"\n")
                if newline:
                    yield io.BytesIO(whole)
            if rest.strip():
                yield io.BytesIO(rest)


@final
class _Whole:
    """A format that has no batches: read at once, as before."""

    is_typed = False
    metadata = None

    def __init__(self, part: Part, plan: Plan) -> None:
        self.frame = files.read_polars(part.path, plan)
        self.names = tuple(self.frame.columns)
        self.empty = self.frame.head(0)
        self.length = self.frame.height

    def frames(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        """All rows, with these columns."""
        yield self.frame.select(columns)


@final
class _Partitioned:
    """A file whose folders give columns to it."""

    def __init__(self, inner: Reader, part: Part, plan: Plan) -> None:
        self.inner, self.plan = inner, plan
        self.given = {name: text for name, text in part.partition.items() if name not in inner.names}
        self.names = (*inner.names, *self.given)
        self.is_typed, self.length, self.metadata = inner.is_typed, inner.length, inner.metadata
        self.values = self._values()
        self.empty = self._with(inner.empty, list(self.given))

    def _values(self) -> pl.DataFrame:
        import polars as pl

        one = pl.DataFrame([pl.Series(name, [text], pl.String) for name, text in self.given.items()])
        return texts.parse(one, self.plan, texts.ALL)

    def frames(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        """The rows in order, with these columns."""
        own = [name for name in columns if name not in self.given]
        given = [name for name in columns if name in self.given]
        for frame in self.inner.frames(own or self.inner.names[:1]):
            yield self._with(frame, given).select(columns)

    def _with(self, frame: pl.DataFrame, given: Sequence[str]) -> pl.DataFrame:
        import polars as pl

        return frame.with_columns(
            pl.lit(self.values[name][0], dtype=self.values[name].dtype).alias(name) for name in given
        )


_READERS: dict[str, Callable[[Part, Any], Any]] = {
    "Parquet": _Parquet,
    "Arrow": _Arrow,
    "CSV": _Csv,
    "TSV": _tabbed,
    "NDJSON": _Lines,
    "JSON": _Whole,
}
