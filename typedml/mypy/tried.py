"""Functions whose signatures mypy tries out of earshot: overloaded ones, and operators of one's own classes.

    pick(0.5)        # of the overloads for a probability and for a distance, the first takes the number

None takes a plain number where it declares a meaning, and what mypy says of that only we would drop. So what
is written as a number that fits is let into the signature before it is tried.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mypy.nodes import ComparisonExpr, ConditionalExpr, Context, Expression, OpExpr, StrExpr, TempNode
from mypy.types import CallableType, Instance, Type, TypeVarType, UnionType, get_proper_type

from typedml.algebra.flow import flow
from typedml.algebra.meaning import Meaning
from typedml.algebra.strictness import STANDARD, Level
from typedml.mypy.carrier import base_of, lower, plain
from typedml.mypy.classes import TEXTS
from typedml.mypy.literals import WRITTEN, literal_of
from typedml.mypy.signs import DIRECT, REVERSED
from typedml.mypy.stored import is_display, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mypy.plugin import FunctionSigContext, MethodSigContext

    from typedml.mypy.carrier import Lookup

# Methods that mypy tries on both operands, or instead of other ways to do the same.
TRIED: Final = frozenset({*DIRECT, *REVERSED, "__contains__", "__setitem__"})


def fitted(
    ctx: FunctionSigContext | MethodSigContext, lookup: Lookup, level: Level = STANDARD
) -> CallableType:
    """Return a signature that takes the written numbers which have the meanings that it declares."""
    signature = ctx.default_signature
    given = [_written(each, ctx.context) for each in ctx.args]
    types = [
        _opened(formal, each, (lookup, level)) or formal if each else formal
        for formal, each in zip(signature.arg_types, given, strict=True)
    ]
    if signature.variables:
        types = [_beside_others(i, types, given, (ctx.api, level)) or each for i, each in enumerate(types)]
    if all(new is old for new, old in zip(types, signature.arg_types, strict=True)):
        return signature
    return signature.copy_modified(arg_types=types)


def _beside_others(
    place: int, formals: Sequence[Type], given: Sequence[Sequence[Expression]], asked: tuple[Any, Level]
) -> Type | None:
    """Return what a type variable is by all other arguments: of `clamp(leg, 0.0)` zero says nothing."""
    (api, level), formal, own = asked, get_proper_type(formals[place]), given[place]
    if not is_of_numbers(formal) or not own or any(literal_of(each) is None for each in own):
        return None
    others = [
        each
        for typ, expressions in zip(formals, given, strict=True)
        if get_proper_type(typ) == formal
        for each in expressions
        if literal_of(each) is None
    ]
    with api.msg.filter_errors():
        types = [get_proper_type(api.get_expression_type(each)) for each in others]
    meaning = lower(types[0]) if types else None
    fits = isinstance(meaning, Meaning) and all(_fits(each, meaning, types[0], level) for each in own)
    return types[0] if fits and all(lower(typ) == meaning for typ in types) else None


def is_of_numbers(typ: Type) -> bool:
    """Whether a type is a variable that stands for numbers of one class."""
    proper = get_proper_type(typ)
    return isinstance(proper, TypeVarType) and not proper.values and lower(proper.upper_bound) is not None


def _written(given: Sequence[Expression], context: Context) -> Sequence[Expression]:
    """Return what is given for a parameter; of `0.5 * vector` mypy tells of the type of 0.5 alone."""
    if len(given) != 1 or not isinstance(given[0], TempNode):
        return given
    if isinstance(context, OpExpr):
        return [context.left]
    if isinstance(context, ComparisonExpr) and len(context.operands) == 2:
        return context.operands[:1]
    return given


def _opened(formal: Type, given: Sequence[Expression], asked: tuple[Lookup, Level]) -> Type | None:
    """Return the type of a parameter without the meanings that all that is given for it may have."""
    proper = get_proper_type(formal)
    if isinstance(proper, UnionType):
        members = [_opened(each, given, asked) for each in proper.items]
        found = [new or old for new, old in zip(members, proper.items, strict=True)]
        return UnionType(found) if any(members) else None
    meaning = lower(proper)
    if isinstance(meaning, Meaning):
        lookup, level = asked
        fits = all(_fits(each, meaning, proper, level) for each in given)
        return plain(lookup, proper) if fits else None
    if not isinstance(proper, Instance) or not proper.args or not all(map(is_display, given)):
        return None
    items = [put.value for each in given for put in written(each, 1)]
    item = _opened(proper.args[-1], items, asked) if items else None
    return proper.copy_modified(args=[*proper.args[:-1], item]) if item is not None else None


def _fits(expression: Expression, meaning: Meaning, formal: Type, level: Level) -> bool:
    if isinstance(expression, ConditionalExpr):
        return all(_fits(each, meaning, formal, level) for each in (expression.if_expr, expression.else_expr))
    if isinstance(expression, StrExpr):
        return base_of(formal) in TEXTS and flow(WRITTEN, meaning, level=level) is None
    literal = literal_of(expression)
    return (
        literal is not None and base_of(formal) not in TEXTS and flow(literal, meaning, level=level) is None
    )
