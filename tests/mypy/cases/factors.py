"""A number that looks like a conversion is noted where nothing is wrong, and nowhere else."""

import math
from decimal import Decimal
from typing import Annotated, Final

from typedml import Count, Probability, Unit, UnitInterval, conversion, convert

Hours = Annotated[float, Unit("hour")]
Minutes = Annotated[float, Unit("minute")]
Km = Annotated[float, Unit("km")]
Radians = Annotated[float, Unit("radian")]
Speed = Annotated[float, Unit("km/hour")]
Pounds = Annotated[float, Unit("pound")]
Inches = Annotated[float, Unit("inch")]
Dollars = Annotated[float, Unit("USD")]
Millis = Annotated[int, Unit("millisecond")]
Exact = Annotated[Decimal, Unit("minute")]
MINUTES: Final = 60
rounds = 60


def told(h: Hours, m: Minutes, km: Km, v: Speed, ms: Millis, exact: Exact) -> None:
    h * 60  # N: 60 is the factor between "hour" and "minute", but h * 60 is still in "hour" # N: Hint: convert(h, "hour", "minute") instead of h * 60: it gives "float[minute]"
    60 * h  # N: 60 is the factor between "hour" and "minute", but 60 * h is still in "hour" # N: Hint: convert(h, "hour", "minute") instead of 60 * h: it gives "float[minute]"
    m / 60  # N: 60 is the factor between "minute" and "hour", but m / 60 is still in "minute" # N: Hint: convert(m, "minute", "hour") instead of m / 60: it gives "float[hour]"
    h * MINUTES  # N: 60 is the factor between "hour" and "minute", but h * MINUTES is still in "hour" # N: Hint: convert(h, "hour", "minute") instead of h * MINUTES: it gives "float[minute]"
    km * 0.621  # N: 0.621 is the factor between "km" and "mile", but km * 0.621 is still in "km" # N: Hint: convert(km, "km", "mile") instead of km * 0.621: it gives "float[mile]"
    v / 3.6  # N: 3.6 is the factor between "km/hour" and "m/s", but v / 3.6 is still in "km/hour" # N: Hint: convert(v, "km/hour", "m/s") instead of v / 3.6: it gives "float[m/s]"
    ms / 1000  # N: 1000 is the factor between "millisecond" and "second", but ms / 1000 is still in "millisecond" # N: Hint: convert(ms, "millisecond", "second") instead of ms / 1000: it gives "float[second]"
    ms * 1e-3  # N: 1000 is the factor between "millisecond" and "second", but ms * 1e-3 is still in "millisecond" # N: Hint: convert(ms, "millisecond", "second") instead of ms * 1e-3: it gives "float[second]"
    60 / m  # N: 60 is the factor between "1/minute" and "1/hour", but 60 / m is still in "1/minute" # N: Hint: convert(1 / m, "1/minute", "1/hour") instead of 60 / m: it gives "float[1/hour]"
    exact / 60  # N: 60 is the factor between "minute" and "hour", but exact / 60 is still in "minute" # N: Hint: convert(exact, "minute", "hour") instead of exact / 60: it gives "float[hour]"


def told_once(h: Hours, km: Km, m: Minutes, r: Radians) -> None:
    h * 60 * 60  # N: 3600 is the factor between "hour" and "second", but h * 60 * 60 is still in "hour" # N: Hint: convert(h, "hour", "second") instead of h * 60 * 60: it gives "float[second]"
    h * 60 * 2  # N: 60 is the factor between "hour" and "minute", but h * 60 is still in "hour" # N: Hint: convert(h, "hour", "minute") instead of h * 60: it gives "float[minute]"
    r * 180 / math.pi  # N: 57.29577951 is the factor between "radian" and "degree", but r * 180 / math.pi is still in "radian" # N: Hint: convert(r, "radian", "degree") instead of r * 180 / math.pi: it gives "float[degree]"
    r * (180 / math.pi)  # N: 57.29577951 is the factor between "radian" and "degree", but r * (180 / math.pi) is still in "radian" # N: Hint: convert(r, "radian", "degree") instead of r * (180 / math.pi): it gives "float[degree]"
    km * 1000 / m / 60  # N: 1000 is the factor between "km" and "m", but km * 1000 is still in "km" # N: Hint: convert(km, "km", "m") instead of km * 1000: it gives "float[m]"
    km / m * 60  # N: 60 is the factor between "km/minute" and "km/hour", but km / m * 60 is still in "km/minute" # N: Hint: convert(km / m, "km/minute", "km/hour") instead of km / m * 60: it gives "float[km/hour]"


def told_in_calls(h: Hours, m: Minutes, pounds: Pounds, inches: Inches) -> None:
    round(h * 60)  # N: 60 is the factor between "hour" and "minute", but h * 60 is still in "hour" # N: Hint: convert(h, "hour", "minute") instead of h * 60: it gives "float[minute]"
    max(pounds / 2.20462, 0.0)  # N: 2.20462 is the factor between "pound" and "kg", but pounds / 2.20462 is still in "pound" # N: Hint: convert(pounds, "pound", "kg") instead of pounds / 2.20462: it gives "float[kg]"
    print(f"{inches * 25.4:.1f} mm")  # N: 25.4 is the factor between "inch" and "mm", but inches * 25.4 is still in "inch" # N: Hint: convert(inches, "inch", "mm") instead of inches * 25.4: it gives "float[mm]"
    [each / 60 for each in [m, m]]  # N: 60 is the factor between "minute" and "hour", but each / 60 is still in "minute" # N: Hint: convert(each, "minute", "hour") instead of each / 60: it gives "float[hour]"
    reveal_type(h * 60)  # R: float[hour] # N: 60 is the factor between "hour" and "minute", but h * 60 is still in "hour" # N: Hint: convert(h, "hour", "minute") instead of h * 60: it gives "float[minute]"


def told_of_a_variable(h: Hours) -> None:
    h *= 60  # N: 60 is the factor between "hour" and "minute", but h *= 60 is still in "hour" # N: Hint: a variable keeps its unit: give convert(h, "hour", "minute") a name of its own


def an_error_says_it_all(h: Hours, m: Minutes) -> Minutes:
    h + m / 60  # E: Unsupported operand types for + ("float[hour]" and "float[minute]")  [typedml-unit] # N: Hint: convert(m, "minute", "hour") instead of m / 60: it gives "float[hour]"
    silenced: Hours = m / 60  # type: ignore[typedml-unit]
    print(h * 60, silenced)  # type: ignore[typedml-factor]
    return h * 60  # E: Incompatible return value type (got "float[hour]", expected "float[minute]")  [typedml-unit] # N: Hint: convert(h, "hour", "minute") instead of h * 60: it gives "float[minute]"


def numbers_of_things(h: Hours, m: Minutes, km: Km, n: Count, p: Probability, u: UnitInterval) -> None:
    print(2 * h, h * 24, h / 60, h * 59, h * 60.5, m * 60, km * 10, km / 2, h * 60 / 60)
    print(n * 60, p * 100, u * 100, 24 * n, n / 1000, u * 1000, km * 100, km * 0.01)
    print(h > h * 60, h * 60 < h, h + 60 * h, m / 60 - m)


def money(price: Dollars) -> Dollars:
    return price * 12 + price * 100 + price / 1000


def by_name(h: Hours) -> Hours:
    return h * rounds


@conversion
def to_minutes(h: Hours) -> Minutes:
    print(h * 60)
    return h * 60


def right(h: Hours) -> Minutes:
    return convert(h, "hour", "minute")
