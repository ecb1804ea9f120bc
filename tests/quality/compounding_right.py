"""What an investment has grown to, from the prices of its days."""

import math
from itertools import pairwise
from typing import Annotated

from typedml import Kind, Unit

LOG_RETURN = Kind("LogReturn")
SIMPLE_RETURN = Kind("SimpleReturn", range=(-1.0, float("inf")))
LogReturn = Annotated[float, LOG_RETURN]
SimpleReturn = Annotated[float, SIMPLE_RETURN]
Price = Annotated[float, Unit("USD")]

USD = Unit("USD")


def log_returns(prices: list[Price]) -> list[LogReturn]:
    return [LOG_RETURN(math.log(b / a)) for a, b in pairwise(prices)]


def growth(returns: list[SimpleReturn]) -> float:
    factor = 1.0
    for r in returns:
        factor *= 1 + r
    return factor


def report(prices: list[Price]) -> float:
    returns = log_returns(prices)
    return growth([SIMPLE_RETURN(math.expm1(r)) for r in returns])


def main() -> float:
    return report([USD(100.0), USD(150.0), USD(120.0)])
