"""Expressions of generated programs: what they are in Python, their values, and whether they mean anything.

A node is built from its parts; building it evaluates it under every transformation, so a node knows at once
by which law it changes. A part of arithmetic whose origins have other weights than one is pending: `t + u`
means nothing, `(t + u) / 2` does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import attrs
import numpy as np

from tests.differential.facts import Fact
from tests.differential.transformations import (
    ABSOLUTE,
    RELABELLED,
    ROW,
    ROWS,
    SHIFTED,
    Array,
    Degenerate,
    Law,
    as_array,
    exact,
    factors,
    law_of,
)  # fmt: skip

COMPARISONS: Final = frozenset({"<", "<=", ">", ">=", "==", "!="})
JOINS: Final = frozenset({"min", "max", "if", "pick"})
ARITHMETIC: Final = frozenset({"+", "-", "*", "/", "neg", "pos", "sum", "round", "float", "int", "item"})
OF_CUTS: Final = COMPARISONS | JOINS | {"item", "pair", "len", "fmin", "fmax", "float", "round", "int", "raw"}
OF_INTEGERS: Final = frozenset("+ - * // % neg pos abs sum item raw mark fmin fmax".split())
PASSING: Final = frozenset("round float int pos item pair if min max pick fmin fmax".split())
NUDGE: Final = 1e-9
CROSSED: Final = 10
LARGEST: Final = 100.0
GOLDEN: Final = 0.6180339887


@attrs.frozen(eq=False)
class Node:
    """An expression: its operator, parts and text; its values and law; what is wrong with it, if anything."""

    op: str
    parts: tuple[Node, ...]
    text: str
    values: Array
    law: Law
    sort: str
    is_int: bool = False
    fault: str | None = None
    pending: bool = False
    scaled: bool = False
    whole: bool = False
    fact: Fact | None = None
    data: object = None
    roots: frozenset[str] = frozenset()
    loose: bool = False
    is_wrong: bool = False

    def walk(self) -> list[Node]:
        """Return the node and all its parts."""
        return [self, *(node for part in self.parts for node in part.walk())]

    @property
    def is_cut(self) -> bool:
        return self.sort == "opaque" and self.law.labels is None and self.fault is None

    @property
    def depth(self) -> int:
        return 1 + max((part.depth for part in self.parts), default=-1)


def leaf(text: str, values: Array, sort: str, *, is_int: bool = False, fact: Fact | None = None) -> Node:
    """Return a name or a number."""
    roots = frozenset(fact.names[-1:]) if fact is not None else frozenset()
    return Node("name", (), text, values, law_of(values), sort, is_int, fact=fact, roots=roots)


def number(value: float, text: str | None = None) -> Node:
    """Return a literal."""
    values = np.full((len(ROWS), 1, 1), float(value))
    return Node(
        "literal", (), text or repr(value), values, Law(zero=value == 0), "number", isinstance(value, int)
    )


def build(op: str, *parts: Node, text: str, data: object = None) -> Node:
    """Return an expression, evaluated and judged."""
    if op in ("-", "/", "//", "%", "min", "max") and _are_same(*parts):
        raise Degenerate  # it is nothing or one, whatever the value
    if op == "**" and parts[0].op == "literal" and (parts[0].values == 1).all():
        raise Degenerate
    if op in COMPARISONS | JOINS or (op == "-" and all(map(_is_logit, parts))):
        parts = tuple(named(part) if part.scaled else part for part in parts)
    with np.errstate(all="ignore"):
        values, fault = _values(op, parts, data)
        law = ABSOLUTE if op in COMPARISONS and not _labels(parts) else law_of(values)
    fault = fault or _misplaced(op, parts)
    scaled = _is_scaled_logit(op, parts)
    pending = False
    if not law.is_meaningful and not scaled:
        if op in ARITHMETIC and law.scale and law.relabel:
            pending = True
        else:
            fault = fault or "no law"
    waiting = any(part.pending for part in parts)
    if waiting and op not in ARITHMETIC:
        fault = fault or "part"
    if any(part.is_wrong for part in parts):
        fault, pending = None, False  # what is made of it is not judged again
    return Node(
        op, parts, text, values, law, _sort(op, parts, law), _is_int(op, parts), fault, pending, scaled,
        waiting and not pending, None, data, _roots(op, parts, data),
        op == "len" or any(part.loose or part.sort in ("plain", "number") for part in parts),
        fault is not None or any(part.is_wrong for part in parts),
    )  # fmt: skip


def _roots(op: str, parts: Sequence[Node], data: object) -> frozenset[str]:
    """Return the named roots that a value may still be of: those of its parts, if nothing takes them away."""
    if op == "mark":
        assert isinstance(data, Fact)
        return frozenset(data.names[-1:])
    if op in COMPARISONS | {"raw", "convert"}:
        return frozenset()
    if op == "len":
        return frozenset({"Count"})
    return frozenset(root for part in parts[-2:] for root in part.roots)


def _misplaced(op: str, parts: Sequence[Node]) -> str | None:
    """Return what is wrong whatever the values: labels have no arithmetic, and points only differences.

    `label / label` is one for all labels, and `t // u` for many instants, so that their values do not tell;
    more of them would. So the second operand is taken from other valuations than the first.
    """
    if op not in OF_CUTS and any(part.is_cut or part.law.labels for part in parts):
        return "opaque"
    if op in ("+", "-", "%") and _is_of_two_scales(*parts):
        return "no law"
    if op == "//" and parts[1].law != ABSOLUTE and _is_of_two_scales(*parts):
        return "no law"
    points = [part.law.is_point or part.scaled for part in parts]
    once = parts[-1].op == "literal" and bool((parts[-1].values == 1).all())
    if op == "**" and any(points) and not once:
        return "no law"  # `t ** 0` and `1 ** t` are one, whatever the point
    if op == "/" and parts[0].law.is_point and parts[1].op != "literal" and not _may_be_part(parts):
        return "no law"  # `t / round(p)` is `t` where it is anything
    if op in ("abs", "fabs", "//", "%") and any(points):
        return "no law"  # of some points they are nought, one, or the point
    if op in ("/", "**") and (points[1] or (op == "**" and points[0])):
        with np.errstate(all="ignore"):
            values = OPERATIONS[op](*_crossed(parts[0].values, parts[1].values))
        try:
            return None if law_of(values).is_meaningful else "no law"
        except Degenerate:
            return None
    return None


def _may_be_part(parts: Sequence[Node]) -> bool:
    """Say whether a point divided may be a part of a mean, or is a logit, which has temperatures."""
    return parts[0].pending or _is_logit(parts[0])


def _crossed(left: Array, right: Array) -> tuple[Array, Array]:
    """Return each value of the one with several of the other."""
    shape = (*left.shape[:2], max(left.shape[2], right.shape[2]))
    rolled = [np.roll(right, step, axis=-1) for step in range(1, CROSSED + 1)]
    return (
        np.concatenate([np.broadcast_to(left, shape)] * CROSSED, axis=-1),
        np.concatenate([np.broadcast_to(each, (*right.shape[:2], shape[2])) for each in rolled], axis=-1),
    )


def _are_same(left: Node, right: Node) -> bool:
    return left.text == right.text or (
        not left.law.zero
        and left.values.shape == right.values.shape
        and np.array_equal(left.values, right.values)
    )


def _sort(op: str, parts: Sequence[Node], law: Law) -> str:
    if op in COMPARISONS:
        return "bool"
    chosen = parts[-2:] if op in OF_CUTS - {"len", "raw", "pair"} else ()
    cut = any(part.is_cut for part in chosen) and all(part.is_cut or part.op == "literal" for part in chosen)
    if law.labels is not None or cut:
        return "opaque"
    if law.is_point:
        return "torsor"
    if op == "mark":
        return "vector"
    if op == "convert":
        return "vector"
    plain = op == "raw" or all(part.sort in ("plain", "number", "bool") for part in parts)
    return "plain" if plain and op != "len" else "vector"


def _is_int(op: str, parts: Sequence[Node]) -> bool:
    if op in ("int", "round", "len"):
        return True
    whole = all(part.is_int for part in parts if part.sort != "bool")
    if op == "**":
        return whole and bool(np.nanmin(parts[1].values) >= 0)
    return whole and (op in JOINS or op in OF_INTEGERS)


def _is_scaled_logit(op: str, parts: Sequence[Node]) -> bool:
    """Say whether it is a logit times a number, which ALGEBRA calls a logit at another temperature."""
    if op in ("+", "-"):
        negated = op == "-" and parts[0].law.zero  # `0 - z` is `-z`
        moved = [part for part in parts if part.scaled or (negated and _is_logit(part))]
        lawful = op == "+" or parts[0].scaled or parts[1].op == "neg" or parts[0].law.zero
        return len(moved) == 1 and lawful and not _are_points(parts, moved)
    if op in PASSING:
        return any(part.scaled for part in parts)
    if op not in ("*", "/", "neg"):
        return False
    points = [part for part in parts if _is_logit(part)]
    others = [part for part in parts if part not in points]
    if len(points) != 1 or (op == "/" and parts[0] is not points[0]):
        return False
    lawful = points[0].law.is_meaningful or points[0].scaled
    return lawful and all(part.law == ABSOLUTE for part in others)


def _is_logit(node: Node) -> bool:
    return node.scaled or node.law.origins == ["even odds"]


def named(node: Node) -> Node:
    """Return a logit at another temperature as what a name says that it is: a logit."""
    values = np.array(np.broadcast_to(node.values[:1], node.values.shape))
    values[ROW["even odds"]] = values[0] + SHIFTED["even odds"]
    return attrs.evolve(node, values=values, law=law_of(values), sort="torsor", scaled=False)


def _are_points(parts: Sequence[Node], but: Sequence[Node]) -> bool:
    """Say whether a part is anything but a number."""
    return any(part.law != ABSOLUTE and not part.law.zero for part in parts if part not in but)


def _is_of_two_scales(left: Node, right: Node) -> bool:
    """Say whether two values have laws, and other ones, however small the one is beside the other."""
    if left.law.zero or right.law.zero or not (left.law.scale and right.law.scale):
        return False
    return left.law.exponents != right.law.exponents


def _labels(parts: Sequence[Node]) -> bool:
    return any(part.law.labels is not None for part in parts)


def is_alike(left: Node, right: Node) -> bool:
    """Say whether two values may be compared or take one another's place: their difference has a scale."""
    if left.is_cut or right.is_cut:
        other = right if left.is_cut else left
        inside = other.law == ABSOLUTE or other.law.zero
        return other.is_cut or (
            inside and bool(np.nanmin(other.values) >= 0 and np.nanmax(other.values) <= 1)
        )
    if left.law.labels or right.law.labels:
        return left.law.labels == right.law.labels and left.law.relabel and right.law.relabel
    if left.law == right.law and left.law.is_meaningful:
        return True
    if left.law.zero or right.law.zero:
        return not (left.law.is_point or right.law.is_point)
    if _is_of_two_scales(left, right):
        return False
    with np.errstate(all="ignore"):
        try:
            # Of two other valuations: what is alike is so whatever the values, whence ever they come.
            law = law_of(left.values - np.roll(right.values, 1, axis=-1))
        except Degenerate:
            return left.law == right.law
    return law.is_affine and not law.weights


def _values(op: str, parts: Sequence[Node], data: object) -> tuple[Array, str | None]:
    """Return the values of an operation, and what is wrong beyond what they show."""
    values = [part.values for part in parts]
    if op in COMPARISONS or op in JOINS:
        return _joined(op, parts)
    if op == "//" and parts[1].law == ABSOLUTE and parts[0].law != ABSOLUTE:
        return values[0] / values[1], None  # it is rounded in the unit that it is in
    if op in ("round", "int"):
        absolute = parts[0].law == ABSOLUTE
        return (np.round(values[0]) if absolute and op == "round" else values[0]), None
    if op == "convert":
        return _converted(parts[0], data)
    if op == "mark":
        return _marked(parts[0], data)
    return OPERATIONS[op](*values), None


def _joined(op: str, parts: Sequence[Node]) -> tuple[Array, str | None]:
    pair = parts[-2:]
    fault = None if is_alike(*pair) and _keeps_labels(op, *pair) else "unlike"
    left, right = (part.values for part in pair)
    if op in COMPARISONS:
        found = OPERATIONS[op](left, right).astype(np.float64)
        # Equal up to rounding is not equal: what is alike compares alike under all rescaling.
        return (found if pair[0].law.labels else np.broadcast_to(found[:1], found.shape)), fault
    if op == "if":
        condition = parts[0].values
        return np.where(condition != 0, left, right), fault
    return OPERATIONS[op](left, right), fault


def _keeps_labels(op: str, left: Node, right: Node) -> bool:
    """Say whether labels are compared or chosen as they may be, whichever they are."""
    if left.law.labels is None or op in ("if", "pick"):
        return True
    try:
        return law_of(OPERATIONS[op](left.values, np.roll(right.values, 1, axis=-1)) * 1.0).relabel
    except Degenerate:
        return True


def _converted(part: Node, data: object) -> tuple[Array, str | None]:
    """Change the unit: from `data[0]` to `data[1]`, which are facts."""
    assert isinstance(data, tuple)
    source, target = data
    lawful = _is_of(part, source)
    base = part.values[:1]
    found = base * factors(target.exponents)
    if target.origin is not None:
        found[ROW[target.origin]] = base[0] + SHIFTED[target.origin]
    return found, None if lawful or part.sort in ("plain", "number") else "converted from another unit"


def _marked(part: Node, data: object) -> tuple[Array, str | None]:
    """Claim a meaning: of a plain number, or of what has its unit."""
    assert isinstance(data, Fact)
    lawful = part.sort in ("plain", "number") or _is_of(part, data)
    base = np.clip(part.values[:1], data.low, data.high)
    outside = part.op == "literal" and bool((base != part.values[:1]).any())
    if data.origin is not None:
        base = base - np.nanmean(base)  # below zero as well
    if np.nanmax(np.abs(base)) > LARGEST:
        base = base * (LARGEST / np.nanmax(np.abs(base)))  # or a shift would not be seen
    if data.high == 1:
        inside = np.abs(part.values[:1]) * GOLDEN % 1  # not all at the ends
        base = np.where((base == part.values[:1]) & (base % 1 != 0), base, inside)
    found = base * factors(data.exponents)
    if data.origin is not None:
        found[ROW[data.origin]] = base[0] + SHIFTED[data.origin]
    if data.labels is not None:
        found[ROW[data.labels]] = RELABELLED[data.labels](base[0])
    return found, None if lawful and not outside else "marked as something else"


def _is_of(part: Node, fact: Fact) -> bool:
    law = part.law
    if law.zero:
        return fact.sort == "vector"
    origins = tuple(name for name, _ in law.weights) if not part.scaled else ("even odds",)
    return (
        law.exponents == fact.exponents
        and law.scale
        and origins == (() if fact.origin is None else (fact.origin,))
        and (part.scaled or all(weight == 1 for _, weight in law.weights))
        and law.labels == fact.labels
        and law.relabel
        and part.is_cut == fact.cut
    )


def flows(node: Node, fact: Fact | None) -> str | None:
    """Return why a value may not be where a fact is declared, None if it may; no fact is a plain float."""
    if node.is_wrong:
        return None
    if node.pending:
        return "part"
    if fact is None:
        return None
    if node.op == "literal" and not fact.exponents and fact.sort != "vector":
        inside = fact.low <= float(node.values.flat[0]) <= fact.high
        return None if inside and (node.is_int or not fact.integral) else "not of the kind"
    if not _is_of(node, fact):
        return "other law"
    if fact.integral and not node.is_int:
        return "not an integer"
    values = node.values[0]
    values = values[np.isfinite(values)]
    if values.size and (values.min() < fact.low - NUDGE or values.max() > fact.high + NUDGE):
        return "range"
    return None


def _mean(values: Array) -> Array:
    return as_array(np.nanmean(values, axis=1, keepdims=True))


def _floor(left: Array, right: Array) -> Array:
    return as_array(np.floor(left / right + NUDGE))


OPERATIONS: Final[dict[str, Callable[..., Array]]] = {
    "+": lambda left, right: exact(left + right, np.abs(left) + np.abs(right)),
    "-": lambda left, right: exact(left - right, np.abs(left) + np.abs(right)),
    "*": np.multiply, "/": np.divide, "**": np.power, "//": _floor,
    "%": lambda left, right: exact(left - right * _floor(left, right), np.abs(left)),
    "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal,
    "==": np.equal, "!=": np.not_equal,
    "neg": np.negative, "pos": np.positive, "abs": np.abs, "float": np.positive, "item": np.positive,
    "min": np.minimum, "max": np.maximum, "pick": lambda left, right: left, "pair": lambda left, right: left,
    "sqrt": np.sqrt, "exp": np.exp, "log": np.log, "fabs": np.abs, "hypot": np.hypot,
    "sum": lambda values: exact(
        np.nansum(values, axis=1, keepdims=True), np.nansum(np.abs(values), axis=1, keepdims=True)),
    "fmin": lambda values: np.nanmin(values, axis=1, keepdims=True),
    "fmax": lambda values: np.nanmax(values, axis=1, keepdims=True),
    "mean": _mean,
    "len": lambda values: np.broadcast_to(
        np.isfinite(values[:1]).sum(axis=1, keepdims=True).astype(float), (len(ROWS), 1, values.shape[2])),
    "raw": lambda values: np.broadcast_to(values[:1], values.shape),
}  # fmt: skip
