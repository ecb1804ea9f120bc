"""Numbers that look like a conversion: `hours * 60` are hours still, sixty times as many.

That may be meant so, and is no error; but where 60 leads from the unit of the value to another one that
people use, there is a note that says so.
"""

from __future__ import annotations

from math import isclose, prod
from typing import TYPE_CHECKING, Any, NamedTuple

from mypy.nodes import ComparisonExpr, Context, Node, OperatorAssignmentStmt, OpExpr

from typedml.algebra.customary import reached, rounding
from typedml.algebra.kind import Sort
from typedml.algebra.meaning import Literal, Meaning, Operand
from typedml.algebra.strictness import FACTORS_NOTED
from typedml.algebra.unit import Unit
from typedml.messages.code import SUM, grouped
from typedml.messages.factors import Factor
from typedml.mypy.index import index_of, span, walk
from typedml.mypy.literals import literal_of
from typedml.mypy.remarks import remark

if TYPE_CHECKING:
    from mypy.nodes import Expression

    from typedml.algebra.strictness import Level
    from typedml.mypy.session import Session

TIMES = ("*", "/")


class Peeled(NamedTuple):
    """A product without the numbers that are written in it: `60` and `h` of `h * 60`."""

    numbers: list[tuple[float, int]]
    value: Expression
    is_below: bool = False

    @property
    def factor(self) -> float:
        """Return what the value, or one by it, is multiplied with."""
        try:
            return prod(float(number) ** exponent for number, exponent in self.numbers)
        except (OverflowError, ZeroDivisionError):
            return 0.0

    @property
    def tolerance(self) -> float:
        """Return how far the factor may be off that is right to the digits that it is written with."""
        return max((rounding(number) for number, _ in self.numbers), default=0.0)

    def links(self, session: Session) -> tuple[Unit, Unit] | None:
        """Return the unit of the value, or of one by it, and the one that the factor leads to."""
        meaning = session.operand(self.value) if self.numbers else None
        if not isinstance(meaning, Meaning) or meaning.unit.is_point:
            return None
        source = meaning.unit**-1 if self.is_below else meaning.unit
        target = reached(source, self.factor, self.tolerance)
        return None if target is None else (source, target)


def scales(sign: str, left: Operand, right: Operand, level: Level) -> bool | None:
    """Say whether a value in a unit is multiplied with a number that leads to another unit by itself.

    None where there is no such value or no number is written.
    """
    if sign not in TIMES or level not in FACTORS_NOTED:
        return None
    value, number = (left, right) if isinstance(right, Literal) else (right, left)
    if not isinstance(number, Literal) or not isinstance(value, Meaning) or not number.value:
        return None
    if value.sort is not Sort.VECTOR or value.cut or not value.unit.dimension:
        return None
    is_below = sign == "/" and value is right
    factor = 1 / number.value if sign == "/" and not is_below else float(number.value)
    source = value.unit**-1 if is_below else value.unit
    return reached(source, factor, rounding(number.value)) is not None


def may_convert(alone: bool, sides: tuple[Expression | None, Expression | None]) -> bool:
    """Say whether a number converts, alone or with those that are further inside: `r * 180 / math.pi`."""
    return alone or isinstance(sides[0], OpExpr) or isinstance(sides[1], OpExpr)


def note(node: Any, session: Session) -> None:
    """Note what a product looks like, with all of its numbers: `h * 60 * 60` leads from hours to seconds."""
    peeled = _peeled(node)
    links = peeled.links(session)
    if links is None or session.checker is None or _is_converting(node, session):
        return
    product = _with_numbers(node, session)
    if product is not node:
        whole = _peeled(product)
        if isclose(whole.factor, 1.0):
            return  # there and back
        # `h * 60 * 2` is twice what `h * 60` looks like.
        further = whole.links(session)
        product, peeled, links = (product, whole, further) if further is not None else (node, peeled, links)
    index, around = index_of(session.tree), product
    while isinstance(outer := index.enclosing.get(around), OpExpr) and outer.op in TIMES:
        around = outer
    if _stands_beside(around, links[0], session):
        return
    text = session.text(peeled.value)
    text = f"1 / {grouped(text, SUM + 2)}" if peeled.is_below else text
    assigns = isinstance(index.enclosing.get(node.left), OperatorAssignmentStmt)
    factor = Factor(peeled.factor, text, session.text(product), *links, assigns)
    remark(session.checker.msg.errors, (factor.fact, factor.hint), span(product), span(around))


def _stands_beside(product: OpExpr, unit: Unit, session: Session) -> bool:
    """Say whether a product is added to, or compared with, what is in the unit that it keeps."""
    outer: Context | None = index_of(session.tree).enclosing.get(product)
    if outer is None:
        comparisons = (node for node in walk(session.tree, Node) if isinstance(node, ComparisonExpr))
        outer = next((each for each in comparisons if product in each.operands), None)
    beside = outer.operands if isinstance(outer, ComparisonExpr) else []
    if isinstance(outer, OpExpr) and outer.op in ("+", "-"):
        beside = [outer.left, outer.right]
    found = [session.operand(each) for each in beside if each is not product]
    return any(isinstance(each, Meaning) and each.unit == unit for each in found)


def _is_converting(node: OpExpr, session: Session) -> bool:
    """Say whether a product stands in a function that is marked as a conversion."""
    functions = index_of(session.tree).converting
    return any(each.line <= node.line <= (each.end_line or each.line) for each in functions)


def _with_numbers(node: OpExpr, session: Session) -> OpExpr:
    """Return a product with all numbers that it is multiplied with further out."""
    enclosing = index_of(session.tree).enclosing
    while isinstance(outer := enclosing.get(node), OpExpr) and outer.op in TIMES:
        other = outer.left if outer.right is node else outer.right
        if literal_of(other) is None or (outer.right is node and outer.op == "/"):
            break
        node = outer
    return node


def _peeled(product: Expression) -> Peeled:
    numbers: list[tuple[float, int]] = []
    while isinstance(product, OpExpr) and product.op in TIMES:
        exponent = 1 if product.op == "*" else -1
        left, right = literal_of(product.left), literal_of(product.right)
        if right is not None:
            numbers.append((right.value, exponent))
            product = product.left
        elif left is not None:
            numbers.append((left.value, 1))
            product = product.right
            if exponent < 0:
                return Peeled(numbers, product, is_below=True)
        else:
            break
    return Peeled(numbers, product)
