"""Which hint is said beneath an error about an operator or a call: what the source spells out comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typedml.algebra.conversion import converted
from typedml.algebra.edges import conversion
from typedml.algebra.flow import flow
from typedml.algebra.meaning import Meaning
from typedml.algebra.mismatch import Mismatch, Reason, Side
from typedml.algebra.rules import combine
from typedml.mypy import affine, by_hand, declaring
from typedml.mypy.carrier import lower
from typedml.mypy.surroundings import undecided

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mypy.nodes import Context, Expression

    from typedml.mypy.session import Session

    Sides = Sequence[Expression | None]


def of_operator(node: Context, sides: Sides, mismatch: Mismatch, session: Session) -> str:
    """Return the hint that the operands of an operator give by how they are written, or nothing."""
    found = undecided(sides, session) or by_hand.beside(sides, mismatch, session)
    return found or affine.instead(node, session) or declaring.beside(sides, mismatch, session)


def towards(mismatch: Mismatch, session: Session) -> Mismatch:
    """Return a mismatch with the left side converted where a sum is wanted in the unit of the right one."""
    left, right = mismatch.left, mismatch.right
    if mismatch.reason is not Reason.UNITS_DIFFER or mismatch.operation not in ("+", "-"):
        return mismatch
    if not (isinstance(left, Meaning) and isinstance(right, Meaning)) or session.checker is None:
        return mismatch
    context = session.checker.expr_checker.type_context[-1]
    wanted = lower(context) if context is not None else None
    if not isinstance(wanted, Meaning) or left.sort is not right.sort or left.cut or right.cut:
        return mismatch
    reached = converted(left, left.unit, right.unit)
    if not isinstance(reached, Meaning) or isinstance(combine(mismatch.operation, reached, right), Mismatch):
        return mismatch
    arrives = flow(Meaning(None, right.unit.delta()), wanted.plain()) is None
    step = conversion(Side.LEFT, left.unit, right.unit, reached)
    return mismatch.with_remedy(step) if arrives else mismatch


def of_call(sides: Sides, mismatch: Mismatch, session: Session, *, argument: bool) -> str:
    """Return the hint that the arguments of a call give by how they are written: of one, or of two."""
    if argument:
        return by_hand.flowing(sides[0], mismatch, session)
    return by_hand.beside(sides, mismatch, session)
