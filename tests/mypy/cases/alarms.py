"""What modules written by hand ran into: right code that was refused, and declarations that were dropped."""

import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Annotated, Any, Generic, TypeVar

from typedml import PROBABILITY, Count, Kind, Probability, Threshold, Unit, UnitVar

KM, HOUR = Unit("km"), Unit("hour")
(U, [V, W]) = UnitVar("U"), (UnitVar("V"), KM / HOUR)
LISTED = [Unit("km"), Unit("hour")]
FIRST, SECOND = LISTED
Speed = Annotated[float, W]


def several(
    x: Annotated[float, KM], t: Annotated[float, HOUR], a: Annotated[float, U], b: Annotated[float, V]
) -> Speed:
    reveal_type(a / b)  # R: float['U/'V]
    if x > t:  # E: Unsupported operand types for > ("float[km]" and "float[hour]")  [typedml-unit]
        return t  # E: Incompatible return value type (got "float[hour]", expected "float[km/hour]")  [typedml-unit]
    return x / t


def unpacked(x: Annotated[float, FIRST], y: Annotated[float, SECOND]) -> None: ...  # E: "FIRST" is known only at run time, and mypy must read it  [typedml-unread] # E: "SECOND" is known only at run time, and mypy must read it  [typedml-unread]


Q = TypeVar("Q", bound=float)
Own = UnitVar("Q")
Km = Annotated[float, KM]


class Spread(Generic[Q]):
    """As `NormalDist`: an object is compared with any other."""

    def __init__(self, mean: Annotated[float, Own]) -> None:
        self.mean = float(mean)

    def squared(self) -> Annotated[float, Own**2]:
        return self.mean**2

    def within(self, x: Annotated[float, Own]) -> bool:
        return x < self.mean

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Spread):
            return NotImplemented
        return bool(self.mean == other.mean)


def of_anything(x: Spread[Any], y: Spread[Km], z: Spread[float], t: Annotated[float, HOUR]) -> None:
    reveal_type(x.mean)  # R: Any
    reveal_type(x.squared())  # R: Any
    reveal_type(z.mean)  # R: float
    x.within(t)
    y.within(t)  # E: Argument 1 to "within" of "Spread" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    y.mean == x.mean
    y.mean == z.mean  # E: Unsupported operand types for == ("float[km]" and "float")  [typedml-unit]


LOW = 0.25
LOSS = Kind("Loss", range=(0.0, math.inf))
DEPTH = Kind("Depth", range=(-float("inf"), 0))
GUESS = Kind("Guess", parent=PROBABILITY, range=(LOW, 2 * LOW))


def ranges(loss: Annotated[float, LOSS], depth: Annotated[float, DEPTH], guess: Annotated[float, GUESS]) -> None:
    loss = -1.0  # E: Incompatible types in assignment (expression has type "float", variable has type "float[Loss]")  [typedml-value]
    depth = 1.0  # E: Incompatible types in assignment (expression has type "float", variable has type "float[Depth]")  [typedml-value]
    guess = 0.1  # E: Incompatible types in assignment (expression has type "float", variable has type "float[Guess]")  [typedml-value]
    loss = 1.0
    depth = -1.0
    guess = 0.3


def nested(x: Annotated[float, (KM, HOUR)]) -> None: ...  # E: "(KM, HOUR)" is known only at run time, and mypy must read it  [typedml-unread]


Rad = Annotated[float, Unit("rad")]
Deg = Annotated[float, Unit("deg")]
RAD = Unit("rad")
TURN = 2 * math.pi


def angles(a: Rad, d: Deg, w: Annotated[float, Unit("rad/s")], t: Annotated[float, Unit("s")], p: Probability, x: float) -> Rad:
    reveal_type(a + math.pi)  # R: float[rad]
    reveal_type(math.pi / 2 - a)  # R: float[rad]
    reveal_type(a % TURN)  # R: float[rad]
    reveal_type(min(max(a, -math.pi / 2), math.pi / 2))  # R: float[rad]
    reveal_type((a + math.pi) % (2 * math.pi) - math.pi)  # R: float[rad]
    a > math.pi, -math.pi / 2 < a, a == TURN
    theta = math.pi / 2
    theta += w * t
    reveal_type(theta)  # R: float[rad]
    reveal_type(math.exp(-x * x / 2) / math.sqrt(2 * math.pi) * t)  # R: float[s]
    reveal_type(math.pi * t**2)  # R: float[s**2]
    reveal_type(2 * math.pi * p)  # R: float[1]
    a + 3.0  # E: Unsupported operand types for + ("float[rad]" and "float")  [typedml-unit]
    a + math.e  # E: Unsupported operand types for + ("float[rad]" and "float")  [typedml-unit]
    d + math.pi  # E: Unsupported operand types for + ("float[deg]" and "float")  [typedml-unit]
    w + math.pi  # E: Unsupported operand types for + ("float[rad/s]" and "float")  [typedml-unit]
    t > math.pi  # E: Unsupported operand types for > ("float[s]" and "float")  [typedml-unit]
    return math.pi / 2


def arc(s: Annotated[float, KM], r: Annotated[float, KM], p: Probability, d: Deg) -> Rad:
    reveal_type(RAD(s / r))  # R: float[rad]
    RAD(p)  # E: Argument 1 to "RAD" has incompatible type "float[Probability]"; expected "float[rad]"  [typedml-unit]
    RAD(d)  # E: Argument 1 to "RAD" has incompatible type "float[deg]"; expected "float[rad]"  [typedml-unit]
    Unit("deg")(s / r)  # E: Argument 1 to "Unit("deg")" has incompatible type "float[1]"; expected "float[deg]"  [typedml-unit]
    KM(s / r)  # E: Argument 1 to "KM" has incompatible type "float[1]"; expected "float[km]"  [typedml-unit]
    return s / r  # E: Incompatible return value type (got "float[1]", expected "float[rad]")  [typedml-unit] # N: Hint: RAD(s / r) makes it "float[rad]"


Euros = Annotated[Decimal, Unit("EUR")]
Ratio = Annotated[Fraction, Unit("km/hour")]


def rounded(amount: Euros, cent: Euros, ratio: Ratio, p: Annotated[Decimal, PROBABILITY]) -> Euros:
    reveal_type(ratio.limit_denominator(10))  # R: Fraction[km/hour]
    reveal_type(amount.normalize().to_integral_value())  # R: Decimal[EUR]
    reveal_type(p.quantize(Decimal("0.01")))  # R: Decimal[Probability]
    if p:
        return p.quantize(Decimal("0.01"))  # E: Incompatible return value type (got "Decimal[Probability]", expected "Decimal[EUR]")  [typedml-unit]
    return amount.quantize(cent, ROUND_HALF_UP)


def counted(ps: list[Probability], cut: Threshold[Probability]) -> Count:
    above = sum(1 for p in ps if p > cut)
    n: int = sum(1 for p in ps if p > cut)
    clipped: Probability = max(0.0, min(1.0, n / 3))
    distance: Annotated[float, KM] = sum(1 for p in ps)  # E: Incompatible types in assignment (expression has type "int[Count]", variable has type "float[km]")  [typedml-unit]
    twos: Count = sum(2 for p in ps)  # E: Incompatible types in assignment (expression has type "int", variable has type "int[Count]")  [typedml-kind]
    if above:
        return above
    return sum(1 for p in ps if p > cut)
