"""Calls of our own functions and markers: `convert`, `raw`, `Unit("km")`, `KM(3.0)`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from mypy.messages import format_type
from mypy.nodes import Expression
from mypy.typeops import try_getting_str_literals
from mypy.types import AnyType, CallableType, NoneType, Type, TypeOfAny, UnionType, get_proper_type

from typedml.algebra.conversion import converted
from typedml.algebra.marking import mark
from typedml.algebra.meaning import UNKNOWN, Meaning, Operand
from typedml.algebra.mismatch import Mismatch
from typedml.declare.fitting import NUMBERS
from typedml.declare.markers import Claim, Unit
from typedml.errors import TypedmlError
from typedml.mypy import constants
from typedml.mypy.carrier import base_of, lift, lift_as
from typedml.mypy.classes import ROW_OF
from typedml.mypy.held import labelled, mapped, without_meanings
from typedml.mypy.names import CONSTRUCTORS
from typedml.mypy.recalled import told
from typedml.mypy.reports import fail
from typedml.mypy.shapes import spell

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy.plugin import FunctionContext, FunctionSigContext, MethodContext, MethodSigContext

    from typedml.algebra.unit import Unit as AlgebraUnit
    from typedml.mypy.recalled import Key
    from typedml.mypy.session import Session

NO_NUMBER: Final = "convert takes a number, a list, tuple or deque of numbers, an array or a Series"


def _converted(ctx: FunctionContext, name: str, session: Session) -> Type:
    """`convert(x, "minute", "hour")`: the argument must be in the first unit, the result is in the second."""
    if len(ctx.args) < 3 or not all(ctx.args[:3]):
        return ctx.default_return_type
    typ, expression = ctx.arg_types[0][0], ctx.args[0][0]
    pairs = zip(ctx.args[1:3], ctx.arg_types[1:3], strict=True)
    units = [_unit(ctx, args[0], types[0], session) for args, types in pairs]
    conversion = _Conversion(ctx, session, (units[0], units[1]))
    found = mapped(typ, conversion.one, expression, remakes=True)
    return conversion.refused(typ) if found is None else found


class _Conversion:
    """One call of `convert`, which says once what is wrong with what it is given."""

    def __init__(
        self, ctx: FunctionContext, session: Session, units: tuple[AlgebraUnit | None, AlgebraUnit | None]
    ) -> None:
        self.ctx, self.session, self.units = ctx, session, units
        self._is_reported = False

    def one(self, typ: Type, expression: Expression | None) -> Type | None:
        """Return the type of a converted number; None of what is none."""
        stands_for = ROW_OF[base_of(typ)].stands_for
        if stands_for not in NUMBERS or stands_for is bool:
            return None
        given = self.session.operand(expression, typ)
        source, target = self.units
        answer: Operand | Mismatch = UNKNOWN
        if source is not None and target is not None and given is not None:
            answer = _conversion(given, (source, target), typ, self.session)
        if isinstance(answer, Mismatch):
            self._report(answer, source, target, expression)
            return AnyType(TypeOfAny.from_error)
        # An integer does not stay one.
        kept = None if stands_for is int else lift_as(self.session.lookup, answer, typ)
        return kept or lift(self.session.lookup, answer, "builtins.float") or typ

    def _report(
        self,
        mismatch: Mismatch,
        source: AlgebraUnit | None,
        target: AlgebraUnit | None,
        expression: Expression | None,
    ) -> None:
        if self._is_reported or source is None or target is None:
            return
        self._is_reported = True
        if source.dimension == target.dimension:
            self.session.report(self.ctx, mismatch, [expression], "convert", argument=True)
            return
        hint = f'no conversion leads from "{source}" to "{target}"'
        fail(self.ctx.api, mismatch.code, f'Cannot convert "{source}" to "{target}"', hint, self.ctx.context)

    def refused(self, typ: Type) -> Type:
        """Report what is given that is no number, nor a list or an array of such."""
        shown = spell(format_type(typ, self.ctx.api.options))
        sentence = f'Argument 1 to "convert" has incompatible type {shown}; expected a number'
        proper = get_proper_type(typ)
        members = proper.items if isinstance(proper, UnionType) else [proper]
        hint = NO_NUMBER
        if any(isinstance(get_proper_type(each), NoneType) for each in members):
            text = self.session.text(self.ctx.args[0][0])
            hint = f"handle None first: None if {text} is None else convert({text}, ...)"
        fail(self.ctx.api, "typedml-unit", sentence, hint, self.ctx.context)
        return AnyType(TypeOfAny.from_error)


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
    return without_meanings(session.lookup, typ)


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
    if found is None or found.meaning is None:
        return typ
    meaning, faults = found.meaning, list[tuple[Mismatch, Expression | None]]()

    def change(number: Type, source: Expression | None) -> Type:
        given = session.operand(source, number)
        if given is None or found.claim == Claim(cut=True):
            return _cut(given, number, session)
        mismatch = mark(given, meaning)
        if mismatch is not None:
            faults.append((mismatch, source))
        return lift_as(session.lookup, meaning, number) or number

    marked = labelled(typ, change, expression)
    for mismatch, source in faults[:1]:
        session.report(ctx, mismatch, [source], session.text(callee), argument=True)
    return marked


def _cut(given: Operand | None, typ: Type, session: Session) -> Type:
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
