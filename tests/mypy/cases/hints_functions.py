"""Hints cross between kinds by the author's own functions, whose signatures say where they lead."""

from typing import Annotated

from typedml import HOUR_OF_DAY, EpochMillis, HourOfDay, Kind, Logit, Probability, Score, Unit, edge

STRESS = Kind("Stress", unit="1")
Stress = Annotated[float, STRESS]
Km = Annotated[float, Unit("km")]


@edge
def calibrate(s: Score) -> Probability:
    return s  # E: Incompatible return value type (got "float[Score]", expected "float[Probability]")  [typedml-kind] # N: Hint: PROBABILITY(raw(s)) makes it "float[Probability]", if the two may really be mixed


def hour_of(e: EpochMillis) -> HourOfDay:
    return HOUR_OF_DAY(12)


def rated(x: Stress, scale: float = 1.0) -> Probability:
    return 0.5


def also(x: Stress, other: Stress) -> Logit:
    return 0.5


def use(s: Score, p: Probability, e: EpochMillis, x: Stress, z: Logit) -> Probability:
    h: HourOfDay = e  # E: Incompatible types in assignment (expression has type "int[EpochMillis]", variable has type "float[HourOfDay]")  [typedml-unit] # N: Hint: hour_of(e) makes it "float[HourOfDay]"
    p > s  # E: Unsupported operand types for > ("float[Probability]" and "float[Score]")  [typedml-kind] # N: Hint: calibrate(s) makes it "float[Probability]"
    q: Probability = x  # E: Incompatible types in assignment (expression has type "float[Stress]", variable has type "float[Probability]")  [typedml-kind] # N: Hint: rated(x) makes it "float[Probability]"
    r: Probability = z  # E: Incompatible types in assignment (expression has type "float[Logit]", variable has type "float[Probability]")  [typedml-kind] # N: Hint: expit(z) makes it "float[Probability]", with expit declared from Logit to Probability
    return s  # E: Incompatible return value type (got "float[Score]", expected "float[Probability]")  [typedml-kind] # N: Hint: calibrate(s) makes it "float[Probability]"
