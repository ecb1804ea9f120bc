"""HTML and SVG built from pieces, so that text is escaped by construction: only `Markup` is not."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import final

from typedml.renderings.inert import inert

_VOID = frozenset({"meta", "rect", "line", "path"})


@final
class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def tag(element: str, /, *children: str | None, **attributes: object) -> Markup:
    """An element; children that are no `Markup` are text, and so are the values of attributes.

    An attribute that is None is left out; `class_` is `class`, and `aria_label` is `aria-label`.

    >>> tag("b", "1 < 2", class_="x")
    '<b class="x">1 &lt; 2</b>'
    """
    stated = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if element in _VOID:
        return Markup(f"<{element}{stated}>" if element == "meta" else f"<{element}{stated}/>")
    return Markup(f"<{element}{stated}>{joined(children)}</{element}>")


def joined(pieces: Iterable[str | None], between: str = "") -> Markup:
    """Pieces one after the other."""
    told = (piece if isinstance(piece, Markup) else text(piece) for piece in pieces if piece is not None)
    return Markup(between.join(told))


def text(value: object) -> str:
    """Text that no browser takes for markup."""
    return html.escape(inert(value), quote=True)


def prose(value: object) -> Markup:
    """A sentence, in which what stands between backticks is code.

    >>> prose("`a < b` must hold")
    '<code>a &lt; b</code> must hold'
    """
    parts = str(value).split("`")
    if len(parts) % 2 == 0:
        return Markup(text(value))
    return joined(tag("code", part) if place % 2 else part for place, part in enumerate(parts))


def name(value: object) -> Markup:
    """A name or a value, kept apart from the direction of writing around it."""
    return tag("bdi", str(value))
