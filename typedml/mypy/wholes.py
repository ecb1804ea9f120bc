"""Whole expressions: `w * t + (1 - w) * u` is a temperature, though neither `w * t` nor the sum of both is.

mypy asks for one operator at a time. Where the algebra refuses what the rest of the expression may mend, the
expression is judged outwards from there; where an operator gives a kind up, it is judged from its leaves.
Nothing is kept of an answer: what is remembered by node is only where to ask again, so that an expression
that mypy checks several times, with other types perhaps, is judged anew each time.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

import attrs
from mypy.nodes import (
    CallExpr,
    ComparisonExpr,
    Context,
    FloatExpr,
    GeneratorExpr,
    IntExpr,
    ListComprehension,
    ListExpr,
    MemberExpr,
    NameExpr,
    OperatorAssignmentStmt,
    OpExpr,
    TupleExpr,
    UnaryExpr,
)
from mypy.nodes import Expression as NodeExpression

from typedml.algebra.declared import is_bounded, lies_within
from typedml.algebra.expression import Call, Name, walk
from typedml.algebra.judgement import judged
from typedml.algebra.kind import Kind, Sort
from typedml.algebra.meaning import UNKNOWN, Meaning, Operand
from typedml.algebra.mending import may_be_mended
from typedml.algebra.mismatch import Mismatch, Reason
from typedml.algebra.rules import combine
from typedml.algebra.shapes import plainly, spellings
from typedml.algebra.verdict import Ground
from typedml.mypy.bindings import bindings_of
from typedml.mypy.formulas import is_called, is_read
from typedml.mypy.gains import NO_KINDS, TRANSPARENT, inside_of, is_statistic, kinds_of, may_gain
from typedml.mypy.index import TreeIndex, index_of
from typedml.mypy.parts import operands_of
from typedml.mypy.reading import ARITHMETIC, ExpressionReader, UnreadError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from typedml.algebra.expression import Expression
    from typedml.mypy.session import Session

# What is judged; comprehensions and displays only lead from the inside of a call to the call.
JUDGED: Final = (OpExpr, UnaryExpr, CallExpr, OperatorAssignmentStmt)
# What has no parts.
NAMED: Final = frozenset({NameExpr, MemberExpr, FloatExpr, IntExpr})


@attrs.frozen
class WholeFault:
    """What is wrong with a whole expression: the texts of both sides, and the function that it spells out."""

    mismatch: Mismatch
    names: tuple[str | None, ...] = ()
    function: str = ""


class Wholes:
    """What whole expressions of one module say of the operators and calls in them."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @property
    def index(self) -> TreeIndex:
        """What is remembered of the module's tree, as it is now."""
        return index_of(self.session.tree)

    def awaits(self, node: Context) -> bool:
        """Whether a part of this node was right only as part of a whole: then that whole answers."""
        return node in self.index.awaited

    def around(self, node: Context, wild: Operand | None = None) -> Operand | WholeFault | None:
        """Return the meaning of a node that is right as a whole, or unknown if it is a part of such a one.

        A fault is that of a mixture whose weights are right, and whose values are not; None says that no
        expression around the node makes it right.
        """
        if node in self.index.looked_at:
            return None  # mypy came back to it for the type of a leaf
        self.index.looked_at.add(node)
        try:
            return self._around(node, wild)
        finally:
            self.index.looked_at.discard(node)

    def _around(self, node: Context, wild: Operand | None) -> Operand | WholeFault | None:
        path = []
        for each in self._outwards(node):
            path.append(each)
            if not isinstance(each, JUDGED):
                continue
            reader = self._reader(each, asks=True, wild=wild)
            try:
                expression = reader.read(each)
            except UnreadError:
                return None
            answer = self._standing(reader, expression)
            if answer is not None:
                self.index.awaited.update(path)
                return answer if each is node else UNKNOWN
        return None

    def _standing(self, reader: ExpressionReader, expression: Expression) -> Meaning | WholeFault | None:
        """Return what an expression is as a whole, if it is right, or a mixture of what does not mix."""
        found = judged(expression, level=self.session.level)
        if isinstance(found.answer, Meaning):
            return found.answer
        clashing = isinstance(found.answer, Mismatch) and not may_be_mended(found.answer)
        return self._clash(reader, expression) if clashing and found.ground is Ground.MIXTURE else None

    def mended(self, node: Context, fault: Mismatch) -> Operand | WholeFault | None:
        """Return what `around` says of a node that is refused by itself."""
        if not may_be_mended(fault):
            return None
        if fault.reason is Reason.NUMBER_BESIDE_UNIT and not any(map(_turns, self._outwards(node))):
            return None
        return self.around(node, _point(fault))

    def is_told(self, node: Context, fault: Mismatch) -> bool:
        """Whether the same fault stands further left in the expression, and is reported there."""
        if not may_be_mended(fault) or fault.reason is Reason.NUMBER_BESIDE_UNIT:
            return False
        arithmetic = [each for each in self._outwards(node) if isinstance(each, JUDGED)]
        for outermost in reversed(arithmetic[1:]):
            reader = self._reader(outermost, asks=True)
            try:
                found = judged(reader.read(outermost), level=self.session.level)
            except UnreadError:
                continue
            place = reader.places.get(found.where)
            same = isinstance(found.answer, Mismatch) and found.answer.reason is fault.reason
            return same and isinstance(place, OpExpr) and place not in arithmetic
        return False

    def gained(
        self, node: Context, answer: Operand, operands: Sequence[Operand]
    ) -> Operand | WholeFault | None:
        """Return what a node means as a whole, where that says more than its operator or function does."""
        if not isinstance(answer, Meaning) or isinstance(node, ComparisonExpr):
            return None
        return self.gained_of(node, answer, kinds_of(operands))

    def gained_of(
        self, node: Context, answer: Meaning, kinds: frozenset[Kind]
    ) -> Operand | WholeFault | None:
        """Return what `gained` does of a node that makes a number of operands of these kinds."""
        kinds = self._kinds(node, kinds)
        if not kinds and answer.is_pure:
            kinds = self._named_kinds(node)
        if not (kinds and may_gain(node, answer, kinds)) and not (answer.is_pure and self._is_telling(node)):
            return None
        reader = self._reader(node, asks=False)
        try:
            expression = reader.read(node)
        except UnreadError:
            return None
        found = judged(expression, level=self.session.level)
        # What is another spelling of a function is a step of that one: `log1p(-p)` is `log(1 - p)`.
        stepped = found.ground is Ground.STEP and plainly(expression) == expression
        if stepped or found.answer == answer:
            return None
        if isinstance(found.answer, Mismatch):
            # What is wrong further inside was reported there.
            return self._miscalled(reader, expression, found.answer) if found.where == expression else None
        return found.answer if isinstance(found.answer, Meaning) else None

    def _named_kinds(self, node: Context) -> frozenset[Kind]:
        """Return the kinds in what the names of an operator stand for: of `both` those in `p + q`."""
        values = map(self._value_of, operands_of(node))
        return NO_KINDS.union(*(self.index.kinds.get(value, NO_KINDS) for value in values))

    def _value_of(self, part: NodeExpression) -> NodeExpression:
        """Return what a name stands for, or any other expression as it is."""
        value = bindings_of(self.session.tree).value_of(part) if isinstance(part, NameExpr) else None
        return part if value is None else value

    def _is_telling(self, node: Context) -> bool:
        """Say whether the form alone says what is plain otherwise: `10 * log10(x)`, `x / sum(xs)`."""
        if not isinstance(node, OpExpr):
            return False
        if node.op == "*":
            return any(isinstance(each, CallExpr) and is_called(each, "log10") for each in operands_of(node))
        whole = self._value_of(node.right) if node.op == "/" else None
        return whole is not None and any(map(is_statistic, (whole, *operands_of(whole))))

    def lies_within(self, node: NodeExpression, target: Meaning) -> bool:
        """Say whether a plain number lies in the range of a kind, as one does that is clamped."""
        if not is_bounded(target):
            return False
        with suppress(UnreadError):
            expression = self._reader(node, asks=False).read(node)
            return lies_within(judged(expression, level=self.session.level), target)
        return False

    def _clash(self, reader: ExpressionReader, mixture: Expression) -> WholeFault | None:
        """Return which two values of a mixture do not mix."""
        leaves = [each for each in walk(mixture) if isinstance(each, Name)]
        points = [each for each in leaves if _is_point(each.operand)]
        for point in points[1:]:
            clash = combine("-", points[0].operand, point.operand, level=self.session.level)
            if isinstance(clash, Mismatch):
                return WholeFault(clash, (self._text(reader, points[0]), self._text(reader, point)))
        return None

    def _miscalled(self, reader: ExpressionReader, written: Expression, fault: Mismatch) -> WholeFault:
        """Return the fault of a function that is written out, with what it is a function of."""
        for call in spellings(written):
            if isinstance(call, Call) and judged(call, level=self.session.level).answer == fault:
                return WholeFault(fault, (self._text(reader, call.arguments[0]),), call.function)
        return WholeFault(fault)

    def _text(self, reader: ExpressionReader, part: Expression) -> str:
        place = reader.places.get(part)
        return (self.session.text(place) if isinstance(place, NodeExpression) else "") or str(part)

    def _reader(self, node: Context, *, asks: bool, wild: Operand | None = None) -> ExpressionReader:
        """Return what reads a node: in a comprehension, what runs in it stands for all that it runs over."""
        reader = ExpressionReader(self.session, asks=asks, wild=wild)
        around = [each for each in self._outwards(node) if isinstance(each, GeneratorExpr)]
        for loop in reversed(around):
            with suppress(UnreadError):
                reader.enter(loop)
        return reader

    def _outwards(self, node: Context) -> Iterator[Context]:
        """Yield a node and what it is an operand or an argument of, as far as that is read."""
        each: Context | None = node
        while each is not None and _is_read(each):
            yield each
            each = self.index.enclosing.get(each)

    def _kinds(self, node: Context, found: frozenset[Kind]) -> frozenset[Kind]:
        """Return the kinds of the leaves of a node, whose parts mypy has come to already."""
        known = self.index.kinds
        for part in operands_of(node):
            if type(part) in NAMED:
                continue  # what it means is among the operands
            inside = inside_of(part) if isinstance(part, TRANSPARENT) else part
            if inside in known:
                found |= known[inside]
            elif inside is not part and not operands_of(inside):
                operand = self.session.operand(inside)
                found |= {operand.kind} if isinstance(operand, Meaning) and operand.kind else NO_KINDS
        if found:
            known[node] = found
        return found


def _point(fault: Mismatch) -> Operand | None:
    """Return the point that a fault is about, which is what a value may be of which nothing is said."""
    sides = (fault.left, fault.right)
    return next((each for each in sides if _is_point(each)), None)


def _is_point(operand: Operand | None) -> bool:
    return isinstance(operand, Meaning) and operand.sort is Sort.TORSOR


def _is_read(node: Context) -> bool:
    if isinstance(node, OpExpr | OperatorAssignmentStmt):
        return node.op in ARITHMETIC
    if isinstance(node, CallExpr):
        return is_read(node)
    return isinstance(node, UnaryExpr | GeneratorExpr | ListComprehension | ListExpr | TupleExpr)


def _turns(node: Context) -> bool:
    """Say whether a period may excuse a bare number: `(a - b + 180) % 360 - 180`."""
    return any(isinstance(each, OpExpr) and each.op == "%" for each in (node, *operands_of(node)))
