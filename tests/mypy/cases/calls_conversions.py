"""Units that `convert` is given by constants, and `@conversion` as the place where a factor may stand."""

from enum import Enum
from typing import Annotated, Final

from typedml import Unit, conversion, convert

Km = Annotated[float, Unit("km")]
Mile = Annotated[float, Unit("mile")]
Hour = Annotated[float, Unit("hour")]
M = Annotated[float, Unit("m")]
Day = Annotated[float, Unit("day")]
Year = Annotated[float, Unit("year")]
Minute = Annotated[float, Unit("minute")]
SOURCE: Final = "km"


class Written(Enum):
    SOURCE = "km"


class Config:
    SOURCE: Final = "km"


# fmt: off
def constants(a: Km, m: Mile, text: str) -> None:
    reveal_type(convert(a, SOURCE, "mile"))  # R: float[mile]
    reveal_type(convert(a, Config.SOURCE, "mile"))  # R: float[mile]
    reveal_type(convert(a, Written.SOURCE.value, "mile"))  # R: float[mile]
    reveal_type(convert(a, text, "mile"))  # R: float
    convert(m, SOURCE, "mile")  # E: Argument 1 to "convert" has incompatible type "float[mile]"; expected "float[km]"  [typedml-unit]
    convert(m, Config.SOURCE, "mile")  # E: Argument 1 to "convert" has incompatible type "float[mile]"; expected "float[km]"  [typedml-unit]
    convert(m, Written.SOURCE.value, "mile")  # E: Argument 1 to "convert" has incompatible type "float[mile]"; expected "float[km]"  [typedml-unit]


@conversion
def to_hours(t: Minute) -> Hour:
    return t / 60


@conversion
def multiplied(t: Minute) -> Hour:
    return t * 60  # E: Incompatible return value type (got "float[minute]", expected "float[hour]")  [typedml-unit]


@conversion
def untouched(t: Minute) -> Hour:
    return t  # E: Incompatible return value type (got "float[minute]", expected "float[hour]")  [typedml-unit]


@conversion("minute", "hour")
def named(t: Minute) -> Hour:
    hours = t * (1 / 60)
    return hours / 1  # E: Incompatible return value type (got "float[minute]", expected "float[hour]")  [typedml-unit]


def elsewhere(t: Minute) -> Hour:
    return t / 60  # E: Incompatible return value type (got "float[minute]", expected "float[hour]")  [typedml-unit]


@conversion
def exact(k: Km) -> M:
    return k * 1000


@conversion
def slightly(k: Km) -> M:
    return k * 1005  # E: Incompatible return value type (got "float[km]", expected "float[m]")  [typedml-unit]


@conversion
def nearly(k: Km) -> M:
    return k * 1001.0  # E: Incompatible return value type (got "float[km]", expected "float[m]")  [typedml-unit]


@conversion
def in_steps(d: Day) -> Minute:
    return d * 24 * 61  # E: Incompatible return value type (got "float[day]", expected "float[minute]")  [typedml-unit]


@conversion
def stepwise(d: Day) -> Minute:
    return d * 24 * 60.0


@conversion
def rounded(m: Mile) -> Km:
    return m * 1.609


@conversion
def coarse(m: Mile) -> Km:
    return m * 1.6


@conversion
def inverse(k: Km) -> Mile:
    return k / 1.609344


@conversion
def transposed(m: Mile) -> Km:
    return m * 1.619  # E: Incompatible return value type (got "float[mile]", expected "float[km]")  [typedml-unit]


@conversion
def years(y: Year) -> Day:
    return y * 365


@conversion
def leap(y: Year) -> Day:
    return y * 366  # E: Incompatible return value type (got "float[year]", expected "float[day]")  [typedml-unit]
