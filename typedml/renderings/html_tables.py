"""The sides of a counterexample as tables of a page: beside one another, the cells marked that differ."""

from __future__ import annotations

from collections.abc import Sequence

from typedml.renderings.tables import Column, Table, is_right, sides
from typedml.renderings.tags import Markup, name, prose, tag


def counterexample(tables: Sequence[Table]) -> Markup:
    """A figure for each side."""
    shown = [
        tag("figure", tag("figcaption", prose(side)) if side else None, *map(_table, held), class_="side")
        for side, held in sides(tables)
    ]
    return tag("div", *shown, class_="sides")


def _table(table: Table) -> Markup:
    title = tag("caption", name(table.title)) if table.title else None
    heads = [
        tag("th", *_head(column), scope="col", class_=_kind(column, first=_is_first(table, column)))
        for column in table.columns
    ]
    rows = [tag("tr", *(_cell(table, column, row) for column in table.columns)) for row in range(table.rows)]
    drawn = tag("table", title, tag("thead", tag("tr", *heads)), tag("tbody", *rows), class_="example")
    remark = tag("p", table.remark, class_="dim") if table.remark else None
    return tag("div", drawn if table.columns else None, remark, class_="rows")


def _head(column: Column) -> list[Markup]:
    unit = [tag("span", f"[{column.unit}]", class_="unit")] if column.unit else []
    return [name(column.head), *unit]


def _cell(table: Table, column: Column, row: int) -> Markup:
    shown = column.cells[row] if row < len(column.cells) else ""
    marked = column.is_marked(row)
    kind = _kind(column, first=_is_first(table, column), marked=marked)
    told = tag("mark", name(shown), title="differs") if marked else name(shown)
    return tag("td", told, class_=kind)


def _is_first(table: Table, column: Column) -> bool:
    """True for the first column that came out, which is set off from what went in."""
    return column is next((each for each in table.columns if each.role == "output"), None)


def _kind(column: Column, *, first: bool, marked: bool = False) -> str | None:
    kinds = ["number"] if is_right(column) else []
    kinds += [column.role] if column.role != "input" else []
    kinds += ["first"] if first else []
    return " ".join(kinds + (["wrong"] if marked else [])) or None
