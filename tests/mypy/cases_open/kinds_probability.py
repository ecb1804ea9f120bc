"""Shares, chances, odds and their logarithms."""

import math
from typing import Annotated

from typedml import (
    Binary, Count, LogProbability, Logit, Odds, Percent, PROBABILITY, Probability, Proportion, ScaleFactor, Score,
    Similarity, Unit, Weight, ZScore,
)

Usd = Annotated[float, Unit("USD")]


def closed(p: Probability, q: Probability, share: Proportion, k: ScaleFactor, price: Usd, n: Count) -> None:
    reveal_type((p + q) / 2)  # R: float[Probability]
    reveal_type(0.3 * p + 0.7 * q)  # R: float[Probability]
    reveal_type(share * p + (1 - share) * q)  # R: float[Probability]
    reveal_type(p + share * (q - p))  # R: float[Probability]


def crossed(p: Probability, z: Logit, lp: LogProbability, odds: Odds, s: Score, w: Weight, sim: Similarity, zs: ZScore, pc: Percent, b: Binary) -> None:
    sum([s])  # E: Argument 1 to "sum" has incompatible type "float[Score]"  [typedml-kind]
