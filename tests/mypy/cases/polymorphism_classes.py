"""Classes generic over a unit: `UnitVar("Q")` is the unit of the class's type variable `Q`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Generic, Protocol, TypeVar

from typedml import Celsius, Unit, UnitVar

Q = TypeVar("Q", bound=float)
R = TypeVar("R", bound=float)
S_co = TypeVar("S_co", bound=float, covariant=True)
U = UnitVar("Q")
X = UnitVar("S_co")
W = UnitVar("R")
V = UnitVar("V")
Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]


@dataclass
class Vec(Generic[Q]):
    x: Annotated[float, U]
    y: Annotated[float, U]

    def __add__(self, other: Vec[Q]) -> Vec[Q]:
        return Vec(self.x + other.x, self.y + other.y)

    def not_of_this_unit(self, other: Vec[Q]) -> Vec[Q]:
        return Vec(self.x * other.x, self.y * other.y)  # E: Incompatible return value type (got "Vec[float['Q**2]]", expected "Vec[Q]")  [return-value]

    def dot(self, other: Vec[Annotated[float, V]]) -> Annotated[float, U * V]:
        return self.x * other.x + self.y * other.y

    def norm(self) -> Annotated[float, U]:
        return self.dot(self) ** 0.5

    def not_a_norm(self) -> Annotated[float, U]:
        return self.dot(self)  # E: Incompatible return value type (got "float['Q**2]", expected "float['Q]")  [typedml-unit]

    def scaled(self, k: Annotated[float, V]) -> Vec[Annotated[float, U * V]]:
        return Vec(self.x * k, self.y * k)

    def mixed(self, k: Km) -> Annotated[float, U]:
        return self.x + k  # E: Unsupported operand types for + ("float['Q]" and "float[km]")  [typedml-unit]

    @property
    def area(self) -> Annotated[float, U**2]:
        return self.x * self.y

    @classmethod
    def diagonal(cls, side: Annotated[float, U]) -> Vec[Q]:
        return Vec(side, side)

    @staticmethod
    def between(a: Vec[Annotated[float, V]], b: Vec[Annotated[float, V]]) -> Vec[Annotated[float, V]]:
        return Vec((a.x + b.x) / 2, (a.y + b.y) / 2)


class Space(Vec[R]):
    z: Annotated[float, W]

    def height(self) -> Annotated[float, W]:
        return self.z + self.x


class Path(Vec[Km]):
    def half(self) -> Km:
        return self.x / 2

    def wrong(self) -> Hour:
        return self.x  # E: Incompatible return value type (got "float[km]", expected "float[hour]")  [typedml-unit]


class Line(Generic[Q, R]):
    def __init__(self, run: Annotated[float, U], rise: Annotated[float, W]) -> None:
        self.run = run
        self.rise = rise

    def slope(self) -> Annotated[float, W / U]:
        return self.rise / self.run


def length(v: Vec[Annotated[float, V]]) -> Annotated[float, V]:
    return v.norm()


def use(k: Km, h: Hour, v: Vec[Km], w: Vec[Hour], c: Celsius) -> None:
    reveal_type(v.x)  # R: float[km]
    v.x = k
    v.x = h  # E: Incompatible types in assignment (expression has type "float[hour]", variable has type "float[km]")  [typedml-unit]
    reveal_type(Vec(k, k))  # R: polymorphism_classes.Vec[float[km]]
    Vec(k, h)  # E: Argument 2 to "Vec" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    Vec(c, c)  # E: Argument 1 to "Vec" has incompatible type "float[Celsius]"; expected "float['Q]"  [typedml-unit]  # E: Argument 2 to "Vec" has incompatible type "float[Celsius]"; expected "float['Q]"  [typedml-unit]
    wrong: Vec[Hour] = Vec(k, k)  # E: Incompatible types in assignment (expression has type "Vec[float[km]]", variable has type "Vec[float[hour]]")  [typedml-unit]
    zero: Vec[Km] = Vec(0.0, 0.0)
    reveal_type(Vec[Km](k, k))  # R: polymorphism_classes.Vec[float[km]]
    Vec[Km](h, h)  # E: Argument 1 to "Vec" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]  # E: Argument 2 to "Vec" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    reveal_type(v + v)  # R: polymorphism_classes.Vec[float[km]]
    v + w  # E: Unsupported operand types for + ("Vec[float[km]]" and "Vec[float[hour]]")  [typedml-unit]
    reveal_type(v.dot(w))  # R: float[hour*km]
    reveal_type(v.norm())  # R: float[km]
    reveal_type(v.scaled(h))  # R: polymorphism_classes.Vec[float[hour*km]]
    reveal_type(v.scaled(h).norm())  # R: float[hour*km]
    reveal_type(v.area)  # R: float[km**2]
    reveal_type(length(v))  # R: float[km]
    reveal_type(Vec.diagonal(k))  # R: polymorphism_classes.Vec[float[km]]
    reveal_type(Vec.between(v, v))  # R: polymorphism_classes.Vec[float[km]]
    Vec.between(v, w)  # E: Argument 2 to "between" of "Vec" has incompatible type "Vec[float[hour]]"; expected "Vec[float[km]]"  [typedml-unit]
    reveal_type([u.x for u in [v]])  # R: list[float[km]]
    reveal_type(sum(u.x for u in [v, v]))  # R: float[km]


def inherited(s: Space[Hour], p: Path, line: Line[Hour, Km]) -> None:
    reveal_type(s.z)  # R: float[hour]
    reveal_type(s.x)  # R: float[hour]
    reveal_type(s.height())  # R: float[hour]
    reveal_type(s.norm())  # R: float[hour]
    reveal_type(p.x)  # R: float[km]
    reveal_type(p.half())  # R: float[km]
    reveal_type(p.norm())  # R: float[km]
    reveal_type(line.slope())  # R: float[km/hour]
    reveal_type(line.rise)  # R: float[km]
    reveal_type(Line(1.0 * HOUR, KM))  # R: polymorphism_classes.Line[float[hour], float[km]]


HOUR: Hour = 1.0
KM: Km = 1.0


class Measured(Protocol[S_co]):
    @property
    def x(self) -> Annotated[float, X]: ...


class Leg:
    @property
    def x(self) -> Km:
        return KM


class Time:
    @property
    def x(self) -> Hour:
        return HOUR


def first(m: Measured[Km], v: Vec[Km], w: Vec[Hour]) -> Km:
    first(Leg(), v, w)
    first(Time(), v, w)  # E: Argument 1 to "first" has incompatible type "Time"; expected "Measured[float[km]]"  [arg-type]
    reveal_type(m.x)  # R: float[km]
    return m.x
