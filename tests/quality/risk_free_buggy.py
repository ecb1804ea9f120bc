"""The Sharpe ratio of daily returns over a risk-free rate that is quoted per year."""

import statistics
from typing import Annotated

from typedml import Unit

PerDay = Annotated[float, Unit("1/day")]
PerYear = Annotated[float, Unit("1/year")]

PER_DAY, PER_YEAR = Unit("1/day"), Unit("1/year")


def sharpe_ratio(returns: list[PerDay], risk_free: PerDay) -> float:
    excess = [r - risk_free for r in returns]
    return statistics.mean(excess) / statistics.stdev(excess)


def report(returns: list[PerDay], treasury: PerYear) -> float:
    return sharpe_ratio(returns, treasury)  # the bug


def main() -> float:
    returns = [PER_DAY(0.004), PER_DAY(-0.001), PER_DAY(0.003)]
    return report(returns, PER_YEAR(0.036525))
