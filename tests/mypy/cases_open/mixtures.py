"""Open: a weighted sum of points or chances is not seen to be one of them."""

# Weights that sum to one cannot be seen in one operator at a time, and mypy asks about one at a time.

from typing import Annotated

from typedml import Celsius, Probability, Proportion, Unit

Degree = Annotated[float, Unit("degC")]


def temperatures(t: Celsius, u: Celsius) -> None:
    reveal_type((t + u) / 2)  # R: float[Celsius]
    reveal_type(0.3 * t + 0.7 * u)  # R: float[Celsius]


def chances(p: Probability, q: Probability, share: Proportion) -> None:
    reveal_type((p + q) / 2)  # R: float[Probability]
    reveal_type(0.3 * p + 0.7 * q)  # R: float[Probability]
    reveal_type(share * p + (1 - share) * q)  # R: float[Probability]
    reveal_type(p + share * (q - p))  # R: float[Probability]
