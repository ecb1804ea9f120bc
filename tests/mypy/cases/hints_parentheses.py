"""A hint keeps the parentheses that an expression begins or ends with."""

from typing import Annotated

from typedml import Probability, Unit, UnitInterval

Volts = Annotated[float, Unit("volt")]


def share(p: Probability) -> bool:
    return True


def returned(x: Volts, lo: Volts, hi: Volts) -> UnitInterval:
    return (x - lo) / (hi - lo)  # E: Incompatible return value type (got "float[1]", expected "float[UnitInterval]")  [typedml-kind] # N: Hint: UNIT_INTERVAL((x - lo) / (hi - lo)) makes it "float[UnitInterval]" after checking that it is in [0, 1]


def listed(x: Volts, lo: Volts, hi: Volts) -> list[UnitInterval]:
    return [(x - lo) / (hi - lo)]  # E: List item 0 has incompatible type "float[1]"; expected "float[UnitInterval]"  [typedml-kind] # N: Hint: UNIT_INTERVAL((x - lo) / (hi - lo)) makes it "float[UnitInterval]" after checking that it is in [0, 1]


def named(xs: list[Volts], lo: Volts, hi: Volts) -> dict[str, Probability]:
    return {str(x): (x - lo) / (hi - lo) for x in xs}  # E: Value expression in dictionary comprehension has incompatible type "float[1]"; expected type "float[Probability]"  [typedml-kind] # N: Hint: PROBABILITY((x - lo) / (hi - lo)) makes it "float[Probability]" after checking that it is in [0, 1]


def given(x: Volts, lo: Volts, hi: Volts) -> bool:
    return share((x - lo) / ((hi) - (lo)))  # E: Argument 1 to "share" has incompatible type "float[1]"; expected "float[Probability]"  [typedml-kind] # N: Hint: PROBABILITY((x - lo) / ((hi) - (lo))) makes it "float[Probability]" after checking that it is in [0, 1]


def looked_up(by_name: dict[str, Volts]) -> UnitInterval:
    return (by_name["(x"] - by_name["(y"]) / (by_name["x)"])  # E: Incompatible return value type (got "float[1]", expected "float[UnitInterval]")  [typedml-kind] # N: Hint: UNIT_INTERVAL((by_name["(x"] - by_name["(y"]) / (by_name["x)"])) makes it "float[UnitInterval]" after checking that it is in [0, 1]
