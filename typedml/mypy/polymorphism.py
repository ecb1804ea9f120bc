"""Calls of functions that are polymorphic in a unit: `square: U -> U**2` at `km` is `km -> km**2`.

    U = UnitVar("U")
    def square(x: Annotated[float, U]) -> Annotated[float, U**2]: ...

Inside the function a variable is a unit like any other, so mypy checks the body by itself. At a call the
equations between declared and given units are solved, and mypy checks the call against what comes out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mypy.maptype import map_instance_to_supertype
from mypy.nodes import Decorator, OverloadedFuncDef, SymbolNode, TypeInfo, Var
from mypy.types import (
    CallableType,
    FunctionLike,
    Instance,
    TupleType,
    Type,
    TypeAliasType,
    UnionType,
    get_proper_type,
)

from typedml.algebra.kind import Sort
from typedml.algebra.meaning import UNKNOWN, Meaning
from typedml.algebra.unification import bind, bound, freshened, loosened
from typedml.mypy.carrier import BASES, lift, lower

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy.plugin import FunctionSigContext, MethodSigContext

    from typedml.algebra.unit import Unit
    from typedml.mypy.carrier import Lookup

# These modules declare no unit variables, and most calls are of their functions.
CLOSED: Final = ("builtins.", "typing.", "math.", "typedml.declare.carriers.")


def is_polymorphic(fullname: str, lookup: Lookup) -> bool:
    """Whether a function's own declaration has a unit variable in it."""
    if fullname.startswith(CLOSED):
        return False
    symbol = lookup(fullname)
    node = symbol.node if symbol is not None else None
    if isinstance(node, TypeInfo):
        return any(map(_open, _signature(node)))
    declared = getattr(node.var if isinstance(node, Decorator) else node, "type", None)
    if declared is None:
        return False
    known = _known.get(fullname)
    if known is None or known[0] is not declared:
        known = _known[fullname] = (declared, any(map(_open, _signature(node))))
    return known[1]


# A function's type is made anew where its declaration changes.
_known: dict[str, tuple[object, bool]] = {}


def _open(typ: Type) -> bool:
    # Most types are names without arguments: those need no walk.
    if isinstance(typ, Instance) and not typ.args:
        return False
    return _mentions(typ)


def _signature(node: SymbolNode | None) -> Iterator[Type]:
    """Yield the types in a function's signature, or in that of a class's constructor."""
    if isinstance(node, TypeInfo):
        for name in ("__init__", "__new__"):
            made = node.get(name)
            if made is not None and not isinstance(made.node, TypeInfo):
                yield from _signature(made.node)
        return
    target = node.var if isinstance(node, Decorator) else node
    declared = get_proper_type(getattr(target, "type", None))
    if isinstance(target, OverloadedFuncDef | Var) and isinstance(declared, FunctionLike):
        for item in declared.items:
            yield from (*item.arg_types, item.ret_type)
    elif isinstance(declared, CallableType):
        yield from (*declared.arg_types, declared.ret_type)


def _mentions(typ: Type) -> bool:
    return any(meaning.unit.variables for _, meaning in carried(typ))


def carried(typ: Type) -> Iterator[tuple[Type, Meaning]]:
    """Yield the numbers with a meaning in a type, with their meanings; recursive types hold none of ours."""
    if isinstance(typ, TypeAliasType) and typ.is_recursive:
        return
    proper = get_proper_type(typ)
    meaning = lower(proper)
    if isinstance(meaning, Meaning):
        yield proper, meaning
    elif isinstance(proper, Instance):
        for argument in proper.args:
            yield from carried(argument)
    elif isinstance(proper, UnionType | TupleType):
        for item in proper.items:
            yield from carried(item)
    elif isinstance(proper, CallableType):
        for part in (*proper.arg_types, proper.ret_type):
            yield from carried(part)


def specialize(ctx: FunctionSigContext | MethodSigContext, lookup: Lookup) -> CallableType:
    """Return the signature of a call with its unit variables solved from what is given."""
    signature = ctx.default_signature
    equations: list[tuple[Unit, Unit]] = []
    for formal, given in zip(signature.arg_types, ctx.args, strict=False):
        for expression in given:
            equations += _equations(formal, ctx.api.get_expression_type(expression))
    solution = bind(equations)
    refused = [
        any(_never_binds(formal, ctx.api.get_expression_type(e)) for e in given)
        for formal, given in zip(signature.arg_types, ctx.args, strict=True)
    ]
    return signature.copy_modified(
        arg_types=[
            formal if never else _replaced(formal, solution, lookup)
            for formal, never in zip(signature.arg_types, refused, strict=True)
        ],
        ret_type=_replaced(signature.ret_type, solution, lookup),
    )


def _never_binds(formal: Type, given: Type) -> bool:
    """Whether a point or an opaque value is given where a unit variable stands, which takes vectors only."""
    wanted, have = lower(formal), lower(given)
    return isinstance(wanted, Meaning) and isinstance(have, Meaning) and have.sort is not Sort.VECTOR


def _equations(formal: Type, given: Type) -> Iterator[tuple[Unit, Unit]]:
    wanted, have = get_proper_type(formal), get_proper_type(given)
    meaning = lower(wanted)
    if isinstance(meaning, Meaning):
        found = lower(have)
        if isinstance(found, Meaning) and found.sort is Sort.VECTOR:
            yield freshened(meaning).unit, found.unit
    elif isinstance(wanted, UnionType):
        for item in wanted.items:
            for member in have.items if isinstance(have, UnionType) else [have]:
                yield from _equations(item, member)
    elif isinstance(wanted, CallableType) and isinstance(have, CallableType):
        pairs = (*zip(wanted.arg_types, have.arg_types, strict=False), (wanted.ret_type, have.ret_type))
        for want, part in pairs:
            # What is passed may be polymorphic itself: its variables are open as well.
            yield from ((left, loosened(right)) for left, right in _equations(want, part))
    else:
        for want, part in _parts(wanted, have):
            yield from _equations(want, part)


def _parts(wanted: Any, have: Any) -> Iterator[tuple[Type, Type]]:
    """Yield the parts of two types that stand for each other."""
    if isinstance(wanted, TupleType) and isinstance(have, TupleType):
        yield from zip(wanted.items, have.items, strict=False)
    elif isinstance(wanted, Instance) and wanted.type.fullname not in BASES:
        instance = have.partial_fallback if isinstance(have, TupleType) else have
        if isinstance(instance, Instance) and instance.type.has_base(wanted.type.fullname):
            yield from zip(wanted.args, map_instance_to_supertype(instance, wanted.type).args, strict=False)


def _replaced(typ: Type, solution: dict[str, Unit], lookup: Lookup) -> Type:
    """Return a type with its unit variables replaced; a number whose unit stays open is a plain one."""
    proper = get_proper_type(typ)
    if not _mentions(proper):
        return typ
    meaning = lower(proper)
    if isinstance(meaning, Meaning) and isinstance(proper, Instance):
        found = bound(freshened(meaning), solution)
        return lift(lookup, UNKNOWN if found is None else found, BASES[proper.type.fullname]) or typ
    if isinstance(proper, Instance):
        return proper.copy_modified(args=[_replaced(a, solution, lookup) for a in proper.args])
    if isinstance(proper, UnionType):
        return UnionType([_replaced(item, solution, lookup) for item in proper.items])
    if isinstance(proper, TupleType):
        return proper.copy_modified(items=[_replaced(item, solution, lookup) for item in proper.items])
    assert isinstance(proper, CallableType)
    # A function that is passed took part in the equations; against its own variables mypy cannot check it.
    return proper.copy_modified(
        arg_types=[_replaced(a, {}, lookup) for a in proper.arg_types],
        ret_type=_replaced(proper.ret_type, {}, lookup),
    )
