"""A `bool` is an indicator: it says so by itself, counts, selects, and is no quantity."""

from typing import Annotated

from typedml import BINARY, Binary, Count, Probability, Unit

Km = Annotated[float, Unit("km")]
Flag = Annotated[bool, BINARY]


def flags(f: Flag, g: Binary, b: bool, k: Km, n: Count, p: Probability, fs: list[Flag]) -> Flag:
    reveal_type(f)  # R: bool[Binary]
    reveal_type(f * k)  # R: float[km]
    reveal_type(k * b)  # R: float[km]
    reveal_type(n + b)  # R: int[Count]
    reveal_type(sum(fs))  # R: int[Count]
    reveal_type(sum([b, b]))  # R: int
    reveal_type(not f)  # R: bool
    reveal_type(f and b)  # R: bool
    reveal_type(f & f)  # R: bool[Binary]
    reveal_type(f | b)  # R: bool[Binary]
    reveal_type(f + f)  # R: int[1]
    reveal_type(-f)  # R: int[1]
    reveal_type(~f)  # R: int
    reveal_type(f == b)  # R: bool
    reveal_type(f * p)  # R: float[Probability]
    reveal_type(max(f, f))  # R: bool[Binary]
    f + k  # E: Unsupported operand types for + ("bool[Binary]" and "float[km]")  [typedml-unit]
    k + True  # E: Unsupported operand types for + ("float[km]" and "bool")  [typedml-unit]
    f == 1
    f > 0.5
    h: Flag = k > 0
    i: Flag = True
    j: Binary = k > 0
    l: Probability = f
    m: bool = f
    o: Flag = g  # E: Incompatible types in assignment (expression has type "int[Binary]", variable has type "bool[Binary]")  [assignment]
    q: Km = f  # E: Incompatible types in assignment (expression has type "bool[Binary]", variable has type "float[km]")  [typedml-unit]
    r: Km = b  # E: Incompatible types in assignment (expression has type "bool", variable has type "float[km]")  [typedml-unit]
    u: Count = b  # E: Incompatible types in assignment (expression has type "bool", variable has type "int[Count]")  [typedml-kind]
    if f:
        reveal_type(f)  # R: bool[Binary]
    if f is True:
        pass
    if isinstance(f, bool):
        reveal_type(f)  # R: bool[Binary]
    xs = [f, b]
    return p > 0.5
