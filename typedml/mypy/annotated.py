"""Annotations: `Annotated[float, Unit("km")]` becomes the type of a number that means kilometres.

    Km = Annotated[float, Unit("km")]
    def f(d: Km, p: Annotated[Probability, THRESHOLD]) -> Annotated[float | None, KM]: ...

mypy asks about every name in an annotation. Where metadata belong to the name at that position, its type is
given their meaning; this one way serves annotations, aliases, classes, PEP 695 and quoted types alike.
"""

from __future__ import annotations

import sys
import typing
from typing import TYPE_CHECKING, Any, Final

from mypy.nodes import PlaceholderNode, TypeAlias, TypeInfo, TypeVarExpr
from mypy.server.trigger import make_trigger
from mypy.types import (
    CallableType,
    Instance,
    NoneType,
    PlaceholderType,
    Type,
    TypeAliasType,
    TypeVarType,
    UnboundType,
    UnionType,
    get_proper_type,
)

from typedml.algebra.meaning import Meaning
from typedml.declare import aliases
from typedml.declare.fitting import misfit
from typedml.declare.metadata import meaning_of
from typedml.errors import TypedmlError
from typedml.mypy.carrier import carries, lift_as, lower
from typedml.mypy.classes import BASES, CARRIERS, ROW_OF, family
from typedml.mypy.evaluation import Unreadable, claims, is_declared
from typedml.mypy.known import known
from typedml.mypy.names import Scope
from typedml.mypy.reports import fail
from typedml.mypy.source import Source, source_of_tree
from typedml.mypy.subjects import HELD

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy.nodes import MypyFile, SymbolTableNode
    from mypy.plugin import AnalyzeTypeContext

    from typedml.declare.markers import Marker
    from typedml.mypy.carrier import Lookup

# `Threshold[Probability]`, `Train[Km]`: aliases whose first argument is a type variable lose their metadata.
GENERIC: Final[dict[str, tuple[Marker, ...]]] = {
    f"{aliases.__name__}.{name}": typing.get_args(alias)[1:]
    for name, alias in vars(aliases).items()
    if typing.get_origin(alias) is typing.Annotated and isinstance(typing.get_args(alias)[0], typing.TypeVar)
}


def concerns(fullname: str, lookup: Lookup, declares: bool) -> bool:
    """Whether a name in an annotation may carry a meaning; a file that declares none needs aliases only."""
    if fullname in GENERIC:
        return True
    if fullname in CARRIERS:
        return declares
    symbol = lookup(fullname)
    node = symbol.node if symbol is not None else None
    if isinstance(node, TypeInfo):
        return declares and (family(node) is not None or _is_unread(node))
    if isinstance(node, TypeVarExpr):
        return declares
    return isinstance(node, TypeAlias) and _is_number(node.target)


def _is_unread(info: TypeInfo) -> bool:
    """Whether nobody reads metadata on a class; those on classes of other libraries may be for them."""
    return info.name not in HELD and info.fullname.partition(".")[0] in sys.stdlib_module_names


def _is_number(target: Type) -> bool:
    proper = get_proper_type(target)
    if isinstance(proper, UnionType):
        return any(map(_is_number, proper.items))
    return isinstance(proper, Instance | TypeVarType | PlaceholderType) and (
        not isinstance(proper, Instance) or family(proper.type) is not None
    )


def analyze(ctx: AnalyzeTypeContext, fullname: str, lookup: Lookup, plain: Callable[[], Type]) -> Type:
    """Return the type of one name in an annotation; `plain()` is what mypy makes of it by itself."""
    assert isinstance(ctx.type, UnboundType)
    found = plain()
    module = _module(ctx)
    if module is None:
        return found
    source = source_of_tree(module)
    metadata = source.said(module, (ctx.type.line, ctx.type.column), ctx.type.name)
    if source.is_unreadable:
        _tell_unreadable(ctx, source)
        return found
    if not metadata and fullname not in GENERIC:
        return found if getattr(ctx.api, "defining_alias", False) else _expanded(found)
    scope = Scope(lambda name: _look_up(ctx, name), _modules(ctx))
    try:
        markers = [*GENERIC.get(fullname, ()), *claims(metadata, scope)]
        declared = is_declared(markers)
    except (Unreadable, TypedmlError) as error:
        fail(ctx.api, "typedml-unread", error.fact, error.hint, ctx.context)
        return found
    if not declared:
        return found
    alone = (ctx.type.line, ctx.type.column) not in source.shared
    return _mean(ctx, found, markers, lookup, alone)


def _expanded(found: Type) -> Type:
    """Return the number that an alias stands for; mypy would copy it each time that it looks at the alias."""
    alias = found.alias if isinstance(found, TypeAliasType) and not found.args else None
    if alias is not None and isinstance(alias.target, Instance) and alias.target.type.fullname in BASES:
        return alias.target
    return found


def _tell_unreadable(ctx: AnalyzeTypeContext, source: Source) -> None:
    """Report, once for a file, that its declarations cannot be read."""
    place = (ctx.type.line, ctx.type.column)
    # A name that mypy made up stands nowhere.
    if ctx.type.line > 0 and (source.told is None or source.told == place):
        source.told = place
        version = ".".join(map(str, sys.version_info[:2]))
        fact = f"Python {version}, which runs mypy, cannot read the declarations of this file"
        hint = "run mypy with the newest Python that the code is for"
        fail(ctx.api, "typedml-unread", fact, hint, ctx.context)


def _mean(
    ctx: AnalyzeTypeContext, found: Type, markers: list[Marker], lookup: Lookup, alone: bool = True
) -> Type:
    proper = get_proper_type(found)
    if isinstance(proper, UnionType):
        alone = alone and sum(not isinstance(get_proper_type(item), NoneType) for item in proper.items) == 1
        return UnionType([_mean(ctx, item, markers, lookup, alone) for item in proper.items])
    if not isinstance(proper, Instance) or family(proper.type) is None:
        if alone:
            _tell_unread(ctx, proper)
        return found
    before = lower(proper)
    inner = [known(before)] if isinstance(before, Meaning) and carries(proper) else []
    try:
        meaning = meaning_of([*inner, *markers])
    except TypedmlError as error:
        fail(ctx.api, "typedml-unread", error.fact, error.hint, ctx.context)
        return found
    if meaning is None:
        return found
    lifted = _fitted(ctx, proper, meaning, lookup, alone)
    if lifted is None:
        return found
    if isinstance(ctx.type, UnboundType):
        # Without this an alias to `Float[...]` is taken for the bare class, and each use for `Float[Any]`.
        ctx.type.empty_tuple_index = True
    return lifted


def _tell_unread(ctx: AnalyzeTypeContext, proper: Type) -> None:
    """Report metadata on what has no number in it that mypy could give a meaning."""
    hint = "annotate the number itself: Annotated[float, ...]"
    if isinstance(proper, TypeVarType) and not proper.fullname.startswith("typedml."):
        fact = f'mypy sees no meaning on a type variable such as "{proper.name}"'
    elif isinstance(proper, Instance) and _is_unread(proper.type):
        fact = f'mypy sees no meaning on values of class "{proper.type.name}"'
    elif isinstance(proper, CallableType):
        fact = "mypy sees no meaning on a function"
        hint = "annotate what it takes or gives: Callable[[], Annotated[float, ...]]"
    else:
        return
    fail(ctx.api, "typedml-unread", fact, hint, ctx.context)


def _fitted(
    ctx: AnalyzeTypeContext, proper: Instance, meaning: Meaning, lookup: Lookup, alone: bool
) -> Instance | None:
    """Return a class with a meaning; report where it can have none, unless it is one of several."""
    row = ROW_OF.get(proper.type.fullname)
    problem: tuple[str, str] | None = None
    if row is not None:
        problem = misfit(meaning, row.stands_for)
    elif not proper.type.is_enum:
        known = family(proper.type)
        name = known.name if known is not None else "float"
        problem = (f'mypy sees no meaning on values of class "{proper.type.name}"', f'annotate "{name}"')
    lifted = lift_as(lookup, meaning, proper) if problem is None else None
    if problem is None and lifted is None and row is not None:
        module = row.plain.partition(".")[0]
        problem = (f'mypy sees no meaning on "{row.name}" here', f"import {module} in this file")
    if problem is not None and alone:
        fail(ctx.api, "typedml-unread", problem[0].rstrip("."), problem[1].rstrip("."), ctx.context)
    return lifted


def _look_up(ctx: AnalyzeTypeContext, name: str) -> SymbolTableNode | None:
    analyser: Any = getattr(ctx.api, "api", None)
    symbol: SymbolTableNode | None = ctx.api.lookup_qualified(name, ctx.context, suppress_errors=True)  # type: ignore[attr-defined]
    if symbol is not None and symbol.fullname is not None:
        # The daemon analyses this annotation once more when the constant in it changes.
        analyser.add_plugin_dependency(make_trigger(symbol.fullname))
    if (symbol is None or isinstance(symbol.node, PlaceholderNode)) and not analyser.final_iteration:
        # Defined further down: this annotation is analysed once more when the name is known.
        analyser.record_incomplete_ref()
    return symbol


def _module(ctx: AnalyzeTypeContext) -> MypyFile | None:
    analyser = getattr(ctx.api, "api", None)
    return getattr(analyser, "cur_mod_node", None)


def _modules(ctx: AnalyzeTypeContext) -> dict[str, MypyFile]:
    return getattr(getattr(ctx.api, "api", None), "modules", {})
