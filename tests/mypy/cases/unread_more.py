"""Declarations that only running the code would tell are reported, wherever they are put together."""

import os
from typing import TYPE_CHECKING, Annotated

from typedml import Unit

flag = bool(os.environ)

if flag:
    LENGTH = Unit("km")
else:
    LENGTH = Unit("m")
if flag:
    SPEED = Unit("km") / Unit("hour")
else:
    SPEED = Unit("m") / Unit("hour")
PACE = Unit("hour")
PACE /= Unit("km")
if TYPE_CHECKING:
    CHECKED = Unit("km")
else:
    CHECKED = object()
if flag:
    SAME = Unit("km")
else:
    SAME = Unit("km")
if flag:
    NOTE = "short"
else:
    NOTE = "long"


def branches(
    a: Annotated[float, LENGTH],  # E: "LENGTH" is assigned more than one meaning  [typedml-unread] # N: Hint: give each meaning a name of its own
    b: Annotated[float, SPEED],  # E: "SPEED" is assigned more than one meaning  [typedml-unread]
    c: Annotated[float, PACE],  # E: "PACE" is assigned more than one meaning  [typedml-unread]
    d: Annotated[float, CHECKED],
    e: Annotated[float, SAME],
    f: Annotated[float, NOTE],
) -> None:
    reveal_type(d)  # R: float[km]
    reveal_type(e)  # R: float[km]
    reveal_type(f)  # R: float
