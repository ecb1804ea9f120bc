"""A hint crosses by a function that is at hand, says what it takes to be that, and marks what it gives."""

import logging
import math
from typing import Annotated

from typedml import PROBABILITY, Kind, Logit, LogProbability, Odds, Probability, Threshold, ZScore

CHURN = Kind("Churn", parent=PROBABILITY)
Churn = Annotated[float, CHURN]

logit = logging.getLogger()


def ndtri(p: float) -> float:
    return p


def prob(z: Logit) -> Probability:
    return PROBABILITY(1 / (1 + math.exp(-z)))


def churning(z: Logit, lp: LogProbability, odds: Odds) -> Churn:
    given: Churn = lp  # E: Incompatible types in assignment (expression has type "float[LogProbability]", variable has type "float[Churn]")  [typedml-kind] # N: Hint: CHURN(math.exp(lp)) makes it "float[Churn]"
    other: Churn = odds  # E: Incompatible types in assignment (expression has type "float[Odds]", variable has type "float[Churn]")  [typedml-kind] # N: Hint: CHURN(odds / (1 + odds)) makes it "float[Churn]"
    print(given, other)
    return z  # E: Incompatible return value type (got "float[Logit]", expected "float[Churn]")  [typedml-kind] # N: Hint: CHURN(prob(z)) makes it "float[Churn]"


def compared(z: Logit, p: Probability, lp: LogProbability, cut: Threshold[Probability]) -> Threshold[Probability]:
    z > cut  # E: Unsupported operand types for > ("float[Logit]" and "float[Threshold[Probability]]")  [typedml-kind] # N: Hint: prob(z) makes it "float[Probability]"
    lp > p  # E: Unsupported operand types for > ("float[LogProbability]" and "float[Probability]")  [typedml-kind] # N: Hint: math.exp(lp) makes it "float[Probability]"
    return z  # E: Incompatible return value type (got "float[Logit]", expected "float[Threshold[Probability]]")  [typedml-kind] # N: Hint: THRESHOLD(prob(z)) makes it "float[Threshold[Probability]]"


def scored(p: Probability) -> ZScore:
    return p  # E: Incompatible return value type (got "float[Probability]", expected "float[ZScore]")  [typedml-kind] # N: Hint: ndtri(p) makes it "float[ZScore]", with ndtri declared from Probability to ZScore


def all_of(zs: list[Logit]) -> list[Churn]:
    return zs  # E: Incompatible return value type (got "list[float[Logit]]", expected "list[float[Churn]]")  [typedml-kind] # N: Hint: [CHURN(prob(each)) for each in zs] makes each "float[Churn]"
