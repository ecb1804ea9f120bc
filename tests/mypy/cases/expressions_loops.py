"""What runs in a comprehension stands for all that it runs over: a share, a standardised value, a scaled one."""

import statistics
from typing import Annotated

from typedml import Count, Probability, Simplex, Unit, Weight, ZScore
from typedml.declare.aliases import UnitInterval

Km = Annotated[float, Unit("km")]
Usd = Annotated[float, Unit("USD")]


def shares(weights: list[Weight], counts: list[Count], other: list[Weight]) -> list[Simplex]:
    reveal_type([w / sum(weights) for w in weights])  # R: list[float[Simplex]]
    reveal_type([n / sum(counts) for n in counts])  # R: list[float[Simplex]]
    reveal_type([w * n / sum(w * n for w, n in zip(weights, counts)) for w, n in zip(weights, counts)])  # R: list[float[Simplex]]
    reveal_type([w / sum(other) for w in weights])  # R: list[float[Weight]]
    reveal_type([w / sum(weights) for w in weights if w > 0])  # R: list[float[Weight]]
    return [w / sum(weights) for w in weights]


def scaled(legs: list[Km], prices: list[Usd]) -> list[ZScore]:
    reveal_type([(x - min(prices)) / (max(prices) - min(prices)) for x in prices])  # R: list[float[UnitInterval]]
    reveal_type([(x - min(legs)) / (max(prices) - min(prices)) for x in legs])  # R: list[float[km/USD]]
    reveal_type([leg / max(legs) for leg in legs])  # R: list[float[1]]
    mean, deviation = statistics.fmean(legs), statistics.stdev(legs)
    reveal_type([(leg - mean) / deviation for leg in legs])  # R: list[float[1]]
    return [(leg - statistics.fmean(legs)) / statistics.stdev(legs) for leg in legs]


def squared(legs: list[Km]) -> list[ZScore]:
    return [(leg - statistics.fmean(legs)) / statistics.variance(legs) for leg in legs]  # E: List comprehension has incompatible type List[float[1/km]]; expected List[float[ZScore]]  [typedml-unit]


def pixels(xs: list[Usd]) -> list[UnitInterval]:
    return [(x - min(xs)) / (max(xs) - min(xs)) for x in xs]


def apart(ps: list[Probability]) -> None:
    reveal_type([x - y for x, y in zip(ps, ps)])  # R: list[float[Probability]]
    reveal_type([[x - y for y in ps] for x in ps])  # R: list[list[float[1]]]
    reveal_type([x - y for x in ps for y in ps])  # R: list[float[1]]
    reveal_type([[0.5 * x + 0.5 * y for y in ps] for x in ps])  # R: list[list[float[Probability]]]
