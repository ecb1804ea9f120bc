"""Moments and spans as whole numbers, so that no library rounds a bound to its own unit."""

from __future__ import annotations

import datetime
from typing import Any

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_TICKS_PER_MICROSECOND = {"us": 1, "ns": 1000}
_GREATEST = 2**63 - 1


def ticks(argument: Any, unit: str) -> Any:
    """A time (or a tuple of them) as a whole number of microseconds or nanoseconds since 1970.

    What lies beyond 64 bits is beyond every value of a column, and becomes the last number of 64 bits.
    """
    if isinstance(argument, tuple):
        return tuple(ticks(each, unit) for each in argument)
    if isinstance(argument, datetime.datetime):
        argument = in_utc(argument).replace(tzinfo=datetime.UTC) - EPOCH
    if isinstance(argument, datetime.timedelta):
        exact = argument // datetime.timedelta(microseconds=1) * _TICKS_PER_MICROSECOND[unit]
        return max(-_GREATEST, min(exact, _GREATEST))
    return argument


def in_utc(moment: datetime.datetime) -> datetime.datetime:
    """The moment on the clock of UTC, without a zone; one without a zone is left as it is."""
    return moment.astimezone(datetime.UTC).replace(tzinfo=None) if moment.tzinfo else moment
