"""Scalars of numpy: a `np.float64` is a float, and all of them carry what is declared."""

from typing import Annotated

import numpy as np

from typedml import COUNT, Unit, convert, raw

Km64 = Annotated[np.float64, Unit("km")]
Hour64 = Annotated[np.float64, Unit("hour")]
Km32 = Annotated[np.float32, Unit("km")]
Seats = Annotated[np.int64, COUNT]
Any1 = Annotated[np.floating, Unit("km")]
Pixels = Annotated[np.uint8, Unit("km")]
Ohm = Annotated[np.complex128, Unit("ohm")]
Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]


def f(a: Km64, b: Km64, h: Hour64, k: Km, t: Hour, x: np.float64, c: Km32, n: Seats, y: float, m: Any1, o: Ohm, u: Pixels) -> Km64:
    reveal_type(a)  # R: float64[km]
    reveal_type(a + b)  # R: float64[km]
    reveal_type(a / h)  # R: float64[km/hour]
    reveal_type(a * x)  # R: float64[km]
    reveal_type(x * a)  # R: float64[km]
    reveal_type(a * 2)  # R: float64[km]
    reveal_type(2.0 * a)  # R: float64[km]
    reveal_type(k + a)  # R: float64[km]
    reveal_type(a + k)  # R: float64[km]
    reveal_type(k * x)  # R: float64[km]
    reveal_type(x * k)  # R: float64[km]
    reveal_type(k / h)  # R: float64[km/hour]
    reveal_type(a ** 2)  # R: float64[km**2]
    reveal_type(-a)  # R: float64[km]
    reveal_type(abs(a))  # R: float64[km]
    reveal_type(round(a, 1))  # R: float64[km]
    reveal_type(float(a))  # R: float[km]
    reveal_type(a > b)  # R: numpy.bool[bool]
    reveal_type(a == b)  # R: Any
    reveal_type(c + c)  # R: floating[km]
    reveal_type(c * 2)  # R: floating[km]
    reveal_type(n + n)  # R: signedinteger[Count]
    reveal_type(n * k)  # R: float64[km]
    reveal_type(m + m)  # R: floating[km]
    reveal_type(o * 2)  # R: complex128[ohm]
    reveal_type(u)  # R: unsignedinteger[km]
    reveal_type(max(a, b))  # R: float64[km]
    reveal_type(sum([a, b]))  # R: float64[km]
    reveal_type(raw(a))  # R: numpy.float64
    reveal_type(a.item())  # R: float
    reveal_type(divmod(a, b))  # R: tuple[float64[1], float64[km]]
    a + h  # E: Unsupported operand types for + ("float64[km]" and "float64[hour]")  [typedml-unit]
    a + t  # E: Unsupported operand types for + ("float64[km]" and "float[hour]")  [typedml-unit]
    k + h  # E: Unsupported operand types for + ("float[km]" and "float64[hour]")  [typedml-unit]
    h + k  # E: Unsupported operand types for + ("float64[hour]" and "float[km]")  [typedml-unit]
    x + a  # E: Unsupported operand types for + ("float64" and "float64[km]")  [typedml-unit]
    a + x  # E: Unsupported operand types for + ("float64[km]" and "float64")  [typedml-unit]
    k + x  # E: Unsupported operand types for + ("float[km]" and "float64")  [typedml-unit]
    x + k  # E: Unsupported operand types for + ("float64" and "float[km]")  [typedml-unit]
    x < k  # E: Unsupported operand types for < ("float64" and "float[km]")  [typedml-unit]
    k < x  # E: Unsupported operand types for < ("float[km]" and "float64")  [typedml-unit]
    a < h  # E: Unsupported operand types for < ("float64[km]" and "float64[hour]")  [typedml-unit]
    a == h  # E: Unsupported operand types for == ("float64[km]" and "float64[hour]")  [typedml-unit]
    a + 1  # E: Unsupported operand types for + ("float64[km]" and "int")  [typedml-unit]
    c + n  # E: Unsupported operand types for + ("floating[km]" and "signedinteger[Count]")  [typedml-unit]
    c < n  # E: Unsupported operand types for < ("floating[km]" and "signedinteger[Count]")  [typedml-unit]
    d: Km = a
    e: Km64 = k  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "float64[km]")  [assignment]
    g: Hour = a  # E: Incompatible types in assignment (expression has type "float64[km]", variable has type "float[hour]")  [typedml-unit]
    i: Hour64 = a  # E: Incompatible types in assignment (expression has type "float64[km]", variable has type "float64[hour]")  [typedml-unit]
    j: np.float64 = a
    l: float = a
    p: Km64 = x  # E: Incompatible types in assignment (expression has type "float64", variable has type "float64[km]")  [typedml-unit]
    q: Km64 = np.float64(3.0)
    r: Any1 = a
    total = np.float64(0.0)
    total += a
    reveal_type(total)  # R: float64[km]
    total += h  # E: Unsupported operand types for + ("float64[km]" and "float64[hour]")  [typedml-unit]
    return a * 2


def unseen(
    a: Annotated[np.bool, COUNT],  # E: mypy sees no meaning on values of class "bool"  [typedml-unread]
    b: Annotated[np.timedelta64, Unit("second")],  # E: mypy sees no meaning on values of class "timedelta64"  [typedml-unread]
    c: Annotated[np.datetime64, Unit("second")],  # E: mypy sees no meaning on values of class "datetime64"  [typedml-unread]
) -> None: ...


def converted(single: Annotated[np.float32, Unit("minute")], whole: Annotated[np.int64, Unit("minute")]) -> None:
    reveal_type(convert(single, "minute", "hour"))  # R: floating[hour]
    reveal_type(convert(whole, "minute", "hour"))  # R: float[hour]
