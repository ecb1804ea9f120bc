"""The parts of a whole: a list or an array that `SIMPLEX(...)` is called on sums to 1 along its last axis."""

from __future__ import annotations

import math
import sys
from typing import Any

from typedml.errors import CheckError

TOLERANCE = 1e-6
_HINT = "Divide them by their sum; for shares of different wholes use PROPORTION or PROBABILITY."


def check_sums(x: Any, owner: object) -> None:
    """Check that the values along the last axis of `x` sum to 1; a scalar alone has no sum to keep.

    Raises: CheckError naming the first sum that is another.
    """
    if isinstance(x, dict):
        x = list(x.values())
    if isinstance(x, list | tuple) and any(isinstance(part, list | tuple) for part in x):
        for part in x:
            check_sums(part, owner)
        return
    for total in _sums(x):
        if not abs(total - 1) <= TOLERANCE:
            raise CheckError(f"{owner!r}: the values sum to {total:.6g}, not to 1.", _HINT)


def _sums(x: Any) -> list[float]:
    if isinstance(x, list | tuple | set | frozenset) and all(isinstance(part, int | float) for part in x):
        return [math.fsum(x)]
    numpy = sys.modules.get("numpy")
    if numpy is None or not (isinstance(x, list | tuple) or hasattr(x, "__array__")):
        return []
    values = numpy.asarray(x, dtype=float)
    return [float(total) for total in values.sum(axis=-1).reshape(-1)] if values.ndim else []
