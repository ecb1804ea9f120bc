"""The code in which a clock is written as one number: 1435 is 14:35, and one minute after 1459 is 1500.

>>> minutes_of(1435), written(875)
(875, 1435)

Both work element by element on what has `//` and `%`, so on arrays too.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MINUTES_OF_DAY = 24 * 60


def minutes_of(clock: Any) -> Any:
    """Return the minutes since midnight of a clock that is written as hours and minutes."""
    return clock // 100 * 60 + clock % 100


def written(minutes: Any) -> Any:
    """Return minutes since midnight as hours and minutes in one number."""
    return minutes // 60 * 100 + minutes % 60
