"""Spans that stand where a number is wanted: the hint says how many of its unit they are.

return b - a    # Hint: (b - a).total_seconds() makes it "float[second]"
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mypy.nodes import CallExpr, OpExpr, RefExpr

from typedml.algebra.catalogue import SECOND
from typedml.algebra.flow import flow
from typedml.algebra.meaning import Meaning
from typedml.messages import describe
from typedml.messages.code import ATOM, grouped
from typedml.mypy.carrier import base_of
from typedml.mypy.instants import SPAN, is_time
from typedml.mypy.literals import literal_of
from typedml.mypy.shapes import shape

if TYPE_CHECKING:
    from mypy.nodes import Expression

    from typedml.mypy.session import Session

NUMBERS: Final = frozenset({"float", "int"})


def counted(expression: Expression | None, wanted: str, session: Session) -> str:
    """Return the hint for a span, or for the hours in one, where a number is declared; or nothing."""
    numbers = shape(wanted).numbers
    if expression is None or len(numbers) != 1 or numbers[0].plain not in NUMBERS:
        return ""
    meaning, carrier = numbers[0].operand, numbers[0].plain
    if not isinstance(meaning, Meaning) or meaning.unit.is_point or not is_time(meaning):
        return ""
    span = _span(expression, session)
    if span is None or flow(Meaning(None, meaning.unit), meaning) is not None:
        return ""
    code = f"{grouped(session.text(span), ATOM)}.total_seconds()"
    if meaning.unit != SECOND:
        code = f'convert({code}, "{SECOND}", "{meaning.unit}")'
    code = f"round({code})" if carrier == "int" else code
    if span is expression:
        return f"{code} makes it {describe(meaning, carrier)}"
    return f"{code} instead of {session.text(expression)}: it gives {describe(meaning, carrier)}"


def _span(expression: Expression, session: Session) -> Expression | None:
    """Return what is a span: all of it, or what is divided by one: `waited / timedelta(hours=1)`."""
    if isinstance(expression, OpExpr) and expression.op == "/" and _is_one(expression.right):
        return _span(expression.left, session)
    found = session.type_of(expression)
    return expression if found is not None and base_of(found) == SPAN else None


def _is_one(expression: Expression) -> bool:
    """Say whether an expression makes a span of one hour, day or the like."""
    if not isinstance(expression, CallExpr) or not isinstance(expression.callee, RefExpr):
        return False
    number = literal_of(expression.args[0]) if len(expression.args) == 1 else None
    is_one = number is not None and number.value == 1
    return is_one and expression.callee.fullname == SPAN
