"""Open: the hint for a ternary converts the whole of it, not the branch that differs."""

# The error is about the joined type, whose parts mypy no longer ties to the branches.

from typing import Annotated

from typedml import Unit

Km = Annotated[float, Unit("km")]
Mile = Annotated[float, Unit("mile")]


def one_of_two(a: Km, m: Mile, flag: bool) -> Km:
    return a if flag else m  # E: Incompatible return value type (got "float[km] | float[mile]", expected "float[km]")  [typedml-unit] # N: Hint: convert(m, "mile", "km") makes it "float[km]"
