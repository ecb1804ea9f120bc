"""What is wanted and what is given, part by part: which numbers of two types stand for each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mypy.maptype import map_instance_to_supertype
from mypy.subtypes import find_member
from mypy.types import (
    CallableType,
    Instance,
    Overloaded,
    TupleType,
    Type,
    TypeType,
    TypeVarType,
    UnionType,
    get_proper_type,
)

from typedml.algebra.meaning import Meaning, Operand
from typedml.mypy.carrier import lower
from typedml.mypy.classes import BASES
from typedml.mypy.owners import unit_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTIAL: Final = "functools.partial"


def callable_of(typ: Type | None) -> CallableType | Overloaded | None:
    """Return how a value is called; None where it cannot be."""
    proper = get_proper_type(typ)
    if isinstance(proper, CallableType):
        return proper
    if isinstance(proper, Overloaded):
        return proper
    if isinstance(proper, UnionType):
        found = [callable_of(item) for item in proper.items]
        return next((each for each in found if each is not None), None)
    if not isinstance(proper, Instance) or proper.type.fullname in BASES:
        return None
    if proper.type.fullname == PARTIAL and proper.extra_attrs is not None:
        return callable_of(proper.extra_attrs.attrs.get("__mypy_partial"))
    if proper.type.get("__call__") is None:
        return None
    return callable_of(find_member("__call__", proper, proper, is_operator=True))


def equations(formal: Type, typ: Type) -> Iterator[tuple[Meaning, Meaning]]:
    """Yield the numbers with a meaning that stand for each other in what is wanted and what is given."""
    wanted, have = get_proper_type(formal), get_proper_type(typ)
    members = have.items if isinstance(have, UnionType) else [have]
    meaning = lower(wanted)
    if isinstance(meaning, Meaning):
        yield from ((meaning, found) for found in map(_given, members) if isinstance(found, Meaning))
        return
    for want, part in _parts(wanted, have):
        yield from equations(want, part)


def _given(typ: Type) -> Operand | None:
    proper = get_proper_type(typ)
    unit = unit_of(proper) if isinstance(proper, TypeVarType) else None
    return lower(proper) if unit is None else Meaning(None, unit)


def _parts(wanted: Any, have: Any) -> Iterator[tuple[Type, Type]]:
    """Yield the parts of two types that stand for each other."""
    left, right = callable_of(wanted), callable_of(have)
    if isinstance(wanted, UnionType):
        members = have.items if isinstance(have, UnionType) else [have]
        yield from ((item, member) for item in wanted.items for member in members)
    elif isinstance(left, CallableType) and isinstance(right, CallableType):
        yield from (*zip(left.arg_types, right.arg_types, strict=False), (left.ret_type, right.ret_type))
    elif isinstance(wanted, TupleType) and isinstance(have, TupleType):
        yield from zip(wanted.items, have.items, strict=False)
    elif isinstance(wanted, TypeType) and isinstance(have, TypeType):
        yield wanted.item, have.item
    elif isinstance(wanted, Instance) and wanted.type.fullname not in BASES:
        found = have.partial_fallback if isinstance(have, TupleType) else have
        if isinstance(found, Instance) and found.type.has_base(wanted.type.fullname):
            yield from zip(wanted.args, map_instance_to_supertype(found, wanted.type).args, strict=False)
