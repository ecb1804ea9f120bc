"""What the algebra must accept without a word, as far as scalars go."""

import math
import time
from typing import Annotated

from typedml import COUNT, Binary, Celsius, Count, EpochSeconds, Logit, LogProbability, PROBABILITY, Probability, Proportion, Radians, Unit, ZScore

Km = Annotated[float, Unit("km")]
Usd = Annotated[float, Unit("USD")]
Dbm = Annotated[float, Unit("dBm")]
Db = Annotated[float, Unit("dB")]
Clicks = Annotated[int, COUNT, Unit("click")]
Seconds = Annotated[float, Unit("second")]


def precision(tp: Count, fp: Count) -> Proportion:
    return tp / (tp + fp)


def share(part: Km, rest: Km) -> Proportion:
    return part / (part + rest)
