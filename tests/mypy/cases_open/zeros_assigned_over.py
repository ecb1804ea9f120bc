"""Open: `reveal_type` shows a variable that begins as zero as plain, where it is assigned over and not added to."""

# mypy gives the variable its type at the zero; only where it is used is it judged by all it is assigned.

from typing import Annotated

from typedml import Unit

Km = Annotated[float, Unit("km")]


def branches(a: Km, flag: bool) -> Km:
    if flag:
        total = 0.0
    else:
        total = a
    reveal_type(total)  # R: float[km]
    return total
