"""A zero in one branch and nothing in another: what may be missing is of the unit of the rest."""

from typing import Annotated, Optional

from typedml import Celsius, Probability, Unit

Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]


def last(x: Km, ok: bool) -> Km | None:
    return x if ok else 0.0 if x > 0 else None


def first(x: Km, ok: bool) -> Km | None:
    return (x if x > 0 else 0.0) if ok else None


def whole(x: Km, ok: bool) -> Optional[Km]:
    return None if ok else x if x > 0 else 0


def named(x: Km, ok: bool) -> Km | None:
    y = x if ok else 0.0 if x > 0 else None
    return y


def chances(p: Probability, ok: bool) -> Probability | None:
    return p if ok else 0.5 if p > 0.5 else None


def of_another(x: Km, t: Hour, ok: bool) -> Km | None:
    return t if ok else 0.0 if x > 0 else None  # E: Incompatible return value type (got "float | None", expected "float[km] | None")  [typedml-unit]


def named_of_another(x: Km, t: Hour, ok: bool) -> Km | None:
    y = t if ok else 0.0 if x > 0 else None
    return y  # E: Incompatible return value type (got "float | None", expected "float[km] | None")  [typedml-unit]


def of_none(x: Km, ok: bool) -> Km | None:
    return x if ok else 5.0 if x > 0 else None  # E: Incompatible return value type (got "float | None", expected "float[km] | None")  [typedml-unit]


def points(c: Celsius, ok: bool) -> Celsius | None:
    return c if ok else 0.0 if c > c else None  # E: Incompatible return value type (got "float | None", expected "float[Celsius] | None")  [typedml-unit]


def out_of_range(p: Probability, ok: bool) -> Probability | None:
    return p if ok else 1.5 if p > 0.5 else None  # E: Incompatible return value type (got "float | None", expected "float[Probability] | None")  [typedml-value]
