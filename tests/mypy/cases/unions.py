"""Optional values, unions, ternaries and joins of branches."""

from typing import Annotated, Any

from typedml import Probability, Proportion, Unit

Km = Annotated[float, Unit("km")]
Mile = Annotated[float, Unit("mile")]
Hour = Annotated[float, Unit("hour")]
Whole = Annotated[int, Unit("km")]


def optional(a: Km | None, b: Km) -> Km:
    if a is None:
        return 0.0
    reveal_type(a)  # R: float[km]
    return a + b


def unchecked(a: Km | None, b: Km) -> Km:
    a + b  # E: Unsupported operand types for + ("None" and "float[km]")  [operator] # N: Left operand is of type "float[km] | None"
    b + a  # E: Unsupported operand types for + ("float[km]" and "None")  [operator] # N: Right operand is of type "float[km] | None"
    return a  # E: Incompatible return value type (got "float[km] | None", expected "float[km]")  [return-value]


def into_optional(a: Km, h: Hour) -> Km | None:
    if a:
        return None
    if a > 1000 * a:
        return a
    return h  # E: Incompatible return value type (got "float[hour]", expected "float[km] | None")  [typedml-unit]


def both(a: Km | Mile, b: Km, h: Hour) -> Km:
    reveal_type(a * 2)  # R: float[km] | float[mile]
    reveal_type(a / h)  # R: float[km/hour] | float[mile/hour]
    a + b  # E: Unsupported operand types for + ("float[mile]" and "float[km]")  [typedml-unit] # N: Hint: a is "float[km]" or "float[mile]": give it one meaning where it comes from # N: Left operand is of type "float[km] | float[mile]"
    return a  # E: Incompatible return value type (got "float[km] | float[mile]", expected "float[km]")  [typedml-unit]


def with_text(a: Km | str) -> None:
    if isinstance(a, float):
        reveal_type(a)  # R: float[km]
    else:
        reveal_type(a)  # R: str
    if isinstance(a, str):
        reveal_type(a)  # R: str
    else:
        reveal_type(a)  # R: float[km]


def narrowed(a: Km, w: Whole, x: float | None) -> None:
    if isinstance(a, int):
        a.bit_length()
    if isinstance(w, int):
        reveal_type(w)  # R: int[km]
    if not isinstance(a, float):
        reveal_type(a)


def ternary(a: Km, b: Km, m: Mile, flag: bool, x: float) -> None:
    reveal_type(a if flag else b)  # R: float[km]
    reveal_type(a if flag else None)  # R: float[km] | None
    one: Km = a if flag else m  # E: Incompatible types in assignment (expression has type "float[km] | float[mile]", variable has type "float[km]")  [typedml-unit]
    two: Km = a if flag else 0.0
    reveal_type(a if flag else m)  # R: float[km] | float[mile]
    reveal_type(a if flag else x)  # R: float


def joins(p: Probability, q: Proportion, a: Km, flag: bool) -> None:
    reveal_type(p if flag else q)  # R: float[Proportion]
    reveal_type([p, p])  # R: list[float[Probability]]
    if flag:
        x = p
    else:
        x = q  # E: Incompatible types in assignment (expression has type "float[Proportion]", variable has type "float[Probability]")  [typedml-kind]
    reveal_type([p, q])  # R: list[float[Proportion]]


def lost(a: Km, m: Mile, flag: bool) -> Km:
    c = a if flag else m
    return c  # E: Incompatible return value type (got "float[km] | float[mile]", expected "float[km]")  [typedml-unit]


def anything(a: Km, x: Any, y) -> Km:  # type: ignore[no-untyped-def]
    a + x
    x + a
    a * y
    a < x
    b: Km = x
    if a:
        return y
    return x


def unannotated(a, b):
    return a + b + "x"


def walrus(items: list[Km]) -> None:
    if (n := items[0]) > 0:
        reveal_type(n)  # R: float[km]


def assigned(a: Km, h: Hour) -> None:
    x = a
    x = a * 2
    x = h  # E: Incompatible types in assignment (expression has type "float[hour]", variable has type "float[km]")  [typedml-unit]
    x = 0.0
    y: Km
    y = 5.0  # E: Incompatible types in assignment (expression has type "float", variable has type "float[km]")  [typedml-unit]
    z: float = a
    z = h
    w: float
    w = a
    back: Km = z  # E: Incompatible types in assignment (expression has type "float[hour]", variable has type "float[km]")  [typedml-unit]
