"""Why mypy may differ from the oracle: every rule is narrow, and what none explains is a bug.

The oracle knows what transformations show. Names do not show (odds and z-scores are numbers under every
transformation), nor does who declared something, nor what a range would be after a computation that mypy does
not follow. A rule looks at the one expression that the two differ about, and at what mypy says of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from tests.differential.expressions import COMPARISONS, JOINS, Node
from tests.differential.facts import FACTS, Fact
from tests.differential.transformations import ABSOLUTE
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
ON_EDGES: Final = {"Logit", "Odds", "LogDensity", "Proportion"}
CALCULATED: Final = frozenset({"+", "-", "*", "/", "**", "//", "%", "abs", "fabs"})
BESIDE: Final = re.compile(
    r"Unsupported operand types for (\+|-|%|//|<=?|>=?|==|!=|in|divmod) |Arguments of "
)
INTO: Final = re.compile(r"(?:Incompatible|Argument \d+ to|List item|Dict entry)")
PLAIN: Final = re.compile(r'"(?:[^"]* \| )?(?:float|int)(?: \| [^"]*)?"')
NAMELESS: Final = re.compile(
    r'Argument 1 to "(?:min|max|abs)" has incompatible type "int\[(?:Identifier|Label)\]"'
)


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
    if any(_has_zero_branch(part) for parts in displays for part in parts):
        return PLAIN.search(found.text) is not None or INTO.match(found.text) is not None
    several = any(len({_identity(part) for part in parts}) > 1 for parts in displays)
    return several and bool({"float", "int"} & {*re.findall(r'"([^"]*)"', found.text)})


def _zero_in_a_branch(found: Difference) -> bool:
    """`round(leg if flag else 0.0)` is a plain number: mypy has joined its branches before the call."""
    return PLAIN.search(found.text) is not None and any(map(_has_zero_branch, origins(found.node)))


def _cut_beside_value(found: Difference) -> bool:
    """The larger of a cut and a value is a cut, or neither."""
    told = "Threshold[" in found.text or PLAIN.search(found.text) is not None
    return told and any(map(_is_cut_or_value, origins(found.node)))


def _largest_name(found: Difference) -> bool:
    """Identifiers sort, so their order is meaningful, and yet ALGEBRA has no largest one."""
    return NAMELESS.match(found.text) is not None


def _squashed_twice(found: Difference) -> bool:
    """The exponential of a share, the logarithm of a logarithm: no edge begins there."""
    return re.match(
        r'Argument 1 to "(exp|log)" has incompatible type "\w+\[', found.text
    ) is not None and any(lineages(found))


def _of_refused_parts(found: Difference) -> bool:
    """What is made of something that was refused is of unknown meaning; the refusal is judged by itself."""
    return found.compromised


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
    scaled = any(part.scaled for part in found.node.parts)
    return scaled and BESIDE.match(found.text) is not None and "Logit" in types(found)


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
    "what is made of something refused is unknown": _of_refused_parts,
}
"""Why mypy may report what the oracle accepts."""


def _is_cut_or_value(node: Node) -> bool:
    return node.op in JOINS and len({part.is_cut for part in node.parts[-2:]}) == 2


def _has_zero_branch(node: Node) -> bool:
    return node.op == "if" and any(part.law.zero for part in node.parts[-2:])


def _identity(node: Node) -> tuple[object, ...]:
    return (node.law, node.sort, node.roots, node.is_int)


def _is_alike(one: Node, other: Node) -> bool:
    """Say whether mypy says the same of two operators, word for word."""
    return one.op == other.op and list(map(_printed, one.parts)) == list(map(_printed, other.parts))


def _printed(node: Node) -> tuple[object, ...]:
    return ("literal", node.is_int) if node.op == "literal" else _identity(node)


def _calculates(node: Node) -> bool:
    """Say whether there is arithmetic with points or labels in an expression."""
    return any(
        each.op in CALCULATED
        and any(part.sort in ("torsor", "opaque") or _is_cut_or_value(part) for part in each.parts)
        for each in node.walk()
    )


def _has_plain(node: Node) -> bool:
    return any(each.loose or each.sort in ("plain", "number") for each in node.walk())


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
    return found.node.op in ("abs", "fabs") and found.node.parts[0].law.origins == ["even odds"]


def _whole_beside_union(found: Difference) -> bool:
    """`count + (leg if flag else 0)`: where an int meets a union, mypy tries what a hook has no say in."""
    parts = found.node.parts
    return len(parts) == 2 and parts[0].is_int and parts[1].op == "if" and parts[1].law.scale


def _unused_join(found: Difference) -> bool:
    """A ternary or a display may be of several meanings; using it is what is refused."""
    return found.node.op in ("if", "pick") and found.fault in ("unlike", "no law")


def _edge_from(found: Difference) -> bool:
    """The exponential of a logit is odds, and the logarithm of a share's cut is a cut."""
    if found.node.op not in ("exp", "log"):
        return False
    part = found.node.parts[0]
    return part.is_cut if found.node.op == "log" else part.scaled or part.law.origins == ["even odds"]


def _of_cut_or_value(found: Difference) -> bool:
    """What is chosen of a cut and a number is a number to mypy."""
    return found.fault in ("opaque", "unlike") and any(map(_is_cut_or_value, found.node.parts))


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
    """What is added and taken away again, as x is in `x + (t - x)`, is not looked into."""
    return any(
        node.op == "+"
        and node.parts[1].op == "-"
        and node.parts[0].text == node.parts[1].parts[1].text
        and found.node.text in node.parts[0].text
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
    "mypy alone looks at a whole number beside a union": _whole_beside_union,
    "one of two meanings is refused when it is used": _unused_join,
    "a named edge leads from a kind to another": _edge_from,
    "what is chosen of a cut and a value may be either": _of_cut_or_value,
    "a tenth of a level is a step of an edge": _tenth,
    "what cancels out is not looked into": _cancelled,
    "sixty seconds or minutes are a period": _period,
    "the same is told once of one statement": _is_told_once,
    "what is made of something refused is unknown": _of_refused_parts,
}
"""Why mypy may accept what the oracle finds wrong."""


def explain(found: Difference) -> str | None:
    """Return the reason of a difference, None if it has none."""
    rules = MISSES if found.finding is None else ALARMS
    return next((reason for reason, rule in rules.items() if rule(found)), None)
