"""Whether metadata that cannot be read would be markers of ours at run time."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mypy.nodes import Decorator, FuncDef, TypeInfo, Var
from mypy.types import AnyType, CallableType, Instance, UnboundType, get_proper_type

from typedml.mypy.known import MARKER, is_marker
from typedml.mypy.names import CONSTRUCTORS, around, symbol_of
from typedml.mypy.source import source_of

if TYPE_CHECKING:
    from mypy.nodes import SymbolTableNode

    from typedml.mypy.names import Scope

# How many definitions are followed.
DEPTH = 4


def makes_ours(node: ast.expr, scope: Scope, depth: int = DEPTH) -> bool:
    """Whether an expression that only running the code would tell gives a marker of ours."""
    if isinstance(node, ast.Call):
        return depth > 0 and _gives_ours(node.func, scope, depth - 1)
    parts = [part for part in ast.walk(node) if isinstance(part, ast.Name | ast.Attribute)]
    is_whole = isinstance(node, ast.Name)
    return any(_is_ours(symbol_of(part, scope), scope, depth, is_whole=is_whole) for part in parts)


def _is_ours(symbol: SymbolTableNode | None, scope: Scope, depth: int, *, is_whole: bool) -> bool:
    target = symbol.node if symbol is not None else None
    if isinstance(target, TypeInfo):
        return target.fullname in CONSTRUCTORS
    if not isinstance(target, Var) or depth == 0:
        return False
    if target.fullname.startswith("typedml.") or is_marker(target):
        return True
    value, inner = _assigned(target, scope)
    if value is None:
        return False
    if isinstance(value, ast.Call) and not is_whole:
        # `units.km` of `units = SimpleNamespace(km=Unit("km"))`
        held = [*value.args, *(each.value for each in value.keywords)]
        return any(makes_ours(each, inner, depth - 1) for each in held)
    return makes_ours(value, inner, depth - 1)


def _assigned(target: Var, scope: Scope) -> tuple[ast.expr | None, Scope]:
    module = around(target.fullname, scope)
    if not module:
        return None, scope
    source = source_of(scope.modules[module].path)
    value = source.assigned.get(source.place(target.name, target.line))
    is_global = target.fullname == f"{module}.{target.name}"
    return value, scope.of_module(module) if is_global else scope


def _gives_ours(function: ast.expr, scope: Scope, depth: int) -> bool:
    """Whether a call of a function gives a marker: it says so, or returns one without saying what."""
    if isinstance(function, ast.Lambda):
        return makes_ours(function.body, scope, depth)
    symbol = symbol_of(function, scope)
    target = symbol.node if symbol is not None else None
    target = target.func if isinstance(target, Decorator) else target
    if isinstance(target, TypeInfo):
        return target.fullname in CONSTRUCTORS or target.has_base(MARKER)
    if isinstance(target, Var) and depth > 0:
        value, inner = _assigned(target, scope)
        # `unit = cache(made)` gives what its argument does.
        options = value.args[:1] if isinstance(value, ast.Call) else [value]
        return any(_gives_ours(each, inner, depth - 1) for each in options if each is not None)
    return isinstance(target, FuncDef) and _returns_ours(target, scope, depth)


def _returns_ours(function: FuncDef, scope: Scope, depth: int) -> bool:
    declared = function.type
    result = get_proper_type(declared.ret_type) if isinstance(declared, CallableType) else None
    module = around(function.fullname, scope)
    inner = scope.of_module(module) if module else scope
    if isinstance(result, UnboundType):  # not analysed yet
        symbol = symbol_of(ast.parse(result.name, mode="eval").body, inner)
        return symbol is not None and isinstance(symbol.node, TypeInfo) and symbol.node.has_base(MARKER)
    if isinstance(result, Instance):
        return result.type.has_base(MARKER)
    if not module or not (result is None or isinstance(result, AnyType)):
        return False
    values = source_of(scope.modules[module].path).returned.get(function.name, ())
    return any(makes_ours(value, inner, depth) for value in values)
