"""What a statistic makes of values that all mean one thing: the cells of the table of statistics.

>>> from typedml.algebra.meaning import Meaning
>>> print(sum_of("sum", Meaning(KINDS["Binary"])), spread_of("std", Meaning(KINDS["Duration"])))
Count Duration
"""

from __future__ import annotations

from typedml.algebra.catalogue import KINDS
from typedml.algebra.closure import make, product_kind, sum_kind
from typedml.algebra.elementwise import named
from typedml.algebra.kind import Kind
from typedml.algebra.meaning import Meaning, Operand
from typedml.algebra.mismatch import Action, Mismatch, Reason, Remedy, Side
from typedml.algebra.monomial import ANGLE, Monomial
from typedml.algebra.ranges import NON_NEGATIVE
from typedml.algebra.rules import combine
from typedml.algebra.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Answer: TypeAlias = Operand | Mismatch
    Cell: TypeAlias = Callable[[str, Meaning], Answer]

COUNTED = {
    **dict.fromkeys(("len", "count", "nunique"), "Count"),
    **dict.fromkeys(("argmin", "argmax"), "Index"),
    "rank": "Rank",
    "zscore": "ZScore",
}
"""Statistics that have one kind, whatever they are taken of."""


def same(name: str, operand: Meaning) -> Answer:
    """Return the meaning itself."""
    return operand


def sum_of(name: str, operand: Meaning) -> Answer:
    """Return the sum: of ones and zeros it is a count."""
    if _is_indicator(operand):
        return make(KINDS["Count"], operand.unit, operand)
    return make(_repeated("+", operand), operand.unit, operand)


def mean_of(name: str, operand: Meaning) -> Answer:
    """Return a mean, of the nearest kind that means have."""
    if _is_indicator(operand):
        return make(KINDS["Proportion"], operand.unit, operand)
    return make(_nearest(operand, lambda kind: kind.mean), operand.unit, operand)


def picked(name: str, operand: Meaning) -> Answer:
    """Return one of the values."""
    # One share of a whole is a probability, and no longer a whole.
    return make(_nearest(operand, lambda kind: not kind.collective), operand.unit, operand)


def middle_of(name: str, operand: Meaning) -> Answer:
    """Return a median, a quantile or another mean."""
    # The medians of columns that each sum to one need not sum to one.
    if _is_indicator(operand):
        return make(KINDS["Proportion"], operand.unit, operand)
    return make(_nearest(operand, lambda kind: kind.mean and not kind.collective), operand.unit, operand)


def mean_point(name: str, operand: Meaning) -> Answer:
    """Return the mean of points."""
    kept = _nearest(operand, lambda kind: kind.mean)
    if kept is None and operand.kind is not None:
        return Mismatch(Reason.NO_MEAN, operand, None, name)
    return Meaning(kept, operand.unit, False, operand.roles)


def spread_of(name: str, operand: Meaning) -> Answer:
    """Return a distance between values, in their unit."""
    return make(_nearest(operand, _holds_spreads), operand.unit, operand)


def step_of(name: str, operand: Meaning) -> Answer:
    """Return a difference of points."""
    return make(None, operand.unit.delta(), operand)


def squared(name: str, operand: Meaning) -> Answer:
    """Return a square of differences."""
    return make(None, operand.unit.delta() ** 2, operand)


def differences(name: str, operand: Meaning) -> Answer:
    """Return the differences of neighbours."""
    return named(name, combine("-", operand, operand))


def product_of(name: str, operand: Meaning) -> Answer:
    """Return the product, whose unit nobody knows unless it is 1."""
    if not operand.is_pure:
        return Mismatch(Reason.EXPONENT_UNKNOWN, operand, None, name)
    number = Unit.number()
    kept = _repeated("*", operand) if operand.unit.is_number else None
    return make(kept, number, operand)


def number(name: str, operand: Meaning) -> Answer:
    """Return a number without a unit."""
    return make(None, Unit.number(), operand)


def counted(name: str, operand: Meaning) -> Answer:
    """Return what has one kind, whatever it is taken of."""
    return make(KINDS[COUNTED[name]], Unit.number(), operand)


def standardised(name: str, operand: Meaning) -> Answer:
    """Return how many deviations values are from their mean."""
    score = KINDS[COUNTED[name]]
    if operand.kind is not None and operand.kind.descends_from(score):
        return Mismatch(Reason.STANDARDISED, operand, None, name)
    return make(score, Unit.number(), operand)


def circular(name: str, operand: Meaning) -> Answer:
    """Return a circular statistic of a plain angle, or of numbers whose turn an argument says."""
    turns = operand.kind is None and operand.unit.is_number
    if operand.unit.dimension != Monomial({ANGLE: 1}) and not turns:
        return acyclic(name, operand)
    return mean_of(name, operand) if name == "circmean" else spread_of(name, operand)


def acyclic(name: str, operand: Meaning) -> Answer:
    """Refuse a circular statistic of what does not come round again."""
    return Mismatch(Reason.CYCLE_NEEDED, operand, None, name)


def _refusal(reason: Reason, action: Action | None) -> Cell:
    """Return the cell that refuses, and says what to do instead."""
    remedy = None if action is None else Remedy(action, Side.LEFT)
    return lambda name, operand: Mismatch(reason, operand, None, name, remedy)


def unranked(name: str, operand: Meaning) -> Answer:
    """Refuse a statistic that needs an order of more and less."""
    ordered = operand.kind is None or operand.kind.ordered
    return Mismatch(Reason.NOT_ORDINAL if ordered else Reason.UNORDERED, operand, None, name)


def _is_indicator(operand: Meaning) -> bool:
    return operand.kind is not None and operand.kind.is_indicator and operand.is_pure


def _repeated(op: str, operand: Meaning) -> Kind | None:
    """Return the kind that is left of any number of operations: what two values make is an operand again."""
    combined = sum_kind if op == "+" else product_kind
    kind, made = None, operand.kind
    while made is not None and made is not kind:
        kind, each = made, Meaning(made, operand.unit)
        made = combined(op, each, each, operand.unit)
    return made


def _nearest(operand: Meaning, holds: Callable[[Kind], bool]) -> Kind | None:
    lineage = operand.kind.lineage if operand.kind is not None else ()
    return next((kind for kind in lineage if holds(kind) and kind.admits(operand.unit)), None)


def _holds_spreads(kind: Kind) -> bool:
    """Say whether distances between values are values: those of durations are, of probabilities not."""
    return NON_NEGATIVE.within(kind.range) and kind.negatable and not (kind.integral or kind.collective)


added = _refusal(Reason.POINTS_ADDED, Action.SUBTRACT)
scaled = _refusal(Reason.POINT_SCALED, Action.SUBTRACT)
cyclic = _refusal(Reason.CYCLE, None)
encoded = _refusal(Reason.ENCODED, None)
opaque = _refusal(Reason.OPAQUE, Action.RAW)
cut = _refusal(Reason.CUT_ARITHMETIC, Action.RAW)
