"""Declarations that only running the code would tell are reported, wherever they are put together."""

import functools
import os
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Reversible
from types import SimpleNamespace
from typing import TYPE_CHECKING, Annotated, Any, Optional, TypeVar

from typedml import Unit

KM = Unit("km")
flag = bool(os.environ)

if flag:
    LENGTH = Unit("km")
else:
    LENGTH = Unit("m")
if flag:
    SPEED = Unit("km") / Unit("hour")
else:
    SPEED = Unit("m") / Unit("hour")
PACE = Unit("hour")
PACE /= Unit("km")
if TYPE_CHECKING:
    CHECKED = Unit("km")
else:
    CHECKED = object()
if flag:
    SAME = Unit("km")
else:
    SAME = Unit("km")
if flag:
    NOTE = "short"
else:
    NOTE = "long"


def branches(
    a: Annotated[float, LENGTH],  # E: "LENGTH" is assigned more than one meaning  [typedml-unread] # N: Hint: give each meaning a name of its own
    b: Annotated[float, SPEED],  # E: "SPEED" is assigned more than one meaning  [typedml-unread]
    c: Annotated[float, PACE],  # E: "PACE" is assigned more than one meaning  [typedml-unread]
    d: Annotated[float, CHECKED],
    e: Annotated[float, SAME],
    f: Annotated[float, NOTE],
) -> None:
    reveal_type(d)  # R: float[km]
    reveal_type(e)  # R: float[km]
    reveal_type(f)  # R: float


# Quoted subjects, and classes that hold or give numbers.
def quoted(
    a: Annotated["list[float]", KM],
    b: Annotated["float | None", KM],
    c: Annotated["Optional[float]", KM],
    d: Annotated["dict[str, float]", KM],
    e: "Annotated[dict[str, float], KM]",
    f: "tuple[Annotated[float, KM], Annotated[int, KM]]",
    g: "tuple[Annotated[float, 'a'], Annotated[float, 'b']]",
) -> None:
    reveal_type(a)  # R: list[float[km]]
    reveal_type(b)  # R: float[km] | None
    reveal_type(c)  # R: float[km] | None
    reveal_type(d)  # R: dict[str, float[km]]
    reveal_type(e)  # R: dict[str, float[km]]
    reveal_type(f)  # R: tuple[float[km], int[km]]
    reveal_type(g)  # R: tuple[float, float]


def holders(
    a: Annotated[AsyncIterator[float], KM],
    b: Annotated[Awaitable[float], KM],
    c: Annotated[OrderedDict[str, float], KM],
    d: Annotated[Reversible[float], KM],
) -> None:
    reveal_type(a)  # R: typing.AsyncIterator[float[km]]
    reveal_type(b)  # R: typing.Awaitable[float[km]]
    reveal_type(c)  # R: collections.OrderedDict[str, float[km]]
    reveal_type(d)  # R: typing.Reversible[float[km]]


T = TypeVar("T")
G = Annotated[T, KM]  # E: mypy sees no meaning on a type variable such as "T"  [typedml-unread]


def others(
    a: Annotated[Counter[str], KM],  # E: mypy sees no meaning on values of class "Counter"  [typedml-unread]
    b: Annotated[Callable[[], float], KM],  # E: mypy sees no meaning on a function  [typedml-unread] # N: Hint: annotate what it takes or gives: Callable[[], Annotated[float, ...]]
    c: Annotated[object, KM],  # E: mypy sees no meaning on values of class "object"  [typedml-unread] # N: Hint: annotate the number itself: Annotated[float, ...]
    d: G[float],
    e: Annotated["Callable[[], float]", KM],  # E: mypy sees no meaning on a function  [typedml-unread]
) -> None: ...


# Markers that functions make.
def maker() -> Unit:
    return Unit("km")


def helper(name: str):
    return Unit(name)


def anything(name: str) -> Any:
    return Unit(name)


@functools.cache
def unit(name: str) -> Unit:
    return Unit(name)


Dyn = Annotated[float, maker()]  # E: "maker()" is known only at run time, and mypy must read it  [typedml-unread]
DU = helper("km")
UNITS = SimpleNamespace(km=Unit("km"))
KEPT = functools.cache(maker)


class Holder:
    leg: Annotated[float, maker()]  # E: "maker()" is known only at run time, and mypy must read it  [typedml-unread]


def made(
    a: Annotated[float, unit("km")],  # E: "unit('km')" is known only at run time, and mypy must read it  [typedml-unread]
    b: Annotated[float, DU],  # E: "DU" is known only at run time, and mypy must read it  [typedml-unread]
    c: Annotated[float, UNITS.km],  # E: "UNITS.km" is known only at run time, and mypy must read it  [typedml-unread]
    d: Annotated[float, anything("km")],  # E: "anything('km')" is known only at run time, and mypy must read it  [typedml-unread]
    e: Annotated[float, KEPT()],  # E: "KEPT()" is known only at run time, and mypy must read it  [typedml-unread]
) -> None: ...


# What belongs to others stays theirs.
class Gt:
    def __init__(self, least: float, note: object = None) -> None: ...


def at_least(number: float):
    return Gt(number)


NOTES = SimpleNamespace(least=Gt(0))
LEAST = Gt(0, note=KM)


def foreign(
    a: Annotated["list[float]", Gt(0)],
    b: Annotated[Callable[[], float], "note"],
    c: Annotated[object, at_least(0)],
    d: Annotated[float, NOTES.least],
    e: Annotated[T, Gt(0)],
    f: Annotated[float, LEAST],
    g: Annotated[Counter[str], len],
) -> None:
    reveal_type(d)  # R: float
    reveal_type(f)  # R: float
