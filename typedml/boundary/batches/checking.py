"""Check files of any size against a schema: a path, a folder, a pattern, a list of paths, a pyarrow dataset."""

from __future__ import annotations

import importlib.util
from typing import Any

from typedml.boundary.batches.progress import bar
from typedml.boundary.batches.sources import find_parts
from typedml.boundary.files import FileError
from typedml.boundary.plan import Plan
from typedml.boundary.report import Report

MEMORY = 64 << 20
"""How many bytes of rows are set aside in memory before they are written to disk."""


def check_files(
    plan: Plan, source: Any, *, rows: int | None, memory: int = MEMORY, progress: bool = False
) -> Report:
    """Report how all rows of some files keep a plan, reading them in batches.

    `memory`: how many bytes of rows a rule like `unique` may keep in memory before it writes to the folder for
    temporary files; `progress`: draw a bar, where standard error is a terminal.

    Raises: FileError, if there is no file, a library is missing, or the disk is full.
    """
    parts = find_parts(source)
    require_libraries()
    from typedml.boundary.batches.judging import Judge
    from typedml.boundary.batches.spilling import Spill

    with Spill(memory) as spill, bar(parts, wanted=progress) as told:
        judge = Judge(plan, rows, spill, len(parts))
        for part in parts:
            judge.judge(part, told)
        report = judge.finish(rows)
    if len(judge.findings.lost) == len(parts):
        part, why, read = judge.findings.lost[0]
        raise FileError(f"{part} cannot be read: {why}", "see that its content is what its ending says")
    return report


def require_libraries() -> None:
    """Refuse to go on without the libraries that read files in batches.

    Raises: FileError.
    """
    for library in ("polars", "pyarrow"):
        if importlib.util.find_spec(library) is None:
            raise FileError(f"files are read in batches by {library}, which is not installed", _INSTALL)


_INSTALL = 'pip install "typedml[files]"'
