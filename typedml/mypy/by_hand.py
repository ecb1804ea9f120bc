"""Conversions written by hand: in `hours * 60 + minutes` it is `hours * 60` that is in minutes by now.

To convert once more would be wrong, so the hint names the call that takes the place of the product.
"""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING, Final

from mypy.nodes import FloatExpr, IntExpr

from typedml.algebra.customary import EXACT, rounding
from typedml.algebra.errors import UnitError
from typedml.algebra.meaning import Literal, Meaning
from typedml.algebra.mismatch import Action, Reason
from typedml.messages import describe
from typedml.mypy.factors import factors
from typedml.mypy.index import index_of, span
from typedml.mypy.literals import literal_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mypy.nodes import Expression

    from typedml.algebra.mismatch import Mismatch
    from typedml.algebra.unit import Unit
    from typedml.mypy.index import TreeIndex
    from typedml.mypy.session import Session

# How far a factor may be rounded: 1.6 for the kilometres of a mile, 0.62 for the miles of a kilometre.
ROUNDED: Final = 0.01
# In a @conversion a factor may be rounded, to no fewer digits than these; others are exact, but for floats.
DIGITS: Final = 2
# Of more than these nobody can say which of them convert.
MOST_NUMBERS: Final = 6
# What takes two values in one unit.
ALIKE: Final = frozenset("+ - < <= > >= == !=".split())
MANY: Final = "convert() one of the operands: it has the factor that is written by hand here"


def flowing(product: Expression | None, mismatch: Mismatch, session: Session) -> str:
    """Return the hint for a product that flows where the unit is wanted that it was turned into by hand."""
    given, wanted = mismatch.left, mismatch.right
    if product is None or not _is_of_units(mismatch):
        return ""
    if not (isinstance(given, Meaning) and isinstance(wanted, Meaning)):
        return ""
    found = _hint(product, wanted, session)
    return found or (MANY if _holds_factor(product, given.unit, wanted.unit) else "")


def _is_of_units(mismatch: Mismatch) -> bool:
    converts = mismatch.remedy is not None and mismatch.remedy.action is Action.CONVERT
    return mismatch.reason is Reason.UNITS_DIFFER or converts


def is_allowed(product: Expression, mismatch: Mismatch, session: Session) -> bool:
    """Whether a `@conversion` returns its argument times the factor between its units, not its inverse."""
    given, wanted = mismatch.left, mismatch.right
    if mismatch.reason is not Reason.UNITS_DIFFER or not is_returned(product, index_of(session.tree)):
        return False
    written = _written(product)
    if written is None or not (isinstance(given, Meaning) and isinstance(wanted, Meaning)):
        return False
    try:
        return math.isclose(written, float(given.unit.ratio(wanted.unit)), rel_tol=_precision(product))
    except UnitError:
        return False


def _precision(product: Expression) -> float:
    """Return how far a factor may be off that is right to the digits it is written with.

    1.609 stands for 1.609344, which is within half of its last digit, and 365 for 365.25.
    """
    numbers = [each for each, _ in factors(product) if isinstance(literal_of(each), Literal)]
    sorts = FloatExpr | IntExpr if len(numbers) == 1 else FloatExpr
    return max([EXACT, *(_rounding(each) for each in numbers if isinstance(each, sorts))])


def _rounding(number: FloatExpr | IntExpr) -> float:
    return rounding(number.value, DIGITS if isinstance(number, FloatExpr) else DIGITS + 1)


def is_returned(product: Expression, index: TreeIndex) -> bool:
    """Whether an expression is what a function returns that is marked as a conversion."""
    return span(product) in index.conversions


def beside(sides: Sequence[Expression | None], mismatch: Mismatch, session: Session) -> str:
    """Return the hint for an operand that was turned by hand into the unit of the other one."""
    operands = (mismatch.left, mismatch.right)
    # A function of several values that refuses their units takes them in one, too.
    is_alike = mismatch.operation in ALIKE or mismatch.operation.isidentifier()
    if not _is_of_units(mismatch) or not is_alike:
        return ""
    pairs = list(zip(sides, reversed(operands), operands, strict=True))
    for side, other, _ in pairs:
        found = _hint(side, other, session) if side is not None and isinstance(other, Meaning) else ""
        if found:
            return found
    several = (
        _holds_factor(side, own.unit, other.unit)
        for side, other, own in pairs
        if side is not None and isinstance(own, Meaning) and isinstance(other, Meaning)
    )
    return MANY if any(several) else ""


def _hint(product: Expression, wanted: Meaning, session: Session) -> str:
    """Return the conversion that a product spells out, and what it stands for."""
    written, leaves = _written(product), session.leaves(product)
    if written is None or len(leaves) != 1 or leaves[0][2] != 1:
        return ""
    text, meaning, _ = leaves[0]
    if meaning.unit.is_point or not _is_factor(written, meaning.unit, wanted.unit):
        return ""
    code = f'convert({text}, "{meaning.unit}", "{wanted.unit}")'
    gives = describe(Meaning(None, wanted.unit))
    return f"{code} instead of {session.text(product)}: it gives {gives}"


def _written(product: Expression) -> float | None:
    """Return the number that a product is multiplied with, as it stands in the source."""
    numbers = _numbers(product)
    return math.prod(numbers) if numbers else None


def _numbers(product: Expression) -> list[float]:
    """Return the numbers that a product is multiplied with one by one, none where it has zeros."""
    found = [(literal_of(factor), exponent) for factor, exponent in factors(product)]
    try:
        return [float(each.value) ** exponent for each, exponent in found if isinstance(each, Literal)]
    except (OverflowError, ZeroDivisionError):
        return []


def _holds_factor(product: Expression, source: Unit, target: Unit) -> bool:
    """Say whether some of the numbers in a product make up a conversion: the 3600 of `2 * s / 3600`."""
    numbers = _numbers(product)[:MOST_NUMBERS]
    chosen = (each for count in range(len(numbers)) for each in combinations(numbers, count + 1))
    return any(_is_factor(math.prod(each), source, target) for each in chosen)


def _is_factor(number: float, source: Unit, target: Unit) -> bool:
    """Say whether a number leads from one unit to the other, or back: who divides means to convert too."""
    try:
        ratio = float(source.ratio(target))
    except UnitError:
        return False
    return ratio != 1 and any(math.isclose(number, each, rel_tol=ROUNDED) for each in (ratio, 1 / ratio))
