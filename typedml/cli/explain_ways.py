"""The ways from one kind to another: one edge, or two and three in a row where no single one leads there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from typedml.algebra.edge_table import FALLING, RISING, Edge, edges, written
from typedml.algebra.kind import Kind
from typedml.algebra.shapes import EDGES

LONGEST = 3
SHOWN = 4
FORMULA = "a formula"
"""What is said of an edge without a name, of which nobody says whether it rises."""


class Way(NamedTuple):
    """The code that leads from a value to another kind, and the edges that it crosses."""

    code: str
    edges: tuple[Edge, ...]

    @property
    def reached(self) -> Kind:
        """Return the kind of what the code gives."""
        return self.edges[-1].reached

    @property
    def monotone(self) -> str:
        """Say whether larger values lead to larger ones, and a threshold with them."""
        directions = {each.monotone for each in self.edges}
        if FORMULA in directions:
            return FORMULA
        if None in directions:
            return "sees all values at once"
        falling = sum(each.monotone == FALLING for each in self.edges) % 2
        return FALLING if falling else RISING


def all_edges() -> list[Edge]:
    """Return the named edges, and the first formula of those that have no name."""
    found = list(edges())
    for formula, source, target in EDGES:
        if all((each.source, each.target) != (source, target) for each in found):
            found.append(Edge(source, target, re.sub(r"\b[a-z]\b", "x", formula), FORMULA))
    return found


def edges_out(kind: Kind) -> list[Edge]:
    """Return the edges that leave a kind or its ancestors."""
    return [each for each in all_edges() if kind.is_named(each.source)]


def edges_in(kind: Kind) -> list[Edge]:
    """Return the edges that lead to a kind or a child of it."""
    return [each for each in all_edges() if each.reached.descends_from(kind)]


def ways(source: Kind, target: Kind, operand: str) -> list[Way]:
    """Return the shortest ways from a kind to another or to a child of it, as code around `operand`."""
    front, seen = [Way(operand, ())], {source}
    for _ in range(LONGEST):
        front = list(_further(front, source))
        found = [way for way in front if way.reached.descends_from(target)]
        if found:
            # First those that a threshold follows.
            return sorted(found, key=lambda way: way.monotone not in (RISING, FALLING))[:SHOWN]
        front = [way for way in front if way.reached not in seen]
        seen |= {way.reached for way in front}
    return []


def _further(front: Iterable[Way], source: Kind) -> Iterable[Way]:
    for way in front:
        here = way.reached if way.edges else source
        for each in edges_out(here):
            yield Way(_around(way.code, each), (*way.edges, each))


def _around(code: str, each: Edge) -> str:
    """Return the code that crosses one more edge; a call inside of a formula needs no parentheses."""
    outer = written(each.function, code)
    is_call = code.endswith(")") and code.partition("(")[0].isidentifier()
    return outer.replace(f"({code})", code) if is_call and not each.function.isidentifier() else outer
