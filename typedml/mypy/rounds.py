"""Sums that a loop makes: `for t in readings: total += t` adds points to one another, whatever it began with.

The first round adds a point to 0.0, which alone is right; what the second does shows in no single step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mypy.nodes import ForStmt, NameExpr, Node, OperatorAssignmentStmt, Var, WhileStmt

from typedml.algebra.meaning import Literal, Meaning, Operand
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.rules import combine
from typedml.mypy.index import index_of, walk

if TYPE_CHECKING:
    from typedml.mypy.session import Session


def in_later_rounds(
    context: Any, sign: str, total: Operand, added: Operand, session: Session
) -> Mismatch | None:
    """Return why `total += added` is wrong from the second round of its loop on, None if it is not."""
    if not isinstance(added, Meaning) or not isinstance(total, Literal) or not total.is_generic:
        return None
    answer = combine(sign, added, added, level=session.level)
    return answer if isinstance(answer, Mismatch) and _is_carried_over(context, session) else None


def _is_carried_over(step: Any, session: Session) -> bool:
    """Say whether a loop around `total += t`, or `total = total + t`, keeps the sum for its next round."""
    # mypy checks `total += t` as an operator of its own making, between the parts of the statement.
    total = getattr(step, "left", None)
    if not isinstance(total, NameExpr) or not isinstance(total.node, Var):
        return False
    nodes = list(walk(session.tree, Node))
    values = index_of(session.tree).assigned.get(total.node, [])
    in_place = any(isinstance(node, OperatorAssignmentStmt) and node.lvalue is total for node in nodes)
    if not values or not (in_place or step in values):
        return False
    loops = (node for node in nodes if isinstance(node, ForStmt | WhileStmt))
    around = (loop for loop in loops if loop.line < step.line <= (loop.end_line or loop.line))
    return any(values[0].line < loop.line for loop in around)
