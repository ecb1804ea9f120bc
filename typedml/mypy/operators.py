"""Operators: `distance / air_time` is `float[mile/minute]`, `distance + air_time` an error.

mypy tries `__add__`, then `__radd__`, and forgets the errors of the one that fails where the other passes. So
the operators of plain `float` and `int` answer as well wherever the other operand has a meaning.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mypy.nodes import (
    Expression,
    FloatExpr,
    IntExpr,
    OpExpr,
    TempNode,
)
from mypy.typeops import make_simplified_union
from mypy.types import AnyType, TupleType, Type, TypeOfAny, UnionType, get_proper_type

from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.rules import combine
from typedml.mypy import affine, results, scaled
from typedml.mypy.carrier import base_of, carries, lift, lift_as, lower, plain
from typedml.mypy.classes import BASES, CARRIERS, WHOLE_NUMBERS
from typedml.mypy.gains import kinds_of
from typedml.mypy.recalled import told
from typedml.mypy.rounds import in_later_rounds
from typedml.mypy.sides import is_mirrored, sides_of
from typedml.mypy.signs import BITS, COMPARING, DIRECT, MIRRORED, REVERSED
from typedml.mypy.wholes import WholeFault

if TYPE_CHECKING:
    from mypy.plugin import MethodContext

    from typedml.algebra.kind import Kind
    from typedml.algebra.strictness import Level
    from typedml.mypy.session import Session

CLASSES: Final = (*CARRIERS, *BASES)
METHODS: Final = frozenset(f"{c}.{m}" for c, m in product(CLASSES, (*DIRECT, *REVERSED)))
# What gives two answers, and what is for whole numbers alone.
UNSTEPPED: Final = BITS | {"__divmod__", "__rdivmod__"}
# So mypy names a method of a union, whose `__rsub__` it tries first: `leg - (leg if flag else time)`.
OF_UNIONS: Final = {
    f"{method} of {name.rpartition('.')[2]}": method
    for name, method in product(CLASSES, (*DIRECT, *REVERSED))
}


def binary(ctx: MethodContext, name: str, session: Session) -> Type:
    """Return the type of `left op right`, or report why there is none."""
    if not ctx.arg_types or not ctx.arg_types[0]:
        return ctx.default_return_type
    own, other, given = ctx.type, ctx.arg_types[0][0], ctx.args[0][0]
    node: Any = ctx.context
    wholes, step = session.wholes, _step(name, own, other, given, node, session)
    if step is not None and node not in wholes.index.awaited:
        if step.scales is not None and scaled.may_convert(step.scales, (node.left, node.right)):
            scaled.note(node, session)
        gained = wholes.gained_of(node, step.answer, step.kinds) if step.kinds is not None else None
        if gained is None:
            return step.type or ctx.default_return_type
        return _operation(name, ctx, session).answered(gained)
    carried = carries(own) or carries(other)
    if not carried and (session.is_asking or not wholes.awaits(node)):
        return ctx.default_return_type
    if name in BITS and not {base_of(own), base_of(other)} <= WHOLE_NUMBERS:
        return ctx.default_return_type
    return _operation(name, ctx, session).type()


def _operation(name: str, ctx: MethodContext, session: Session) -> _Operation:
    """Return the operator that a method stands for, with its operands as they are written."""
    own, other = ctx.type, ctx.arg_types[0][0]
    if name in REVERSED:
        return _Operation(ctx, session, REVERSED[name], (other, own))
    sign = DIRECT[name]
    if sign in MIRRORED and is_mirrored(ctx.context, sign, ctx.args[0][0], session, own, other):
        return _Operation(ctx, session, MIRRORED[sign], (other, own))
    return _Operation(ctx, session, sign, (own, other))


class _Step(NamedTuple):
    """An operator applied to two meanings: what it gives, and of which type unless it is the default.

    `kinds` are those of the operands, from which the whole expression may gain; None where it cannot.
    """

    answer: Any
    type: Type | None
    kinds: frozenset[Kind] | None
    scales: bool | None


# By level, by the method and what `recalled` tells of the operand that has it and of the other.
_steps: dict[Level, dict[tuple[object, ...], _Step | None]] = {}


def forget() -> None:
    """Drop the types of another build."""
    _steps.clear()


def _step(name: str, own: Type, other: Type, given: Expression, node: Any, session: Session) -> _Step | None:
    """Return what an operator makes of numbers that have one meaning or are written; None for all else.

    Then nothing but their types and digits matters, and a package has far fewer of those than operators.
    """
    is_reversed = name in REVERSED
    beside = None
    if type(node) is OpExpr:
        beside, given = (node.right, node.left) if is_reversed else (node.left, given)
    elif is_reversed or type(given) is TempNode:
        return None  # what stands in for an operand of a comparison may be either of them
    mine, its = told(own, beside), told(other, given)
    if mine is None or its is None or (type(mine) is tuple and type(its) is tuple):
        return None
    steps = _steps.get(session.level)
    if steps is None:
        steps = _steps[session.level] = {}
    key = (name, mine, its)
    if key not in steps:
        sides = ((other, given), (own, beside)) if is_reversed else ((own, beside), (other, given))
        steps[key] = None if name in UNSTEPPED else _first(DIRECT.get(name) or REVERSED[name], sides, session)
    return steps[key]


def _first(sign: str, sides: tuple[tuple[Type, Expression | None], ...], session: Session) -> _Step | None:
    pair = tuple(get_proper_type(typ) for typ, _ in sides)
    left, right = (
        Literal(side.value) if isinstance(side, FloatExpr | IntExpr) and not carries(typ) else lower(typ)
        for typ, side in sides
    )
    if left is None or right is None:
        return None
    answer = combine(sign, left, right, level=session.level)
    if isinstance(answer, Mismatch):
        return None
    if not isinstance(answer, Meaning) or sign in COMPARING:
        return _Step(answer, None, None, None)
    typed = lift(session.lookup, answer, results.simple(sign, pair) or "builtins.float")
    return _Step(answer, typed, kinds_of((left, right)), scaled.scales(sign, left, right, session.level))


class _Operation:
    """One operator applied to two operands, each of which may have several types."""

    def __init__(
        self,
        ctx: MethodContext,
        session: Session,
        sign: str,
        types: tuple[Type, Type],
    ) -> None:
        self.ctx, self.session, self.sign, self.types = ctx, session, sign, types
        self.sides = sides_of(ctx.context, session, *types)

    def type(self) -> Type:
        default = self.ctx.default_return_type
        wholes, node = self.session.wholes, self.ctx.context
        awaited = wholes.awaits(node)
        if self.sign in COMPARING and not all(map(_is_numeric, self.types)):
            return default
        whole = wholes.around(node) if awaited else None
        if whole is not None:
            return self.answered(whole)
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
            return self.answered(repeated, pair)
        self._settle(*operands)
        if scaled.scales(self.sign, *operands, session.level) is not None:
            scaled.note(node, session)
        gained = session.wholes.gained(node, answer, operands)
        if gained is not None:
            return self.answered(gained, pair)
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

    def _faulty(self, fault: Mismatch, pair: tuple[Type, ...]) -> Type:
        """Return the type of what is right as part of a whole; report what is not, once."""
        wholes, node = self.session.wholes, self.ctx.context
        mended = wholes.mended(node, fault)
        if mended is None and wholes.is_told(node, fault):
            return AnyType(TypeOfAny.from_error)
        if mended is None and affine.is_allowed(node, self.session):
            return self.answered(UNKNOWN, pair)
        return self.answered(fault if mended is None else mended, pair)

    def answered(self, answer: Operand | Mismatch | WholeFault, pair: tuple[Type, ...] | None = None) -> Type:
        """Return the type of what an operator gives, or report why it gives nothing."""
        pair = pair or self.types
        if isinstance(answer, WholeFault):
            self.session.report_whole(self.ctx, answer, self.sign)
            return AnyType(TypeOfAny.from_error)
        if isinstance(answer, Mismatch):
            self.session.report_operator(self.ctx, answer.within(self.sign), self.sides, pair)
            return AnyType(TypeOfAny.from_error)
        like = results.like(self.ctx, self.session, self.sign, pair)
        return lift_as(self.session.lookup, answer, like) or self.ctx.default_return_type

    def _settle(self, left: Operand, right: Operand) -> None:
        """Give `total`, begun as 0.0, the meaning of what is added to it or compared with it."""
        for side, (own, other) in enumerate(((left, right), (right, left))):
            expression = self.sides[side]
            if expression is None or carries(self.types[side]):
                continue
            summed = self._summed(other)
            if not isinstance(summed, Meaning):
                # What the values that it is assigned say it is: `level = w * level + (1 - w) * reading`.
                summed = own
            if isinstance(summed, Meaning):
                self.session.settle(self.ctx.api, expression, summed, base_of(self.types[1 - side]))

    def _summed(self, other: Operand) -> Operand | Mismatch:
        """Return what is of any unit beside another operand, and keeps its unit."""
        if self.sign in COMPARING or not isinstance(other, Meaning):
            return other
        added = self.sign in ("+", "-")
        return combine(self.sign, other, other, level=self.session.level) if added else UNKNOWN

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
