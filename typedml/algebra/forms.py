"""What an expression comes to as numbers: a quotient of polynomials, and what can be proven of it.

The polynomials are over the parts that are read as wholes - names, and calls of functions. From them follow
weights that add to one, parts of a whole, and ranges that no single operator shows.
"""

from __future__ import annotations

from math import inf

from typedml.algebra.meaning import Literal, Meaning, Operand, Unknown
from typedml.algebra.monomial import Monomial
from typedml.algebra.polynomial import (
    ONE,
    ZERO,
    Polynomial,
    atoms_of,
    constant,
    is_small,
    minus,
    never_negative,
    plus,
    scaled,
    times,
)
from typedml.algebra.polynomial import atom as polynomial_of
from typedml.algebra.ranges import UNIT_RANGE, Range
from typedml.algebra.unit import Unit
from typedml.algebra.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from fractions import Fraction

HIGHEST_POWER = 6


class Form(Value):
    """A quotient of polynomials, `top / bottom`."""

    __slots__ = ("bottom", "top")

    top: Polynomial
    bottom: Polynomial

    def __init__(self, top: Polynomial, bottom: Polynomial = ONE) -> None:
        self._fill(top=top, bottom=bottom)

    @staticmethod
    def of(operand: Operand, text: str) -> Form | None:
        """Return the form of a whole: a number is itself, anything else an atom named by its text."""
        if not isinstance(operand, Literal):
            return Form(polynomial_of(text))
        return Form(constant(operand.value)) if abs(operand.value) < inf else None

    @property
    def atoms(self) -> list[str]:
        """Return the atoms that occur, in order."""
        return atoms_of(self.top, self.bottom)

    @property
    def is_quotient(self) -> bool:
        """Say whether it is divided by more than a number."""
        return bool(atoms_of(self.bottom))

    def within(self, span: Range, ranges: Mapping[str, Range]) -> bool:
        """Say whether it is proven to lie in `span`, where its atoms lie in `ranges`."""
        bottom, low, high = self.bottom, span.low, span.high
        # That it is never below the end does not say that it never is the end: `x - x` of positive values.
        open_ended = (span.low_open and low > -inf) or (span.high_open and high < inf)
        if open_ended or not never_negative(bottom, ranges):
            return False
        above = low == -inf or never_negative(minus(self.top, times(constant(low), bottom)), ranges)
        return above and (
            high == inf or never_negative(minus(times(constant(high), bottom), self.top), ranges)
        )


def combined(op: str, left: Form | None, right: Form | None) -> Form | None:
    """Return the form of an operation, None where it is none or too large."""
    if left is None or right is None or op not in COMBINATIONS:
        return None
    found = COMBINATIONS[op](left, right)
    return found if found is not None and is_small(found.top) and is_small(found.bottom) else None


def negated(form: Form | None) -> Form | None:
    """Return the form of `-x`."""
    return None if form is None else Form(minus(ZERO, form.top), form.bottom)


def _sum(left: Form, right: Form) -> Form:
    if left.bottom == right.bottom:
        return Form(plus(left.top, right.top), left.bottom)
    crossed = plus(times(left.top, right.bottom), times(right.top, left.bottom))
    return Form(crossed, times(left.bottom, right.bottom))


def _difference(left: Form, right: Form) -> Form:
    return _sum(left, Form(minus(ZERO, right.top), right.bottom))


def _product(left: Form, right: Form) -> Form:
    return Form(times(left.top, right.top), times(left.bottom, right.bottom))


def _quotient(left: Form, right: Form) -> Form | None:
    if not right.top:
        return None
    top, bottom = times(left.top, right.bottom), times(left.bottom, right.top)
    if not atoms_of(bottom):
        (number,) = bottom.values()
        return Form(scaled(top, 1 / number))
    return Form(top, bottom)


def _power(left: Form, right: Form) -> Form | None:
    exponent = _integer(right)
    if exponent is None or not 0 <= exponent <= HIGHEST_POWER:
        return None
    found = Form(ONE)
    for _ in range(exponent):
        found = _product(found, left)
        if not (is_small(found.top) and is_small(found.bottom)):
            return None
    return found


def _integer(form: Form) -> int | None:
    if form.is_quotient or atoms_of(form.top):
        return None
    value = next(iter(form.top.values()), 0)
    return int(value) if value.denominator == 1 else None


COMBINATIONS: dict[str, Callable[[Form, Form], Form | None]] = {
    "+": _sum,
    "-": _difference,
    "*": _product,
    "/": _quotient,
    "**": _power,
}


class Atoms:
    """The atoms of one expression: what each of them means and where it lies."""

    def __init__(self) -> None:
        self.operands: dict[str, Operand] = {}
        self.ranges: dict[str, Range] = {}

    def add(self, text: str, operand: Operand, span: Range) -> None:
        """Enter an atom; it is one however often it occurs."""
        self.operands[text] = operand
        self.ranges.setdefault(text, span)

    def divides(self, form: Form | None) -> None:
        """Note what is divided by: a whole number that may not be zero is at least 1."""
        for text in form.atoms if form is not None and len(form.top) == 1 else ():
            span, operand = self.ranges[text], self.operands[text]
            if span.low == 0 and isinstance(operand, Meaning) and operand.integral and span.high > 1:
                self.ranges[text] = Range(1.0, span.high)

    @property
    def shares(self) -> dict[str, Range]:
        """Return where the atoms lie if those of unstated range are weights.

        Only where weights visibly add to one: then who wrote them means shares.
        """
        return {text: UNIT_RANGE if self._weighs(text) else span for text, span in self.ranges.items()}

    def _weighs(self, text: str) -> bool:
        operand = self.operands[text]
        if isinstance(operand, Unknown):
            return self.ranges[text].is_unbounded
        kind = operand.kind if isinstance(operand, Meaning) else None
        return kind is not None and kind.factor and self.ranges[text].is_unbounded

    def unit_of(self, polynomial: Polynomial) -> Unit | None:
        """Return the unit of a polynomial, None if its terms are not in one."""
        units = [self._unit_of(monomial) for monomial in polynomial]
        return units[0] if units and all(unit == units[0] for unit in units) else None

    def _unit_of(self, monomial: Monomial) -> Unit:
        unit = Unit.number()
        for text, exponent in monomial.items:
            operand = self.operands[text]
            if isinstance(operand, Meaning):
                unit = unit * operand.unit.delta() ** exponent
        return unit


def linear(polynomial: Polynomial, values: list[str]) -> tuple[dict[str, Polynomial], Polynomial] | None:
    """Return the coefficient of each of `values`, and the rest; None if it is not linear in them."""
    found: dict[str, Polynomial] = {}
    rest: Polynomial = {}
    for monomial, coefficient in polynomial.items():
        here = [text for text in values if monomial.exponent(text)]
        if not here:
            rest = plus(rest, {monomial: coefficient})
        elif len(here) == 1 and monomial.exponent(here[0]) == 1:
            weight = {monomial / Monomial({here[0]: 1}): coefficient}
            found[here[0]] = plus(found.get(here[0], ZERO), weight)
        else:
            return None
    return found, rest


def total(weights: dict[str, Polynomial]) -> Polynomial:
    """Return the sum of the weights."""
    found = ZERO
    for weight in weights.values():
        found = plus(found, weight)
    return found


def ratio(left: Polynomial, right: Polynomial) -> tuple[Monomial, Fraction] | None:
    """Return the monomial that `left` is the multiple of `right` by, if it is one."""
    if not left or len(left) != len(right):
        return None
    own, other = (sorted(each, key=str) for each in (left, right))
    for first in other:
        quotient, factor = own[0] / first, left[own[0]] / right[first]
        if all(left.get(each * quotient) == right[each] * factor for each in other):
            return quotient, factor
    return None
