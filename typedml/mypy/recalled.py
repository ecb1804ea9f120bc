"""What tells all that a number means, so that what was made of such numbers once can be recalled.

A package has far fewer pairs of meanings than operators and calls. Keys hold the identities of meanings, for
what is equal may be spelled in another way; of types mypy makes another wherever two branches join.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from mypy.nodes import ARG_POS, Expression, FloatExpr, IntExpr
from mypy.plugin import FunctionContext
from mypy.types import Instance, Type, get_proper_type

from typedml.mypy.carrier import lower
from typedml.mypy.classes import CARRIERS
from typedml.mypy.results import SIMPLE

if TYPE_CHECKING:
    from mypy.plugin import MethodContext

    from typedml.algebra.meaning import Meaning, Operand
    from typedml.mypy.session import Session
    from typedml.mypy.stubs import Overloads

    Key = tuple[object, ...]
    Written = tuple[str, str]

COMMON: Final = frozenset(CARRIERS[base] for base in SIMPLE)


class Recalled(NamedTuple):
    """What a call gave, what that means by itself, of which numbers, and all that its key identifies."""

    type: Type
    answer: Meaning
    operands: tuple[Meaning, ...]
    kept: tuple[object, ...]


_calls: dict[Key, Recalled] = {}
# Numbers for what types say, by class and meaning; the meaning is kept lest its identity go to another.
_numbers: dict[tuple[str, int], tuple[int, Operand]] = {}
# The same by the identity of the type, which is kept for the same reason.
_told: dict[int, tuple[Type, int]] = {}
MOST: Final = 1 << 13


def forget() -> None:
    """Drop the types of another build."""
    _calls.clear()
    _numbers.clear()
    _told.clear()


def told(typ: Type, side: Expression | None) -> int | Written | None:
    """Return what tells all that an operand means: its type, or the number that is written there."""
    known = _told.get(id(typ))
    if known is not None and known[0] is typ:
        return known[1]
    proper = get_proper_type(typ)
    if not isinstance(proper, Instance):
        return None
    name = proper.type.fullname
    if name in COMMON:
        meaning = lower(proper) if proper.args else None
        if meaning is None:
            return None
        if len(_told) >= MOST:
            _told.clear()
        number, _ = _numbers.setdefault((name, id(meaning)), (len(_numbers), meaning))
        _told[id(typ)] = typ, number
        return number
    if name in SIMPLE and isinstance(side, FloatExpr | IntExpr):
        return (name, repr(side.value))
    return None


def key_of(
    ctx: FunctionContext | MethodContext, overloads: Overloads, session: Session, default: Type
) -> Key | None:
    """Return what tells all of a call whose arguments are single numbers; None for all others."""
    result = get_proper_type(default)
    if not isinstance(ctx, FunctionContext) or not isinstance(result, Instance):
        return None
    gives = told(result, None)
    found: list[object] = [id(overloads), session.level, _identity(result) if gives is None else gives]
    for name, types, kinds in zip(ctx.callee_arg_names, ctx.arg_types, ctx.arg_kinds, strict=True):
        meant = told(types[0], None) if len(types) == 1 and kinds[0] is ARG_POS else None
        if meant is None and types:
            return None
        found.append((name, meant))
    return tuple(found)


def _identity(typ: Instance) -> Key:
    return (typ.type, *map(id, typ.args))


def recall(key: Key, ctx: FunctionContext | MethodContext, session: Session) -> Type | None:
    """Return what a call with this key gave, unless the whole expression says more than the call."""
    known = _calls.get(key)
    if known is None or session.wholes.awaits(ctx.context):
        return None
    gained = session.wholes.gained(ctx.context, known.answer, known.operands)
    return known.type if gained is None else None


def remember(key: Key, found: Recalled) -> None:
    """Keep what a call gave."""
    if len(_calls) >= MOST:
        _calls.clear()
    _calls[key] = found
