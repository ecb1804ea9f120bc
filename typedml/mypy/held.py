"""Numbers, and what holds them: `convert`, `raw` and markers take a list of distances as they take one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mypy.maptype import map_instance_to_supertype
from mypy.nodes import Expression
from mypy.typeops import make_simplified_union
from mypy.types import (
    AnyType,
    Instance,
    TupleType,
    Type,
    TypeVarType,
    UninhabitedType,
    UnionType,
    get_proper_type,
)

from typedml.mypy.carrier import carries, lower, plain
from typedml.mypy.relabelled import displayed, item_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from typedml.mypy.carrier import Lookup

    # Returns another type for one number, None for what it does not take.
    Change = Callable[[Type, Expression | None], Type | None]

# What `convert` makes anew of converted items, and what may turn out to be such.
REMADE: Final = ("builtins.list", "builtins.tuple", "collections.deque", "typing.Sequence")
ABSTRACT: Final = frozenset({"typing.Sequence", "typing.MutableSequence"})
# What an array and a column have, and no container.
ARITHMETIC: Final = ("__mul__", "__truediv__")


def mapped(
    typ: Type, change: Change, expression: Expression | None = None, *, remakes: bool = False
) -> Type | None:
    """Return a type with each number in it changed; None where something in it is neither number nor array.

    With `remakes` only a list, tuple or deque holds numbers, otherwise all that iterates over one.
    """
    proper = get_proper_type(typ)
    if isinstance(proper, AnyType | UninhabitedType):
        return typ
    if lower(proper) is not None:
        return change(typ, expression)
    if isinstance(proper, TypeVarType):
        # Of what may be any class nothing is known.
        bound = get_proper_type(proper.upper_bound)
        known = isinstance(bound, Instance) and bound.type.fullname != "builtins.object"
        return typ if not known or mapped(bound, change, expression, remakes=remakes) is not None else None
    if isinstance(proper, UnionType):
        members = [mapped(each, change, expression, remakes=remakes) for each in proper.items]
        found = [each for each in members if each is not None]
        return make_simplified_union(found) if len(found) == len(members) else None
    if isinstance(proper, TupleType):
        return _tuple(proper, change, expression, remakes=remakes)
    if not isinstance(proper, Instance) or all(map(proper.type.has_readable_member, ARITHMETIC)):
        return typ if isinstance(proper, Instance) else None
    return _held(proper, change, expression, remakes=remakes)


def _tuple(typ: TupleType, change: Change, expression: Expression | None, *, remakes: bool) -> Type | None:
    written = displayed(expression) if expression is not None else []
    sources = written if len(written) == len(typ.items) else [None] * len(typ.items)
    rows = zip(typ.items, sources, strict=True)
    items = [mapped(item, change, source, remakes=remakes) for item, source in rows]
    found = [item for item in items if item is not None]
    if len(found) < len(items):
        return None
    # What is made anew of a record is a plain tuple.
    fallback = _remade(typ.partial_fallback) if remakes else None
    return typ.copy_modified(items=found, fallback=fallback or typ.partial_fallback)


def _held(typ: Instance, change: Change, expression: Expression | None, *, remakes: bool) -> Type | None:
    holder = _remade(typ) if remakes else typ
    item = item_of(holder) if holder is not None else None
    if holder is None or item is None or len(holder.args) != 1 or get_proper_type(item) != holder.args[0]:
        return None
    # What is written stands for all of its items, where the type alone says nothing of them.
    written = displayed(expression) if expression is not None else []
    found = mapped(item, change, written[0] if written else None, remakes=remakes)
    return holder.copy_modified(args=[found]) if found is not None else None


def _remade(typ: Instance) -> Instance | None:
    """Return a value's type as the list, tuple or deque that it is; None where it can be none of them."""
    if typ.type.fullname in ABSTRACT:
        return typ
    above = next((each for each in typ.type.mro if each.fullname in REMADE), None)
    if above is None or above.fullname in ABSTRACT:
        return None
    return map_instance_to_supertype(typ, above)


def labelled(
    typ: Type, change: Callable[[Type, Expression | None], Type], expression: Expression | None = None
) -> Type:
    """Return a type with each number changed; what is missing, and what holds no numbers, stays as it is."""
    proper = get_proper_type(typ)
    if isinstance(proper, UnionType):
        return make_simplified_union([labelled(each, change, expression) for each in proper.items])
    return mapped(typ, change, expression) or typ


def without_meanings(lookup: Lookup, typ: Type) -> Type:
    """Return a type whose numbers, those in what it holds included, mean nothing."""
    proper = get_proper_type(typ)
    if isinstance(proper, UnionType):
        return make_simplified_union([without_meanings(lookup, each) for each in proper.items])
    if carries(proper) or not isinstance(proper, Instance | TupleType):
        return plain(lookup, typ)
    if isinstance(proper, TupleType):
        return proper.copy_modified(items=[without_meanings(lookup, each) for each in proper.items])
    args = [without_meanings(lookup, each) for each in proper.args]
    return typ if args == [*proper.args] else proper.copy_modified(args=args)
