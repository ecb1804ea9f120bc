"""Kennedy's examples as programs: what each computes, its principal type, and what mypy shows of that.

After A. Kennedy, *Programming Languages and Dimensions* (1996), *Relational parametricity and units of
measure* (1997) and *Types for units-of-measure: theory and practice* (2009); the algebra infers the same
types in tests/algebra/test_principal_types.py. A type reads `x: U, y: U**2 -> U**3`.
"""

from __future__ import annotations

import attrs


@attrs.frozen
class Example:
    """One function: its type, its body, what `reveal_type` shows of it."""

    name: str
    type: str
    body: str
    revealed: str

    @property
    def function(self) -> str:
        """The name as Python has it."""
        return self.name.replace(" ", "_")

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The names of the parameters, with their units."""
        pairs = (part.partition(": ") for part in self.type.rpartition(" -> ")[0].split(", "))
        return [(name, unit) for name, _, unit in pairs]

    @property
    def result(self) -> str:
        """The unit of the result."""
        return self.type.rpartition(" -> ")[2]

    def declared(self, units: list[str]) -> str:
        """Return the function with these units for its parameters and, at last, its result."""
        names = [name for name, _ in self.parameters]
        given = ", ".join(f"{n}: {annotation(u)}" for n, u in zip(names, units[:-1], strict=True))
        return f"def {self.function}({given}) -> {annotation(units[-1])}:\n    return {self.body}\n"

    @property
    def principal(self) -> str:
        """The function, declared with its principal type."""
        return self.declared([*(unit for _, unit in self.parameters), self.result])

    @property
    def too_general(self) -> str:
        """The function, declared as if no unit had to do with another."""
        free = [
            unit.replace(unit.strip("[]"), f"G{i} => H{i}" if "=>" in unit else f"G{i}")
            for i, (_, unit) in enumerate(self.parameters)
        ]
        return self.declared([*free, self.result.replace(self.result.strip("[]"), "R")])


def annotation(unit: str) -> str:
    """Return how a unit is declared: `U => V` is a function, `[U]` a list."""
    if "=>" in unit:
        taken, _, given = unit.partition(" => ")
        return f"Callable[[{annotation(taken)}], {annotation(given)}]"
    if unit.startswith("["):
        return f"list[{annotation(unit[1:-1])}]"
    return f"Annotated[float, {unit}]"


ONE = 'Unit("1")'

INFERRED = [
    Example("square", "x: U -> U**2", "x * x", "def (x: float['U]) -> float['U**2]"),
    Example("reciprocal", "x: U -> 1 / U", "1.0 / x", "def (x: float['U]) -> float[1/'U]"),
    Example("product", "x: U, y: V -> U * V", "x * y", "def (x: float['U], y: float['V]) -> float['U*'V]"),
    Example("quotient", "x: U, y: V -> U / V", "x / y", "def (x: float['U], y: float['V]) -> float['U/'V]"),
    Example("cube by squares", "x: U -> U**3", "x**2 * x", "def (x: float['U]) -> float['U**3]"),
    Example("root", "x: U**2 -> U", "sqrt(x)", "def (x: float['U**2]) -> float['U]"),
    Example("fourth root", "x: U**4 -> U", "sqrt(sqrt(x))", "def (x: float['U**4]) -> float['U]"),
    Example("sum of two", "x: U, y: U -> U", "x + y", "def (x: float['U], y: float['U]) -> float['U]"),
    Example("minimum", "x: U, y: U -> U", "min(y, x)", "def (x: float['U], y: float['U]) -> float['U]"),
    Example(
        "hypotenuse",
        "x: U, y: U -> U",
        "sqrt(x * x + y * y)",
        "def (x: float['U], y: float['U]) -> float['U]",
    ),
    Example(
        "sum of products",
        "x: U, y: V, z: U * V -> U * V",
        "x * y + z",
        "def (x: float['U], y: float['V], z: float['U*'V]) -> float['U*'V]",
    ),
    Example(
        "squares and cubes",
        "x: U**3, y: U**2 -> U**6",
        "x**2 + y**3",
        "def (x: float['U**3], y: float['U**2]) -> float['U**6]",
    ),
    Example(
        "square cube and fifth",
        "x: U**15, y: U**10, z: U**6 -> U**30",
        "x**2 + y**3 + z**5",
        "def (x: float['U**15], y: float['U**10], z: float['U**6]) -> float['U**30]",
    ),
    Example(
        "root of a cube",
        "x: U**2, y: U**3 -> U**3",
        "sqrt(x**3) + y",
        "def (x: float['U**2], y: float['U**3]) -> float['U**3]",
    ),
    Example(
        "square minus product",
        "x: U, y: V, z: U**2 / V -> U**2",
        "x * x - y * z",
        "def (x: float['U], y: float['V], z: float['U**2/'V]) -> float['U**2]",
    ),
    Example(
        "root of a quadratic",
        "a: U, b: V, c: V**2 / U -> V / U",
        "(sqrt(b * b - 4.0 * (a * c)) - b) / (2.0 * a)",
        "def (a: float['U], b: float['V], c: float['V**2/'U]) -> float['V/'U]",
    ),
    Example(
        "exponential decay",
        "n: U, t: V, tau: V -> U",
        "n * exp(t / tau)",
        "def (n: float['U], t: float['V], tau: float['V]) -> float['U]",
    ),
    Example(
        "logistic growth",
        "k: U, r: V, t: 1 / V -> U",
        "k / exp(r * t)",
        "def (k: float['U], r: float['V], t: float[1/'V]) -> float['U]",
    ),
    Example("only a number", f"x: {ONE} -> {ONE}", "exp(x)", "def (x: float[1]) -> float[1]"),
    Example("a number in disguise", f"x: {ONE} -> {ONE}", "exp(x) + x**2", "def (x: float[1]) -> float[1]"),
    Example("x and its square", f"x: {ONE} -> {ONE}", "x + x**2", "def (x: float[1]) -> float[1]"),
    Example("square and reciprocal", f"x: {ONE} -> {ONE}", "x**2 + 1.0 / x", "def (x: float[1]) -> float[1]"),
    Example("unused", "x: U, y: V -> U", "x", "def (x: float['U], y: float['V]) -> float['U]"),
    Example(
        "a quotient of sums",
        f"x: U, y: U, z: U -> {ONE}",
        "(x + y) / (y + z)",
        "def (x: float['U], y: float['U], z: float['U]) -> float[1]",
    ),
    Example(
        "two of one dimension",
        "x: U, y: V, z: U / V -> U / V",
        "x / y + z",
        "def (x: float['U], y: float['V], z: float['U/'V]) -> float['U/'V]",
    ),
    Example(
        "cross ratio",
        f"a: U, b: U, c: U, d: U -> {ONE}",
        "(a - c) * (b - d) / ((a - d) * (b - c))",
        "def (a: float['U], b: float['U], c: float['U], d: float['U]) -> float[1]",
    ),
    Example(
        "interpolation",
        "x: U, a: U, b: U, y: V, z: V -> V",
        "y + (x - a) / (b - a) * (z - y)",
        "def (x: float['U], a: float['U], b: float['U], y: float['V], z: float['V]) -> float['V]",
    ),
    Example(
        "pendulum",
        "length: U, g: V -> (U / V) ** 0.5",
        "6.28 * sqrt(length / g)",
        "def (length: float['U], g: float['V]) -> float['U**(1/2)/'V**(1/2)]",
    ),
    Example(
        "kepler",
        "a: U, period: V, m: U**3 / V**2 -> U**3 / V**2",
        "a**3 / period**2 + m",
        "def (a: float['U], period: float['V], m: float['U**3/'V**2]) -> float['U**3/'V**2]",
    ),
    Example(
        "variance",
        "x: U, y: U, mu: U -> U**2",
        "((x - mu) ** 2 + (y - mu) ** 2) / 2.0",
        "def (x: float['U], y: float['U], mu: float['U]) -> float['U**2]",
    ),
    Example(
        "skewness",
        "x: U, mu: U, sd: V -> U**3 / V**3",
        "(x - mu) ** 3 / sd**3",
        "def (x: float['U], mu: float['U], sd: float['V]) -> float['U**3/'V**3]",
    ),
    Example(
        "correlation",
        f"x: U, y: V, mx: U, my: V -> {ONE}",
        "(x - mx) * (y - my) / (sqrt((x - mx) ** 2) * sqrt((y - my) ** 2))",
        "def (x: float['U], y: float['V], mx: float['U], my: float['V]) -> float[1]",
    ),
    Example(
        "least squares",
        "x: U, y: V -> V / U",
        "(x * y) / (x * x)",
        "def (x: float['U], y: float['V]) -> float['V/'U]",
    ),
]

HIGHER_ORDER = [
    Example(
        "derivative",
        "f: U => V, x: U, h: U -> V / U",
        "(f(x + h) - f(x - h)) / (2 * h)",
        "def (f: def (float['U]) -> float['V], x: float['U], h: float['U]) -> float['V/'U]",
    ),
    Example(
        "integral",
        "f: U => V, a: U, b: U -> U * V",
        "(b - a) * (f(a) + f(b)) / 2",
        "def (f: def (float['U]) -> float['V], a: float['U], b: float['U]) -> float['U*'V]",
    ),
    Example(
        "newton",
        "f: U => V, slope: U => V / U, x: U -> U",
        "x if f(x) == 0.0 else newton(f, slope, x - f(x) / slope(x))",
        "def (f: def (float['U]) -> float['V], slope: def (float['U]) -> float['V/'U], x: float['U])"
        " -> float['U]",
    ),
    Example(
        "compose",
        "g: V => W, f: U => V, x: U -> W",
        "g(f(x))",
        "def (g: def (float['V]) -> float['W], f: def (float['U]) -> float['V], x: float['U]) -> float['W]",
    ),
    Example(
        "mapped",
        "f: U => V, xs: [U] -> [V]",
        "[f(x) for x in xs]",
        "def (f: def (float['U]) -> float['V], xs: list[float['U]]) -> list[float['V]]",
    ),
    Example(
        "twice",
        "f: U => U, x: U -> U",
        "f(f(x))",
        "def (f: def (float['U]) -> float['U], x: float['U]) -> float['U]",
    ),
]

# Calls of these, and what mypy shows of them; `m`, `s` and `km` are a length, a time and a longer length.
CALLS = {
    "derivative(square, m, m)": "float[m]",
    "derivative(lambda x: x * x * s, m, m)": "float[m*s]",
    "integral(reciprocal, s, s)": "float[1]",
    "integral(square, km, km)": "float[km**3]",
    "newton(square, double, km)": "float[km]",
    "compose(root, fourth_power, m)": "float[m**2]",
    "compose(root, square, s)": "float[s]",
    "mapped(by_time, [km, km])": "list[float[km/hour]]",
    "mapped(square, [m])": "list[float[m**2]]",
    "twice(double, km)": "float[km]",
    "derivative(derivative_of_square, m, m)": "float[1]",
    "partial(derivative, square)(m, m)": "float[m]",
    "list(map(square, mapped(square, [m])))": "list[float[m**4]]",
}
# Calls that have no type.
REFUSED = [
    "twice(square, km)",
    "derivative(square, m, s)",
    "newton(square, square, km)",
    "compose(by_time, by_time, m) + m",
    "mapped(only_metres, [s])",
]
HEAD = """from collections.abc import Callable
from functools import partial
from math import exp, sqrt
from typing import Annotated

from typedml import Unit, UnitVar

Metres = Annotated[float, Unit("m")]
"""
VARIABLES = "".join(
    f'{name} = UnitVar("{name}")\n' for name in (*"UVWR", *(f"{a}{i}" for a in "GH" for i in range(9)))
)
GIVEN = """
def double(x: Annotated[float, U]) -> Annotated[float, U]:
    return 2 * x


def fourth_power(x: Annotated[float, U]) -> Annotated[float, U**4]:
    return x**4


def by_time(x: Annotated[float, U]) -> Annotated[float, U / Unit("hour")]:
    return x / HOUR


def only_metres(x: Metres) -> Metres:
    return x


def derivative_of_square(x: Annotated[float, U]) -> Annotated[float, U]:
    return derivative(square, x, x)


HOUR: Annotated[float, Unit("hour")] = 1.0


def calls(m: Metres, s: Annotated[float, Unit("s")], km: Annotated[float, Unit("km")]) -> None:
"""


def definitions() -> str:
    """Return the program of all examples with their principal types, each shown."""
    shown = (f"{each.principal}\n\nreveal_type({each.function})\n" for each in (*INFERRED, *HIGHER_ORDER))
    return "\n\n".join([HEAD + VARIABLES, *shown])


def applications() -> str:
    """Return the program of all calls of the examples, the refused ones last."""
    examples = "\n\n".join(each.principal for each in (*INFERRED, *HIGHER_ORDER))
    shown = "".join(f"    reveal_type({call})\n" for call in CALLS)
    return "\n\n".join([HEAD + VARIABLES, examples, GIVEN]) + shown + "".join(f"    {c}\n" for c in REFUSED)


def generalizations() -> str:
    """Return the program of all examples with types that are more general than they are."""
    return "\n\n".join([HEAD + VARIABLES, *(each.too_general for each in (*INFERRED, *HIGHER_ORDER))])
