"""What names in source stand for, while mypy analyses it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

import attrs
from mypy.nodes import MypyFile, SymbolTableNode, TypeInfo

from typedml.declare.markers import Kind, Unit, UnitVar

if TYPE_CHECKING:
    from collections.abc import Callable

    Resolve = Callable[[str], SymbolTableNode | None]

CONSTRUCTORS: Final = {
    "typedml.declare.markers.Unit": Unit,
    "typedml.declare.markers.UnitVar": UnitVar,
    "typedml.declare.markers.Kind": Kind,
    "annotated_types.Unit": Unit,
}


@attrs.frozen
class Scope:
    """Where names are looked up: in the analyser first, in the module table further on."""

    resolve: Resolve
    modules: dict[str, MypyFile]

    def of_module(self, name: str) -> Scope:
        """The scope at the top level of another module."""
        names = self.modules[name].names
        return Scope(names.get, self.modules)

    def find(self, name: str) -> SymbolTableNode | None:
        """Return what a name stands for, in the scope or built in."""
        builtins = self.modules.get("builtins")
        return self.resolve(name) or (builtins.names.get(name) if builtins is not None else None)


def symbol_of(node: ast.expr, scope: Scope) -> SymbolTableNode | None:
    """Return what a name stands for, a dotted one in modules and classes."""
    if isinstance(node, ast.Attribute):
        holder = symbol_of(node.value, scope)
        if holder is not None and isinstance(holder.node, MypyFile | TypeInfo):
            return holder.node.names.get(node.attr)
        return None
    return scope.find(node.id) if isinstance(node, ast.Name) else None


def around(fullname: str, scope: Scope) -> str:
    """Return the module that a name is defined in; empty if mypy knows none."""
    parts = fullname.split(".")
    above = (".".join(parts[:i]) for i in range(len(parts) - 1, 0, -1))
    return next((name for name in above if name in scope.modules), "")
