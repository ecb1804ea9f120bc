"""What an operator may gain from the whole that it is part of: a kind that its step gave up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mypy.nodes import (
    CallExpr,
    Context,
    Expression,
    GeneratorExpr,
    ListComprehension,
    OperatorAssignmentStmt,
    OpExpr,
    UnaryExpr,
)

from typedml.algebra.kind import Kind
from typedml.algebra.meaning import Meaning, Operand
from typedml.mypy.formulas import is_of_many
from typedml.mypy.parts import operands_of

if TYPE_CHECKING:
    from collections.abc import Sequence

NO_KINDS: Final[frozenset[Kind]] = frozenset()
# What stands before, or around, what is one of the operands.
TRANSPARENT: Final = (UnaryExpr, GeneratorExpr, ListComprehension)


def kinds_of(operands: Sequence[Operand]) -> frozenset[Kind]:
    """Return the kinds of several operands."""
    kinds = [each.kind for each in operands if isinstance(each, Meaning) and each.kind is not None]
    return frozenset(kinds) if kinds else NO_KINDS


def inside_of(part: Expression) -> Expression:
    """Return what a sign stands before, or what a comprehension makes of each value."""
    while isinstance(part, TRANSPARENT):
        (part,) = operands_of(part)
    return part


def may_gain(node: Context, answer: Meaning, kinds: frozenset[Kind]) -> bool:
    """Say whether the whole may have a kind that the last step gave up, or another than it kept."""
    others = [kind for kind in kinds if kind is not answer.kind]
    if not others:
        return _is_quotient(node)  # of one kind, and yet another: `odds / (1 + odds)`
    return answer.is_pure or any(kind.admits(answer.unit) for kind in others)


def is_statistic(node: Expression) -> bool:
    """Say whether a number is made of many: a sum, a mean or how many there are."""
    return isinstance(node, CallExpr) and is_of_many(node)


def _is_quotient(node: Context) -> bool:
    return isinstance(node, OpExpr | OperatorAssignmentStmt) and node.op == "/"
