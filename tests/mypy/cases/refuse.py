"""What the algebra must refuse, as far as scalars go."""

import math
from typing import Annotated

from typedml import Celsius, Count, EpochMillis, EpochSeconds, Kelvin, Label, Logit, LogProbability, Probability, Threshold, Unit
from typedml import COUNT

Minutes = Annotated[float, Unit("minute")]
Hours = Annotated[float, Unit("hour")]
Degrees = Annotated[float, Unit("degree")]
Usd = Annotated[float, Unit("USD")]
Eur = Annotated[float, Unit("EUR")]
Dbm = Annotated[float, Unit("dBm")]
Variance = Annotated[float, Unit("km**2")]
Km = Annotated[float, Unit("km")]
Miles = Annotated[float, Unit("mile")]
Mph = Annotated[float, Unit("mile/hour")]
Fraction = Annotated[float, Unit("1")]
Percent = Annotated[float, Unit("percent")]


def ground_speed(distance: Miles, air_time: Minutes) -> Mph:
    return distance / air_time  # E: Incompatible return value type (got "float[mile/minute]", expected "float[mile/hour]")  [typedml-unit] # N: Hint: convert(air_time, "minute", "hour") makes it "float[mile/hour]"


def minutes_as_hours(m: Minutes) -> Hours:
    return m  # E: Incompatible return value type (got "float[minute]", expected "float[hour]")  [typedml-unit] # N: Hint: convert(m, "minute", "hour") makes it "float[hour]"


def silent_minutes(m: Minutes) -> Hours:
    return m / 60  # E: Incompatible return value type (got "float[minute]", expected "float[hour]")  [typedml-unit] # N: Hint: convert(m, "minute", "hour") instead of m / 60: it gives "float[hour]"


def clocks(ms: EpochMillis, s: EpochSeconds) -> float:
    return ms - s  # E: Unsupported operand types for - ("int[EpochMillis]" and "float[EpochSeconds]")  [typedml-unit]


def fahrenheit(t: Celsius) -> float:
    return t * 1.8 + 32  # E: Unsupported operand types for * ("float[Celsius]" and "float")  [typedml-kind]


def seconds(t: EpochMillis) -> float:
    return t / 1000  # E: Unsupported operand types for / ("int[EpochMillis]" and "int")  [typedml-kind]


def percent(x: Fraction) -> Percent:
    return x * 100  # E: Incompatible return value type (got "float[1]", expected "float[percent]")  [typedml-unit]


def logits(p: Probability, z: Logit) -> float:
    return p + z  # E: Unsupported operand types for + ("float[Probability]" and "float[Logit]")  [typedml-kind]


def cut(cut: Threshold[Probability]) -> float:
    return cut * 2  # E: Unsupported operand types for * ("float[Threshold[Probability]]" and "int")  [typedml-kind]


def logit_cut(z: Logit, cut: Threshold[Probability]) -> bool:
    return z > cut  # E: Unsupported operand types for > ("float[Logit]" and "float[Threshold[Probability]]")  [typedml-kind]


def added(p: Probability, q: Probability) -> Probability:
    return p + q  # E: Incompatible return value type (got "float[1]", expected "float[Probability]")  [typedml-kind]


def twice(p: Probability) -> Probability:
    return 2 * p  # E: Incompatible return value type (got "float[1]", expected "float[Probability]")  [typedml-kind]


def points(t: Celsius, u: Celsius) -> float:
    return t + u  # E: Unsupported operand types for + ("float[Celsius]" and "float[Celsius]")  [typedml-kind]


def labels(a: Label, b: Label) -> float:
    return (a + b) / 2  # E: Unsupported operand types for + ("int[Label]" and "int[Label]")  [typedml-kind]


def log_twice(lp: LogProbability) -> float:
    return math.log(lp)  # E: Argument 1 to "log" has incompatible type "float[LogProbability]"  [typedml-kind]


def deviation(variance: Variance) -> Km:
    return variance  # E: Incompatible return value type (got "float[km**2]", expected "float[km]")  [typedml-unit]


def click_view(clicks: Annotated[int, COUNT, Unit("click")], views: Annotated[int, COUNT, Unit("view")]) -> bool:
    return clicks > views  # E: Unsupported operand types for > ("int[Count, click]" and "int[Count, view]")  [typedml-unit]


def money(a: Usd, b: Eur) -> Usd:
    return a + b  # E: Unsupported operand types for + ("float[USD]" and "float[EUR]")  [typedml-unit]


def mass(a: Annotated[float, Unit("percent")]) -> float:
    return a + 1  # E: Unsupported operand types for + ("float[percent]" and "int")  [typedml-unit]


def exponential(a: Km, p: Probability) -> None:
    math.exp(a)  # E: Argument 1 to "exp" has incompatible type "float[km]"  [typedml-unit]
    math.exp(p)  # E: Argument 1 to "exp" has incompatible type "float[Probability]"  [typedml-kind]


def dbm(a: Dbm, b: Dbm) -> Dbm:
    return a + b  # E: Unsupported operand types for + ("float[dBm]" and "float[dBm]")  [typedml-kind]


def sine(d: Degrees) -> float:
    return math.sin(d)  # E: Argument 1 to "sin" has incompatible type "float[degree]"; expected "float[radian]"  [typedml-unit] # N: Hint: convert(d, "degree", "radian") makes it "float[radian]"
