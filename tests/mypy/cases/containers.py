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


def first(items: Sequence[T]) -> T:
    return items[0]


def lists(a: Km, h: Hour, kms: list[Km], hours: list[Hour], plain: list[float]) -> list[Km]:
    reveal_type([a, a])  # R: list[float[km]]
    reveal_type(first(kms))  # R: float[km]
    reveal_type([x * 2 for x in kms])  # R: list[float[km]]
    reveal_type([x / y for x, y in zip(kms, hours)])  # R: list[float[km/hour]]
    reveal_type({k: v for k, v in zip(kms, hours)})  # R: dict[float[km], float[hour]]
    reveal_type(sorted(kms))  # R: list[float[km]]
    reveal_type(list(reversed(kms)))  # R: list[float[km]]
    reveal_type(kms[1:])  # R: list[float[km]]
    reveal_type(kms + kms)  # R: list[float[km]]
    reveal_type(next(iter(kms)))  # R: float[km]
    reveal_type(list(enumerate(kms)))  # R: list[tuple[int, float[km]]]
    reveal_type(list(itertools.chain(kms, kms)))  # R: list[float[km]]
    reveal_type(heapq.nsmallest(2, kms))  # R: list[float[km]]
    reveal_type(kms.pop())  # R: float[km]
    kms.append(a)
    kms.append(0.0)
    kms.append(h)  # E: Argument 1 to "append" of "list" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    kms.append(3.0)  # E: Argument 1 to "append" of "list" has incompatible type "float"; expected "float[km]"  [typedml-unit]
    kms[0] = h  # E: Incompatible types in assignment (expression has type "float[hour]", target has type "float[km]")  [typedml-unit]
    bad: list[Hour] = kms  # E: Incompatible types in assignment (expression has type "list[float[km]]", variable has type "list[float[hour]]")  [typedml-unit]
    mixed: list[Km] = [a, h]  # E: List item 1 has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    empty: list[Km] = []
    none: list[Km | None] = [a, None]
    for x in kms:
        reveal_type(x)  # R: float[km]
    kms.extend(hours)  # E: Argument 1 to "extend" of "list" has incompatible type "list[float[hour]]"; expected "Iterable[float[km]]"  [typedml-unit]
    numbers: list[Km] = [1.0, 2.0]
    return hours  # E: Incompatible return value type (got "list[float[hour]]", expected "list[float[km]]")  [typedml-unit]


def plain_wanted(items: list[float], more: Sequence[float], mapping: Mapping[str, float]) -> float:
    return items[0]


def into_plain(kms: list[Km], by_name: dict[str, Km], whole: list[Whole], maybe: list[Km | None]) -> list[float]:
    plain_wanted(kms, kms, by_name)
    optional: list[float | None] = maybe
    return kms


def out_of_plain(plain: list[float], whole: list[int]) -> list[Km]:
    seq: Sequence[Km] = plain  # E: Incompatible types in assignment (expression has type "list[float]", variable has type "Sequence[float[km]]")  [typedml-unit]
    return plain  # E: Incompatible return value type (got "list[float]", expected "list[float[km]]")  [typedml-unit]


def dicts(a: Km, h: Hour, by_name: dict[str, Km], by_km: dict[Km, str]) -> dict[str, Km]:
    reveal_type(by_name["x"])  # R: float[km]
    reveal_type(by_name.get("x"))  # R: float[km] | None
    reveal_type(by_name.setdefault("x", a))  # R: float[km]
    reveal_type(list(by_name.values()))  # R: list[float[km]]
    reveal_type({"a": a})  # R: dict[str, float[km]]
    by_name["x"] = h  # E: Incompatible types in assignment (expression has type "float[hour]", target has type "float[km]")  [typedml-unit]
    by_name.update(x=h)  # E: Argument "x" to "update" of "MutableMapping" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    counted: defaultdict[str, Km] = defaultdict(lambda: a)
    counted["x"] += a
    counted["x"] += h  # E: Unsupported operand types for + ("float[km]" and "float[hour]")  [typedml-unit]
    reveal_type(by_name.get("x", 0.0))  # R: float[km]
    by_km[h]  # E: Invalid index type "float[hour]" for "dict[float[km], str]"; expected type "float[km]"  [typedml-unit]
    zeros: defaultdict[str, Km] = defaultdict(float)
    return {"x": h}  # E: Dict entry 0 has incompatible type "str": "float[hour]"; expected "str": "float[km]"  [typedml-unit]


def tuples(a: Km, h: Hour) -> tuple[Km, Hour]:
    pair = a, h
    reveal_type(pair)  # R: tuple[float[km], float[hour]]
    x, y = pair
    reveal_type(y)  # R: float[hour]
    x, y = y, x  # E: Incompatible types in assignment (expression has type "float[hour]", variable has type "float[km]")  [typedml-unit] # E: Incompatible types in assignment (expression has type "float[km]", variable has type "float[hour]")  [typedml-unit]
    zero: tuple[Km, Hour] = (0.0, 0.0)
    return h, a  # E: Incompatible return value type (got "tuple[float[hour], float[km]]", expected "tuple[float[km], float[hour]]")  [typedml-unit]


def sets(a: Km, h: Hour) -> None:
    reveal_type({a, a})  # R: set[float[km]]
    reveal_type({a} | {a})  # R: set[float[km]]
    reveal_type(deque([a]))  # R: collections.deque[float[km]]
    frozenset([a])


def functions(kms: list[Km], hours: list[Hour], speed: Callable[[Km], Hour]) -> None:
    def double(x: Km) -> Km:
        return x * 2

    reveal_type(list(map(double, kms)))  # R: list[float[km]]
    reveal_type(list(map(speed, kms)))  # R: list[float[hour]]
    reveal_type([*map(lambda x: x * 2, kms)])  # R: list[float[km]]
    list(map(double, hours))  # E: Argument 1 to "map" has incompatible type "Callable[[float[km]], float[km]]"; expected "Callable[[float[hour]], float[km]]"  [typedml-unit]
    wrong: Callable[[Hour], Km] = double  # E: Incompatible types in assignment (expression has type "Callable[[float[km]], float[km]]", variable has type "Callable[[float[hour]], float[km]]")  [typedml-unit]
    renamed = double
    reveal_type(renamed(kms[0]))  # R: float[km]
    renamed(hours[0])  # E: Argument 1 has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    sorted(kms, key=double)
    sorted(kms, key=lambda x: -x)
    reveal_type(list(filter(None, kms)))  # R: list[float[km]]
    reveal_type(reduce(lambda x, y: x + y, kms))  # R: float[km]
    reveal_type(partial(double, kms[0])())  # R: float[km]
    takes: Callable[[Km], float] = double
    plain: Callable[[float], float] = double


def defaults(by_name: dict[str, Km], a: Km, h: Hour) -> None:
    by_name["x"] = by_name.get("x", 0.0) + a
    by_name.get("x", 0.0) + h  # E: Unsupported operand types for + ("float[km]" and "float[hour]")  [typedml-unit]
    wrong: Hour = by_name.get("x", 0.0)  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "float[hour]")  [typedml-unit]
    reveal_type(by_name.get("x", a))  # R: float[km]
    totals: defaultdict[str, Km] = defaultdict(float)
    totals["x"] += a
    totals["x"] += h  # E: Unsupported operand types for + ("float[km]" and "float[hour]")  [typedml-unit]
    reveal_type(totals["x"])  # R: float[km]
    whole: defaultdict[str, Whole] = defaultdict(int)
    plain: defaultdict[str, float] = defaultdict(float)
    plain["x"] += 1.5
    reveal_type(plain.get("x", 0.0))  # R: float
    zeros: defaultdict[str, Km] = defaultdict(lambda: 0.0)


def scaled(k: Km) -> Km:
    return k * 2


def handed_over(speed: Callable[[Km], Hour], plain: Callable[[float], float], a: Km, h: Hour, x: float) -> Callable[[Km], Km]:
    reveal_type(speed(a))  # R: float[hour]
    speed(h)  # E: Argument 1 has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    speed(x)  # E: Argument 1 has incompatible type "float"; expected "float[km]"  [typedml-unit]
    reveal_type(plain(a))  # R: float
    given: Callable[[Km], float] = plain
    same: Callable[[Km], Km] = scaled
    result: Callable[[Km], Hour] = scaled  # E: Incompatible types in assignment (expression has type "Callable[[float[km]], float[km]]", variable has type "Callable[[float[km]], float[hour]]")  [typedml-unit]
    handed_over(scaled, plain, a, h, x)  # E: Argument 1 to "handed_over" has incompatible type "Callable[[float[km]], float[km]]"; expected "Callable[[float[km]], float[hour]]"  [typedml-unit]
    return speed  # E: Incompatible return value type (got "Callable[[float[km]], float[hour]]", expected "Callable[[float[km]], float[km]]")  [typedml-unit]
