"""Signatures that are opened, so that mypy's own solving of type variables leaves meanings to the algebra."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mypy.expandtype import expand_type
from mypy.nodes import Expression, TypeInfo
from mypy.typeops import get_type_vars, make_simplified_union
from mypy.types import CallableType, Instance, NoneType, Type, UnionType, get_proper_type

from typedml.mypy.carrier import base_of, carries, is_number
from typedml.mypy.classes import STUB, TEXTS
from typedml.mypy.operands import literal_of
from typedml.mypy.relabelled import concerns, displayed, item_of

if TYPE_CHECKING:
    from mypy.plugin import FunctionContext, FunctionSigContext, MethodContext, MethodSigContext
    from mypy.types import FunctionLike

    from typedml.mypy.carrier import Lookup
    from typedml.mypy.stubs import Overloads

WRAPPER: Final = f"{STUB}.Opened"


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
    if any(
        kind.is_required() and not given for kind, given in zip(signature.arg_kinds, ctx.args, strict=True)
    ):
        return signature  # an overload for other arguments
    types = [[ctx.api.get_expression_type(each) for each in given] for given in ctx.args]
    concerned = [
        any(map(concerns, found)) or any(_holds_meanings(ctx, each) for each in given)
        for found, given in zip(types, ctx.args, strict=True)
    ]
    if not any(concerned):
        return signature
    signature, replaced = _started(signature, ctx, [each for found in types for each in found])
    for place, (name, formal) in enumerate(zip(signature.arg_names, signature.arg_types, strict=True)):
        parameters = [each.parameter(name, place) for each in overloads]
        is_checked = any(each is not None and each.check is not None for each in parameters)
        numbers = types[place] and all(is_number(each) and not is_text(each) for each in types[place])
        if (is_checked and (numbers or concerned[place])) or (concerned[place] and not _is_inferred(formal)):
            replaced.add(place)
    anything = ctx.api.named_generic_type("builtins.object", [])
    result = signature.ret_type
    return signature.copy_modified(
        arg_types=[anything if i in replaced else each for i, each in enumerate(signature.arg_types)],
        # mypy says itself that what returns nothing has no value.
        ret_type=result if isinstance(result, NoneType) else Instance(wrapper.node, [result]),
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


def _started(
    signature: CallableType, ctx: FunctionSigContext | MethodSigContext, types: list[Type]
) -> tuple[CallableType, set[int]]:
    """Let what begins as 0.0 be of the class of the items: `reduce(f, distances, 0.0)`."""
    item = next((item for typ in types if (item := item_of(typ)) is not None and carries(item)), None)
    started: set[int] = set()
    for place, given in enumerate(ctx.args if item is not None else ()):
        literal = literal_of(given[0]) if given else None
        free = get_type_vars(signature.arg_types[place])
        if literal is not None and literal.is_generic and len(free) == 1 and item is not None:
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
