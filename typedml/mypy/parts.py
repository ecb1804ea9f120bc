"""What an expression makes something of: the operands of an operator, the arguments of a call."""

from __future__ import annotations

from mypy.nodes import (
    CallExpr,
    Context,
    Expression,
    GeneratorExpr,
    ListComprehension,
    ListExpr,
    NameExpr,
    OperatorAssignmentStmt,
    OpExpr,
    TupleExpr,
    UnaryExpr,
)


def operands_of(node: Context) -> list[Expression]:
    """Return what an operator, a call, a comprehension or a display makes something of."""
    if isinstance(node, OpExpr):
        return [node.left, node.right]
    if isinstance(node, NameExpr):
        return []
    if isinstance(node, OperatorAssignmentStmt):
        return [node.lvalue, node.rvalue]
    if isinstance(node, UnaryExpr):
        return [node.expr]
    if isinstance(node, CallExpr):
        return node.args
    if isinstance(node, GeneratorExpr):
        return [node.left_expr]
    if isinstance(node, ListComprehension):
        return [node.generator]
    return node.items if isinstance(node, ListExpr | TupleExpr) else []
