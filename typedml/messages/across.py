"""Code that crosses from one kind to another by a function that is at hand: `CHURN(expit(z))`."""

from __future__ import annotations

import math
from typing import NamedTuple

from typedml.algebra.edge_table import FALLING, SHIPPED, crossing
from typedml.algebra.flow import flow
from typedml.algebra.meaning import Meaning, Operand
from typedml.algebra.mismatch import Reason, Remedy, Side
from typedml.messages.code import crossed
from typedml.messages.marks import Marked, Marking, marked
from typedml.messages.wording import describe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedml.algebra.edge_table import Edge
    from typedml.messages.steps import Case

NAMES_OF_MATH = frozenset(dir(math))
"""What the standard library has at hand for everybody."""


class Way(NamedTuple):
    """A function that leads across: its name, where it is from, and what it gives if not the target."""

    function: str
    origin: str = ""
    reached: Meaning | None = None


def cross(case: Case) -> str:
    """Return the hint that takes one side across an edge, and marks what it gives if need be."""
    mismatch = case.mismatch
    made, given = across(case)
    code, after = case.code(made.code), made.definition
    if mismatch.reason is Reason.NO_EDGE and case.whole:
        gives = "" if given is None else f" gives {describe(given)}"
        return f"{code} instead of {case.whole}: it{gives}{after}"
    remedy = Remedy(case.remedy.action, case.remedy.side, result=given)
    text = code + case._replace(remedy=remedy).makes("float") + after
    turns = FALLING in case.remedy.arguments
    return f"{text}, the larger the smaller: comparisons turn round" if turns else text


def across(case: Case) -> tuple[Marked, Meaning | None]:
    """Return the code that crosses, with the words for where its names are from, and what it gives."""
    target, way = case.remedy.result, _way(case)
    made = Marked(crossed(way.function, case.operand), "float")
    given = way.reached or target
    if given is not None and target is not None and case.mismatch.operation == "flow" and flow(given, target):
        made, given = marked(Marking(target, given, made.code, "float"), case.constants), target
    return made._replace(definition=made.definition + way.origin), given


def _way(case: Case) -> Way:
    """Return the function of an edge as it is called here, or another one that leads the same way."""
    function, target = case.remedy.arguments[0], case.remedy.result
    source = case.mismatch.right if case.remedy.side is Side.RIGHT else case.mismatch.left
    edge = _edge(source, target, function)
    reached = Meaning(edge.reached) if edge is not None else None
    if (
        case.functions is None
        or not function.isidentifier()
        or not isinstance(source, Meaning)
        or target is None
    ):
        return Way(function, reached=reached)
    named = case.functions(source, target, function)
    if named is not None:
        module, _, name = named.rpartition(":")
        return Way(name, f", with {name} from {module}" if module else "", reached)
    direct = case.functions(source, target, "")
    if direct is not None or edge is None or reached is None:
        return Way(direct or function)
    other = case.functions(source, reached, "")
    return Way(other, reached=reached) if other is not None else Way(function, _home(edge), reached)


def _edge(source: Operand | None, target: Meaning | None, function: str) -> Edge | None:
    if not isinstance(source, Meaning) or target is None:
        return None
    found = crossing(source.kind, target.kind)
    return found if found is not None and found.function == function else None


def _home(edge: Edge) -> str:
    """Return the words for where a function is from that nothing here is called by."""
    if edge not in SHIPPED:
        return ""
    if edge.function in NAMES_OF_MATH:
        return f", with {edge.function} from math"
    return f", with {edge.function} declared from {edge.source} to {edge.target}"
