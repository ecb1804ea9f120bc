"""Kennedy's principal types: every function of numbers has one most general type of units, and it is found.

Examples are those of A. Kennedy, *Programming Languages and Dimensions* (1996), *Relational parametricity and
units of measure* (1997) and *Types for units-of-measure: theory and practice* (2009). Functions are run on
symbols: `+` and comparisons demand one unit, products multiply, and what was demanded is solved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from inspect import signature

import pytest

from typedml.algebra.meaning import Meaning
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.monomial import ONE, Exponent, Monomial, is_variable
from typedml.algebra.registry import default_registry
from typedml.algebra.rules import combine
from typedml.algebra.solve import Conflict, principal, solve, substitute
from typedml.algebra.unification import bind, bound, freshened, loosened
from typedml.algebra.unit import Unit


class Symbol:
    """A number whose unit is a monomial over unknowns; the equations it must satisfy are shared by a run."""

    def __init__(self, unit: Monomial, demands: list[tuple[Monomial, Monomial]]) -> None:
        self.unit, self.demands = unit, demands

    def __add__(self, other: Symbol) -> Symbol:
        self.demands.append((self.unit, other.unit))
        return self

    __sub__ = __mod__ = __add__

    def __lt__(self, other: Symbol) -> bool:
        self.demands.append((self.unit, other.unit))
        return True

    def __mul__(self, other: Symbol | float) -> Symbol:
        return Symbol(self.unit * other.unit, self.demands) if isinstance(other, Symbol) else self

    __rmul__ = __mul__

    def __truediv__(self, other: Symbol | float) -> Symbol:
        return Symbol(self.unit / other.unit, self.demands) if isinstance(other, Symbol) else self

    def __rtruediv__(self, other: float) -> Symbol:
        return Symbol(ONE / self.unit, self.demands)

    def __pow__(self, exponent: Exponent) -> Symbol:
        return Symbol(self.unit**exponent, self.demands)


def sqrt(x: Symbol) -> Symbol:
    return x ** Fraction(1, 2)


def exp(x: Symbol) -> Symbol:
    x.demands.append((x.unit, ONE))
    return x


Rows = list[Monomial]


def inferred(function: Callable[..., Symbol]) -> Rows | Conflict:
    """Return the principal type of a function: the units of its arguments, and at last of its result."""
    demands: list[tuple[Monomial, Monomial]] = []
    names = [f"'{name}" for name in signature(function).parameters]
    result = function(*(Symbol(Monomial({name: 1}), demands) for name in names))
    solution = principal(demands, names)
    if isinstance(solution, Conflict):
        return solution
    return [*(solution[name] for name in names), substitute(result.unit, solution)]


def typed(text: str) -> Rows:
    """Read a type: `u, v -> u*v`."""
    arguments, _, result = text.rpartition(" -> ")
    return [read(part) for part in (*filter(None, arguments.split(", ")), result)]


def read(text: str) -> Monomial:
    letters = {letter: Monomial({f"'{letter}0": 1}) for letter in "uvwx"}
    return substitute(Monomial.parse(text), letters)


def is_instance(special: Rows, general: Rows) -> bool:
    """Say whether some choice of the variables of the general type makes it the special one."""
    free = {atom for row in general for atom in row.atoms if is_variable(atom)}
    apart = {atom: Monomial({f"{atom}!": 1}) for atom in free}
    pairs = [(substitute(row, apart), other) for row, other in zip(general, special, strict=True)]
    return not isinstance(solve(pairs, {f"{atom}!" for atom in free}), Conflict)


EXAMPLES: dict[str, tuple[Callable[..., Symbol], str]] = {
    "square": (lambda x: x * x, "u -> u**2"),
    "reciprocal": (lambda x: 1.0 / x, "u -> u**-1"),
    "product": (lambda x, y: x * y, "u, v -> u*v"),
    "quotient": (lambda x, y: x / y, "u, v -> u*v**-1"),
    "cube by squares": (lambda x: x**2 * x, "u -> u**3"),
    "root": (sqrt, "u**2 -> u"),
    "fourth root": (lambda x: sqrt(sqrt(x)), "u**4 -> u"),
    "sum": (lambda x, y: x + y, "u, u -> u"),
    "minimum": (lambda x, y: min(y, x), "u, u -> u"),
    "hypotenuse": (lambda x, y: sqrt(x * x + y * y), "u, u -> u"),
    "sum of products": (lambda x, y, z: x * y + z, "u, v, u*v -> u*v"),
    "squares and cubes": (lambda x, y: x**2 + y**3, "u**3, u**2 -> u**6"),
    "a square, a cube, a fifth power": (lambda x, y, z: x**2 + y**3 + z**5, "u**15, u**10, u**6 -> u**30"),
    "root of a cube": (lambda x, y: sqrt(x**3) + y, "u**2, u**3 -> u**3"),
    "square minus product": (lambda x, y, z: x * x - y * z, "u, v, u**2*v**-1 -> u**2"),
    "root of a quadratic": (
        lambda a, b, c: (sqrt(b * b - 4.0 * (a * c)) - b) / (2.0 * a), "u, v, v**2*u**-1 -> v*u**-1"
    ),
    "exponential decay": (lambda n, t, tau: n * exp(t / tau), "u, v, v -> u"),
    "logistic growth": (lambda k, r, t: k / exp(r * t), "u, v, v**-1 -> u"),
    "only a number": (exp, "1 -> 1"),
    "a number in disguise": (lambda x: exp(x) + x**2, "1 -> 1"),
    "x + x**2": (lambda x: x + x**2, "1 -> 1"),
    "x**2 + 1/x": (lambda x: x**2 + 1.0 / x, "1 -> 1"),
    "unused": (lambda x, y: x, "u, v -> u"),
    "a quotient of sums": (lambda x, y, z: (x + y) / (y + z), "u, u, u -> 1"),
    "two of one dimension": (lambda x, y, z: x / y + z, "u, v, u*v**-1 -> u*v**-1"),
    "cross-ratio": (lambda a, b, c, d: (a - c) * (b - d) / ((a - d) * (b - c)), "u, u, u, u -> 1"),
    "interpolation": (lambda x, a, b, y, z: y + (x - a) / (b - a) * (z - y), "u, u, u, v, v -> v"),
    "pendulum": (lambda length, g: 6.28 * sqrt(length / g), "u, v -> u**(1/2)*v**(-1/2)"),
    "Kepler's third law": (lambda a, period, m: a**3 / period**2 + m, "u, v, u**3*v**-2 -> u**3*v**-2"),
    "variance": (lambda x, y, mu: ((x - mu) ** 2 + (y - mu) ** 2) / 2.0, "u, u, u -> u**2"),
    "skewness": (lambda x, mu, sd: (x - mu) ** 3 / sd**3, "u, u, v -> u**3*v**-3"),
    "correlation": (
        lambda x, y, mx, my: (x - mx) * (y - my) / (sqrt((x - mx) ** 2) * sqrt((y - my) ** 2)),
        "u, v, u, v -> 1",
    ),
    "least squares": (lambda x, y: (x * y) / (x * x), "u, v -> v*u**-1"),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_principal_type_is_found(name: str) -> None:
    """Two types are one if each is an instance of the other: the letters, and the basis, are free."""
    function, text = EXAMPLES[name]
    found, known = inferred(function), typed(text)
    assert not isinstance(found, Conflict)
    assert is_instance(known, found)
    if name != "pendulum":  # whose type has no whole exponents in that basis
        assert is_instance(found, known)


@pytest.mark.parametrize("name", EXAMPLES)
def test_principal_types_have_whole_exponents_in_their_arguments(name: str) -> None:
    found = inferred(EXAMPLES[name][0])
    assert not isinstance(found, Conflict)
    assert all(exponent.denominator == 1 for row in found[:-1] for _, exponent in row.items)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("u, u -> u**2", "u, v -> u*v"),
        ("u -> u", "u -> u**2"),
        ("u**2 -> u", "u -> u"),
        ("1 -> 1", "u -> u**2"),
    ],
)
def test_a_type_that_is_less_general_or_another_is_told_apart(wrong: str, right: str) -> None:
    assert not (is_instance(typed(wrong), typed(right)) and is_instance(typed(right), typed(wrong)))


def test_what_adds_a_length_to_a_time_has_no_type() -> None:
    metre, second = Monomial({"m": 1}), Monomial({"s": 1})
    found = inferred(lambda x: (x * Symbol(metre, x.demands)) + (x * Symbol(second, x.demands)))
    assert isinstance(found, Conflict)
    assert found.index == 0


unit = default_registry().unit


def variable(text: str) -> Unit:
    return unit(text, variables=True)


def result(parameters: Sequence[str], returned: str, given: Sequence[Unit]) -> str | None:
    """Return the unit of a call, as a checker finds it: parameters bound to what is given."""
    patterns = [freshened(Meaning(None, variable(text))).unit for text in parameters]
    found = bound(freshened(Meaning(None, variable(returned))), bind(zip(patterns, given, strict=True)))
    return None if found is None else str(found)


@pytest.mark.parametrize(
    ("parameters", "returned", "given_units", "expected"),
    [
        (["'U**2"], "'U", ["km**2"], "km"),
        (["'U**2"], "'U", ["km"], "km**(1/2)"),
        (["'U", "'V"], "'U*'V", ["km", "1/hour"], "km/hour"),
        (["'U", "'U*'V", "'V/'W", "'W*'X"], "'X", ["m", "m*s", "s/kg", "kg*USD"], "USD"),
        (["'U**2", "'U*'V**3"], "'V", ["m**4", "m**2*s**3"], "s"),
        (["'U**15", "'U**10", "'U**6"], "'U**30", ["m**15", "m**10", "m**6"], "m**30"),
        (["'U"], "'V", ["km"], None),
    ],
)
def test_a_call_of_a_polymorphic_function_has_the_unit_of_its_instance(
    parameters: list[str], returned: str, given_units: list[str], expected: str | None
) -> None:
    assert result(parameters, returned, [unit(text) for text in given_units]) == expected


# A function given as an argument: its own variables are open on the side of what is given.
HIGHER_ORDER = [
    # derivative: (U -> V), U -> V/U, of a square at a length
    (["'U", "'V", "'U"], "'V/'U", ["'W", "'W**2", "m"], "m"),
    # integral: (U -> V), U, U -> U*V, of a reciprocal over time
    (["'U", "'V", "'U", "'U"], "'U*'V", ["'W", "1/'W", "s", "s"], "1"),
    # newton: (U -> V), (U -> V/U), U -> U, of x**2 and 2*x
    (["'U", "'V", "'U", "'V/'U", "'U"], "'U", ["'W", "'W**2", "'X", "'X", "km"], "km"),
    # compose: (V -> W), (U -> V), U -> W, of a root after a fourth power
    (["'V", "'W", "'U", "'V", "'U"], "'W", ["'X**2", "'X", "'Y", "'Y**4", "m"], "m**2"),
    # map: (U -> V), list U -> list V, of division by hours
    (["'U", "'V", "'U"], "'V", ["'W", "'W/hour", "km"], "km/hour"),
    # twice: (U -> U), U -> U, of what only keeps its unit
    (["'U", "'U", "'U"], "'U", ["'W", "'W", "USD"], "USD"),
]


@pytest.mark.parametrize(("parameters", "returned", "given_units", "expected"), HIGHER_ORDER)
def test_polymorphic_functions_are_arguments_of_polymorphic_functions(
    parameters: list[str], returned: str, given_units: list[str], expected: str
) -> None:
    given = [loosened(variable(text)) for text in given_units]
    assert result(parameters, returned, given) == expected


def test_a_function_that_squares_is_not_applied_twice_as_one_that_keeps() -> None:
    """twice: (U -> U) of W -> W**2 forces W to be 1, which km is not: the argument is passed over."""
    given = [loosened(variable("'W")), loosened(variable("'W**2")), unit("km")]
    assert result(["'U", "'U", "'U"], "'U", given) == "1"


def test_variables_of_the_caller_are_constants_to_whom_it_calls() -> None:
    assert result(["'U**2"], "'U", [variable("'U**4")]) == "'U**2"
    assert result(["'U", "'V"], "'U/'V", [variable("'V"), variable("'U")]) == "'V/'U"


def test_inside_a_function_its_variables_are_rigid() -> None:
    u, square = Meaning(None, variable("'U")), Meaning(None, variable("'U**2"))
    assert combine("*", u, u) == square
    assert isinstance(combine("+", u, square), Mismatch)
    assert combine("+", u, u) == u
