"""An error in an argument stands alone: signatures that mypy tries are not refused for it once more."""

from typing import Annotated

from typedml import Count, Unit

Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]


def near(x: Km, t: Km) -> bool:
    return x < t


def counted(legs: list[Km], t: Hour) -> int:
    n = sum(1 for x in legs if x >= t)  # E: Unsupported operand types for >= ("float[km]" and "float[hour]")  [typedml-unit] # N: Hint: no conversion leads from "hour" to "km"
    reveal_type(n)  # R: int
    m = sum([1 for x in legs if x >= t])  # E: Unsupported operand types for >= ("float[km]" and "float[hour]")  [typedml-unit]
    reveal_type(sum(1 for x in legs if near(x, t)))  # R: int  # E: Argument 2 to "near" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    return max(0, min(n + m, sum(1 for x in legs if x > t)))  # E: Unsupported operand types for > ("float[km]" and "float[hour]")  [typedml-unit]


def again(legs: list[Km], t: Hour, ok: bool) -> Count:
    n = 0
    for _ in legs:
        n = max(0, sum(1 for x in legs if x > t)) if ok else 0  # E: Unsupported operand types for > ("float[km]" and "float[hour]")  [typedml-unit]
    return sum(x > t for x in legs)  # E: Unsupported operand types for > ("float[km]" and "float[hour]")  [typedml-unit]


def more_is_wrong(legs: list[Km], names: list[str], t: Hour) -> str:
    sum(name for name in names)  # E: Generator has incompatible item type "str"; expected "bool"  [misc]
    return sum(1 for x in legs if x > t)  # E: Incompatible return value type (got "int", expected "str")  [return-value] # E: Unsupported operand types for > ("float[km]" and "float[hour]")  [typedml-unit]
