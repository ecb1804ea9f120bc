"""A zero point that is moved by hand is one conversion, and may stand where a function says that it is one."""

from typing import Annotated

from typedml import Celsius, EpochMillis, EpochSeconds, Kelvin, Unit, conversion

Fahrenheit = Annotated[float, Unit("degF")]


def by_hand(c: Celsius, k: Kelvin, t: Fahrenheit) -> None:
    c + 273.15  # E: Unsupported operand types for + ("float[Celsius]" and "float")  [typedml-unit] # N: Hint: convert(c, "degC", "kelvin") instead of c + 273.15: it gives "float[Kelvin]"
    273 + c  # E: Unsupported operand types for + ("int" and "float[Celsius]")  [typedml-unit] # N: Hint: convert(c, "degC", "kelvin") instead of 273 + c: it gives "float[Kelvin]"
    k - 273.15  # E: Unsupported operand types for - ("float[Kelvin]" and "float")  [typedml-unit] # N: Hint: convert(k, "kelvin", "degC") instead of k - 273.15: it gives "float[degC]"
    (t - 32) / 1.8  # E: Unsupported operand types for - ("float[degF]" and "int")  [typedml-unit] # N: Hint: convert(t, "degF", "degC") instead of (t - 32) / 1.8: it gives "float[degC]"
    (t - 32) * 5 / 9  # E: Unsupported operand types for - ("float[degF]" and "int")  [typedml-unit] # N: Hint: convert(t, "degF", "degC") instead of (t - 32) * 5 / 9: it gives "float[degC]"
    c * 9 / 5 + 32  # E: Unsupported operand types for * ("float[Celsius]" and "int")  [typedml-kind] # N: Hint: convert(c, "degC", "degF") instead of c * 9 / 5 + 32: it gives "float[Fahrenheit]"
    c + 12.5  # E: Unsupported operand types for + ("float[Celsius]" and "float")  [typedml-unit] # N: Hint: DELTA_DEGC(12.5) makes it "float[delta_degC]", with DELTA_DEGC = Unit("delta_degC")


def in_place(c: Celsius) -> None:
    c += 273.15  # E: Unsupported operand types for + ("float[Celsius]" and "float")  [typedml-unit] # N: Hint: DELTA_DEGC(273.15) makes it "float[delta_degC]", with DELTA_DEGC = Unit("delta_degC")


def returned(c: Celsius) -> Kelvin:
    return c + 273.15  # E: Unsupported operand types for + ("float[Celsius]" and "float")  [typedml-unit] # N: Hint: convert(c, "degC", "kelvin") instead of c + 273.15: it gives "float[Kelvin]"


@conversion
def kelvin(c: Celsius) -> Kelvin:
    return c + 273.15


@conversion
def celsius(t: Fahrenheit) -> Celsius:
    return (t - 32) * 5 / 9


@conversion
def fahrenheit(c: Celsius) -> Fahrenheit:
    return c * 1.8 + 32


@conversion
def seconds(moment: EpochMillis) -> EpochSeconds:
    return moment / 1000


@conversion
def wrong_zero(c: Celsius) -> Fahrenheit:
    return c * 1.8 + 30  # E: Unsupported operand types for * ("float[Celsius]" and "float")  [typedml-kind]


@conversion
def wrong_factor(moment: EpochMillis) -> EpochSeconds:
    return moment / 60  # E: Unsupported operand types for / ("int[EpochMillis]" and "int")  [typedml-kind]


@conversion
def wrong_sign(c: Celsius) -> Kelvin:
    return c - 273.15  # E: Unsupported operand types for - ("float[Celsius]" and "float")  [typedml-unit]


@conversion
def not_returned(c: Celsius) -> Kelvin:
    shifted = c + 273.15  # E: Unsupported operand types for + ("float[Celsius]" and "float")  [typedml-unit]
    return shifted


@conversion
def of_two(c: Celsius, k: Kelvin) -> Kelvin:
    return c + k * 273.15  # E: Unsupported operand types for + ("float[Celsius]" and "float[Kelvin]")  [typedml-kind]
