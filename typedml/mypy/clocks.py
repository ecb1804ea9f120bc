"""What plain values say of their unit by how they were read: `moment.timestamp()` is in seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.nodes import CallExpr, Expression, MemberExpr, RefExpr

from typedml.algebra.flow import FLOW, flow
from typedml.algebra.meaning import Meaning
from typedml.algebra.mismatch import Action, Mismatch, Reason, Remedy, Side
from typedml.algebra.rules import combine
from typedml.mypy.carrier import base_of
from typedml.mypy.instant_methods import said_by_method

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typedml.mypy.session import Session

    Names = tuple[str | None, str | None]

BARE = frozenset({Reason.UNKNOWN_BESIDE_UNIT, Reason.UNKNOWN_GIVEN})
ROUNDED = frozenset({"builtins.int", "builtins.round"})


def clocked(
    mismatch: Mismatch, sides: Sequence[Expression | None], names: Names, session: Session
) -> tuple[Mismatch, Names]:
    """Return a mismatch as it is where a plain side tells seconds, and that side with its marker."""
    if mismatch.reason not in BARE:
        return mismatch, names
    operands, shown = [mismatch.left, mismatch.right], [*names]
    for place, (side, name) in enumerate(zip(sides, names, strict=False)):
        meaning = None if isinstance(operands[place], Meaning) else _read(side, session)
        if meaning is not None and meaning.kind is not None:
            operands[place], shown[place] = meaning, f"{meaning.kind.marker}({name})"
    left, right = operands
    if not (isinstance(left, Meaning) and isinstance(right, Meaning)):
        return mismatch, names
    refused = flow(left, right) if mismatch.operation == FLOW else combine(mismatch.operation, left, right)
    if not isinstance(refused, Mismatch):
        return mismatch, names
    is_right = isinstance(mismatch.left, Meaning)
    source, target = (right, left) if is_right else (left, right)
    remedy = Remedy(
        Action.CONVERT,
        Side.RIGHT if is_right else Side.LEFT,
        str(source.unit),
        str(target.unit),
        result=Meaning(target.kind, target.unit),
    )
    return refused.with_remedy(remedy), (shown[0], shown[1])


def _read(expression: Expression | None, session: Session) -> Meaning | None:
    """Return what a method of a plain instant gives, rounded or not."""
    if not isinstance(expression, CallExpr):
        return None
    callee = expression.callee
    if isinstance(callee, RefExpr) and callee.fullname in ROUNDED and len(expression.args) == 1:
        return _read(expression.args[0], session)
    found = session.type_of(callee.expr) if isinstance(callee, MemberExpr) else None
    if found is None or not isinstance(callee, MemberExpr):
        return None
    return said_by_method(base_of(found), callee.name)
