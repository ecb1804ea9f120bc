"""Why mypy may accept what the oracle finds wrong: each rule looks at one expression."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tests.differential.expressions import COMPARISONS, Node
from tests.differential.facts import FACTS
from tests.differential.lineages import (
    has_zero_branch,
    identity,
    is_closed,
    is_cut_or_value,
    of_refused_parts,
)
from tests.differential.transformations import ABSOLUTE
from tests.differential.verdicts import Difference

BESIDE: Final = COMPARISONS | {"+", "-", "%", "min", "max"}
CALCULATED: Final = frozenset({"+", "-", "*", "/", "**", "//", "%", "abs", "fabs"})


def _is_alike(one: Node, other: Node) -> bool:
    """Say whether mypy says the same of two operators, word for word."""
    return one.op == other.op and list(map(_printed, one.parts)) == list(map(_printed, other.parts))


def _printed(node: Node) -> tuple[object, ...]:
    return ("literal", node.is_int) if node.op == "literal" else identity(node)


def _calculates(node: Node) -> bool:
    """Say whether there is arithmetic with points or labels in an expression."""
    return any(
        each.op in CALCULATED
        and any(part.sort in ("torsor", "opaque") or is_cut_or_value(part) for part in each.parts)
        for each in node.walk()
    )


def _is_bare(node: Node) -> bool:
    """Say whether it is a number of no kind: `count / count` is one."""
    kept = any(is_closed(node, FACTS[root]) for root in node.roots if root in FACTS)
    return node.law.zero or (node.law == ABSOLUTE and not kept)


def _number_beside_name(found: Difference) -> bool:
    """A plain number compares with a score, a label or a logit: it is one, as a literal would be."""
    node = found.node
    if node.op not in COMPARISONS | {"min", "max"} or found.fault != "unlike":
        return False
    one, other = node.parts
    for bare, kind in ((one, other), (other, one)):
        unitless = kind.sort == "opaque" or (kind.law.is_point and not kind.law.exponents)
        if _is_bare(bare) and unitless:
            return True
    return False


def _number_beside_cut(found: Difference) -> bool:
    """A number without a unit compares with a share's cut, as it does with a share: `p + q > cut`."""
    if found.node.op not in COMPARISONS | {"min", "max"} or found.fault != "unlike":
        return False
    one, other = found.node.parts
    return (one.is_cut and other.law == ABSOLUTE) or (other.is_cut and one.law == ABSOLUTE)


def _level(found: Difference) -> bool:
    """The logarithm of a quantity is a level re its unit: rescaling shifts it."""
    node = found.node
    return node.op == "log" and node.parts[0].law.is_meaningful and node.parts[0].sort == "vector"


def _size_of_logit(found: Difference) -> bool:
    """The size of a logit is it or its mirror image, which are logits both."""
    if found.node.op not in ("abs", "fabs"):
        return False
    part = found.node.parts[0]
    return part.scaled or part.law.origins == ["even odds"]


def _unused_choice(found: Difference) -> bool:
    """A ternary may be of several meanings; using it beside another value is what is refused."""
    refused = {id(node) for node in found.refused}
    used = [each for each in found.statement.node.walk() if any(part is found.node for part in each.parts)]
    beside = [each for each in used if each.op in BESIDE]
    return found.node.op == "if" and all(any(id(n) in refused for n in each.walk()) for each in beside)


def _number_in_a_branch(found: Difference) -> bool:
    """A ternary is a plain number where one of its branches is, and such go beside one another."""
    return found.node.op == "if" and any(map(_is_bare, found.node.parts[-2:]))


def _zero_in_a_branch(found: Difference) -> bool:
    """`leg if flag else 0.0` is a plain number to the operator beside it."""
    return found.node.op in BESIDE and any(map(has_zero_branch, found.node.parts))


def _in_place(found: Difference) -> bool:
    """A step in place is no part of a whole: `margin += x - other` is taken for a number added to it."""
    in_place = found.statement.operator is not None and found.node is found.statement.node
    return in_place and found.node.parts[1].pending


def _several_in_display(found: Difference) -> bool:
    """A display of several meanings is a list of plain numbers."""
    return found.node.op == "pick" and found.fault in ("unlike", "no law")


def _edge_from(found: Difference) -> bool:
    """The exponential of a logit is odds, and the logarithm of a share's cut is a cut."""
    if found.node.op not in ("exp", "log"):
        return False
    part = found.node.parts[0]
    return part.is_cut if found.node.op == "log" else part.scaled or part.law.origins == ["even odds"]


def _of_cut_or_value(found: Difference) -> bool:
    """What is chosen of a cut and a number is a number to mypy."""
    return found.fault in ("opaque", "unlike") and any(map(is_cut_or_value, found.node.parts))


def _is_told_once(found: Difference) -> bool:
    """A line says the same thing once, and a statement what is wrong with its points and labels."""
    return any(
        any(_is_alike(each, part) for part in found.node.walk())
        or (_calculates(each) and _calculates(found.node))
        for each in found.refused
    )


def _tenth(found: Difference) -> bool:
    """A tenth of a level is a step of `10 ** (level / 10)`, and a twentieth that of an amplitude."""
    return any(
        node.op == "/" and node.parts[0].law.origins == ["reference power"] and node.parts[1].text == "10"
        for node in found.node.walk()
    )


def _cancelled(found: Difference) -> bool:
    """What is added and taken away again is not looked into: x in `x + (t - x)`, and in `x - (x - t)`."""
    return any(
        node.op in ("+", "-")
        and node.parts[1].op == "-"
        and node.parts[0].text == node.parts[1].parts[node.op == "+"].text
        and (found.node.text in node.parts[0].text or found.node is node.parts[1])
        for node in found.statement.node.walk()
    )


def _period(found: Difference) -> bool:
    """Seconds and minutes go by sixties: `seconds % 60` has its period written beside it."""
    if found.node.op != "%":
        return False
    turning, period = found.node.parts
    names = [name for name, power in turning.law.exponents if power == 1]
    return period.text == "60" and names in (["second"], ["minute"])


MISSES: Final[dict[str, Callable[[Difference], bool]]] = {
    "a plain number stands for a unitless value": _number_beside_name,
    "a number compares with a cut as it does with a share": _number_beside_cut,
    "the logarithm of a quantity is a level": _level,
    "the size of a logit is a logit": _size_of_logit,
    "one of two meanings is refused when it is used": _unused_choice,
    "a number in one branch leaves a plain number": _number_in_a_branch,
    "a zero in one branch leaves a plain number": _zero_in_a_branch,
    "a display of several meanings is a list of numbers": _several_in_display,
    "a named edge leads from a kind to another": _edge_from,
    "what is chosen of a cut and a value may be either": _of_cut_or_value,
    "a tenth of a level is a step of an edge": _tenth,
    "a step in place is no part of a whole": _in_place,
    "what cancels out is not looked into": _cancelled,
    "sixty seconds or minutes are a period": _period,
    "the same is told once of one statement": _is_told_once,
    "what is made of something refused is unknown": of_refused_parts,
}
"""Why mypy may accept what the oracle finds wrong."""
