"""What stands on the two sides of an operator, in a statement or an expression."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mypy.nodes import ComparisonExpr, Expression, OperatorAssignmentStmt, OpExpr, TempNode

from typedml.mypy.signs import MIRRORED

if TYPE_CHECKING:
    from mypy.types import Type

    from typedml.mypy.session import Session


def _pairs(context: Any) -> list[tuple[Expression, Expression]]:
    """Return the operands that stand beside an operator in a statement or expression."""
    if isinstance(context, OpExpr):
        return [(context.left, context.right)]
    if isinstance(context, OperatorAssignmentStmt):
        return [(context.lvalue, context.rvalue)]
    if isinstance(context, ComparisonExpr):
        return list(zip(context.operands, context.operands[1:], strict=False))
    return []


def sides_of(
    context: Any, session: Session, left: Type, right: Type
) -> tuple[Expression | None, Expression | None]:
    """Return the source of both operands; of a chain `a < b < c` those that have these types."""
    pairs = _pairs(context)
    if len(pairs) == 1:
        return pairs[0]
    fitting = [pair for pair in pairs if session.has_type(pair[0], left) and session.has_type(pair[1], right)]
    return fitting[0] if fitting else (None, None)


def is_mirrored(context: Any, sign: str, given: Expression, session: Session, own: Type, other: Type) -> bool:
    """Whether mypy tries `a < b` as `b > a`: it does so with a stand-in for `a`."""
    if not isinstance(given, TempNode):
        return False
    if isinstance(context, ComparisonExpr) and len(context.operators) == 1 and MIRRORED[sign] != sign:
        return context.operators != [sign]
    return any(
        session.has_type(left, other) and session.has_type(right, own) for left, right in _pairs(context)
    )
