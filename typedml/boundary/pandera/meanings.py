"""Meanings in the metadata of a pandera column: by marker, or by the names of unit and kind.

`Field(metadata={"typedml": PROBABILITY})`, `{"typedml": Miles}` with an alias, `{"x-unit": "mile"}`, or what
`to_pandera` wrote.
"""

from __future__ import annotations

import builtins
import datetime
import decimal
from collections.abc import Iterable, Mapping
from typing import Any, final

import attrs

from typedml.algebra.catalogue import KINDS
from typedml.algebra.meaning import Meaning
from typedml.declare.declared import DeclaredField
from typedml.declare.demands import Severity
from typedml.declare.json_schema import KIND, UNIT, named
from typedml.declare.markers import Marker, Unit
from typedml.declare.metadata import claim_of, flatten, meaning_of
from typedml.declare.metadata import named as naming
from typedml.errors import DeclarationError

TYPEDML = "typedml"
_MODULES = (builtins, datetime, decimal)


@final
@attrs.frozen
class Told:
    """What the metadata of a column says: meaning and roles, and of a column that typedml wrote the rest."""

    meaning: Meaning | None = None
    roles: frozenset[str] = frozenset()
    name: str = ""
    base: type | None = None
    examples: tuple[object, ...] = ()
    width: str | None = None
    severity: Severity = "fail"


def metadata_of(declared: DeclaredField) -> dict[str, Any]:
    """The metadata that carries a field through a pandera schema: plain texts, for other readers too."""
    meaning = declared.meaning
    written = {
        "field": declared.name,
        "base": declared.base.__name__,
        "meaning": None if meaning is None else meaning.encode(),
        "roles": sorted(declared.roles),
        "examples": list(declared.examples),
        "width": declared.rules.width,
        "severity": declared.severity,
    }
    return {**({} if meaning is None else named(meaning)), TYPEDML: written}


def told(metadata: Mapping[str, Any] | None, owner: str) -> Told:
    """What the metadata of a column says.

    Raises: DeclarationError if it names an unknown unit or kind, or contradicts itself.
    """
    metadata = metadata or {}
    said = metadata.get(TYPEDML)
    if isinstance(said, Mapping):
        return _written(said)
    markers = tuple(_markers(said, owner)) if said is not None else ()
    if UNIT in metadata:
        markers = (*markers, Unit(metadata[UNIT]))
    with naming(owner):
        named_kind = _kind(metadata[KIND], owner) if KIND in metadata else None
        claim = claim_of(markers)
        meaning = meaning_of(markers)
    if named_kind is not None:
        meaning = Meaning(named_kind, claim.unit, claim.cut, claim.roles)
    return Told(meaning, claim.roles)


def _written(said: Mapping[str, Any]) -> Told:
    meaning = said.get("meaning")
    name = str(said.get("base", ""))
    base = next((getattr(module, name) for module in _MODULES if hasattr(module, name)), None)
    return Told(
        None if meaning is None else Meaning.decode(meaning),
        frozenset(said.get("roles", ())),
        str(said.get("field", "")),
        base,
        tuple(said.get("examples", ())),
        said.get("width"),
        said.get("severity", "fail"),
    )


def _markers(said: object, owner: str) -> Iterable[Marker]:
    items = said if isinstance(said, tuple | list) else (said,)
    for item in flatten(items):
        if not isinstance(item, Marker):
            fact = f'{owner}: metadata["typedml"] holds {item!r}, which is no marker.'
            raise DeclarationError(fact, 'Write metadata={"typedml": Unit("km")}.', code="typedml-unread")
        yield item


def _kind(name: object, owner: str) -> Any:
    if name not in KINDS:
        fact = f'{owner}: metadata["{KIND}"] names {name!r}, which is no kind that typedml ships.'
        raise DeclarationError(fact, 'Give the marker: metadata={"typedml": KIND}.', code="typedml-unread")
    return KINDS[str(name)]
