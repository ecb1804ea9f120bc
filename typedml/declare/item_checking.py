"""Checks of what collections hold: lists and mappings of frames, tuples, iterators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from typedml.declare.yielding import is_iterator, watched
from typedml.errors import CheckError, TypedmlError

Check = Callable[[Any], Any]


def items_check(check: Check, owner: str, nullable: bool) -> Check:
    """A check of each item of a list, each value of a mapping, and of what an iterator will yield.

    It returns what it was given; an iterator comes back as one whose items are checked as they pass.
    """

    def check_all(values: Any) -> Any:
        if values is None and nullable:
            return None
        if is_iterator(values):
            return watched(values, _numbered(check))
        if isinstance(values, str | bytes) or not isinstance(values, Iterable):
            fact = f"{owner}: {values!r} is no collection of what is declared."
            raise CheckError(fact, "Give a list, or declare one value.")
        kept = [
            _at(place, check, item)
            for place, item in (values.items() if isinstance(values, Mapping) else enumerate(values))
        ]
        # An iterator in a list is not checked yet: the list then holds what checks it.
        same = all(a is b for a, b in zip(kept, _items_of(values), strict=True))
        return values if same else _rebuilt(values, kept)

    return check_all


def parts_check(checks: list[Check | None], owner: str, nullable: bool) -> Check:
    """A check of a tuple, member by member."""

    def check_members(values: Any) -> Any:
        if values is None and nullable:
            return None
        if not isinstance(values, tuple | list) or len(values) != len(checks):
            found = f"{len(values)} values" if isinstance(values, tuple | list) else f"{values!r}"
            fact = f"{owner}: {found}, where a tuple of {len(checks)} is declared."
            raise CheckError(fact, "Give as many as are declared.")
        kept = [value if check is None else check(value) for check, value in zip(checks, values, strict=True)]
        same = all(a is b for a, b in zip(kept, values, strict=True))
        return values if same else _rebuilt(values, kept)

    return check_members


def _items_of(values: Any) -> Iterable[Any]:
    return values.values() if isinstance(values, Mapping) else values


def _rebuilt(values: Any, items: list[Any]) -> Any:
    if isinstance(values, Mapping):
        return dict(zip(values, items, strict=True))
    if hasattr(values, "_fields"):
        return type(values)(*items)
    return type(values)(items)


def _numbered(check: Check) -> Check:
    position = -1

    def check_next(item: Any) -> Any:
        nonlocal position
        position += 1
        return _at(position, check, item)

    return check_next


def _at(place: object, check: Check, item: Any) -> Any:
    try:
        return check(item)
    except TypedmlError as error:
        error.add_note(f"at {place!r}" if isinstance(place, str) else f"at position {place}")
        raise
