"""`PROBABILITY(x)` is the explicit step: it takes what may be of its kind, and nothing across units and sorts."""

import math
from typing import Annotated

from typedml import LOGIT, Logit, PROBABILITY, Probability, Proportion, Unit, Weight

KM = Unit("km")
Km = Annotated[float, KM]


def by_hand(z: Logit) -> Probability:
    return PROBABILITY(1 / (1 + math.exp(-z)))


def down(share: Proportion, w: Weight, x: float, y: Annotated[float, Unit("1")]) -> None:
    reveal_type(PROBABILITY(share))  # R: float[Probability]
    reveal_type(PROBABILITY(w))  # R: float[Probability]
    reveal_type(PROBABILITY(x))  # R: float[Probability]
    reveal_type(PROBABILITY(0.5))  # R: float[Probability]
    reveal_type(LOGIT(y))  # R: float[Logit]
    reveal_type(KM(15.0))  # R: float[km]


def across(z: Logit, k: Km) -> None:
    PROBABILITY(z)  # E: Argument 1 to "PROBABILITY" has incompatible type "float[Logit]"; expected "float[Probability]"  [typedml-kind] # N: Hint: by_hand(z) makes it "float[Probability]"
    PROBABILITY(1.5)  # E: Argument 1 to "PROBABILITY" has incompatible type "float"; expected "float[Probability]"  [typedml-value]
    PROBABILITY(k)  # E: Argument 1 to "PROBABILITY" has incompatible type "float[km]"; expected "float[Probability]"  [typedml-unit]
