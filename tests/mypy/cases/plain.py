"""Code without meanings keeps mypy's own words, in a module that uses typedml elsewhere."""

from typing import Annotated, Any

from typedml import Unit

Km = Annotated[float, Unit("km")]


def plain(x: float, y: int, text: str) -> int:
    x + text  # E: Unsupported operand types for + ("float" and "str")  [operator]
    y.missing  # E: "int" has no attribute "missing"  [attr-defined]
    x < text  # E: Unsupported operand types for < ("float" and "str")  [operator]
    items: list[int] = [x]  # E: List item 0 has incompatible type "float"; expected "int"  [list-item]
    sum(["a"])  # E: List item 0 has incompatible type "str"; expected "bool"  [list-item]
    reveal_type(x * 2)  # R: float
    reveal_type(y**2)  # R: int
    reveal_type(divmod(y, 2))  # R: tuple[int, int]
    reveal_type(max(x, y))  # R: float
    reveal_type(round(x))  # R: int
    return x  # E: Incompatible return value type (got "float", expected "int")  [return-value]


def whole(a: Annotated[int, Unit("km")], b: Km) -> int:
    c: Annotated[int, Unit("km")] = b  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "int[km]")  [assignment]
    d: Km = a
    e: int = b  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "int")  [assignment]
    return a


def text(a: Km) -> str:
    other: str = a  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "str")  [assignment]
    dumped: Any = a
    return a  # E: Incompatible return value type (got "float[km]", expected "str")  [return-value]


def to_plain(a: Km) -> float:
    return a


def ignored(a: Km) -> Annotated[float, Unit("hour")]:
    return a  # type: ignore[typedml-unit]
