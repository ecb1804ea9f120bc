"""`convert`, `raw`, markers called, and the builtins and `math` functions that keep or change a unit."""

import math
from typing import Annotated

from typedml import COUNT, PROBABILITY, THRESHOLD, Celsius, Count, Fahrenheit, Probability, Proportion, Unit, convert, raw
from units_elsewhere import HOUR, KM, KMH

Km = Annotated[float, Unit("km")]
Mile = Annotated[float, Unit("mile")]
Hour = Annotated[float, Unit("hour")]
Minute = Annotated[float, Unit("minute")]
Whole = Annotated[int, Unit("km")]


def conversions(a: Km, h: Hour, c: Celsius, x: float, w: Whole, m: Mile) -> Km:
    reveal_type(convert(a, "km", "mile"))  # R: float[mile]
    reveal_type(convert(w, "km", "meter"))  # R: float[meter]
    reveal_type(convert(x, "km", "mile"))  # R: float[mile]
    reveal_type(convert(3.0, "km", "mile"))  # R: float[mile]
    reveal_type(convert(a, KM, "mile"))  # R: float[mile]
    reveal_type(convert(c, "degC", "degF"))  # R: float[Fahrenheit]
    reveal_type(convert(a / h, "km/hour", "mile/hour"))  # R: float[mile/hour]
    convert(a, "hour", "minute")  # E: Argument 1 to "convert" has incompatible type "float[km]"; expected "float[hour]"  [typedml-unit]
    convert(a, "mile", "km")  # E: Argument 1 to "convert" has incompatible type "float[km]"; expected "float[mile]"  [typedml-unit]
    convert(a, "km", "hour")  # E: Cannot convert "km" to "hour"  [typedml-unit] # N: Hint: no conversion leads from "km" to "hour"
    return convert(m, "mile", "km")


def raws(a: Km, w: Whole, p: Probability) -> None:
    reveal_type(raw(a))  # R: float
    reveal_type(raw(w))  # R: int
    reveal_type(raw(p))  # R: float
    raw(a) + 5.0
    raw(a) + raw(p)


def markers(x: float, i: int, a: Km, h: Hour, q: Proportion, p: Probability, maybe: float | None) -> Km:
    reveal_type(KM(3.0))  # R: float[km]
    reveal_type(KM(3))  # R: int[km]
    reveal_type(KM(x))  # R: float[km]
    reveal_type(KMH(x))  # R: float[km/hour]
    reveal_type(Unit("km")(x))  # R: float[km]
    reveal_type((KM / HOUR)(x))  # R: float[km/hour]
    reveal_type(PROBABILITY(0.5))  # R: float[Probability]
    reveal_type(PROBABILITY(x))  # R: float[Probability]
    reveal_type(PROBABILITY(q))  # R: float[Probability]
    reveal_type(PROBABILITY(p * 2))  # R: float[Probability]
    reveal_type(COUNT(i))  # R: int[Count]
    reveal_type(THRESHOLD(p))  # R: float[Threshold[Probability]]
    reveal_type(THRESHOLD(PROBABILITY(0.5)))  # R: float[Threshold[Probability]]
    PROBABILITY(1.5)  # E: Argument 1 to "PROBABILITY" has incompatible type "float"; expected "float[Probability]"  [typedml-value] # N: Hint: "float[Probability]" takes a number in [0, 1]
    KM(h)  # E: Argument 1 to "KM" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    COUNT(2.5)  # E: Argument 1 to "COUNT" has incompatible type "float"; expected "float[Count]"  [typedml-value]
    KM()  # E: Missing positional argument "x" in call to "__call__" of "Marker"  [call-arg]
    PROBABILITY(a)  # E: Argument 1 to "PROBABILITY" has incompatible type "float[km]"; expected "float[Probability]"  [typedml-unit]
    return HOUR(x)  # E: Incompatible return value type (got "float[hour]", expected "float[km]")  [typedml-unit]


def builtin(a: Km, b: Km, m: Mile, h: Hour, w: Whole, items: list[Km], x: float, n: Count, counts: list[Count], ps: list[Probability]) -> None:
    reveal_type(sum(items))  # R: float[km]
    reveal_type(sum(items, 0.0))  # R: float[km]
    reveal_type(sum(i * 2 for i in items))  # R: float[km]
    reveal_type(sum([a, b]))  # R: float[km]
    reveal_type(sum(i * i for i in items))  # R: float[km**2]
    reveal_type(sum(counts))  # R: int[Count]
    reveal_type(sum(ps))  # R: float[1]
    reveal_type(min(a, b))  # R: float[km]
    reveal_type(max(items))  # R: float[km]
    reveal_type(max(items, default=0.0))  # R: float[km]
    reveal_type(max(items, key=lambda i: -i))  # R: float[km]
    reveal_type(max(a, 0.0))  # R: float[km]
    reveal_type(max(0, a, b))  # R: float[km]
    reveal_type(abs(a - b))  # R: float[km]
    reveal_type(round(a))  # R: int[km]
    reveal_type(round(a, 2))  # R: float[km]
    reveal_type(pow(a, 2))  # R: float[km**2]
    reveal_type(sum(items) / len(items))  # R: float[km]
    reveal_type(min(items) - max(items))  # R: float[km]
    reveal_type(max([a, a], default=a))  # R: float[km]
    reveal_type(sum([1, 2]))  # R: int
    reveal_type(max([1.0, 2.0]))  # R: float
    reveal_type(sum(len(str(i)) for i in items))  # R: int
    max(a, m)  # E: Arguments of "max" have incompatible types "float[km]" and "float[mile]"  [typedml-unit] # N: Hint: convert(m, "mile", "km") makes it "float[km]"
    min(a, h)  # E: Arguments of "min" have incompatible types "float[km]" and "float[hour]"  [typedml-unit]
    max(a, 5.0)  # E: Arguments of "max" have incompatible types "float[km]" and "float"  [typedml-unit]
    max(a, x)  # E: Arguments of "max" have incompatible types "float[km]" and "float"  [typedml-unit]
    sum(items, 5.0)  # E: Arguments of "sum" have incompatible types "float[km]" and "float"  [typedml-unit]
    for i in range(n):
        pass
    hours: Hour = sum(items)  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "float[hour]")  [typedml-unit]
    wrong: Hour = sum(i for i in items)  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "float[hour]")  [typedml-unit]
    largest: Hour = max(items)  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "float[hour]")  [typedml-unit]


def mathematics(a: Km, b: Km, m: Mile, r: Annotated[float, Unit("rad")], d: Annotated[float, Unit("degree")], p: Probability, x: float) -> None:
    reveal_type(math.sqrt(a * a))  # R: float[km]
    reveal_type(math.sqrt(a))  # R: float[km**(1/2)]
    reveal_type(math.hypot(a, b))  # R: float[km]
    reveal_type(math.fabs(a))  # R: float[km]
    reveal_type(math.sin(r))  # R: float[1]
    reveal_type(math.sin(x))  # R: float
    reveal_type(math.atan2(a, b))  # R: float[radian]
    reveal_type(math.radians(d))  # R: float[radian]
    reveal_type(math.degrees(r))  # R: float[degree]
    reveal_type(math.sin(math.radians(d)))  # R: float[1]
    reveal_type(math.exp(a / b))  # R: float[1]
    reveal_type(math.log(p))  # R: float[LogProbability]
    reveal_type(math.isnan(a))  # R: bool
    reveal_type(math.copysign(a, b))  # R: float[km]
    reveal_type(math.fmod(a, b))  # R: float[km]
    reveal_type(math.pow(a, 2))  # R: float[km**2]
    math.sin(d)  # E: Argument 1 to "sin" has incompatible type "float[degree]"; expected "float[radian]"  [typedml-unit]
    math.sin(a)  # E: Argument 1 to "sin" has incompatible type "float[km]"; expected "float[radian]"  [typedml-unit]
    math.exp(a)  # E: Argument 1 to "exp" has incompatible type "float[km]"  [typedml-unit]
    math.hypot(a, m)  # E: Arguments of "hypot" have incompatible types "float[km]" and "float[mile]"  [typedml-unit] # N: Hint: convert(m, "mile", "km") makes it "float[km]"
    math.isclose(a, b)
    reveal_type(math.fsum([a, b]))  # R: float[km]
    math.radians(r)  # E: Argument 1 to "radians" has incompatible type "float[rad]"; expected "float[degree]"  [typedml-unit]
    math.atan2(a, m)  # E: Arguments of "atan2" have incompatible types "float[km]" and "float[mile]"  [typedml-unit]
