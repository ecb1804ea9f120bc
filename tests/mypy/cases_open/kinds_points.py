"""Points: instants, temperatures, places, levels and their differences."""

from typing import Annotated

from typedml import Bearing, Celsius, ClockHHMM, Duration, EpochMillis, EpochSeconds, Fahrenheit, HourOfDay, Kelvin, Latitude, Longitude, Unit, convert

Degree = Annotated[float, Unit("degC")]
Delta = Annotated[float, Unit("delta_degC")]
Second = Annotated[float, Unit("second")]
Minute = Annotated[float, Unit("minute")]
Dbm = Annotated[float, Unit("dBm")]
Gain = Annotated[float, Unit("dB")]


def temperatures(t: Celsius, u: Celsius, f: Fahrenheit, k: Kelvin, d: Degree, delta: Delta) -> None:
    reveal_type((t + u) / 2)  # R: float[Celsius]
    reveal_type(0.3 * t + 0.7 * u)  # R: float[Celsius]
    sum([t, u])  # E: Argument 1 to "sum" has incompatible type "float[Celsius]"  [typedml-kind]
    b: Fahrenheit = convert(t, "degC", "degF")
