"""Where expressions stand in a module's syntax tree, and what its variables are assigned."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from mypy.nodes import (
    AssignmentStmt,
    ConditionalExpr,
    DictExpr,
    Expression,
    ListExpr,
    MemberExpr,
    MypyFile,
    NameExpr,
    Node,
    SetExpr,
    TupleExpr,
    TypeAlias,
    TypeInfo,
    Var,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

Span = tuple[int, int, int, int]

# These lead from a use to its definition or repeat what stands elsewhere; all others lead further down.
ELSEWHERE: Final = frozenset(
    "analyzed as_type deleted fallback imports info last_value metaclass method_type names node "
    "original_def original_first_arg special_alias type unanalyzed_items unanalyzed_type var".split()
)


class TreeIndex:
    """The expressions of one module by position, and the values each variable is assigned."""

    def __init__(self, tree: MypyFile) -> None:
        self.expressions: dict[Span, Expression] = {}
        self.assigned: dict[Var, list[Expression]] = {}
        self.beside: set[Span] = set()
        # The values of dict displays by the positions of their entries.
        self.entries: dict[Span, Expression] = {}
        for node in walk(tree):
            if isinstance(node, AssignmentStmt):
                self._assignment(node)
            elif isinstance(node, Expression):
                if isinstance(node, DictExpr):
                    self.entries.update((_across(key, value), value) for key, value in node.items if key)
                # The outermost expression at a position comes first, and is the one that errors are about.
                self.expressions.setdefault(span(node), node)

    def _assignment(self, statement: AssignmentStmt) -> None:
        for target in statement.lvalues:
            self._assign(target, statement.rvalue)
        if statement.unanalyzed_type is not None:
            self.beside.update(map(span, _written(statement.rvalue)))

    def _assign(self, target: Expression, value: Expression) -> None:
        if isinstance(target, TupleExpr | ListExpr) and isinstance(value, TupleExpr | ListExpr):
            for one, part in zip(target.items, value.items, strict=False):
                self._assign(one, part)
        elif isinstance(target, NameExpr | MemberExpr) and isinstance(target.node, Var):
            self.assigned.setdefault(target.node, []).append(value)


def _written(value: Expression) -> Iterator[Expression]:
    """Yield a value and, where it is a display of others, those: all stand beside the annotation."""
    yield value
    inner: list[Expression | None] = []
    if isinstance(value, ListExpr | TupleExpr | SetExpr):
        inner = [*value.items]
    elif isinstance(value, DictExpr):
        inner = [part for _, part in value.items]
    elif isinstance(value, ConditionalExpr):
        inner = [value.if_expr, value.else_expr]
    for part in inner:
        if part is not None:
            yield from _written(part)


def walk(root: Node) -> Iterator[Node]:
    """Yield the nodes of a syntax tree from the outside in; mypy's own traversers cannot be extended."""
    waiting, seen = [root], {id(root)}
    while waiting:
        node = waiting.pop()
        yield node
        for name in _children(type(node).__mro__):
            found = [n for n in _nodes(getattr(node, name, None)) if id(n) not in seen]
            seen.update(map(id, found))
            waiting.extend(found)


@cache
def _children(bases: tuple[type, ...]) -> tuple[str, ...]:
    names = (name for base in bases for name in getattr(base, "__mypyc_attrs__", ()))
    return tuple(sorted({name for name in names if not name.startswith("__")} - ELSEWHERE))


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, Node) and not isinstance(value, TypeInfo | TypeAlias | Var):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _nodes(item)


def _across(first: Node, last: Node) -> Span:
    return (*span(first)[:2], *span(last)[2:])


def span(node: Node) -> Span:
    """Return where a node begins and ends."""
    return node.line, node.column, node.end_line or node.line, node.end_column or node.column


_kept: dict[str, tuple[object, TreeIndex]] = {}


def index_of(tree: MypyFile) -> TreeIndex:
    """Return the index of a module, kept until the daemon gives the module other definitions."""
    known = _kept.get(tree.fullname)
    if known is None or known[0] is not tree.defs:
        known = _kept[tree.fullname] = (tree.defs, TreeIndex(tree))
    return known[1]
