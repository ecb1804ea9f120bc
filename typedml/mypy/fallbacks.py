"""Mappings with a default: `legs.get(name, 0.0)` is a distance where all legs are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mypy.maptype import map_instance_to_supertype
from mypy.nodes import Expression, TupleExpr, TypeInfo
from mypy.subtypes import is_subtype
from mypy.typeops import make_simplified_union, try_getting_str_literals
from mypy.types import TPDICT_FB_NAMES, Instance, TupleType, Type, TypedDictType, get_proper_type

from typedml.algebra.flow import join
from typedml.algebra.meaning import Meaning

if TYPE_CHECKING:
    from mypy.plugin import MethodContext

    from typedml.mypy.session import Session

MAPPINGS: Final = ("builtins.dict", "typing.Mapping", "collections.defaultdict", "collections.OrderedDict")
WITH_DEFAULT: Final = frozenset(
    {
        *(f"{owner}.{method}" for owner in MAPPINGS for method in ("get", "pop")),
        *(f"{owner}.{method}" for owner in TPDICT_FB_NAMES for method in ("pop", "setdefault")),
    }
)


def with_default(ctx: MethodContext, name: str, session: Session) -> Type:
    """`legs.get(name, 0.0)`: a number that every unit has is a fallback of the values' own meaning."""
    default = ctx.default_return_type
    if len(ctx.args) < 2 or not ctx.args[1]:
        return default
    value = _value_of(get_proper_type(ctx.type), ctx)
    if value is None or not _holds_meanings(value, session):
        return default
    return value if _is_of(value, ctx.args[1][0], ctx.arg_types[1][0], session) else default


def _holds_meanings(value: Type, session: Session) -> bool:
    proper = get_proper_type(value)
    if isinstance(proper, TupleType):
        return any(_holds_meanings(each, session) for each in proper.items)
    return isinstance(session.operand(None, proper), Meaning)


def _is_of(value: Type, fallback: Expression, typ: Type, session: Session) -> bool:
    """Whether a fallback is what a mapping holds, each item of a tuple by itself: `(0.0, "")`."""
    proper, given = get_proper_type(value), get_proper_type(typ)
    if isinstance(proper, TupleType) and isinstance(given, TupleType) and isinstance(fallback, TupleExpr):
        alike = len(proper.items) == len(given.items) == len(fallback.items)
        parts = zip(proper.items, fallback.items, given.items, strict=True) if alike else ()
        return alike and all(_is_of(each, part, own, session) for each, part, own in parts)
    meaning, operand = session.operand(None, value), session.operand(fallback, typ)
    if not isinstance(meaning, Meaning) or operand is None:
        return not isinstance(meaning, Meaning) and is_subtype(typ, value)
    return join(meaning, operand) == meaning


def _value_of(owner: Type, ctx: MethodContext) -> Type | None:
    """Return what a mapping holds at the keys that a method is called with."""
    if isinstance(owner, TypedDictType):
        keys = try_getting_str_literals(ctx.args[0][0], ctx.arg_types[0][0]) if ctx.args[0] else None
        held = [owner.items.get(key) for key in keys or ()]
        return make_simplified_union([typ for typ in held if typ]) if held and all(held) else None
    if not isinstance(owner, Instance):
        return None
    mapping = next((base for base in owner.type.mro if base.fullname == "typing.Mapping"), None)
    return map_instance_to_supertype(owner, mapping).args[1] if isinstance(mapping, TypeInfo) else None
