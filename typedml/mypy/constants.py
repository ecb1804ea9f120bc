"""Constants: `KM = Unit("km")` keeps its meaning when another module imports it.

The variable's type stays `Unit`; the claim is left beside it as an extra attribute, which subtyping ignores
and every cache format keeps.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from mypy.nodes import Context, Expression, NameExpr, TypeInfo, Var
from mypy.types import ExtraAttrs, Instance, LiteralType, Type, get_proper_type

from typedml.declare.markers import Marker
from typedml.errors import TypedmlError
from typedml.mypy.evaluation import Foreign, Unreadable, evaluate, shipped
from typedml.mypy.known import PAYLOAD, encode_claim, is_marker, payload_of
from typedml.mypy.names import Scope
from typedml.mypy.reports import fail
from typedml.mypy.source import source_of

if TYPE_CHECKING:
    from mypy.plugin import DynamicClassDefContext, FunctionContext, MethodContext

    from typedml.mypy.session import Session


def define(ctx: DynamicClassDefContext) -> None:
    """Leave the claim on the variable that a constructor's result is assigned to."""
    api: Any = ctx.api
    symbol = api.lookup_qualified(ctx.name, ctx.call, suppress_errors=True)
    target = symbol.node if symbol is not None else None
    made = getattr(ctx.call.callee, "node", None)
    if not isinstance(target, Var) or not isinstance(made, TypeInfo):
        return
    if target.type is not None and not is_marker(target):
        return  # declared as something else: mypy says that a marker is no such thing
    scope = Scope(lambda name: api.lookup_qualified(name, ctx.call, suppress_errors=True), api.modules)
    path = api.cur_mod_node.path
    marker = _read(api, path, ctx.call, scope)
    if marker is not None and not _is_one_of_several(path, ctx.call, scope):
        target.type = with_claim(Instance(made, []), marker, api.named_type("builtins.str"))
    elif marker is not None:
        target.type = Instance(made, [])  # that it is any of several is told where it is used


def _read(api: Any, path: str, node: Expression, scope: Scope) -> Marker | None:
    source = source_of(path)
    text = source.snippet(node.line, node.column, node.end_line or node.line, node.end_column or 0)
    try:
        value = evaluate(ast.parse(text.strip(), mode="eval").body, scope)
    except (Foreign, SyntaxError):
        return None
    except (Unreadable, TypedmlError) as error:
        fail(api, "typedml-unread", error.fact, error.hint, node)
        return None
    return value if isinstance(value, Marker) else None


def with_claim(instance: Instance, marker: Marker, text: Type) -> Instance:
    """Return a marker's type with its claim beside it."""
    fallback = get_proper_type(text)
    assert isinstance(fallback, Instance)
    claim = LiteralType(encode_claim(marker.claim), fallback)
    return Instance(instance.type, instance.args, extra_attrs=ExtraAttrs({PAYLOAD: claim}))


def claimed(ctx: FunctionContext | MethodContext, session: Session) -> Type:
    """Leave the claim on what `Unit("km")`, `KM / HOUR` or `U**2` gives where it stands."""
    default = get_proper_type(ctx.default_return_type)
    marker = read(session, ctx.context) if isinstance(default, Instance) else None
    scope = Scope(session.tree.names.get, session.modules)
    if marker is not None and _is_one_of_several(session.tree.path, ctx.context, scope):
        return ctx.default_return_type
    text = session.lookup("builtins.str")
    if (
        marker is None
        or not isinstance(default, Instance)
        or text is None
        or not isinstance(text.node, TypeInfo)
    ):
        return ctx.default_return_type
    return with_claim(default, marker, Instance(text.node, []))


def _is_one_of_several(path: str, value: Context, scope: Scope) -> bool:
    """Whether a variable is assigned this marker in one place and another elsewhere: it means neither."""
    rebound = source_of(path).rebound
    names = {name for (name, _), found in rebound.items() if any(line == value.line for line, _ in found)}
    return not all(isinstance(_known_as(name, scope), Marker) for name in names)


def _known_as(name: str, scope: Scope) -> Any:
    try:
        return evaluate(ast.Name(name), scope)
    except (Foreign, Unreadable, TypedmlError):
        return None


def combine(ctx: MethodContext, name: str, session: Session) -> Type:
    """Leave the claim on what `KM / HOUR` or `U**2` gives."""
    return claimed(ctx, session)


def read(session: Session, expression: Context) -> Marker | None:
    """Return the marker that an expression in a module under check stands for."""
    if not isinstance(expression, Expression):
        return None
    if isinstance(expression, NameExpr) and isinstance(expression.node, Var):
        known = _of_variable(expression.node)
        if known is not None:
            return known
    modules = session.modules
    scope = Scope(session.tree.names.get, modules)
    try:
        value = evaluate(ast.parse(session.text(expression).strip(), mode="eval").body, scope)
    except (Foreign, Unreadable, TypedmlError, SyntaxError):
        return None
    return value if isinstance(value, Marker) else None


def _of_variable(variable: Var) -> Marker | None:
    if variable.fullname.startswith("typedml."):
        try:
            found = shipped(variable.fullname)
        except Foreign:
            return None
        return found if isinstance(found, Marker) else None
    return payload_of(variable)
