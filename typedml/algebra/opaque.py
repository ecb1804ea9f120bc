"""Operators on opaque values: identifiers, labels, scores and thresholds compare, and do nothing else."""

from __future__ import annotations

from typedml.algebra.comparison import EQUALITIES, outcome
from typedml.algebra.edges import construction, kind_remedy
from typedml.algebra.kind import Kind, Sort, nearest_common
from typedml.algebra.meaning import Literal, Meaning, Operand
from typedml.algebra.mismatch import Action, Mismatch, Reason, Remedy, Side
from typedml.algebra.strictness import Level

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Rule = Callable[[str, Operand, Operand, Level], Operand | Mismatch]


def refuse(op: str, left: Operand, right: Operand, level: Level) -> Operand | Mismatch:
    """Return the refusal of arithmetic on an opaque value."""
    cut = _is_cut(left) or _is_cut(right)
    side = Side.LEFT if _is_opaque(left) else Side.RIGHT
    reason = Reason.CUT_ARITHMETIC if cut else Reason.OPAQUE
    return Mismatch(reason, left, right, op, Remedy(Action.RAW, side))


def compare_opaque(op: str, left: Operand, right: Operand, level: Level, compare: Rule) -> Operand | Mismatch:
    """Return what a comparison with an opaque value gives; thresholds compare as what they cut does."""
    if _is_cut(left) or _is_cut(right):
        found = compare(op, uncut(left), uncut(right), level)
        return _restored(found, left, right) if isinstance(found, Mismatch) else found
    if _is_opaque(left) and _is_opaque(right):
        return _own(op, left, right)
    return _foreign(op, left, right)


def uncut(operand: Operand) -> Operand:
    """Return what a threshold cuts; anything else as it is."""
    return operand.uncut if isinstance(operand, Meaning) else operand


def _restored(found: Mismatch, left: Operand, right: Operand) -> Mismatch:
    # Seen with its threshold, the other side is the one that has to cross.
    remedy = kind_remedy(left, right) if found.reason is Reason.KINDS_DIFFER else found.remedy
    return Mismatch(found.reason, left, right, found.operation, remedy, found.detail, found.code)


def _own(op: str, left: Operand, right: Operand) -> Operand | Mismatch:
    assert isinstance(left, Meaning)
    assert isinstance(right, Meaning)
    if left.kind is None or right.kind is None or not _is_comparable(left.kind, right.kind):
        return Mismatch(Reason.KINDS_DIFFER, left, right, op, kind_remedy(left, right))
    return _ordered(op, left, right, left.kind.ordered and right.kind.ordered)


def _is_comparable(left: Kind, right: Kind) -> bool:
    """Say whether two opaque kinds have values in common: scores of one scale, but no user and order."""
    if left.ordinal and right.ordinal:
        return nearest_common(left, right) is not None
    return left.descends_from(right) or right.descends_from(left)


def _foreign(op: str, left: Operand, right: Operand) -> Operand | Mismatch:
    opaque, other = (left, right) if _is_opaque(left) else (right, left)
    assert isinstance(opaque, Meaning)
    if isinstance(other, Meaning) and not _is_class(opaque, other, op):
        side = Side.RIGHT if other is right else Side.LEFT
        remedy = construction(side, opaque) if other.kind is None else None
        return Mismatch(Reason.KINDS_DIFFER, left, right, op, remedy)
    if isinstance(other, Literal) and opaque.integral and not other.integral:
        return Mismatch(Reason.OUT_OF_RANGE, left, right, op, detail=str(opaque.range))
    return _ordered(op, left, right, opaque.kind is None or opaque.kind.ordered)


def _is_class(opaque: Meaning, other: Meaning, op: str) -> bool:
    """Say whether a predicted class meets the true one: `(p > 0.5) == label`."""
    classes = opaque.kind is not None and not opaque.kind.ordered
    return classes and op in EQUALITIES and other.kind is not None and other.kind.is_indicator


def _ordered(op: str, left: Operand, right: Operand, ordered: bool) -> Operand | Mismatch:
    if ordered or op in EQUALITIES:
        return outcome(op, left, right)
    return Mismatch(Reason.UNORDERED, left, right, op)


def _is_cut(operand: Operand) -> bool:
    return isinstance(operand, Meaning) and operand.cut


def _is_opaque(operand: Operand) -> bool:
    return isinstance(operand, Meaning) and operand.sort is Sort.OPAQUE
