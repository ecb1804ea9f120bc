"""Everything that holds a value: records, protocols, containers, generators, decorators, descriptors."""

from __future__ import annotations
import asyncio
from collections.abc import AsyncIterator, Callable, Generator
from dataclasses import dataclass, field, replace
from functools import cached_property, wraps
from typing import (
    Annotated,
    Any,
    ClassVar,
    Final,
    Generic,
    NamedTuple,
    ParamSpec,
    Protocol,
    Self,
    TypedDict,
    TypeVar,
    overload,
    cast,
)
import attrs
from attrs import define
from pydantic import BaseModel, Field
from typedml import Unit

KM, HOUR = Unit("km"), Unit("hour")
Km = Annotated[float, KM]
Mi = Annotated[float, Unit("mile")]
Hour = Annotated[float, HOUR]
T = TypeVar("T")
P = ParamSpec("P")


def want_km(x: Km) -> None: ...


@dataclass
class D:
    a: Km
    b: Hour = 1.0
    c: list[Km] = field(default_factory=list)
    CV: ClassVar[Km] = 3.0

    @property
    def speed(self) -> Annotated[float, Unit("km/hour")]:
        return self.a / self.b

    @cached_property
    def bad(self) -> Km:
        return self.b  # E: Incompatible return value type (got "float[hour]", expected "float[km]") [typedml-unit]

    def grow(self, by: Km) -> Self:
        self.a += by
        self.a += self.b  # E: Unsupported operand types for + ("float[km]" and "float[hour]") [typedml-unit]
        return self


def f1(m: Mi, h: Hour, k: Km) -> None:
    D(m)  # E: Argument 1 to "D" has incompatible type "float[mile]"; expected "float[km]" [typedml-unit]
    D(a=k, b=h)
    D(k, m)  # E: Argument 2 to "D" has incompatible type "float[mile]"; expected "float[hour]" [typedml-unit]
    d = D(k)
    d.a = m  # E: Incompatible types in assignment (expression has type "float[mile]", variable has type "float[km]") [typedml-unit]
    want_km(d.b)  # E: Argument 1 to "want_km" has incompatible type "float[hour]"; expected "float[km]" [typedml-unit]
    want_km(d.speed)  # E: Argument 1 to "want_km" has incompatible type "float[km/hour]"; expected "float[km]" [typedml-unit]
    want_km(d.bad)
    replace(d, a=m)  # E: Argument "a" to "replace" of "D" has incompatible type "float[mile]"; expected "float[km]" [typedml-unit]
    d.c.append(m)  # E: Argument 1 to "append" of "list" has incompatible type "float[mile]"; expected "float[km]" [typedml-unit]
    want_km(D.CV)
    d.grow(m)  # E: Argument 1 to "grow" of "D" has incompatible type "float[mile]"; expected "float[km]" [typedml-unit]
    want_km(d.grow(k).a)


@define
class A:
    a: Km
    b: Hour = attrs.field(default=1.0)
    c: Km = attrs.field(factory=float, kw_only=True)


def f2(m: Mi, k: Km, h: Hour) -> None:
    A(m, c=k)  # E: Argument 1 to "A" has incompatible type "float[mile]"; expected "float[km]" [typedml-unit]
    A(k, c=k)
    A(k, b=m, c=k)  # E: Argument "b" to "A" has incompatible type "float[mile]"; expected "float[hour]" [typedml-unit]
    attrs.evolve(A(k, c=k), a=m)  # E: Argument "a" to "evolve" of "A" has incompatible type "float[mile]"; expected "float[km]" [typedml-unit]
    want_km(A(k, c=k).b)  # E: Argument 1 to "want_km" has incompatible type "float[hour]"; expected "float[km]" [typedml-unit]


class M(BaseModel):
    a: Km
    b: Hour = 1.0
    c: Km | None = None
    d: Km = Field(default=1.0, gt=0)


def f3(m: Mi, k: Km, h: Hour) -> None:
    M(a=m)  # E: Argument "a" to "M" has incompatible type "float[mile]"; expected "float[km]" [typedml-unit]
    M(a=k)
    x = M(a=k)
    want_km(x.b)  # E: Argument 1 to "want_km" has incompatible type "float[hour]"; expected "float[km]" [typedml-unit]
    want_km(x.c)  # E: Argument 1 to "want_km" has incompatible type "float[km] | None"; expected "float[km]" [arg-type]
    if x.c is not None:
        want_km(x.c)
    x.a = h  # E: Incompatible types in assignment (expression has type "float[hour]", variable has type "float[km]") [typedml-unit]


class NT(NamedTuple):
    a: Km
    b: Hour = 1.0


def f4(m: Mi, k: Km, h: Hour) -> None:
    NT(m)  # E: Argument 1 to "NT" has incompatible type "float[mile]"; expected "float[km]" [typedml-unit]
    t = NT(k, h)
    a, b = t
    want_km(a)
    want_km(b)  # E: Argument 1 to "want_km" has incompatible type "float[hour]"; expected "float[km]" [typedml-unit]
    want_km(t[1])  # E: Argument 1 to "want_km" has incompatible type "float[hour]"; expected "float[km]" [typedml-unit]
    t._replace(a=m)  # E: Argument "a" to "_replace" of "NT" has incompatible type "float[mile]"; expected "float[km]" [typedml-unit]
    want_km(t[-2])


class TD(TypedDict, total=False):
    a: Km
    b: Hour


def f5(m: Mi, k: Km, h: Hour) -> None:
    t: TD = {"a": m}  # E: Incompatible types (expression has type "float[mile]", TypedDict item "a" has type "float[km]") [typedml-unit]
    t["a"] = m  # E: Value of "a" has incompatible type "float[mile]"; expected "float[km]" [typedml-unit]
    t["a"] = k
    want_km(t["b"])  # E: Argument 1 to "want_km" has incompatible type "float[hour]"; expected "float[km]" [typedml-unit]
    want_km(t.get("b", 0.0))  # E: Argument 1 to "want_km" has incompatible type "float[hour]"; expected "float[km]" [typedml-unit]
    want_km(t.get("a", 0.0))
    TD(a=h)  # E: Incompatible types (expression has type "float[hour]", TypedDict item "a" has type "float[km]") [typedml-unit]


class Pr(Protocol):
    a: Km

    def dist(self, h: Hour) -> Km: ...


class Impl:
    a: Km = 1.0

    def dist(self, h: Hour) -> Km:
        return self.a


class Bad:
    a: Mi = 1.0

    def dist(self, h: Hour) -> Mi:
        return self.a


def takes(p: Pr) -> None: ...


takes(Impl())
takes(Bad())  # E: Argument 1 to "takes" has incompatible type "Bad"; expected "Pr" [typedml-unit]


@overload
def ov(x: Km) -> Km: ...
@overload
def ov(x: str) -> Hour: ...
def ov(x: float | str) -> float:
    return 1.0


def f6(m: Mi, k: Km) -> None:
    want_km(ov(k))
    want_km(ov("a"))  # E: Argument 1 to "want_km" has incompatible type "float[hour]"; expected "float[km]" [typedml-unit]
    ov(m)  # E: Argument 1 to "ov" has incompatible type "float[mile]"; expected "float[km]" [typedml-unit]


def deco(f: Callable[P, T]) -> Callable[P, T]:
    @wraps(f)
    def inner(*args: P.args, **kwargs: P.kwargs) -> T:
        return f(*args, **kwargs)

    return inner


@deco
def g(k: Km, *, h: Hour) -> Km:
    return k


def f7(m: Mi, k: Km, h: Hour) -> None:
    g(m, h=h)  # E: Argument 1 to "g" has incompatible type "float[mile]"; expected "float[km]" [typedml-unit]
    g(k, h=k)  # E: Argument "h" to "g" has incompatible type "float[km]"; expected "float[hour]" [typedml-unit]
    want_km(g(k, h=h))


class Box(Generic[T]):
    def __init__(self, x: T) -> None:
        self.x = x

    def get(self) -> T:
        return self.x


def f8(m: Mi, k: Km) -> None:
    want_km(Box(k).get())
    want_km(Box(m).x)  # E: Argument 1 to "want_km" has incompatible type "float[mile]"; expected "float[km]" [typedml-unit]
    b: Box[Km] = Box(m)  # E: Argument 1 to "Box" has incompatible type "float[mile]"; expected "float[km]" [typedml-unit]


def f9(x: Km | None, m: Mi, flag: bool, k: Km) -> Km:
    y = k if flag else m
    want_km(y)  # E: Argument 1 to "want_km" has incompatible type "float[km] | float[mile]"; expected "float[km]" [typedml-unit]
    if x is None:
        return k
    match x:
        case 0.0:
            return m  # E: Incompatible return value type (got "float[mile]", expected "float[km]") [typedml-unit]
        case float() as z:
            return z
    return x


async def co(k: Km) -> Km:
    await asyncio.sleep(1)
    return k


async def ag(k: Km) -> AsyncIterator[Km]:
    yield k
    yield HOUR(1.0)  # E: Incompatible types in "yield" (actual type "float[hour]", expected type "float[km]") [typedml-unit]


def gen(k: Km, h: Hour) -> Generator[Km, Hour, Km]:
    s = yield k
    want_km(s)  # E: Argument 1 to "want_km" has incompatible type "float[hour]"; expected "float[km]" [typedml-unit]
    yield h  # E: Incompatible types in "yield" (actual type "float[hour]", expected type "float[km]") [typedml-unit]
    return h  # E: Incompatible return value type (got "float[hour]", expected "float[km]") [typedml-unit]


async def f10(k: Km, h: Hour) -> Hour:
    x = await co(h)  # E: Argument 1 to "co" has incompatible type "float[hour]"; expected "float[km]" [typedml-unit]
    async for y in ag(k):
        want_km(y)
    for z in gen(k, h):
        want_km(z)
    ys = [y async for y in ag(k)]
    want_km(ys[0])
    r = await asyncio.gather(co(k), co(k))
    want_km(r[0])
    return await co(k)  # E: Incompatible return value type (got "float[km]", expected "float[hour]") [typedml-unit]


class Desc:
    def __get__(self, obj: object, typ: Any = None) -> Km:
        return KM(1.0)

    def __set__(self, obj: object, value: Km) -> None: ...


class WithDesc:
    d = Desc()


def f11(m: Mi) -> None:
    w = WithDesc()
    want_km(w.d)
    w.d = m  # E: Incompatible types in assignment (expression has type "float[mile]", variable has type "float[km]") [typedml-unit]


def f12(
    a: Annotated[float | None, Unit("km")],
    b: Annotated[list[float], Unit("mile")],
    c: "Km",
    d: "Annotated[float, Unit('mile')]",
) -> None:
    if a is not None:
        want_km(a)
        want_km(b[0])  # E: Argument 1 to "want_km" has incompatible type "float[mile]"; expected "float[km]" [typedml-unit]
    want_km(c)
    want_km(d)  # E: Argument 1 to "want_km" has incompatible type "float[mile]"; expected "float[km]" [typedml-unit]
    want_km(*b)  # E: Argument 1 to "want_km" has incompatible type "*list[float[mile]]"; expected "float[km]" [typedml-unit]
    want_km(**{"x": d})  # E: Argument 1 to "want_km" has incompatible type "**dict[str, float[mile]]"; expected "float[km]" [typedml-unit]


def f13(
    k: Km,
    m: Mi,
    xs: list[Km],
    dd: dict[str, Mi],
    tt: tuple[Km, Mi],
    st: set[Km],
) -> None:
    (q := k)
    want_km(q)
    (q2 := m)
    want_km(q2)  # E: Argument 1 to "want_km" has incompatible type "float[mile]"; expected "float[km]" [typedml-unit]
    for i, x in enumerate(xs):
        want_km(x)
        want_km(i)  # E: Argument 1 to "want_km" has incompatible type "int"; expected "float[km]" [typedml-unit]
    for kk, v in dd.items():
        want_km(v)  # E: Argument 1 to "want_km" has incompatible type "float[mile]"; expected "float[km]" [typedml-unit]
    u, v2 = tt
    want_km(v2)  # E: Argument 1 to "want_km" has incompatible type "float[mile]"; expected "float[km]" [typedml-unit]
    first, *rest = xs
    want_km(rest[0])
    want_km(cast(Mi, k))  # E: Argument 1 to "want_km" has incompatible type "float[mile]"; expected "float[km]" [typedml-unit]
    lam = lambda z: z * k
    zs = [x * 2 for x in xs if x > m]  # E: Unsupported operand types for > ("float[km]" and "float[mile]") [typedml-unit]
    w: dict[str, Km] = {"a": m}  # E: Dict entry 0 has incompatible type "str": "float[mile]"; expected "str": "float[km]" [typedml-unit]
    try:
        y = k
    except ValueError:
        y = m  # E: Incompatible types in assignment (expression has type "float[mile]", variable has type "float[km]") [typedml-unit]
    print(lam, zs, w, y)


NONE: Final[Km] = 2.0


def f14(m: Mi = NONE) -> None: ...  # E: Incompatible default for parameter "m" (default has type "float[km]", parameter has type "float[mile]") [typedml-unit]
def f15(*ms: Mi, **ks: Km) -> None:
    want_km(ms[0])  # E: Argument 1 to "want_km" has incompatible type "float[mile]"; expected "float[km]" [typedml-unit]
    want_km(ks["a"])


f15(KM(1.0))  # E: Argument 1 to "f15" has incompatible type "float[km]"; expected "float[mile]" [typedml-unit]
f15(a=KM(1.0))
