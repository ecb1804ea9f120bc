"""The definition of a kind by a user: what follows from what is given.

>>> sorted(complete("Heading", None, {"sort": Sort.TORSOR, "period": 8}))
['extensive', 'mean', 'period', 'range', 'sort']
"""

from __future__ import annotations

import keyword
from math import inf

from typedml.algebra.catalogue import KINDS
from typedml.algebra.contradictions import CONTRADICTIONS, Definition
from typedml.algebra.currency import some_currency
from typedml.algebra.errors import KindError
from typedml.algebra.kind import DEFAULTS, Kind, Sort, build_kind, marker_name
from typedml.algebra.ranges import Range
from typedml.algebra.tokens import describe, shorten
from typedml.algebra.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

LONGEST_NAME = 60
DEEPEST = 32
"""How many ancestors a kind may have: each is looked at whenever two kinds meet."""

TYPES: dict[str, tuple[tuple[type, ...], str]] = {
    "sort": ((Sort,), "a sort: Sort.VECTOR, Sort.TORSOR or Sort.OPAQUE"),
    "unit": ((Unit,), "a unit"),
    "origin": ((str,), "the name of a clock or base, as text"),
    "period": ((int, float), "a number"),
    "delta": ((Kind,), "a kind"),
    **dict.fromkeys(
        ("any_unit", "integral", "extensive", "ordered", "ordinal", "mean", "scalable", "collective"),
        ((bool,), "True or False"),
    ),
}
"""What the value of each property must be."""


def complete(name: str, parent: Kind | None, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties that a definition states or implies.

    Raises:
        KindError: if it contradicts its parent or itself, or takes the name of a shipped kind.
    """
    _check_name(name)
    _check_parent(name, parent)
    properties = _read(name, given)
    _imply(properties, parent)
    definition = Definition(build_kind(name, parent, **properties), parent, given)
    for contradicts, fact, hint in CONTRADICTIONS:
        if contradicts(definition):
            raise KindError(fact.format(d=definition), hint.format(d=definition))
    return properties


def _read(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was given as the values that a kind keeps."""
    for key, value in given.items():
        types, wanted = TYPES.get(key, ((object,), ""))
        if not isinstance(value, types) or (isinstance(value, bool) and bool not in types and key in TYPES):
            raise KindError(f'The {key} of kind "{name}" is {shorten(repr(value))}.', f"it is {wanted}.")
    properties = {key: value for key, value in given.items() if key in DEFAULTS}
    if "range" in given:
        properties["range"] = _as_range(name, given["range"])
    if "period" in given:
        properties["period"] = float(given["period"])
    if "delta" in given:
        properties["delta"] = given["delta"].name
    if "unit" in given:
        properties["default_unit"] = given["unit"]
        if given.get("any_unit"):
            properties["unit"], properties["dimension"] = None, some_currency(given["unit"].dimension)
    return properties


def _as_range(name: str, given: Any) -> Range:
    try:
        found = given if isinstance(given, Range) else _range_of(*given)
        if found.low == inf or found.high == -inf:
            raise ValueError
        return found
    except (TypeError, ValueError, OverflowError):
        raise KindError(
            f'The range {shorten(repr(given))} of kind "{name}" is not a lowest and a highest value.',
            f"write Kind({name!r}, range=(0, 1)); use float('inf') for an end that is free.",
        ) from None


def _range_of(low: Any, high: Any) -> Range:
    if any(isinstance(end, str | bytes | bool) for end in (low, high)):
        raise TypeError
    return Range(float(low), float(high))


def _imply(properties: dict[str, Any], parent: Kind | None) -> None:
    """Add what follows from what was given, where nothing was said of it."""
    own: dict[str, Any] = dict(DEFAULTS)
    if parent is not None:
        own = {key: getattr(parent, key) for key in DEFAULTS}
    if parent is None and properties.get("default_unit", own["default_unit"]).is_point:
        properties.setdefault("sort", Sort.TORSOR)
    own.update(properties)
    if parent is None and own["sort"] is Sort.OPAQUE:
        properties.setdefault("unit", Unit.number())
    if parent is None and own["sort"] is not Sort.VECTOR:
        properties.setdefault("extensive", False)
    if own["sort"] is Sort.OPAQUE or own["integral"] or own["period"] is not None:
        properties.setdefault("mean", False)
    if not own["ordered"]:
        properties.setdefault("ordinal", False)
    if parent is None and own["period"] is not None and 0 < own["period"] < inf:
        properties.setdefault("range", Range(0, own["period"]))


def _check_name(name: object) -> None:
    if not isinstance(name, str) or not name.isidentifier() or not name.isascii() or keyword.iskeyword(name):
        strange = next((letter for letter in str(name) if not letter.isascii()), None)
        contains = f": it contains {describe(strange)}" if isinstance(name, str) and strange else ""
        raise KindError(
            f"{shorten(repr(name))} cannot be the name of a kind{contains}.",
            'a kind is named like a class, in ASCII letters, digits and underscores: Kind("WingLoad").',
        )
    if len(name) > LONGEST_NAME:
        raise KindError(
            f"The name {shorten(repr(name))} of a kind has {len(name)} characters.",
            f"messages show it: give it at most {LONGEST_NAME}.",
        )
    taken = next((each for each in KINDS if marker_name(each) == marker_name(name)), None)
    if taken is not None:
        said = "is one that typedml ships" if taken == name else f"looks like {taken}, which typedml ships"
        raise KindError(
            f'Kind "{name}" {said}.',
            f"use it as it is, or declare a child of it: Kind({'My' + taken!r}, parent=...).",
        )


def _check_parent(name: str, parent: object) -> None:
    if parent is None:
        return
    if not isinstance(parent, Kind):
        raise KindError(
            f'The parent of kind "{name}" is {shorten(repr(parent))}, which is not a kind.',
            "give the kind that it descends from, or leave parent= out.",
        )
    if parent.is_named(name):
        raise KindError(
            f'Kind "{name}" would be its own ancestor.',
            f"give the child of {parent.name!r} a name of its own.",
        )
    if len(parent.ancestors) + 1 > DEEPEST:
        raise KindError(
            f'Kind "{name}" would have {len(parent.ancestors) + 1} ancestors.',
            f"at most {DEEPEST} are kept: descend from a nearer one, such as {parent.ancestors[-2].name!r}.",
        )
