"""Shapes: expressions that are another spelling of a function, or of an edge between two kinds.

>>> from typedml.algebra.expression import Name
>>> from typedml.algebra.meaning import UNKNOWN
>>> from typedml.algebra.reading import read
>>> names = dict.fromkeys("zpx", UNKNOWN)
>>> [str(each) for each in spellings(read("1 / (np.exp(-z) + 1)", names))]
['expit(z)']

Each is a row of text, in which every name stands for any expression, the same one wherever it stands twice;
sums and products match both ways round.
"""

from __future__ import annotations

from functools import lru_cache, partial, reduce

from typedml.algebra.elementwise import OPERATORS_OF, SIGNS
from typedml.algebra.expression import Call, Name, Number, Operation, Unary
from typedml.algebra.functions import ALIASES, ELEMENTWISE
from typedml.algebra.meaning import UNKNOWN
from typedml.algebra.reading import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from typedml.algebra.expression import Expression

    Bound: TypeAlias = dict[str, Expression]
    Rules: TypeAlias = dict[str, list[tuple[Expression, Expression]]]

OPERATORS: tuple[tuple[str, str], ...] = (
    *((f"{name}(x, y)", f"x {op} y") for name, op in OPERATORS_OF.items()),
    *((f"{name}(x)", f"{op}x") for name, op in SIGNS.items()),
    ("square(x)", "x ** 2"),
    ("reciprocal(x)", "1 / x"),
    ("between(x, y, z)", "all(x >= y, x <= z)"),
    ("dot(x, y)", "sum(x * y)"),
    ("vdot(x, y)", "sum(x * y)"),
    ("inner(x, y)", "sum(x * y)"),
    ("lerp(x, y, w)", "x + w * (y - x)"),
    ("average(x)", "mean(x)"),
    ("average(x, weights=w)", "average(x, w)"),
    ("log1p(-x)", "log(1 - x)"),
    ("-expm1(x)", "1 - exp(x)"),
    ("x + -y", "x - y"),
    ("x - -y", "x + y"),
    ("not x", "logical_not(x)"),
    ("norm.sf(x)", "1 - ndtr(x)"),
    ("norm.isf(p)", "ndtri(1 - p)"),
    ("norm.logsf(x)", "log_ndtr(-x)"),
    *(
        (f"norm.{name}({given})", written)
        for name, written in {
            "cdf": "ndtr((x - y) / z)",
            "sf": "1 - ndtr((x - y) / z)",
            "logcdf": "log_ndtr((x - y) / z)",
            "logsf": "log_ndtr((y - x) / z)",
            "ppf": "y + z * ndtri(x)",
            "isf": "y + z * ndtri(1 - x)",
        }.items()
        for given in ("x, y, z", "x, loc=y, scale=z", "x, scale=z, loc=y")
    ),
)
"""Functions that are operators, or several of them; the right side is what is judged."""

FUNCTIONS: tuple[tuple[str, str], ...] = (
    ("sum(x) / len(x)", "mean(x)"),
    ("sum(w * x) / sum(w)", "average(x, w)"),
    ("sum(x * w / sum(w))", "average(x, w)"),
    ("sum(x & y) / sum(x)", "average(y, x)"),
    ("sum(x & y) / sum(x | y)", "average(x & y, x | y)"),
    ("exp(mean(log(x)))", "gmean(x)"),
    ("sqrt(var(x))", "std(x)"),
    ("(x - mean(x)) / std(x)", "zscore(x)"),
    ("1 / (1 + exp(-z))", "expit(z)"),
    ("exp(z) / (1 + exp(z))", "expit(z)"),
    ("1 - 1 / (1 + exp(z))", "expit(z)"),
    ("log(p / (1 - p))", "logit(p)"),
    ("log(p) - log(1 - p)", "logit(p)"),
    ("exp(z) / sum(exp(z))", "softmax(z)"),
    ("exp(z - max(z)) / sum(exp(z - max(z)))", "softmax(z)"),
    ("exp(z - logsumexp(z))", "softmax(z)"),
    ("z - logsumexp(z)", "log_softmax(z)"),
    ("z - logsumexp(z)", "log(softmax(z))"),
    ("z - log(sum(exp(z)))", "log_softmax(z)"),
    ("log(softmax(z))", "log_softmax(z)"),
    ("0.5 * (1 + erf(z / sqrt(2)))", "ndtr(z)"),
)
"""Functions written out: what the right side is known to give, the left side gives."""

EDGES: tuple[tuple[str, str, str], ...] = (
    ("p / (1 - p)", "Probability", "Odds"),
    ("o / (1 + o)", "Odds", "Probability"),
    ("1 / p - 1", "Probability", "Odds"),
    ("1 / (1 + o)", "Odds", "Probability"),
    ("(1 - p) / p", "Probability", "Odds"),
    ("x / 255", "Pixel255", "UnitInterval"),
    ("x * 255", "UnitInterval", "Pixel255"),
    ("(s + 1) / 2", "Similarity", "Similarity01"),
    ("0.5 * (s + 1)", "Similarity", "Similarity01"),
)
"""Edges that have no function of their own: the kind of the one variable, and the kind of the whole."""

BY_THEMSELVES: tuple[tuple[str, str, bool], ...] = (
    ("x / sum(x)", "Simplex", False),
    ("x / max(x)", "UnitInterval", False),
    ("(x - min(x)) / (max(x) - min(x))", "UnitInterval", True),
)
"""Values by a statistic of their own: the kind of the whole, and whether x may be negative."""

EXPECTATION = ("sum(w * x)", "average(x, w)")
"""A sum of products, and the mean that it is if the weights are of a kind that sums to one."""

GAINS: tuple[str, ...] = ("10 * log10(x)", "20 * log10(x)")
"""Logarithms of ratios in decibels: of a power the first, of an amplitude the second."""

COMMUTATIVE = frozenset({"+", "*", "==", "!=", "&", "|", "^"})

SUM_OVER = "sum(x) / len(y)"
"""A mean, if the sum is of as many values as are counted: x is made of y value by value."""

OF_ITEMS = frozenset({"sum", "min", "max", "len"})
"""Functions of a list written out that are operators or functions of its items."""


def plainly(expression: Expression) -> Expression:
    """Return the expression with operators where it had functions that are operators."""
    found = next(_written(expression, _rules(OPERATORS)), None) or _of_items(expression)
    return expression if found is None else found


def _of_items(expression: Expression) -> Expression | None:
    """Return `x + y` for `sum([x, y])`, `max(x, y)` for `max([x, y])`, and their number for `len`."""
    if not isinstance(expression, Call) or len(expression.parts) != 1:
        return None
    (items,), name = expression.parts, function_of(expression)
    if not isinstance(items, Call) or items.function != "display" or name not in OF_ITEMS:
        return None
    if name == "len":
        return Number(len(items.parts))
    if len(items.parts) == 1:
        return None
    return reduce(partial(Operation, "+"), items.parts) if name == "sum" else Call(name, items.parts)


@lru_cache(maxsize=1 << 12)
def _plain(expression: Expression) -> Expression:
    """Return the expression with operators instead of functions throughout."""
    if isinstance(expression, Operation | Unary | Call):
        expression = rebuilt(expression, tuple(map(_plain, expression.parts)))
    return plainly(expression)


def spellings(expression: Expression) -> Iterator[Expression]:
    """Yield the calls that the expression is another spelling of."""
    plain = _plain(expression)
    yield from _written(plain, _rules(FUNCTIONS))
    for bound in matches(_pattern(SUM_OVER), plain, {}):
        if bound["x"] != bound["y"] and bound["y"] in _beside(bound["x"]):
            yield Call("mean", (bound["x"],))


def _beside(expression: Expression) -> Iterator[Expression]:
    """Yield everything of which an expression is made value by value, statistics left out."""
    yield expression
    if not isinstance(expression, Call) or function_of(expression) in ELEMENTWISE:
        for part in expression.parts:
            yield from _beside(part)


def expectation(expression: Expression) -> tuple[Expression, Expression] | None:
    """Return the mean that a sum of products is if its weights sum to one, and the weights."""
    text, result = EXPECTATION
    found = next(matches(_pattern(text), expression, {}), None)
    return None if found is None else (replaced(_pattern(result), found), found["w"])


def gains(expression: Expression) -> Iterator[Expression]:
    """Yield the ratio whose gain in decibels the expression is."""
    for text in GAINS:
        for bound in matches(_pattern(text), expression, {}):
            yield bound["x"]


def edges(expression: Expression) -> Iterator[tuple[Expression, str, str]]:
    """Yield what crosses an edge in the expression, and the kinds on both sides of the edge."""
    for pattern, source, target in _edges(_head(expression)):
        for bound in matches(pattern, expression, {}):
            (crossing,) = bound.values()
            yield crossing, source, target


def by_themselves(expression: Expression) -> Iterator[tuple[Expression, str, bool]]:
    """Yield x where values are divided by their own statistic, the kind, and whether x may be negative."""
    for text, kind, signed in BY_THEMSELVES:
        for bound in matches(_pattern(text), expression, {}):
            yield bound["x"], kind, signed


def matches(pattern: Expression, expression: Expression, bound: Bound) -> Iterator[Bound]:
    """Yield what the names of `pattern` stand for where it is the expression."""
    if isinstance(pattern, Name):
        if bound.get(pattern.text, expression) == expression:
            yield {**bound, pattern.text: expression}
    elif isinstance(pattern, Number):
        if isinstance(expression, Number) and expression.value == pattern.value:
            yield bound
    elif _head(pattern) == _head(expression) and len(pattern.parts) == len(expression.parts):
        yield from _all(pattern.parts, expression.parts, bound)
        if isinstance(pattern, Operation) and pattern.op in COMMUTATIVE:
            yield from _all(pattern.parts, expression.parts[::-1], bound)


def _all(patterns: tuple[Expression, ...], parts: tuple[Expression, ...], bound: Bound) -> Iterator[Bound]:
    if not patterns:
        yield bound
        return
    for first in matches(patterns[0], parts[0], bound):
        yield from _all(patterns[1:], parts[1:], first)


def _written(expression: Expression, rules: Rules) -> Iterator[Expression]:
    for pattern, result in rules.get(_head(expression), ()):
        for bound in matches(pattern, expression, {}):
            yield replaced(result, bound)


def replaced(expression: Expression, bound: Bound) -> Expression:
    """Return the expression with what its names stand for."""
    if isinstance(expression, Name):
        return bound[expression.text]
    if isinstance(expression, Number):
        return expression
    parts = tuple(replaced(part, bound) for part in expression.parts)
    return rebuilt(expression, parts)


def rebuilt(expression: Operation | Unary | Call, parts: tuple[Expression, ...]) -> Expression:
    """Return the same node around other parts."""
    if isinstance(expression, Operation):
        return Operation(expression.op, *parts)
    if isinstance(expression, Unary):
        return Unary(expression.op, *parts)
    count = len(expression.arguments)
    words = (name for name, _ in expression.keywords)
    return Call(expression.function, parts[:count], tuple(zip(words, parts[count:], strict=True)))


def function_of(call: Call) -> str:
    """Return the name of a function as the tables of functions have it."""
    return ALIASES.get(call.function, call.function)


def _head(expression: Expression) -> str:
    """Return what tells at once that two expressions are not one: operator or function, and the keywords."""
    if isinstance(expression, Operation):
        return expression.op
    if isinstance(expression, Unary):
        return f"{expression.op} x"
    if isinstance(expression, Call):
        return "".join((function_of(expression), *(f" {word}=" for word, _ in expression.keywords)))
    return ""


@lru_cache(maxsize=4)
def _rules(rows: tuple[tuple[str, str], ...]) -> Rules:
    found: Rules = {}
    for left, right in rows:
        pattern = _pattern(left)
        found.setdefault(_head(pattern), []).append((pattern, _pattern(right)))
    return found


@lru_cache(maxsize=64)
def _edges(head: str) -> tuple[tuple[Expression, str, str], ...]:
    read_rows = ((_pattern(text), source, target) for text, source, target in EDGES)
    return tuple(row for row in read_rows if _head(row[0]) == head)


@lru_cache(maxsize=256)
def _pattern(text: str) -> Expression:
    return read(text, dict.fromkeys("xyzwpos", UNKNOWN))
