"""Every arithmetic operator, forwards and reflected, alone and in place."""

import math
from typing import Annotated

from typedml import Unit

Km = Annotated[float, Unit("km")]
Mile = Annotated[float, Unit("mile")]
Hour = Annotated[float, Unit("hour")]
Minute = Annotated[float, Unit("minute")]
Whole = Annotated[int, Unit("km")]
Number = Annotated[float, Unit("1")]


def same(a: Km, b: Km, w: Whole) -> None:
    reveal_type(a + b)  # R: float[km]
    reveal_type(a - b)  # R: float[km]
    reveal_type(a * b)  # R: float[km**2]
    reveal_type(a / b)  # R: float[1]
    reveal_type(a // b)  # R: float[1]
    reveal_type(a % b)  # R: float[km]
    reveal_type(divmod(a, b))  # R: tuple[float[1], float[km]]
    reveal_type(a**2)  # R: float[km**2]
    reveal_type(a**0.5)  # R: float[km**(1/2)]
    reveal_type(a**-1)  # R: float[1/km]
    reveal_type(a**0)  # R: float[1]
    reveal_type(-a)  # R: float[km]
    reveal_type(+a)  # R: float[km]
    reveal_type(abs(a))  # R: float[km]
    reveal_type(round(a, 1))  # R: float[km]
    reveal_type(round(a))  # R: int[km]
    reveal_type(w + w)  # R: int[km]
    reveal_type(w - w)  # R: int[km]
    reveal_type(w * w)  # R: int[km**2]
    reveal_type(w / w)  # R: float[1]
    reveal_type(w // w)  # R: int[1]
    reveal_type(w % w)  # R: int[km]
    reveal_type(w**2)  # R: int[km**2]
    reveal_type(-w)  # R: int[km]
    reveal_type(w + a)  # R: float[km]
    reveal_type(a + w)  # R: float[km]
    reveal_type(a * w)  # R: float[km**2]
    reveal_type(math.floor(a))  # R: int[km]
    reveal_type(math.ceil(a))  # R: int[km]
    reveal_type(math.trunc(a))  # R: int[km]
    reveal_type(int(a))  # R: int[km]
    reveal_type(float(w))  # R: float[km]


def different(a: Km, b: Mile, h: Hour, m: Minute, n: Number) -> None:
    reveal_type(a / h)  # R: float[km/hour]
    reveal_type(a * h)  # R: float[hour*km]
    reveal_type(a / h / h)  # R: float[km/hour**2]
    reveal_type(a / (h * m))  # R: float[km/hour/minute]
    a + b  # E: Unsupported operand types for + ("float[km]" and "float[mile]")  [typedml-unit] # N: Hint: convert(b, "mile", "km") makes it "float[km]"
    a - b  # E: Unsupported operand types for - ("float[km]" and "float[mile]")  [typedml-unit] # N: Hint: convert(b, "mile", "km") makes it "float[km]"
    a % b  # E: Unsupported operand types for % ("float[km]" and "float[mile]")  [typedml-unit] # N: Hint: convert(b, "mile", "km") makes it "float[km]"
    a // b  # E: Unsupported operand types for // ("float[km]" and "float[mile]")  [typedml-unit] # N: Hint: convert(b, "mile", "km") makes it "float[km]"
    a + h  # E: Unsupported operand types for + ("float[km]" and "float[hour]")  [typedml-unit]
    a + n  # E: Unsupported operand types for + ("float[km]" and "float[1]")  [typedml-unit]
    n + a  # E: Unsupported operand types for + ("float[1]" and "float[km]")  [typedml-unit]
    2**a  # E: Unsupported operand types for ** ("int" and "float[km]")  [typedml-unit]
    a**b  # E: Unsupported operand types for ** ("float[km]" and "float[mile]")  [typedml-unit]
    reveal_type(n**n)  # R: float[1]
    reveal_type(a * n)  # R: float[km]
    (a + b) + h  # E: Unsupported operand types for + ("float[km]" and "float[mile]")  [typedml-unit]
    divmod(a, b)  # E: Unsupported operand types for divmod ("float[km]" and "float[mile]")  [typedml-unit] # N: Hint: convert(b, "mile", "km") makes it "float[km]"


def numbers(a: Km, w: Whole, x: float, i: int, yes: bool) -> None:
    reveal_type(a * 2)  # R: float[km]
    reveal_type(2 * a)  # R: float[km]
    reveal_type(a * 2.0)  # R: float[km]
    reveal_type(2.0 * a)  # R: float[km]
    reveal_type(a / 2)  # R: float[km]
    reveal_type(2 / a)  # R: float[1/km]
    reveal_type(1.0 / a)  # R: float[1/km]
    reveal_type(w * 2)  # R: int[km]
    reveal_type(2 * w)  # R: int[km]
    reveal_type(w * 2.0)  # R: float[km]
    reveal_type(w // 2)  # R: int[km]
    reveal_type(a * x)  # R: float[km]
    reveal_type(x * a)  # R: float[km]
    reveal_type(a / x)  # R: float[km]
    reveal_type(x / a)  # R: float[1/km]
    reveal_type(w * i)  # R: int[km]
    reveal_type(a * yes)  # R: float[km]
    a + 5.0  # E: Unsupported operand types for + ("float[km]" and "float")  [typedml-unit]
    5.0 + a  # E: Unsupported operand types for + ("float" and "float[km]")  [typedml-unit]
    a - 1  # E: Unsupported operand types for - ("float[km]" and "int")  [typedml-unit]
    1.5 - a  # E: Unsupported operand types for - ("float" and "float[km]")  [typedml-unit]
    a + x  # E: Unsupported operand types for + ("float[km]" and "float")  [typedml-unit]
    x + a  # E: Unsupported operand types for + ("float" and "float[km]")  [typedml-unit]
    x - a  # E: Unsupported operand types for - ("float" and "float[km]")  [typedml-unit]
    i + w  # E: Unsupported operand types for + ("int" and "int[km]")  [typedml-unit]
    w + 1  # E: Unsupported operand types for + ("int[km]" and "int")  [typedml-unit]
    a % 10  # E: Unsupported operand types for % ("float[km]" and "int")  [typedml-unit]
    a**x  # E: Unsupported operand types for ** ("float[km]" and "float")  [typedml-unit]
    a**i  # E: Unsupported operand types for ** ("float[km]" and "int")  [typedml-unit]
    divmod(a, 2)  # E: Unsupported operand types for divmod ("float[km]" and "int")  [typedml-unit]


def inplace(a: Km, b: Km, h: Hour, m: Mile, x: float) -> Km:
    a += b
    a -= b
    a *= 2.0
    a /= x
    a %= b
    reveal_type(a)  # R: float[km]
    a += m  # E: Unsupported operand types for + ("float[km]" and "float[mile]")  [typedml-unit] # N: Hint: convert(m, "mile", "km") makes it "float[km]"
    a -= 1.0  # E: Unsupported operand types for - ("float[km]" and "float")  [typedml-unit]
    a *= b  # E: Incompatible types in assignment (expression has type "float[km**2]", variable has type "float[km]")  [typedml-unit]
    a /= h  # E: Incompatible types in assignment (expression has type "float[km/hour]", variable has type "float[km]")  [typedml-unit]
    a **= 2  # E: Incompatible types in assignment (expression has type "float[km**2]", variable has type "float[km]")  [typedml-unit]
    a //= b  # E: Incompatible types in assignment (expression has type "float[1]", variable has type "float[km]")  [typedml-unit]
    return a


class Trip:
    length: Km = 0.0
    parts: list[Km] = []

    def extend(self, more: Km, mile: Mile) -> None:
        self.length += more
        self.parts[0] += more
        self.length += mile  # E: Unsupported operand types for + ("float[km]" and "float[mile]")  [typedml-unit] # N: Hint: convert(mile, "mile", "km") makes it "float[km]"
        self.parts[0] += mile  # E: Unsupported operand types for + ("float[km]" and "float[mile]")  [typedml-unit]


def spelled(a: Annotated[float, Unit("km/h")], b: Annotated[float, Unit("kph")], c: Annotated[float, Unit("km/hour")]) -> None:
    reveal_type(a + b)  # R: float[km/h]
    a = b
    b = c
    reveal_type(b)  # R: float[kph]
    [a, b, c]
    a < b


def angles(r: Annotated[float, Unit("rad")], d: Annotated[float, Unit("degree")], k: Km, s: Annotated[float, Unit("second")]) -> Km:
    r + d  # E: Unsupported operand types for + ("float[rad]" and "float[degree]")  [typedml-unit]
    d + 1  # E: Unsupported operand types for + ("float[degree]" and "int")  [typedml-unit]
    turning: Annotated[float, Unit("rad/second")] = 1 / s
    hertz: Annotated[float, Unit("1/second")] = r / s
    return k * r


def other(a: Km, text: str, nothing: None, items: list[int]) -> None:
    a + text  # E: Unsupported operand types for + ("float[km]" and "str")  [operator]
    text + a  # E: Unsupported operand types for + ("str" and "float[km]")  [operator]
    a + nothing  # E: Unsupported operand types for + ("float[km]" and "None")  [operator]
    a * items  # E: Unsupported operand types for * ("float[km]" and "list[int]")  [operator]
    a.missing  # E: "float[km]" has no attribute "missing"  [attr-defined]
    a()  # E: "float[km]" not callable  [operator]
    a[0]  # E: Value of type "float[km]" is not indexable  [index]
    for item in a:  # E: "float[km]" has no attribute "__iter__" (not iterable)  [attr-defined]
        pass
    a.is_integer()
    a.hex()
    f"{a:.2f}"
    str(a)
    bool(a)
    complex(a)
    print(a)
    isinstance(a, float)
