"""Formulas that move a zero point: `(t - 32) * 5 / 9` are degrees Celsius, of degrees Fahrenheit.

No step of one is right by itself, and each has another hint; what the whole stands for is one conversion.
"""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING, NamedTuple

from mypy.nodes import OperatorAssignmentStmt, OpExpr
from mypy.types import CallableType, get_proper_type

from typedml.algebra.conversion import converted
from typedml.algebra.customary import EXACT, rounding, shifted
from typedml.algebra.errors import UnitError
from typedml.algebra.meaning import Meaning, Unknown
from typedml.messages import describe
from typedml.mypy.carrier import lower
from typedml.mypy.index import index_of, span
from typedml.mypy.literals import literal_of

if TYPE_CHECKING:
    from mypy.nodes import Context, Expression

    from typedml.algebra.meaning import Operand
    from typedml.algebra.mismatch import Mismatch
    from typedml.algebra.unit import Unit
    from typedml.mypy.session import Session


class Formula(NamedTuple):
    """`value * factor + offset`, of one value or of none; how far the numbers may be off."""

    value: Expression | None
    factor: float
    offset: float
    tolerance: float = EXACT

    def is_of(self, source: Unit, target: Unit) -> bool:
        """Say whether the formula is the conversion from one unit to another."""
        try:
            ratio = source.ratio(target)
        except UnitError:
            return False
        if ratio.offset is None or not isclose(self.factor, float(ratio), rel_tol=self.tolerance):
            return False
        return isclose(self.offset, float(ratio.offset), rel_tol=self.tolerance, abs_tol=EXACT)


def formula_of(node: Expression) -> Formula | None:
    """Return what an expression multiplies one value by, and adds to it."""
    number = literal_of(node)
    if number is not None:
        return Formula(None, 0.0, float(number.value), max(EXACT, rounding(number.value)))
    if not isinstance(node, OpExpr) or node.op not in ("+", "-", "*", "/"):
        return Formula(node, 1.0, 0.0)
    left, right = formula_of(node.left), formula_of(node.right)
    return _combined(node.op, left, right) if left is not None and right is not None else None


def _combined(op: str, left: Formula, right: Formula) -> Formula | None:
    tolerance = max(left.tolerance, right.tolerance)
    if op in ("+", "-"):
        if left.value is not None and right.value is not None:
            return None
        sign = 1.0 if op == "+" else -1.0
        factor, offset = left.factor + sign * right.factor, left.offset + sign * right.offset
        return Formula(left.value or right.value, factor, offset, tolerance)
    if right.value is not None:
        left, right = right, left
        if op == "/" or right.value is not None:
            return None
    if op == "/" and not right.offset:
        return None
    by = right.offset if op == "*" else 1.0 / right.offset
    return Formula(left.value, left.factor * by, left.offset * by, tolerance)


def instead(node: Context, session: Session) -> str:
    """Return the hint for a formula that a refused operator is part of, if it is a conversion."""
    for whole in reversed(list(_outwards(node, session))):
        formula = formula_of(whole)
        meaning = session.operand(formula.value) if formula is not None else None
        if formula is None or not isinstance(meaning, Meaning):
            continue
        source = meaning.unit
        target = shifted(source, formula.factor, formula.offset, formula.tolerance)
        reached = converted(meaning, source, target) if target is not None else None
        if isinstance(reached, Meaning):
            code = f'convert({session.text(formula.value)}, "{source}", "{target}")'
            return f"{code} instead of {session.text(whole)}: it gives {describe(reached)}"
    return ""


def is_allowed(node: Context, session: Session) -> bool:
    """Whether a `@conversion` returns what this is part of, and the whole is the conversion it declares."""
    for whole in _outwards(node, session):
        if span(whole) in index_of(session.tree).conversions:
            formula, wanted = formula_of(whole), _declared(whole, session)
            given = session.operand(formula.value) if formula is not None else None
            if formula is not None and isinstance(given, Meaning) and isinstance(wanted, Meaning):
                return formula.is_of(given.unit, wanted.unit)
    return False


def returns(expression: Expression, mismatch: Mismatch, session: Session) -> bool:
    """Whether a number without a unit is what a `@conversion` makes of its argument."""
    return isinstance(mismatch.left, Unknown) and is_allowed(expression, session)


def _outwards(node: Context, session: Session) -> list[OpExpr]:
    """Return an operation and those that it is part of."""
    found, enclosing = [], index_of(session.tree).enclosing
    # What `c += 273.15` makes of its variable is in the unit of the variable.
    steps = isinstance(node, OpExpr) and isinstance(enclosing.get(node.left), OperatorAssignmentStmt)
    outer = node if not steps else None
    while isinstance(outer, OpExpr):
        found.append(outer)
        outer = enclosing.get(outer)
    return found


def _declared(returned: Expression, session: Session) -> Operand | None:
    """Return what the conversion around an expression declares to return."""
    for function in index_of(session.tree).converting:
        declared = get_proper_type(function.type) if function.type is not None else None
        inside = function.line <= returned.line <= (function.end_line or function.line)
        if inside and isinstance(declared, CallableType):
            return lower(declared.ret_type)
    return None
