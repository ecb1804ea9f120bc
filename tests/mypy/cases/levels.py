"""Levels: logarithms of quantities re their unit, decibels, and the ways back."""

import math
from typing import Annotated

from typedml import Unit

Km = Annotated[float, Unit("km")]
Metre = Annotated[float, Unit("m")]
Usd = Annotated[float, Unit("USD")]
Power = Annotated[float, Unit("mW")]
Volt = Annotated[float, Unit("V")]
Dbm = Annotated[float, Unit("dBm")]
Gain = Annotated[float, Unit("dB")]
LogKm = Annotated[float, Unit("log(km)")]


def logarithms(a: Km, b: Km, m: Metre) -> None:
    reveal_type(math.log(a))  # R: float[log(km)]
    reveal_type(math.log10(a))  # R: float[log10(km)]
    reveal_type(math.log(a) - math.log(b))  # R: float[1]
    reveal_type(math.exp(math.log(a) + 0.5))  # R: float[km]
    math.log(a) - math.log(m)  # E: Unsupported operand types for - ("float[log(km)]" and "float[log(m)]")  [typedml-unit] # N: Hint: math.log(convert(m, "m", "km")) instead of math.log(m): it is in "log(km)"
    math.log(a) + math.log(b)  # E: Unsupported operand types for + ("float[log(km)]" and "float[log(km)]")  [typedml-kind]
    math.log1p(a)  # E: Argument 1 to "log1p" has incompatible type "float[km]"  [typedml-unit]
    math.exp(math.log10(a))  # E: Argument 1 to "exp" has incompatible type "float[log10(km)]"  [typedml-kind] # N: Hint: 10 ** math.log10(a) instead of math.exp(math.log10(a)): it gives "float[km]"


def declared(a: Km, m: Metre) -> LogKm:
    x: LogKm = math.log(m)  # E: Incompatible types in assignment (expression has type "float[log(m)]", variable has type "float[log(km)]")  [typedml-unit]
    return math.log(a)


def returns(before: Usd, after: Usd) -> float:
    return math.log(after / before)


def decibels(p: Power, v: Volt, g: Gain, level: Dbm) -> Dbm:
    reveal_type(20 * math.log10(v))  # R: float[20*log10(V)]
    reveal_type(level / 10)  # R: float[log10(mW)]
    reveal_type(10 ** (level / 10))  # R: float[mW]
    reveal_type(p * 10 ** (g / 10))  # R: float[mW]
    10 * math.log10(v)  # E: Unsupported operand types for * ("int" and "float[log10(V)]")  [typedml-kind] # N: Hint: decibels of "V" are 20 * log10(v); log10(v / reference) is a number, which adds and scales
    level * 2  # E: Unsupported operand types for * ("float[dBm]" and "int")  [typedml-kind]
    return 10 * math.log10(p) + g
