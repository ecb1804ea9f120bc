"""Why mypy may report what the oracle accepts: each rule looks at one expression and at its message."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from tests.differential.expressions import COMPARISONS, Node
from tests.differential.facts import Fact
from tests.differential.lineages import (
    BY_MESSAGE,
    has_zero_branch,
    identity,
    is_closed,
    is_cut_or_value,
    lineages,
    of_refused_parts,
    roots,
    types,
)
from tests.differential.verdicts import Difference, origins

ON_EDGES: Final = {"Logit", "Odds", "LogDensity", "Proportion"}
BESIDE: Final = re.compile(
    r"Unsupported operand types for (\+|-|%|//|<=?|>=?|==|!=|in|divmod) |Arguments of "
)
INTO: Final = re.compile(r"(?:Incompatible|Argument \d+ to|List item|Dict entry)")
PLAIN: Final = re.compile(r'"(?:[^"]* \| )?(?:float|int)(?: \| [^"]*)?"')
NAMELESS: Final = re.compile(
    r'Argument 1 to "(?:min|max|abs)" has incompatible type "int\[(?:Identifier|Label)\]"'
)


def _of_other_names(found: Difference) -> bool:
    """Two kinds with nothing in common stand beside one another."""
    kinds = [each for each in lineages(found) if each]
    if BESIDE.match(found.text) is None or len(kinds) != 2 or len(found.node.parts) < 2:
        return False
    if {*kinds[0]} & {*kinds[1]}:
        return False
    left, right = (roots(part) for part in found.node.parts[-2:])
    return kinds[0][-1] in left and kinds[1][-1] in right


def _into_another_name(found: Difference) -> bool:
    """A kind is given where one is declared that it does not descend from."""
    kinds = lineages(found)
    if INTO.match(found.text) is None or len(kinds) < 2 or not kinds[-1]:
        return False
    wanted = kinds[-1][0]
    strange = [each for each in kinds[:-1] if wanted not in each]
    return bool(strange) and all(each and each[-1] in roots(found.node) for each in kinds[:-1])


def _declared(found: Difference) -> Fact | None:
    """Return the kind that the message says is declared, if it is."""
    kinds = types(found)
    if INTO.match(found.text) is None or len(kinds) < 2:
        return None
    fact = BY_MESSAGE.get(kinds[-1].partition(",")[0])
    stated = found.statement.fact
    return fact if found.is_outermost and fact is not None and stated is fact else None


def _of_unfollowed_range(found: Difference) -> bool:
    """A computed number is given where a kind with a range is declared, and its range is not followed."""
    fact = _declared(found)
    if fact is None or not (fact.integral or fact.low > -1e300 or fact.high < 1e300):
        return False
    return not is_closed(found.node, fact)


def _undeclared(found: Difference) -> bool:
    """A number that nobody declared is given where a declaration wants a meaning."""
    if INTO.match(found.text) is None or not PLAIN.search(found.text):
        return False
    return found.is_outermost and found.statement.fact is not None and _has_plain(found.node)


def _of_display(found: Difference) -> bool:
    """A display of several meanings, or of zero in a branch, is a list of plain numbers."""
    displays = [node.parts for node in origins(found.node) if node.op == "pick"]
    if any(has_zero_branch(part) for parts in displays for part in parts):
        return PLAIN.search(found.text) is not None or INTO.match(found.text) is not None
    several = any(len({identity(part) for part in parts}) > 1 for parts in displays)
    return several and bool({"float", "int"} & {*re.findall(r'"([^"]*)"', found.text)})


def _zero_in_a_branch(found: Difference) -> bool:
    """`round(leg if flag else 0.0)` is a plain number: mypy has joined its branches before the call."""
    return PLAIN.search(found.text) is not None and any(map(has_zero_branch, origins(found.node)))


def _cut_beside_value(found: Difference) -> bool:
    """The larger of a cut and a value is a cut, or neither."""
    told = "Threshold[" in found.text or PLAIN.search(found.text) is not None
    return told and any(map(is_cut_or_value, origins(found.node)))


def _largest_name(found: Difference) -> bool:
    """Identifiers sort, so their order is meaningful, and yet ALGEBRA has no largest one."""
    return NAMELESS.match(found.text) is not None


def _squashed_twice(found: Difference) -> bool:
    """The exponential of a share, the logarithm of a logarithm: no edge begins there."""
    return re.match(
        r'Argument 1 to "(exp|log)" has incompatible type "\w+\[', found.text
    ) is not None and any(lineages(found))


def _whole(found: Difference) -> bool:
    """Only the whole means something, as `(t + u) - (v + w)` does: mypy sees weights that add to one."""
    if found.finding is None or found.finding.code != "typedml-kind" or _is_of_plain_mixture(found):
        return False
    return found.node.pending or found.node.whole or any(part.whole for part in found.node.parts)


def _is_of_plain_mixture(found: Difference) -> bool:
    """Say whether it is a step of `(t + u) / 2`, `0.3 * t + 0.7 * u`, `t + 0.5 * (u - t)`, as all see."""
    for node in found.statement.node.walk():
        steps = [node, *node.parts, *(part for each in node.parts for part in each.parts)]
        if _is_plain_mixture(node) and any(each is step for each in found.nodes for step in steps):
            return True
    return False


def _is_plain_mixture(node: Node) -> bool:
    if node.op not in ("+", "/"):
        return False
    one, other = node.parts
    if node.op == "/":
        return other.text == "2" and one.op == "+" and _are_like_points(*one.parts)
    if one.op == other.op == "*":
        weights = (one.parts[0].text, other.parts[0].text)
        return weights == ("0.3", "0.7") and _are_like_points(one.parts[1], other.parts[1])
    if other.op != "*" or other.parts[0].text != "0.5" or other.parts[1].op != "-":
        return False
    end, start = other.parts[1].parts
    return start.text == one.text and _are_like_points(one, end)


def _are_like_points(one: Node, other: Node) -> bool:
    plain = one.law.is_point and one.law.is_meaningful and one.law == other.law
    return plain and not (one.scaled or other.scaled) and one.roots == other.roots


def _edge(found: Difference) -> bool:
    """An exponential or a logarithm of a kind is of another kind, whose name no transformation shows."""
    crossed = any(node.op in ("exp", "log") and node.parts[0].roots for node in origins(found.node))
    return crossed and any(each and each[-1] in ON_EDGES for each in lineages(found))


def _scaled_by_name(found: Difference) -> bool:
    """A logit at another temperature is a logit times a number: a count or odds is more than one."""
    scaled = re.match(r"Unsupported operand types for [*/] ", found.text) is not None
    kinds = lineages(found)
    return scaled and "Logit" in types(found) and any(each and each[0] != "Logit" for each in kinds)


def _begun_as_zero(found: Difference) -> bool:
    """A variable that begins as zero has the unit that it is first used in; zero itself has every unit."""
    return BESIDE.match(found.text) is not None and any(
        part.op == "local" and part.law.zero for part in found.node.parts[-2:]
    )


def _tempered(found: Difference) -> bool:
    """A logit at another temperature is a logit, and two of them never add: `z * -1 + (1 - z * -1)`."""
    # A name for one does not hide it: `scaled = z * 1.8`, then `(scaled + scaled) / 2`.
    scaled = any(each.scaled for part in found.node.parts for each in (part, *_named(part)))
    return scaled and BESIDE.match(found.text) is not None and "Logit" in types(found)


def _named(node: Node) -> tuple[Node, ...]:
    return (node.data,) if node.op == "local" and isinstance(node.data, Node) else ()


def _out_of_range(found: Difference) -> bool:
    """A comparison with a number that no value can be is always true or always false."""
    return (
        found.finding is not None
        and found.finding.code == "typedml-value"
        and found.text.startswith("Unsupported operand types for ")
        and found.node.op in COMPARISONS
    )


ALARMS: Final[dict[str, Callable[[Difference], bool]]] = {
    "kinds of two names never add or compare": _of_other_names,
    "a kind goes only into its ancestors": _into_another_name,
    "ranges are followed through operators that close them only": _of_unfollowed_range,
    "a declaration wants a declared number": _undeclared,
    "a display of several meanings is a list of numbers": _of_display,
    "a zero in a branch leaves a plain number to calls": _zero_in_a_branch,
    "what is chosen of a cut and a value is a cut, or neither": _cut_beside_value,
    "names sort, but none is the largest": _largest_name,
    "edges begin where they are declared": _squashed_twice,
    "a temperature is a number": _scaled_by_name,
    "a logit at another temperature is a logit": _tempered,
    "a named edge leads to another kind": _edge,
    "no value is near the number that it is compared with": _out_of_range,
    "a variable that begins as zero has one unit": _begun_as_zero,
    "mixtures are seen by their weights": _whole,
    "what is made of something refused is unknown": of_refused_parts,
}
"""Why mypy may report what the oracle accepts."""


def _has_plain(node: Node) -> bool:
    return any(each.loose or each.sort in ("plain", "number") for each in node.walk())
