"""Numbers made of numbers keep their meaning, in the class that is called."""

from decimal import Decimal
from typing import Annotated

import numpy as np

from typedml import Unit

Km = Annotated[float, Unit("km")]
Steps = Annotated[int, Unit("m")]
Exact = Annotated[Decimal, Unit("km")]
Mile = Annotated[Decimal, Unit("mile")]


# fmt: off
def made(k: Km, s: Steps, d: Exact, m: Mile, x: float, text: str) -> None:
    reveal_type(np.float64(k))  # R: float64[km]
    reveal_type(np.float64(s))  # R: float64[m]
    reveal_type(np.float64(x))  # R: numpy.float64
    reveal_type(Decimal(k))  # R: Decimal[km]
    reveal_type(Decimal(s))  # R: Decimal[m]
    reveal_type(Decimal(d))  # R: Decimal[km]
    reveal_type(Decimal(text))  # R: decimal.Decimal
    reveal_type(Decimal("9.99"))  # R: decimal.Decimal
    reveal_type(Decimal())  # R: decimal.Decimal
    reveal_type(Decimal((0, (1, 2), -1)))  # R: decimal.Decimal
    reveal_type(d.copy_abs())  # R: Decimal[km]
    reveal_type(d.max(d))  # R: Decimal[km]
    d.min(m)  # E: Arguments of "min" have incompatible types "Decimal[km]" and "Decimal[mile]"  [typedml-unit]
