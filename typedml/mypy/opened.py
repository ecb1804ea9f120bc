"""Signatures that are opened, so that mypy's own solving of type variables leaves meanings to the algebra."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mypy.expandtype import expand_type
from mypy.nodes import Expression, TypeInfo
from mypy.typeops import get_type_vars, make_simplified_union
from mypy.types import CallableType, Instance, NoneType, Type, UnionType, get_proper_type

from typedml.mypy.carrier import base_of, carries, is_number
from typedml.mypy.classes import STUB, TEXTS
from typedml.mypy.literals import literal_of
from typedml.mypy.relabelled import concerns, displayed, item_of

if TYPE_CHECKING:
    from mypy.nodes import Context
    from mypy.plugin import FunctionContext, FunctionSigContext, MethodContext, MethodSigContext
    from mypy.types import FunctionLike

    from typedml.mypy.carrier import Lookup
    from typedml.mypy.stubs import Overloads

WRAPPER: Final = f"{STUB}.Opened"


class _Given(NamedTuple):
    """What runs over numbers has them as items; what is concerned with meanings, and what is a number."""

    item: Type | None
    is_concerned: bool
    is_number: bool


class _Round:
    """What is given to the overloads of one call, each of which mypy asks about in turn."""

    def __init__(self) -> None:
        self.asked: set[object] = set()
        self.known: dict[Expression, _Given] = {}


# By call: mypy may check it again, with other types; then it asks about the same overload again.
_rounds: dict[Context, _Round] = {}
# What a signature becomes, by its identity, which the signature in the value keeps from going to another.
_made: dict[tuple[object, ...], tuple[CallableType, CallableType, Overloads]] = {}
MOST_ROUNDS: Final = 64
MOST_MADE: Final = 1024


def forget() -> None:
    """Drop the calls and signatures of another build."""
    _rounds.clear()
    _made.clear()


def open_signature(
    ctx: FunctionSigContext | MethodSigContext, overloads: Overloads, lookup: Lookup
) -> FunctionLike:
    """Keep what is wanted of the result from the type variables, where numbers with meanings are given.

    mypy solves them from what is wanted first, and then complains of what is given. A result that is wrapped
    is compared with nothing; `unwrapped` is what the call gives. Where an overload is for one class of
    numbers, any is taken: which it is says the type of what comes out, and not what it means.
    """
    signature, wrapper = ctx.default_signature, lookup(WRAPPER)
    is_open = bool(signature.variables) or any(each.is_generic or each.runs_over for each in overloads)
    if not is_open or wrapper is None or not isinstance(wrapper.node, TypeInfo):
        return signature
    args = ctx.args
    if [] in args and any(
        not each and kind.is_required() for kind, each in zip(signature.arg_kinds, args, strict=True)
    ):
        return signature  # an overload for other arguments
    round_ = _round(ctx)
    given = [[_given(ctx, each, round_) for each in expressions] for expressions in args]
    concerned = tuple([_any_concerned(found) for found in given])
    if True not in concerned and not _is_wanted(ctx):
        return signature
    numbers = tuple([bool(found) and all(each.is_number for each in found) for found in given])
    item = next((each.item for found in given for each in found if each.item is not None), None)
    if item is not None:
        signature, started = _started(signature, ctx, item)
        places = _places(signature, overloads, concerned, numbers)
        return _replaced(signature, ctx, places | started, wrapper.node)
    key = (id(signature), id(overloads), concerned, numbers)
    known = _made.get(key)
    if known is None:
        if len(_made) >= MOST_MADE:
            _made.clear()
        places = _places(signature, overloads, concerned, numbers)
        known = _made[key] = (
            _replaced(signature, ctx, places, wrapper.node),
            signature,
            overloads,
        )
    return known[0]


def _any_concerned(found: list[_Given]) -> bool:
    if len(found) == 1:
        return found[0].is_concerned  # nearly always
    return any(each.is_concerned for each in found)


def _round(ctx: FunctionSigContext | MethodSigContext) -> _Round:
    """Return what is known of the arguments of a call; for a signature without a definition, nothing."""
    definition = ctx.default_signature.definition
    found = _rounds.get(ctx.context)
    if found is None or definition is None or definition in found.asked:
        if len(_rounds) >= MOST_ROUNDS:
            _rounds.clear()
        found = _rounds[ctx.context] = _Round()
    found.asked.add(definition)
    return found


def _given(ctx: FunctionSigContext | MethodSigContext, expression: Expression, round_: _Round) -> _Given:
    known = round_.known.get(expression)
    if known is None:
        typ = ctx.api.get_expression_type(expression)
        item = None if carries(typ) else item_of(typ)
        known = round_.known[expression] = _Given(
            item if item is not None and carries(item) else None,
            concerns(typ) or _holds_meanings(ctx, expression),
            is_number(typ) and not is_text(typ),
        )
    return known


def _places(
    signature: CallableType, overloads: Overloads, concerned: tuple[bool, ...], numbers: tuple[bool, ...]
) -> set[int]:
    """Return the parameters that take whatever is given: what it may be is said elsewhere."""
    replaced: set[int] = set()
    for place, (name, formal) in enumerate(zip(signature.arg_names, signature.arg_types, strict=True)):
        parameters = [each.parameter(name, place) for each in overloads]
        is_checked = any(each is not None and each.check is not None for each in parameters)
        if (is_checked and (numbers[place] or concerned[place])) or (
            concerned[place] and not _is_inferred(formal)
        ):
            replaced.add(place)
    return replaced


def _replaced(
    signature: CallableType,
    ctx: FunctionSigContext | MethodSigContext,
    replaced: set[int],
    wrapper: TypeInfo,
) -> CallableType:
    anything = ctx.api.named_generic_type("builtins.object", [])
    result = signature.ret_type
    return signature.copy_modified(
        arg_types=[anything if i in replaced else each for i, each in enumerate(signature.arg_types)],
        # mypy says itself that what returns nothing has no value.
        ret_type=result if isinstance(result, NoneType) else Instance(wrapper, [result]),
    )


def is_given_functions(ctx: FunctionSigContext | MethodSigContext) -> bool:
    """Whether a call gives something for a parameter that takes a function."""
    pairs = zip(ctx.default_signature.arg_types, ctx.args, strict=True)
    return any(given and _takes_functions(formal) for formal, given in pairs)


def _takes_functions(formal: Type) -> bool:
    proper = get_proper_type(formal)
    if isinstance(proper, UnionType):
        return any(map(_takes_functions, proper.items))
    return isinstance(proper, CallableType)


def _is_wanted(ctx: FunctionSigContext | MethodSigContext) -> bool:
    """Whether a meaning is wanted of the result: mypy would want it of each `1` in `sum(1 for ...)`."""
    checker: Any = ctx.api
    wanted = checker.expr_checker.type_context[-1]
    return wanted is not None and concerns(wanted)


def _started(
    signature: CallableType, ctx: FunctionSigContext | MethodSigContext, item: Type
) -> tuple[CallableType, set[int]]:
    """Let what begins as 0.0 be of the class of the items: `reduce(f, distances, 0.0)`."""
    started: set[int] = set()
    for place, given in enumerate(ctx.args):
        literal = literal_of(given[0]) if given else None
        free = get_type_vars(signature.arg_types[place])
        if literal is not None and literal.is_generic and len(free) == 1:
            signature = expand_type(signature, {free[0].id: item})
            started.add(place)
    return signature, started


def is_text(typ: Type) -> bool:
    """Whether values of a type are text that says nothing of what it names."""
    return base_of(typ) in TEXTS and not carries(typ)


def _is_inferred(formal: Type) -> bool:
    """Whether what is given for a formal may be of any class, and says which the result is of."""
    return any(not each.values for each in get_type_vars(formal))


def _holds_meanings(ctx: FunctionSigContext | MethodSigContext, expression: Expression) -> bool:
    return any(concerns(ctx.api.get_expression_type(item)) for item in displayed(expression))


def given(ctx: FunctionContext | MethodContext) -> Type:
    """Return what mypy says that a call gives."""
    return unwrapped(ctx.default_return_type)


def unwrapped(typ: Type) -> Type:
    """Return the type of a result whose signature may have been opened."""
    proper = get_proper_type(typ)
    if isinstance(proper, UnionType):
        return make_simplified_union([unwrapped(each) for each in proper.items])
    wrapped = isinstance(proper, Instance) and proper.type.fullname == WRAPPER
    return proper.args[0] if wrapped and isinstance(proper, Instance) else typ
