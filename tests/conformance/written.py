"""Cases that are about more than one expression, as the programs that a user of Python writes for them.

`case` is what the function is called that the case is about; it gets the name of the case.
"""

from __future__ import annotations

from typing import Final

INEXPRESSIBLE: Final[dict[str, str]] = dict.fromkeys(
    ("uomplug-008", "uomplug-014"),
    "no declaration of Python's assumes an equation between unit variables, such as A**2 = B**3",
)
"""By identifier, with the reason."""

WRITTEN: Final[dict[str, str]] = {
    # Units are no types, and other things have none.
    "fsspec-013": """
from collections.abc import Iterable
SPEED_UNIT = Unit("m/s")
def case(xs: Iterable[SPEED_UNIT]) -> None: ...
""",
    "fs-059": """
def case(x: Annotated[str, Unit("m")]) -> None: ...
""",
    "fs-062": """
from typing import overload
@overload
def case(x: Annotated[float, Unit("m")]) -> int: ...
@overload
def case(x: Annotated[float, Unit("s")]) -> str: ...
def case(x: float) -> int | str:
    return 1
""",
    # Ranges of integers, and of floats as a function of one's own.
    "fsspec-019": """
def case(a: Annotated[int, Unit("s")], b: Annotated[int, Unit("s")]) -> None:
    reveal_type(range(a, b))
""",
    "fsspec-020": """
def case(a: Annotated[int, Unit("s")], b: Annotated[int, Unit("s")], step: Annotated[int, Unit("1")]) -> None:
    reveal_type(range(a, b, step))
""",
    "fs-058": """
from collections.abc import Iterator
def case_steps(
    first: Annotated[float, U], last: Annotated[float, U], step: Annotated[float, U]
) -> Iterator[Annotated[float, U]]:
    while first <= last:
        yield first
        first += step
def case(
    a: Annotated[float, Unit("kg")], b: Annotated[float, Unit("kg")], step: Annotated[float, Unit("s")]
) -> None:
    case_steps(a, b, step)
""",
    "fs-061": """
def case(x: Annotated[float, U], one: float) -> Annotated[float, V]:
    return x * one
""",
    # Polymorphic recursion, with its signature.
    "fs-068": """
def case(xs: list[Annotated[float, U]], ys: list[Annotated[float, V]]) -> list[Annotated[float, U * V]]:
    if not xs or not ys:
        return []
    return [xs[0] * ys[0], *case(ys[1:], xs[1:])]
""",
    "fs-069": """
def case(xs: list[Annotated[float, U]], ys: list[Annotated[float, U]]) -> list[Annotated[float, U**2]]:
    if not xs or not ys:
        return []
    return [xs[0] * ys[0], *case(ys[1:], xs[1:])]
""",
    # Functions of functions.
    "fs-071": """
def case(
    f: Callable[[Annotated[float, U]], Annotated[float, V]],
    a: Annotated[float, U],
    b: Annotated[float, U],
    n: int,
) -> Annotated[float, U * V]:
    h = (b - a) / n
    reveal_type(h * (f(a) + f(b)) / 2)
    total = (f(a) + f(b)) / 2
    for i in range(1, n):
        total += f(a + i * h)
    return h * total
""",
    "fs-072": """
def case(
    f: Callable[[Annotated[float, U]], Annotated[float, V]],
    f1: Callable[[Annotated[float, U]], Annotated[float, V / U]],
    x: Annotated[float, U],
    acc: Annotated[float, Unit("1")],
) -> Annotated[float, U]:
    reveal_type(x - f(x) / f1(x))
    closer = x - f(x) / f1(x)
    return closer if abs((closer - x) / x) < acc else case(f, f1, closer, acc)
""",
    "fs-073": """
def case_newton(
    f: Callable[[Annotated[float, U]], Annotated[float, V]],
    f1: Callable[[Annotated[float, U]], Annotated[float, V / U]],
    x: Annotated[float, U],
    acc: Annotated[float, Unit("1")],
) -> Annotated[float, U]:
    return x - f(x) / f1(x)
def case(
    f: Callable[[Annotated[float, Unit("s")]], Annotated[float, Unit("m")]],
    f1: Callable[[Annotated[float, Unit("s")]], Annotated[float, Unit("m/s")]],
    x: Annotated[float, Unit("s")],
    acc: Annotated[float, Unit("1")],
) -> None:
    reveal_type(case_newton(f, f1, x, acc))
""",
    "fs-074": """
def case_newton(
    f: Callable[[Annotated[float, U]], Annotated[float, V]],
    f1: Callable[[Annotated[float, U]], Annotated[float, V / U]],
    x: Annotated[float, U],
    acc: Annotated[float, Unit("1")],
) -> Annotated[float, U]:
    return x - f(x) / f1(x)
def case(
    f: Callable[[Annotated[float, Unit("s")]], Annotated[float, Unit("m")]],
    x: Annotated[float, Unit("s")],
    acc: Annotated[float, Unit("1")],
) -> None:
    case_newton(f, f, x, acc)
""",
    "fs-076": """
def case(xs: list[Annotated[float, U]]) -> None:
    reveal_type(sum(xs, 0.0))
""",
    # Functions whose parameters tell too little, or all.
    "fs-088": """
def case_ratio(x: Annotated[float, U**2], y: Annotated[float, U**3]) -> Annotated[float, Unit("1")]:
    return x**3 / y**2
def case(x: Annotated[float, Unit("m**4")], y: Annotated[float, Unit("m**5")]) -> None:
    case_ratio(x, y)
""",
    "fs-089": """
def case_root(x: Annotated[float, U**2]) -> Annotated[float, U]:
    return math.sqrt(x)
def case(x: Annotated[float, Unit("m**2/s**2")]) -> None:
    reveal_type(case_root(x))
""",
    "fs-091": """
def case_product(x: Annotated[float, U], y: Annotated[float, U**-1]) -> Annotated[float, Unit("1")]:
    return x * y
def case(x: Annotated[float, Unit("m")], y: Annotated[float, Unit("m")]) -> None:
    case_product(x, y)
""",
    "fs-106": """
def case_speed(
    d: Annotated[float, Unit("m")],
) -> Callable[[Annotated[float, Unit("s")]], Annotated[float, Unit("m/s")]]:
    def over(t: Annotated[float, Unit("s")]) -> Annotated[float, Unit("m/s")]:
        return d / t
    return over
def case(d: Annotated[float, Unit("m")], ts: list[Annotated[float, Unit("s")]]) -> None:
    reveal_type([case_speed(d)(t) for t in ts])
""",
    # Local functions.
    "fs-108": """
def case(x: Annotated[float, Unit("m")], y: Annotated[float, Unit("s")]) -> None:
    def g(z):
        return z * z
    reveal_type(g(x))
    reveal_type(g(y))
""",
    "uomplug-010": """
def case(
    x: Annotated[float, U], length: Annotated[float, Unit("m")], mass: Annotated[float, Unit("kg")]
) -> None:
    def h(y: Annotated[float, V]) -> Annotated[float, U * V]:
        return x * y
    reveal_type(h(length))
    reveal_type(h(mass))
""",
    "fs-113": """
def case(x: Annotated[float, Unit("m")], y: Annotated[float, Unit("s")]) -> None:
    reveal_type({"a": x, "b": y})
""",
    "fs-127": """
def case(x: Annotated[float, U], y) -> None:
    reveal_type(math.sqrt(x * x + y * y))
""",
    # Classes whose fields share a unit.
    "fs-125": """
from dataclasses import dataclass
@dataclass
class case_Point:
    x: Annotated[float, U]
    y: Annotated[float, U]
def case(p: case_Point) -> None:
    reveal_type(p.x * p.y)
""",
    "fs-126": """
from dataclasses import dataclass
@dataclass
class case_Point:
    x: Annotated[float, U]
    y: Annotated[float, U]
def case(x: Annotated[float, Unit("m")], y: Annotated[float, Unit("s")]) -> None:
    case_Point(x, y)
""",
    # Representation, refinement and what is read.
    "au-049": """
def case(x: Annotated[float, Unit("m")]) -> Annotated[int, Unit("m")]:
    return convert(x, "m", "m")
""",
    "coulomb-065": """
def case(x: Annotated[float, POSITIVE, Unit("m")], z: Annotated[float, POSITIVE, Unit("m")]) -> None:
    reveal_type(x + z)
""",
    "coulomb-069": """
from dataclasses import dataclass
@dataclass
class case_Reply:
    latency: Annotated[float, Unit("second")]
CASE_MILLISECOND = Unit("millisecond")
def case() -> None:
    case_Reply(CASE_MILLISECOND(100.0))
""",
    "uomplug-018": """
def case(text: str) -> Annotated[float, Unit("m")]:
    return float(text)
""",
    # Markers, and values of the bottom type.
    "punits-005": """
CASE_METER = Unit("m")
def case(x: Annotated[float, Unit("1")]) -> None:
    reveal_type(CASE_METER(x))
""",
    "punits-006": """
CASE_METER = Unit("m")
def case(x: Annotated[float, Unit("s")]) -> None:
    reveal_type(CASE_METER(x))
""",
    "punits-004": """
from typing import Never
def case(x: Never) -> Annotated[float, Unit("m")]:
    y: Annotated[float, Unit("m")] = x
    return y
""",
    "punits-014": """
from typing import Never
def case(y: float) -> None:
    z = y
    x: Never = z
""",
    "pint-030": """
def case(xs: list[Annotated[float, Unit("m")]]) -> list[Annotated[float, Unit("m")]]:
    product, found = xs[0], [xs[0]]
    for x in xs[1:]:
        product *= x
        found.append(product)
    return found
""",
}
"""By identifier."""

RESULTS: Final[dict[str, tuple[str, ...]]] = {"fs-108": ("m**2", "s**2"), "uomplug-010": ("'U*m", "'U*kg")}
"""What a case of several results expects of each."""
