"""Where mypy may differ from the oracle, and why: every rule is narrow, and what none explains is a bug.

The oracle knows what transformations show. Names do not show (odds and z-scores are numbers under every
transformation), nor does who declared something, nor what a range would be after a computation that mypy does
not follow. A rule looks at the program, as the oracle sees it, and at what mypy says: both must fit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

import attrs

from tests.differential.checker import Finding
from tests.differential.expressions import COMPARISONS, JOINS, Node
from tests.differential.facts import FACTS, Fact
from tests.differential.generate import Program
from tests.differential.transformations import ABSOLUTE

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
ON_EDGES: Final = {"Logit", "Odds", "LogDensity", "Proportion"}
BESIDE: Final = re.compile(
    r"Unsupported operand types for (\+|-|%|//|<=?|>=?|==|!=|in|divmod) |Arguments of "
)
INTO: Final = re.compile(r"(?:Incompatible|Argument \d+ to|List item|Dict entry)")
PLAIN: Final = re.compile(r'"(?:[^"]* \| )?(?:float|int)(?: \| [^"]*)?"')
NAMELESS: Final = re.compile(
    r'Argument 1 to "(?:min|max|abs)" has incompatible type "int\[(?:Identifier|Label)\]"'
)


@attrs.frozen
class Alarm:
    """One message of mypy's about a program that the oracle finds nothing wrong with."""

    program: Program
    code: str
    text: str
    others: Sequence[Finding] = ()

    @property
    def types(self) -> list[str]:
        """Return what stands in brackets: `float[Odds]` and `float[ZScore]` are `Odds` and `ZScore`."""
        return TYPE.findall(self.text)

    @property
    def lineages(self) -> list[tuple[str, ...]]:
        """Return the lineages of the kinds that the message names; a unit alone has none."""
        return [lineage(each) for each in self.types]


def lineage(text: str) -> tuple[str, ...]:
    """Return the names of a kind and of those above it, nothing for a unit."""
    return LINEAGES.get(text, LINEAGES.get(text.partition(",")[0], ()))


def _of_other_names(alarm: Alarm) -> bool:
    """Two kinds with nothing in common stand beside one another."""
    found = [each for each in alarm.lineages if each]
    if BESIDE.match(alarm.text) is None or len(found) < 2:
        return False
    roots = {name for node in alarm.program.nodes for name in node.roots}
    if any(node.op == "/" for node in alarm.program.nodes):
        roots.add("Proportion")  # a part of a whole is a share
    if "Similarity" in roots:
        roots.add("Distance")  # its complement
    return not {*found[0]} & {*found[1]} and len(roots) > 1


def _into_another_name(alarm: Alarm) -> bool:
    """A kind is given where one is declared that it does not descend from."""
    found = alarm.lineages
    if INTO.match(alarm.text) is None or len(found) < 2 or not found[-1]:
        return False
    wanted = found[-1][0]
    return all(each and wanted not in each for each in found[:-1])


def _of_unfollowed_range(alarm: Alarm) -> bool:
    """A computed number is given where a kind with a range is declared, and its range is not followed."""
    found = alarm.types
    if INTO.match(alarm.text) is None or len(found) < 2:
        return False
    fact = BY_MESSAGE.get(found[-1].partition(",")[0])
    if fact is None or not (fact.integral or fact.low > -1e300 or fact.high < 1e300):
        return False
    flows = [s for s in alarm.program.statements if s.fact is not None and s.fact.names == fact.names]
    return any(not is_closed(s.node, fact) for s in flows)


def _undeclared(alarm: Alarm) -> bool:
    """A number that nobody declared is given where a declaration wants a meaning."""
    if INTO.match(alarm.text) is None or not PLAIN.search(alarm.text):
        return False
    return any(_has_plain(s.node) for s in alarm.program.statements if s.fact is not None)


def _of_display(alarm: Alarm) -> bool:
    """A display of several meanings is a list of plain numbers."""
    names = {"float", "int"} & {*re.findall(r'"([^"]*)"', alarm.text)}
    return bool(names) and any(
        node.op == "pick" and len({_identity(part) for part in node.parts}) > 1
        for node in alarm.program.nodes
    )


def _zero_in_a_branch(alarm: Alarm) -> bool:
    """`round(leg if flag else 0.0)` is a plain number: mypy has joined its branches before the call."""
    branches = [part for node in alarm.program.nodes if node.op == "if" for part in node.parts[-2:]]
    return PLAIN.search(alarm.text) is not None and any(part.law.zero for part in branches)


def _length(alarm: Alarm) -> bool:
    """`abs(len(items))`: mypy wants what is declared of the argument, too."""
    return alarm.code == "arg-type" and re.search('"_?Supports(Abs|Round1)\\[', alarm.text) is not None


def _cut_beside_value(alarm: Alarm) -> bool:
    """The larger of a cut and a value is a cut, or neither."""
    chosen = [node for node in alarm.program.nodes if node.op in JOINS]
    mixed = any(
        any(p.is_cut for p in n.parts[-2:]) and not all(p.is_cut for p in n.parts[-2:]) for n in chosen
    )
    return mixed and "Threshold[" in alarm.text


def _largest_name(alarm: Alarm) -> bool:
    """Identifiers sort, so their order is meaningful, and yet ALGEBRA has no largest one."""
    return NAMELESS.match(alarm.text) is not None


def _squashed_twice(alarm: Alarm) -> bool:
    """The exponential of a share, the logarithm of a logarithm: no edge begins there."""
    return re.match(
        r'Argument 1 to "(exp|log)" has incompatible type "\w+\[', alarm.text
    ) is not None and any(lineage(each) for each in alarm.types)


def _of_other_parts(alarm: Alarm) -> bool:
    """A union with `Any`, or a plain result of `Any`, comes of another error, which is judged by itself."""
    if PLAIN.search(alarm.text) and any(
        BESIDE.match(text) or NAMELESS.match(text) for _, text in alarm.others
    ):
        return INTO.match(alarm.text) is not None
    return alarm.code in ("return-value", "assignment", "arg-type", "operator") and "Any" in alarm.text


def _whole(alarm: Alarm) -> bool:
    """Only the whole means something, as `(t + u) - (v + w)` does: mypy sees weights that add to one."""
    return (
        any(node.whole for node in alarm.program.nodes)
        and alarm.code == "typedml-kind"
        and any(FACTS[name].origin is not None for name in alarm.types if name in FACTS)
    )


def _edge(alarm: Alarm) -> bool:
    """An exponential or a logarithm of a kind is of another kind, whose name no transformation shows."""
    crossed = any(node.op in ("exp", "log") and node.parts[0].roots for node in alarm.program.nodes)
    return crossed and any(each and each[-1] in ON_EDGES for each in alarm.lineages)


def _scaled_by_name(alarm: Alarm) -> bool:
    """A logit at another temperature is a logit times a number: a count or odds is more than one."""
    scaled = re.match(r"Unsupported operand types for [*/] ", alarm.text) is not None
    return scaled and "Logit" in alarm.types and any(each and each[0] != "Logit" for each in alarm.lineages)


def _out_of_range(alarm: Alarm) -> bool:
    """A comparison with a number that no value can be is always true or always false."""
    return alarm.code == "typedml-value" and alarm.text.startswith("Unsupported operand types for ")


ALARMS: Final[dict[str, Callable[[Alarm], bool]]] = {
    "kinds of two names never add or compare": _of_other_names,
    "a kind goes only into its ancestors": _into_another_name,
    "ranges are followed through operators that close them only": _of_unfollowed_range,
    "a declaration wants a declared number": _undeclared,
    "a display of several meanings is a list of numbers": _of_display,
    "a zero in a branch leaves a plain number to calls": _zero_in_a_branch,
    "abs and round of a length want what is declared": _length,
    "what is chosen of a cut and a value is a cut, or neither": _cut_beside_value,
    "names sort, but none is the largest": _largest_name,
    "edges begin where they are declared": _squashed_twice,
    "what is wrong elsewhere makes a union with Any": _of_other_parts,
    "a temperature is a number": _scaled_by_name,
    "a named edge leads to another kind": _edge,
    "no value is near the number that it is compared with": _out_of_range,
    "mixtures are seen by their weights": _whole,
}
"""Why mypy may report what the oracle accepts: every message must have its reason."""


def _identity(node: Node) -> tuple[object, ...]:
    return (node.law, node.sort, node.roots, node.is_int)


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
    return node.law.zero or (node.law == ABSOLUTE and not node.roots)


def _number_beside_name(program: Program, node: Node) -> bool:
    """A plain number compares with a score, a label or a logit: it is one, as a literal would be."""
    if node.op not in COMPARISONS | {"min", "max"} or node.fault != "unlike":
        return False
    one, other = node.parts
    for bare, kind in ((one, other), (other, one)):
        unitless = kind.sort == "opaque" or (kind.law.is_point and not kind.law.exponents)
        if _is_bare(bare) and unitless:
            return True
    return False


def _number_beside_cut(program: Program, node: Node) -> bool:
    """A number without a unit compares with a share's cut, as it does with a share: `p + q > cut`."""
    if node.op not in COMPARISONS or node.fault != "unlike":
        return False
    one, other = node.parts
    return (one.is_cut and other.law == ABSOLUTE) or (other.is_cut and one.law == ABSOLUTE)


def _level(program: Program, node: Node) -> bool:
    """The logarithm of a quantity is a level re its unit: rescaling shifts it."""
    return node.op == "log" and node.parts[0].law.is_meaningful and node.parts[0].sort == "vector"


def _size_of_logit(program: Program, node: Node) -> bool:
    """The size of a logit is it or its mirror image, which are logits both."""
    return node.op == "abs" and [name for name, _ in node.parts[0].law.weights] == ["even odds"]


def _tempered(program: Program, node: Node) -> bool:
    """Logits at another temperature compare with one another, and with numbers, as logits do."""
    beside = node.op in COMPARISONS or node.op in ("min", "max")
    return beside and node.fault == "unlike" and any(part.scaled for part in node.parts)


def _whole_beside_union(program: Program, node: Node) -> bool:
    """`count + (leg if flag else 0)`: where an int meets a union, mypy tries what a hook has no say in."""
    return (
        len(node.parts) == 2 and node.parts[0].is_int and node.parts[1].op == "if" and node.parts[1].law.scale
    )


def _unused_join(program: Program, node: Node) -> bool:
    """A ternary or a display may be of several meanings; using it is what is refused."""
    return node.op in ("if", "pick") and node.fault in ("unlike", "no law")


MISSES: Final[dict[str, Callable[[Program, Node], bool]]] = {
    "a plain number stands for a unitless value": _number_beside_name,
    "a number compares with a cut as it does with a share": _number_beside_cut,
    "the logarithm of a quantity is a level": _level,
    "the size of a logit is a logit": _size_of_logit,
    "a logit at another temperature is a logit": _tempered,
    "mypy alone looks at a whole number beside a union": _whole_beside_union,
    "one of two meanings is refused when it is used": _unused_join,
}
"""Why mypy may accept what the oracle finds wrong: every fault must have its reason."""


def explain(program: Program, said: Sequence[Finding]) -> list[str] | None:
    """Return the reasons of a disagreement, None if one of its parts has none."""
    if program.faults:
        if any(statement.fault is not None for statement in program.statements):
            return None
        faulty = [node for node in program.nodes if node.fault is not None]
        return _reasons(next((k for k, rule in MISSES.items() if rule(program, n)), None) for n in faulty)
    alarms = [Alarm(program, code, text, said) for code, text in said]
    return _reasons(next((k for k, rule in ALARMS.items() if rule(a)), None) for a in alarms)


def _reasons(found: object) -> list[str] | None:
    reasons = list(found)  # type: ignore[call-overload]
    return None if None in reasons else reasons
