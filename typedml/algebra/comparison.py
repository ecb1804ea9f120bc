"""What a comparison gives: an indicator, unless the number beside a range was meant in another unit.

>>> from typedml.algebra.catalogue import KINDS
>>> from typedml.algebra.meaning import Literal, Meaning
>>> p = Meaning(KINDS["Probability"])
>>> print(outcome(">", p, Literal(0.5)), outcome(">", p, Literal(50)).reason.name)
Binary OUT_OF_RANGE

`p > 50` has one outcome only: somebody took a share for percent. What is written on purpose has one outcome
as well: the checks `p <= 1` and `p < 1 + 1e-6`, `n > -1`, sentinels for what is missing (`lat > -999`), the
`1e9` that stands for infinity. So only an order is judged, and only far from a bounded range.
"""

from __future__ import annotations

from math import isinf

from typedml.algebra.catalogue import KINDS
from typedml.algebra.closure import make
from typedml.algebra.meaning import Literal, Meaning, Operand
from typedml.algebra.mismatch import Mismatch, Reason
from typedml.algebra.ranges import Range
from typedml.algebra.unit import Unit

EQUALITIES = frozenset({"==", "!="})

AS_GOOD_AS_INFINITE = 1e5
"""From here on a number stands for infinity beside a range that has two ends."""


def outcome(op: str, left: Operand, right: Operand) -> Operand | Mismatch:
    """Return the indicator that a comparison makes of operands that have agreed."""
    if op not in EQUALITIES:
        for meaning, number in ((left, right), (right, left)):
            if (
                isinstance(meaning, Meaning)
                and isinstance(number, Literal)
                and _is_far(meaning, number.value)
            ):
                return Mismatch(Reason.OUT_OF_RANGE, left, right, op, detail=str(meaning.range))
    return make(KINDS["Binary"], Unit.number(), left, right)


def _is_far(meaning: Meaning, value: float) -> bool:
    """Say whether a number is more than a whole range away from every value, and no usual sentinel."""
    span = meaning.range
    if isinf(span.low) or isinf(span.high) or not abs(value) < AS_GOOD_AS_INFINITE:
        return False
    return _distance(span, value) > span.high - span.low and not _is_sentinel(span, value)


def _distance(span: Range, value: float) -> float:
    return max(span.low - value, value - span.high, 0.0)


def _is_sentinel(span: Range, value: float) -> bool:
    """Say whether a number marks what is missing: negative where nothing is, or all nines."""
    return (value < 0 <= span.low) or (value == int(value) and {*str(abs(int(value)))} == {"9"})
