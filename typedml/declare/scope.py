"""Which rows may reach the output of a row: its own, its group's, those of the past, the whole table.

>>> from typedml import Group, Past
>>> Past("sched_dep", by="carrier", window="24h").window
datetime.timedelta(days=1)
>>> Group("carrier", "origin").keys
('carrier', 'origin')
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Literal, final

import attrs

from typedml.errors import DeclarationError

Closed = Literal["left", "right"]
ENDS = ("left", "right")
_SPAN = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([A-Za-z]+)\s*")
# Spans as pandas and polars write them, where their letter is no unit, or that of a watt.
_OF_LIBRARIES = {"D": "day", "W": "week", "w": "week"}


@final
@attrs.frozen
class Row:
    """The output of a row comes from that row alone."""


@final
@attrs.frozen
class Table:
    """The output of a row may come from every row of the table."""


@final
@attrs.frozen(init=False)
class Group:
    """The output of a row, or of a group, comes from the rows that have the same values of `keys`."""

    keys: tuple[str, ...]

    def __init__(self, *keys: str) -> None:
        if not keys or not all(keys):
            raise DeclarationError(f"Group{keys!r} names no column.", 'Write Group("carrier").')
        self.__attrs_init__(keys)


@final
@attrs.frozen(init=False)
class Past:
    """The output of a row comes from rows that are not later than it: its own and those before, by `time`.

    `by` are the columns of the group that the rows are of. `window` is how far back they may lie: a span such
    as "24h", a timedelta, or a number of rows; None for all of the past. Row and window count from the time
    of the row itself; what lies exactly one span back is on the edge, and either side of it will do.
    `closed` is that of pandas: "right" includes the instant of the row itself, "left" leaves it out. Of its
    own row an output then hangs on `time` and `by` alone, and of others at the same instant on nothing.

    Raises: DeclarationError for a window that is no span of time and no number of rows, and for another end.
    """

    time: str
    by: tuple[str, ...]
    window: dt.timedelta | int | None
    closed: Closed

    def __init__(
        self,
        time: str,
        *,
        by: str | Iterable[str] = (),
        window: str | dt.timedelta | int | None = None,
        closed: Closed = "right",
    ) -> None:
        if not time:
            raise DeclarationError(f"Past({time!r}) names no column of times.", 'Write Past("sched_dep").')
        if closed not in ENDS:
            hint = 'Write "right" (the instant of the row counts) or "left" (only what is before it).'
            raise DeclarationError(f"Past(closed={closed!r}) is no end of a window.", hint)
        keys = (by,) if isinstance(by, str) else tuple(by)
        self.__attrs_init__(time, keys, _window(window), closed)


Scope = Row | Group | Past | Table


def _window(window: object) -> dt.timedelta | int | None:
    found = _span(window) if isinstance(window, str) else window
    if isinstance(found, dt.timedelta) and found > dt.timedelta():
        return found
    if isinstance(found, int) and not isinstance(found, bool) and found > 0:
        return found
    if window is None:
        return None
    hint = 'Give a span such as "24h", a timedelta, or a number of rows.'
    raise DeclarationError(f"Past(window={window!r}) is no window.", hint)


def _span(text: str) -> dt.timedelta | None:
    """The span that a text such as "24h" or "7 days" names, in any unit of time; None for another text."""
    from typedml.algebra.errors import AlgebraError
    from typedml.algebra.ratio import Ratio
    from typedml.algebra.registry import unit

    match = _SPAN.fullmatch(text)
    if match is None:
        return None
    try:
        found = unit(_OF_LIBRARIES.get(match[2], match[2]))
    except AlgebraError:
        return None
    if found.dimension != unit("second").dimension:
        return None
    return dt.timedelta(seconds=float(match[1]) * float(Ratio(found.scale, Fraction(0))))
