"""The distinct rows of a few columns of files: what references look into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from typedml.boundary.batches import readers
from typedml.boundary.batches.readers import Unreadable
from typedml.boundary.batches.sources import Part, find_parts

if TYPE_CHECKING:
    import polars as pl

    from typedml.boundary.plan import Plan

_GATHERED = 16


def distinct_rows(plan: Plan, source: Any, names: Sequence[str]) -> pl.DataFrame:
    """The distinct rows of some columns, in memory; a column that is not there is left out.

    Raises: FileError, if a file cannot be read.
    """
    found: list[pl.DataFrame] = []
    for part in find_parts(source):
        try:
            for frame in _frames(part, plan, names):
                found.append(frame.unique())
                found = [_together(found)] if len(found) > _GATHERED else found
        except Unreadable as error:
            raise readers.lost(part, error, 0) from error
    return _together(found)


def readable_rows(plan: Plan, parts: Sequence[Part], names: Sequence[str]) -> pl.DataFrame:
    """The same of files that are judged themselves: what cannot be read of them is told where they are."""
    found: list[pl.DataFrame] = []
    for part in parts:
        try:
            for frame in _frames(part, plan, names):
                found = [_together([*found, frame.unique()])]
        except Unreadable:
            continue
    return _together(found)


def _frames(part: Part, plan: Plan, names: Sequence[str]) -> Iterator[pl.DataFrame]:
    reader = readers.open_part(part, plan)
    there = [name for name in names if name in reader.names]
    yield reader.empty.select(there)
    for frame in readers.frames_of(reader, there):
        yield frame.select(there)


def _together(frames: list[pl.DataFrame]) -> pl.DataFrame:
    import polars as pl

    return pl.concat(frames, how="diagonal_relaxed").unique() if frames else pl.DataFrame()
