"""Files of text: CSV, NDJSON and JSON, whose columns are parsed as the schema declares them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, final

from typedml.boundary import files, texts
from typedml.boundary.batches import frames
from typedml.boundary.batches.sources import Part
from typedml.boundary.carried.sayings import NOTHING

if TYPE_CHECKING:
    import polars as pl

    from typedml.boundary.plan import Plan

_BLOCK = 4 << 20
_LARGEST_BLOCK = 1 << 30


@final
class Csv:
    """A file of separated values: every cell is text, and parsed as the schema declares its column."""

    is_typed = False
    length: int | None = None
    carried = NOTHING

    def __init__(self, part: Part, plan: Plan, separator: str = ",") -> None:
        self.part, self.plan, self.separator = part, plan, separator
        self.block = _BLOCK
        self.names = tuple(self._opened(()).schema.names)
        files.require_separated(part.name, self.names, plan, separator)
        self.empty = texts.parse(_texts(self.names), plan, texts.ALL)

    def frames(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        """The rows in order, with these columns."""
        for batch in self._opened(columns):
            yield texts.parse(frames.frame_of(batch), self.plan, texts.ALL)

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


def tabbed(part: Part, plan: Plan) -> Csv:
    """A file whose cells are separated by tabulators."""
    return Csv(part, plan, "\t")


@final
class Lines:
    """NDJSON: read twice, first for the types of all its lines, then in blocks of them."""

    is_typed = False
    length: int | None = None
    carried = NOTHING

    def __init__(self, part: Part, plan: Plan) -> None:
        import polars as pl

        self.part, self.plan = part, plan
        frames = [pl.read_ndjson(block, infer_schema_length=None).head(0) for block in self._blocks()]
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
class Whole:
    """A format that has no batches: read at once, as before."""

    is_typed = False
    carried = NOTHING

    def __init__(self, part: Part, plan: Plan) -> None:
        self.frame = files.read_polars(part.path, plan)
        self.names = tuple(self.frame.columns)
        self.empty = self.frame.head(0)
        self.length = self.frame.height

    def frames(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        """All rows, with these columns."""
        yield self.frame.select(columns)
