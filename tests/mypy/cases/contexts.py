"""What is expected of a call's result says nothing of its arguments."""

from typing import Annotated

from typedml import Celsius, Fahrenheit, Score, Unit, convert, raw

Km = Annotated[float, Unit("km")]
Mile = Annotated[float, Unit("mile")]
Hour = Annotated[float, Unit("hour")]


def converted(a: Km, t: Celsius) -> Mile:
    b: Mile = convert(a, "km", "mile")
    c: Fahrenheit = convert(t, "degC", "degF")
    d: list[Mile] = [convert(a, "km", "mile")]
    wants(convert(a, "km", "mile"))
    e: float = raw(a)
    f: Mile = convert(raw(a), "km", "mile")
    g = b or convert(a, "km", "mile")
    return convert(a, "km", "mile") if a else 0.0


def wants(m: Mile) -> None: ...


def rounded(a: Km) -> None:
    b: Km = round(a)
    c: Km = abs(a)
    d: Km = max(a, 0.0)


def scored(scores: list[Score]) -> None:
    total = sum(scores)  # E: Argument 1 to "sum" has incompatible type "float[Score]"  [typedml-kind]


def summed(items: list[Km]) -> Hour:
    return sum(items)  # E: Incompatible return value type (got "float[km]", expected "float[hour]")  [typedml-unit]
