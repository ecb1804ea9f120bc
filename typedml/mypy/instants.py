"""Values that know their own unit: a `timedelta` of a day and one of 86,400 seconds are the same value.

    (b - a).total_seconds()    # float[second], whatever a and b count in

So the meaning of a span is kept in seconds, and read in whatever unit the other operand has.
"""

from __future__ import annotations

from typing import Final

from typedml.algebra.catalogue import SECOND
from typedml.algebra.kind import Sort
from typedml.algebra.meaning import Meaning, Operand

SPAN: Final = "datetime.timedelta"


def settled(meaning: Meaning, base: str) -> Meaning:
    """Return the meaning that a value of class `base` has: that of a span is in seconds."""
    if base != SPAN or meaning.unit == SECOND or not is_time(meaning):
        return meaning
    return Meaning(meaning.kind, SECOND, meaning.cut, meaning.roles)


def beside(span: Operand, other: Operand) -> Operand:
    """Return a span as it stands beside a point: in the unit that the point counts in."""
    if not isinstance(span, Meaning) or not isinstance(other, Meaning) or other.sort is not Sort.TORSOR:
        return span
    if span.sort is not Sort.VECTOR or span.unit.dimension != other.unit.dimension:
        return span
    return Meaning(span.kind, other.unit, span.cut, span.roles)


def is_time(meaning: Meaning) -> bool:
    """Whether a meaning is measured in seconds, or in another unit of time."""
    return meaning.unit.dimension == SECOND.dimension
