"""What calls, operators and subscripts hand to the user's own functions, and to containers that it declares.

table: dict[str, float] = {}
table["a"] = distance    # a method of the library's, but the user's own code says what the table holds
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mypy.argmap import map_actuals_to_formals
from mypy.erasetype import erase_typevars
from mypy.expandtype import expand_type_by_instance
from mypy.maptype import map_instance_to_supertype
from mypy.messages import callable_name
from mypy.nodes import (
    ARG_POS,
    ARG_STAR2,
    ArgKind,
    AssignmentStmt,
    CallExpr,
    ComparisonExpr,
    Expression,
    IndexExpr,
    MemberExpr,
    NameExpr,
    OperatorAssignmentStmt,
    OpExpr,
    StrExpr,
    TypeInfo,
    Var,
)
from mypy.operators import op_methods, reverse_op_methods
from mypy.subtypes import is_subtype
from mypy.typeops import bind_self, tuple_fallback
from mypy.types import (
    AnyType,
    CallableType,
    Instance,
    Overloaded,
    ProperType,
    TupleType,
    Type,
    TypedDictType,
    TypeOfAny,
    get_proper_type,
)

from typedml.mypy.places import Target, declared, holding, leaves

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from typedml.mypy.places import IsOwn
    from typedml.mypy.session import Session

ARGUMENT = "Argument {place} to {callee} has incompatible type {given}; expected {wanted}"
STORED = "Incompatible types in assignment (expression has type {given}, target has type {wanted})"
ITEM = "Value of {place} has incompatible type {given}; expected {wanted}"
ITERABLE, MAPPING = "typing.Iterable", "typing.Mapping"


class Given(NamedTuple):
    """The arguments of a call, as mypy holds them."""

    values: Sequence[Expression]
    kinds: list[ArgKind]
    names: Sequence[str | None]

    @classmethod
    def positional(cls, *values: Expression) -> Given:
        """What an operator or a subscript hands over."""
        return cls(values, [ARG_POS] * len(values), [None] * len(values))


class Signature(NamedTuple):
    """What a callable takes, and which of it the user's own code declares."""

    callee: CallableType
    wanted: Sequence[Type | None]


class Arguments:
    """The values of one module that are handed to what the user's own code declares."""

    def __init__(self, session: Session, is_own: IsOwn) -> None:
        self.session, self.is_own = session, is_own

    def of_call(self, call: CallExpr) -> Iterator[Target]:
        """Yield what a call hands over."""
        given = Given(call.args, call.arg_kinds, call.arg_names)
        callee = self._callee(call.callee)
        items = callee.items if callee is not None else []
        if items and self.is_own(_module(items[0], call.callee, self.session)):
            signatures = [Signature(item, item.arg_types) for item in items]
        elif isinstance(call.callee, MemberExpr):
            signatures = self._method(call.callee.expr, call.callee.name)
        else:
            return
        name = getattr(call.callee, "name", "function")
        yield from self._handed(signatures, given, ARGUMENT, name)

    def of_operator(
        self, node: OpExpr | OperatorAssignmentStmt | ComparisonExpr | IndexExpr
    ) -> Iterator[Target]:
        """Yield what operators hand to methods, of the one side or of the other."""
        if isinstance(node, IndexExpr):
            signatures = self._method(node.base, "__getitem__")
            yield from self._handed(signatures, Given.positional(node.index), ARGUMENT, "__getitem__")
            return
        for operator, left, right in _applied(node):
            for owner, name, value in _asked(operator, left, right, isinstance(node, OperatorAssignmentStmt)):
                signatures = self._method(owner, name)
                if signatures:
                    yield from self._handed(signatures, Given.positional(value), ARGUMENT, name)
                    break

    def stored(self, statement: AssignmentStmt) -> Iterator[Target]:
        """Yield what an assignment stores as an item."""
        for place in statement.lvalues:
            if not isinstance(place, IndexExpr):
                continue
            owner = self._type(place.base)
            if isinstance(owner, TypedDictType) and isinstance(place.index, StrExpr):
                wanted = owner.items.get(place.index.value)
                if wanted is not None:
                    sentence = ITEM.replace("{place}", f'"{place.index.value}"')
                    yield from leaves(statement.rvalue, wanted, sentence)
            given = Given.positional(place.index, statement.rvalue)
            found = self._handed(self._method(place.base, "__setitem__"), given, STORED, "__setitem__")
            # The index is looked at where it is read.
            yield from (target for target in found if target.value is not place.index)

    def _type(self, expression: Expression) -> ProperType | None:
        found = self.session.type_of(expression)
        return get_proper_type(found) if found is not None else None

    def _callee(self, callee: Expression) -> CallableType | Overloaded | None:
        """Return the signature of what is called: of an object, that of its `__call__`."""
        typ = self._type(callee)
        if isinstance(typ, Instance):
            typ = _bound(typ, "__call__")
        return typ if isinstance(typ, CallableType | Overloaded) else None

    def _method(self, owner: Expression, name: str) -> list[Signature]:
        """Return what a method takes, of one's own class or of an object that is declared to hold values."""
        typ = self._type(owner)
        if isinstance(typ, TupleType):
            typ = tuple_fallback(typ)
        method = typ.type.get_method(name) if isinstance(typ, Instance) else None
        if not isinstance(typ, Instance) or method is None:
            return []
        bound = _bound(typ, name)
        items = bound.items if bound is not None else []
        if self.is_own(method.info.module_name):
            return [Signature(item, item.arg_types) for item in items]
        if not typ.args or declared(owner, self.session, self.is_own) is None:
            return []
        general = method.type.items if isinstance(method.type, CallableType | Overloaded) else []
        found = [
            Signature(item, [t if t != g else None for t, g in zip(item.arg_types, old, strict=False)])
            for item, old in zip(items, (bind_self(each, typ).arg_types for each in general), strict=False)
        ]
        return found if any(wanted for each in found for wanted in each.wanted) else []

    def _handed(
        self, signatures: Sequence[Signature], given: Given, sentence: str, name: str
    ) -> Iterator[Target]:
        """Yield the arguments, each with what the first signature that fits wants of it."""
        chosen = self._chosen(signatures, given)
        if chosen is None:
            return
        known = callable_name(chosen.callee) or f'"{name}"'
        for formal, actuals in enumerate(self._formals(chosen.callee, given)):
            wanted = chosen.wanted[formal] if formal < len(chosen.wanted) else None
            if wanted is None:
                continue
            for actual in actuals:
                label = given.names[actual]
                place = f'"{label}"' if label else str(actual + 1)
                said = sentence.replace("{place}", place).replace("{callee}", known)
                yield from self._argument(given, actual, wanted, said)

    def _argument(self, given: Given, actual: int, wanted: Type, sentence: str) -> Iterator[Target]:
        value, kind = given.values[actual], given.kinds[actual]
        if not kind.is_star():
            yield from leaves(value, wanted, sentence)
            return
        holder = MAPPING if kind == ARG_STAR2 else ITERABLE
        held = holding(wanted, self.session.type_of(value), holder)
        if held is not None:
            yield Target(value, held, sentence, wanted)

    def _chosen(self, signatures: Sequence[Signature], given: Given) -> Signature | None:
        if len(signatures) < 2:
            return signatures[0] if signatures else None
        return next((each for each in signatures if self._fits(each.callee, given)), None)

    def _fits(self, callee: CallableType, given: Given) -> bool:
        """Whether the arguments may be handed to one of several overloaded signatures."""
        formals = self._formals(callee, given)
        if sum(map(len, formals)) < len(given.values):
            return False
        for formal, actuals in enumerate(formals):
            if not actuals and callee.arg_kinds[formal].is_required():
                return False
            wanted = erase_typevars(callee.arg_types[formal])
            for actual in actuals:
                typ = self.session.type_of(given.values[actual])
                if typ is not None and not given.kinds[actual].is_star() and not is_subtype(typ, wanted):
                    return False
        return True

    def _formals(self, callee: CallableType, given: Given) -> list[list[int]]:
        unknown = AnyType(TypeOfAny.special_form)
        return map_actuals_to_formals(
            given.kinds,
            given.names,
            callee.arg_kinds,
            callee.arg_names,
            lambda i: self.session.type_of(given.values[i]) or unknown,
        )


def _applied(
    node: OpExpr | OperatorAssignmentStmt | ComparisonExpr,
) -> Iterator[tuple[str, Expression, Expression]]:
    if isinstance(node, OpExpr):
        yield node.op, node.left, node.right
    elif isinstance(node, OperatorAssignmentStmt):
        yield node.op, node.lvalue, node.rvalue
    else:
        yield from zip(node.operators, node.operands, node.operands[1:], strict=False)


def _asked(
    operator: str, left: Expression, right: Expression, in_place: bool
) -> Iterator[tuple[Expression, str, Expression]]:
    """Yield the methods that may answer an operator, in order: whose, which, and what it is handed."""
    method = op_methods.get(operator)
    if method is None:
        return
    if operator == "in":
        yield right, method, left
        return
    if in_place:
        yield left, f"__i{method[2:]}", right
    yield left, method, right
    if method in reverse_op_methods:
        yield right, reverse_op_methods[method], left


def _bound(owner: Instance, name: str) -> CallableType | Overloaded | None:
    """Return a method's signature as an object of this type has it."""
    method = owner.type.get_method(name)
    if method is None or not isinstance(method.type, CallableType | Overloaded):
        return None
    above = map_instance_to_supertype(owner, method.info)
    found = get_proper_type(expand_type_by_instance(bind_self(method.type, owner), above))
    return found if isinstance(found, CallableType | Overloaded) else None


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
