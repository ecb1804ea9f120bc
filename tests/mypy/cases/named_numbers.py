"""Names that nothing else is bound to stand for the number that they are given."""

from typing import Annotated

from typedml import Count, Probability, Threshold, Unit

Km = Annotated[float, Unit("km")]

EPS = 1e-9
HALF = 0.5
FIVE = 5.0
MOST = 1 - EPS
CUT = 0.5
COUNTED = 1
COUNTED += 1
SHARE, MORE = 0.25, 7
LOOPED = ROUND = 0.5
DECLARED: float = 0.5


def rebind() -> None:
    global ROUND
    ROUND = 3.0


def of_the_module(p: Probability, q: Probability) -> Probability:
    reveal_type(min(HALF, p))  # R: float[Probability]
    reveal_type(max(EPS, min(1 - EPS, p)))  # R: float[Probability]
    reveal_type(min(max(p, EPS), MOST))  # R: float[Probability]
    reveal_type(HALF * p + HALF * q)  # R: float[Probability]
    reveal_type(min(SHARE, p))  # R: float[Probability]
    reveal_type(HALF)  # R: float
    return HALF


def of_the_function(p: Probability) -> Probability:
    e = 1e-9
    reveal_type(max(e, min(1 - e, p)))  # R: float[Probability]
    least = 2 * e
    reveal_type(max(least, p))  # R: float[Probability]
    return 1 - e


def cuts(p: Probability) -> bool:
    cut: Threshold[Probability] = CUT
    return p > cut


def out_of_range(p: Probability) -> Probability:
    reveal_type(max(FIVE, p))  # R: float[1]
    if p > HALF:
        return FIVE  # E: Incompatible return value type (got "float", expected "float[Probability]")  [typedml-value]
    return FIVE - EPS  # E: Incompatible return value type (got "float", expected "float[Probability]")  [typedml-value]


def bound_anew(p: Probability, flag: bool) -> Probability:
    step = 0.5
    if flag:
        step = 0.25
    reveal_type(min(step, p))  # R: float[1]
    if flag:
        return step  # E: Incompatible return value type (got "float", expected "float[Probability]")  [typedml-kind]
    if p > 0.5:
        return DECLARED  # E: Incompatible return value type (got "float", expected "float[Probability]")  [typedml-kind]
    return ROUND  # E: Incompatible return value type (got "float", expected "float[Probability]")  [typedml-kind]


def counted_up() -> Count:
    return COUNTED  # E: Incompatible return value type (got "int", expected "int[Count]")  [typedml-kind]


def of_no_unit(x: Km) -> Km:
    beside: Km = FIVE  # E: Incompatible types in assignment (expression has type "float", variable has type "float[km]")  [typedml-unit]
    legs: list[Km] = [0.0, FIVE]  # E: List item 1 has incompatible type "float"; expected "float[km]"  [typedml-unit]
    h = 0.5
    x + HALF  # E: Unsupported operand types for + ("float[km]" and "float")  [typedml-unit]
    max(h, x)  # E: Arguments of "max" have incompatible types "float" and "float[km]"  [typedml-unit]
    if x > beside:
        return h  # E: Incompatible return value type (got "float", expected "float[km]")  [typedml-unit]
    return HALF  # E: Incompatible return value type (got "float", expected "float[km]")  [typedml-unit]


def powers(x: Km) -> None:
    n = 2
    reveal_type(x**n)  # R: float[km**2]
    for k in (2, 3):
        x**k  # E: Unsupported operand types for ** ("float[km]" and "int")  [typedml-unit]
