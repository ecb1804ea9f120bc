"""Which unit variables are rigid where a value is used, and which each use decides.

    def outer(f: Callable[[Annotated[float, U]], Annotated[float, V]], x: Annotated[float, U]) -> ...:
        f(x)               # U and V are those of outer: rigid in its body
        square(x * x)      # the U of square is another at each call

What a variable stands for is decided by the function around it whose signature has it; where there is none,
as in `table: dict[str, Callable[[Annotated[float, U]], Annotated[float, U**2]]]`, each use decides anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mypy.nodes import (
    AwaitExpr,
    CallExpr,
    ConditionalExpr,
    Decorator,
    DictExpr,
    Expression,
    FuncBase,
    FuncItem,
    IndexExpr,
    ListExpr,
    RefExpr,
    SymbolNode,
    TupleExpr,
    TypeInfo,
    Var,
)

from typedml.mypy.index import index_of
from typedml.mypy.owners import own_variables, variable_of
from typedml.mypy.variables import mentioned

if TYPE_CHECKING:
    from mypy.types import Type


class Scope:
    """Where in a module the checker is, and so which unit variables are rigid."""

    def __init__(self, checker: Any) -> None:
        self._tree = checker.tree
        # The type variables of the classes around, whose units are rigid as well.
        self.own = own_variables(checker.scope.stack)
        self._functions = [item for item in checker.scope.stack if isinstance(item, FuncItem)]

    @property
    def rigid(self) -> frozenset[str]:
        """The variables of the functions around."""
        names = {name for item in self._functions for name in _declared(item)}
        return frozenset(names | {variable_of(each.name) for each in self.own})

    def opened(self, expression: Expression | None, typ: Type) -> frozenset[str]:
        """Return the variables in the type of an expression that its use decides."""
        names = frozenset(mentioned(typ))
        held = self.rigid & names
        if held and expression is not None:
            held &= self._held(expression, set())
        return names - held

    def _held(self, expression: Expression, seen: set[Var]) -> frozenset[str]:
        """Return the variables that an expression can have from the functions around it."""
        if isinstance(expression, RefExpr):
            return self._of_node(expression, seen)
        parts: list[Expression | None] = []
        if isinstance(expression, IndexExpr):
            parts = [expression.base]
        elif isinstance(expression, ListExpr | TupleExpr):
            parts = [*expression.items]
        elif isinstance(expression, DictExpr):
            parts = [value for _, value in expression.items]
        elif isinstance(expression, ConditionalExpr):
            parts = [expression.if_expr, expression.else_expr]
        elif isinstance(expression, AwaitExpr):
            parts = [expression.expr]
        elif isinstance(expression, CallExpr) and len(expression.args) == 0:
            parts = [expression.callee]
        else:
            return self.rigid
        return frozenset().union(*(self._held(part, seen) for part in parts if part is not None))

    def _of_node(self, expression: RefExpr, seen: set[Var]) -> frozenset[str]:
        node: SymbolNode | None = expression.node
        if isinstance(node, FuncBase | Decorator | TypeInfo):
            return self._around(node)
        if not isinstance(node, Var) or "." in node.fullname:
            return frozenset()  # of a module or a class
        if node in seen:
            return frozenset()
        seen.add(node)
        values = index_of(self._tree).assigned.get(node, []) if node.is_inferred else []
        if not values:
            return self.rigid
        return frozenset().union(*(self._held(value, seen) for value in values))

    def _around(self, node: SymbolNode) -> frozenset[str]:
        """Return the variables of the functions that a definition stands in."""
        if "." in node.fullname:
            return frozenset()
        own = node.func if isinstance(node, Decorator) else node
        outer = [f for f in self._functions if id(f) != id(own) and _encloses(f, node)]
        return frozenset(name for item in outer for name in _declared(item))


def _encloses(function: FuncItem, node: SymbolNode) -> bool:
    return function.line <= node.line <= (function.end_line or function.line)


def _declared(function: FuncItem) -> tuple[str, ...]:
    declared = function.type
    if declared is None:
        return ()
    known = _known.get(id(declared))
    if known is None or known[0] is not declared:
        known = _known[id(declared)] = (declared, mentioned(declared))
    return known[1]


# By identity, which the type in the value keeps from being given to another.
_known: dict[int, tuple[object, tuple[str, ...]]] = {}
