"""What a step of a judgement may turn out to be: the kind that its result would have, did its range allow."""

from __future__ import annotations

from typedml.algebra.closure import candidates, kind_of, unit_of
from typedml.algebra.kind import Kind, common_or_only, common_to
from typedml.algebra.meaning import Meaning, Operand
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.ranges import UNIT_RANGE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedml.algebra.verdict import Judged


def stands(side: Judged, source: str) -> bool:
    """Say whether a side is of the kind that an edge begins at."""
    return (
        isinstance(side.answer, Meaning)
        and side.answer.kind is not None
        and side.answer.kind.is_named(source)
    )


def sums_to_one(weights: Judged) -> bool:
    """Say whether the weights are a distribution."""
    kind = kind_of(weights.answer) if not isinstance(weights.answer, Mismatch) else None
    return kind is not None and kind.collective and kind.range.within(UNIT_RANGE)


def together(parts: list[Judged]) -> Kind | None:
    """Return what all that have a candidate would be together, as what is the largest of them."""
    wanted = [each.candidate for each in parts if each.candidate is not None]
    return common_to(wanted) if wanted else None


def candidate_of(op: str, left: Judged, right: Judged, answer: Operand) -> Kind | None:
    """Return the kind that the result would have if its range allowed."""
    mine, theirs = left.candidate, right.candidate
    if op in ("+", "-"):
        return common_or_only(mine, theirs)
    if op not in ("*", "/") or not isinstance(answer, Meaning) or (op == "/" and mine and theirs):
        return kind_of(answer)
    found = candidates(op, _as(left), _as(right))
    return next((kind for kind, unit in found if unit == answer.unit), kind_of(answer))


def _as(side: Judged) -> Operand:
    """Return a side as if it had its candidate."""
    answer = side.answer
    assert not isinstance(answer, Mismatch)
    wanted = side.candidate
    if wanted is None or not isinstance(answer, Meaning) or answer.kind is wanted:
        return answer
    return (
        Meaning(wanted, answer.unit, answer.cut, answer.roles) if wanted.admits(unit_of(answer)) else answer
    )
