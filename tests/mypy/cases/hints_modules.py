"""A hint calls a marker of a module that is imported as it is called here."""

import hints_meanings as own
from hints_meanings import ndtr as below
from typedml import Probability, ZScore


def charged(x: float) -> own.Soc:
    return x  # E: Incompatible return value type (got "float", expected "float[StateOfCharge]")  [typedml-kind] # N: Hint: own.SOC(x) makes it "float[StateOfCharge]"


def rated(z: ZScore) -> Probability:
    return below(z)
