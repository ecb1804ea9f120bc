"""Where values of one module meet what the user's own code declares: assignments, results and arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mypy.argmap import map_actuals_to_formals
from mypy.expandtype import expand_type_by_instance
from mypy.maptype import map_instance_to_supertype
from mypy.messages import callable_name
from mypy.nodes import (
    Argument,
    AssignmentStmt,
    CallExpr,
    ConditionalExpr,
    DictExpr,
    Expression,
    FuncDef,
    GeneratorExpr,
    LambdaExpr,
    ListComprehension,
    ListExpr,
    MemberExpr,
    NameExpr,
    Node,
    SetComprehension,
    SetExpr,
    TupleExpr,
    TypeInfo,
    Var,
)
from mypy.traverser import all_return_statements, all_yield_expressions
from mypy.typeops import bind_self
from mypy.types import AnyType, CallableType, Instance, TupleType, Type, TypeOfAny, get_proper_type

from typedml.mypy.index import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from typedml.mypy.session import Session

    IsOwn = Callable[[str], bool]

ASSIGNED = "Incompatible types in assignment (expression has type {given}, variable has type {wanted})"
RETURNED = "Incompatible return value type (got {given}, expected {wanted})"
YIELDED = "Incompatible types in yield (actual type {given}, expected type {wanted})"
DEFAULT = "Incompatible default for parameter {place} (default has type {given}, parameter has type {wanted})"
ARGUMENT = "Argument {place} to {callee} has incompatible type {given}; expected {wanted}"


class Target(NamedTuple):
    """A value, what is declared where it goes, and how mypy would say that the two differ."""

    value: Expression
    wanted: Type
    sentence: str


def targets(session: Session, is_own: IsOwn) -> Iterator[Target]:
    """Yield the values of a module that go where the user's own code, here or elsewhere, declares a type."""
    lambdas = {id(node.body.body[0]) for node in walk(session.tree, Node) if isinstance(node, LambdaExpr)}
    for node in walk(session.tree, Node):
        if isinstance(node, AssignmentStmt):
            yield from _assigned(node, session, is_own)
        elif isinstance(node, CallExpr):
            yield from _arguments(node, session, is_own)
        elif isinstance(node, FuncDef):
            yield from _results(node, lambdas)
        elif isinstance(node, Argument):
            yield from _default(node)


def _assigned(statement: AssignmentStmt, session: Session, is_own: IsOwn) -> Iterator[Target]:
    for target in statement.lvalues:
        for place, value in _paired(target, statement.rvalue):
            wanted = _declared(place, session, is_own)
            if wanted is not None:
                yield from _leaves(value, wanted, ASSIGNED)


def _paired(target: Expression, value: Expression) -> Iterator[tuple[Expression, Expression]]:
    if isinstance(target, TupleExpr | ListExpr) and isinstance(value, TupleExpr | ListExpr):
        for one, part in zip(target.items, value.items, strict=False):
            yield from _paired(one, part)
    else:
        yield target, value


def _declared(place: Expression, session: Session, is_own: IsOwn) -> Type | None:
    """Return what a variable or attribute was declared to hold; None where nobody did."""
    node = place.node if isinstance(place, NameExpr | MemberExpr) else None
    if node is None and isinstance(place, MemberExpr):
        owner = get_proper_type(session.type_of(place.expr) or AnyType(TypeOfAny.special_form))
        symbol = owner.type.get(place.name) if isinstance(owner, Instance) else None
        node = symbol.node if symbol is not None else None
    if not isinstance(node, Var) or node.is_inferred:
        return None
    if node.info and not is_own(node.info.module_name):
        return None
    # The type that mypy found for the place has what type variables stand for there.
    return (session.type_of(place) if isinstance(place, MemberExpr) else None) or node.type


def _results(function: FuncDef, lambdas: set[int]) -> Iterator[Target]:
    if not isinstance(function.type, CallableType) or function.is_dynamic():
        return
    result = get_proper_type(function.type.ret_type)
    if function.is_generator:
        if isinstance(result, Instance) and result.args:
            for expression, _ in all_yield_expressions(function):
                if expression.expr is not None:
                    yield from _leaves(expression.expr, result.args[0], YIELDED)
        return
    wanted: Type = result.args[-1] if function.is_coroutine and isinstance(result, Instance) else result
    for statement in all_return_statements(function):
        if statement.expr is not None and id(statement) not in lambdas:
            yield from _leaves(statement.expr, wanted, RETURNED)


def _default(parameter: Argument) -> Iterator[Target]:
    if parameter.initializer is not None and parameter.variable.type is not None:
        sentence = DEFAULT.replace("{place}", f'"{parameter.variable.name}"')
        yield from _leaves(parameter.initializer, parameter.variable.type, sentence)


def _arguments(call: CallExpr, session: Session, is_own: IsOwn) -> Iterator[Target]:
    callee = _callee(session.type_of(call.callee))
    if callee is None or not is_own(_module(callee, call.callee, session)):
        return
    formals = map_actuals_to_formals(
        call.arg_kinds,
        call.arg_names,
        callee.arg_kinds,
        callee.arg_names,
        lambda i: session.type_of(call.args[i]) or AnyType(TypeOfAny.special_form),
    )
    for formal, actuals in enumerate(formals):
        for actual in actuals:
            if not call.arg_kinds[actual].is_star():
                name = call.arg_names[actual]
                sentence = ARGUMENT.replace("{place}", f'"{name}"' if name else str(actual + 1))
                known = callable_name(callee) or f'"{getattr(call.callee, "name", "function")}"'
                sentence = sentence.replace("{callee}", known)
                yield from _leaves(call.args[actual], callee.arg_types[formal], sentence)


def _callee(found: Type | None) -> CallableType | None:
    """Return the signature of what is called: of an object, that of its `__call__`."""
    typ = get_proper_type(found) if found is not None else None
    if isinstance(typ, Instance):
        method = typ.type.get_method("__call__")
        if method is None or not isinstance(method.type, CallableType):
            return None
        owner = map_instance_to_supertype(typ, method.info)
        typ = get_proper_type(expand_type_by_instance(bind_self(method.type, typ), owner))
    return typ if isinstance(typ, CallableType) else None


def _module(callee: CallableType, expression: Expression, session: Session) -> str:
    """Return the module that says what a function takes: its own, or that of the variable it is held in."""
    definition = callee.definition
    if definition is None and isinstance(expression, NameExpr) and isinstance(expression.node, Var):
        definition = expression.node
    owner: TypeInfo | None = getattr(definition, "info", None) or None
    if owner is None and callee.is_type_obj():
        owner = callee.type_object()
    if owner is not None:
        return owner.module_name
    module, dot, _ = definition.fullname.rpartition(".") if definition is not None else ("", "", "")
    # What is defined inside of a function has no dot in its full name.
    return module if dot or definition is None else session.tree.fullname


def _leaves(value: Expression, wanted: Type, sentence: str) -> Iterator[Target]:
    """Yield the values that a display or a choice is made of, each with what is wanted of it."""
    parts = list(_parts(value, get_proper_type(wanted)))
    if not parts:
        yield Target(value, wanted, sentence)
    for part, inner in parts:
        yield from _leaves(part, inner, sentence)


def _parts(value: Expression, wanted: Type) -> Iterator[tuple[Expression, Type]]:
    if isinstance(value, ConditionalExpr):
        yield from ((value.if_expr, wanted), (value.else_expr, wanted))
    elif isinstance(value, TupleExpr) and isinstance(wanted, TupleType):
        yield from zip(value.items, wanted.items, strict=False)
    elif isinstance(wanted, Instance) and wanted.args:
        yield from ((part, wanted.args[-1]) for part in _held(value))


def _held(value: Expression) -> list[Expression]:
    """Return what a display or comprehension holds: of a dict, its values."""
    if isinstance(value, ListExpr | SetExpr | TupleExpr):
        return value.items
    if isinstance(value, DictExpr):
        return [each for _, each in value.items]
    if isinstance(value, ListComprehension | SetComprehension):
        return [value.generator.left_expr]
    return [value.left_expr] if isinstance(value, GeneratorExpr) else []
