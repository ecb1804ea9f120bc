"""Operators: `distance / air_time` is `float[mile/minute]`, `distance + air_time` an error.

mypy tries `__add__`, then `__radd__`, and forgets the errors of the one that fails where the other passes. So
the operators of plain `float` and `int` answer as well wherever the other operand has a meaning.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mypy.nodes import (
    ComparisonExpr,
    Expression,
    FloatExpr,
    IntExpr,
    OperatorAssignmentStmt,
    OpExpr,
    TempNode,
    UnaryExpr,
)
from mypy.typeops import make_simplified_union
from mypy.types import AnyType, TupleType, Type, TypeOfAny, UnionType, get_proper_type

from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.rules import combine, unary
from typedml.mypy import affine, results, scaled
from typedml.mypy.carrier import base_of, carries, lift, lift_as, lower, plain
from typedml.mypy.classes import BASES, CARRIERS, WHOLE_NUMBERS
from typedml.mypy.recalled import told
from typedml.mypy.rounds import in_later_rounds
from typedml.mypy.signs import ALONE, BITS, COMPARING, DIRECT, MIRRORED, REVERSED
from typedml.mypy.wholes import WholeFault

if TYPE_CHECKING:
    from mypy.plugin import MethodContext

    from typedml.mypy.session import Session

CLASSES: Final = (*CARRIERS, *BASES)
METHODS: Final = frozenset(f"{c}.{m}" for c, m in product(CLASSES, (*DIRECT, *REVERSED)))
ALONE_METHODS: Final = frozenset(f"{c}.{m}" for c, m in product(BASES, ALONE))


def binary(ctx: MethodContext, name: str, session: Session) -> Type:
    """Return the type of `left op right`, or report why there is none."""
    if not ctx.arg_types or not ctx.arg_types[0]:
        return ctx.default_return_type
    own, other = ctx.type, ctx.arg_types[0][0]
    carried = carries(own) or carries(other)
    if not carried and (session.is_asking or not session.wholes.awaits(ctx.context)):
        return ctx.default_return_type
    if name in BITS and not {base_of(own), base_of(other)} <= WHOLE_NUMBERS:
        return ctx.default_return_type
    if name in REVERSED:
        sides = _sides(ctx.context, session, other, own)
        return _Operation(ctx, session, REVERSED[name], (other, own), sides).type()
    sign, given = DIRECT[name], ctx.args[0][0]
    if sign in MIRRORED and _is_mirrored(ctx.context, given, session, own, other):
        sides = _sides(ctx.context, session, other, own)
        return _Operation(ctx, session, MIRRORED[sign], (other, own), sides).type()
    return _Operation(ctx, session, sign, (own, other), _sides(ctx.context, session, own, other)).type()


def _pairs(context: Any) -> list[tuple[Expression, Expression]]:
    """Return the operands that stand beside an operator in a statement or expression."""
    if isinstance(context, OpExpr):
        return [(context.left, context.right)]
    if isinstance(context, OperatorAssignmentStmt):
        return [(context.lvalue, context.rvalue)]
    if isinstance(context, ComparisonExpr):
        return list(zip(context.operands, context.operands[1:], strict=False))
    return []


def _sides(
    context: Any, session: Session, left: Type, right: Type
) -> tuple[Expression | None, Expression | None]:
    """Return the source of both operands; of a chain `a < b < c` those that have these types."""
    pairs = _pairs(context)
    if len(pairs) == 1:
        return pairs[0]
    fitting = [pair for pair in pairs if session.has_type(pair[0], left) and session.has_type(pair[1], right)]
    return fitting[0] if fitting else (None, None)


def _is_mirrored(context: Any, given: Expression, session: Session, own: Type, other: Type) -> bool:
    """Whether mypy tries `a < b` as `b > a`: it does so with a stand-in for `a`."""
    return isinstance(given, TempNode) and any(
        session.has_type(left, other) and session.has_type(right, own) for left, right in _pairs(context)
    )


class _Step(NamedTuple):
    """An operator applied to two meanings: what it gives, and of which type unless it is the default."""

    operands: tuple[Operand, Operand]
    answer: Operand
    type: Type | None
    scales: bool | None


# By what `recalled` tells of both operands.
_steps: dict[tuple[object, ...], _Step | None] = {}


def forget() -> None:
    """Drop the types of another build."""
    _steps.clear()


class _Operation:
    """One operator applied to two operands, each of which may have several types."""

    def __init__(
        self,
        ctx: MethodContext,
        session: Session,
        sign: str,
        types: tuple[Type, Type],
        sides: tuple[Expression | None, Expression | None],
    ) -> None:
        self.ctx, self.session, self.sign, self.types, self.sides = ctx, session, sign, types, sides

    def type(self) -> Type:
        default = self.ctx.default_return_type
        wholes, node = self.session.wholes, self.ctx.context
        awaited = wholes.awaits(node)
        step = None if awaited else self._step()
        if step is not None:
            if step.scales is not None and scaled.may_convert(step.scales, self.sides):
                scaled.note(node, self.session)
            gained = wholes.gained(node, step.answer, step.operands)
            return (step.type or default) if gained is None else self._answered(gained, self.types)
        if self.sign in COMPARING and not all(map(_is_numeric, self.types)):
            return default
        whole = wholes.around(node) if awaited else None
        if whole is not None:
            return self._answered(whole, self.types)
        found: list[Type] = []
        for pair in product(*map(_members, self.types)):
            operands = [self.session.operand(e, t) for e, t in zip(self.sides, pair, strict=True)]
            if operands[0] is None or operands[1] is None:
                return default
            base = results.simple(self.sign, pair)
            if base is None and results.is_written(self.sign, pair):
                return plain(self.session.lookup, default)
            found.append(self._combined((operands[0], operands[1]), pair, base))
        return make_simplified_union(found) if found else default

    def _combined(self, operands: tuple[Operand, Operand], pair: tuple[Type, ...], base: str | None) -> Type:
        if base is None:
            operands = results.measured(*operands, pair)
        session, node = self.session, self.ctx.context
        answer = combine(self.sign, *operands, level=session.level)
        if isinstance(answer, Mismatch):
            return self._faulty(answer, pair)
        repeated = in_later_rounds(node, self.sign, *operands, session)
        if repeated is not None:
            return self._answered(repeated, pair)
        self._settle(*operands, answer)
        if scaled.scales(self.sign, *operands, session.level) is not None:
            scaled.note(node, session)
        gained = session.wholes.gained(node, answer, operands)
        if gained is not None:
            return self._answered(gained, pair)
        if self.sign == "divmod":
            return self._divided(operands, pair)
        if base is not None:
            return self._simply(answer, base)
        result = results.like(self.ctx, session, self.sign, pair)
        if results.is_misplaced(answer, result):
            results.report_misplaced(self.ctx, session, (*operands, self.sign), self.sides, pair)
            return AnyType(TypeOfAny.from_error)
        return self._lowered(answer, result)

    def _simply(self, answer: Operand, base: str) -> Type:
        default = self.ctx.default_return_type
        if not isinstance(answer, Meaning) or self.sign in COMPARING:
            return default
        return lift(self.session.lookup, answer, base) or default

    def _step(self) -> _Step | None:
        """Return what the operator makes of numbers that have one meaning or are written; None for all else.

        Then nothing but their types and digits matters, and a package has far fewer of those than operators.
        """
        left, right = told(self.types[0], self.sides[0]), told(self.types[1], self.sides[1])
        if left is None or right is None or self.sign == "divmod":
            return None
        key = (self.sign, self.session.level, left, right)
        if key not in _steps:
            _steps[key] = self._first()
        return _steps[key]

    def _first(self) -> _Step | None:
        pair = (get_proper_type(self.types[0]), get_proper_type(self.types[1]))
        left, right = (
            Literal(side.value) if isinstance(side, FloatExpr | IntExpr) and not carries(typ) else lower(typ)
            for side, typ in zip(self.sides, pair, strict=True)
        )
        if left is None or right is None:
            return None
        answer = combine(self.sign, left, right, level=self.session.level)
        if isinstance(answer, Mismatch):
            return None
        typed = None
        if isinstance(answer, Meaning) and self.sign not in COMPARING:
            typed = lift(self.session.lookup, answer, results.simple(self.sign, pair) or "builtins.float")
        return _Step((left, right), answer, typed, scaled.scales(self.sign, left, right, self.session.level))

    def _faulty(self, fault: Mismatch, pair: tuple[Type, ...]) -> Type:
        """Return the type of what is right as part of a whole; report what is not, once."""
        wholes, node = self.session.wholes, self.ctx.context
        mended = wholes.mended(node, fault)
        if mended is None and wholes.is_told(node, fault):
            return AnyType(TypeOfAny.from_error)
        if mended is None and affine.is_allowed(node, self.session):
            return self._answered(UNKNOWN, pair)
        return self._answered(fault if mended is None else mended, pair)

    def _answered(self, answer: Operand | Mismatch | WholeFault, pair: tuple[Type, ...]) -> Type:
        if isinstance(answer, WholeFault):
            self.session.report_whole(self.ctx, answer, self.sign)
            return AnyType(TypeOfAny.from_error)
        if isinstance(answer, Mismatch):
            self.session.report_operator(self.ctx, answer.within(self.sign), self.sides, pair)
            return AnyType(TypeOfAny.from_error)
        like = results.like(self.ctx, self.session, self.sign, pair)
        return lift_as(self.session.lookup, answer, like) or self.ctx.default_return_type

    def _settle(self, left: Operand, right: Operand, answer: Operand) -> None:
        """Give `total`, begun as 0.0, the meaning of what is added to it or compared with it."""
        if self.sign not in ("+", "-", *COMPARING):
            return
        for side, other in ((0, right), (1, left)):
            expression = self.sides[side]
            if expression is None or not isinstance(other, Meaning) or carries(self.types[side]):
                continue
            summed = (
                combine(self.sign, other, other, level=self.session.level) if self.sign in "+-" else other
            )
            if isinstance(summed, Meaning):
                self.session.settle(self.ctx.api, expression, summed, base_of(self.types[1 - side]))

    def _lowered(self, answer: Operand, result: Type) -> Type:
        if not isinstance(answer, Meaning) or self.sign in COMPARING:
            return result
        return lift_as(self.session.lookup, answer, result) or result

    def _divided(self, operands: tuple[Operand, Operand], pair: tuple[Type, ...]) -> Type:
        """Return the type of `divmod`, whose quotient and remainder mean different things."""
        answers = [combine(sign, *operands, level=self.session.level) for sign in ("//", "%")]
        result = get_proper_type(results.like(self.ctx, self.session, self.sign, pair))
        classes = result.items if isinstance(result, TupleType) else [result, result]
        parts = [
            self._lowered(UNKNOWN if isinstance(answer, Mismatch) else answer, each)
            for answer, each in zip(answers, classes, strict=True)
        ]
        return self.session.pair(parts[0], parts[1], self.ctx.default_return_type)


def _members(typ: Type) -> list[Type]:
    proper = get_proper_type(typ)
    return list(proper.items) if isinstance(proper, UnionType) else [proper]


def _is_numeric(typ: Type) -> bool:
    return all(lower(member) is not None for member in _members(typ))


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
