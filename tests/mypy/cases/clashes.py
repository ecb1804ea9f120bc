"""What mypy refuses as a whole, and a meaning in it is why: what is unpacked, and classes for protocols."""

from typing import Annotated, Protocol

from typedml import Unit

KM = Unit("km")
Km = Annotated[float, KM]
Mile = Annotated[float, Unit("mile")]
Hour = Annotated[float, Unit("hour")]


def both(k: Km, h: Hour) -> None: ...


def each(*ks: Km) -> None: ...


def unpacked(hours: list[Hour], named: dict[str, Mile], pair: tuple[Km, Mile], plain: list[float]) -> None:
    each(*hours)  # E: Argument 1 to "each" has incompatible type "*list[float[hour]]"; expected "float[km]"  [typedml-unit] # N: Hint: no conversion leads from "hour" to "km"
    both(*pair)  # E: Argument 1 to "both" has incompatible type "*tuple[float[km], float[mile]]"; expected "float[hour]"  [typedml-unit]
    each(*pair)  # E: Argument 1 to "each" has incompatible type "*tuple[float[km], float[mile]]"; expected "float[km]"  [typedml-unit]
    each(*plain)  # E: Argument 1 to "each" has incompatible type "*list[float]"; expected "float[km]"  [typedml-unit]
    each(*[1.0])  # E: Argument 1 to "each" has incompatible type "*list[float]"; expected "float[km]"  [typedml-unit]
    each(*["one"])  # E: Argument 1 to "each" has incompatible type "*list[str]"; expected "float[km]"  [arg-type]


def by_name(named: dict[str, Mile]) -> None:
    each_of(**named)  # E: Argument 1 to "each_of" has incompatible type "**dict[str, float[mile]]"; expected "float[km]"  [typedml-unit]


def each_of(a: Km, b: Km) -> None: ...


def zeros(k: Km, h: Hour, legs: list[Km]) -> None:
    both(*(0.0, h))
    both(*(k, 0.0))
    each(*[0.0, k])
    each(*[0.0])
    each(*(0.0, k))
    each(*legs, *legs)


class Goer(Protocol):
    def go(self, k: Km) -> Hour: ...


class Placed(Protocol):
    x: Km


class Walker:
    def go(self, k: Mile) -> Hour:
        return 0.0


class Slow:
    def go(self, k: Km) -> Mile:
        return 0.0


class Silent:
    def go(self, k: Mile, h: Hour) -> Hour:
        return h


class Here:
    x: Hour = 0.0


class Runner:
    def go(self, k: Km) -> Hour:
        return 0.0


def use(goer: Goer) -> None: ...


def place(placed: Placed) -> None: ...


def protocols() -> Goer:
    use(Runner())
    use(Walker())  # E: Argument 1 to "use" has incompatible type "Walker"; expected "Goer"  [typedml-unit] # N: Following member(s) of "Walker" have conflicts: # N: Expected: # N: def go(self, k: float[km]) -> float[hour] # N: Got: # N: def go(self, k: float[mile]) -> float[hour]
    use(Walker())  # type: ignore[typedml-unit]
    use(Slow())  # E: Argument 1 to "use" has incompatible type "Slow"; expected "Goer"  [typedml-unit]
    use(Silent())  # E: Argument 1 to "use" has incompatible type "Silent"; expected "Goer"  [arg-type]
    place(Here())  # E: Argument 1 to "place" has incompatible type "Here"; expected "Placed"  [typedml-unit]
    goer: Goer = Walker()  # E: Incompatible types in assignment (expression has type "Walker", variable has type "Goer")  [typedml-unit]
    return Slow()  # E: Incompatible return value type (got "Slow", expected "Goer")  [typedml-unit]
