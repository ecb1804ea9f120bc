"""Type variables for numbers, beside zeros; lists of two kinds that are added; complex numbers."""

from typing import Annotated, TypeVar

from typedml import IDENTIFIER, Kind, Unit

KM = Unit("km")
Km = Annotated[float, KM]
Hour = Annotated[float, Unit("hour")]
OHM = Unit("ohm")
Resistance = Annotated[float, OHM]
Impedance = Annotated[complex, OHM]
User = Annotated[str, Kind("UserId", parent=IDENTIFIER)]
Order = Annotated[str, Kind("OrderId", parent=IDENTIFIER)]
T = TypeVar("T", bound=float)


def clamp(x: T, least: T, most: T) -> T:
    return min(max(x, least), most)


def beside_zeros(k: Km, h: Hour, x: float) -> Km:
    reveal_type(clamp(k, 0.0, float("inf")))  # R: float[km]
    reveal_type(clamp(0.0, k, k))  # R: float[km]
    reveal_type(clamp(k, 5.0, k))  # R: float
    reveal_type(clamp(k, 0.0, h))  # R: float
    reveal_type(clamp(k, x, k))  # R: float
    reveal_type(clamp(1.0, 0.0, 2.0))  # R: float
    hour: Hour = clamp(k, 0.0, k)  # E: Argument 1 to "clamp" has incompatible type "float[km]"; expected "float[hour]"  [typedml-unit] # E: Argument 3 to "clamp" has incompatible type "float[km]"; expected "float[hour]"  [typedml-unit]
    return clamp(k, 0.0, k)


def added(users: list[User], orders: list[Order], order: Order, legs: list[Km], h: Hour) -> list[User]:
    a: list[User] = users + [order]  # E: List item 0 has incompatible type "str[OrderId]"; expected "str[UserId]"  [typedml-kind]
    b: list[User] = users + orders  # E: Unsupported operand types for + ("list[str[UserId]]" and "list[str[OrderId]]")  [typedml-kind] # N: Hint: make each "str[UserId]" where it comes from
    c: list[Km] = legs + [0.0]
    d: list[Km] = legs + [h]  # E: List item 0 has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    both = users + [order]
    return both  # E: Incompatible return value type (got "list[str[OrderId] | str[UserId]]", expected "list[str[UserId]]")  [typedml-kind]


def complexes(r: Resistance, k: Km) -> Impedance:
    reveal_type(complex(r, r))  # R: complex[ohm]
    reveal_type(complex(0.0, r))  # R: complex[ohm]
    reveal_type(complex(r))  # R: complex[ohm]
    reveal_type(complex(1.0, 2.0))  # R: complex
    complex("1j")
    complex(r, k)  # E: Arguments of "complex" have incompatible types "float[ohm]" and "float[km]"  [typedml-unit]
    complex(r, 5.0)  # E: Arguments of "complex" have incompatible types "float[ohm]" and "float"  [typedml-unit] # N: Hint: OHM(5.0) makes it "float[ohm]"
    return complex(r, r)
