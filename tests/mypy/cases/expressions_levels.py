"""Decibels and cuts whose form alone says what they are, and other spellings of a function."""

import math
from typing import Annotated

from typedml import LogProbability, Logit, Probability, Threshold, Unit

Watt = Annotated[float, Unit("watt")]
Dbm = Annotated[float, Unit("dBm")]


def gains(signal: Watt, noise: Watt, level: Dbm) -> None:
    reveal_type(10 * math.log10(signal / noise))  # R: float[dB]
    reveal_type(level + 10 * math.log10(signal / noise))  # R: float[dBm]
    reveal_type(3 * math.log10(signal / noise))  # R: float[1]
    level + 3 * math.log10(signal / noise)  # E: Unsupported operand types for + ("float[dBm]" and "float[1]")  [typedml-unit]


def cuts(z: Logit, cut: Threshold[Probability]) -> bool:
    reveal_type(math.log(cut / (1 - cut)))  # R: float[Threshold[Logit]]
    1 - cut  # E: Unsupported operand types for - ("int" and "float[Threshold[Probability]]")  [typedml-kind]
    math.log(1 - cut)  # E: Unsupported operand types for - ("int" and "float[Threshold[Probability]]")  [typedml-kind]
    return z > math.log(cut / (1 - cut))


def complement(lp: LogProbability) -> LogProbability:
    return math.log1p(-math.exp(lp))
