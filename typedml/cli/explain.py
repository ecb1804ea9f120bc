"""`typedml explain THING`: what an error code, a kind, a unit or an expression means, and by which rule.

typedml explain typedml-unit               the page of an error code, with a failing and a fixed case
typedml explain km/hour                    dimension, exact scale and origin of a unit
typedml explain Probability                what a kind is, and what operators and statistics do with it
typedml explain "Probability + Logit"      what an expression means, or why it is refused
typedml explain "Logit -> Probability"     the ways from one kind to another
typedml explain causal                     a law
typedml explain scope                      a word of @feature
"""

from pathlib import Path

import click
from rich.console import Console, RenderableType

from typedml.algebra.catalogue import KINDS
from typedml.algebra.errors import UnitError
from typedml.algebra.meaning import Meaning
from typedml.algebra.registry import default_registry
from typedml.cli.console import console, facts, title
from typedml.cli.explain_crossing import crossing_page
from typedml.cli.explain_expression import expression_page
from typedml.cli.explain_kind import CUT_FACTS, kind_page, meaning_page
from typedml.cli.explain_law import law_page
from typedml.cli.explain_reading import (
    CUT,
    LONGEST,
    WHERE,
    known,
    meaning_named,
    nearest,
    question,
    reference_name,
    shortened,
)
from typedml.cli.explain_unit import unit_page
from typedml.cli.failure import Failure

PAGES = Path(__file__).parents[1] / "messages" / "pages"
PREFIX = "typedml-"
CROSSINGS = ("->", "→", " to ")
PIPED = 240


# An expression may begin with a minus.
@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("thing", required=False)
def explain(thing: str | None) -> None:
    """Explain a code, kind, unit, expression, law or word of @feature; without one, list codes and kinds.

    \b
    typedml explain typedml-unit
    typedml explain Probability
    typedml explain km/hour
    typedml explain "Probability + Logit"
    typedml explain "w * p + (1 - w) * q where p, q: Probability, w: Proportion"
    typedml explain "Logit -> Probability"
    typedml explain causal
    typedml explain scope
    """
    out = _screen()
    if thing is None:
        return out.print(_everything())
    for shown in _shown(thing.strip()):
        out.print(shown)
    return None


def page_names() -> list[str]:
    """Return the error codes that have a page."""
    return sorted(path.stem for path in PAGES.glob("*.md"))


def _screen() -> Console:
    """Return the console; in a pipe nothing is wrapped, since whoever reads it searches for whole lines."""
    import os

    out = console()
    if not out.is_terminal and "COLUMNS" not in os.environ:
        out.width = PIPED
    return out


def _shown(thing: str) -> tuple[RenderableType, ...]:
    """Return the page of whatever was named."""
    if len(thing) > LONGEST:
        raise Failure(f"the text has {len(thing)} characters", f"at most {LONGEST} are read")
    if not thing:
        raise Failure("nothing is named", 'name a kind, a unit or an expression: "Probability + Logit"')
    code = _page(thing)
    if code is not None:
        return (code,)
    if thing == CUT:
        return title(CUT, "of a kind K"), facts(CUT_FACTS)
    if WHERE not in f"{thing} ":
        sides = next((thing.split(arrow) for arrow in CROSSINGS if arrow in thing), [])
        if len(sides) == 2:
            return title(thing), crossing_page(*(meaning_named(side.strip()) for side in sides))
        named = known(thing)
        if named is not None:
            return _named(named, reference_name(thing))
        law = law_page(thing)
        if law is not None:
            return law
        unit = _unit_page(thing)
        if unit is not None:
            return unit
    return title(shortened(thing)), expression_page(question(thing))


def _named(meaning: Meaning, marker: str = "") -> tuple[RenderableType, ...]:
    if meaning.kind is None or meaning.cut or meaning.unit != meaning.kind.default_unit:
        is_unit = meaning.kind is None and not meaning.cut
        page = unit_page(meaning.unit) if is_unit else meaning_page(meaning)
        return title(str(meaning), "a unit" if is_unit else "a meaning"), page
    return title(meaning.kind.name, "a kind"), kind_page(meaning.kind, marker)


def _unit_page(thing: str) -> tuple[RenderableType, ...] | None:
    """Return the page of a unit, None if an expression is meant.

    Raises: Failure if it is a word or a product of words and no unit.
    """
    try:
        unit = default_registry().unit(thing)
    except UnitError as error:
        if not _is_word(thing):
            return None
        near = _near(thing)
        raise Failure(error.fact, near or error.hint) from error
    is_call = "(" in thing and not thing.startswith("(")
    return None if is_call else (title(str(unit), "a unit"), unit_page(unit))


def _is_word(thing: str) -> bool:
    return not thing.startswith("-") and thing.replace("-", "_").isidentifier()


def _near(thing: str) -> str | None:
    from difflib import get_close_matches

    codes = [*page_names(), *(code.removeprefix(PREFIX) for code in page_names())]
    near = get_close_matches(thing, codes, n=1)
    return nearest(thing) or (f"did you mean the code {near[0]}?" if near else None)


def _page(thing: str) -> RenderableType | None:
    from rich.markdown import Markdown

    code = thing if thing.startswith(PREFIX) else PREFIX + thing
    if code not in page_names():
        if thing.startswith(PREFIX):
            raise Failure(
                f'there is no error code "{shortened(thing)}"', "the codes are " + ", ".join(page_names())
            )
        return None
    return Markdown((PAGES / f"{code}.md").read_text(encoding="utf-8"), code_theme="ansi_dark")


def _everything() -> RenderableType:
    rows = [
        ("codes", ", ".join(page_names())),
        ("kinds", ", ".join(KINDS)),
        ("units", "any, such as km/hour"),
        ("expressions", 'of kinds and units, such as "Probability + Logit" or "mean(Celsius)"'),
        ("ways", 'from one to another, such as "Logit -> Probability" or "minute -> hour"'),
    ]
    return facts(rows)
