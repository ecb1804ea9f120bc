"""Values that are chosen by an index, in tuples, by `or`, and names that are given in conditions."""

from typing import Annotated

from typedml import Unit

KM = Unit("km")
Km = Annotated[float, KM]
Hour = Annotated[float, Unit("hour")]


def by_index(k: Km, h: Hour, flag: bool) -> None:
    a: Km = (0.0, k)[flag]
    b: Km = (0.0, h)[flag]  # E: Incompatible types in assignment (expression has type "float[hour]", variable has type "float[km]")  [typedml-unit]
    c: Km = [0.0, k][flag]
    d: Km = {True: k, False: 0.0}[flag]
    e: Km = (k, h)[0]
    f: Km = (k, h)[flag]  # E: Incompatible types in assignment (expression has type "float[km] | float[hour]", variable has type "float[km]")  [typedml-unit]
    g: Km = (1.0, k)[flag]  # E: Incompatible types in assignment (expression has type "float", variable has type "float[km]")  [typedml-unit]
    (0.0, k)[flag] + k
    (0.0, k)[flag] + h  # E: Unsupported operand types for + ("float[km]" and "float[hour]")  [typedml-unit]


def in_tuples(k: Km, h: Hour, flag: bool) -> tuple[Km, Hour]:
    a: tuple[Km, Hour] = (k, h) if flag else (0.0, 0.0)
    b: tuple[Km, Hour] = (h, k) if flag else (0.0, 0.0)  # E: Incompatible types in assignment (expression has type "tuple[float, float]", variable has type "tuple[float[km], float[hour]]")  [typedml-unit]
    c: tuple[Km, Hour] = (k, h) if flag else (1.0, 0.0)
    return (k, 0.0) if flag else (0.0, h)


def in_tuples_swapped(k: Km, h: Hour, flag: bool) -> tuple[Km, Hour]:
    return (k, 0.0) if flag else (h, 0.0)  # E: Incompatible return value type (got "tuple[float[km], float] | tuple[float[hour], float]", expected "tuple[float[km], float[hour]]")  [typedml-unit]


def missing(k: Km, h: Hour, flag: bool) -> Km:
    x = k if flag else None
    y: Km = x or 0.0
    z: Hour = x or 0.0  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "float[hour]")  [typedml-unit]
    w = x or 0.0
    w + h  # E: Unsupported operand types for + ("float[km]" and "float[hour]")  [typedml-unit]
    v = 0.0 if x is None else x
    v + h  # E: Unsupported operand types for + ("float[km]" and "float[hour]")  [typedml-unit]
    return x or 0.0


def in_conditions(legs: list[Km], h: Hour) -> Km:
    if (k := legs[0]) > h:  # E: Unsupported operand types for > ("float[km]" and "float[hour]")  [typedml-unit]
        return k
    if (z := 0.0) < legs[0]:
        z += legs[0]
        return z
    total = 0.0
    while (total := total + legs[0]) < legs[1]:
        pass
    if any((last := leg) > legs[0] for leg in legs):
        return last
    return (nothing := 0.0)


def in_conditions_as_hours(legs: list[Km], h: Hour) -> Hour:
    total = 0.0
    while (total := total + legs[0]) < legs[1]:
        pass
    if legs:
        return total  # E: Incompatible return value type (got "float[km]", expected "float[hour]")  [typedml-unit]
    if (three := 3.0) > h:  # E: Unsupported operand types for > ("float" and "float[hour]")  [typedml-unit]
        return h
    return (k := legs[0])  # E: Incompatible return value type (got "float[km]", expected "float[hour]")  [typedml-unit]
