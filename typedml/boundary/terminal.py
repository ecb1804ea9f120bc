"""A report for a person: `show(report)` prints it, `as_text(report)` is plain text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from typedml.boundary.findings import findings
from typedml.renderings import terminal

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from typedml.boundary.report import Report


def show(report: Report, console: Console | None = None) -> None:
    """Print a report; `console` is standard output unless it is handed in."""
    terminal.show([findings(report)], console)


def as_text(report: Report, width: int = 100) -> str:
    """The report as plain text."""
    return terminal.render([findings(report)], width)


def render(report: Report) -> Iterator[RenderableType]:
    """The parts of a report, from its headline to its summary."""
    return terminal.parts(findings(report))
