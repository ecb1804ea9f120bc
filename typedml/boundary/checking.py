"""Check a frame against a schema: count first, look for rows only where a count is above zero."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Mapping
from time import perf_counter
from typing import Any, TypeVar

from typedml.boundary.batches.checking import FileSession, absent_libraries
from typedml.boundary.batches.sources import is_of_files, names_files
from typedml.boundary.handed import Handed
from typedml.boundary.observing import Call, Observation, observed, tell
from typedml.boundary.options import ROWS_SHOWN, Options
from typedml.boundary.plans import plan_of
from typedml.boundary.report import BoundaryError, BoundaryWarning, FrameError, Report
from typedml.boundary.runs import active_runs, collect
from typedml.boundary.session import Session

__all__ = ["REASONS", "check", "plan_of", "split", "validate"]

Frame = TypeVar("Frame")
Given = Mapping[Any, object]
REASONS = "__reasons__"


def validate(
    schema: Any,
    frame: Frame,
    *,
    rows: int | None = ROWS_SHOWN,
    references: Given | None = None,
    sample: int | float | None = None,
    seed: int = 0,
    profile: bool = False,
    streaming: bool = False,
) -> Frame:
    """Return the very frame if it keeps every rule of the schema; the options are those of `check`.

    Rules of severity "warn" that do not hold are told by one `BoundaryWarning`. With a `sample` the frame is
    returned if its sample keeps the rules.

    Raises: BoundaryError with every failure, FrameError if this is not a frame.
    """
    begun = perf_counter()
    session = _session(schema, frame, Options(rows, references, sample, seed, profile, streaming))
    report = session.report()
    try:
        _tell(session, report, "validate", frame, begun)
    except Warning as raised:
        # Where warnings are errors, that of an observer does not stand in the way of the verdict.
        if report.ok:
            raise
        raise BoundaryError(report) from raised
    if not report.ok:
        raise BoundaryError(report)
    if report.warnings:
        warnings.warn(BoundaryWarning(report), stacklevel=_frames_to_caller())
    return frame


def check(
    schema: Any,
    frame: object,
    *,
    rows: int | None = ROWS_SHOWN,
    references: Given | None = None,
    sample: int | float | None = None,
    seed: int = 0,
    profile: bool = False,
    streaming: bool = False,
) -> Report:
    """Report how a frame keeps the rules of the schema; no data makes it raise.

    `rows`: how many failing rows of each rule the report keeps; None for all. `references`: frames by the
    schemas that foreign keys name. `sample`: how many rows to judge, or a share of them as a float, drawn
    by `seed`; the report says so, and rules that need all rows do not run. `profile`: describe each column.
    `streaming`: let polars read a lazy frame in pieces; other frames are in memory, or with their own engine.

    A path, a folder, a pattern or a pyarrow dataset is read in batches, and may be larger than memory.

    Raises: FrameError if this is not a frame, or an option makes no sense; FileError for files.
    """
    begun = perf_counter()
    session = _session(schema, frame, Options(rows, references, sample, seed, profile, streaming))
    report = session.report()
    _tell(session, report, "check", frame, begun)
    return report


def split(
    schema: Any,
    frame: Frame,
    *,
    rows: int | None = ROWS_SHOWN,
    references: Given | None = None,
    streaming: bool = False,
) -> tuple[Frame, Frame]:
    """Divide a frame into the rows that keep every rule and those that do not, both in their order.

    The second has one more column, `__reasons__`: the rules that each row breaks, as "distance: gt". A rule
    that only warns sets no row aside. No row may be lost, so there is no sample of a split. `rows` are those
    that the error keeps.

    Raises: BoundaryError where the frame's shape is wrong, so that no row can be judged.
    """
    begun = perf_counter()
    if names_files(frame):
        raise FrameError("files are divided into files, not into frames", _SPLIT_FILES)
    session = _frame_session(schema, frame, Options(rows, references, streaming=streaming))
    if session.is_blocked:
        refusal = session.refusal()
        _tell(session, refusal.report, "split", None, begun)
        raise refusal
    divided: tuple[Frame, Frame] = session.divide(REASONS)
    if observed() or active_runs():
        _tell(session, session.report(), "split", divided[0], begun)
    return divided


def _session(schema: Any, frame: object, options: Options) -> Session | FileSession:
    if names_files(frame) or (is_of_files(frame) and not absent_libraries()):
        return FileSession(plan_of(schema), frame, options, Handed(options.references, active_runs()))
    return _frame_session(schema, frame, options)


def _frame_session(schema: Any, frame: object, options: Options) -> Session:
    return Session(plan_of(schema), frame, options, Handed(options.references, active_runs()))


_SPLIT_FILES = 'split_files(Flight, "flights.parquet", good="good.parquet", bad="bad.parquet")'


def _tell(session: Session | FileSession, report: Report, call: Call, frame: object, begun: float) -> None:
    """Tell runs and observers of a check; `frame` is what other frames of a run may refer to, if any."""
    if observed() or active_runs():
        seen = Observation(report, call, perf_counter() - begun)
        collect(seen, session.plan, frame)
        tell(seen)


def _frames_to_caller() -> int:
    """How many frames lie between `warnings.warn` and the code that is not part of typedml."""
    depth = 2
    while sys._getframe(depth).f_globals.get("__name__", "").startswith("typedml."):
        depth += 1
    return depth
