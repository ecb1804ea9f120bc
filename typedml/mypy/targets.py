"""Where values of one module meet what the user's own code declares: assignments, results and arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.nodes import (
    Argument,
    AssignmentExpr,
    AssignmentStmt,
    CallExpr,
    ComparisonExpr,
    Expression,
    ForStmt,
    FuncDef,
    IndexExpr,
    LambdaExpr,
    ListExpr,
    Node,
    OperatorAssignmentStmt,
    OpExpr,
    TupleExpr,
)
from mypy.traverser import all_return_statements, all_yield_expressions
from mypy.types import CallableType, Instance, Type, get_proper_type

from typedml.mypy.arguments import Arguments
from typedml.mypy.index import walk
from typedml.mypy.places import Target, declared, holding, leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typedml.mypy.places import IsOwn
    from typedml.mypy.session import Session

ASSIGNED = "Incompatible types in assignment (expression has type {given}, variable has type {wanted})"
RETURNED = "Incompatible return value type (got {given}, expected {wanted})"
YIELDED = "Incompatible types in yield (actual type {given}, expected type {wanted})"
DEFAULT = "Incompatible default for parameter {place} (default has type {given}, parameter has type {wanted})"
ITERABLE = "typing.Iterable"


def targets(session: Session, is_own: IsOwn) -> Iterator[Target]:
    """Yield the values of a module that go where the user's own code, here or elsewhere, declares a type."""
    lambdas = {id(node.body.body[0]) for node in walk(session.tree, Node) if isinstance(node, LambdaExpr)}
    arguments = Arguments(session, is_own)
    for node in walk(session.tree, Node):
        if isinstance(node, AssignmentStmt):
            yield from _assigned(node, session, is_own)
            yield from arguments.stored(node)
        elif isinstance(node, AssignmentExpr):
            yield from _put(node.target, node.value, session, is_own)
        elif isinstance(node, ForStmt):
            yield from _drawn(node, session, is_own)
        elif isinstance(node, CallExpr):
            yield from arguments.of_call(node)
        elif isinstance(node, OpExpr | OperatorAssignmentStmt | ComparisonExpr | IndexExpr):
            yield from arguments.of_operator(node)
        elif isinstance(node, FuncDef):
            yield from _results(node, lambdas)
        elif isinstance(node, Argument):
            yield from _default(node)


def _assigned(statement: AssignmentStmt, session: Session, is_own: IsOwn) -> Iterator[Target]:
    for target in statement.lvalues:
        for place, value in _paired(target, statement.rvalue):
            yield from _put(place, value, session, is_own)


def _put(place: Expression, value: Expression, session: Session, is_own: IsOwn) -> Iterator[Target]:
    wanted = declared(place, session, is_own)
    if wanted is not None:
        yield from leaves(value, wanted, ASSIGNED)


def _paired(target: Expression, value: Expression) -> Iterator[tuple[Expression, Expression]]:
    if isinstance(target, TupleExpr | ListExpr) and isinstance(value, TupleExpr | ListExpr):
        for one, part in zip(target.items, value.items, strict=False):
            yield from _paired(one, part)
    else:
        yield target, value


def _drawn(loop: ForStmt, session: Session, is_own: IsOwn) -> Iterator[Target]:
    """Yield what a loop draws its variable from, where the variable was declared."""
    item = declared(loop.index, session, is_own)
    wanted = holding(item, session.type_of(loop.expr), ITERABLE) if item is not None else None
    if wanted is not None:
        yield Target(loop.expr, wanted, ASSIGNED, item)


def _results(function: FuncDef, lambdas: set[int]) -> Iterator[Target]:
    if not isinstance(function.type, CallableType) or function.is_dynamic():
        return
    result = get_proper_type(function.type.ret_type)
    if function.is_generator:
        if isinstance(result, Instance) and result.args:
            for expression, _ in all_yield_expressions(function):
                if expression.expr is not None:
                    yield from leaves(expression.expr, result.args[0], YIELDED)
        return
    wanted: Type = result.args[-1] if function.is_coroutine and isinstance(result, Instance) else result
    for statement in all_return_statements(function):
        if statement.expr is not None and id(statement) not in lambdas:
            yield from leaves(statement.expr, wanted, RETURNED)


def _default(parameter: Argument) -> Iterator[Target]:
    if parameter.initializer is not None and parameter.variable.type is not None:
        sentence = DEFAULT.replace("{place}", f'"{parameter.variable.name}"')
        yield from leaves(parameter.initializer, parameter.variable.type, sentence)
