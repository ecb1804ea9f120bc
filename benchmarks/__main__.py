"""`python -m benchmarks [NAME ...]`: print one table of what everything costs, and what it may cost."""

import importlib
import sys
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table

from benchmarks import MODULES, Row, Unavailable

MARKS = {True: "[green]kept[/]", False: "[red]over[/]", None: ""}


def main(names: Sequence[str]) -> int:
    """Run the named benchmarks, or all, and return 1 if a budget is not kept."""
    unknown = [name for name in names if name not in MODULES]
    if unknown:
        print(f'there is no benchmark "{unknown[0]}"\nHint: {", ".join(MODULES)}', file=sys.stderr)
        return 2
    table = Table(
        "what", "measured", "beside", "reference", "ratio", "budget", "", "note", box=None, pad_edge=False
    )
    for column in (1, 3, 4, 5):
        table.columns[column].justify = "right"
    kept = True
    for row in _all(names or MODULES):
        table.add_row(*_cells(row))
        kept = kept and row.within_budget is not False
    Console(width=None if sys.stdout.isatty() else 160).print(table)
    return 0 if kept else 1


def _all(names: Sequence[str]) -> Iterator[Row]:
    for name in names:
        try:
            yield from importlib.import_module(f"benchmarks.{name}").rows()
        except Unavailable as missing:
            print(f"{name}: not measured, {missing}", file=sys.stderr)


def _cells(row: Row) -> list[str]:
    return [
        row.what,
        f"{_figure(row.measured)} {row.unit}".strip(),
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
