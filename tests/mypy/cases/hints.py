"""Hints are code that would be right."""

import math
from collections.abc import Iterator
from typing import Annotated

from typedml import Celsius, Count, EpochMillis, HourOfDay, Logit, LogProbability, Proportion, Unit

Km = Annotated[float, Unit("km")]
Mile = Annotated[float, Unit("mile")]
Hour = Annotated[float, Unit("hour")]


def bracketed(a: Count, b: Count) -> Proportion:
    x = a / (b + a + a)
    y: Proportion = a / (b - a)  # E: Incompatible types in assignment (expression has type "float[1]", variable has type "float[Proportion]")  [typedml-kind] # N: Hint: PROPORTION(a / (b - a)) makes it "float[Proportion]" after checking that it is in [0, 1]
    return y


def turned(t: Celsius) -> None:
    2 * t  # E: Unsupported operand types for * ("int" and "float[Celsius]")  [typedml-kind] # N: Hint: subtract a reference first: t - reference is "float[delta_degC]", which adds and scales


def items(kms: list[float]) -> list[Km]:
    return kms  # E: Incompatible return value type (got "list[float]", expected "list[float[km]]")  [typedml-unit] # N: Hint: declare what kms means where it comes from


def whole(n: int) -> Count:
    return n  # E: Incompatible return value type (got "int", expected "int[Count]")  [typedml-kind] # N: Hint: COUNT(n) makes it "int[Count]"


def yielded(k: Km) -> Iterator[Km]:
    yield 0.0
    yield 3.0  # E: Incompatible types in "yield" (actual type "float", expected type "float[km]")  [typedml-unit] # N: Hint: KILOMETRES(3.0) makes it "float[km]"


class Base:
    x: Km


class Child(Base):
    x: Hour  # E: Incompatible types in assignment (expression has type "float[hour]", base class "Base" defined the type as "float[km]")  [typedml-unit] # N: Hint: declare the same meaning as the base class


def one_of_two(a: Km, m: Mile, flag: bool) -> Km:
    return a if flag else m  # E: Incompatible return value type (got "float[km] | float[mile]", expected "float[km]")  [typedml-unit] # N: Hint: convert(m, "mile", "km") makes it "float[km]"


def one_of_three(a: Km, m: Mile, flag: bool, other: bool) -> None:
    x: Km = a if flag else (m + m if other else a)  # E: Incompatible types in assignment (expression has type "float[km] | float[mile]", variable has type "float[km]")  [typedml-unit] # N: Hint: convert(m + m, "mile", "km") makes it "float[km]"


def either(a: Km | Mile) -> Km:
    return a  # E: Incompatible return value type (got "float[km] | float[mile]", expected "float[km]")  [typedml-unit] # N: Hint: a is "float[km]" or "float[mile]": give it one meaning where it comes from


def in_containers(kms: list[Km], miles: list[Mile], pair: tuple[Km, Mile], by_name: dict[str, Mile], m: Mile) -> None:
    a: list[Km] = miles  # E: Incompatible types in assignment (expression has type "list[float[mile]]", variable has type "list[float[km]]")  [typedml-unit] # N: Hint: [convert(each, "mile", "km") for each in miles] makes each "float[km]"
    b: dict[str, Km] = by_name  # E: Incompatible types in assignment (expression has type "dict[str, float[mile]]", variable has type "dict[str, float[km]]")  [typedml-unit] # N: Hint: convert each from "mile" to "km" where it comes from
    c: tuple[Mile, Mile] = pair  # E: Incompatible types in assignment (expression has type "tuple[float[km], float[mile]]", variable has type "tuple[float[mile], float[mile]]")  [typedml-unit] # N: Hint: convert each from "km" to "mile" where it comes from
    d: tuple[Km, Km] = (kms[0], m)  # E: Incompatible types in assignment (expression has type "tuple[float[km], float[mile]]", variable has type "tuple[float[km], float[km]]")  [typedml-unit] # N: Hint: convert(m, "mile", "km") makes it "float[km]"
    e: list[Hour] = kms  # E: Incompatible types in assignment (expression has type "list[float[km]]", variable has type "list[float[hour]]")  [typedml-unit] # N: Hint: no conversion leads from "km" to "hour"


KILOMETRES = Unit("km")


def named(a: Km, m: Mile) -> None:
    a + 5.0  # E: Unsupported operand types for + ("float[km]" and "float")  [typedml-unit] # N: Hint: KILOMETRES(5.0) makes it "float[km]"
    b: Km = a
    b *= b  # E: Incompatible types in assignment (expression has type "float[km**2]", variable has type "float[km]")  [typedml-unit] # N: Hint: (b * b) ** 0.5 makes it "float[km]"


Minute = Annotated[float, Unit("minute")]


def by_hand(h: Hour, m: Minute, a: Km, b: Mile) -> Minute:
    h * 60 + m  # E: Unsupported operand types for + ("float[hour]" and "float[minute]")  [typedml-unit] # N: Hint: convert(h, "hour", "minute") instead of h * 60: it gives "float[minute]"
    m + 60 * h  # E: Unsupported operand types for + ("float[minute]" and "float[hour]")  [typedml-unit] # N: Hint: convert(h, "hour", "minute") instead of 60 * h: it gives "float[minute]"
    a < b * 1.6  # E: Unsupported operand types for < ("float[km]" and "float[mile]")  [typedml-unit] # N: Hint: convert(b, "mile", "km") instead of b * 1.6: it gives "float[km]"
    a < b * 2  # E: Unsupported operand types for < ("float[km]" and "float[mile]")  [typedml-unit] # N: Hint: convert(b * 2, "mile", "km") makes it "float[km]"
    x: Minute = h * 60  # E: Incompatible types in assignment (expression has type "float[hour]", variable has type "float[minute]")  [typedml-unit] # N: Hint: convert(h, "hour", "minute") instead of h * 60: it gives "float[minute]"
    y: Minute = h * 2  # E: Incompatible types in assignment (expression has type "float[hour]", variable has type "float[minute]")  [typedml-unit] # N: Hint: convert(h, "hour", "minute") makes it "float[minute]"
    return x + y


Dbm = Annotated[float, Unit("dBm")]


def elsewhere(e: EpochMillis, z: Logit, lp: LogProbability, a: Dbm, b: Dbm, t: Celsius, u: Celsius) -> Dbm:
    h: HourOfDay = e  # E: Incompatible types in assignment (expression has type "int[EpochMillis]", variable has type "float[HourOfDay]")  [typedml-unit] # N: Hint: the hour of a moment depends on the zone, take it from a clock there: datetime.fromtimestamp(seconds, zone).hour
    math.sqrt(z)  # E: Argument 1 to "sqrt" has incompatible type "float[Logit]"  [typedml-kind] # N: Hint: subtract a reference first: z - reference is "float[1]", which adds and scales
    math.log(lp)  # E: Argument 1 to "log" has incompatible type "float[LogProbability]"  [typedml-kind] # N: Hint: lp is LogProbability already: use it as it is; exp(lp) is Probability; ndtri_exp(lp) is ZScore
    t - 20.0  # E: Unsupported operand types for - ("float[Celsius]" and "float")  [typedml-unit] # N: Hint: t - CELSIUS(20.0) is a difference, "float[delta_degC]"; t - DELTA_DEGC(20.0) is a point, "float[Celsius]", with DELTA_DEGC = Unit("delta_degC")
    return a + b  # E: Unsupported operand types for + ("float[dBm]" and "float[dBm]")  [typedml-kind] # N: Hint: 10 * log10(10 ** (a / 10) + 10 ** (b / 10)) adds the powers; a - b is a gain, "float[dB]"
