"""The page of a kind: what it is, what operators and statistics do with it, and the ways out and in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from typedml.algebra.edge_table import Edge, kind_named, written
from typedml.algebra.kind import Kind, Sort
from typedml.algebra.meaning import Meaning
from typedml.algebra.mismatch import Reason
from typedml.algebra.ranges import UNBOUNDED
from typedml.algebra.unit import Unit
from typedml.cli.console import facts
from typedml.cli.explain_examples import (
    Answer,
    children,
    grouped,
    named,
    operations,
    statistics,
    with_parent,
)
from typedml.cli.explain_reading import symbol
from typedml.cli.explain_ways import FORMULA, edges_in, edges_out

BLANK = ("", " ")
SORTS: Mapping[Sort, str] = {
    Sort.VECTOR: "vector: adds with its own, multiplies and divides by the algebra of units",
    Sort.TORSOR: "torsor: differences are meaningful, sums are not; it moves by its differences",
    Sort.OPAQUE: "opaque: no arithmetic",
}
EXTENSIVE = {True: "extensive: the whole is the sum of its parts", False: "intensive", None: ""}
CUT_FACTS = (
    ("sort", "opaque: no arithmetic, but it compares with values of K and with other cuts on K"),
    ("range", "that of K"),
    ("declare", "x: Threshold[Probability]"),
    ("make", "THRESHOLD(x), the only way from a value of K to a cut"),
)


def kind_page(kind: Kind, marker: str = "") -> RenderableType:
    """Return everything there is to say of a kind, whose marker may have another name than its own."""
    parts = (_definition(kind), _answers(Meaning(kind)), _edges(kind), _use(kind, marker or kind.marker))
    first, *others = (part for part in parts if any(said for _, said in part))
    return facts([*first, *(row for part in others for row in (BLANK, *part))])


def meaning_page(meaning: Meaning) -> RenderableType:
    """Return what there is to say of a threshold, or of a kind in another unit than its own."""
    uncut = ("of", str(meaning.uncut)) if meaning.cut else ("", "")
    kind = meaning.kind
    rows: list[tuple[str, str | RenderableType]] = [
        uncut,
        ("sort", _sort(meaning)),
        ("range", str(meaning.range) if meaning.range != UNBOUNDED else "any number"),
        ("unit", _number_or(meaning.unit)),
        *_answers(meaning),
    ]
    if meaning.cut:
        rows += [("declare", f"x: {meaning}"), CUT_FACTS[-1]]
    elif kind is not None:
        rows += [("declare", f'x: Annotated[float, {kind.marker}, Unit("{meaning.unit}")]')]
    return facts(rows)


def _definition(kind: Kind) -> list[tuple[str, str | RenderableType]]:
    unit = kind.unit or kind.default_unit
    any_unit = "" if kind.unit else " unless another is declared"
    return [
        ("sort", _sort(Meaning(kind))),
        ("range", range_of(kind)),
        ("unit", _number_or(unit) + any_unit),
        ("parents", " < ".join(k.name for k in kind.lineage) if kind.ancestors else ""),
        ("children", ", ".join(children(kind))),
        ("period", f"{kind.period:g}" if kind.period else ""),
        ("counts from", kind.origin or ""),
        ("differences", _difference(kind)),
        ("aggregates", EXTENSIVE[kind.extensive]),
    ]


def _use(kind: Kind, marker: str) -> list[tuple[str, str | RenderableType]]:
    return [
        ("declare", f"x: {kind.name}, or for other carriers Annotated[..., {marker}]"),
        ("make", f"{marker}(x) checks x and returns it"),
    ]


def _answers(meaning: Meaning) -> list[tuple[str, str | RenderableType]]:
    # That most kinds are not cyclic is not worth a row on their pages.
    circular = Reason.CYCLE_NEEDED
    found = [each for each in statistics(meaning) if each.reason is not circular]
    rows = [("operators", operations(meaning)), ("statistics", found)]
    if meaning.kind is not None and not meaning.cut:
        parent = meaning.kind.parent
        related = with_parent(meaning.kind)
        rows.insert(1, (_beside(meaning.kind, parent) if parent else "", related))
    return [(name, _groups(answers, str(meaning))) for name, answers in rows if answers]


def _beside(kind: Kind, parent: Kind) -> str:
    letter, _ = named(Meaning(kind), Meaning(parent))["d"]
    return f"{letter}: {parent}"


def _groups(answers: Iterable[Answer], own: str) -> RenderableType:
    """Return what was asked, beside what it gives: its own meaning first, what is refused last."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, min_width=12)
    grid.add_column(overflow="fold")
    given, refused = grouped(answers)
    for meaning, texts in sorted(given, key=lambda group: group[0] != own):
        grid.add_row(Text("a number" if meaning == "1" else meaning, "green"), Text(texts))
    for reason, texts in refused:
        grid.add_row(Text("refused", "red"), Text.assemble(texts, (f"  {reason}", "dim")))
    return grid


def _edges(kind: Kind) -> list[tuple[str, str | RenderableType]]:
    own = symbol(Meaning(kind), ())
    out = [(each.target, written(each.function, own), each) for each in edges_out(kind)]
    into = [
        (each.source, written(each.function, symbol(Meaning(kind_named(each.source)), ())), each)
        for each in edges_in(kind)
    ]
    return [("leads to", _ways(out)), ("comes from", _ways(into))]


def _ways(rows: list[tuple[str, str, Edge]]) -> str | RenderableType:
    if not rows:
        return ""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, min_width=12)
    grid.add_column(no_wrap=True)
    grid.add_column(style="dim")
    for name, code, each in rows:
        grid.add_row(Text(name, "green"), Text(code), Text(_follows(each)))
    return grid


def _follows(each: Edge) -> str:
    if each.monotone == FORMULA:
        return FORMULA
    return f"{each.monotone}: thresholds follow" if each.monotone else "sees all values at once"


def range_of(kind: Kind) -> str:
    """Return the range of a kind in words."""
    range_ = "any number" if kind.range == UNBOUNDED else str(kind.range)
    return range_ + (", whole numbers" if kind.integral else "")


def _number_or(unit: Unit) -> str:
    return "a pure number" if unit.is_number else str(unit)


def _difference(kind: Kind) -> str:
    if kind.sort is not Sort.TORSOR or kind.encoded:
        return ""
    return f"{_number_or(kind.default_unit.delta())}, called d below"


def _sort(meaning: Meaning) -> str:
    kind = meaning.kind
    if meaning.cut:
        return (
            f"{SORTS[Sort.OPAQUE]}, but it compares with values of {meaning.uncut} and with other such cuts"
        )
    if kind is None or kind.sort is not Sort.OPAQUE:
        return SORTS[meaning.sort]
    own = ", but it compares with its own" if kind.ordered else ", and compares for equality only"
    return SORTS[kind.sort] + own
