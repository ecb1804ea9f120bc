"""A report for a person: a block for each failure with its rows, and the rules that did not run.

`show(report)` prints it, with colours where the output is a terminal; `as_text(report)` is plain text.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from typedml.boundary.plan import show as show_value

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

    from typedml.boundary.report import Failure, NotRun, Report

_WIDEST_VALUE = 48


def show(report: Report, console: Console | None = None) -> None:
    """Print a report; `console` is standard output unless it is handed in."""
    from rich.console import Console

    target = console or Console(highlight=False)
    for part in render(report):
        target.print(part, soft_wrap=not _is_table(part))


def as_text(report: Report, width: int = 100) -> str:
    """The report as plain text."""
    from rich.console import Console

    buffer = io.StringIO()
    show(report, Console(file=buffer, width=width, no_color=True, highlight=False, force_terminal=False))
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines())


def render(report: Report) -> Iterator[RenderableType]:
    """The parts of a report, from its headline to its summary."""
    yield _headline(report)
    for note in report.notes:
        yield _text(("  note: ", "yellow"), note.fact)
        yield _text(("  Hint: ", "cyan"), note.hint)
    shared = _shared_hints(report)
    for failure in report.failures:
        yield from _failure(failure, shared)
    blocked = [rule for rule in report.not_run if rule.blocks]
    absent = [rule for rule in report.not_run if not rule.blocks]
    if blocked:
        yield from _not_run("Not run", blocked)
    if absent:
        yield from _not_run("Not needed", absent)
    if report.failures or blocked:
        yield _text("")
        yield _summary(report)
    for hint in shared:
        yield _text(("Hint: ", "cyan"), hint)


def _shared_hints(report: Report) -> list[str]:
    """Hints of more than one failure are given once, at the end."""
    hints = [failure.hint for failure in report.failures]
    return [hint for hint in dict.fromkeys(hints) if hint and (hints.count(hint) > 1 or len(hints) == 1)]


def _is_table(part: Any) -> bool:
    from rich.padding import Padding

    return isinstance(part, Padding)


def _text(*parts: str | tuple[str, str]) -> Text:
    from rich.text import Text

    return Text.assemble(*parts)


def _headline(report: Report) -> Text:
    rows = report.judged
    if report.ok:
        held = f"  {_rules(len(report.counts))} {_hold(len(report.counts))} in {rows}"
        return _text(("✓ ", "bold green"), (report.schema, "bold"), held)
    failed, ran = len(report.failures), _rules(len(report.counts))
    told = f"  {failed} of {ran} failed in {rows}" if failed else f"  cannot be judged in {rows}"
    return _text(("✗ ", "bold red"), (report.schema, "bold"), told)


def _rules(number: int) -> str:
    return f"{number} rule" + ("" if number == 1 else "s")


def _hold(number: int) -> str:
    return "holds" if number == 1 else "hold"


def _failure(failure: Failure, shared: list[str]) -> Iterator[RenderableType]:
    yield _text("")
    yield _text(("● ", "red"), (failure.reason, "bold"), (f"  [{failure.code}]", "dim"))
    if failure.doc:
        yield _text((f"  {failure.doc}", "italic"))
    if failure.rows:
        from rich.padding import Padding

        yield Padding(_table(failure), (0, 0, 0, 2), expand=False)
    if failure.rows and failure.more:
        yield _text((f"  … and {failure.more:,} more", "dim"))
    if failure.hint and failure.hint not in shared:
        yield _text(("  Hint: ", "cyan"), failure.hint)


def _table(failure: Failure) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1), pad_edge=False, header_style="dim")
    table.add_column("row", justify="right", style="dim")
    first = failure.rows[0]
    for name in first.keys:
        table.add_column(_text(name), style="cyan")
    for name in first.values:
        right = all(_is_number(row.values[name]) for row in failure.rows)
        table.add_column(_text(name), style="bold", justify="right" if right else "left")
    for row in failure.rows:
        cells = [*row.keys.values(), *row.values.values()]
        table.add_row(
            "-" if row.position is None else f"{row.position:,}", *(_text(_cell(value)) for value in cells)
        )
    return table


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, (int, float)) and not isinstance(value, bool))


def _cell(value: object) -> str:
    """One value on one line: text in quotes, so that blanks and line ends are seen."""
    if value is None:
        return "null"
    shown = f"{value:g}" if isinstance(value, float) and value == round(value, 4) else show_value(value)
    return shown if len(shown) <= _WIDEST_VALUE else shown[: _WIDEST_VALUE - 1] + "…"


def _not_run(title: str, rules: list[NotRun]) -> Iterator[RenderableType]:
    yield _text("")
    yield _text((title, "bold yellow" if rules[0].blocks else "dim"))
    because: dict[tuple[str, str], list[str]] = {}
    for rule in rules:
        name = rule.rule if rule.column is None else f"{rule.column}: {rule.rule}"
        because.setdefault((rule.because, rule.hint), []).append(name)
    for (reason, hint), names in because.items():
        yield _text(f"  {', '.join(names)}", (f"  because {reason}", "dim"))
        if hint:
            yield _text(("  Hint: ", "cyan"), hint)


def _summary(report: Report) -> Text:
    cells = sum(failure.count for failure in report.failures if failure.code == "typedml-value")
    held = sum(1 for count in report.counts.values() if not count)
    parts = [f"{len(report.failures)} failed", f"{held} held"]
    blocked = sum(1 for rule in report.not_run if rule.blocks)
    parts += [f"{blocked} could not run"] if blocked else []
    parts += [f"{cells:,} breach{'' if cells == 1 else 'es'} in {report.judged}"]
    return _text((f"{report.schema}: ", "bold"), ", ".join(parts))
