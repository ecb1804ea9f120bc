"""Functions of many values: sums, means, deviations; their rules follow from sort, range and a small table.

>>> from typedml.algebra.catalogue import KINDS
>>> from typedml.algebra.meaning import Meaning
>>> print(total("sum", (Meaning(KINDS["Binary"]),), Level.STANDARD))
Count
"""

from __future__ import annotations

from typedml.algebra.catalogue import KINDS
from typedml.algebra.closure import make, product_kind, sum_kind
from typedml.algebra.elementwise import named
from typedml.algebra.kind import Kind, Sort
from typedml.algebra.meaning import UNKNOWN, Meaning, Operand
from typedml.algebra.mismatch import Action, Mismatch, Reason, Remedy, Side
from typedml.algebra.rules import combine
from typedml.algebra.strictness import Level
from typedml.algebra.unit import Unit

NAMED: dict[tuple[str, str], str] = {
    ("sum", "Binary"): "Count",
    ("mean", "Binary"): "Proportion",
}
"""What closure cannot see: the statistic of a kind (or of its children) that has another kind."""

RANKED = frozenset({"median", "quantile"})
"""Statistics that need an order, not a distance."""


def total(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return the sum of many values, and of a start if it is given."""
    operand = operands[0]
    if len(operands) > 1:
        return named(name, combine("+", operand, operands[1], level=level))
    if not isinstance(operand, Meaning):
        return UNKNOWN
    if operand.sort is not Sort.VECTOR:
        return _refused(name, operand, Reason.POINTS_ADDED)
    return _renamed("sum", operand) or make(
        sum_kind("+", operand, operand, operand.unit), operand.unit, operand
    )


def mean(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return the mean, a median or a quantile of many values."""
    operand = operands[0]
    if not isinstance(operand, Meaning):
        return UNKNOWN
    kind = operand.kind
    if operand.sort is Sort.VECTOR:
        kept = next((above for above in kind.lineage if above.mean), None) if kind is not None else None
        return _renamed("mean", operand) or make(kept, operand.unit, operand)
    if operand.sort is Sort.OPAQUE:
        ordered = kind is None or kind.ordered
        return operand if name in RANKED and ordered else _refused(name, operand, Reason.OPAQUE)
    return operand if kind is None or kind.mean else _refused(name, operand, Reason.POINT_SCALED)


def deviation(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return a standard deviation, or with the name "var" a variance, whose unit is the square."""
    operand = operands[0]
    if not isinstance(operand, Meaning):
        return UNKNOWN
    if operand.sort is Sort.OPAQUE or _is_cyclic(operand.kind):
        return _refused(name, operand, Reason.OPAQUE)
    if operand.kind is not None and operand.kind.encoded:
        return _refused(name, operand, Reason.ENCODED)
    unit = operand.unit.delta()
    if name == "var":
        return make(None, unit**2, operand)
    kept = operand.kind if operand.sort is Sort.VECTOR and operand.range.is_unbounded else None
    return make(kept, unit, operand)


def differences(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return the differences of neighbours."""
    return named(name, combine("-", operands[0], operands[0], level=level))


def product(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return the product of many values, whose unit nobody knows unless it is 1."""
    operand = operands[0]
    if not isinstance(operand, Meaning):
        return UNKNOWN
    if operand.sort is not Sort.VECTOR:
        return _refused(name, operand, Reason.POINT_SCALED)
    if not operand.is_pure:
        return Mismatch(Reason.EXPONENT_UNKNOWN, operand, None, name)
    number = Unit.number()
    return make(
        product_kind("*", operand, operand, number) if operand.unit.is_number else None, number, operand
    )


def number_of(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return how many there are."""
    return Meaning(KINDS["Count"])


def place_of(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return where the least or the greatest stands."""
    operand = operands[0]
    if isinstance(operand, Meaning):
        compared = combine("<", operand, operand, level=level)
        if isinstance(compared, Mismatch):
            return named(name, compared)
    return Meaning(KINDS["Index"])


def same(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return the operand: its values are arranged or chosen, never changed."""
    return operands[0]


def _renamed(statistic: str, operand: Meaning) -> Meaning | None:
    for above in operand.kind.lineage if operand.kind is not None else ():
        found = NAMED.get((statistic, above.name))
        if found is not None:
            return make(KINDS[found], operand.unit, operand)
    return None


def _refused(name: str, operand: Meaning, reason: Reason) -> Mismatch:
    """Return the refusal of a statistic, by the most telling reason."""
    if operand.cut:
        return Mismatch(Reason.CUT_ARITHMETIC, operand, None, name, Remedy(Action.RAW, Side.LEFT))
    if operand.sort is Sort.OPAQUE:
        return Mismatch(Reason.OPAQUE, operand, None, name, Remedy(Action.RAW, Side.LEFT))
    kind = operand.kind
    if kind is not None and kind.encoded:
        reason = Reason.ENCODED
    elif _is_cyclic(kind):
        reason = Reason.CYCLE
    return Mismatch(reason, operand, None, name, Remedy(Action.SUBTRACT, Side.LEFT))


def _is_cyclic(kind: Kind | None) -> bool:
    return kind is not None and kind.period is not None
