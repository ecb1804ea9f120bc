"""Calls of our own functions and markers: `convert`, `raw`, `Unit("km")`, `KM(3.0)`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from mypy.nodes import Expression
from mypy.typeops import try_getting_str_literals
from mypy.types import AnyType, CallableType, Type, TypeOfAny

from typedml.algebra.conversion import converted
from typedml.algebra.marking import mark
from typedml.algebra.meaning import UNKNOWN, Meaning, Operand
from typedml.algebra.mismatch import Mismatch
from typedml.declare.markers import Claim, Unit
from typedml.errors import TypedmlError
from typedml.mypy import constants
from typedml.mypy.carrier import base_of, lift, lift_as, plain
from typedml.mypy.classes import ROW_OF
from typedml.mypy.evaluation import CONSTRUCTORS
from typedml.mypy.recalled import told
from typedml.mypy.reports import fail

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy.plugin import FunctionContext, FunctionSigContext, MethodContext, MethodSigContext

    from typedml.algebra.unit import Unit as AlgebraUnit
    from typedml.mypy.recalled import Key
    from typedml.mypy.session import Session


def _converted(ctx: FunctionContext, name: str, session: Session) -> Type:
    """`convert(x, "minute", "hour")`: the argument must be in the first unit, the result is in the second."""
    if len(ctx.args) < 3 or not all(ctx.args[:3]):
        return ctx.default_return_type
    typ, expression = ctx.arg_types[0][0], ctx.args[0][0]
    pairs = zip(ctx.args[1:3], ctx.arg_types[1:3], strict=True)
    units = [_unit(ctx, args[0], types[0], session) for args, types in pairs]
    given = session.operand(expression, typ)
    if units[0] is None or units[1] is None or given is None:
        # An array, a Series or a column comes back as what it is; an integer does not.
        return typ if given is None else lift(session.lookup, UNKNOWN, "builtins.float") or typ
    answer = _conversion(given, (units[0], units[1]), typ, session)
    if isinstance(answer, Mismatch):
        if units[0].dimension != units[1].dimension:
            hint = f'no conversion leads from "{units[0]}" to "{units[1]}"'
            fail(ctx.api, answer.code, f'Cannot convert "{units[0]}" to "{units[1]}"', hint, ctx.context)
        else:
            session.report(ctx, answer, [expression], "convert", argument=True)
        return AnyType(TypeOfAny.from_error)
    whole = ROW_OF[base_of(typ)].stands_for in (int, bool)
    kept = None if whole else lift_as(session.lookup, answer, typ)
    return kept or lift(session.lookup, answer, "builtins.float") or typ


def _conversion(
    given: Operand, units: tuple[AlgebraUnit, AlgebraUnit], typ: Type, session: Session
) -> Operand | Mismatch:
    meant = told(typ, None)
    # Not by the meanings themselves: what is equal may be spelled in another way.
    key = (meant, *map(id, units), session.level)
    known = _conversions.get(key)
    if known is not None:
        return known[0]
    answer = converted(given, *units, level=session.level)
    if meant is not None:
        _conversions[key] = (answer, units)
    return answer


@lru_cache(maxsize=1024)
def _named(text: str) -> AlgebraUnit:
    return Unit(text).unit


# By identity of the units too, which the value keeps from being dropped.
_conversions: dict[Key, tuple[Operand | Mismatch, tuple[AlgebraUnit, AlgebraUnit]]] = {}


def forget() -> None:
    """Drop the units of another build, whose table may be another one."""
    _conversions.clear()
    _named.cache_clear()


def _unit(ctx: FunctionContext, expression: Expression, typ: Type, session: Session) -> AlgebraUnit | None:
    """Return the unit that an argument names, as text or as a marker; a text that names none is reported.

    A text may be a `Final` constant, of a module or a class, or the value of an enum.
    """
    texts = try_getting_str_literals(expression, typ)
    if texts is not None and len(texts) == 1:
        try:
            return _named(texts[0])
        except TypedmlError as error:
            fail(ctx.api, "typedml-unread", error.fact, error.hint, expression)
            return None
    marker = constants.read(session, expression)
    return marker.claim.unit if marker is not None else None


def _raw(ctx: FunctionContext, name: str, session: Session) -> Type:
    """`raw(x)`: the plain number."""
    typ = ctx.arg_types[0][0] if ctx.arg_types and ctx.arg_types[0] else ctx.default_return_type
    return plain(session.lookup, typ)


def _constructed(ctx: FunctionContext, name: str, session: Session) -> Type:
    """`Unit("km")`: the marker, with its claim beside it."""
    return constants.claimed(ctx, session)


def open_first(ctx: FunctionSigContext | MethodSigContext) -> CallableType:
    """Take whatever is given first: the hook of the call says what is wrong with it, and what comes back."""
    signature = ctx.default_signature
    types = [ctx.api.named_generic_type("builtins.object", []), *signature.arg_types[1:]]
    return signature.copy_modified(arg_types=types, ret_type=AnyType(TypeOfAny.special_form), variables=[])


def marker(ctx: MethodContext, name: str, session: Session) -> Type:
    """`KM(3.0)`: the number with the marker's meaning; one with another meaning is refused."""
    callee = getattr(ctx.context, "callee", None)
    found = constants.read(session, callee) if callee is not None else None
    if not ctx.arg_types or not ctx.arg_types[0]:
        return ctx.default_return_type
    typ, expression = ctx.arg_types[0][0], ctx.args[0][0]
    given = session.operand(expression, typ)
    if found is None or found.meaning is None or given is None:
        return typ
    meaning = found.meaning
    if found.claim == Claim(cut=True):
        return _cut(given, typ, session)
    mismatch = mark(given, meaning)
    if mismatch is not None:
        session.report(ctx, mismatch, [expression], session.text(callee), argument=True)
    return lift_as(session.lookup, meaning, typ) or typ


def _cut(given: Operand, typ: Type, session: Session) -> Type:
    """`THRESHOLD(x)` is a cut on whatever `x` is."""
    if not isinstance(given, Meaning):
        return typ
    return lift_as(session.lookup, Meaning(given.kind, given.unit, True, given.roles), typ) or typ


def function(ctx: FunctionContext, name: str, session: Session) -> Type:
    """Return the type of a call in the table."""
    return FUNCTIONS[name](ctx, name, session)


FUNCTIONS: Final[dict[str, Callable[[Any, str, Any], Type]]] = {
    "typedml.declare.conversion.convert": _converted,
    "typedml.declare.conversion.raw": _raw,
    **{name: _constructed for name in CONSTRUCTORS if name.startswith("typedml.")},
}
# Generic in what they are given, which must not be solved from what is wanted of the result.
OPENED: Final = frozenset({"typedml.declare.conversion.convert", "typedml.declare.conversion.raw"})
