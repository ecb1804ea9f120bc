"""Refuses options of `@feature` that name what the signature does not declare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from typedml.declare.declared import DeclaredFunction
from typedml.declare.feature_options import FeatureOptions
from typedml.declare.scope import Group, Past
from typedml.errors import DeclarationError

if TYPE_CHECKING:
    from typedml.algebra.meaning import Meaning


def refuse_unknown_columns(declared: DeclaredFunction) -> None:
    """Refuse a scope, an outcome, a label or a direction of a column that no table of the function has.

    Raises: DeclarationError that names the column, and the one that may be meant.
    """
    options = declared.options
    if options is None:
        return
    known = dict.fromkeys(_known(declared))
    for option, name in _named(options):
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f'Did you mean "{near[0]}"?' if near else f"Its columns are {', '.join(known) or 'none'}."
            fact = f'{declared.name}: {option} names "{name}", which no parameter or schema of it declares.'
            raise DeclarationError(fact, hint)
    _refuse_unknown_dimensions(declared, options.pinned)
    for parameter, column in options.asof.items():
        schema = declared.parameter(parameter).schema
        if schema is None or column not in schema.columns:
            fact = f'{declared.name}: asof names "{column}", which `{parameter}` does not declare.'
            raise DeclarationError(fact, "Name the column of the time by which a row of that table is known.")


def _refuse_unknown_dimensions(declared: DeclaredFunction, pinned: Iterable[str]) -> None:
    from typedml.algebra.base_dimensions import dimension_name

    known = dict.fromkeys(atom for meaning in _meanings(declared) for atom in meaning.unit.dimension.atoms)
    for name in pinned:
        # Moments are of the dimension of time without saying so.
        if name not in known and name != "s":
            fact = (
                f'{declared.name}: pinned names "{dimension_name(name)}", a dimension that nothing of it has.'
            )
            named = ", ".join(f'"{dimension_name(atom)}"' for atom in known)
            raise DeclarationError(fact, f"It has {named or 'none'}.")


def _meanings(declared: DeclaredFunction) -> Iterator[Meaning]:
    for part in (*declared.parameters, *(declared.results or (declared.result,))):
        if part.meaning is not None:
            yield part.meaning
        for each in part.schema.fields if part.schema is not None else ():
            if each.meaning is not None:
                yield each.meaning


def _known(declared: DeclaredFunction) -> Iterator[str]:
    for parameter in declared.parameters:
        if parameter.schema is None:
            yield parameter.name
        else:
            yield from parameter.schema.columns


def _named(options: FeatureOptions) -> Iterator[tuple[str, str]]:
    """Every column that an option names, with the option."""
    if isinstance(options.scope, Group):
        yield from (("scope", key) for key in options.scope.keys)
    if isinstance(options.scope, Past):
        yield from (("scope", name) for name in (options.scope.time, *options.scope.by))
    for column, known_at in options.outcome.items():
        yield from (("outcome", name) for name in (column, known_at) if name is not None)
    if options.label is not None:
        yield "label", options.label
    yield from (("monotone", name) for name in options.monotone)
    yield from (("complement", name) for name in options.complement)
