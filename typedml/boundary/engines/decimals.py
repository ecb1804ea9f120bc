"""Decimals as a column stores them: with so many digits after the point, and no float between."""

from __future__ import annotations

import re
from decimal import Context, Decimal, InvalidOperation
from typing import Any

from typedml.boundary.families import Found

DIGITS = 38
_SCALE = re.compile(r"scale=(\d+)")
# Exact for all that a library stores, which is at most 76 digits.
_WIDE = Context(prec=200)


def scale_of(found: Found) -> int:
    """How many digits after the point a column of decimals has."""
    told = _SCALE.search(found.dtype)
    return int(told.group(1)) if told else 0


def as_stored(value: Any, scale: int) -> Decimal | None:
    """The same number with so many digits after the point; None where it has more, so that no cell is it.

    >>> as_stored(Decimal("0.5"), 2), as_stored(Decimal("0.125"), 2)
    (Decimal('0.50'), None)
    """
    try:
        stored = Decimal(value).quantize(Decimal(1).scaleb(-scale), context=_WIDE)
    except InvalidOperation:
        return None
    return stored if stored == value and len(stored.as_tuple().digits) <= DIGITS else None
