"""Results that are of one type variable or another: `zip_longest(legs, more, fillvalue=0.0)` gives distances.

mypy makes a union of what is given for both, in which a written number is plain. Where that is one of the
other's meaning, as 0.0 is of any unit, the union is what the other is; so is what `[0.0] + legs` holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mypy.constraints import SUPERTYPE_OF, infer_constraints
from mypy.nodes import Expression, OpExpr
from mypy.types import CallableType, Instance, TupleType, Type, TypeVarType, UnionType, get_proper_type
from mypy.types_utils import remove_optional

from typedml.algebra.flow import flow
from typedml.algebra.meaning import Literal, Meaning
from typedml.mypy.carrier import base_of, lower
from typedml.mypy.classes import takes
from typedml.mypy.literals import literal_of
from typedml.mypy.stored import is_display, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mypy.plugin import FunctionSigContext, MethodSigContext

    Context = FunctionSigContext | MethodSigContext


class _Written(NamedTuple):
    """Numbers that are written in the source, what they are given for, and their classes."""

    type: Type
    numbers: list[Literal]
    classes: list[str]


def may_mix(result: Type) -> bool:
    """Whether a result may hold what is of one type variable or of another: `V | T`."""
    proper = get_proper_type(result)
    if isinstance(proper, UnionType):
        return sum(isinstance(get_proper_type(each), TypeVarType) for each in proper.items) > 1
    return any(map(may_mix, _parts(proper)))


def _parts(typ: Type) -> Sequence[Type]:
    if isinstance(typ, TupleType):
        return typ.items
    return typ.args if isinstance(typ, Instance) else ()


def unmixed(ctx: Context) -> CallableType:
    """Return a signature whose result is of no plain number beside the meaning that it is of."""
    signature = ctx.default_signature
    numbers = [*_of_arguments(ctx), *_of_receiver(ctx)]
    result = _without(signature.ret_type, numbers, _said(ctx)) if numbers else signature.ret_type
    return signature if result is signature.ret_type else signature.copy_modified(ret_type=result)


def _of_arguments(ctx: Context) -> Iterator[_Written]:
    for formal, given in zip(ctx.default_signature.arg_types, ctx.args, strict=True):
        if given and isinstance(get_proper_type(formal), TypeVarType):
            yield from _numbers(formal, given, lambda each: base_of(_type(ctx, each)))


def _of_receiver(ctx: Context) -> Iterator[_Written]:
    """Yield what a display holds that an operator is a method of: `[0.0] + legs`."""
    owner = get_proper_type(getattr(ctx, "type", None))
    left = ctx.context.left if isinstance(ctx.context, OpExpr) else None
    if left is not None and is_display(left) and isinstance(owner, Instance) and owner.args:
        held = owner.args[-1]
        yield from _numbers(held, [put.value for put in written(left, 1)], lambda _: base_of(held))


def _numbers(
    typ: Type, given: Sequence[Expression], class_of: Callable[[Expression], str]
) -> Iterator[_Written]:
    numbers = [each for each in map(literal_of, given) if each is not None]
    if numbers and len(numbers) == len(given):
        yield _Written(typ, numbers, [class_of(each) for each in given])


def _said(ctx: Context) -> dict[object, Type]:
    """Return what type variables stand for by what is given for them."""
    return {
        each.type_var: each.target
        for formal, given in zip(ctx.default_signature.arg_types, ctx.args, strict=True)
        for value in given
        for each in infer_constraints(formal, _type(ctx, value), SUPERTYPE_OF)
    }


def _type(ctx: Context, expression: Expression) -> Type:
    api: Any = ctx.api
    with api.msg.filter_errors():
        found: Type = api.get_expression_type(expression)
    return found


def _without(typ: Type, numbers: Sequence[_Written], said: dict[object, Type]) -> Type:
    """Return a type whose unions have no member for numbers that another member is the type of."""
    proper = get_proper_type(typ)
    if isinstance(proper, UnionType):
        rest = [each for each in proper.items if not _is_said(each, proper, numbers, said)]
        return typ if len(rest) == len(proper.items) else UnionType.make_union(rest)
    parts = [_without(each, numbers, said) for each in _parts(proper)]
    if all(new is old for new, old in zip(parts, _parts(proper), strict=True)):
        return typ
    if isinstance(proper, TupleType):
        return proper.copy_modified(items=parts)
    return proper.copy_modified(args=parts) if isinstance(proper, Instance) else typ


def _is_said(member: Type, union: UnionType, numbers: Sequence[_Written], said: dict[object, Type]) -> bool:
    """Whether a member of a union stands for written numbers alone, all of what another member means."""
    own = [each for each in numbers if each.type == member]
    others = [_meant(each, said) for each in union.items if each != member]
    return bool(own) and any(all(_fits(each, other) for each in own) for other in others)


def _meant(member: Type, said: dict[object, Type]) -> Type:
    proper = get_proper_type(member)
    return remove_optional(said.get(proper.id, proper) if isinstance(proper, TypeVarType) else proper)


def _fits(given: _Written, other: Type) -> bool:
    meaning = lower(get_proper_type(other))
    return (
        isinstance(meaning, Meaning)
        and all(takes(base_of(other), each) for each in given.classes)
        and all(flow(each, meaning) is None for each in given.numbers)
    )
