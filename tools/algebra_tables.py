"""The tables of docs/kinds.md, and how cells are written: each is an answer of the algebra, none is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from typedml.algebra.catalogue import KINDS
from typedml.algebra.functions import apply
from typedml.algebra.judgement import judged
from typedml.algebra.kind import Kind, Sort
from typedml.algebra.meaning import Literal, Meaning, Operand, Unknown
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.reading import read
from typedml.algebra.unit import Unit
from typedml.cli.explain_kind import range_of

Row = Sequence[str]

NO = "–"
"""What stands in a cell that is refused."""

COLUMNS = (
    ("sum",),
    ("mean",),
    ("median", "quantile"),
    ("min", "max"),
    ("std",),
    ("var",),
    ("diff",),
    ("circmean",),
)
"""The statistics of the table of kinds; those in one column must agree for every kind."""


def markdown(header: Row, rows: Iterable[Row]) -> str:
    """Return a table of Markdown; bars inside of code would end a cell."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def said(answer: Operand | Mismatch, own: str = "") -> str:
    """Return an answer as a cell: its meaning, `itself` where that is what went in, or that it is refused."""
    if isinstance(answer, Mismatch):
        return NO
    if isinstance(answer, Unknown):
        return "plain"
    text = "number" if isinstance(answer, Literal) or str(answer) == "1" else str(answer)
    return "itself" if text == own else text


def kinds() -> str:
    """Return the table of all kinds: what they are, and what statistics make of them."""
    header = ["kind", "parent", "sort", "range", "unit", "parts add up"]
    return markdown([*header, *(", ".join(column) for column in COLUMNS)], map(_kind, KINDS.values()))


def _kind(kind: Kind) -> Row:
    unit = "" if kind.unit is not None or kind.default_unit.is_number else " by default"
    extensive = {True: "yes", False: "no", None: ""}[kind.extensive]
    parent = str(kind.parent or "")
    own = [f"`{kind}`", parent, _sort(kind), range_of(kind), f"{kind.default_unit}{unit}", extensive]
    return [*own, *(_column(kind, column) for column in COLUMNS)]


def _sort(kind: Kind) -> str:
    remarks = {"cyclic": kind.is_cyclic, "encoded": kind.encoded, "unordered": not kind.ordered}
    found = [name for name, holds in remarks.items() if holds]
    return kind.sort.value + (f", {', '.join(found)}" if found else "")


def _column(kind: Kind, column: Sequence[str]) -> str:
    cells = {said(apply(name, Meaning(kind)), str(kind)) for name in column}
    if len(cells) != 1:
        raise SystemExit(f"{', '.join(column)} differ on {kind}\nHint: give each a column of its own")
    return cells.pop()


def points() -> str:
    """Return the table of points: from where they count, how they come round, what their differences are."""
    found = [kind for kind in KINDS.values() if kind.sort is Sort.TORSOR]
    header = ["kind", "counts from", "period", "differences"]
    return markdown(header, ([f"`{kind}`", _origin(kind), _period(kind), _delta(kind)] for kind in found))


def _origin(kind: Kind) -> str:
    if kind.origin:
        return kind.origin
    unit = kind.default_unit
    if unit.origin is None or isinstance(unit.origin, str):
        return unit.origin or ""
    return f"{float(unit.origin):g} {Unit(unit.dimension)}"


def _period(kind: Kind) -> str:
    return "" if kind.period is None else f"{kind.period:g}"


def _delta(kind: Kind) -> str:
    return said(judged(read("x - y", dict.fromkeys("xy", Meaning(kind)))).answer)
