"""What a check costs as tables grow: 1,000 to 10,000,000 rows, and 8 to 512 columns.

Both are drawn, into `docs/boundary_rows.svg` and `docs/boundary_columns.svg`, beside their figures.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import attrs

from benchmarks import Row, by_hand
from benchmarks.flights import FRAMES, Flight, as_polars, columns
from benchmarks.measure import timed_side_by_side
from benchmarks.plot import Points, write_log_log
from typedml.boundary.checking import check
from typedml.declare.declared import DeclaredSchema

DOCS = Path(__file__).parents[1] / "docs"
ROWS = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
COLUMNS = (8, 32, 128, 512)
ROWS_OF_WIDE = 10_000
CHECKED = ("polars", "pandas, Arrow strings", "pandas, object strings")


def rows() -> list[Row]:
    """Measure both ways to grow, and draw them."""
    by_rows, by_columns = _by_rows(ROWS), _by_columns(COLUMNS)
    write_log_log(DOCS / "boundary_rows.svg", _ROWS_TITLE, ("rows", "ms of CPU"), by_rows)
    write_log_log(DOCS / "boundary_columns.svg", _COLUMNS_TITLE, ("columns", "ms of CPU"), by_columns)
    return [*_figures(by_rows, "rows"), *_figures(by_columns, f"columns of {ROWS_OF_WIDE:,} rows")]


def quick_rows() -> list[Row]:
    """The smaller half of both, not drawn."""
    return [*_figures(_by_rows(ROWS[:3]), "rows"), *_figures(_by_columns(COLUMNS[:2]), "columns")]


_ROWS_TITLE = "Checking eight columns: CPU time against rows"
_COLUMNS_TITLE = f"Checking {ROWS_OF_WIDE:,} rows: CPU time against columns"


def _by_rows(sizes: tuple[int, ...]) -> dict[str, list[tuple[float, float]]]:
    series: dict[str, list[tuple[float, float]]] = {}
    for size in sizes:
        table = columns(size)
        for kind in CHECKED:
            frame = FRAMES[kind](table)
            contestants: dict[str, Callable[[], object]] = {kind: partial(Flight.check, frame)}
            if kind == "polars":
                contestants["polars, by hand"] = partial(by_hand.polars, frame)
            _add(series, size, contestants)
    return series


def _by_columns(widths: tuple[int, ...]) -> dict[str, list[tuple[float, float]]]:
    series: dict[str, list[tuple[float, float]]] = {}
    narrow = columns(ROWS_OF_WIDE)
    for width in widths:
        copies = tuple(f"__{number}" for number in range(width // len(narrow)))
        schema = _wide(copies)
        table = {f"{name}{copy}": narrow[name] for copy in copies for name in narrow}
        for kind in CHECKED:
            frame = as_polars(table) if kind == "polars" else _pandas(kind, table)
            contestants: dict[str, Callable[[], object]] = {kind: partial(check, schema, frame)}
            if kind == "polars":
                contestants["polars, by hand"] = partial(by_hand.polars, frame, copies)
            _add(series, width, contestants)
    return series


def _wide(copies: tuple[str, ...]) -> DeclaredSchema:
    """The schema of flights with every column once for each copy."""
    fields = [
        attrs.evolve(field, name=f"{field.name}{copy}", column=f"{field.column}{copy}")
        for copy in copies
        for field in Flight.declared.fields
    ]
    return attrs.evolve(Flight.declared, name="Wide", fields=tuple(fields))


def _pandas(kind: str, table: Mapping[str, Any]) -> Any:
    objects = FRAMES["pandas, object strings"](table)
    texts = [name for name, cells in table.items() if cells.dtype == object]
    return objects if "object" in kind else objects.astype(dict.fromkeys(texts, "str"))


def _add(
    series: dict[str, list[tuple[float, float]]], size: int, contestants: Mapping[str, Callable[[], object]]
) -> None:
    rounds = 5 if size <= 1_000_000 else 2
    for name, times in timed_side_by_side(contestants, rounds=rounds).items():
        series.setdefault(name, []).append((size, times.least * 1e3))


def _figures(series: Mapping[str, Points], unit: str) -> Iterator[Row]:
    for name, points in series.items():
        for size, cost in points:
            yield Row(what=f"{size:,.0f} {unit}, {name}", measured=cost, unit="ms CPU")
