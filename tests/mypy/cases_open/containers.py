"""Meanings in containers, comprehensions, iteration and generic functions."""

import heapq
import itertools
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial, reduce
from typing import Annotated, TypeVar

from typedml import Probability, Unit

Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]
Whole = Annotated[int, Unit("km")]
T = TypeVar("T")


def lists(a: Km, h: Hour, kms: list[Km], hours: list[Hour], plain: list[float]) -> None:
    kms.extend(hours)  # E: Argument 1 to "extend" of "list" has incompatible type "list[float[hour]]"; expected "Iterable[float[km]]"  [typedml-unit]
    numbers: list[Km] = [1.0, 2.0]


def out_of_plain(plain: list[float], whole: list[int]) -> None:
    seq: Sequence[Km] = plain  # E: Incompatible types in assignment (expression has type "list[float]", variable has type "Sequence[float[km]]")  [typedml-unit]


def dicts(a: Km, h: Hour, by_name: dict[str, Km], by_km: dict[Km, str]) -> None:
    reveal_type(by_name.get("x", 0.0))  # R: float[km]
    by_km[h]  # E: Invalid index type "float[hour]" for "dict[float[km], str]"; expected type "float[km]"  [typedml-unit]
    counted: defaultdict[str, Km] = defaultdict(float)


def tuples(a: Km, h: Hour) -> None:
    zero: tuple[Km, Hour] = (0.0, 0.0)


def functions(kms: list[Km], hours: list[Hour], speed: Callable[[Km], Hour]) -> None:
    def double(x: Km) -> Km:
        return x * 2

    plain: Callable[[float], float] = double  # E: Incompatible types in assignment (expression has type "Callable[[float[km]], float[km]]", variable has type "Callable[[float], float]")  [typedml-unit]


def defaults(by_name: dict[str, Km], a: Km) -> None:
    by_name["x"] = by_name.get("x", 0.0) + a
    zeros: defaultdict[str, Km] = defaultdict(lambda: 0.0)
