"""A hint moves no operand over a fraction bar that is not there, and takes no root of a function."""

from functools import reduce
from typing import Annotated

from typedml import Unit

Volts = Annotated[float, Unit("volt")]
Ohms = Annotated[float, Unit("ohm")]
Slope = Annotated[float, Unit("ampere/volt")]


def slope(x: float) -> Slope:
    return Unit("ampere/volt")(1.0)


def turned() -> Ohms:
    return slope(2.0)  # E: Incompatible return value type (got "float[ampere/volt]", expected "float[ohm]")  [typedml-unit] # N: Hint: 1 / slope(2.0) makes it "float[ohm]"


def multiplied(values: list[Volts]) -> Volts:
    total: Volts = reduce(lambda a, b: a + b, values)
    return reduce(lambda a, b: a * b, values)  # E: Argument 1 to "reduce" has incompatible type "Callable[[float[volt], float[volt]], float[volt**2]]"; expected "Callable[[float[volt], float[volt]], float[volt]]"  [typedml-unit] # E: Incompatible return value type (got "float[volt**2]", expected "float[volt]")  [typedml-unit] # N: Hint: the unit would depend on how many there are: divide each by a reference first
