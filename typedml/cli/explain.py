"""`typedml explain THING`: what an error code, a unit or a kind means.

typedml explain typedml-unit     the page of an error code, with a failing and a fixed case
typedml explain km/hour          dimension, exact scale and origin of a unit
typedml explain Probability      sort, range and ancestors of a kind
"""

from collections.abc import Mapping
from pathlib import Path

import click
from rich.console import RenderableType

from typedml.algebra.catalogue import KINDS
from typedml.algebra.errors import UnitError
from typedml.algebra.kind import Kind, Sort, marker_name
from typedml.algebra.ranges import UNBOUNDED
from typedml.algebra.registry import default_registry
from typedml.algebra.unit import Unit
from typedml.cli.console import console, facts, title
from typedml.cli.failure import Failure

PAGES = Path(__file__).parents[1] / "messages" / "pages"
PREFIX = "typedml-"

SORTS: Mapping[Sort, str] = {
    Sort.VECTOR: "vector: adds with its own, multiplies and divides by the algebra of units",
    Sort.TORSOR: "torsor: differences are meaningful, sums are not; it moves by its differences",
    Sort.OPAQUE: "opaque: no arithmetic",
}
EXTENSIVE = {True: "extensive: the whole is the sum of its parts", False: "intensive", None: ""}

MARKERS = {marker_name(name): name for name in KINDS}
CUT = "Threshold"
CUT_FACTS = (
    ("sort", "opaque: no arithmetic, but it compares with values of K and with other cuts on K"),
    ("range", "that of K"),
    ("declare", "x: Threshold[Probability]"),
    ("make", "THRESHOLD(x), the only way from a value of K to a cut"),
)


@click.command()
@click.argument("thing", required=False)
def explain(thing: str | None) -> None:
    """Explain an error code, a unit or a kind; without one, list the codes and kinds."""
    out = console()
    if thing is None:
        return out.print(_everything())
    page = _page(thing)
    if page is not None:
        return out.print(page)
    if thing == CUT:
        return out.print(title(CUT, "of a kind K"), facts(CUT_FACTS))
    thing = MARKERS.get(thing, thing)
    if thing in KINDS:
        return out.print(title(thing, "a kind"), _kind(KINDS[thing]))
    unit = _unit(thing)
    return out.print(title(str(unit), "a unit"), _describe(unit))


def page_names() -> list[str]:
    """Return the error codes that have a page."""
    return sorted(path.stem for path in PAGES.glob("*.md"))


def _page(thing: str) -> RenderableType | None:
    from rich.markdown import Markdown

    code = thing if thing.startswith(PREFIX) else PREFIX + thing
    path = PAGES / f"{code}.md"
    if code not in page_names():
        if thing.startswith(PREFIX):
            raise Failure(f'there is no error code "{thing}"', "the codes are " + ", ".join(page_names()))
        return None
    return Markdown(path.read_text(encoding="utf-8"), code_theme="ansi_dark")


def _everything() -> RenderableType:
    rows = [
        ("codes", ", ".join(page_names())),
        ("kinds", ", ".join(KINDS)),
        ("units", "any, such as km/hour"),
    ]
    return facts(rows)


def _kind(kind: Kind) -> RenderableType:
    children = [k.name for k in KINDS.values() if k.parent is kind]
    unit = kind.unit or kind.default_unit
    any_unit = "" if kind.unit else " unless another is declared"
    return facts(
        [
            ("sort", SORTS[kind.sort] + _comparison(kind)),
            ("range", _range(kind)),
            ("unit", ("a pure number" if unit.is_number else str(unit)) + any_unit),
            ("parents", " < ".join(k.name for k in kind.lineage) if kind.ancestors else ""),
            ("children", ", ".join(children)),
            ("period", f"{kind.period:g}" if kind.period else ""),
            ("aggregates", EXTENSIVE[kind.extensive]),
            ("mean", "has the kind too" if kind.mean else "has not the kind"),
            ("declare", f"x: {kind.name}, or for other carriers Annotated[..., {kind.marker}]"),
            ("make", f"{kind.marker}(x) checks x and returns it"),
        ]
    )


def _range(kind: Kind) -> str:
    range_ = "any number" if kind.range == UNBOUNDED else str(kind.range)
    return range_ + (", whole numbers" if kind.integral else "")


def _comparison(kind: Kind) -> str:
    if kind.sort is not Sort.OPAQUE:
        return ""
    return ", but it compares with its own" if kind.ordered else ", and compares for equality only"


def _unit(text: str) -> Unit:
    try:
        return default_registry().unit(text)
    except UnitError as error:
        from difflib import get_close_matches

        near = get_close_matches(
            text, [*KINDS, *page_names(), *(c.removeprefix(PREFIX) for c in page_names())], n=1
        )
        hint = f"did you mean the {'kind' if near[0] in KINDS else 'code'} {near[0]}?" if near else error.hint
        raise Failure(error.fact, hint) from error


def _describe(unit: Unit) -> RenderableType:
    base = Unit(unit.dimension * unit.tags)
    return facts(
        [
            ("dimension", str(Unit(unit.dimension)) if unit.dimension else "a pure number"),
            ("counts", _plain(Unit(unit.tags)) if unit.tags else ""),
            ("scale", _scale(unit, base)),
            ("zero point", _origin(unit)),
            ("differences", str(unit.delta()) if unit.is_point else ""),
            ("declare", f'Annotated[float, Unit("{unit}")]'),
        ]
    )


def _scale(unit: Unit, base: Unit) -> str:
    ratio = Unit(unit.vector).ratio(base)
    exact = ratio.exact
    figure = f"{float(ratio):.12g}"
    if exact is not None:
        figure = str(exact) if exact.denominator == 1 else f"{exact} ({figure})"
    return f"1 {unit.delta()} = {figure}{'' if base.is_number else f' {_plain(base)}'}"


def _plain(unit: Unit) -> str:
    """Return the text of a unit without the marks that tell tags from base units."""
    return str(unit).replace("#", "")


def _origin(unit: Unit) -> str:
    if unit.origin is None:
        return ""
    if isinstance(unit.origin, str):
        return unit.origin
    return f"{float(unit.origin):.12g} {Unit(unit.dimension)}"
