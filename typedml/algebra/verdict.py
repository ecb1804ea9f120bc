"""What is known of an expression once it is judged."""

from __future__ import annotations

from enum import Enum

from typedml.algebra.closure import is_integral, kind_of, range_of
from typedml.algebra.forms import Form
from typedml.algebra.kind import Kind
from typedml.algebra.meaning import Operand
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.ranges import UNBOUNDED, Range
from typedml.algebra.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from typedml.algebra.expression import Expression


class Ground(Enum):
    """What an answer rests on; the value is said to people."""

    STEP = "operator by operator"
    MIXTURE = "weights that add to one"
    PART = "a part of a whole"
    RANGE = "the range of the whole expression"
    SHAPE = "a function written out"
    EDGE = "an edge written out"
    CYCLE = "a period that shows the unit"


class Judged(Value):
    """An expression's meaning (or why it has none), what that rests on, and where a mismatch lies.

    `span` is where the values lie, `integral` says that they are whole, `form` is the quotient of polynomials
    that it is, and `candidate` the kind that it would have if only the range allowed.
    """

    __slots__ = ("answer", "candidate", "form", "ground", "integral", "span", "where")

    answer: Operand | Mismatch
    where: Expression
    ground: Ground
    span: Range
    integral: bool
    form: Form | None
    candidate: Kind | None

    def __init__(
        self,
        answer: Operand | Mismatch,
        where: Expression,
        *,
        ground: Ground = Ground.STEP,
        span: Range | None = None,
        integral: bool = False,
        form: Form | None = None,
        candidate: Kind | None = None,
    ) -> None:
        if not isinstance(answer, Mismatch):
            span = _tighter(UNBOUNDED if span is None else span, range_of(answer))
            integral = integral or is_integral(answer)
            candidate = candidate or kind_of(answer)
        self._fill(answer=answer, where=where, ground=ground, form=form, candidate=candidate)
        self._fill(span=span or UNBOUNDED, integral=integral)

    def formed(self, form: Form | None) -> Judged:
        """Return the same answer with a form."""
        return self._but(form=form)

    def but(self, answer: Operand | Mismatch, ground: Ground, where: Expression | None = None) -> Judged:
        """Return the same expression with a better answer."""
        return self._but(answer=answer, ground=ground, where=where or self.where)

    def _but(self, **changes: Any) -> Judged:
        return Judged(**{**{name: getattr(self, name) for name in Judged.__slots__}, **changes})


def _tighter(span: Range, known: Range) -> Range:
    """Return where values lie, by the interval or by the kind, whichever says more."""
    return span if span.within(known) else known
