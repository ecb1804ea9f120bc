"""Findings for a person at a terminal: a block for each with its rows, then what did not run, and a summary.

`show(runs, console)` prints with colours where the output is a terminal; `render(runs)` is plain text.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from typedml.renderings.cells import bare_rows, cell, is_number
from typedml.renderings.finding import Finding, Findings, Skipped, counted
from typedml.renderings.inert import inert, inert_lines
from typedml.renderings.tables import lines

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

WIDTH = 100
INDENT = "  "
_STYLES = {"error": "red", "warning": "yellow", "note": "blue"}
_TABLE_STYLES: dict[str, str] = {
    "": "",
    "side": "bold",
    "title": "italic",
    "unit": "dim",
    "row": "dim",
    "mark": "bold red",
    "wanted": "green",
    "remark": "dim",
}


def show(runs: Sequence[Findings], console: Console | None = None) -> None:
    """Print findings; `console` is standard output unless it is handed in."""
    from rich.console import Console

    target = console or Console(highlight=False)
    # What is no terminal has no width: a file, or the log of a build.
    width = target.width if target.is_terminal else WIDTH
    for number, run in enumerate(runs):
        if number:
            target.print()
        for part in parts(run, width):
            target.print(part, soft_wrap=not _is_table(part))


def render(runs: Sequence[Findings], width: int = WIDTH) -> str:
    """Return findings as plain text."""
    from rich.console import Console

    buffer = io.StringIO()
    show(runs, Console(file=buffer, width=width, no_color=True, highlight=False, force_terminal=False))
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines())


def parts(run: Findings, width: int = WIDTH) -> Iterator[RenderableType]:
    """Yield the parts of what is told of one subject, from its headline to its summary.

    Tables of a counterexample are at most so wide.
    """
    yield _headline(run)
    for note in run.notes:
        yield _text(("  note: ", "yellow"), inert(note.fact))
        if note.hint:
            yield _text(("  Hint: ", "cyan"), inert(note.hint))
    shared = _shared_hints(run)
    for finding in run.findings:
        yield from _finding(finding, shared, width)
    for title, rules in run.not_run:
        yield from _not_run(title, rules)
    if run.findings or run.blocked:
        yield _text("")
        yield _summary(run)
    for hint in shared:
        yield _text(("Hint: ", "cyan"), inert(hint))


def _shared_hints(run: Findings) -> list[str]:
    """Hints of more than one finding are given once, at the end."""
    hints = [finding.hint for finding in run.findings]
    return [hint for hint in dict.fromkeys(hints) if hint and (hints.count(hint) > 1 or len(hints) == 1)]


def _is_table(part: Any) -> bool:
    from rich.padding import Padding

    return isinstance(part, Padding)


def _text(*pieces: str | tuple[str, str]) -> Text:
    from rich.text import Text

    return Text.assemble(*pieces)


def _headline(run: Findings) -> Text:
    mark = ("✓ ", "bold green") if run.ok else ("✗ ", "bold red")
    file = (f"  {inert(run.file)}", "dim") if run.file else ""
    return _text(mark, (inert(run.subject), "bold"), f"  {run.outcome}", file)


def _finding(finding: Finding, shared: list[str], width: int) -> Iterator[RenderableType]:
    yield _text("")
    style = _STYLES[finding.severity]
    severity = (f"{finding.severity}: ", style) if finding.severity != "error" else ""
    place = (f"  {_place(finding)}", "dim") if finding.place.file else ""
    said = (inert(finding.message), "bold")
    yield _text(("● ", style), severity, said, (f"  [{inert(finding.code)}]", "dim"), place)
    if finding.doc:
        yield _text((f"  {inert(finding.doc)}", "italic"))
    if bare_rows(finding):
        yield _text((f"  {bare_rows(finding)}", "dim"))
    elif finding.rows:
        from rich.padding import Padding

        yield Padding(_table(finding), (0, 0, 0, 2), expand=False)
    if finding.more and finding.rows and not bare_rows(finding):
        yield _text((f"  … and {finding.more:,} more", "dim"))
    for line in lines(finding.tables, width - len(INDENT)):
        yield _text(INDENT, *((part, _TABLE_STYLES[style]) for part, style in line))
    for each in inert_lines(finding.detail).splitlines():
        yield _text(f"  {each}")
    for title, remark in finding.remarks:
        yield _text((f"  {title}: ", "cyan"), inert(remark))
    if finding.hint and finding.hint not in shared:
        yield _text(("  Hint: ", "cyan"), inert(finding.hint))


def _place(finding: Finding) -> str:
    place = finding.place
    return inert(place.file) + (f":{place.line}" if place.line else "")


def _table(finding: Finding) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1), pad_edge=False, header_style="dim")
    table.add_column("row", justify="right", style="dim")
    first = finding.rows[0]
    for name in first.keys:
        table.add_column(_text(inert(name)), style="cyan")
    for name in first.values:
        right = all(is_number(row.values.get(name)) for row in finding.rows)
        table.add_column(_text(inert(name)), style="bold", justify="right" if right else "left")
    for row in finding.rows:
        cells = [row.keys.get(name) for name in first.keys] + [row.values.get(name) for name in first.values]
        table.add_row(row.number, *(_text(cell(value)) for value in cells))
    return table


def _not_run(title: str, rules: Sequence[Skipped]) -> Iterator[RenderableType]:
    yield _text("")
    yield _text((title, "bold yellow" if rules[0].blocks else "dim"))
    because: dict[tuple[str, str], list[str]] = {}
    for rule in rules:
        because.setdefault((rule.because, rule.hint), []).append(inert(rule.name))
    for (reason, hint), names in because.items():
        yield _text(f"  {', '.join(names)}", (f"  because {inert(reason)}", "dim"))
        if hint:
            yield _text(("  Hint: ", "cyan"), inert(hint))


def _summary(run: Findings) -> Text:
    cells = sum(finding.count for finding in run.findings if finding.code == "typedml-value")
    held = sum(1 for check in run.checks if not check.failing)
    told = [f"{len(run.errors)} failed"]
    told += [f"{len(run.warnings)} warned"] if run.warnings else []
    told += [f"{held} held"] if run.checks else []
    told += [f"{len(run.blocked)} could not run"] if run.blocked else []
    if run.extent and run.unit == "rule":
        told += [f"{counted(cells, 'breach')} in {run.extent}"]
    return _text((f"{inert(run.subject)}: ", "bold"), ", ".join(told))
