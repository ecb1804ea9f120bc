"""Records: dataclass, attrs, NamedTuple, TypedDict, Protocol, enum of constants, pydantic without its plugin."""

import collections
import dataclasses
from typing import Annotated, Generic, NamedTuple, Protocol, TypedDict, TypeVar

import attrs
import pydantic

from typedml import PROBABILITY, Count, Probability, Unit

Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]
T = TypeVar("T")


@dataclasses.dataclass(frozen=True)
class Data:
    distance: Km
    time: Hour = 1.0
    seats: Count = 4
    tags: list[Km] = dataclasses.field(default_factory=list)


@attrs.frozen
class Frozen:
    distance: Km
    time: Hour | None = None
    stops: list[Km] = attrs.field(factory=list)


@attrs.define
class Defined:
    distance: Km = attrs.field()
    chance: Probability = 0.5


class Row(NamedTuple):
    distance: Km
    time: Hour = 1.0


class Keys(TypedDict, total=False):
    distance: Km
    time: Annotated[float, Unit("hour")]


class Moves(Protocol):
    distance: Km

    def speed(self) -> Annotated[float, Unit("km/hour")]: ...


class Car:
    distance: Km = 1.0

    def speed(self) -> Annotated[float, Unit("km/hour")]:
        return self.distance / hours(self)


class Slow:
    distance: Km = 1.0

    def speed(self) -> Annotated[float, Unit("mile/hour")]:
        raise NotImplementedError


class Model(pydantic.BaseModel):
    distance: Km
    chance: Annotated[float, PROBABILITY, pydantic.Field(description="how sure")] = 0.5


class Box(Generic[T]):
    def __init__(self, value: T) -> None:
        self.value = value


def hours(car: Car) -> Hour:
    raise NotImplementedError


def use(km: Km, hour: Hour, moves: Moves, keys: Keys) -> None:
    data = Data(km, hour)
    reveal_type(data.distance)  # R: float[km]
    reveal_type(data.seats)  # R: int[Count]
    reveal_type(data.tags)  # R: list[float[km]]
    Data(hour)  # E: Argument 1 to "Data" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    Data(distance=hour)  # E: Argument "distance" to "Data" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    dataclasses.replace(data, distance=hour)  # E: Argument "distance" to "replace" of "Data" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    frozen = Frozen(km, hour)
    reveal_type(frozen.time)  # R: float[hour] | None
    Frozen(hour)  # E: Argument 1 to "Frozen" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    attrs.evolve(frozen, distance=hour)  # E: Argument "distance" to "evolve" of "Frozen" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    defined = Defined(km)
    defined.distance = hour  # E: Incompatible types in assignment (expression has type "float[hour]", variable has type "float[km]")  [typedml-unit]
    defined.chance = 0.25
    defined.chance = 25.0  # E: Incompatible types in assignment (expression has type "float", variable has type "float[Probability]")  [typedml-value] # N: Hint: "float[Probability]" takes a number in [0, 1]
    row = Row(km, hour)
    first, second = row
    reveal_type(first)  # R: float[km]
    reveal_type(row[1])  # R: float[hour]
    reveal_type(row.time)  # R: float[hour]
    Row(hour)  # E: Argument 1 to "Row" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    row._replace(time=km)  # E: Argument "time" to "_replace" of "Row" has incompatible type "float[km]"; expected "float[hour]"  [typedml-unit]
    reveal_type(keys["distance"])  # R: float[km]
    keys["distance"] = hour  # E: Value of "distance" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    made: Keys = {"distance": hour}  # E: Incompatible types (expression has type "float[hour]", TypedDict item "distance" has type "float[km]")  [typedml-unit]
    good: Keys = {"distance": km, "time": hour}
    wrong: Moves = Slow()  # E: Incompatible types in assignment (expression has type "Slow", variable has type "Moves")  [typedml-unit]
    right: Moves = Car()
    reveal_type(moves.speed())  # R: float[km/hour]
    model = Model(distance=km)
    reveal_type(model.distance)  # R: float[km]
    reveal_type(model.chance)  # R: float[Probability]
    Model(distance=hour)  # E: Argument "distance" to "Model" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    box = Box(km)
    reveal_type(box)  # R: annotations_records.Box[float[km]]
    reveal_type(box.value)  # R: float[km]
    boxed: Box[Hour] = box  # E: Incompatible types in assignment (expression has type "Box[float[km]]", variable has type "Box[float[hour]]")  [typedml-unit]


Pair = collections.namedtuple("Pair", "a b")
Typed = NamedTuple("Typed", [("a", Km), ("b", Annotated[float, Unit("hour")])])
Old = TypedDict("Old", {"a": Km, "b": Annotated[float, Unit("hour")]})


def old(typed: Typed, keyed: Old) -> None:
    reveal_type(typed.a)  # R: float[km]
    reveal_type(typed.b)  # R: float[hour]
    reveal_type(keyed["b"])  # R: float[hour]
