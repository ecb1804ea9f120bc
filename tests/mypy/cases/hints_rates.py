"""What leads from one dimension to another is named where the author has it, and nothing else is."""

from collections import deque
from decimal import Decimal
from typing import Annotated, Final, NamedTuple, Sequence

from typedml import Unit, convert

Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]
Minute = Annotated[float, Unit("minute")]
Second = Annotated[float, Unit("second")]
Speed = Annotated[float, Unit("km/hour")]
Exact = Annotated[Decimal, Unit("hour")]
ExactMinutes = Annotated[Decimal, Unit("minute")]
PRICE: Final[Annotated[float, Unit("USD/kg")]] = 2.0


class Shift(NamedTuple):
    start: Hour
    end: Hour


def without(d: Km, h: Hour) -> None:
    d + h  # E: Unsupported operand types for + ("float[km]" and "float[hour]")  [typedml-unit] # N: Hint: no conversion leads from "hour" to "km"
    wrong: Km = h  # E: Incompatible types in assignment (expression has type "float[hour]", variable has type "float[km]")  [typedml-unit] # N: Hint: no conversion leads from "hour" to "km"
    max(d, h)  # E: Arguments of "max" have incompatible types "float[km]" and "float[hour]"  [typedml-unit] # N: Hint: no conversion leads from "hour" to "km"
    print(wrong)


def at_hand(d: Km, h: Hour, speed: Speed) -> Hour:
    d + h  # E: Unsupported operand types for + ("float[km]" and "float[hour]")  [typedml-unit] # N: Hint: h * speed makes it "float[km]"
    far: Km = h  # E: Incompatible types in assignment (expression has type "float[hour]", variable has type "float[km]")  [typedml-unit] # N: Hint: h * speed makes it "float[km]"
    print(far)
    return d  # E: Incompatible return value type (got "float[km]", expected "float[hour]")  [typedml-unit] # N: Hint: d / speed makes it "float[hour]"


def made(d: Km, h: Hour, later: Hour) -> None:
    pace = d / h
    d + later  # E: Unsupported operand types for + ("float[km]" and "float[hour]")  [typedml-unit] # N: Hint: later * pace makes it "float[km]"


def of_the_module(weight: Annotated[float, Unit("kg")], paid: Annotated[float, Unit("USD")]) -> None:
    paid + weight  # E: Unsupported operand types for + ("float[USD]" and "float[kg]")  [typedml-unit] # N: Hint: weight * PRICE makes it "float[USD]"


def elsewhere(speed: Annotated[float, Unit("m/s")], d: Km, h: Hour) -> None:
    d + h  # E: Unsupported operand types for + ("float[km]" and "float[hour]")  [typedml-unit] # N: Hint: no conversion leads from "hour" to "km"


def no_rates(d: Km, area: Annotated[float, Unit("km**2")], flag: bool, price: Annotated[float, Unit("USD")]) -> None:
    area + d  # E: Unsupported operand types for + ("float[km**2]" and "float[km]")  [typedml-unit] # N: Hint: no conversion leads from "km" to "km**2"
    price + flag  # E: Unsupported operand types for + ("float[USD]" and "bool")  [typedml-unit] # N: Hint: no conversion leads from "1" to "USD"


def exact(x: Exact, y: ExactMinutes) -> ExactMinutes:
    y + x  # E: Unsupported operand types for + ("Decimal[minute]" and "Decimal[hour]")  [typedml-unit] # N: Hint: convert(x, "hour", "minute") makes it "Decimal[minute]"
    reveal_type(convert(x, "hour", "minute"))  # R: Decimal[minute]
    return x  # E: Incompatible return value type (got "Decimal[hour]", expected "Decimal[minute]")  [typedml-unit] # N: Hint: convert(x, "hour", "minute") makes it "Decimal[minute]"


def converted(ms: list[Minute], m: Minute) -> list[Hour]:
    z: list[Hour] = convert(ms, "minute", "second")  # E: Incompatible types in assignment (expression has type "list[float[second]]", variable has type "list[float[hour]]")  [typedml-unit] # N: Hint: convert to "hour" at once, instead of to "second"
    u: list[Hour] = convert([m], "minute", "second")  # E: Incompatible types in assignment (expression has type "list[float[second]]", variable has type "list[float[hour]]")  [typedml-unit] # N: Hint: convert to "hour" at once, instead of to "second"
    v: Hour = convert(m, "minute", "second")  # E: Incompatible types in assignment (expression has type "float[second]", variable has type "float[hour]")  [typedml-unit] # N: Hint: convert to "hour" at once, instead of to "second"
    print(z, u, v)
    return ms  # E: Incompatible return value type (got "list[float[minute]]", expected "list[float[hour]]")  [typedml-unit] # N: Hint: [convert(each, "minute", "hour") for each in ms] makes each "float[hour]"


def sequences(d: deque[Hour], s: Sequence[Hour], shift: Shift, many: set[Hour]) -> None:
    reveal_type(convert(d, "hour", "minute"))  # R: collections.deque[float[minute]]
    reveal_type(convert(s, "hour", "minute"))  # R: typing.Sequence[float[minute]]
    reveal_type(convert(shift, "hour", "minute"))  # R: tuple[float[minute], float[minute]]
    convert(many, "hour", "minute")  # E: Argument 1 to "convert" has incompatible type "set[float[hour]]"; expected a number  [typedml-unit]
