"""What the output of a row must be, by ALGEBRA's words and by values that are really computed.

Nothing of `closure`, `ranges` or `agreement` is asked. The words say which kinds a result may have, nearest
first (its lineage), its sort and its unit; brute force says which of these kinds hold the values. Together
they leave exactly one output, so that every other one is noticed, and by whom is told.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import product
from math import inf, isinf, isnan
from typing import NamedTuple

from typedml.algebra.catalogue import KINDS
from typedml.algebra.kind import Kind, Sort
from typedml.algebra.meaning import Literal, Meaning, Operand

Exponents = dict[str, Fraction]

OPERATORS: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
COMPARISONS = frozenset({"<", "<=", ">", ">=", "==", "!="})
ADDITIVE = frozenset({"+", "-", "%"})

# The words of section 3, one set for each sentence.
NUMBERS = ("Proportion", "ScaleFactor", "Weight")  # "a number (literal, proportion, ScaleFactor, Weight)"
GIVE_WAY = ("ScaleFactor", "Weight")  # what they multiply is what they are for
NOT_MULTIPLIED = ("Distance", "Rate", "LogDensity")  # their products are areas, accelerations, nothing
OF_ALL_VALUES = ("Simplex", "ZScore")  # "sums to 1 over its axis"; standardised: of all values, not of each
CLOSE = 1e-9


class Values(NamedTuple):
    """All results of a row: the least, the greatest, and whether all are integers."""

    low: float
    high: float
    integral: bool

    def outside(self, kind: Kind) -> bool:
        """Say whether a value is not of a kind; rounding is forgiven."""
        span = kind.range
        beyond = below(self.low, span.low) or below(-self.high, -span.high)
        at_open_end = (span.low_open and self.low == span.low) or (span.high_open and self.high == span.high)
        return beyond or at_open_end or (kind.integral and not self.integral)


def below(value: float, end: float) -> bool:
    return value < end - (0.0 if isinf(end) else CLOSE * max(1.0, abs(end)))


ANYTHING = Values(-inf, inf, False)


class Expected(NamedTuple):
    """What the output of a row must be: the kinds that it may have, its unit, its sort and its values."""

    kinds: tuple[Kind, ...]
    exponents: Exponents
    sort: Sort
    values: Values

    def notices(self, output: object) -> str | None:
        """Return which check notices a wrong output, None if it is the right one."""
        if not isinstance(output, Meaning):
            return "no meaning"
        if output.sort is not self.sort:
            return "sort"
        if exponents_of(output) != self.exponents:
            return "unit"
        kind = output.kind
        if kind is not None and not period_of(kind) and self.values.outside(kind):
            return "values"
        if kind is not None and kind not in self.kinds:
            return "lineage"
        nearer = self.kinds if kind is None else self.kinds[: self.kinds.index(kind)]
        held = (each for each in nearer if takes(each, self.exponents) and not self.values.outside(each))
        return "nearest" if next(held, None) is not None else None


def period_of(kind: Kind) -> float | None:
    """Return the turn of a cyclic kind, of whose values every one is inside modulo that turn."""
    return kind.period


def takes(kind: Kind, exponents: Exponents) -> bool:
    """Say whether a kind may be measured so: its own unit but for tags, or any of its dimension."""
    if kind.unit is None:
        return True  # the operand had it in that dimension
    own = {atom: Fraction(e) for atom, e in kind.unit.vector.items}
    return untagged(own) == untagged(exponents)


def untagged(exponents: Exponents) -> Exponents:
    return {atom: e for atom, e in exponents.items() if not atom.startswith("#")}


def exponents_of(operand: Operand) -> Exponents:
    """Return the unit of an operand as plain exponents."""
    items = operand.unit.vector.items if isinstance(operand, Meaning) else ()
    return {atom: Fraction(e) for atom, e in items}


def kind_of(operand: Operand) -> Kind | None:
    return operand.kind if isinstance(operand, Meaning) else None


def named(kind: Kind | None, names: Iterable[str]) -> bool:
    """Say whether a kind or one above it has one of these names."""
    return kind is not None and any(above.name in names for above in kind.lineage)


def lineage(kind: Kind | None) -> tuple[Kind, ...]:
    """Return the kinds that an operation may leave of a kind."""
    return () if kind is None else tuple(each for each in kind.lineage if each.name not in OF_ALL_VALUES)


def common(left: Kind, right: Kind) -> Kind | None:
    return next((kind for kind in left.lineage if kind in right.lineage), None)


def numbers(operand: Operand) -> list[float]:
    """Return numbers of an operand's range: its ends, what is near to them, and between."""
    if isinstance(operand, Literal):
        return [float(operand.value)]
    span = operand.range if isinstance(operand, Meaning) else None
    low = -1e6 if span is None or isinf(span.low) else span.low
    high = 1e6 if span is None or isinf(span.high) else span.high
    step = min(1e-3, (high - low) / 8)
    found = {low, low + step, (low + high) / 2, high - step, high, 0.0, 1.0, -1.0, 0.5, 2.0, 3.0, -0.5, 0.3}
    found |= {-step, step, low + step / 1e6, high - step / 1e6}
    return sorted(number for number in found if span is None or span.contains(number))


def is_integral(operand: Operand) -> bool:
    return operand.integral if isinstance(operand, Meaning | Literal) else False


def attempt(op: str, left: float, right: float) -> float | None:
    """Return one result, None where there is none: `x / 0`, `inf * 0`, a root of what is below zero."""
    try:
        value = OPERATORS[op](left, right)
    except (ZeroDivisionError, OverflowError):
        return None
    vanished = op == "**" and value == 0 != left  # too small for a float
    return None if isinstance(value, complex) or isnan(value) or vanished else float(value)


def computed(results: Iterable[float | None], integral: bool) -> Values | None:
    """Return what there is to know of results, None if there are none."""
    found = [each for each in results if each is not None]
    return Values(min(found), max(found), integral) if found else None


def executed(op: str, left: Operand, right: Operand) -> Values | None:
    """Return what all pairs of numbers really give.

    The range is that of all numbers between the ends, also where only integers are meant: ranges have no
    gaps. Integers are what integers give, really computed, or `//`; `/` gives floats.
    """
    if is_torsor(left) or is_torsor(right):
        return moved(op, left, right)
    if op in COMPARISONS:
        return computed((attempt(op, a, b) for a, b in product(numbers(left), numbers(right))), True)
    if op == "**" and is_wild(left, right):
        return ANYTHING
    if op in ("/", "//") and min(numbers(right)) < 0 < max(numbers(right)):
        return ANYTHING
    mine, theirs = numbers(left), numbers(right)
    if op == "%" and isinstance(left, Meaning):
        # The remainders that matter are those of multiples.
        mine = sorted({*mine, *(k * n for n in theirs for k in (1, 2) if left.range.contains(k * n))})
    integral = op == "//" or (op != "/" and is_integral(left) and is_integral(right))
    integers = product(*(filter(float.is_integer, side) for side in (mine, theirs)))
    whole = [attempt(op, a, b) for a, b in integers]
    integral = integral and all(each is None or isinf(each) or each == int(each) for each in whole)
    return computed((attempt(op, a, b) for a, b in product(mine, theirs)), integral)


def is_wild(base: Operand, exponent: Operand) -> bool:
    """Say whether powers may be anything: below zero, unless the exponent is one whole number."""
    powers = {*numbers(exponent)}
    known = len(powers) == 1 and min(powers) >= 0 and min(powers).is_integer()
    return min(numbers(base)) < 0 and not known


def is_torsor(operand: Operand) -> bool:
    return isinstance(operand, Meaning) and operand.sort is Sort.TORSOR


def moved(op: str, left: Operand, right: Operand) -> Values | None:
    """Return the results of operators on points: a step leads from a point to a point."""
    if op in COMPARISONS:
        return computed([0.0, 1.0], True)
    point = left if is_torsor(left) else right
    points = numbers(point)
    if op in ("*", "/", "%"):
        others = numbers(right if point is left else left)
        return computed((attempt(op, a, b) for a, b in product(points, others)), False)
    if is_torsor(left) and is_torsor(right):
        return computed((a - b for a, b in product(points, numbers(right))), False)
    whole = is_integral(point)
    points = [each for each in points if not whole or each.is_integer()]
    return computed((a + (b - a) for a, b in product(points, points)), whole)


def expected(op: str, left: Operand, right: Operand) -> Expected | None:
    """Return what `left op right` must be, None where no number can tell: `x / 0`, `x % inf`."""
    if op not in {"+"} | COMPARISONS and any(each in (Literal(inf), Literal(-inf)) for each in (left, right)):
        return None
    values = executed(op, left, right)
    if values is None:
        return None
    if op in COMPARISONS:
        return Expected((KINDS["Binary"],), {}, Sort.VECTOR, values)
    if is_torsor(left) or is_torsor(right):
        return _of_points(op, left, right, values)
    exponents = _exponents(op, left, right)
    return Expected(_kinds(op, left, right, exponents), exponents, Sort.VECTOR, values)


def _of_points(op: str, left: Operand, right: Operand, values: Values) -> Expected:
    """`t - t` is its delta, `t +- delta` and `delta + t` a `t`; a Logit has multiples, a cycle remainders."""
    point = left if is_torsor(left) else right
    exponents = exponents_of(point)
    if is_torsor(left) and is_torsor(right):
        return Expected((), exponents, Sort.VECTOR, values)
    kind = kind_of(point)
    return Expected(() if kind is None else (kind,), exponents, Sort.TORSOR, values)


def _exponents(op: str, left: Operand, right: Operand) -> Exponents:
    mine, theirs = exponents_of(left), exponents_of(right)
    if op in ADDITIVE:
        return _of_sum(left, right)
    if op == "**":
        return _of_power(left, right)
    if op == "//" and untagged(theirs):
        return {}
    sign = 1 if op == "*" else -1
    none = Fraction(0)
    both = {atom: mine.get(atom, none) + sign * theirs.get(atom, none) for atom in mine | theirs}
    return {atom: exponent for atom, exponent in both.items() if exponent}


def _of_sum(left: Operand, right: Operand) -> Exponents:
    """One unit; a number has every one that it may stand beside; what is not tagged, or turned, wins."""
    mine, theirs = exponents_of(left), exponents_of(right)
    if not isinstance(left, Meaning) or not isinstance(right, Meaning):
        return mine or theirs
    if untagged(mine) == untagged(theirs) == {}:
        return mine or theirs
    turned = [{atom: e for atom, e in side.items() if atom != "rad"} for side in (mine, theirs)]
    chosen = turned if mine.get("rad") != theirs.get("rad") else [mine, theirs]
    return min(chosen, key=lambda side: len(side) - len(untagged(side)))


def _of_power(left: Operand, right: Operand) -> Exponents:
    base = exponents_of(left)
    if not base or not isinstance(right, Literal):
        return {}
    exponent = Fraction(right.value).limit_denominator(100)
    kept = base if exponent.denominator == 1 else untagged(base)
    return {atom: e * exponent for atom, e in kept.items() if exponent}


def _kinds(op: str, left: Operand, right: Operand, exponents: Exponents) -> tuple[Kind, ...]:
    mine, theirs = kind_of(left), kind_of(right)
    if op in ADDITIVE:
        pairs = ((mine, theirs), (theirs, mine))
        if any(named(one, ["Binary"]) and named(many, ["Count"]) for one, many in pairs):
            return lineage(KINDS["Count"])  # an indicator counts: "sum is a Count"
        if op == "-" and left in (Literal(1), Literal(1.0)) and named(theirs, ["Similarity"]):
            return (KINDS["Distance"],)  # "1 - s is a Distance"
        if op == "%":  # "one unit in: % the same"
            return () if mine is None else lineage(common(mine, theirs) if theirs else mine)
        if op == "-" and named(theirs, ["LogDensity"]):
            return ()  # "log-odds ratios are gains": minus a logarithm of a density is none
        return lineage(common(mine, theirs) if mine and theirs else mine or theirs)
    if op == "**":
        return _of_raised(left, right, exponents)
    if op == "//" and untagged(exponents_of(right)):
        return ()  # "one unit in: // a number"
    return _of_product(op, left, right, exponents)


def _of_product(op: str, left: Operand, right: Operand, exponents: Exponents) -> tuple[Kind, ...]:
    """A number times a kind, or two of one kind, in the unit that the kind had."""
    mine, theirs = kind_of(left), kind_of(right)
    shared = common(mine, theirs) if mine and theirs else None
    if shared is not None:
        same = exponents in (exponents_of(left), exponents_of(right))
        return lineage(shared) if same and not named(shared, NOT_MULTIPLIED) else ()
    # A factor keeps its own kind beside a written number only: `weight * feature` is no weight.
    first = mine if is_number(right) and (not named(mine, GIVE_WAY) or isinstance(right, Literal)) else None
    second = (
        theirs if is_number(left) and (not named(theirs, GIVE_WAY) or isinstance(left, Literal)) else None
    )
    if op != "*" and (named(second, NOT_MULTIPLIED) or not isinstance(left, Literal)):
        second = None  # one by odds is odds, a share by odds is not
    kept = lineage(first) if exponents == exponents_of(left) else ()
    return kept + (lineage(second) if exponents == exponents_of(right) else ())


def _of_raised(left: Operand, right: Operand, exponents: Exponents) -> tuple[Kind, ...]:
    """A power is a product with itself."""
    kind = kind_of(left)
    if kind is None or exponents != exponents_of(left):
        return ()
    once = isinstance(right, Literal) and right.value == 1
    return lineage(kind) if once or not named(kind, NOT_MULTIPLIED) else ()


def is_number(operand: Operand) -> bool:
    """Say whether an operand is what ALGEBRA calls a number: without a unit, a literal, share or factor."""
    if not isinstance(operand, Meaning):
        return True
    return not exponents_of(operand) and (operand.kind is None or named(operand.kind, NUMBERS))
