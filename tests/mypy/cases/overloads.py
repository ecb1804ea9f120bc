"""Overloaded functions and operators of one's own, whose signatures mypy tries out of earshot."""

from typing import Annotated, overload

from typedml import Kind, Probability, Unit
from typedml import IDENTIFIER

KM = Unit("km")
Km = Annotated[float, KM]
Mile = Annotated[float, Unit("mile")]
Hour = Annotated[float, Unit("hour")]
UserId = Annotated[str, Kind("UserId", parent=IDENTIFIER)]
Name = Annotated[str, Kind("Name", parent=IDENTIFIER)]


@overload
def pick(x: Probability) -> Probability: ...
@overload
def pick(x: Km) -> Km: ...
def pick(x: float) -> float:
    return x


@overload
def many(x: list[Probability], y: Km = ...) -> Probability: ...
@overload
def many(x: Km | None, y: Km = ...) -> Km: ...
def many(x: list[Probability] | float | None, y: float = 0.0) -> float:
    return y


@overload
def find(user: UserId) -> Km: ...
@overload
def find(user: int) -> Hour: ...
def find(user: str | int) -> float:
    return 0.0


class Vector:
    @overload
    def __init__(self, x: Km) -> None: ...
    @overload
    def __init__(self, x: Probability, y: Hour) -> None: ...
    def __init__(self, x: float, y: float = 0.0) -> None: ...

    @overload
    def at(self, x: Km) -> Km: ...
    @overload
    def at(self, x: Hour) -> Hour: ...
    def at(self, x: float) -> float:
        return x

    def __add__(self, k: Km) -> "Vector":
        return self

    def __rsub__(self, k: Km) -> "Vector":
        return self

    def __mul__(self, p: Probability) -> "Vector":
        return self

    def __rmul__(self, p: Probability) -> "Vector":
        return self

    def __lt__(self, k: Km) -> bool:
        return True

    def __contains__(self, k: Km) -> bool:
        return True


def literals(flag: bool) -> None:
    reveal_type(pick(0.5))  # R: float[Probability]
    reveal_type(pick(0))  # R: float[Probability]
    reveal_type(pick(0.5 if flag else 0.7))  # R: float[Probability]
    reveal_type(many([0.1, 0.5]))  # R: float[Probability]
    reveal_type(many(0.0))  # R: float[km]
    reveal_type(many(None, 0.0))  # R: float[km]
    reveal_type(find("anna"))  # R: float[km]
    reveal_type(find(3))  # R: float[hour]
    vector = Vector(0.0)
    Vector(0.5, 0.0)
    reveal_type(vector.at(0.0))  # R: float[km]


def refused(h: Hour, m: Mile, vector: Vector, name: Name, either: float) -> None:
    pick(h)  # E: Argument 1 to "pick" has incompatible type "float[hour]"; expected "float[Probability]"  [typedml-unit]
    pick(m)  # E: Argument 1 to "pick" has incompatible type "float[mile]"; expected "float[km]"  [typedml-unit] # N: Hint: convert(m, "mile", "km") makes it "float[km]"
    pick(5.0)  # E: No overload variant of "pick" matches argument type "float"  [typedml-unit] # N: Hint: KM(5.0) makes it "float[km]"
    pick(either)  # E: No overload variant of "pick" matches argument type "float"  [typedml-kind]
    many([0.5, 5.0])  # E: List item 1 has incompatible type "float"; expected "float[Probability]"  [typedml-value]
    pick("one")  # E: No overload variant of "pick" matches argument type "str"  [call-overload]
    find(name)  # E: Argument 1 to "find" has incompatible type "str[Name]"; expected "str[UserId]"  [typedml-kind]
    Vector(5.0)  # E: No overload variant of "Vector" matches argument type "float"  [typedml-unit]
    vector.at(1.0)  # E: No overload variant of "at" of "Vector" matches argument type "float"  [typedml-unit]


def operators(vector: Vector, k: Km, h: Hour) -> None:
    reveal_type(vector + k)  # R: overloads.Vector
    reveal_type(vector + 0.0)  # R: overloads.Vector
    reveal_type(vector * 0.5)  # R: overloads.Vector
    reveal_type(0.5 * vector)  # R: overloads.Vector
    vector < 0.0
    vector + h  # E: Unsupported operand types for + ("Vector" and "float[hour]")  [typedml-unit] # N: Hint: no conversion leads from "hour" to "km"
    vector + 5.0  # E: Unsupported operand types for + ("Vector" and "float")  [typedml-unit] # N: Hint: KM(5.0) makes it "float[km]"
    h - vector  # E: Unsupported operand types for - ("float[hour]" and "Vector")  [typedml-unit]
    vector * 5.0  # E: Unsupported operand types for * ("Vector" and "float")  [typedml-value]
    vector < h  # E: Unsupported operand types for < ("Vector" and "float[hour]")  [typedml-unit]
    k < vector < h  # E: Unsupported operand types for < ("float[km]" and "Vector")  [operator] # E: Unsupported operand types for < ("Vector" and "float[hour]")  [typedml-unit]
    h in vector  # E: Unsupported operand types for in ("float[hour]" and "Vector")  [typedml-unit]
    k in vector
    vector + "one"  # E: Unsupported operand types for + ("Vector" and "str")  [operator]
    vector += h  # E: Unsupported operand types for + ("Vector" and "float[hour]")  [typedml-unit]
