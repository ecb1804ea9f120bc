"""The density of a normal distribution that is given by its mean and its precision."""

import math
from dataclasses import dataclass
from typing import Annotated

from typedml import Unit

Millimetres = Annotated[float, Unit("mm")]
Precision = Annotated[float, Unit("1/mm**2")]
Density = Annotated[float, Unit("1/mm")]

MM, PRECISION = Unit("mm"), Unit("1/mm**2")


@dataclass
class Normal:
    mean: Millimetres
    precision: Precision


def density(x: Millimetres, loc: Millimetres, scale: Millimetres) -> Density:
    z = (x - loc) / scale
    return math.exp(-(z**2) / 2) / (scale * math.sqrt(2 * math.pi))


def density_of(normal: Normal, x: Millimetres) -> Density:
    return density(x, loc=normal.mean, scale=math.sqrt(1 / normal.precision))


def main() -> float:
    return density_of(Normal(MM(10.0), PRECISION(0.25)), MM(11.0))
