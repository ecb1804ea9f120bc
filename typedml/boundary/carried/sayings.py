"""What data says of the unit and kind of its columns, in each of the places where it can.

>>> from_attrs({"units": {"distance": "mile"}})["distance"]
(Saying(place='attrs', unit='mile', kind=None, broken=''),)
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, final

import attrs

ATTRS, FIELD, FILE, DTYPE = "attrs", "the metadata of its field", "the metadata of the file", "its dtype"
UNIT_KEY, KIND_KEY, TABLE_KEY = "unit", "typedml.kind", "typedml"
PANDAS_KEY = "PANDAS_ATTRS"
_UNITS = "units"
_EVERY = ""
_LONGEST = 200


@final
@attrs.frozen
class Saying:
    """What one place says of one column; `broken` tells why it cannot be read at all."""

    place: str
    unit: str | None = None
    kind: str | None = None
    broken: str = ""


Sayings = Mapping[str, tuple[Saying, ...]]
"""By column; what stands under "" is said of every column."""

NOTHING: Sayings = {}


def of_column(sayings: Sayings, column: str) -> tuple[Saying, ...]:
    """What all places say of one column."""
    return (*sayings.get(column, ()), *sayings.get(_EVERY, ()))


def from_attrs(found: Mapping[Any, Any], place: str = ATTRS) -> Sayings:
    """What the `attrs` of a pandas frame say: our own entry, and the `units` that others write."""
    if not found:
        return NOTHING
    units = found.get(_UNITS)
    said = list(_of_table(found.get(TABLE_KEY), place))
    if isinstance(units, Mapping):
        said += [(str(name), Saying(place, unit=_text(unit))) for name, unit in units.items()]
    return _collected(said)


def from_arrow(schema: Any, of_file: Mapping[bytes, bytes] | None = None) -> Sayings:
    """What an Arrow schema says: its fields, itself, and the attrs that pandas left in it."""
    said: list[tuple[str, Saying]] = []
    for field in schema:
        said += [(field.name, saying) for saying in _of_field(field.metadata)]
    said += _of_metadata({**(of_file or {}), **(schema.metadata or {})})
    return _collected(said)


def from_table(metadata: Mapping[bytes, bytes]) -> Sayings:
    """What the metadata of a file says: our own entry, and the attrs that pandas left in it."""
    return _collected(list(_of_metadata(metadata)))


def _of_metadata(table: Mapping[bytes, bytes]) -> Iterator[tuple[str, Saying]]:
    yield from _of_json(table.get(TABLE_KEY.encode()), FILE)
    for attributes in _attributes(table):
        yield from ((name, each) for name, all_of in from_attrs(attributes).items() for each in all_of)


def _of_field(metadata: Mapping[bytes, bytes] | None) -> Iterator[Saying]:
    if metadata:
        unit = metadata.get(UNIT_KEY.encode(), metadata.get(_UNITS.encode()))
        kind = metadata.get(KIND_KEY.encode())
        if unit is not None or kind is not None:
            yield Saying(FIELD, unit=_text(unit), kind=_text(kind))


def _of_json(raw: bytes | None, place: str) -> Iterator[tuple[str, Saying]]:
    if raw is None:
        return
    try:
        yield from _of_table(json.loads(raw), place)
    except ValueError:
        yield _EVERY, Saying(place, broken=f"{_shown(raw)} is not JSON")


def _attributes(table: Mapping[bytes, bytes]) -> Iterator[Mapping[str, Any]]:
    """The attrs that pandas wrote, in both of the places that it has used; what is no JSON is not."""
    for raw, inner in ((table.get(PANDAS_KEY.encode()), None), (table.get(b"pandas"), "attributes")):
        try:
            found = json.loads(raw or b"{}")
        except ValueError:
            continue
        found = found if inner is None else found.get(inner) if isinstance(found, dict) else None
        if isinstance(found, dict):
            yield found


def _of_table(found: object, place: str) -> Iterator[tuple[str, Saying]]:
    if found is None:
        return
    columns = found.get("columns") if isinstance(found, Mapping) else None
    if not isinstance(columns, Mapping):
        yield _EVERY, Saying(place, broken=f'{_shown(found)} has no "columns"')
        return
    for name, said in columns.items():
        if isinstance(said, Mapping):
            yield str(name), Saying(place, unit=_text(said.get("unit")), kind=_text(said.get("kind")))
        else:
            yield str(name), Saying(place, broken=f"{_shown(said)} names neither a unit nor a kind")


def _text(value: object) -> str | None:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return None if value is None else str(value)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _collected(said: list[tuple[str, Saying]]) -> Sayings:
    by_column: dict[str, tuple[Saying, ...]] = {}
    for name, saying in said:
        # The same words in two places of one kind say nothing new.
        if saying not in by_column.get(name, ()):
            by_column[name] = (*by_column.get(name, ()), saying)
    return by_column
