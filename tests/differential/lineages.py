"""What may be said of a value by its names: kinds, those above them, and where operators lead."""

from __future__ import annotations

import re
from typing import Final

from tests.differential.expressions import JOINS, Node
from tests.differential.facts import FACTS, Fact
from tests.differential.verdicts import Difference, origins

TYPE: Final = re.compile(r'(?:float|int|str)\[((?:[^\[\]"]|\[[^\[\]]*\])*)\]')
BY_MESSAGE: Final = {fact.annotation.replace("UserId", "Identifier"): fact for fact in FACTS.values()}
# What results of operators may be of that nobody declares here.
LINEAGES: Final = {
    **{name: (*fact.names,) for name, fact in BY_MESSAGE.items() if fact.names},
    "LogDensity": ("LogDensity",), "Distance": ("Distance",), "Timestamp": ("Timestamp",),
    "Binary": ("Binary", "Probability", "Proportion"),
    "Simplex": ("Simplex", "Probability", "Proportion"), "Threshold[Probability]": ("Threshold",),
    "Radians": ("Radians",),
}  # fmt: skip
# The roots that an operator or a function may lead to, from whatever it is of.
LED_TO: Final = {
    "/": {"Proportion"}, "exp": {"Odds", "Proportion"}, "log": {"Logit", "LogDensity"},
    "-": {"Distance"}, "min": {"Threshold"}, "max": {"Threshold"},
}  # fmt: skip


def types(found: Difference) -> list[str]:
    """Return what stands in brackets: `float[Odds]` and `float[ZScore]` are `Odds` and `ZScore`."""
    return TYPE.findall(found.text)


def lineage(text: str) -> tuple[str, ...]:
    """Return the names of a kind and of those above it, nothing for a unit."""
    return LINEAGES.get(text, LINEAGES.get(text.partition(",")[0], ()))


def lineages(found: Difference) -> list[tuple[str, ...]]:
    return [lineage(each) for each in types(found)]


def roots(node: Node) -> set[str]:
    """Return the roots that a value may be of: those of its parts, and those that operators lead to."""
    derived = {root for each in origins(node) for root in LED_TO.get(each.op, ())}
    return {*node.roots} | derived | ({"Threshold"} if node.is_cut else set())


def of_refused_parts(found: Difference) -> bool:
    """What is made of something that was refused is of unknown meaning; the refusal is judged by itself."""
    return found.compromised


def is_cut_or_value(node: Node) -> bool:
    return node.op in JOINS and len({part.is_cut for part in node.parts[-2:]}) == 2


def has_zero_branch(node: Node) -> bool:
    return node.op == "if" and any(part.law.zero for part in node.parts[-2:])


def identity(node: Node) -> tuple[object, ...]:
    return (node.law, node.sort, node.roots, node.is_int)


def is_closed(node: Node, fact: Fact) -> bool:
    """Say whether an expression keeps a kind by the simplest of closures, which must be followed.

    A share of a share, its complement, its powers; the smaller of two of a kind, one of two, its size.
    """
    if node.fact is not None and node.op in ("name", "local"):
        return fact.names[0] in node.fact.names
    parts = node.parts
    if node.op in ("min", "max", "if", "pick"):
        return all(is_closed(part, fact) for part in parts[-2:])
    if node.op in ("abs", "pos", "float", "fmin", "fmax"):
        return is_closed(parts[0], fact)
    if "Proportion" not in fact.names:
        return False
    if node.op == "-":
        return parts[0].op == "literal" and bool((parts[0].values == 1).all()) and is_closed(parts[1], fact)
    if node.op == "*":
        return all(is_closed(part, fact) for part in parts)
    return node.op == "**" and parts[1].text in ("2", "3") and is_closed(parts[0], fact)
