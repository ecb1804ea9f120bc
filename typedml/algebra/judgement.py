"""What a whole expression means: operator by operator, and then by its shape.

>>> from typedml.algebra.catalogue import DECIBEL, KINDS
>>> from typedml.algebra.meaning import Meaning
>>> from typedml.algebra.reading import read
>>> p, t = Meaning(KINDS["Probability"]), Meaning(KINDS["Celsius"])
>>> judge(read("0.3 * p + 0.7 * q", {"p": p, "q": p})), judge(read("(t + u) / 2", {"t": t, "u": t}))
(<Meaning Probability>, <Meaning Celsius>)
>>> judge(read("t + u", {"t": t, "u": t})).reason
<Reason.POINTS_ADDED: 'points do not add'>

Operator by operator nobody sees that weights add to one, that a part is divided by its whole, or that
`1 / (1 + exp(-z))` is `expit(z)`. So each operation is asked about as a whole where its operator alone gave a
kind up, or refused points that a mixture may hold.
"""

from __future__ import annotations

from functools import lru_cache

from typedml.algebra import mixtures
from typedml.algebra.candidacy import candidate_of, stands, sums_to_one, together
from typedml.algebra.catalogue import DECIBEL, KINDS, RADIAN
from typedml.algebra.closure import INTERVALS
from typedml.algebra.cycles import is_cycle, reduced, share_of_turn
from typedml.algebra.edge_table import forgotten_with_edges
from typedml.algebra.expression import Call, Name, Number, Operation, Unary
from typedml.algebra.forms import Atoms, Form, combined, negated
from typedml.algebra.functions import OF_MANY, apply
from typedml.algebra.images import ARRANGING, MIDDLING, ROUNDING, folded, image
from typedml.algebra.kind import Sort
from typedml.algebra.meaning import NUMBER, Literal, Meaning, Operand
from typedml.algebra.mending import is_forgiven
from typedml.algebra.mismatch import Mismatch, Reason
from typedml.algebra.ranges import NON_NEGATIVE, UNBOUNDED
from typedml.algebra.rules import combine, unary
from typedml.algebra.shapes import by_themselves, edges, expectation, function_of, gains, plainly, spellings
from typedml.algebra.statistics import QUANTILES
from typedml.algebra.strictness import STANDARD, Level
from typedml.algebra.unit import Unit
from typedml.algebra.verdict import Ground, Judged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedml.algebra.expression import Expression


def judge(expression: Expression, *, level: Level = STANDARD) -> Operand | Mismatch:
    """Return what an expression means, or the first fault that its whole does not mend."""
    return judged(expression, level=level).answer


@lru_cache(maxsize=1 << 12)
def judged(expression: Expression, *, level: Level = STANDARD) -> Judged:
    """Return what an expression means, what the answer rests on, and where the fault is."""
    return _Judge(level).judge(expression)


forgotten_with_edges(judged.cache_clear)


class _Judge:
    """Judges one expression; its atoms are entered as they are met."""

    def __init__(self, level: Level) -> None:
        self.level = level
        self.atoms = Atoms()
        self.known: dict[Expression, Judged] = {}

    def judge(self, expression: Expression) -> Judged:
        found = self.known.get(expression)
        if found is None:
            found = self.known[expression] = self._judge(plainly(expression))
        return found

    def _judge(self, expression: Expression) -> Judged:
        match expression:
            case Name() | Number():
                return self.whole(Judged(expression.operand, expression))
            case Unary():
                return self.sign(expression)
            case Operation():
                return self.operation(expression)
            case Call():
                return self.call(expression)

    def whole(self, found: Judged) -> Judged:
        """Return what is read as a whole: an atom of the forms around it."""
        if isinstance(found.answer, Mismatch):
            return found
        text = str(found.where)
        self.atoms.add(text, found.answer, found.span)
        return found.formed(Form.of(found.answer, text))

    def sign(self, expression: Unary) -> Judged:
        of = self.judge(expression.of)
        if isinstance(of.answer, Mismatch):
            return of.formed(negated(of.form) if expression.op == "-" else None)
        answer = unary(expression.op, of.answer)
        if expression.op not in ("-", "+") or isinstance(answer, Mismatch):
            return self.whole(Judged(answer, expression))
        form, span = (of.form, of.span) if expression.op == "+" else (negated(of.form), -of.span)
        return Judged(answer, expression, form=form, span=span, integral=of.integral)

    def operation(self, expression: Operation) -> Judged:
        step = self.step(expression)
        if expression.op not in INTERVALS:
            return step
        return (
            self.written(expression, step)
            or self.mixture(step, expression)
            or self.turned(step, expression)
            or self.closed(step)
            or self.miscalled(expression, step)
            or step
        )

    def step(self, expression: Operation) -> Judged:
        """Return what the operator makes of its operands, forms and candidates included."""
        op, left, right = expression.op, self.judge(expression.left), self.judge(expression.right)
        if op == "/":
            self.atoms.divides(right.form)
        form = combined(op, left.form, right.form)
        faults = [side for side in (left, right) if isinstance(side.answer, Mismatch)]
        if faults:
            worst = next((each for each in faults if not is_forgiven(each.answer)), faults[0])
            floored = combined("/", left.form, right.form) if op == mixtures.FLOORED else form
            return worst.formed(floored if is_forgiven(worst.answer) else None)
        assert not isinstance(left.answer, Mismatch)
        assert not isinstance(right.answer, Mismatch)
        answer = combine(op, left.answer, right.answer, level=self.level)
        if isinstance(answer, Mismatch):
            return Judged(answer, expression, form=form)
        span = INTERVALS[op](left.span, right.span) if op in INTERVALS else UNBOUNDED
        integral = op in ("+", "-", "*") and left.integral and right.integral
        candidate = candidate_of(op, left, right, answer)
        found = Judged(answer, expression, form=form, span=span, integral=integral, candidate=candidate)
        return found if form is not None else self.whole(found)

    def written(self, expression: Expression, step: Judged) -> Judged | None:
        """Return what the expression gives as the other spelling of a function or of an edge, or None."""
        for call in spellings(expression):
            found = self.judge(call).answer
            if isinstance(found, Meaning) and (found.kind is not None or isinstance(step.answer, Mismatch)):
                said = step.but(found, Ground.SHAPE, expression)
                # What was refused step by step has no form: `sum(ts) / len(ts)` is a point like any other.
                return self.whole(said) if isinstance(step.answer, Mismatch) else said
        mean = expectation(expression)
        if mean is not None and sums_to_one(self.judge(mean[1])):
            return step.but(_one_value(self.judge(mean[0]).answer), Ground.MIXTURE, expression)
        for ratio in gains(expression):
            pure = self.judge(ratio).answer
            if isinstance(pure, Meaning) and pure.sort is Sort.VECTOR and pure.is_pure:
                gain = Meaning(None, DECIBEL, False, pure.roles)
                return self.whole(step.but(gain, Ground.SHAPE, expression))
        for crossing, source, target in edges(expression):
            operand = self.judge(crossing)
            if isinstance(operand.answer, Meaning) and stands(operand, source):
                reached = Meaning(KINDS[target], None, operand.answer.cut, operand.answer.roles)
                return step.but(reached, Ground.EDGE, expression)
        return None

    def miscalled(self, expression: Expression, step: Judged) -> Judged | None:
        """Return the refusal of a function that the expression is another spelling of, or None."""
        if isinstance(step.answer, Mismatch):
            return None
        for call in spellings(expression):
            found = self.judge(call).answer
            refused = isinstance(found, Mismatch) and found.reason is Reason.NO_EDGE
            if refused and isinstance(call, Call) and call.function in SQUASHING:
                return step.but(found, Ground.SHAPE, expression)
        return None

    def mixture(self, step: Judged, expression: Operation) -> Judged | None:
        """Return the mixture or the part of a whole that the expression is, or None."""
        if step.form is None or isinstance(step.answer, Literal):
            return None
        if isinstance(step.answer, Mismatch):
            mended = self.mended(step.form, step.answer, expression.op) if is_forgiven(step.answer) else None
            return None if mended is None else step.but(mended, Ground.MIXTURE, expression)
        if not isinstance(step.answer, Meaning) or step.answer.sort is not Sort.VECTOR:
            return None
        return self.of_vectors(step, step.form, step.answer, expression.op)

    def mended(self, form: Form, fault: Mismatch, op: str) -> Operand | Mismatch | None:
        """Return what a mixture is whose operators are refused one by one, or None."""
        if fault.reason is Reason.KINDS_DIFFER:
            kind = mixtures.of_values(form, self.atoms, Unit.number())
            return None if kind is None else Meaning(kind)
        floored = op == mixtures.FLOORED
        point = mixtures.of_points(form, self.atoms, floored)
        return point if not floored or (isinstance(point, Meaning) and point.integral) else None

    def turned(self, step: Judged, expression: Operation) -> Judged | None:
        """Return what is reduced to one turn, if bare numbers are all that is wrong with it, or None."""
        bare = isinstance(step.answer, Mismatch) and step.answer.reason is Reason.NUMBER_BESIDE_UNIT
        if not bare:
            return None
        angle = share_of_turn(expression)
        if angle is not None and _is_angle(self.judge(angle).answer):
            return self.whole(step.but(NUMBER, Ground.CYCLE, expression))
        found = reduced(expression)
        if found is None:
            return None
        base = self.judge(found[0])
        whole = isinstance(base.answer, Meaning) and is_cycle(base.answer, found[1])
        return self.whole(step.but(base.answer, Ground.CYCLE, expression)) if whole else None

    def of_vectors(self, step: Judged, form: Form, answer: Meaning, op: str) -> Judged | None:
        mixed = mixtures.of_values(form, self.atoms, answer.unit)
        if mixed is not None and mixed is not answer.kind:
            return step.but(Meaning(mixed, answer.unit, False, answer.roles), Ground.MIXTURE)
        if op not in ("*", "/") or not answer.is_pure or (answer.kind is not None and not answer.kind.factor):
            return None
        for values, kind, signed in by_themselves(step.where):
            if signed or self.is_share(values):
                return step.but(Meaning(KINDS[kind], None, False, answer.roles), Ground.PART)
        part = mixtures.part_of_whole(form, self.atoms)
        return (
            None if part is None else step.but(Meaning(part, answer.unit, False, answer.roles), Ground.PART)
        )

    def is_share(self, expression: Expression) -> bool:
        """Say whether values by their sum are shares: none is negative, or they are weights."""
        found = self.judge(expression)
        weights = found.form is not None and found.form.within(NON_NEGATIVE, self.atoms.shares)
        return found.span.low >= 0 or weights

    def closed(self, step: Judged) -> Judged | None:
        """Return the expression with the nearest kind that the range of the whole allows, or None."""
        answer, form = step.answer, step.form
        if not isinstance(answer, Meaning) or answer.sort is not Sort.VECTOR:
            return None
        for kind in step.candidate.lineage if step.candidate is not None else ():
            if kind is answer.kind or kind.range.is_unbounded or kind.sort is not Sort.VECTOR:
                break
            held = step.span.within(kind.range) or (
                form is not None and form.within(kind.range, self.atoms.ranges)
            )
            fits = kind.admits(answer.unit) and (step.integral or not kind.integral)
            if held and fits and not kind.collective:
                return step.but(Meaning(kind, answer.unit, False, answer.roles), Ground.RANGE)
        return None

    def call(self, expression: Call) -> Judged:
        step = self.applied(expression)
        # What lies between two values is of no kind of whole numbers before it is rounded.
        closed = None if function_of(expression) in MIDDLING else self.closed(step)
        found = self.written(expression, step) or closed or self.miscalled(expression, step)
        return self.whole(found or step)

    def applied(self, expression: Call) -> Judged:
        """Return what a function makes of its arguments."""
        name = function_of(expression)
        parts = [self.judge(part) for part in expression.parts]
        fault = next((part for part in parts if isinstance(part.answer, Mismatch)), None)
        if fault is not None:
            return fault.formed(None)
        operands = [part.answer for part in parts if not isinstance(part.answer, Mismatch)]
        if name in OF_MANY and name not in QUANTILES:
            # An axis or a degree of freedom: a number beside values.
            operands = operands[:1] + [each for each in operands[1:] if not isinstance(each, Literal)]
        answer = folded(name, operands) or apply(name, *operands, level=self.level)
        if isinstance(answer, Mismatch):
            return Judged(answer, expression)
        whole = name in ROUNDING and len(parts) == 1
        span, keeps = image(name, [part.span for part in parts]), whole or name in ARRANGING
        integral = whole or (keeps and all(part.integral for part in parts))
        candidate = together(parts) if keeps or name in MIDDLING else None
        return Judged(answer, expression, span=span, integral=integral, candidate=candidate)


SQUASHING = frozenset({"expit", "softmax"})
"""What is done twice by mistake, also where it is written out."""


def _one_value(answer: Operand | Mismatch) -> Operand | Mismatch:
    """Return what an expectation gives: one value, so nothing that sums to one with others."""
    if not isinstance(answer, Meaning) or answer.kind is None or not answer.kind.collective:
        return answer
    kind = next((each for each in answer.kind.lineage if not each.collective), None)
    return Meaning(kind, answer.unit, answer.cut, answer.roles)


def _is_angle(answer: Operand | Mismatch) -> bool:
    return isinstance(answer, Meaning) and answer.sort is Sort.VECTOR and answer.unit == RADIAN
