"""Rows set aside by group, in memory and then on disk, for rules that need all rows of a group at once.

Equal values fall into the same one of 64 piles, by their hash; each pile is then judged by the engine as a
small table of its own. So uniqueness stays exact, and memory holds one pile at a time.
"""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import final

import polars as pl
import polars.exceptions

from typedml.boundary.files import FileError

PILES = 64
POSITION = "__position__"
_PILE = "__pile__"
_DEPTH = 3


@final
class Spill:
    """The temporary folder and the memory that all piles share; a context manager that removes the folder."""

    def __init__(self, memory: int, folder: str | None = None) -> None:
        self.memory, self.parent = memory, folder
        self.folder: Path | None = None
        self.heaps: list[Heap] = []

    def __enter__(self) -> Spill:
        return self

    def __exit__(self, *_: object) -> None:
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)

    def heap(self, by: Sequence[str], depth: int = 0) -> Heap:
        """A new heap of rows, grouped by these columns."""
        made = Heap(self, tuple(by), depth, len(self.heaps))
        self.heaps.append(made)
        return made

    def place(self, heap: Heap) -> Path:
        """The folder of a heap, made where it is needed first.

        Raises: FileError, where it cannot be made.
        """
        with _full_disk(self):
            if self.folder is None:
                self.folder = Path(tempfile.mkdtemp(prefix="typedml-", dir=self.parent))
            place = self.folder / str(heap.number)
            place.mkdir(exist_ok=True)
        return place

    def make_room(self) -> None:
        """Write the largest heaps to disk until the rest is within the budget."""
        grouped = [heap for heap in self.heaps if heap.by]
        while grouped and sum(heap.held for heap in grouped) > self.memory:
            max(grouped, key=lambda heap: heap.held).flush()


@final
class Heap:
    """Rows of one rule with their positions; those alike in `by` end up in one pile, without `by` all."""

    def __init__(self, spill: Spill, by: tuple[str, ...], depth: int, number: int) -> None:
        self.spill, self.by, self.depth, self.number = spill, by, depth, number
        self.frames: list[pl.DataFrame] = []
        self.held = 0
        self.flushes = 0

    def add(self, frame: pl.DataFrame) -> None:
        """Set rows aside; a column `__position__` says where they stood.

        Raises: FileError, if the disk is full.
        """
        self.frames.append(frame)
        self.held += int(frame.estimated_size())
        self.spill.make_room()

    def clear(self) -> None:
        """Keep none of the rows."""
        self.frames, self.held = [], 0

    def flush(self) -> None:
        """Write what is held in memory to disk, pile by pile."""
        if not self.frames:
            return
        place = self.spill.place(self)
        piles: dict[int, list[pl.DataFrame]] = {}
        # One batch after the other, so that the rows are in memory once and not twice.
        for frame in self._taken():
            for pile, rows in _divided(frame, self.by, self.depth):
                piles.setdefault(pile, []).append(rows)
        with _full_disk(self.spill):
            for pile in list(piles):
                rows = pl.concat(piles.pop(pile), how="vertical_relaxed")
                rows.write_ipc(place / f"{pile}-{self.flushes}.arrow", compression="lz4")
        self.flushes += 1

    def _taken(self) -> Iterator[pl.DataFrame]:
        frames, self.frames, self.held = self.frames[::-1], [], 0
        while frames:
            yield frames.pop()

    def piles(self) -> Iterator[pl.DataFrame]:
        """The rows, pile by pile, each in the order of its positions."""
        if not self.flushes:
            yield from [pl.concat(self.frames, how="vertical_relaxed")] if self.frames else []
            self.frames, self.held = [], 0
            return
        self.flush()
        for pile in range(PILES):
            yield from self._pile(pile)

    def _pile(self, pile: int) -> Iterator[pl.DataFrame]:
        place = self.spill.place(self)
        paths = [place / f"{pile}-{flush}.arrow" for flush in range(self.flushes)]
        paths = [path for path in paths if path.exists()]
        if self.depth < _DEPTH and sum(path.stat().st_size for path in paths) > self.spill.memory:
            yield from self._divided(paths)
        elif paths:
            read = [pl.read_ipc(path) for path in paths]
            yield pl.concat(read, how="vertical_relaxed")
        for path in paths:
            path.unlink(missing_ok=True)

    def _divided(self, paths: Sequence[Path]) -> Iterator[pl.DataFrame]:
        """A pile that is too large, in piles of its own by another hash."""
        inner = self.spill.heap(self.by, self.depth + 1)
        for path in paths:
            inner.add(pl.read_ipc(path))
        yield from inner.piles()


def _divided(frame: pl.DataFrame, by: Sequence[str], seed: int) -> Iterator[tuple[int, pl.DataFrame]]:
    keyed = frame.with_columns((_hash(frame, by, seed) % PILES).alias(_PILE))
    for key, rows in keyed.partition_by(_PILE, include_key=False, as_dict=True).items():
        yield int(key[0]), rows


def _hash(frame: pl.DataFrame, by: Sequence[str], seed: int) -> pl.Expr:
    hashes = [_alike(pl.col(name), frame.schema[name]).hash(seed) for name in by]
    whole = hashes[0]
    for number, each in enumerate(hashes[1:], 1):
        whole = whole ^ (each + number * 0x9E3779B97F4A7C15 % 2**63)
    return whole


def _alike(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """A column in the type in which equal values of all its batches have one hash."""
    if dtype.is_numeric() or dtype in (pl.Boolean, pl.Null):
        # Zero has no sign, and a value that is no number is missing.
        return column.cast(pl.Float64).fill_nan(None) + 0.0
    if isinstance(dtype, pl.Datetime):
        return column.dt.epoch("us")
    if isinstance(dtype, (pl.Duration, pl.Time)):
        return column.dt.total_microseconds() if isinstance(dtype, pl.Duration) else column.cast(pl.Int64)
    return column if dtype == pl.Date else column.cast(pl.String)


@final
class _full_disk:
    """Turns the errors of a disk that takes no more into one that says where, and what would help."""

    def __init__(self, spill: Spill) -> None:
        self.spill = spill

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, (OSError, polars.exceptions.PolarsError)):
            place = self.spill.folder or self.spill.parent or tempfile.gettempdir()
            why = _WHY.get(getattr(error, "errno", 0) or 0, str(error).split("\n", 1)[0])
            raise FileError(f"rows cannot be set aside in {place}: {why}", _HINT) from None


_WHY = {
    errno.ENOSPC: "the disk is full",
    errno.EFBIG: "no file may grow so large",
    errno.EACCES: "nothing may be written there",
}
_HINT = "let TMPDIR name a folder with more room, or raise memory= so that more rows stay in memory"
