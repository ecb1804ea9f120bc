"""Calls whose results depend on what is given: `convert`, `raw`, `KM(3.0)`, `sum`, `max`, `math.sqrt`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mypy.maptype import map_instance_to_supertype
from mypy.nodes import Expression, StrExpr, TypeInfo
from mypy.types import AnyType, CallableType, Instance, TupleType, Type, TypeOfAny, get_proper_type

from typedml.algebra.conversion import converted
from typedml.algebra.flow import flow
from typedml.algebra.functions import apply
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.strictness import Place
from typedml.declare.markers import Claim, Unit
from typedml.errors import TypedmlError
from typedml.messages import argument, render
from typedml.mypy import constants
from typedml.mypy.carrier import base_of, carries, lift, lower
from typedml.mypy.evaluation import CONSTRUCTORS
from typedml.mypy.reports import fail

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy.plugin import FunctionContext, MethodContext, MethodSigContext

    from typedml.algebra.unit import Unit as AlgebraUnit
    from typedml.mypy.session import Session

MATH: Final = tuple(
    "sqrt cbrt exp expm1 exp2 log log2 log10 log1p hypot pow fmod fsum sin cos tan asin acos atan atan2 "
    "sinh cosh tanh asinh acosh atanh degrees radians fabs floor ceil trunc copysign isnan isinf isfinite "
    "erf erfc gamma lgamma".split()
)
# By full name: the function of the algebra that tells the meaning of the result.
APPLIED: Final = {
    **{f"builtins.{name}": name for name in ("abs", "min", "max", "sum", "round", "float", "int", "pow")},
    **{f"math.{name}": name for name in MATH},
}
# These take one iterable of values instead of values.
OVER_ITEMS: Final = frozenset({"builtins.min", "builtins.max", "builtins.sum", "math.fsum"})


def function(ctx: FunctionContext, name: str, session: Session) -> Type:
    """Return the type of a call in the table."""
    return FUNCTIONS[name](ctx, name, session)


def _applied(ctx: FunctionContext, name: str, session: Session) -> Type:
    given = [
        pair
        for types, exprs in zip(ctx.arg_types, ctx.args, strict=True)
        for pair in zip(types, exprs, strict=True)
    ]
    if name in OVER_ITEMS and given and _item(given[0][0]) is not None:
        item = _item(given[0][0])
        given = [(item or given[0][0], None), *given[1:]]  # type: ignore[list-item]  # an item has no source
        given = [pair for pair in given if lower(pair[0]) is not None]
    if not any(carries(typ) for typ, _ in given):
        return ctx.default_return_type
    operands = [session.operand(expression, typ) for typ, expression in given]
    known: list[Operand] = [operand for operand in operands if operand is not None]
    if len(known) != len(operands):
        return ctx.default_return_type
    short = name.rpartition(".")[2]
    answer = apply(short, *known, level=session.level)
    if isinstance(answer, Mismatch):
        _report(ctx, answer, [expression for _, expression in given], session)
        return AnyType(TypeOfAny.from_error)
    return _lifted(answer, ctx.default_return_type, [typ for typ, _ in given], session)


def _lifted(answer: Operand, default: Type, types: list[Type], session: Session) -> Type:
    if not isinstance(answer, Meaning):
        return (
            default if not carries(default) else (lift(session.lookup, UNKNOWN, "builtins.float") or default)
        )
    whole = base_of(default) == "builtins.int" or all(base_of(t) == "builtins.int" for t in types)
    return lift(session.lookup, answer, "builtins.int" if whole else "builtins.float") or default


def _report(
    ctx: Any, mismatch: Mismatch, expressions: list[Expression | None], session: Session, callee: str = ""
) -> None:
    names = tuple(session.text(e) or None for e in (*expressions, None, None))[:2]
    carriers = (session.carrier(expressions[0]), "float")
    sentence = argument(mismatch, 1, callee, carriers) if callee else None
    rendered = render(mismatch, names=names, carriers=carriers, sentence=sentence)
    fail(ctx.api, mismatch.code, rendered.text, rendered.hint, ctx.context)


def _item(typ: Type) -> Type | None:
    """Return what iterating over a value gives; None where it is one number."""
    proper = get_proper_type(typ)
    if isinstance(proper, TupleType):
        return _item(proper.partial_fallback)
    if not isinstance(proper, Instance):
        return None
    iterable = next((base for base in proper.type.mro if base.fullname == "typing.Iterable"), None)
    return map_instance_to_supertype(proper, iterable).args[0] if isinstance(iterable, TypeInfo) else None


def _converted(ctx: FunctionContext, name: str, session: Session) -> Type:
    """`convert(x, "minute", "hour")`: the argument must be in the first unit, the result is in the second."""
    if len(ctx.args) < 3 or not all(ctx.args[:3]):
        return ctx.default_return_type
    units = [_unit(ctx, args[0], session) for args in ctx.args[1:3]]
    if units[0] is None or units[1] is None:
        return ctx.default_return_type
    typ, expression = ctx.arg_types[0][0], ctx.args[0][0]
    given = session.operand(expression, typ)
    if given is None:
        return ctx.default_return_type
    answer = converted(given, units[0], units[1], level=session.level)
    if isinstance(answer, Mismatch):
        _report(ctx, answer, [expression], session, "convert")
        return AnyType(TypeOfAny.from_error)
    return lift(session.lookup, answer, "builtins.float") or ctx.default_return_type


def _unit(ctx: FunctionContext, expression: Expression, session: Session) -> AlgebraUnit | None:
    """Return the unit that an argument names, as text or as a marker; a text that names none is reported."""
    if isinstance(expression, StrExpr):
        try:
            return Unit(expression.value).unit
        except TypedmlError as error:
            fail(ctx.api, "typedml-unread", error.fact, error.hint, expression)
            return None
    marker = constants.read(session, expression)
    return marker.claim.unit if marker is not None else None


def _raw(ctx: FunctionContext, name: str, session: Session) -> Type:
    """`raw(x)`: the plain number."""
    default = ctx.default_return_type
    if not carries(default):
        return default
    return lift(session.lookup, UNKNOWN, base_of(default)) or default


def _constructed(ctx: FunctionContext, name: str, session: Session) -> Type:
    """`Unit("km")`: the marker, with its claim beside it."""
    return constants.claimed(ctx, session)


def open_marker(ctx: MethodSigContext) -> CallableType:
    """Take whatever a marker is called with: `marker` says what is wrong with it, and what comes back."""
    signature = ctx.default_signature
    return signature.copy_modified(
        arg_types=[AnyType(TypeOfAny.special_form)], ret_type=AnyType(TypeOfAny.special_form)
    )


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
    if isinstance(given, Meaning | Literal):
        mismatch = _marked(given, meaning, session)
        if mismatch is not None:
            _report(ctx, mismatch, [expression], session, session.text(callee))
    return lift(session.lookup, meaning, base_of(typ)) or typ


def _cut(given: Operand, typ: Type, session: Session) -> Type:
    """`THRESHOLD(x)` is a cut on whatever `x` is."""
    if not isinstance(given, Meaning):
        return typ
    return lift(session.lookup, Meaning(given.kind, given.unit, True, given.roles), base_of(typ)) or typ


def _marked(given: Meaning | Literal, meaning: Meaning, session: Session) -> Mismatch | None:
    """Say why a value cannot be marked: it is in another unit, or outside the range."""
    target = meaning
    if isinstance(given, Meaning):
        # Marking is the checked step from a parent, or from the plain unit, down to the kind.
        target = (
            Meaning(None, meaning.unit) if given.kind is None or given.kind in _lineage(meaning) else meaning
        )
    return flow(given, target, level=session.level, place=Place.LIBRARY)


def _lineage(meaning: Meaning) -> tuple[object, ...]:
    return tuple(meaning.kind.lineage) if meaning.kind is not None else ()


FUNCTIONS: Final[dict[str, Callable[[Any, str, Any], Type]]] = {
    **dict.fromkeys(APPLIED, _applied),
    "typedml.declare.conversion.convert": _converted,
    "typedml.declare.conversion.raw": _raw,
    **{name: _constructed for name in CONSTRUCTORS if name.startswith("typedml.")},
}
