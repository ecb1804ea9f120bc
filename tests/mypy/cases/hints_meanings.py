"""Meanings and functions of a project, which other modules may not have imported by name."""

import math
from typing import Annotated

from typedml import Kind, Probability, ZScore

SOC = Kind("StateOfCharge", range=(0, 1))
SOH = Kind("StateOfHealth", range=(0, 1))
Soc = Annotated[float, SOC]
Soh = Annotated[float, SOH]


def ndtr(z: ZScore) -> Probability:
    return 0.5 * (1 + math.erf(z / math.sqrt(2)))
