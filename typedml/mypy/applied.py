"""Functions that the algebra has a rule for: `sum`, `max`, `abs`, `len`, `math.sqrt`, and `dict.get`.

mypy solves their type variables from what is *wanted* first, and then complains of what is given; so where a
number with a meaning is given, their signatures are opened and the algebra alone says what comes out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mypy.maptype import map_instance_to_supertype
from mypy.nodes import CallExpr, Context, Expression, RefExpr, TypeInfo
from mypy.typeops import make_simplified_union, try_getting_str_literals
from mypy.types import (
    TPDICT_FB_NAMES,
    AnyType,
    CallableType,
    Instance,
    NoneType,
    TupleType,
    Type,
    TypedDictType,
    TypeOfAny,
    get_proper_type,
)

from typedml.algebra.flow import join
from typedml.algebra.functions import apply
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand, Unknown
from typedml.algebra.mismatch import Mismatch
from typedml.mypy.carrier import base_of, carries, lift, lift_as, lower
from typedml.mypy.variables import is_of_any_unit

if TYPE_CHECKING:
    from mypy.plugin import FunctionContext, FunctionSigContext, MethodContext

    from typedml.mypy.operands import Reader
    from typedml.mypy.session import Session

MATH: Final = tuple(
    "sqrt cbrt exp expm1 exp2 log log2 log10 log1p hypot pow fmod fsum sin cos tan asin acos atan atan2 "
    "sinh cosh tanh asinh acosh atanh degrees radians fabs floor ceil trunc copysign isnan isinf isfinite "
    "erf erfc gamma lgamma".split()
)
BUILTIN: Final = ("abs", "min", "max", "sum", "round", "float", "int", "pow")
STATISTICS: Final = ("mean", "fmean", "median", "stdev", "pstdev", "variance", "pvariance")
# By full name: the function of the algebra that tells the meaning of the result.
APPLIED: Final = {
    **{f"builtins.{name}": name for name in BUILTIN},
    **{f"math.{name}": name for name in MATH},
    **{f"statistics.{name}": name.removeprefix("p") for name in STATISTICS},
    "math.prod": "prod",
    "builtins.range": "range",
}
# What these give is no number, so that only what they are given is looked at.
STEPPING: Final = frozenset({"builtins.range"})
# These take one iterable of values instead of values.
OVER_ITEMS: Final = frozenset(
    {"builtins.min", "builtins.max", "builtins.sum", "math.fsum", "math.prod"}
    | {f"statistics.{name}" for name in STATISTICS}
)
# These give the plain class of their first argument; all others a float, or an int where `WHOLE` says so.
KEEPING: Final = frozenset({"abs", "min", "max", "sum"})
OTHERWISE: Final = {
    ("abs", "builtins.complex"): "builtins.float",
    ("abs", "builtins.bool"): "builtins.int",
    ("sum", "builtins.bool"): "builtins.int",
}
# Of decimals, fractions and numpy's numbers these give the same class, of built-in numbers a float.
AVERAGING: Final = frozenset({"round", "mean", "median", "stdev", "variance"})
BUILT_IN: Final = frozenset({"builtins.float", "builtins.int", "builtins.bool", "builtins.complex"})
WHOLE: Final = frozenset({"round", "int", "floor", "ceil", "trunc"})
# Generic in what they are given.
OPENED: Final = OVER_ITEMS | {"builtins.abs", "builtins.round"}
WITH_DEFAULT: Final = frozenset({"builtins.dict.get", "builtins.dict.pop", "typing.Mapping.get"}) | {
    f"{owner}.{method}" for owner in TPDICT_FB_NAMES for method in ("pop", "setdefault")
}


def function(ctx: FunctionContext, name: str, session: Session) -> Type:
    """Return the type of a call in the table."""
    whole = session.wholes.around(ctx.context) if session.wholes.awaits(ctx.context) else None
    if isinstance(whole, Meaning | Unknown):
        return lift(session.lookup, whole, "builtins.float") or ctx.default_return_type
    given = [
        (typ, expression)
        for types, expressions in zip(ctx.arg_types, ctx.args, strict=True)
        for typ, expression in zip(types, expressions, strict=True)
    ]
    pairs = _numbers(name, given)
    operands = [session.operand(expression, typ) for typ, expression in pairs]
    if not any(carries(typ) for typ, _ in pairs) or None in operands:
        # An opened signature says nothing of the result, where it was opened for want of knowing better.
        opened = name in OPENED and any(_holds_meaning(typ) for typ, _ in given)
        plain = lift(session.lookup, UNKNOWN, "builtins.float") if opened else None
        return ctx.default_return_type if plain is None else plain
    types = [typ for typ, _ in pairs]
    known = [o for o in operands if o is not None]
    answer = apply(APPLIED[name], *known, level=session.level)
    answer = _as_whole(ctx.context, answer, known, session)
    if isinstance(answer, Mismatch):
        session.report(ctx, answer, [expression for _, expression in pairs], APPLIED[name], types=types)
        return AnyType(TypeOfAny.from_error)
    if name in STEPPING:
        return ctx.default_return_type
    if name not in OPENED and (not isinstance(answer, Meaning) or _is_bool(ctx.default_return_type)):
        return ctx.default_return_type
    found = _typed(answer, APPLIED[name], types, len(given), session) or ctx.default_return_type
    # `max(legs, default=None)`
    others = [typ for typ, _ in given[1:] if isinstance(get_proper_type(typ), NoneType)]
    return make_simplified_union([found, *others])


def _as_whole(
    call: Context, answer: Operand | Mismatch, operands: list[Operand], session: Session
) -> Operand | Mismatch:
    """Return what a call means as a part of a larger expression, or by what is written in its arguments."""
    if isinstance(answer, Mismatch):
        found = session.wholes.mended(call, answer)
    else:
        found = session.wholes.gained(call, answer, operands)
    return found if isinstance(found, Meaning | Unknown) else answer


def _is_bool(typ: Type) -> bool:
    proper = get_proper_type(typ)
    return isinstance(proper, Instance) and proper.type.fullname == "builtins.bool"


def _numbers(name: str, given: list[tuple[Type, Expression]]) -> list[tuple[Type, Expression | None]]:
    """Return the numbers that a call is about: those in its iterable where it takes one."""
    item = item_of(given[0][0]) if name in OVER_ITEMS and given else None
    if item is None:
        return [(typ, expression) for typ, expression in given if lower(typ) is not None or carries(typ)]
    rest = [pair for pair in given[1:] if lower(pair[0]) is not None]
    return [(item, None), *rest]


def _typed(answer: Operand, name: str, types: list[Type], given: int, session: Session) -> Type | None:
    whole = name in WHOLE and (name != "round" or given == 1)
    bases = {base_of(typ) for typ in (types[:1] if name == "round" else types)}
    base = next(iter(bases)) if len(bases) == 1 else "builtins.float"
    if (name, base) in OTHERWISE:
        return lift(session.lookup, answer, OTHERWISE[name, base])
    if not whole and (name in KEEPING or (name in AVERAGING and base not in BUILT_IN)):
        return (
            lift_as(session.lookup, answer, types[0])
            if len(bases) == 1
            else lift(session.lookup, answer, base)
        )
    return lift(session.lookup, answer, "builtins.int" if whole else "builtins.float")


def item_of(typ: Type) -> Type | None:
    """Return what iterating over a value gives; None where it is one number."""
    proper = get_proper_type(typ)
    if isinstance(proper, TupleType):
        proper = proper.partial_fallback
    if not isinstance(proper, Instance):
        return None
    iterable = next((base for base in proper.type.mro if base.fullname == "typing.Iterable"), None)
    return map_instance_to_supertype(proper, iterable).args[0] if isinstance(iterable, TypeInfo) else None


def open_signature(ctx: FunctionSigContext) -> CallableType:
    """Take whatever is given, where it is a number with a meaning or holds such."""
    signature = ctx.default_signature
    if not any(_holds_meaning(ctx.api.get_expression_type(e)) for given in ctx.args for e in given):
        return signature
    # Not Any, in whose context the list `[a, b]` would be a list of Any.
    anything = ctx.api.named_generic_type("builtins.object", [])
    return signature.copy_modified(
        arg_types=[anything] * len(signature.arg_types),
        ret_type=AnyType(TypeOfAny.special_form),
        variables=[],
    )


def _holds_meaning(typ: Type) -> bool:
    if carries(typ):
        return True
    item = item_of(typ)
    return item is not None and carries(item)


def with_default(ctx: MethodContext, name: str, session: Session) -> Type:
    """`legs.get(name, 0.0)`: a number that every unit has is a fallback of the values' own meaning."""
    default = ctx.default_return_type
    if len(ctx.args) < 2 or not ctx.args[1]:
        return default
    value = _value_of(get_proper_type(ctx.type), ctx)
    fallback = session.operand(ctx.args[1][0], ctx.arg_types[1][0])
    meaning = session.operand(None, value) if value is not None else None
    if value is None or not isinstance(meaning, Meaning) or fallback is None:
        return default
    joined = join(meaning, fallback)
    return value if joined == meaning else default


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


def called(call: CallExpr, reader: Reader, depth: int) -> Operand:
    """Return what a call means whose type alone does not say it: `len(xs)`, `min(least, leg)`, a share.

    A mean of truth values is a proportion, and their sum a count.
    """
    callee = call.callee
    name = callee.fullname if isinstance(callee, RefExpr) else ""
    if name == "builtins.len":
        answer: Any = apply("len", UNKNOWN)
    elif name in APPLIED and len(call.args) > 1:
        operands = [reader.operand(argument, depth=depth) for argument in call.args]
        answer = (
            apply(APPLIED[name], *(o for o in operands if o is not None)) if None not in operands else UNKNOWN
        )
    elif name in OVER_ITEMS and len(call.args) == 1:
        each = reader.each(call.args[0], depth)
        answer = apply(APPLIED[name], each) if isinstance(each, Meaning) else UNKNOWN
    elif isinstance(callee, RefExpr) and is_of_any_unit(callee.node):
        answer = Literal(0.0)  # nothing else is: a value of every unit is zero, infinite or no number
    else:
        answer = UNKNOWN
    return UNKNOWN if isinstance(answer, Mismatch) else answer
