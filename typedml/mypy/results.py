"""Of which class the result of an operator is, and what stands beside each other without a meaning between.

Of two built-in numbers the operator tells the class; of all others mypy is asked what plain values give.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mypy.nodes import TempNode

from typedml.algebra.meaning import UNKNOWN, Meaning, Operand
from typedml.algebra.mismatch import Mismatch, Reason
from typedml.messages import fact
from typedml.mypy.carrier import base_of, carries, lift, plain
from typedml.mypy.classes import TEXTS
from typedml.mypy.instants import SPAN, beside, is_time
from typedml.mypy.reports import fail
from typedml.mypy.signs import ARITHMETIC, COMPARING, NAMES

if TYPE_CHECKING:
    from mypy.nodes import Expression
    from mypy.plugin import MethodContext
    from mypy.types import Type

    from typedml.mypy.session import Session

Pair = tuple["Type", ...]

SIMPLE: Final = frozenset({"builtins.float", "builtins.int"})
# With two integers these give an integer.
WHOLE: Final = frozenset(ARITHMETIC.values()) - {"/"}


def like(ctx: MethodContext, session: Session, sign: str, pair: Pair) -> Type:
    """Return a type of the class that an operator gives, whatever it means."""
    if sign in COMPARING:
        return ctx.default_return_type
    base = simple(sign, pair)
    return (lift(session.lookup, UNKNOWN, base) if base else None) or _asked(ctx, session, sign, pair)


def simple(sign: str, pair: Pair) -> str | None:
    """Return the class that an operator gives of two built-in numbers; None for all others."""
    left, right = base_of(pair[0]), base_of(pair[1])
    if left not in SIMPLE or right not in SIMPLE:
        return None
    return "builtins.int" if left == right == "builtins.int" and sign in WHOLE else "builtins.float"


def _asked(ctx: MethodContext, session: Session, sign: str, pair: Pair) -> Type:
    api: Any = ctx.api
    left, right = (plain(session.lookup, typ) for typ in pair)
    session.is_asking = True
    try:
        with api.msg.filter_errors():
            node = TempNode(right, context=ctx.context)
            found: Type = api.expr_checker.check_op(NAMES[sign], left, node, ctx.context, True)[0]
    finally:
        session.is_asking = False
    return found


def is_written(sign: str, pair: Pair) -> bool:
    """Whether text is put together, or compared with what is none: `"user-" + user`, `"%s" % user`."""
    texts = [base_of(typ) in TEXTS for typ in pair]
    plain_text = any(text and not carries(typ) for text, typ in zip(texts, pair, strict=True))
    return plain_text and (sign not in COMPARING or not all(texts))


def measured(left: Operand, right: Operand, pair: Pair) -> tuple[Operand, Operand]:
    """Return two operands, a `timedelta` among them in the unit that the other counts in."""
    if base_of(pair[0]) == SPAN:
        left = beside(left, right)
    if base_of(pair[1]) == SPAN:
        right = beside(right, left)
    return left, right


def is_misplaced(answer: Operand, result: Type) -> bool:
    """Whether a `timedelta` would come out of an operator that gives no time: `span * distance`."""
    return isinstance(answer, Meaning) and base_of(result) == SPAN and not is_time(answer)


def report_misplaced(
    ctx: MethodContext,
    session: Session,
    mismatch: tuple[Operand, Operand, str],
    sides: tuple[Expression | None, ...],
    pair: Pair,
) -> None:
    """Report what would be a `timedelta` of no time."""
    left, right = (base_of(typ).rpartition(".")[2] for typ in pair)
    sentence = fact(Mismatch(Reason.DIMENSIONS_DIFFER, *mismatch), (left, right))
    span = next(side for side, typ in zip(sides, pair, strict=True) if base_of(typ) == SPAN)
    hint = f'{session.text(span) or "it"}.total_seconds() is "float[second]", which multiplies and divides'
    fail(ctx.api, "typedml-unit", sentence, hint, ctx.context)
