"""What containers are given: what displays list, and what statements and methods put in later.

    best = [0.0] * n
    best[i] = leg                # among zeros a distance is stored

Numbers stand at a level: those of `[[0.0] * n for _ in rows]` two levels down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeGuard

from mypy.nodes import (
    AssignmentStmt,
    CallExpr,
    ConditionalExpr,
    DictExpr,
    DictionaryComprehension,
    EllipsisExpr,
    Expression,
    IndexExpr,
    IntExpr,
    ListComprehension,
    ListExpr,
    MemberExpr,
    NameExpr,
    Node,
    OperatorAssignmentStmt,
    OpExpr,
    RefExpr,
    SetComprehension,
    SetExpr,
    SliceExpr,
    StarExpr,
    StrExpr,
    TupleExpr,
    Var,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Of each method that puts values into a container: which argument they are, and how many levels down.
STORING: Final = {
    **dict.fromkeys(("append", "appendleft", "add"), (0, 1)),
    **dict.fromkeys(("insert", "setdefault", "__setitem__"), (1, 1)),
    **dict.fromkeys(("extend", "extendleft", "update", "__iadd__", "__ior__"), (0, 0)),
}
HOLDERS: Final = (
    *(f"builtins.{name}" for name in ("list", "set", "dict")),
    *(f"collections.{name}" for name in ("deque", "defaultdict", "OrderedDict")),
)
# What is made of another container's items, and of one value for all.
COPYING: Final = frozenset({*HOLDERS, "builtins.sorted"})
FILLING: Final = "fromkeys"
DISPLAYS: Final = (
    ListExpr,
    SetExpr,
    DictExpr,
    ListComprehension,
    SetComprehension,
    DictionaryComprehension,
)


class Put(NamedTuple):
    """A value that a container is given, how many levels down it stands there, and under which text."""

    value: Expression
    level: int
    key: str | None = None


def root(place: Expression) -> Put:
    """Return the container that a place is in, and how many levels down: of `grid[0][1]` the grid."""
    level, key = 0, None
    while isinstance(place, IndexExpr):
        level += not isinstance(place.index, SliceExpr)
        key = text_of(place.index)
        place = place.base
    return Put(place, level, key)


def text_of(key: Expression | None) -> str | None:
    """Return the text that stands for a key; a dict with several may be a record of several meanings."""
    return key.value if isinstance(key, StrExpr) else None


def key_of(holder: Expression) -> Var | str | None:
    """Return what tells a variable from others: itself, or of an attribute its name."""
    node = holder.node if isinstance(holder, NameExpr | MemberExpr) else None
    if isinstance(node, Var) and not node.info:
        return node
    return holder.name if isinstance(holder, NameExpr | MemberExpr) else None


def puts(
    node: Node, step: Callable[[OperatorAssignmentStmt], Expression]
) -> Iterator[tuple[Expression, Put]]:
    """Yield what a statement or call puts where; `step` is what an operator computes that is no sum."""
    found: list[tuple[Expression, Expression, int]] = []
    if isinstance(node, AssignmentStmt):
        found = [(place, value, 0) for target in node.lvalues for place, value in pairs(target, node.rvalue)]
    elif isinstance(node, OperatorAssignmentStmt):
        found = [(node.lvalue, node.rvalue if node.op in ("+", "-", "|") else step(node), 0)]
    elif isinstance(node, CallExpr) and isinstance(node.callee, MemberExpr):
        place, level = STORING.get(node.callee.name, (len(node.args), 0))
        found = [(node.callee.expr, value, level) for value in node.args[place : place + 1]]
    for target, value, level in found:
        holder, above, key = root(target)
        if isinstance(node, CallExpr) and level and len(node.args) > 1 and not above:
            key = text_of(node.args[0])
        if not isinstance(node, AssignmentStmt) or isinstance(target, IndexExpr):
            yield holder, Put(value, above + level, key)


def pairs(target: Expression, value: Expression) -> Iterator[tuple[Expression, Expression]]:
    """Yield the places that a target assigns with their values, those of `a, b = 0.0, 0.0` side by side."""
    several = isinstance(target, TupleExpr | ListExpr)
    if isinstance(target, TupleExpr | ListExpr) and isinstance(value, TupleExpr | ListExpr):
        for one, part in zip(target.items, value.items, strict=False):
            yield from pairs(one, part)
    elif several and isinstance(value, ConditionalExpr):
        yield from pairs(target, value.if_expr)
        yield from pairs(target, value.else_expr)
    else:
        yield target, value


def each_of(iterable: Expression) -> Expression:
    """Return what stands for one of the values that a loop runs over: of `tot.values()` any item of it."""
    is_called = isinstance(iterable, CallExpr) and not iterable.args
    callee = iterable.callee if is_called and isinstance(iterable, CallExpr) else None
    if isinstance(callee, MemberExpr) and callee.name == "values":
        made = IndexExpr(callee.expr, IntExpr(0))
    else:
        made = IndexExpr(iterable, EllipsisExpr())
    made.set_line(iterable)
    return made


def is_each(value: Expression) -> TypeGuard[IndexExpr]:
    """Whether an expression stands for one of the values that a loop runs over."""
    return isinstance(value, IndexExpr) and isinstance(value.index, EllipsisExpr)


def is_display(value: Expression) -> bool:
    """Whether a value is written out: `[0.0] * n`, `{"a": 0.0}`, `dict.fromkeys(names, 0.0)`."""
    if isinstance(value, OpExpr):
        return value.op in ("*", "+", "|") and (is_display(value.left) or is_display(value.right))
    return isinstance(value, DISPLAYS) or (isinstance(value, CallExpr) and bool(_made(value)))


def _made(call: CallExpr) -> list[Put]:
    """Return what a container is made of that a call makes: `deque([0.0])`, `dict.fromkeys(names, 0.0)`."""
    callee = call.callee
    if isinstance(callee, MemberExpr) and callee.name == FILLING:
        return [Put(each, 1) for each in call.args[1:2]]
    if isinstance(callee, RefExpr) and callee.fullname in COPYING:
        return [Put(each, 0) for each in call.args[:1] if is_display(each)]
    return []


def written(value: Expression, level: int, key: str | None = None) -> Iterator[Put]:
    """Yield the parts of a display that stand a number of levels down; of other values as far as it goes.

    Where a key is told, those under other texts are left out.
    """
    parts = _parts(value) if level else []
    if not parts:
        empty = level and isinstance(value, ListExpr | SetExpr | DictExpr)
        yield from () if empty else (Put(value, level),)
    for part, below, own in parts:
        if key is None or own in (None, key):
            yield from written(part, level - below, key if not below else None)


def _parts(value: Expression) -> list[Put]:
    if isinstance(value, ListExpr | SetExpr | TupleExpr):
        return [Put(each.expr, 0) if isinstance(each, StarExpr) else Put(each, 1) for each in value.items]
    if isinstance(value, DictExpr):
        return [Put(each, 1 if key is not None else 0, text_of(key)) for key, each in value.items]
    if isinstance(value, ListComprehension | SetComprehension):
        return [Put(value.generator.left_expr, 1)]
    if isinstance(value, DictionaryComprehension):
        return [Put(value.value, 1)]
    if isinstance(value, ConditionalExpr):
        return [Put(value.if_expr, 0), Put(value.else_expr, 0)]
    if isinstance(value, OpExpr) and value.op == "*":
        return [Put(each, 0) for each in (value.left, value.right) if is_display(each)]
    if isinstance(value, OpExpr) and value.op in ("+", "|") and is_display(value):
        return [Put(value.left, 0), Put(value.right, 0)]
    return _made(value) if isinstance(value, CallExpr) else []
