"""Points: instants, temperatures, places, levels and their differences."""

from typing import Annotated

from typedml import Bearing, Celsius, ClockHHMM, Duration, EpochMillis, EpochSeconds, Fahrenheit, HourOfDay, Kelvin, Latitude, Longitude, Unit, convert

Degree = Annotated[float, Unit("degC")]
Delta = Annotated[float, Unit("delta_degC")]
Second = Annotated[float, Unit("second")]
Minute = Annotated[float, Unit("minute")]
Dbm = Annotated[float, Unit("dBm")]
Gain = Annotated[float, Unit("dB")]


def temperatures(t: Celsius, u: Celsius, f: Fahrenheit, k: Kelvin, d: Degree, delta: Delta) -> Celsius:
    reveal_type(t - u)  # R: float[delta_degC]
    reveal_type(t + delta)  # R: float[Celsius]
    reveal_type(delta + t)  # R: float[Celsius]
    reveal_type(t - delta)  # R: float[Celsius]
    reveal_type(d - d)  # R: float[delta_degC]
    reveal_type(t + 0.5 * (u - t))  # R: float[Celsius]
    reveal_type(k * 2)  # R: float[Kelvin]
    reveal_type(delta * 2)  # R: float[delta_degC]
    t + u  # E: Unsupported operand types for + ("float[Celsius]" and "float[Celsius]")  [typedml-kind]
    t * 2  # E: Unsupported operand types for * ("float[Celsius]" and "int")  [typedml-kind]
    2 * t  # E: Unsupported operand types for * ("int" and "float[Celsius]")  [typedml-kind]
    t * 1.8 + 32  # E: Unsupported operand types for * ("float[Celsius]" and "float")  [typedml-kind]
    t / u  # E: Unsupported operand types for / ("float[Celsius]" and "float[Celsius]")  [typedml-kind]
    delta - t  # E: Unsupported operand types for - ("float[delta_degC]" and "float[Celsius]")  [typedml-kind]
    -t  # E: Unsupported operand type for unary - ("float[Celsius]")  [typedml-kind]
    abs(t)  # E: Argument 1 to "abs" has incompatible type "float[Celsius]"  [typedml-kind]
    t - f  # E: Unsupported operand types for - ("float[Celsius]" and "float[Fahrenheit]")  [typedml-unit]
    t < f  # E: Unsupported operand types for < ("float[Celsius]" and "float[Fahrenheit]")  [typedml-unit]
    t > 0  # E: Unsupported operand types for > ("float[Celsius]" and "int")  [typedml-unit]
    t + 1.0  # E: Unsupported operand types for + ("float[Celsius]" and "float")  [typedml-unit]
    t**2  # E: Unsupported operand types for ** ("float[Celsius]" and "int")  [typedml-kind]
    max(t, u), min([t, u]), t < u, t == u
    reveal_type(max(t, u))  # R: float[Celsius]
    a: Fahrenheit = t  # E: Incompatible types in assignment (expression has type "float[Celsius]", variable has type "float[Fahrenheit]")  [typedml-unit]
    c: Celsius = 21.5
    e: Celsius = -300.0  # E: Incompatible types in assignment (expression has type "float", variable has type "float[Celsius]")  [typedml-value]
    g: Celsius = t - u  # E: Incompatible types in assignment (expression has type "float[delta_degC]", variable has type "float[Celsius]")  [typedml-kind]
    sum([t, u])  # E: Argument 1 to "sum" has incompatible type "float[Celsius]"  [typedml-kind]
    b: Fahrenheit = convert(t, "degC", "degF")
    return t


def instants(t: EpochSeconds, u: EpochSeconds, ms: EpochMillis, d: Duration, s: Second, m: Minute) -> EpochSeconds:
    reveal_type(t - u)  # R: float[second]
    reveal_type(t + s)  # R: float[EpochSeconds]
    t + m  # E: Unsupported operand types for + ("float[EpochSeconds]" and "float[minute]")  [typedml-unit] # N: Hint: convert(m, "minute", "second") makes it "float[second]"
    t - ms  # E: Unsupported operand types for - ("float[EpochSeconds]" and "int[EpochMillis]")  [typedml-unit]
    t < ms  # E: Unsupported operand types for < ("float[EpochSeconds]" and "int[EpochMillis]")  [typedml-unit]
    ms / 1000  # E: Unsupported operand types for / ("int[EpochMillis]" and "int")  [typedml-kind]
    t + t  # E: Unsupported operand types for + ("float[EpochSeconds]" and "float[EpochSeconds]")  [typedml-kind]
    gap: Duration = t - u
    gap2: Second = t - u
    return t + 60.0  # E: Unsupported operand types for + ("float[EpochSeconds]" and "float")  [typedml-unit]


def places(lat: Latitude, lon: Longitude, b: Bearing, clock: ClockHHMM, hour: HourOfDay) -> None:
    lat + lat  # E: Unsupported operand types for + ("float[Latitude]" and "float[Latitude]")  [typedml-kind]
    lat < lon  # E: Unsupported operand types for < ("float[Latitude]" and "float[Longitude]")  [typedml-kind]
    reveal_type(lat - lat)  # R: float[degree]
    a: Latitude = 91.0  # E: Incompatible types in assignment (expression has type "float", variable has type "float[Latitude]")  [typedml-value]
    b % 360
    clock + 5  # E: Unsupported operand types for + ("int[ClockHHMM]" and "int")  [typedml-kind]
    clock - clock  # E: Unsupported operand types for - ("int[ClockHHMM]" and "int[ClockHHMM]")  [typedml-kind]
    clock < clock


def levels(a: Dbm, b: Dbm, g: Gain) -> Dbm:
    reveal_type(a + g)  # R: float[dBm]
    reveal_type(a - b)  # R: float[dB]
    reveal_type(g + g)  # R: float[dB]
    a + b  # E: Unsupported operand types for + ("float[dBm]" and "float[dBm]")  [typedml-kind]
    return a + g - g
