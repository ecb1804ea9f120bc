"""A hint says where a marker or a function is from that is not in scope, and calls both by their names."""

from typing import Annotated

from hints_meanings import Soc, Soh
from typedml import Kind, Probability, ZScore

Ranking = Annotated[float, Kind("Ranking", range=(0, 5))]


def charged(x: float, health: Soh) -> Soc:
    soc: Soc = x  # E: Incompatible types in assignment (expression has type "float", variable has type "float[StateOfCharge]")  [typedml-kind] # N: Hint: SOC(x) makes it "float[StateOfCharge]", with SOC from hints_meanings
    return health  # E: Incompatible return value type (got "float[StateOfHealth]", expected "float[StateOfCharge]")  [typedml-kind] # N: Hint: SOC(raw(health)) makes it "float[StateOfCharge]", if the two may really be mixed, with SOC from hints_meanings


def ranked(x: float) -> Ranking:
    return x  # E: Incompatible return value type (got "float", expected "float[Ranking]")  [typedml-kind] # N: Hint: RANKING(x) makes it "float[Ranking]", with RANKING = Kind("Ranking", ...) as it is declared


def rated(z: ZScore) -> Probability:
    return z  # E: Incompatible return value type (got "float[ZScore]", expected "float[Probability]")  [typedml-kind] # N: Hint: ndtr(z) makes it "float[Probability]", with ndtr from hints_meanings
