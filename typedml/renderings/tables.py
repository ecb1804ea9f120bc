"""Small tables that show a counterexample: what went in and what came out, with the cells marked that differ.

>>> delay = Column("delay", "minute", ("10", "20"))
>>> late = Column("late", "", ("False", "True"), (False, True), role="output")
>>> print(text([Table("after", "", (delay, late))]))
after
  delay      -> late
  [minute]
        10   False
        20   True <--
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Literal, final

import attrs

from typedml.renderings.inert import inert

WIDTH = 100
GAP = 6
MARK = " <--"

Role = Literal["row", "input", "output", "wanted"]
Style = Literal["", "side", "title", "unit", "row", "mark", "wanted", "remark"]
Segment = tuple[str, Style]
Line = tuple[Segment, ...]


@final
@attrs.frozen
class Column:
    """One column: its name, its unit or kind, its cells as they are shown, and which of them are marked.

    `role` says whether it numbers the rows, went in, came out, or ought to have come out.
    """

    head: str
    unit: str = ""
    cells: tuple[str, ...] = ()
    marks: tuple[bool, ...] = ()
    role: Role = "input"

    def is_marked(self, row: int) -> bool:
        """True where the cell of this row is one that differs."""
        return row < len(self.marks) and self.marks[row]


@final
@attrs.frozen
class Table:
    """A table of one side of a counterexample; `remark` stands below it."""

    side: str
    title: str
    columns: tuple[Column, ...]
    remark: str = ""

    @property
    def rows(self) -> int:
        """How many rows are shown."""
        return max((len(column.cells) for column in self.columns), default=0)


def sides(tables: Sequence[Table]) -> list[tuple[str, list[Table]]]:
    """The tables of each side, in order."""
    return [(side, list(group)) for side, group in itertools.groupby(tables, key=lambda table: table.side)]


def text(tables: Sequence[Table], width: int = WIDTH) -> str:
    """The tables as plain text."""
    return "\n".join("".join(part for part, _ in line).rstrip() for line in lines(tables, width))


def lines(tables: Sequence[Table], width: int = WIDTH) -> list[Line]:
    """The tables as lines of styled text: the sides beside one another where they fit, else below.

    A table that is wider still goes on below, a few columns at a time.
    """
    blocks = [_block(inert(side), [_inert(table) for table in held], width) for side, held in sides(tables)]
    widths = [max(map(_length, block), default=0) for block in blocks]
    if len(blocks) > 1 and sum(widths) + GAP * (len(blocks) - 1) <= width:
        return list(_beside(blocks, widths))
    stacked: list[Line] = []
    for block in blocks:
        stacked += [(), *block] if stacked else block
    return stacked


def _inert(table: Table) -> Table:
    """The table as nothing that shows it obeys it."""
    columns = (
        attrs.evolve(
            column, head=inert(column.head), unit=inert(column.unit), cells=tuple(map(inert, column.cells))
        )
        for column in table.columns
    )
    return Table("", inert(table.title), tuple(columns), inert(table.remark))


def _beside(blocks: Sequence[list[Line]], widths: Sequence[int]) -> Iterator[Line]:
    for row in itertools.zip_longest(*blocks, fillvalue=()):
        joined: Line = ()
        for line, width in zip(row, widths, strict=True):
            joined += (*line, (" " * (width - _length(line) + GAP), ""))
        yield joined[:-1]


def _length(line: Line) -> int:
    return sum(len(part) for part, _ in line)


def _block(side: str, tables: Sequence[Table], width: int) -> list[Line]:
    found: list[Line] = [((side, "side"),)] if side else []
    for place, table in enumerate(tables):
        found += [()] if place and table.columns else []
        if table.title:
            found.append(((f"  {table.title}", "title"),))
        for part, narrow in enumerate(_parts(table, width)):
            found += [(), *_grid(narrow)] if part else _grid(narrow)
        if table.remark:
            found.append(((f"  {table.remark}", "remark"),))
    return found


def _parts(table: Table, width: int) -> Iterator[Table]:
    """The table, or tables of some of its columns that fit; each has the numbers of its rows.

    What came out stays beside what ought to have come out.
    """
    numbers = [column for column in table.columns if column.role == "row"]
    held: list[Column] = []
    for _, group in itertools.groupby(table.columns, key=_together):
        fresh = [column for column in group if column.role != "row"]
        if held and fresh and _width(_of_columns(table, [*numbers, *held, *fresh])) > width:
            yield _of_columns(table, [*numbers, *held])
            held = []
        held += fresh
    if held or numbers:
        yield _of_columns(table, [*numbers, *held])


def _together(column: Column) -> object:
    """Columns of one key are not parted: an input stands for itself."""
    return "out" if column.role in ("output", "wanted") else id(column)


def _of_columns(table: Table, columns: Sequence[Column]) -> Table:
    return attrs.evolve(table, columns=tuple(columns))


def _width(table: Table) -> int:
    return max(map(_length, _grid(table)), default=0)


def _grid(table: Table) -> list[Line]:
    heads = list(_heads(table.columns))
    units = [f"[{column.unit}]" if column.unit else "" for column in table.columns]
    widths = [
        max(len(head), len(unit) + _indent(head), *map(len, column.cells), 1)
        for head, unit, column in zip(heads, units, table.columns, strict=True)
    ]
    found = [_line(table, [_Cell(head, "title") for head in heads], widths)] if any(heads) else []
    if any(units):
        indented = [" " * _indent(head) + unit for head, unit in zip(heads, units, strict=True)]
        found.append(_line(table, [_Cell(unit, "unit") for unit in indented], widths))
    return found + [_line(table, _cells(table, row), widths) for row in range(table.rows)]


def _heads(columns: Sequence[Column]) -> Iterator[str]:
    """The names; what comes out is set off by an arrow."""
    first = next((place for place, column in enumerate(columns) if column.role == "output"), None)
    for place, column in enumerate(columns):
        yield f"-> {column.head}" if place == first else column.head


def _indent(head: str) -> int:
    return 3 if head.startswith("-> ") else 0


@final
@attrs.frozen
class _Cell:
    shown: str
    style: Style
    right: bool = False
    marked: bool = False


_STYLES: dict[Role, Style] = {"row": "row", "input": "", "output": "", "wanted": "wanted"}


def _cells(table: Table, row: int) -> list[_Cell]:
    found = []
    for column in table.columns:
        shown = column.cells[row] if row < len(column.cells) else ""
        marked = column.is_marked(row)
        style = "mark" if marked else _STYLES[column.role]
        found.append(_Cell(shown, style, is_right(column), marked))
    return found


def _line(table: Table, cells: Sequence[_Cell], widths: Sequence[int]) -> Line:
    line: list[Segment] = [("  ", "")]
    for place, (cell, width, column) in enumerate(zip(cells, widths, table.columns, strict=True)):
        room = width + (len(MARK) if any(column.marks) else 0)
        shown = cell.shown.rjust(width) if cell.right else cell.shown
        line.append((shown, cell.style))
        if cell.marked:
            line.append((MARK, "mark"))
        pad = room - len(shown) - (len(MARK) if cell.marked else 0)
        line.append((" " * (pad + 3 * (place < len(widths) - 1)), ""))
    return tuple(line)


def is_right(column: Column) -> bool:
    """True for numbers, which stand at the right of their column."""
    return all(_is_number(cell) for cell in column.cells)


def _is_number(shown: str) -> bool:
    return shown in ("null", "nan", "inf", "-inf") or shown[:1].isdigit() or shown[:2].strip("-.").isdigit()
