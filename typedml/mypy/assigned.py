"""What one assignment gives: to which attributes, and which values stand beside its annotation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.nodes import (
    ConditionalExpr,
    DictExpr,
    Expression,
    ListExpr,
    MemberExpr,
    NameExpr,
    SetExpr,
    TupleExpr,
    Var,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


def attributes(target: Expression, value: Expression) -> Iterator[tuple[str, Expression]]:
    """Yield the names of attributes that a target assigns, those in the body of a class too."""
    in_class = isinstance(target, NameExpr) and isinstance(target.node, Var) and bool(target.node.info)
    if isinstance(target, MemberExpr) or (isinstance(target, NameExpr) and in_class):
        yield target.name, value
    elif isinstance(target, TupleExpr | ListExpr):
        parts = value.items if isinstance(value, TupleExpr | ListExpr) else []
        alike = len(parts) == len(target.items)
        for place, each in enumerate(target.items):
            yield from attributes(each, parts[place] if alike else value)


def beside(value: Expression) -> Iterator[Expression]:
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
            yield from beside(part)
