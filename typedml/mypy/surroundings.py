"""What a hint takes from around an error: code for all of many values, a formula, a marker's own name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mypy.nodes import (
    CallExpr,
    Context,
    Expression,
    GeneratorExpr,
    ListComprehension,
    ListExpr,
    OpExpr,
    SetComprehension,
    SetExpr,
    TupleExpr,
    Var,
)

from typedml.mypy.evaluation import payload_of
from typedml.mypy.index import index_of
from typedml.mypy.operands import literal_of

if TYPE_CHECKING:
    from typedml.algebra.meaning import Meaning
    from typedml.mypy.session import Session

EACH_OF: Final = "[{} for each in %s]"


def each_of(values: Expression, session: Session) -> tuple[str | None, str]:
    """Return the source of one of many values, and code for all of them where it does not stand there yet."""
    if isinstance(values, ListComprehension | SetComprehension):
        values = values.generator
    if isinstance(values, GeneratorExpr):
        return session.text(values.left_expr) or None, ""
    if isinstance(values, ListExpr | TupleExpr | SetExpr) and values.items:
        return session.text(values.items[0]) or None, ""
    text = session.text(values)
    return None, EACH_OF % text if text else ""


def formula(node: Context, session: Session) -> str:
    """Return the source of a call, or of a product with the number that is added to it: `t * 1.8 + 32`."""
    if isinstance(node, CallExpr):
        return session.text(node)
    if not isinstance(node, OpExpr):
        return ""
    around = index_of(session.tree).enclosing.get(node)
    shifted = isinstance(around, OpExpr) and around.op in ("+", "-") and literal_of(around.right) is not None
    return session.text(around if shifted and isinstance(around, OpExpr) else node)


def own_name(meaning: Meaning, session: Session) -> str | None:
    """Return the name of a marker of this module that gives a meaning: `KM`, with `KM = Unit("km")`."""
    for name, symbol in session.tree.names.items():
        marker = payload_of(symbol.node) if isinstance(symbol.node, Var) else None
        if marker is not None and marker.meaning == meaning:
            return name
    return None
