"""A hint gives what is wanted of the whole: the unit of the result, None where it may be, a number of a span."""

from datetime import date, datetime, timedelta
from typing import Annotated, Optional

from typedml import ClockHHMM, EpochMillis, EpochSeconds, Proportion, Radians, Unit, convert

Km = Annotated[float, Unit("km")]
Metre = Annotated[float, Unit("m")]
Hour = Annotated[float, Unit("hour")]
Second = Annotated[float, Unit("second")]
Day = Annotated[float, Unit("day")]
Click = Annotated[int, Unit("click")]
View = Annotated[int, Unit("view")]
Rate = Annotated[float, Unit("click/view")]


def added(x: Km, y: Metre) -> Metre:
    z: Metre = x - y  # E: Unsupported operand types for - ("float[km]" and "float[m]")  [typedml-unit] # N: Hint: convert(x, "km", "m") makes it "float[m]"
    w: Km = x + y  # E: Unsupported operand types for + ("float[km]" and "float[m]")  [typedml-unit] # N: Hint: convert(y, "m", "km") makes it "float[km]"
    x + y  # E: Unsupported operand types for + ("float[km]" and "float[m]")  [typedml-unit] # N: Hint: convert(y, "m", "km") makes it "float[km]"
    print(z, w)
    return x + y  # E: Unsupported operand types for + ("float[km]" and "float[m]")  [typedml-unit] # N: Hint: convert(x, "km", "m") makes it "float[m]"


def rate(c: Click, v: View) -> Rate:
    return v / c  # E: Incompatible return value type (got "float[view/click]", expected "float[click/view]")  [typedml-unit] # N: Hint: 1 / (v / c) makes it "float[click/view]"


class Leg:
    def __init__(self, walked: Optional[Metre]) -> None:
        self.walked = walked


def found(x: Optional[Metre], legs: dict[str, Metre], leg: Leg, flag: bool) -> Optional[Km]:
    y: Km = x  # E: Incompatible types in assignment (expression has type "float[m] | None", variable has type "float[km]")  [typedml-unit] # N: Hint: handle None first, then convert(x, "m", "km") makes it "float[km]"
    z: Optional[Km] = leg.walked  # E: Incompatible types in assignment (expression has type "float[m] | None", variable has type "float[km] | None")  [typedml-unit] # N: Hint: None if leg.walked is None else convert(leg.walked, "m", "km") makes it "float[km] | None"
    u: Optional[Km] = legs.get("a")  # E: Incompatible types in assignment (expression has type "float[m] | None", variable has type "float[km] | None")  [typedml-unit] # N: Hint: handle None first, then convert(legs.get("a"), "m", "km") makes it "float[km]"
    v: Optional[Km] = legs["a"] if flag else None  # E: Incompatible types in assignment (expression has type "float[m] | None", variable has type "float[km] | None")  [typedml-unit] # N: Hint: convert(legs["a"], "m", "km") makes it "float[km]"
    print(y, z, u, v)
    return x  # E: Incompatible return value type (got "float[m] | None", expected "float[km] | None")  [typedml-unit] # N: Hint: None if x is None else convert(x, "m", "km") makes it "float[km] | None"


def waited(a: datetime, b: datetime, c: date, d: date, span: timedelta) -> Second:
    days: Day = d - c  # E: Incompatible types in assignment (expression has type "timedelta", variable has type "float[day]")  [typedml-unit] # N: Hint: convert((d - c).total_seconds(), "second", "day") makes it "float[day]"
    whole: Annotated[int, Unit("hour")] = b - a  # E: Incompatible types in assignment (expression has type "timedelta", variable has type "int[hour]")  [typedml-unit] # N: Hint: round(convert((b - a).total_seconds(), "second", "hour")) makes it "int[hour]"
    hours: Hour = span / timedelta(hours=1)  # E: Incompatible types in assignment (expression has type "float[1]", variable has type "float[hour]")  [typedml-unit] # N: Hint: convert(span.total_seconds(), "second", "hour") instead of span / timedelta(hours=1): it gives "float[hour]"
    shifts: Hour = span / timedelta(hours=8)  # E: Incompatible types in assignment (expression has type "float[1]", variable has type "float[hour]")  [typedml-unit] # N: Hint: no conversion leads from "1" to "hour"
    print(days, whole, hours, shifts)
    return b - a  # E: Incompatible return value type (got "timedelta", expected "float[second]")  [return-value] # N: Hint: (b - a).total_seconds() makes it "float[second]"


Latency = Annotated[float, Unit("millisecond")]
PerDay = Annotated[float, Unit("1/day")]


def between(x: EpochSeconds, y: EpochMillis) -> Second:
    return y - x  # E: Unsupported operand types for - ("int[EpochMillis]" and "float[EpochSeconds]")  [typedml-unit] # N: Hint: convert(y, "millisecond", "second") makes it "float[EpochSeconds]"


def started(x: EpochSeconds) -> EpochMillis:
    return round(convert(x, "second", "millisecond"))


def smoothed(x: Latency, y: Latency) -> Latency:
    return x * 4 * y  # E: Incompatible return value type (got "float[millisecond**2]", expected "float[millisecond]")  [typedml-unit] # N: Hint: no conversion leads from "millisecond**2" to "millisecond"


def hazard(exposure: Day, deaths: int) -> PerDay:
    return exposure / deaths  # E: Incompatible return value type (got "float[day]", expected "float[1/day]")  [typedml-unit] # N: Hint: 1 / (exposure / deaths) makes it "float[1/day]"


def angles(x: Proportion, at: ClockHHMM, turn: Radians, degrees: Annotated[float, Unit("degree")]) -> Radians:
    minutes: Annotated[int, Unit("minute")] = at  # E: Incompatible types in assignment (expression has type "int[ClockHHMM]", variable has type "int[minute]")  [typedml-unit] # N: Hint: decode it first: raw(at) // 100 is the hour and raw(at) % 100 the minute
    share: Proportion = turn  # E: Incompatible types in assignment (expression has type "float[Radians]", variable has type "float[Proportion]")  [typedml-unit] # N: Hint: an angle in "radian" becomes a number by its name: raw(turn)
    other: Proportion = degrees  # E: Incompatible types in assignment (expression has type "float[degree]", variable has type "float[Proportion]")  [typedml-unit] # N: Hint: an angle in "radian" becomes a number by its name: raw(convert(degrees, "degree", "radian"))
    print(minutes, share, other)
    return 2 * x  # E: Incompatible return value type (got "float[1]", expected "float[Radians]")  [typedml-unit] # N: Hint: RADIANS(raw(2 * x)) makes it "float[Radians]", if it is an angle in "radian"
