"""Comparisons, chains, membership and narrowing."""

import math
from typing import Annotated

from typedml import Unit

Km = Annotated[float, Unit("km")]
Mile = Annotated[float, Unit("mile")]
Hour = Annotated[float, Unit("hour")]
Whole = Annotated[int, Unit("km")]


def compare(a: Km, b: Km, w: Whole, m: Mile, h: Hour, x: float) -> None:
    reveal_type(a < b)  # R: bool
    a <= b, a > b, a >= b, a == b, a != b
    a < w, w < a, a == w
    a > 0, a >= 0.0, 0 < a, a == 0, 0.0 == a, a != 0
    a < math.inf, a < float("inf"), -math.inf < a, a == math.nan
    a < m  # E: Unsupported operand types for < ("float[km]" and "float[mile]")  [typedml-unit] # N: Hint: convert(m, "mile", "km") makes it "float[km]"
    a <= m  # E: Unsupported operand types for <= ("float[km]" and "float[mile]")  [typedml-unit] # N: Hint: convert(m, "mile", "km") makes it "float[km]"
    a > m  # E: Unsupported operand types for > ("float[km]" and "float[mile]")  [typedml-unit] # N: Hint: convert(m, "mile", "km") makes it "float[km]"
    a >= h  # E: Unsupported operand types for >= ("float[km]" and "float[hour]")  [typedml-unit]
    a == m  # E: Unsupported operand types for == ("float[km]" and "float[mile]")  [typedml-unit]
    a != m  # E: Unsupported operand types for != ("float[km]" and "float[mile]")  [typedml-unit]
    a > 1  # E: Unsupported operand types for > ("float[km]" and "int")  [typedml-unit]
    a > 5.0  # E: Unsupported operand types for > ("float[km]" and "float")  [typedml-unit]
    5.0 < a  # E: Unsupported operand types for < ("float" and "float[km]")  [typedml-unit]
    a == 5.0  # E: Unsupported operand types for == ("float[km]" and "float")  [typedml-unit]
    5.0 == a  # E: Unsupported operand types for == ("float" and "float[km]")  [typedml-unit]
    a > x  # E: Unsupported operand types for > ("float[km]" and "float")  [typedml-unit]
    x > a  # E: Unsupported operand types for > ("float" and "float[km]")  [typedml-unit]
    x == a  # E: Unsupported operand types for == ("float" and "float[km]")  [typedml-unit]


def chains(a: Km, b: Km, m: Mile, h: Hour) -> None:
    0 < a < b
    a < b < m  # E: Unsupported operand types for < ("float[km]" and "float[mile]")  [typedml-unit]
    0 < a < 5  # E: Unsupported operand types for < ("float[km]" and "int")  [typedml-unit]
    0 <= a <= 5 <= 6  # E: Unsupported operand types for <= ("float[km]" and "int")  [typedml-unit]
    h < a < h  # E: Unsupported operand types for < ("float[hour]" and "float[km]")  [typedml-unit] # E: Unsupported operand types for < ("float[km]" and "float[hour]")  [typedml-unit]


def membership(a: Km, m: Mile, items: list[Km], miles: list[Mile]) -> None:
    a in items
    a in [0.0]


def foreign(a: Km, text: str, maybe: Km | None) -> None:
    a is None
    a is not None
    a == None
    maybe == a
    maybe == None
    maybe is not None and maybe < a
    a == text
    a < text  # E: Unsupported operand types for < ("float[km]" and "str")  [operator]
    a < maybe  # E: Unsupported operand types for < ("float[km]" and "None")  [operator]


def conditions(a: Km, b: Km, m: Mile) -> None:
    if a:
        pass
    while a > b and not b:
        a -= b
    assert a >= m  # E: Unsupported operand types for >= ("float[km]" and "float[mile]")  [typedml-unit]
    reveal_type(a and b)  # R: float[km]
    reveal_type(a or b)  # R: float[km]
    reveal_type(a or m)  # R: float[km] | float[mile]
    reveal_type(not a)  # R: bool
    [x for x in [a] if x > m]  # E: Unsupported operand types for > ("float[km]" and "float[mile]")  [typedml-unit]
    match a:
        case 0.0:
            pass
        case _:
            reveal_type(a)  # R: float[km]
