"""What stands for a function of one's own: `partial(area, side)`, and `@lru_cache` of it.

typeshed's types of these forget what is taken, and mypy's own plugin checks `partial` against the function as
it was declared. So the function is specialized first, to what it is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mypy.nodes import CallExpr, Decorator, Expression, RefExpr
from mypy.plugins.functools import partial_call_callback, partial_new_callback
from mypy.types import CallableType, Instance, Type, get_proper_type

from typedml.mypy.equations import callable_of
from typedml.mypy.solving import Call
from typedml.mypy.unnamed import arguments, formals_of
from typedml.mypy.variables import carried, mentions

if TYPE_CHECKING:
    from mypy.nodes import ArgKind
    from mypy.plugin import FunctionContext, MethodContext, MethodSigContext

    from typedml.mypy.session import Session

CACHED: Final = "functools._lru_cache_wrapper.__call__"
KEPT: Final = "__mypy_partial"


def made(ctx: FunctionContext, session: Session) -> Type:
    """`partial(area, side)`: what is left of a function whose first parameters are given."""
    typ = ctx.arg_types[0][0] if ctx.arg_types and len(ctx.arg_types[0]) == 1 else None
    have = callable_of(typ)
    if not isinstance(have, CallableType) or not mentions(have) or len(ctx.arg_types) != 3:
        return partial_new_callback(ctx)
    left = _applied(have, ctx, session, first=1)
    return partial_new_callback(ctx._replace(arg_types=[[left], *ctx.arg_types[1:]]))


def called(ctx: MethodContext, session: Session) -> Type:
    """`partial(area, side)(height)`."""
    typ = get_proper_type(ctx.type)
    kept = callable_of(typ)
    if not isinstance(kept, CallableType) or not mentions(kept) or len(ctx.arg_types) != 2:
        return partial_call_callback(ctx)
    assert isinstance(typ, Instance)
    solved = _applied(kept, ctx, session, first=0, whole=True)
    return partial_call_callback(ctx._replace(type=typ.copy_with_extra_attr(KEPT, solved)))


def _applied(
    function: CallableType, ctx: Any, session: Session, *, first: int, whole: bool = False
) -> CallableType:
    """Return a function with the variables solved for that some of its arguments decide."""
    given: dict[int, tuple[Expression, ArgKind, str | None]] = {}
    for group in range(first, len(ctx.args)):
        for each in zip(ctx.args[group], ctx.arg_kinds[group], ctx.arg_names[group], strict=True):
            given.setdefault(id(each[0]), each)
    call = CallExpr(
        ctx.args[0][0] if first else ctx.context.callee,
        [each[0] for each in given.values()],
        [each[1] for each in given.values()],
        [each[2] for each in given.values()],
    )
    found = Call(function, arguments(call, formals_of(call, function, session)), call, ctx.api)
    return found.solved(session.lookup) if whole else found.applied(session.lookup)


def cached(ctx: MethodSigContext, session: Session) -> CallableType:
    """Return the signature of the function whose results `@lru_cache` keeps, where it declares meanings."""
    call = ctx.context
    callee = call.callee if isinstance(call, CallExpr) else None
    node = callee.node if isinstance(callee, RefExpr) else None
    declared = node.func.type if isinstance(node, Decorator) else None
    if not isinstance(call, CallExpr) or not isinstance(declared, CallableType) or not any(carried(declared)):
        return ctx.default_signature
    if not mentions(declared):
        return declared
    args = arguments(call, formals_of(call, declared, session))
    return Call(declared, args, call, ctx.api).solved(session.lookup)
