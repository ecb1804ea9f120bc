"""A bar on a terminal that shows how much was read; silence anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from typedml.boundary.batches.sources import Part

Told = Callable[[float, int], None]
"""What is told of each batch: how many bytes of its file it is, and how many rows."""


@contextmanager
def bar(parts: Sequence[Part], *, wanted: bool) -> Iterator[Told]:
    """A function that is told of each batch; it draws where standard error is a terminal, and only there."""
    if not wanted or not sys.stderr.isatty():
        yield lambda size, rows: None
        return
    with _progress() as shown:
        task = shown.add_task("", total=sum(map(size_of, parts)) or None, rows=0)
        seen = 0

        def told(size: float, rows: int) -> None:
            nonlocal seen
            seen += rows
            shown.update(task, advance=size, rows=seen)

        yield told


def _progress() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    rows = TextColumn("{task.fields[rows]:,} rows")
    error = Console(stderr=True)
    return Progress(
        BarColumn(), TaskProgressColumn(), rows, TimeRemainingColumn(), console=error, transient=True
    )


def size_of(part: Part) -> int:
    """The bytes of a file; 0 where that is not known."""
    try:
        return part.path.stat().st_size
    except OSError:
        return 0
