"""Open: `partial` of a built-in forgets which function it holds."""

# mypy keeps of a partial the signature alone, and that of `max` says nothing of units.

from functools import partial
from typing import Annotated

from typedml import Unit

Km = Annotated[float, Unit("km")]
Mile = Annotated[float, Unit("mile")]


def held(a: Km, m: Mile) -> None:
    partial(max, a)(m)  # E: Arguments of "max" have incompatible types "float[km]" and "float[mile]"  [typedml-unit]
