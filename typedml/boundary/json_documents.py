"""Reads a JSON Schema: the record it describes, references followed, and what a value may be.

No library is needed, and nothing is fetched: a reference leads into the document, or it is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from typedml.boundary.records import shown
from typedml.boundary.report import FrameError

Document = Mapping[str, Any]
DEEPEST = 32


class Row(NamedTuple):
    """The part of a document that describes one row, and the whole that its references point into."""

    told: Document
    whole: Document

    def property(self, name: str) -> Document | None:
        """What is said of one property, its reference resolved; None if it is not there."""
        found = (self.told.get("properties") or {}).get(name)
        return None if found is None else _resolved(found, self.whole)

    def requires(self, name: str) -> bool:
        """Whether every row has this property."""
        return name in (self.told.get("required") or ())


def row_of(document: object) -> Row:
    """The part of a document that describes one row.

    Raises: FrameError if there is none.
    """
    if not isinstance(document, Mapping):
        raise FrameError(f"{shown(document)} is no JSON Schema", "hand in what json.load gives: a dict")
    told = _resolved(document, document)
    if told.get("type") == "array" and isinstance(told.get("items"), Mapping):
        told = _resolved(told["items"], document)
    if not isinstance(told.get("properties"), Mapping):
        fact = f"the JSON Schema {shown(told.get('title', 'without a title'))} describes no record"
        raise FrameError(fact, 'it needs "properties", or "items" that have some')
    return Row(told, document)


def _resolved(told: Any, whole: Document) -> Document:
    """What is said, with references followed and `allOf` merged; `true` says nothing."""
    for _ in range(DEEPEST):
        if not isinstance(told, Mapping):
            return {}
        rest = {name: value for name, value in told.items() if name not in ("$ref", "allOf")}
        if "$ref" in told:
            told = {**_target(told["$ref"], whole), **rest}
        elif "allOf" in told:
            parts = [_resolved(part, whole) for part in told["allOf"]]
            told = {name: value for part in (*parts, rest) for name, value in part.items()}
        else:
            return told
    raise FrameError("the references of the JSON Schema lead round in a circle", "name the record once")


def _target(reference: object, whole: Document) -> Document:
    found: Any = whole
    start, _, path = str(reference).partition("/")
    for part in path.split("/") if path else ():
        name = part.replace("~1", "/").replace("~0", "~")
        found = found.get(name) if isinstance(found, Mapping) else None
    if start != "#" or not isinstance(found, Mapping):
        raise FrameError(f"the JSON Schema refers to {reference!r}, which is not in it", "bundle it into one")
    return found


def alternatives(told: Document, whole: Document) -> tuple[list[Document], bool]:
    """What a value may be besides null, and whether it may be null."""
    choices: list[Document] = []
    nullable = False
    parts = told.get("anyOf") or told.get("oneOf")
    rest = {name: value for name, value in told.items() if name not in ("anyOf", "oneOf")}
    for part in [_resolved(each, whole) for each in parts] if parts else [told]:
        merged = {**rest, **part} if parts else part
        types = merged.get("type")
        named = list(types) if isinstance(types, list) else [types]
        nullable |= "null" in named or (types is None and None in merged.get("enum", ()))
        left = [name for name in named if name != "null"]
        if left:
            choices.append({**merged, "type": left[0] if len(left) == 1 else left})
    return choices, nullable
