"""Whether an expression may stand where a meaning is declared: by what it means, or by where it visibly lies.

>>> from typedml.algebra.catalogue import KINDS
>>> from typedml.algebra.meaning import UNKNOWN
>>> from typedml.algebra.reading import read
>>> p, x = Meaning(KINDS["Probability"]), {"x": UNKNOWN}
>>> refused(read("max(0, min(1, x))", x), p), refused(read("max(0, min(2, x))", x), p).reason
(None, <Reason.UNKNOWN_GIVEN: 'nothing is declared of what is given'>)

A literal needs no marker where a kind without a unit is declared that holds it. Nor does a plain number that
can be no other than one in the range, whatever its parts are: it was clamped, say.
"""

from __future__ import annotations

from math import isfinite

from typedml.algebra.flow import flow
from typedml.algebra.judgement import judged
from typedml.algebra.kind import Sort
from typedml.algebra.meaning import Meaning, Unknown
from typedml.algebra.mismatch import Mismatch, Reason
from typedml.algebra.strictness import STANDARD, Level, Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedml.algebra.expression import Expression
    from typedml.algebra.verdict import Judged

UNMARKED = frozenset({Reason.MARKER_NEEDED, Reason.UNKNOWN_GIVEN})
"""What is wrong with a plain number that nobody marked."""


def refused(
    expression: Expression, target: Meaning, *, level: Level = STANDARD, place: Place = Place.ELSEWHERE
) -> Mismatch | None:
    """Return why an expression may not stand where `target` is declared, None where it may."""
    found = judged(expression, level=level)
    if isinstance(found.answer, Mismatch):
        return found.answer
    mismatch = flow(found.answer, target, level=level, place=place)
    if mismatch is not None and mismatch.reason in UNMARKED and lies_within(found, target):
        return None
    return mismatch


def lies_within(found: Judged, target: Meaning) -> bool:
    """Say whether a plain number lies in the range of a kind without a unit."""
    answer = found.answer
    plain = isinstance(answer, Unknown) or (
        isinstance(answer, Meaning) and answer.is_pure and answer.kind is None and answer.sort is Sort.VECTOR
    )
    return plain and is_bounded(target) and found.span.within(target.range)


def is_bounded(target: Meaning) -> bool:
    """Say whether a declaration is of a kind without a unit whose values lie between two numbers.

    One that is open at infinity holds every square and absolute value, which says nothing.
    """
    measured = not target.is_pure or target.sort is not Sort.VECTOR or target.cut
    return not measured and not target.integral and isfinite(target.range.low) and isfinite(target.range.high)
