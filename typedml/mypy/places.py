"""A value and what is declared where it goes: displays and choices are looked at part by part."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mypy.nodes import (
    AssignmentExpr,
    ConditionalExpr,
    DictExpr,
    Expression,
    GeneratorExpr,
    ListComprehension,
    ListExpr,
    MemberExpr,
    NameExpr,
    SetComprehension,
    SetExpr,
    TupleExpr,
    TypeInfo,
    Var,
)
from mypy.types import AnyType, Instance, TupleType, Type, TypeOfAny, UnionType, get_proper_type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from typedml.mypy.session import Session

    IsOwn = Callable[[str], bool]


class Target(NamedTuple):
    """A value, what is declared where it goes, and how mypy would say that the two differ.

    Of what is unpacked, `f(*values)`, `wanted` is what holds such values, and `shown` what is wanted of each.
    """

    value: Expression
    wanted: Type
    sentence: str
    shown: Type | None = None


def declared(place: Expression, session: Session, is_own: IsOwn) -> Type | None:
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


def leaves(value: Expression, wanted: Type, sentence: str) -> Iterator[Target]:
    """Yield the values that a display or a choice is made of, each with what is wanted of it."""
    parts = list(_parts(value, get_proper_type(wanted)))
    if not parts:
        yield Target(value, wanted, sentence)
    for part, inner in parts:
        yield from leaves(part, inner, sentence)


def holding(item: Type, given: Type | None, holder: str) -> Type | None:
    """Return the type of what holds such items as a value of the given type does: an `Iterable` of them."""
    proper = get_proper_type(given) if given is not None else None
    if isinstance(proper, TupleType):
        proper = proper.partial_fallback
    if not isinstance(proper, Instance):
        return None
    info = next((each for each in proper.type.mro if each.fullname == holder), None)
    return _of(info, item) if info is not None else None


def _of(info: TypeInfo, item: Type) -> Type:
    others: list[Type] = [AnyType(TypeOfAny.special_form)] * (len(info.type_vars) - 1)
    return Instance(info, [*others, item])


def _parts(value: Expression, wanted: Type) -> Iterator[tuple[Expression, Type]]:
    if isinstance(value, ConditionalExpr):
        yield from ((value.if_expr, wanted), (value.else_expr, wanted))
    elif isinstance(value, AssignmentExpr):
        yield value.value, wanted
    elif isinstance(value, TupleExpr) and isinstance(wanted, TupleType):
        yield from zip(value.items, wanted.items, strict=False)
    else:
        holders = wanted.items if isinstance(wanted, UnionType) else [wanted]
        able = [each for each in map(get_proper_type, holders) if isinstance(each, Instance) and each.args]
        # Which of several a display is for, mypy alone knows.
        if len(able) == 1:
            yield from ((part, able[0].args[-1]) for part in _held(value))


def _held(value: Expression) -> list[Expression]:
    """Return what a display or comprehension holds: of a dict, its values."""
    if isinstance(value, ListExpr | SetExpr | TupleExpr):
        return value.items
    if isinstance(value, DictExpr):
        return [each for _, each in value.items]
    if isinstance(value, ListComprehension | SetComprehension):
        return [value.generator.left_expr]
    return [value.left_expr] if isinstance(value, GeneratorExpr) else []
