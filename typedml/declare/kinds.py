"""Declares kinds for `Kind(...)`: reads what users may write and hands it to the algebra."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, get_args

from typedml.declare.markers import Marker, Unit
from typedml.declare.metadata import claim_of
from typedml.declare.units import as_declaration_error, parse_unit
from typedml.errors import DeclarationError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from typedml.algebra.kind import Kind, Sort
    from typedml.algebra.ranges import Range


def declare_kind(name: object, parent: object, given: Mapping[str, object]) -> Kind:
    """The kind that `Kind(name, ...)` declares with what is not None in `given`.

    Raises: DeclarationError if an argument cannot be read, or contradicts the parent or another one.
    """
    from typedml.algebra.kind import define_kind

    if not isinstance(name, str):
        raise DeclarationError(f"{name!r} cannot be the name of a kind.", 'Write Kind("WingLoad").')
    properties: dict[str, Any] = {
        key: READERS[key](name, value) if key in READERS else value
        for key, value in given.items()
        if value is not None
    }
    with as_declaration_error():
        return define_kind(name, parent=None if parent is None else _parent(name, parent), **properties)


def _parent(name: str, parent: object) -> Kind:
    kind = _kind_of(parent)
    if kind is None:
        fact = f'The parent of kind "{name}" is {parent!r}, which is not a kind.'
        raise DeclarationError(fact, "Give a kind marker or an alias that has one: parent=PROBABILITY.")
    return kind


def _delta(name: str, delta: object) -> Kind:
    kind = _kind_of(delta)
    if kind is None:
        fact = f'The differences of kind "{name}" are {delta!r}, which is not a kind.'
        raise DeclarationError(fact, "Give a kind marker or an alias that has one: delta=DURATION.")
    return kind


def _kind_of(given: object) -> Kind | None:
    metadata = (given,) if isinstance(given, Marker) else get_args(given)[1:]
    return claim_of(metadata).kind


def _sort(name: str, given: object) -> Sort:
    from typedml.algebra.kind import Sort

    try:
        return Sort(given)
    except ValueError:
        known = ", ".join(repr(sort.value) for sort in Sort)
        raise DeclarationError(f"{given!r} is not a sort of kind.", f"The sorts are {known}.") from None


def _unit(name: str, given: object) -> Any:
    return given.unit if isinstance(given, Unit) else parse_unit(given)


def _range(name: str, given: Any) -> Range:
    from typedml.algebra.ranges import Range

    if isinstance(given, Range):
        return given
    try:
        low, high = (float(end) if end is not None else None for end in given)
        low, high = (-math.inf if low is None else low), (math.inf if high is None else high)
        if not low <= high:
            raise ValueError
    except (TypeError, ValueError):
        fact = f'The range {given!r} of kind "{name}" is not a lowest and a highest value.'
        raise DeclarationError(fact, "Write range=(0, 1); None leaves a side open.") from None
    return Range(low, high)


READERS: dict[str, Callable[[str, Any], object]] = {
    "sort": _sort,
    "unit": _unit,
    "range": _range,
    "delta": _delta,
}
"""What reads the arguments that the algebra does not take as they are written."""
