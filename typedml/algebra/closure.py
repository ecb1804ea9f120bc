"""Closure: which kind the result of an operation still has, derived from ranges by interval arithmetic.

>>> from typedml.algebra.catalogue import KINDS
>>> from typedml.algebra.meaning import Literal, Meaning
>>> p = Meaning(KINDS["Probability"])
>>> print(product_kind("*", p, p, p.unit), product_kind("*", Literal(2), p, p.unit))
Probability None
"""

from __future__ import annotations

import operator

from typedml.algebra.kind import Kind, Sort, common_or_only, nearest_common
from typedml.algebra.meaning import NO_ROLES, Literal, Meaning, Unknown
from typedml.algebra.ranges import UNBOUNDED, Range
from typedml.algebra.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from typedml.algebra.meaning import Operand

INTERVALS: dict[str, Callable[[Range, Range], Range]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
}
"""Where the results of an operator lie."""

ALWAYS_INTEGRAL = frozenset({"//"})
NEVER_INTEGRAL = frozenset({"/"})


def kind_of(operand: Operand) -> Kind | None:
    """Return the kind of an operand, None for a number."""
    return operand.kind if isinstance(operand, Meaning) else None


def unit_of(operand: Operand) -> Unit:
    """Return the unit of an operand, 1 for a number."""
    return operand.unit if isinstance(operand, Meaning) else Unit.number()


def roles_of(*operands: Operand) -> frozenset[str]:
    """Return the roles of all operands together."""
    found = [operand.roles for operand in operands if isinstance(operand, Meaning) and operand.roles]
    return NO_ROLES.union(*found) if found else NO_ROLES


def range_of(operand: Operand) -> Range:
    """Return where an operand lies."""
    return UNBOUNDED if isinstance(operand, Unknown) else operand.range


def is_integral(operand: Operand) -> bool:
    """Say whether an operand is known to be an integer."""
    return not isinstance(operand, Unknown) and operand.integral


def is_factor(operand: Operand) -> bool:
    """Say whether an operand is a number that may scale a kind: a literal, share, factor or plain one."""
    if not isinstance(operand, Meaning):
        return True
    return operand.unit.is_number and not operand.cut and (operand.kind is None or operand.kind.scales)


def holder(kind: Kind | None, unit: Unit, span: Range, integral: bool) -> Kind | None:
    """Return the nearest of `kind` and its ancestors that holds every number of `span`, in `unit`."""
    if kind is None:
        return None
    for candidate in kind.lineage:
        fits = span.within(candidate.range) and (integral or not candidate.integral)
        fits = fits and not candidate.collective
        if fits and candidate.sort is Sort.VECTOR and candidate.admits(unit):
            return candidate
    return None


def sum_kind(op: str, left: Operand, right: Operand, unit: Unit) -> Kind | None:
    """Return the kind of a sum, difference or remainder whose operands have agreed."""
    mine, theirs = kind_of(left), kind_of(right)
    both = common_or_only(mine, theirs)
    return held(op, left, right, both, unit)


def product_kind(op: str, left: Operand, right: Operand, unit: Unit) -> Kind | None:
    """Return the kind of a product or quotient in `unit`."""
    for candidate, own in candidates(op, left, right):
        if unit == own:
            found = held(op, left, right, candidate, unit)
            if found is not None:
                return found
    return None


def held(op: str, left: Operand, right: Operand, candidate: Kind | None, unit: Unit) -> Kind | None:
    """Return the nearest ancestor of `candidate` that holds the results of an operator."""
    if op == "-" and candidate is not None and kind_of(right) is not None:
        # Minus a log-density is none, and so two differ by the log of a ratio, which is a number.
        candidate = next((kind for kind in candidate.lineage if kind.negatable), None)
    if candidate is None:
        return None
    span = INTERVALS[op](range_of(left), range_of(right))
    integers = is_integral(left) and is_integral(right)
    if op == "**":
        integers = integers and range_of(right).low >= 0
    integral = op in ALWAYS_INTEGRAL or (op not in NEVER_INTEGRAL and integers)
    return holder(candidate, unit, span, integral)


def candidates(op: str, left: Operand, right: Operand) -> list[tuple[Kind, Unit]]:
    """Return the kinds that a product might keep, each with the unit that it must come out in."""
    mine, theirs = kind_of(left), kind_of(right)
    if mine and theirs:
        both = nearest_common(mine, theirs)
        if both is not None:
            return [(both, unit_of(left)), (both, unit_of(right))] if both.closed else []
    found = []
    if mine and is_factor(right) and _is_left(mine, right):
        found.append((mine, unit_of(left)))
    # 1 / odds are odds; a share by odds is a number.
    whole = op == "*" or (theirs is not None and theirs.closed and isinstance(left, Literal))
    if theirs and is_factor(left) and _is_left(theirs, left) and whole:
        found.append((theirs, unit_of(right)))
    return found


def _is_left(kind: Kind, factor: Operand) -> bool:
    """Say whether a kind is still there once it is scaled: a factor gives its own up, but to a literal."""
    return not kind.factor or isinstance(factor, Literal)


def make(kind: Kind | None, unit: Unit, *operands: Operand) -> Meaning:
    """Return the meaning of a result, in the roles of its operands."""
    return Meaning(kind, unit, False, roles_of(*operands))


def literal_of(operand: Operand) -> int | float | None:
    """Return the value of a literal, None for anything else."""
    return operand.value if isinstance(operand, Literal) else None
