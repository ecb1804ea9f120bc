"""Calls of what mypy knows no name of: `table["area"](side)`, `make()(side)`, `@doubled`.

Of the signature a plugin is asked by name, before arguments are checked; of the result also where there is no
name but that of the type. So the result is solved for there, and what mypy says of an argument, compared with
variables that are open still, is judged by what is wanted once they are solved for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mypy.argmap import map_actuals_to_formals
from mypy.messages import format_type
from mypy.nodes import CallExpr, Decorator, Expression, RefExpr
from mypy.types import AnyType, CallableType, Type, TypeOfAny, UnionType, get_proper_type

from typedml.mypy.index import index_of
from typedml.mypy.solving import NAME, Call
from typedml.mypy.variables import mentions

if TYPE_CHECKING:
    from mypy.plugin import FunctionContext

    from typedml.mypy.session import Session


def result(ctx: FunctionContext, name: str, session: Session) -> Type:
    """Return the type of a call whose signature nobody was asked for."""
    callee = _called(ctx.context, name, session)
    signature = _signature(callee, name, session) if callee is not None else None
    # While mypy looks at what a partial function keeps, it takes the call for one of `partial.__call__`.
    other = signature is not None and isinstance(ctx.context, CallExpr) and signature.name != name
    if signature is None or other or len(ctx.args) != len(signature.arg_types):
        return ctx.default_return_type
    return Call(signature, ctx.args, ctx.context, ctx.api).solved(session.lookup).ret_type


def _called(context: Any, name: str, session: Session) -> Expression | None:
    """Return what is called, if it is not by its own name that it is."""
    if isinstance(context, CallExpr):
        # Of one of several functions mypy asks by the name of each.
        several = isinstance(get_proper_type(session.type_of(context.callee)), UnionType)
        return context.callee if several or not isinstance(context.callee, RefExpr) else None
    if not isinstance(context, Decorator):
        return None
    return next((each for each in context.decorators if _is_named(each, name)), None)


def _is_named(decorator: Expression, name: str) -> bool:
    return decorator.fullname == name if isinstance(decorator, RefExpr) else name == NAME


def _signature(callee: Expression, name: str, session: Session) -> CallableType | None:
    found = session.type_of(callee)
    if found is None and isinstance(callee, RefExpr):
        found = getattr(callee.node, "type", None)
    proper = get_proper_type(found)
    members = proper.items if isinstance(proper, UnionType) else [proper]
    functions = [each for member in members if isinstance(each := get_proper_type(member), CallableType)]
    alike = [each for each in functions if each.name == name] if len(functions) > 1 else functions
    return next((each for each in alike if mentions(each)), None)


def wanted(expression: Expression, name: str, session: Session) -> str | None:
    """Return what a call wants of an argument once its variables are solved for, as mypy prints it."""
    call = index_of(session.tree).enclosing.get(expression)
    callee = _called(call, name, session) if isinstance(call, CallExpr) else None
    signature = _signature(callee, name, session) if callee is not None else None
    if signature is None or session.checker is None or not isinstance(call, CallExpr):
        return None
    formals = formals_of(call, signature, session)
    solved = Call(signature, arguments(call, formals), call, session.checker).solved(session.lookup)
    place = call.args.index(expression)
    found = next((i for i, actuals in enumerate(formals) if place in actuals), None)
    if found is None:
        return None
    return format_type(solved.arg_types[found], session.checker.options).strip('"')


def formals_of(call: CallExpr, signature: CallableType, session: Session) -> list[list[int]]:
    """Return which arguments of a call are for each parameter."""

    def actual(index: int) -> Type:
        return session.type_of(call.args[index]) or AnyType(TypeOfAny.special_form)

    return map_actuals_to_formals(
        call.arg_kinds, call.arg_names, signature.arg_kinds, signature.arg_names, actual
    )


def arguments(call: CallExpr, formals: list[list[int]]) -> list[list[Expression]]:
    """Return the arguments of a call by parameter."""
    return [[call.args[index] for index in actuals] for actuals in formals]
