"""At the strict level a meaning is left by name: what the user's own code declares takes it as no float."""

import math
import enum
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import mean
from typing import Generic, NamedTuple, Protocol, TypeVar
from typedml import Count, Probability, raw
from leaving_units import Km, distance, of_other_module

T = TypeVar("T")

@dataclass
class Leg:
    length: float
    known: Km

class Pair(NamedTuple):
    left: float
    right: Km

class Box(Generic[T]):
    def __init__(self, held: T) -> None:
        self.held = held

    def put(self, x: float, *rest: float, unit: float = 1.0) -> None:
        self.length: float = x

class Takes(Protocol):
    def __call__(self, x: float) -> None: ...

class Colour(enum.Enum):
    RED = 1

def same(x: T) -> T:
    return x

def rest(*xs: float, **named: float) -> None: ...
def many(xs: Sequence[float], ys: dict[str, float]) -> None: ...
def either(x: float | None, y: Km | float) -> None: ...
def counted(n: int) -> None: ...
def anything(x: object) -> None: ...

def arguments(d: Km, ds: list[Km], n: Count, p: Probability, box: Box[Km], f: Callable[[float], float], g: Takes) -> None:
    of_other_module(d)  # E: Argument 1 to "of_other_module" has incompatible type "float[km]"; expected "float"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    of_other_module(x=d)  # E: Argument "x" to "of_other_module" has incompatible type "float[km]"; expected "float"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    of_other_module(raw(d))
    of_other_module(raw(d) / 2 + 1)
    rest(1.0, d)  # E: Argument 2 to "rest" has incompatible type "float[km]"; expected "float"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    rest(p=p)  # E: Argument "p" to "rest" has incompatible type "float[Probability]"; expected "float"  [typedml-kind]  # N: Hint: raw(p) is the plain number, without its meaning
    many(ds, {"a": d})  # E: Argument 1 to "many" has incompatible type "list[float[km]]"; expected "Sequence[float]"  [typedml-kind]  # E: Argument 2 to "many" has incompatible type "float[km]"; expected "float"  [typedml-kind]  # N: Hint: declare there what ds holds, or hand over raw() of each  # N: Hint: raw(d) is the plain number, without its meaning
    many([d, 1.0], {})  # E: Argument 1 to "many" has incompatible type "float[km]"; expected "float"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    many([raw(each) for each in ds], {})
    either(d, d)  # E: Argument 1 to "either" has incompatible type "float[km]"; expected "float | None"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    counted(n)  # E: Argument 1 to "counted" has incompatible type "int[Count]"; expected "int"  [typedml-kind]  # N: Hint: raw(n) is the plain number, without its meaning
    counted(len(ds))
    anything(d)
    same(d)
    Box(d)
    box.put(d)  # E: Argument 1 to "put" of "Box" has incompatible type "float[km]"; expected "float"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    Leg(d, d)  # E: Argument 1 to "Leg" has incompatible type "float[km]"; expected "float"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    Pair(left=d, right=d)  # E: Argument "left" to "Pair" has incompatible type "float[km]"; expected "float"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    f(d)  # E: Argument 1 to "f" has incompatible type "float[km]"; expected "float"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    g(d)  # E: Argument 1 to "__call__" of "Takes" has incompatible type "float[km]"; expected "float"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning

def of_libraries(d: Km, ds: list[Km], plain: list[float]) -> None:
    print(d, f"{d:.1f}", str(d), math.isfinite(d), round(d, 2), mean(ds), d.hex(), sorted(ds), [*ds])
    plain.append(raw(d))
    partial(of_other_module, 1.0)()
    Colour.RED.value + 1

class Holder:
    plain: float = 0.0
    known: Km = 0.0

    def set(self, d: Km) -> None:
        self.plain = d  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "float")  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
        self.known = d
        self.plain = raw(d)

def assigned(d: Km, holder: Holder, leg: Leg, late: bool) -> None:
    a: float = d  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "float")  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    b: float = raw(d)
    b = 2 * d  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "float")  [typedml-kind]  # N: Hint: raw(2 * d) is the plain number, without its meaning
    c: float | None = d if late else None  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "float | None")  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    inferred = d
    inferred = distance()
    total = 0.0
    total += d
    e: float
    e, f = d, d  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "float")  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    pair: tuple[float, Km] = (d, d)  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "float")  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    holder.plain = leg.known  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "float")  [typedml-kind]  # N: Hint: raw(leg.known) is the plain number, without its meaning
    ignored: float = d  # type: ignore[typedml-kind]

def defaulted(x: float = distance()) -> None:  # E: Incompatible default for parameter "x" (default has type "float[km]", parameter has type "float")  [typedml-kind]  # N: Hint: raw(distance()) is the plain number, without its meaning
    ...

def returned(ds: list[Km]) -> Iterable[float]:
    key = lambda d: d  # noqa: E731
    return ds  # E: Incompatible return value type (got "list[float[km]]", expected "Iterable[float]")  [typedml-kind]  # N: Hint: declare there what ds holds, or hand over raw() of each

def nested(d: Km) -> Km:
    def inner() -> float:
        return d  # E: Incompatible return value type (got "float[km]", expected "float")  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    of_other_module(inner())
    return max([d], key=lambda each: each)

async def awaited(d: Km) -> float:
    return d  # E: Incompatible return value type (got "float[km]", expected "float")  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning

def yielded(d: Km) -> Iterator[float]:
    yield d  # E: Incompatible types in yield (actual type "float[km]", expected type "float")  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning

async def yielded_later(d: Km) -> AsyncIterator[Km]:
    yield d

def untyped(d):
    of_other_module(d)
    return d

if not 1:
    unreachable: float = distance()

def ratio(a: Km, b: Km) -> float:
    return a / b

def distant(a: Km, b: Km) -> float:
    return a / b * b  # E: Incompatible return value type (got "float[km]", expected "float")  [typedml-kind]  # N: Hint: raw(a / b * b) is the plain number, without its meaning
