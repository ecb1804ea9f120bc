"""Defaults that stand still while everything else is scaled, moved or renamed.

Pairs, rows of a table, a record or an array of two dimensions say what they mean as any default does, but
no law takes them apart. Against what stands still nothing can be refuted: right code would be blamed for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from typedml.declare.declared import ABSENT, DeclaredField, DeclaredFunction, DeclaredParameter
from typedml.declare.fitting import is_nominal
from typedml.laws.breach import Wanting
from typedml.laws.settings import is_told
from typedml.laws.torsors import torsor_of

if TYPE_CHECKING:
    from typedml.laws.feature import Feature

Holder = DeclaredParameter | DeclaredField


def unscaled(feature: Feature, atom: str | None = None) -> Wanting | None:
    """The default in the way of scaling a base dimension, or of any number where none is named."""
    return _wanting(feature, partial(_has_dimension, atom=atom), "scaled")


def unmoved(feature: Feature, torsor: str) -> Wanting | None:
    """The default in the way of moving all points of a torsor."""
    return _wanting(feature, lambda held: torsor_of(held.base, held.meaning) == torsor, "moved")


def unrenamed(feature: Feature) -> Wanting | None:
    """The default in the way of renaming categories and identifiers."""
    return _wanting(feature, _is_name, "renamed")


def _wanting(feature: Feature, concerns: Callable[[Holder], bool], change: str) -> Wanting | None:
    drawn = {source.parameter.name for source in feature.inputs}
    for parameter in _defaults(feature.declared):
        if parameter.name not in drawn and any(map(concerns, _held(parameter))):
            return Wanting(f"a default of `{parameter.name}` that can be {change}")
    return None


def _defaults(declared: DeclaredFunction) -> Iterator[DeclaredParameter]:
    for parameter in declared.parameters:
        if parameter.default is not ABSENT and parameter.default is not None and is_told(parameter):
            yield parameter


def _held(parameter: DeclaredParameter) -> Iterator[Holder]:
    """The parameter and everything of which it is made."""
    yield parameter
    yield from parameter.schema.fields if parameter.schema is not None else ()
    for part in (*parameter.parts, *((parameter.holds,) if parameter.holds is not None else ())):
        yield from _held(part)


def _has_dimension(held: Holder, atom: str | None) -> bool:
    if held.meaning is None:
        return False
    return atom is None or atom in held.meaning.unit.dimension.atoms


def _is_name(held: Holder) -> bool:
    return held.meaning is not None and is_nominal(held.meaning.kind)
