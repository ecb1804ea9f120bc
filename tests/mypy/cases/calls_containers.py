"""`convert`, `raw` and markers of lists and tuples: each number in them is checked, and told apart after."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Annotated, Any, TypeVar

import numpy as np

from typedml import THRESHOLD, Probability, Unit, convert, raw

KM = Unit("km")
Km = Annotated[float, Unit("km")]
M = Annotated[float, Unit("m")]
Hour = Annotated[float, Unit("hour")]
Steps = Annotated[int, Unit("m")]
Exact = Annotated[Decimal, Unit("km")]
T = TypeVar("T")
F = TypeVar("F", bound=float)
S = TypeVar("S", bound=str)


class Legs(list[Km]): ...


class Column:
    def __mul__(self, other: float) -> "Column":
        return self

    def __truediv__(self, other: float) -> "Column":
        return self



# fmt: off
def wrong(ks: list[Km]) -> list[Km]:
    return convert(ks, "km", "m")  # E: Incompatible return value type (got "list[float[m]]", expected "list[float[km]]")  [typedml-unit]


def right(ks: list[Km]) -> list[M]:
    return convert(ks, "km", "m")


def held(ks: list[Km], hs: list[Hour], pair: tuple[Km, Exact], many: tuple[Km, ...], some: Sequence[Km], nested: list[list[Km]], steps: list[Steps], legs: Legs, plain: list[float], unsure: Any, text: str, either: Km | list[Km]) -> None:
    reveal_type(convert(ks, "km", "m"))  # R: list[float[m]]
    reveal_type(convert(pair, "km", "m"))  # R: tuple[float[m], Decimal[m]]
    reveal_type(convert(many, "km", "m"))  # R: tuple[float[m], ...]
    reveal_type(convert(some, "km", "m"))  # R: typing.Sequence[float[m]]
    reveal_type(convert(nested, "km", "m"))  # R: list[list[float[m]]]
    reveal_type(convert(steps, "m", "km"))  # R: list[float[km]]
    reveal_type(convert(legs, "km", "m"))  # R: list[float[m]]
    reveal_type(convert(plain, "km", "m"))  # R: list[float[m]]
    reveal_type(convert([1.0, 2.0], "km", "m"))  # R: list[float[m]]
    reveal_type(convert(ks, text, "m"))  # R: list[float]
    reveal_type(convert(pair[1], text, "m"))  # R: decimal.Decimal
    reveal_type(convert(either, "km", "m"))  # R: float[m] | list[float[m]]
    reveal_type(convert(unsure, "km", "m"))  # R: Any
    convert(hs, "km", "m")  # E: Argument 1 to "convert" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    convert((ks[0], hs[0]), "km", "m")  # E: Argument 1 to "convert" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    convert(ks, "km", "hour")  # E: Cannot convert "km" to "hour"  [typedml-unit]


def numbers(k: Km, o: Km | None, d: dict[str, Km], s: set[Km], i: Iterator[Km], b: bool, missing: list[Km | None], array: np.ndarray, c: Column, a: T, f: F, t: S) -> None:
    convert(o, "km", "m")  # E: Argument 1 to "convert" has incompatible type "float[km] | None"; expected a number  [typedml-unit] # N: Hint: handle None first: None if o is None else convert(o, ...)
    convert(missing, "km", "m")  # E: Argument 1 to "convert" has incompatible type "list[float[km] | None]"; expected a number  [typedml-unit]
    convert("abc", "km", "m")  # E: Argument 1 to "convert" has incompatible type "str"; expected a number  [typedml-unit] # N: Hint: convert takes a number, a list, tuple or deque of numbers, an array or a Series
    convert(None, "km", "m")  # E: Argument 1 to "convert" has incompatible type "None"; expected a number  [typedml-unit]
    convert(object(), "km", "m")  # E: Argument 1 to "convert" has incompatible type "object"; expected a number  [typedml-unit]
    convert(b, "km", "m")  # E: Argument 1 to "convert" has incompatible type "bool"; expected a number  [typedml-unit]
    convert(d, "km", "m")  # E: Argument 1 to "convert" has incompatible type "dict[str, float[km]]"; expected a number  [typedml-unit]
    convert(s, "km", "m")  # E: Argument 1 to "convert" has incompatible type "set[float[km]]"; expected a number  [typedml-unit]
    convert(i, "km", "m")  # E: Argument 1 to "convert" has incompatible type "Iterator[float[km]]"; expected a number  [typedml-unit]
    convert(abs, "km", "m")  # E: Argument 1 to "convert" has incompatible type "Callable[[SupportsAbs[_T]], _T]"; expected a number  [typedml-unit]
    convert(t, "km", "m")  # E: Argument 1 to "convert" has incompatible type "S"; expected a number  [typedml-unit]
    reveal_type(convert(array, "km", "m"))  # R: numpy.ndarray[tuple[Any, ...], numpy.dtype[Any]]
    reveal_type(convert(c, "km", "m"))  # R: calls_containers.Column
    convert(a, "km", "m")
    convert(f, "km", "m")
    if o is not None:
        reveal_type(convert(o, "km", "m"))  # R: float[m]


def unnamed(ks: list[Km], d: dict[str, list[Km]], o: Km | None, pair: tuple[Km, Exact], mixed: list[Km | None], text: str) -> None:
    reveal_type(raw(ks))  # R: list[float]
    reveal_type(raw(d))  # R: dict[str, list[float]]
    reveal_type(raw(o))  # R: float | None
    reveal_type(raw(pair))  # R: tuple[float, decimal.Decimal]
    reveal_type(raw(mixed))  # R: list[float | None]
    reveal_type(raw(text))  # R: str
    a: list[M] = convert(raw(ks), "km", "m")


def marked(xs: list[float], ys: Sequence[float], zs: tuple[float, int], hs: list[Hour], ps: list[Probability], o: float | None, d: dict[str, float], array: np.ndarray) -> None:
    reveal_type(KM(xs))  # R: list[float[km]]
    reveal_type(KM(ys))  # R: typing.Sequence[float[km]]
    reveal_type(KM(zs))  # R: tuple[float[km], int[km]]
    reveal_type(KM([1.0, 2.0]))  # R: list[float[km]]
    reveal_type(KM(o))  # R: float[km] | None
    reveal_type(KM(array))  # R: numpy.ndarray[tuple[Any, ...], numpy.dtype[Any]]
    reveal_type(THRESHOLD(ps))  # R: list[float[Threshold[Probability]]]
    reveal_type(THRESHOLD(xs))  # R: list[float]
    KM(hs)  # E: Argument 1 to "KM" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    a: list[Km] = KM(xs)
    b: list[M] = KM(xs)  # E: Incompatible types in assignment (expression has type "list[float[km]]", variable has type "list[float[m]]")  [typedml-unit]
