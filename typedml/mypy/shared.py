"""Functions of the user's whose parameters share a type: `first(distances, 0.0)` is a distance.

mypy joins what is given for a type variable, and of a distance and 0.0 only a plain number is left. What is
of any unit is of the one that it is given beside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.typeops import get_type_vars
from mypy.types import CallableType, FunctionLike, Type, TypeVarType, get_proper_type
from mypy.types_utils import remove_optional

from typedml.mypy.literals import literal_of
from typedml.mypy.relabelled import concerns

if TYPE_CHECKING:
    from mypy.plugin import FunctionSigContext, MethodSigContext


def shares(declared: Type | None) -> bool:
    """Whether a parameter of a function is of a type variable that stands in another one as well."""
    proper = get_proper_type(declared)
    items = proper.items if isinstance(proper, FunctionLike) else []
    return any(_beside(each, place) for each in items for place in range(len(each.arg_types)))


def apart(ctx: FunctionSigContext | MethodSigContext) -> CallableType:
    """Return a signature that takes what is of any unit without a say in what the type variable is."""
    signature = ctx.default_signature
    types = [*signature.arg_types]
    for place, given in enumerate(ctx.args):
        literal = literal_of(given[0]) if len(given) == 1 else None
        if literal is None or not literal.is_generic:
            continue
        beside = [each for other in _beside(signature, place) for each in ctx.args[other]]
        if any(concerns(remove_optional(ctx.api.get_expression_type(each))) for each in beside):
            types[place] = ctx.api.named_generic_type("builtins.float", [])
    return signature if types == signature.arg_types else signature.copy_modified(arg_types=types)


def _beside(signature: CallableType, place: int) -> list[int]:
    """Return the other parameters that hold the type variable that a parameter is of."""
    formal = get_proper_type(signature.arg_types[place])
    if not isinstance(formal, TypeVarType) or formal.values:
        return []
    types = [*enumerate(signature.arg_types)]
    return [
        i for i, each in types if i != place and any(free.id == formal.id for free in get_type_vars(each))
    ]
