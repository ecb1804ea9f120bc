"""Unit variables in types: which there are, and what a type is with others in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.nodes import FuncDef, SymbolNode
from mypy.types import (
    CallableType,
    Instance,
    Overloaded,
    Parameters,
    TupleType,
    Type,
    TypeAliasType,
    TypeType,
    UnionType,
    get_proper_type,
)

from typedml.algebra.meaning import Meaning, Operand
from typedml.mypy.carrier import lift_as, lower

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from typedml.mypy.carrier import Lookup

    Change = Callable[[Meaning, bool], Operand | Type]


def carried(typ: Type) -> Iterator[Meaning]:
    """Yield the meanings of the numbers in a type, in their order; recursive types hold none of ours."""
    if isinstance(typ, TypeAliasType) and typ.is_recursive:
        return
    proper = get_proper_type(typ)
    if isinstance(proper, Instance) and not proper.args:
        return  # most types are names without arguments: those need no walk
    meaning = lower(proper)
    if isinstance(meaning, Meaning):
        yield meaning
        return
    for part in _parts(proper):
        yield from carried(part)


def _parts(proper: Type) -> Iterator[Type]:
    if isinstance(proper, Instance):
        yield from proper.args
        if proper.extra_attrs is not None and is_partial(proper):
            yield from proper.extra_attrs.attrs.values()
    elif isinstance(proper, UnionType | TupleType | Overloaded):
        yield from proper.items
    elif isinstance(proper, CallableType):
        yield from (*proper.arg_types, proper.ret_type)
    elif isinstance(proper, Parameters):
        yield from proper.arg_types
    elif isinstance(proper, TypeType):
        yield proper.item


def is_partial(typ: Instance) -> bool:
    """Whether mypy keeps in a type the function that was partially applied."""
    return typ.extra_attrs is not None and typ.type.fullname == "functools.partial"


def mentioned(typ: Type) -> tuple[str, ...]:
    """Return the unit variables in a type, in their order."""
    return tuple(dict.fromkeys(name for meaning in carried(typ) for name in meaning.unit.variables))


def mentions(typ: Type) -> bool:
    """Whether there are unit variables in a type."""
    if isinstance(typ, TypeAliasType) and typ.is_recursive:
        return False
    proper = get_proper_type(typ)
    if isinstance(proper, Instance) and not proper.args:
        return False
    meaning = lower(proper)
    if isinstance(meaning, Meaning):
        return bool(meaning.unit.variables)
    return any(map(mentions, _parts(proper)))


def changed(typ: Type, change: Change, lookup: Lookup, *, within: bool = False) -> Type:
    """Return a type with other meanings, or types, in place of those with unit variables.

    `change` is told the meaning, and whether it stands in the signature of a function.
    """
    proper = get_proper_type(typ)
    if not mentions(proper):
        return typ
    meaning = lower(proper)
    if isinstance(meaning, Meaning) and isinstance(proper, Instance):
        made = change(meaning, within)
        return made if isinstance(made, Type) else lift_as(lookup, made, proper) or typ

    def each(types: Iterable[Type], inside: bool = within) -> list[Type]:
        return [changed(part, change, lookup, within=inside) for part in types]

    return _rebuilt(proper, each)


def _rebuilt(proper: Type, each: Callable[..., list[Type]]) -> Type:
    if isinstance(proper, Instance):
        return _instance(proper, each)
    if isinstance(proper, UnionType):
        return UnionType(each(proper.items))
    if isinstance(proper, TupleType):
        return proper.copy_modified(items=each(proper.items))
    if isinstance(proper, Overloaded):
        return Overloaded(each(proper.items))  # type: ignore[arg-type]  # an item of it stays a callable
    if isinstance(proper, TypeType):
        return TypeType.make_normalized(*each([proper.item]))
    if isinstance(proper, CallableType):
        *taken, result = each([*proper.arg_types, proper.ret_type], True)
        return proper.copy_modified(arg_types=taken, ret_type=result)
    assert isinstance(proper, Parameters)
    return proper.copy_modified(arg_types=each(proper.arg_types, True))


def _instance(proper: Instance, each: Callable[..., list[Type]]) -> Type:
    if proper.extra_attrs is None or not is_partial(proper):
        return proper.copy_modified(args=each(proper.args))
    made = proper.copy_modified(args=each(proper.args, True))
    made.extra_attrs = proper.extra_attrs.copy()
    values = each(proper.extra_attrs.attrs.values(), True)
    made.extra_attrs.attrs = dict(zip(proper.extra_attrs.attrs, values, strict=True))
    return made


def is_of_any_unit(function: SymbolNode | None) -> bool:
    """Whether what a function gives has whatever unit is wanted of it: no argument decides."""
    declared = get_proper_type(function.type) if isinstance(function, FuncDef) else None
    result = lower(declared.ret_type) if isinstance(declared, CallableType) else None
    if not isinstance(declared, CallableType) or not isinstance(result, Meaning):
        return False
    taken = {name for typ in declared.arg_types for name in mentioned(typ)}
    return any(name not in taken for name in result.unit.variables)
