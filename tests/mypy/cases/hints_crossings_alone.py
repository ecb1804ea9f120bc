"""Where no function leads across, a hint says where it is from, or what has to be declared."""

from typing import Annotated

from typedml import PROBABILITY, Kind, Logit, LogProbability, Probability

RETENTION = Kind("Retention", parent=PROBABILITY)
Retention = Annotated[float, RETENTION]


def scored(lp: LogProbability) -> Probability:
    return lp  # E: Incompatible return value type (got "float[LogProbability]", expected "float[Probability]")  [typedml-kind] # N: Hint: exp(lp) makes it "float[Probability]", with exp from math


def retained(z: Logit) -> Retention:
    return z  # E: Incompatible return value type (got "float[Logit]", expected "float[Retention]")  [typedml-kind] # N: Hint: RETENTION(expit(z)) makes it "float[Retention]", with expit declared from Logit to Probability
