"""Which values make a column be of the wrong type: text that is no number, a word among numbers.

Looked for only after a column failed `dtype`, so that its report names rows and not just a type.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from typedml.boundary.families import ACCEPTED, Family, Found, family_of_value

_TRUTHS = frozenset({"true", "false"})


def misfits(base: type, found: Found, values: Sequence[Any]) -> list[int] | None:
    """The positions of values that are not, and do not read as, `base`; None where all are wrong alike."""
    if found.family in (Family.MIXED, Family.OTHER):
        accepted = ACCEPTED.get(base, frozenset())
        return _positions(values, lambda value: family_of_value(type(value)) in accepted) or None
    if found.family is Family.STR and base in _READERS:
        return _positions(values, _READERS[base])
    return None


def _positions(values: Sequence[Any], fits: Callable[[Any], bool]) -> list[int]:
    return list(_failing(values, fits))


def _failing(values: Sequence[Any], fits: Callable[[Any], bool]) -> Iterator[int]:
    for position, value in enumerate(values):
        if value is not None and not fits(value):
            yield position


def _reads(read: Callable[[str], object]) -> Callable[[Any], bool]:
    def fits(value: Any) -> bool:
        try:
            read(value)
        except (ValueError, InvalidOperation, OverflowError):
            return False
        return True

    return fits


def _whole(text: str) -> int:
    number = float(text)
    if not number.is_integer():
        raise ValueError(text)
    return int(number)


_READERS: dict[type, Callable[[Any], bool]] = {
    float: _reads(float),
    int: _reads(_whole),
    Decimal: _reads(Decimal),
    bool: lambda value: value.strip().lower() in _TRUTHS,
    datetime.datetime: _reads(datetime.datetime.fromisoformat),
    datetime.date: _reads(datetime.date.fromisoformat),
    datetime.time: _reads(datetime.time.fromisoformat),
}
