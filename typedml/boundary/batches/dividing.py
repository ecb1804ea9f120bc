"""Divide files of any size into good rows and bad ones, each written to a Parquet file of its own.

The files are read twice: first every rule is judged, then each row is written where it belongs. No row is
lost, and both files keep the order of the rows; the bad ones say in `__reasons__` which rules they break.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

import attrs
import numpy as np
import numpy.typing as npt
import polars as pl
import polars.exceptions

from typedml.boundary.batches import readers, ways
from typedml.boundary.batches.judging import Judge
from typedml.boundary.batches.progress import bar
from typedml.boundary.batches.sources import Part, find_parts
from typedml.boundary.batches.spilling import Spill
from typedml.boundary.carried.stamping import stamped_schema
from typedml.boundary.files import FileError
from typedml.boundary.plan import Rule
from typedml.boundary.report import BoundaryError, Report

if TYPE_CHECKING:
    from typedml.boundary.batches.checking import FileSession

REASONS = "__reasons__"
Positions = npt.NDArray[np.int64]


def divide(session: FileSession, targets: tuple[Path, Path]) -> Report:
    """Write the good rows of some files and the bad ones; return the report of all of them.

    Raises: BoundaryError where a row cannot be judged, FileError where a file cannot be read or written.
    """
    parts = find_parts(session.source)
    _refuse(parts, targets)
    with Spill(session.memory) as spill, bar([*parts, *parts], wanted=session.progress) as told:
        judge = Judge(session.plan, session.options.rows, spill, parts, session.handed)
        for part in parts:
            judge.judge(part, told)
        report = judge.finish(None)
        if report.obstacles:
            raise BoundaryError(attrs.evolve(report, undivided="no file was written"))
        _write(_Division(judge, report), targets, told)
    return report


def _refuse(parts: Sequence[Part], targets: tuple[Path, Path]) -> None:
    if targets[0].resolve() == targets[1].resolve():
        raise FileError(f"{targets[0]} would hold good rows and bad ones", "name two files")
    for target in targets:
        if any(target.resolve() == part.path.resolve() for part in parts):
            raise FileError(f"{target} is read, so it cannot be written as well", "name another file")
        if target.is_dir() or not target.absolute().parent.is_dir():
            raise FileError(f"{target} is no place for a file", "name a file in a folder that is there")


@final
class _Division:
    """Which rules each row of a batch breaks."""

    def __init__(self, judge: Judge, report: Report) -> None:
        self.judge = judge
        self.rules = [rule for rule in judge.plan.rules if rule.fails and report.counts.get(rule.key)]
        self.across = {
            rule: np.array(sorted({*judge.places.get(rule, ()), *judge.falls.get(rule, ())}), np.int64)
            for rule in self.rules
            if ways.way_of(rule) != "row"
        }

    def frames(self) -> Iterator[tuple[pl.DataFrame, dict[int, list[str]]]]:
        """Each batch, with the reasons of its bad rows by their place in it.

        Raises: FileError, if a file can no longer be read.
        """
        offset = 0
        for part, _, _ in self.judge.judged:
            start = offset
            try:
                reader = readers.open_part(part, self.judge.plan)
                for frame in readers.frames_of(reader, reader.names):
                    yield frame, self._reasons(frame, offset)
                    offset += frame.height
            except readers.Unreadable as error:
                raise readers.lost(part, error, offset - start) from error

    def _reasons(self, frame: pl.DataFrame, offset: int) -> dict[int, list[str]]:
        located = self.judge.located(frame, [rule for rule in self.rules if ways.way_of(rule) != "all"])
        reasons: dict[int, list[str]] = {}
        for rule in self.rules:
            for row in _merged(located.get(rule, ()), self._across(rule, offset, frame.height)):
                reasons.setdefault(row, []).append(rule.reason)
        return reasons

    def _across(self, rule: Rule, offset: int, height: int) -> Positions:
        places = self.across.get(rule)
        if places is None:
            return np.empty(0, np.int64)
        start, end = np.searchsorted(places, [offset, offset + height])
        return places[start:end] - offset


def _merged(here: Sequence[int], across: Positions) -> list[int]:
    return sorted({*here, *across.tolist()})


def _write(division: _Division, targets: tuple[Path, Path], told: Any) -> None:
    shape = _shape(list(division.judge.shapes.values()))
    declared = division.judge.plan.schema
    reasoned = shape.with_columns(pl.lit(None, dtype=pl.List(pl.String)).alias(REASONS))
    with _full_disk(targets), ExitStack() as stack:
        good = stack.enter_context(_writer(targets[0], stamped_schema(declared, shape.to_arrow().schema)))
        bad = stack.enter_context(_writer(targets[1], stamped_schema(declared, reasoned.to_arrow().schema)))
        for frame, reasons in division.frames():
            whole = pl.concat([shape, frame], how="diagonal_relaxed")
            rows = sorted(reasons)
            is_bad = np.zeros(frame.height, np.bool_)
            is_bad[rows] = True
            _append(good, whole.filter(~is_bad))
            told_why = pl.Series(REASONS, [reasons[row] for row in rows], pl.List(pl.String))
            _append(bad, whole.filter(is_bad).with_columns(told_why))
            told(0.0, frame.height)


def _shape(shapes: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """A frame without rows that every batch fits.

    Raises: FileError, if two files hold different things in one column.
    """
    try:
        return pl.concat(shapes, how="diagonal_relaxed")
    except polars.exceptions.PolarsError as error:
        fact, advice = (
            "the files do not fit into one table",
            "divide them one by one, or give the columns one type",
        )
        raise FileError(fact, advice, readers.first_line(error)) from None


def _append(writer: Any, frame: pl.DataFrame) -> None:
    if frame.height:
        writer.write_table(frame.to_arrow().cast(writer.schema))


@contextmanager
def _writer(target: Path, schema: Any) -> Iterator[Any]:
    """Write beside the target, and put the file in its place when all of it is there."""
    import pyarrow.parquet

    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with pyarrow.parquet.ParquetWriter(beside, schema) as writer:
            yield writer
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


@contextmanager
def _full_disk(targets: tuple[Path, Path]) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = error.strerror or readers.first_line(error)
        fact = f"{targets[0]} and {targets[1]} cannot be written: {why}"
        raise FileError(fact, "see that the disk has room; neither file was made") from None
