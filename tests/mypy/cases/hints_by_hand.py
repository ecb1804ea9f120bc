"""What was converted by hand is not converted once more, and percents are made shares before 1 stands beside them."""

import math
from decimal import Decimal
from typing import Annotated

from typedml import IDENTIFIER, Celsius, Fahrenheit, Index, IndexFromOne, Kelvin, Kind, Latitude, Probability, Unit, ZScore

Hour = Annotated[float, Unit("hour")]
Second = Annotated[float, Unit("second")]
Degree = Annotated[float, Unit("degree")]
Percent = Annotated[float, Unit("percent")]
Dollars = Annotated[float, Unit("USD")]
Exact = Annotated[Decimal, Unit("USD")]
Altitude = Annotated[float, Unit("m")]
Steps = Annotated[int, Unit("m")]
Legs = Annotated[int, Unit("km")]
HOUR = Unit("hour")
KILOMETRES = Unit("km")


def marked(s: Second) -> Hour:
    return HOUR(s / 3600)  # E: Argument 1 to "HOUR" has incompatible type "float[second]"; expected "float[hour]"  [typedml-unit] # N: Hint: convert(s, "second", "hour") instead of s / 3600: it gives "float[hour]"


def doubled(s: Second) -> Hour:
    return 2 * s / 3600  # E: Incompatible return value type (got "float[second]", expected "float[hour]")  [typedml-unit] # N: Hint: convert() one of the operands: it has the factor that is written by hand here


def scaled(s: Second, h: Hour) -> Hour:
    2 * s / 3600 > h  # E: Unsupported operand types for > ("float[second]" and "float[hour]")  [typedml-unit] # N: Hint: convert() one of the operands: it has the factor that is written by hand here
    2 * s / 5 > h  # E: Unsupported operand types for > ("float[second]" and "float[hour]")  [typedml-unit] # N: Hint: convert(h, "hour", "second") makes it "float[second]"
    return max(s / 3600, h)  # E: Arguments of "max" have incompatible types "float[second]" and "float[hour]"  [typedml-unit] # N: Hint: convert(s, "second", "hour") instead of s / 3600: it gives "float[hour]"


def turned(a: Degree) -> float:
    return math.sin(a * 3.14159 / 180)  # E: Argument 1 to "sin" has incompatible type "float[degree]"; expected "float[radian]"  [typedml-unit] # N: Hint: convert(a, "degree", "radian") instead of a * 3.14159 / 180: it gives "float[radian]"


def raised(x: Percent, y: Dollars, n: float) -> Dollars:
    x + n  # E: Unsupported operand types for + ("float[percent]" and "float")  [typedml-unit] # N: Hint: Unit("percent")(n) makes it "float[percent]", if n is in "percent"; in "1" it goes with convert(x, "percent", "1")
    x > 0.5  # E: Unsupported operand types for > ("float[percent]" and "float")  [typedml-unit] # N: Hint: Unit("percent")(0.5) makes it "float[percent]", if 0.5 is in "percent"; in "1" it goes with convert(x, "percent", "1")
    1 - x  # E: Unsupported operand types for - ("int" and "float[percent]")  [typedml-unit] # N: Hint: convert(x, "percent", "1") makes it "float[1]"
    return y * (1 + x)  # E: Unsupported operand types for + ("int" and "float[percent]")  [typedml-unit] # N: Hint: convert(x, "percent", "1") makes it "float[1]"


def chance(x: Percent) -> Probability:
    return x  # E: Incompatible return value type (got "float[percent]", expected "float[Probability]")  [typedml-unit] # N: Hint: PROBABILITY(convert(x, "percent", "1")) makes it "float[Probability]" after checking that it is in [0, 1]


def chances(xs: list[Percent]) -> list[Probability]:
    return xs  # E: Incompatible return value type (got "list[float[percent]]", expected "list[float[Probability]]")  [typedml-unit] # N: Hint: [PROBABILITY(convert(each, "percent", "1")) for each in xs] makes each "float[Probability]" after checking that it is in [0, 1]


def place(i: Index, j: IndexFromOne) -> Index:
    i < j  # E: Unsupported operand types for < ("int[Index]" and "int[IndexFromOne]")  [typedml-kind] # N: Hint: raw(i) < raw(j) - 1 counts both from one base
    j < i  # E: Unsupported operand types for < ("int[IndexFromOne]" and "int[Index]")  [typedml-kind] # N: Hint: raw(j) < raw(i) + 1 counts both from one base
    k: IndexFromOne = i  # E: Incompatible types in assignment (expression has type "int[Index]", variable has type "int[IndexFromOne]")  [typedml-kind] # N: Hint: INDEX_FROM_ONE(raw(i) + 1) makes it "int[IndexFromOne]"
    k = i + 1  # E: Incompatible types in assignment (expression has type "int[Index]", variable has type "int[IndexFromOne]")  [typedml-kind] # N: Hint: INDEX_FROM_ONE(raw(i + 1)) makes it "int[IndexFromOne]"
    print(k)
    return j  # E: Incompatible return value type (got "int[IndexFromOne]", expected "int[Index]")  [typedml-kind] # N: Hint: INDEX(raw(j) - 1) makes it "int[Index]"


FLOOR = Kind("Floor", sort="torsor", unit="m", origin="the street")
DEPTH = Kind("Depth", sort="torsor", unit="m", origin="the sea")


def sunk(x: Annotated[float, DEPTH], y: Annotated[float, FLOOR]) -> Annotated[float, FLOOR]:
    x < y  # E: Unsupported operand types for < ("float[Depth]" and "float[Floor]")  [typedml-kind] # N: Hint: Depth and Floor count from different zeros: "the sea" and "the street"
    return x  # E: Incompatible return value type (got "float[Depth]", expected "float[Floor]")  [typedml-kind] # N: Hint: Depth and Floor count from different zeros: "the sea" and "the street"


def warmth(c: Celsius, f: Fahrenheit) -> Kelvin:
    d: Celsius = f  # E: Incompatible types in assignment (expression has type "float[Fahrenheit]", variable has type "float[Celsius]")  [typedml-unit] # N: Hint: convert(f, "degF", "degC") makes it "float[Celsius]"
    difference: Annotated[float, Unit("delta_degC")] = c  # E: Incompatible types in assignment (expression has type "float[Celsius]", variable has type "float[delta_degC]")  [typedml-kind] # N: Hint: a point minus a reference point is a difference
    print(d, difference)
    return c  # E: Incompatible return value type (got "float[Celsius]", expected "float[Kelvin]")  [typedml-kind] # N: Hint: convert(c, "degC", "kelvin") makes it "float[Kelvin]"


def lower(a: Altitude, at: Latitude) -> None:
    a - at  # E: Unsupported operand types for - ("float[m]" and "float[Latitude]")  [typedml-kind] # N: Hint: no conversion leads from "m" to "degree"


def whole(x: Legs, y: float) -> Steps:
    legs: Legs = y  # E: Incompatible types in assignment (expression has type "float", variable has type "int[km]")  [typedml-unit] # N: Hint: KILOMETRES(round(y)) makes it "int[km]"
    print(legs)
    return x  # E: Incompatible return value type (got "int[km]", expected "int[m]")  [typedml-unit] # N: Hint: round(convert(x, "km", "m")) makes it "int[m]"


def of_its_class(name: str, price: Decimal, paid: Exact, x: float) -> Exact:
    user: Annotated[str, IDENTIFIER] = name  # E: Incompatible types in assignment (expression has type "str", variable has type "str[Identifier]")  [typedml-kind] # N: Hint: IDENTIFIER(name) makes it "str[Identifier]"
    paid < price  # E: Unsupported operand types for < ("Decimal[USD]" and "Decimal")  [typedml-unit] # N: Hint: USD(price) makes it "Decimal[USD]", with USD = Unit("USD")
    other: Exact = x  # E: Incompatible types in assignment (expression has type "float", variable has type "Decimal[USD]")  [typedml-unit] # N: Hint: give x as a Decimal
    print(user, other)
    return price  # E: Incompatible return value type (got "Decimal", expected "Decimal[USD]")  [typedml-unit] # N: Hint: USD(price) makes it "Decimal[USD]", with USD = Unit("USD")


def percentile(z: ZScore) -> Probability:
    return 0.5


def either(ps: list[Probability]) -> Probability:
    return sum(ps)  # E: Incompatible return value type (got "float[1]", expected "float[Probability]")  [typedml-kind] # N: Hint: PROBABILITY(sum(ps)) makes it "float[Probability]" after checking that it is in [0, 1]
