"""Every place where an annotation may stand."""

import typing as t
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Any, ClassVar, Final, Optional, Union, cast

from typing_extensions import Annotated as Noted

from typedml import COUNT, PROBABILITY, Probability, Threshold, Unit

top: Annotated[float, Unit("km")] = 1.0
reveal_type(top)  # R: float[km]
whole: Annotated[int, Unit("km")] = 1
reveal_type(whole)  # R: int[km]
CONSTANT: Final[Annotated[float, Unit("km")]] = 1.0
reveal_type(CONSTANT)  # R: float[km]
maybe: Optional[Annotated[float, Unit("km")]] = None
either: Union[Annotated[float, Unit("km")], str] = ""
noted: Noted[float, Unit("km")] = 2.0
reveal_type(noted)  # R: float[km]
dotted: t.Annotated[float, Unit("km")] = 2.0
reveal_type(dotted)  # R: float[km]


def parameters(
    a: Annotated[float, Unit("km")],
    /,
    b: Annotated[float, Unit("hour")],
    c: Annotated[float, Unit("mile")] = 2.0,
    *more: Annotated[float, Unit("kg")],
    d: Annotated[float, Unit("minute")] = 0.0,
    **named: Annotated[float, Unit("meter")],
) -> Annotated[float, Unit("km/hour")]:
    reveal_type(a)  # R: float[km]
    reveal_type(b)  # R: float[hour]
    reveal_type(c)  # R: float[mile]
    reveal_type(more)  # R: tuple[float[kg], ...]
    reveal_type(d)  # R: float[minute]
    reveal_type(named)  # R: dict[str, float[meter]]
    inside: Annotated[float, Unit("km/hour")] = a / b
    return inside


def returned() -> Annotated[float | None, Unit("km")]:
    return None


reveal_type(returned())  # R: float[km] | None


class Body:
    counted: ClassVar[Annotated[float, Unit("km")]] = 1.0
    stated: Annotated[float, Unit("hour")]

    def __init__(self, mass: Annotated[float, Unit("kg")]) -> None:
        self.mass = mass
        self.length: Annotated[float, Unit("meter")] = 1.0

    def method(self, other: Annotated[float, Unit("kg")]) -> Annotated[float, Unit("kg")]:
        return self.mass + other

    @property
    def speed(self) -> Annotated[float, Unit("km/hour")]:
        return self.counted / self.stated

    @classmethod
    def made(cls, mass: Annotated[float, Unit("kg")]) -> "Body":
        return cls(mass)

    @staticmethod
    def stands(mass: Annotated[float, Unit("kg")]) -> Annotated[float, Unit("kg")]:
        return mass


def use(body: Body, kg: Annotated[float, Unit("kg")], km: Annotated[float, Unit("km")]) -> None:
    reveal_type(body.mass)  # R: float[kg]
    reveal_type(body.length)  # R: float[meter]
    reveal_type(body.speed)  # R: float[km/hour]
    reveal_type(Body.counted)  # R: float[km]
    reveal_type(Body.stands(kg))  # R: float[kg]
    Body(km)  # E: Argument 1 to "Body" has incompatible type "float[km]"; expected "float[kg]"  [typedml-unit]
    Body.made(km)  # E: Argument 1 to "made" of "Body" has incompatible type "float[km]"; expected "float[kg]"  [typedml-unit]
    body.method(km)  # E: Argument 1 to "method" of "Body" has incompatible type "float[km]"; expected "float[kg]"  [typedml-unit]
    body.mass = km  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "float[kg]")  [typedml-unit]


def held(
    a: list[Annotated[float, Unit("km")]],
    b: dict[str, Annotated[float, Unit("km")]],
    c: Callable[[Annotated[float, Unit("km")]], Annotated[float, Unit("hour")]],
    d: tuple[Annotated[float, Unit("km")], Annotated[float, Unit("hour")]],
    e: Iterable[Annotated[float, Unit("km")]],
) -> Iterator[Annotated[float, Unit("km")]]:
    reveal_type(a[0])  # R: float[km]
    reveal_type(b["x"])  # R: float[km]
    reveal_type(c)  # R: def (float[km]) -> float[hour]
    reveal_type(d)  # R: tuple[float[km], float[hour]]
    reveal_type(c(a[0]))  # R: float[hour]
    yield from e


def distributed(
    a: Annotated[float | None, Unit("km")],
    b: Annotated[Optional[float], Unit("km")],
    c: Annotated[list[float], Unit("km")],
    d: Annotated[dict[str, float], Unit("km")],
    e: Annotated[tuple[float, float], Unit("km")],
    f: Annotated[Annotated[float, "a note"], Unit("km")],
    g: Annotated[Annotated[Probability, "a note"], "another"],
    h: Annotated[tuple[float, ...], Unit("km")],
    i: Annotated[float, "prose", Unit("km"), 3],
) -> None:
    reveal_type(a)  # R: float[km] | None
    reveal_type(b)  # R: float[km] | None
    reveal_type(c)  # R: list[float[km]]
    reveal_type(d)  # R: dict[str, float[km]]
    reveal_type(e)  # R: tuple[float[km], float[km]]
    reveal_type(f)  # R: float[km]
    reveal_type(g)  # R: float[Probability]
    reveal_type(h)  # R: tuple[float[km], ...]
    reveal_type(i)  # R: float[km]


def cuts(
    a: Threshold[Probability],
    b: Threshold[Annotated[float, Unit("km")]],
    c: Threshold[Probability] | None,
    d: list[Threshold[Probability]],
) -> None:
    reveal_type(a)  # R: float[Threshold[Probability]]
    reveal_type(b)  # R: float[Threshold[km]]
    reveal_type(c)  # R: float[Threshold[Probability]] | None
    reveal_type(d)  # R: list[float[Threshold[Probability]]]


shown = lambda x: x  # noqa: E731
Km = Annotated[float, Unit("km")]
casted = t.cast(Km, 3.0)
reveal_type(casted)  # R: float[km]
typed = t.cast("Annotated[float, Unit('km')]", 3.0)
reveal_type(typed)  # R: float[km]
empty = list[Annotated[float, Unit("km")]]()
reveal_type(empty)  # R: list[float[km]]


def as_values(x: Any, **options: Any) -> None:
    as_values((Annotated[float, COUNT, PROBABILITY], ...), b=Annotated[float, Unit("km")])
    reveal_type(cast("Annotated[float, Unit('km')]", x))  # R: float[km]
