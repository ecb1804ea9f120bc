"""One file as polars frames, batch by batch: only the columns that are asked for are decoded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar, final

from typedml.boundary import files, texts
from typedml.boundary.batches.arrow_readers import Arrow, Fragment, Parquet
from typedml.boundary.batches.frames import Batch
from typedml.boundary.batches.sources import Part
from typedml.boundary.batches.text_readers import Csv, Lines, Whole, tabbed
from typedml.boundary.carried.sayings import Sayings
from typedml.boundary.files import FileError
from typedml.boundary.separators import encoding_hint

if TYPE_CHECKING:
    import polars as pl

    from typedml.boundary.plan import Plan


class Reader(Protocol):
    """One open file: its columns, its metadata, and its rows.

    `empty` is a frame of all its columns without rows; `is_typed` says whether the types in it are those of
    every batch; `length` is the number of rows, where that is known beforehand; `carried` what the file says
    of units and kinds.
    """

    names: tuple[str, ...]
    empty: pl.DataFrame
    is_typed: bool
    length: int | None
    carried: Sayings

    def frames(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        """The rows in order, with these columns."""


class Unreadable(Exception):
    """A file, or the rest of one, that cannot be read: the first line of its library's own words.

    `told` is the sentence and the hint of an error that said it all by itself.
    """

    def __init__(self, why: str, told: FileError | None = None) -> None:
        super().__init__(why)
        self.told = told


def open_part(part: Part, plan: Plan) -> Reader:
    """Open one file.

    Raises: Unreadable, if it is not what its name says; FileError, where a library is missing.
    """
    try:
        reader = _opened(part, plan)
    except FileError as error:
        raise Unreadable(error.fact, error) from error
    except Exception as error:
        raise Unreadable(first_line(error)) from error
    return _Partitioned(reader, part, plan) if part.partition else reader


def frames_of(reader: Reader, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
    """The frames of a reader; whatever its library says of a broken file becomes Unreadable.

    Raises: Unreadable.
    """
    return _readable(reader.frames(list(columns) or reader.names[:1]))


def batches_of(reader: Reader, columns: Sequence[str]) -> Iterator[Batch]:
    """The same rows, whose text is as it was read where the reader can leave it so.

    Raises: Unreadable.
    """
    if isinstance(reader, Parquet):
        return _readable(reader.batches(list(columns) or reader.names[:1]))
    return map(Batch.of, frames_of(reader, columns))


_Read = TypeVar("_Read")


def _readable(rows: Iterable[_Read]) -> Iterator[_Read]:
    iterator = iter(rows)
    while True:
        try:
            each = next(iterator)
        except StopIteration:
            return
        except Exception as error:
            raise Unreadable(first_line(error)) from error
        yield each


def lost(part: Part, error: Unreadable, read: int) -> FileError:
    """What is said of a file that could not be read, or not beyond its first `read` rows."""
    if error.told is not None:
        return error.told
    fact = f"{part.name} cannot be read{f' beyond row {read:,}' if read else ''}"
    advice = encoding_hint(str(error)) or "see that it is what its ending says, and whole"
    return FileError(fact, advice, str(error))


def first_line(error: BaseException) -> str:
    """What an error says, on one line."""
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def _opened(part: Part, plan: Plan) -> Reader:
    if part.fragment is not None:
        return Fragment(part)
    files.require_content(part.path)
    return _READERS[files.format_of(part.path).name](part, plan)


@final
class _Partitioned:
    """A file whose folders give columns to it."""

    def __init__(self, inner: Reader, part: Part, plan: Plan) -> None:
        self.inner, self.plan = inner, plan
        self.given = {name: text for name, text in part.partition.items() if name not in inner.names}
        self.names = (*inner.names, *self.given)
        self.is_typed, self.length, self.carried = inner.is_typed, inner.length, inner.carried
        self.values = self._values()
        self.empty = self._with(inner.empty, list(self.given))

    def _values(self) -> pl.DataFrame:
        import polars as pl

        one = pl.DataFrame([pl.Series(name, [text], pl.String) for name, text in self.given.items()])
        parsed: pl.DataFrame = texts.parse(one, self.plan, texts.ALL)
        return parsed

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


_READERS: dict[str, Callable[[Part, Plan], Reader]] = {
    "Parquet": Parquet,
    "Arrow": Arrow,
    "CSV": Csv,
    "TSV": tabbed,
    "NDJSON": Lines,
    "JSON": Whole,
}
