"""Operators of one operand: `-x`, `abs(x)`, `round(x)`."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, Final

from mypy.nodes import Expression, UnaryExpr
from mypy.types import AnyType, Type, TypeOfAny

from typedml.algebra.meaning import Meaning
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.rules import unary
from typedml.mypy.carrier import base_of, lift, lift_as
from typedml.mypy.classes import BASES, WHOLE_NUMBERS
from typedml.mypy.signs import ALONE

if TYPE_CHECKING:
    from mypy.plugin import MethodContext

    from typedml.mypy.session import Session

METHODS: Final = frozenset(f"{c}.{m}" for c, m in product(BASES, ALONE))


def alone(ctx: MethodContext, name: str, session: Session) -> Type:
    """Return the type of `-x`, `abs(x)`, `round(x)`, or report why there is none."""
    operand = session.operand(None, ctx.type)
    if not isinstance(operand, Meaning):
        return ctx.default_return_type
    sign = ALONE[name]
    answer = unary(sign, operand)
    if isinstance(answer, Mismatch):
        session.report_operator(ctx, answer, (_operand_of(ctx.context), None), (ctx.type,))
        return AnyType(TypeOfAny.from_error)
    if sign in "+-abs~" and base_of(ctx.type) in WHOLE_NUMBERS:
        return lift(session.lookup, answer, "builtins.int") or ctx.default_return_type
    return lift_as(session.lookup, answer, ctx.default_return_type) or ctx.default_return_type


def _operand_of(context: Any) -> Expression | None:
    return context.expr if isinstance(context, UnaryExpr) else None
