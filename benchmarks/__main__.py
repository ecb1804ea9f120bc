"""`python -m benchmarks [--quick] [--markdown] [NAME ...]`: one table of what things cost and may cost."""

import importlib
import sys
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks import BY_NAME, MODULES, Row, Unavailable

MARKS = {True: "[green]kept[/]", False: "[red]over[/]", None: ""}


def main(arguments: Sequence[str]) -> int:
    """Run the named benchmarks, or all, and return 1 if a budget is not kept."""
    names = [each for each in arguments if each not in OPTIONS]
    unknown = [name for name in names if name not in MODULES + BY_NAME]
    if unknown:
        known = ", ".join((*OPTIONS, *MODULES, *BY_NAME))
        print(f'there is no benchmark "{unknown[0]}"\nHint: {known}', file=sys.stderr)
        return 2
    measured = list(_all(names or MODULES, quick="--quick" in arguments))
    show = _print_markdown if "--markdown" in arguments else _print_table
    show([_cells(row) for row in measured])
    return 0 if all(row.within_budget is not False for row in measured) else 1


OPTIONS = ("--quick", "--markdown")


def _all(names: Sequence[str], *, quick: bool) -> Iterator[Row]:
    for name in names:
        module = importlib.import_module(f"benchmarks.{name}")
        try:
            yield from module.quick_rows() if quick and hasattr(module, "quick_rows") else module.rows()
        except Unavailable as missing:
            print(f"{name}: not measured, {missing}", file=sys.stderr)


def _print_table(cells: Sequence[Sequence[str]]) -> None:
    table = Table(*HEADINGS, box=None, pad_edge=False)
    for column in range(1, len(HEADINGS) - 2):
        table.columns[column].justify = "right"
    for row in cells:
        table.add_row(*row)
    Console(width=None if sys.stdout.isatty() else 180).print(table)


def _print_markdown(cells: Sequence[Sequence[str]]) -> None:
    used = [column for column in range(len(HEADINGS)) if any(row[column] for row in cells)]
    for row in (HEADINGS, ["---"] * len(HEADINGS), *cells):
        print("| " + " | ".join(Text.from_markup(row[column]).plain for column in used) + " |")


HEADINGS = ("what", "least", "median, max", "wall", "beside", "its least", "ratio", "budget", "", "note")


def _cells(row: Row) -> list[str]:
    return [
        row.what,
        f"{_figure(row.measured)} {row.unit}".strip(),
        "" if row.spread is None else ", ".join(_figure(value) for value in row.spread),
        "" if row.wall is None else _figure(row.wall),
        row.beside,
        "" if row.reference is None else f"{_figure(row.reference)} {row.unit}".strip(),
        "" if row.ratio is None else f"{row.ratio:.2f}x",
        "" if row.budget is None else f"{row.budget:.2f}x" if row.ratio is not None else _figure(row.budget),
        MARKS[row.within_budget],
        row.note,
    ]


def _figure(value: float) -> str:
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
