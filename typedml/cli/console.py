"""What the commands print with: one console and the two shapes of an answer, facts and a table."""

import sys
from collections.abc import Iterable, Sequence
from io import TextIOWrapper

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

GOOD, ABSENT, BAD = "[green]✓[/]", "[dim]–[/]", "[red]✗[/]"


def console() -> Console:
    """Return a console on standard output; colours only on a terminal, no guessing at numbers and paths."""
    # A pipe in ASCII cannot carry a check mark: it gets a question mark rather than an error.
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    return Console(highlight=False)


def title(text: str, after: str = "") -> Text:
    """Return a heading, with a dimmed remark behind it."""
    return Text.assemble((text, "bold"), ("  " + after if after else "", "dim"))


def facts(rows: Iterable[tuple[str, str | RenderableType]]) -> RenderableType:
    """Return rows of a name and what there is to say, taken as it is; empty ones are left out."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="cyan", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, said in rows:
        if said:
            grid.add_row(name, Text(said) if isinstance(said, str) else said)
    return Padding(grid, (0, 0, 0, 2), expand=False)


def table(rows: Iterable[Sequence[str | Text]], *, styles: Sequence[str] = ()) -> RenderableType:
    """Return aligned columns without lines; the last column takes the room that is left."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    listed = list(rows)
    width = len(listed[0]) if listed else 0
    for index in range(width):
        style = styles[index] if index < len(styles) else ""
        grid.add_column(style=style, no_wrap=index < width - 1, overflow="fold")
    for row in listed:
        grid.add_row(*row)
    return Padding(grid, (0, 0, 0, 2))
