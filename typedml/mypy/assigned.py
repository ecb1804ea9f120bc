"""What one assignment gives: to which attributes, and which values stand beside its annotation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mypy.nodes import (
    CallExpr,
    ConditionalExpr,
    DictExpr,
    Expression,
    LambdaExpr,
    ListExpr,
    MemberExpr,
    NameExpr,
    OpExpr,
    RefExpr,
    SetExpr,
    TupleExpr,
    Var,
)

from typedml.mypy.stored import COPYING, is_display

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What is made of a display, and is one too.
CONTAINERS: Final = COPYING | {"builtins.tuple", "builtins.frozenset"}
FACTORY: Final = "default_factory"


def attributes(target: Expression, value: Expression) -> Iterator[tuple[NameExpr | MemberExpr, Expression]]:
    """Yield the attributes that a target assigns, those in the body of a class too."""
    in_class = isinstance(target, NameExpr) and isinstance(target.node, Var) and bool(target.node.info)
    if isinstance(target, MemberExpr) or (isinstance(target, NameExpr) and in_class):
        yield target, value
    elif isinstance(target, TupleExpr | ListExpr):
        parts = value.items if isinstance(value, TupleExpr | ListExpr) else []
        alike = len(parts) == len(target.items)
        for place, each in enumerate(target.items):
            yield from attributes(each, parts[place] if alike else value)


def beside(value: Expression) -> Iterator[Expression]:
    """Yield a value and what it is made of where it is written out: all stand beside the annotation."""
    yield value
    for part in _parts(value):
        if part is not None:
            yield from beside(part)


def _parts(value: Expression) -> Iterable[Expression | None]:
    if isinstance(value, ListExpr | TupleExpr | SetExpr):
        return value.items
    if isinstance(value, DictExpr):
        return [part for _, part in value.items]
    if isinstance(value, ConditionalExpr):
        return value.if_expr, value.else_expr
    if isinstance(value, OpExpr) and value.op == "*":
        # `[1.0] * 3`; what numbers make of each other is not written.
        return [each for each in (value.left, value.right) if is_display(each) or isinstance(each, TupleExpr)]
    return _made(value) if isinstance(value, CallExpr) else ()


def _made(call: CallExpr) -> list[Expression]:
    """Return what a call holds: `frozenset({1.0})`, `field(default_factory=lambda: [1.0])`."""
    if isinstance(call.callee, RefExpr) and call.callee.fullname in CONTAINERS:
        return [each for each in call.args[:1] if is_display(each) or isinstance(each, TupleExpr)]
    named = zip(call.arg_names, call.args, strict=True)
    return [each.expr() for name, each in named if name == FACTORY and isinstance(each, LambdaExpr)]
