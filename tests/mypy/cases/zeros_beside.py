"""What begins as zero, or may be missing, is of the unit of what it stands beside."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Generic, NamedTuple, Self, TypeVar

from typedml import COUNT, Probability, Proportion, Unit

Mm = Annotated[float, Unit("mm")]
Hour = Annotated[float, Unit("hour")]


class Reading:
    rain: Mm | None = None


# Nothing before it asks about a number: mypy's checker is known all the same.
def missing(reading: Reading) -> Mm:
    return reading.rain or 0.0


def mistaken(reading: Reading) -> Hour:
    return reading.rain or 0.0  # E: Incompatible return value type (got "float[mm]", expected "float[hour]")  [typedml-unit]


def smoothed(readings: list[Mm], w: Proportion) -> Mm:
    level = 0.0
    for each in readings:
        level = w * level + (1 - w) * each
    reveal_type(level)  # R: float[mm]
    return level


def smoothed_by_a_plain_weight(readings: list[Mm], w: float) -> Mm:
    level = 0.0
    for each in readings:
        level = (1 - w) * each + level * w
    return level


def smoothed_into_another_unit(readings: list[Mm], w: Proportion) -> Hour:
    level = 0.0
    for each in readings:
        level = -w * level / 2 + (1 - w) * each
    return level  # E: Incompatible return value type (got "float[mm]", expected "float[hour]")  [typedml-unit]


def decaying(readings: list[Mm], decay: Proportion) -> Mm:
    level = 0.0
    for each in readings:
        level = max(each, level * decay)
    return level


def mixed(readings: list[Mm], waits: list[Hour], w: Proportion) -> None:
    level = 0.0
    for each, wait in zip(readings, waits):
        level = w * level + (1 - w) * each
        level + wait  # E: Unsupported operand types for + ("float[mm]" and "float[hour]")  [typedml-unit]


def survival(hazards: list[Probability]) -> Probability:
    alive = 1.0
    for each in hazards:
        alive = alive * (1 - each)
    return alive


Vehicles = Annotated[int, COUNT, Unit("vehicle")]


def queue(arriving: list[Vehicles], leaving: list[Vehicles]) -> list[Vehicles]:
    found: list[Vehicles] = []
    n = 0
    for a, b in zip(arriving, leaving):
        n = max(0, n + a - b)
        found.append(n)
    return found


X = TypeVar("X")


def first(values: Sequence[X], default: X) -> X:
    return values[0] if values else default


def coalesce(value: X | None, default: X) -> X:
    return default if value is None else value


class Filler:
    def get(self, value: X | None, default: X) -> X:
        return default if value is None else value


def filled(readings: list[Mm], reading: Mm | None, wait: Hour, plain: list[float], filler: Filler) -> Mm:
    reveal_type(first(readings, 0.0))  # R: float[mm]
    reveal_type(first(readings, float("inf")))  # R: float[mm]
    reveal_type(coalesce(default=0, value=reading))  # R: float[mm]
    reveal_type(filler.get(reading, 0.0))  # R: float[mm]
    reveal_type(first(plain, 0.0))  # R: float
    coalesce(reading, 0.0) + wait  # E: Unsupported operand types for + ("float[mm]" and "float[hour]")  [typedml-unit]
    reveal_type(coalesce(reading, 1.0))  # R: float
    return coalesce(reading, 0.0) + first(readings, 0.0)


class Total:
    count = 0.0

    def __init__(self) -> None:
        self.sum = 0.0

    def add(self, reading: Mm) -> Self:
        self.sum += reading
        return self

    @classmethod
    def counted(cls, wait: Hour) -> None:
        cls.count += wait

    def mean(self) -> Mm:
        return self.sum / 2


class Held(Generic[X]):
    def __init__(self) -> None:
        self.sum = 0.0

    def add(self, wait: Hour) -> None:
        self.sum += wait

    def wrong(self) -> Mm:
        return self.sum  # E: Incompatible return value type (got "float[hour]", expected "float[mm]")  [typedml-unit]


class Further(Total):
    def again(self, reading: Mm, wait: Hour) -> Mm:
        self.sum = self.sum + reading
        self.sum - wait  # E: Unsupported operand types for - ("float[mm]" and "float[hour]")  [typedml-unit]
        return self.sum


def other(values: list[Mm]) -> list[Mm]:
    return values


limits: tuple[Mm, ...] = (1.0, 2.0)
bounds: Sequence[Probability] = (0.1, 0.3)
named: tuple[tuple[str, Mm], ...] = (("a", 1.0), ("b", 2.0))
beyond: tuple[Probability, ...] = (0.1, 2.0)  # E: Incompatible types in assignment (expression has type "tuple[float, float]", variable has type "tuple[float[Probability], ...]")  [typedml-value]
steps: list[Mm] = [1.0] * 3
held: frozenset[Mm] = frozenset({1.0, 2.0})
kept: tuple[Mm, ...] = tuple([1.0, 2.0])
far: list[Probability] = [2.0] * 3  # E: List item 0 has incompatible type "float"; expected "float[Probability]"  [typedml-value]
made: list[Mm] = other([1.0])  # E: List item 0 has incompatible type "float"; expected "float[mm]"  [typedml-unit]


@dataclass
class Made:
    edges: list[Mm] = field(default_factory=lambda: [1.0, 2.0])
    by_name: dict[str, Mm] = field(default_factory=lambda: {"a": 1.0})
    shares: list[Probability] = field(default_factory=lambda: [2.0])  # E: List item 0 has incompatible type "float"; expected "float[Probability]"  [typedml-value]


class Legs:
    def __init__(self) -> None:
        self.held = [0.0]
        self.by_name: dict[str, float] = {}

    def add(self, reading: Mm) -> Mm:
        self.held.append(reading)
        return self.held[0] + reading


class Waits:
    def __init__(self) -> None:
        self.held = [0.0]

    def add(self, wait: Hour) -> Hour:
        self.held.append(wait)
        return self.held[0] + wait

    def wrong(self, reading: Mm) -> None:
        self.held[0] + reading  # E: Unsupported operand types for + ("float[hour]" and "float[mm]")  [typedml-unit]


either: tuple[Mm, ...] | tuple[Hour, ...] = (Unit("hour")(1.0), 0.0)
neither: tuple[Mm, ...] | tuple[Hour, ...] = (Unit("hour")(1.0), Unit("mm")(1.0))  # E: Incompatible types in assignment (expression has type "tuple[float[hour], float[mm]]", variable has type "tuple[float[mm], ...] | tuple[float[hour], ...]")  [typedml-unit]


def chained(reading: Mm, x: float) -> None:
    a = max(x, x, x, x)
    b = max(a, a, a, a)
    c = max(b, b, b, b)
    d = max(c, c, c, c)
    e = max(d, d, d, d)
    f = max(e, e, e, e)
    g = max(f, f, f, f)
    h = max(g, g, g, g)
    i = max(h, h, h, h)
    j = max(i, i, i, i)
    k = max(j, j, j, j)
    reveal_type(reading * k)  # R: float[mm]


def scaled(reading: Mm, wait: Hour) -> None:
    wait * 1e-310
    wait * 1e310
    reading / 5e-324


class Pace(NamedTuple):
    pace: Annotated[float, Unit("mm/hour")]


def outer(waits: list[Hour]) -> Mm:
    def inner(pace: Annotated[float, Unit("mm/hour")]) -> Mm:
        rate = pace
        return rate * 1.0 * waits[0]

    return waits[0]  # E: Incompatible return value type (got "float[hour]", expected "float[mm]")  [typedml-unit]  # N: Hint: no conversion leads from "hour" to "mm"


def least(values: Sequence[X], default: X, key: Callable[[X], float] | None = None) -> X:
    return min(values, key=key or (lambda each: 0.0), default=default)


def by_key(readings: list[Mm], reading: Mm) -> Mm:
    reveal_type(least(readings, 0.0))  # R: float[mm]
    return least(readings, 0.0, key=lambda each: 1.0) + reading
