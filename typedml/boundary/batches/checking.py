"""Check files of any size against a schema: a path, a folder, a pattern, a list of them, a dataset."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, final

import attrs

from typedml.boundary.batches.progress import bar
from typedml.boundary.batches.sources import Part, find_parts
from typedml.boundary.carried.files import said_in
from typedml.boundary.files import FileError, read_frame
from typedml.boundary.handed import Handed
from typedml.boundary.options import DEFAULTS, ROWS_SHOWN, Options
from typedml.boundary.plan import Plan
from typedml.boundary.plans import plan_of
from typedml.boundary.report import FrameError, Report
from typedml.boundary.session import Session

MEMORY = 32 << 20
"""How many bytes of rows are set aside in memory before they are written to disk."""


def check_files(
    schema: Any,
    source: Any,
    *,
    rows: int | None = ROWS_SHOWN,
    references: Mapping[Any, object] | None = None,
    memory: int = MEMORY,
    progress: bool = False,
    profile: bool = False,
) -> Report:
    """Report how all rows of some files keep the rules of a schema, reading them in batches.

    `source` is a path, a folder, a pattern like "data/*.parquet", a list of paths or a pyarrow dataset, and
    `references` may be paths as well.
    `memory`: how many bytes of rows a rule like `unique` may keep in memory before it writes to the
    folder for temporary files; `progress`: draw a bar, where standard error is a terminal; `profile`:
    describe each column, for which the files are read again, some times over.

    Raises: FileError, if there is no file, none can be read, a library is missing, or the disk is full.
    """
    options = Options(rows, references, profile=profile)
    return FileSession(plan_of(schema), source, options, memory=memory, progress=progress).report()


def split_files(
    schema: Any,
    source: Any,
    *,
    good: str | os.PathLike[str],
    bad: str | os.PathLike[str],
    rows: int | None = ROWS_SHOWN,
    references: Mapping[Any, object] | None = None,
    memory: int = MEMORY,
    progress: bool = False,
) -> Report:
    """Write the rows that keep every rule to `good` and the others to `bad`, both Parquet; return the report.

    Both keep the order of the rows; the bad ones say in `__reasons__` which rules they break, as "distance:
    gt". The other options are those of `check_files`. Nothing is written unless every row can be judged.

    Raises: BoundaryError where the shape of a file is wrong, a file cannot be read or a rule cannot run;
        FileError, as `check_files` does, or where the rows cannot be written.
    """
    require_libraries()
    from typedml.boundary.batches.dividing import divide

    options = Options(rows, references)
    session = FileSession(plan_of(schema), source, options, memory=memory, progress=progress)
    return divide(session, (Path(good), Path(bad)))


@final
class FileSession:
    """Some files before one plan: what `Session` is for a frame.

    Raises: FrameError, for an option that files do not have.
    """

    def __init__(
        self,
        plan: Plan,
        source: Any,
        options: Options = DEFAULTS,
        handed: Handed | None = None,
        *,
        memory: int = MEMORY,
        progress: bool = False,
    ) -> None:
        self.plan, self.source, self.options = plan, source, options
        self.handed, self.memory, self.progress = handed or Handed(options.references), memory, progress
        if options.sample is not None:
            raise FrameError("sample= is for frames: files are judged whole", "leave sample= out")

    def report(self) -> Report:
        """The report of all files.

        Raises: FileError, if there is no file, none can be read, a library is missing, or the disk is full.
        """
        parts = find_parts(self.source)
        absent = absent_libraries()
        if absent and (len(parts) > 1 or parts[0].fragment is not None):
            raise FileError(f"several files are read by {absent[0]}, which is not installed", _INSTALL)
        # A rule that another library runs wants all rows in one frame, which one file is.
        is_one_frame = bool(self.plan.opaque) and len(parts) == 1 and parts[0].fragment is None
        return self._whole(parts[0]) if absent or is_one_frame else self._in_batches(parts)

    def _whole(self, part: Part) -> Report:
        frame = read_frame(part.path, self.plan.schema)
        return Session(self.plan, frame, self.options, self.handed, said_in(part.path)).report()

    def _in_batches(self, parts: list[Part]) -> Report:
        from typedml.boundary.batches.judging import Judge
        from typedml.boundary.batches.spilling import Spill

        with Spill(self.memory) as spill, bar(parts, wanted=self.progress) as told:
            judge = Judge(self.plan, self.options.rows, spill, parts, self.handed)
            for part in parts:
                judge.judge(part, told)
            if len(judge.findings.lost) == len(parts) and not judge.findings.rows:
                raise judge.findings.lost[0]
            report = judge.finish(self.options.rows)
            if not self.options.profile:
                return report
            from typedml.boundary.batches.profiles import profile

            return attrs.evolve(report, profile=profile(judge, report))


def absent_libraries() -> list[str]:
    """The libraries that are wanted to read files in batches, and are not there."""
    return [library for library in ("polars", "pyarrow") if importlib.util.find_spec(library) is None]


def require_libraries() -> None:
    """Refuse to go on without the libraries that read files in batches.

    Raises: FileError.
    """
    for library in absent_libraries():
        raise FileError(f"files are read in batches by {library}, which is not installed", _INSTALL)


_INSTALL = 'pip install "typedml[files]"'
