"""Calls of functions that are polymorphic in a unit: `square: U -> U**2` at `km` is `km -> km**2`.

    U = UnitVar("U")
    def square(x: Annotated[float, U]) -> Annotated[float, U**2]: ...

Inside the function a variable is a unit like any other, so mypy checks the body by itself. At a call the
equations between declared and given units are solved, and mypy checks the call against what comes out. So
does a function that is given one: of `map(square, legs)` mypy learns what `square` is at a leg.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mypy.nodes import Decorator, Expression, LambdaExpr, OverloadedFuncDef, RefExpr, SymbolNode, TypeInfo
from mypy.plugin import FunctionSigContext
from mypy.types import CallableType, FunctionLike, Instance, Type, UnionType, get_proper_type

from typedml.mypy.alternatives import may_mix
from typedml.mypy.equations import callable_of
from typedml.mypy.shared import shares
from typedml.mypy.signs import DIRECT
from typedml.mypy.solving import Call
from typedml.mypy.tried import TRIED, is_of_numbers
from typedml.mypy.variables import carried, mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy.plugin import MethodSigContext

    from typedml.mypy.carrier import Lookup

# These modules declare no unit variables, and most calls are of their functions.
CLOSED: Final = ("builtins.", "typing.", "math.", "typedml.declare.carriers.")
POLYMORPHIC: Final = "polymorphic"
TAKES_FUNCTIONS: Final = "takes functions"
SHARING: Final = "parameters share a type"
MIXING: Final = "results are of several types"
TRIES: Final = "tries signatures"


class Interest:
    """Which functions, by their names, unit variables may pass through."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        # A function's type is made anew where its declaration changes.
        self._known: dict[str, tuple[object, str]] = {}

    def _node(self, fullname: str) -> SymbolNode | None:
        symbol = self._lookup(fullname)
        if symbol is None:
            # A method has the name of the object's class, whichever class it is inherited from.
            owner, _, name = fullname.rpartition(".")
            around = self._lookup(owner)
            info = around.node if around is not None else None
            symbol = info.get(name) if isinstance(info, TypeInfo) else None
        return symbol.node if symbol is not None else None

    def declared(self, fullname: str) -> Type | None:
        """Return what an attribute is declared as."""
        node = self._node(fullname)
        found: Type | None = _type(node) if node is not None else None
        return found

    def of(self, fullname: str) -> str:
        """Return POLYMORPHIC, TRIES, TAKES_FUNCTIONS, MIXING, SHARING, or nothing."""
        if "." not in fullname:
            return POLYMORPHIC  # of a local name only mypy's checker knows the type
        node = self._node(fullname)
        if node is None:
            return ""
        declared: object = _type(node)
        known = self._known.get(fullname)
        if known is None or known[0] is not declared or isinstance(node, TypeInfo):
            known = self._known[fullname] = (declared, _interest(fullname, node))
        return known[1]


def _interest(fullname: str, node: SymbolNode) -> str:
    types = list(_signature(node))
    if not fullname.startswith(CLOSED) and any(map(mentions, types)):
        return POLYMORPHIC
    if _is_tried(fullname, node) and any(any(carried(each)) for each in types):
        return TRIES
    if not fullname.startswith(CLOSED) and any(map(is_of_numbers, types)):
        return TRIES
    if any(map(_is_function, types)):
        return TAKES_FUNCTIONS
    is_open = not fullname.startswith(CLOSED)
    if (is_open or fullname.rpartition(".")[2] in DIRECT) and any(map(may_mix, types)):
        return MIXING
    return SHARING if is_open and shares(_type(node)) else ""


def _is_tried(fullname: str, node: SymbolNode) -> bool:
    if fullname.startswith(CLOSED):
        return False
    if isinstance(node, TypeInfo):
        made = (node.get(name) for name in ("__init__", "__new__"))
        return any(each is not None and isinstance(each.node, OverloadedFuncDef) for each in made)
    return isinstance(node, OverloadedFuncDef) or fullname.rpartition(".")[2] in TRIED


def _type(node: SymbolNode) -> Any:
    return getattr(node.var if isinstance(node, Decorator) else node, "type", None)


def _signature(node: SymbolNode | None) -> Iterator[Type]:
    """Yield the types in a function's signature, or in that of a class's constructor."""
    if isinstance(node, TypeInfo):
        for name in ("__init__", "__new__"):
            made = node.get(name)
            if made is not None and not isinstance(made.node, TypeInfo):
                yield from _signature(made.node)
        return
    declared = get_proper_type(_type(node)) if node is not None else None
    if isinstance(declared, FunctionLike):
        for item in declared.items:
            yield from (*item.arg_types, item.ret_type)
    elif isinstance(declared, Instance) and declared.type.get("__call__") is not None:
        called = callable_of(declared)
        for item in called.items if called is not None else ():
            yield from (*item.arg_types, item.ret_type)


def _is_function(typ: Type) -> bool:
    proper = get_proper_type(typ)
    if isinstance(proper, UnionType):
        return any(map(_is_function, proper.items))
    if isinstance(proper, Instance):
        return proper.type.is_protocol and "__call__" in proper.type.names
    return isinstance(proper, CallableType)


def specialize(ctx: FunctionSigContext | MethodSigContext, lookup: Lookup) -> CallableType:
    """Return the signature of a call with its unit variables solved from what is given."""
    signature, definition = ctx.default_signature, ctx.default_signature.definition
    # A method of a list of numbers mentions what they mention, a function does not.
    is_closed = (
        isinstance(ctx, FunctionSigContext)
        and definition is not None
        and definition.fullname.startswith(CLOSED)
    )
    if (is_closed or not mentions(signature)) and not _is_given_open(ctx):
        return signature
    owner = getattr(ctx, "type", None)
    return Call(signature, ctx.args, ctx.context, ctx.api, owner).solved(lookup)


def _is_given_open(ctx: FunctionSigContext | MethodSigContext) -> bool:
    """Whether a function is given that has unit variables."""
    for formal, expressions in zip(ctx.default_signature.arg_types, ctx.args, strict=True):
        if expressions and _is_function(formal) and any(_is_open(each, ctx.api) for each in expressions):
            return True
    return False


def _is_open(expression: Expression, api: Any) -> bool:
    if isinstance(expression, LambdaExpr):
        return False
    node = expression.node if isinstance(expression, RefExpr) else None
    declared = _type(node) if node is not None and not isinstance(node, TypeInfo) else None
    if declared is not None:
        return mentions(declared)
    with api.msg.filter_errors():
        found = api.get_expression_type(expression)
    return callable_of(found) is not None and mentions(callable_of(found) or found)
