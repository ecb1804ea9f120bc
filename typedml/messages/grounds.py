"""What an answer rests on, in one sentence: the rule that gave an expression its meaning.

>>> from typedml.algebra.catalogue import KINDS
>>> from typedml.algebra.judgement import judged
>>> from typedml.algebra.meaning import Meaning
>>> from typedml.algebra.reading import read
>>> p = Meaning(KINDS["Probability"])
>>> print(ground(judged(read("p + q", {"p": p, "q": p}))))
The results lie in [0, 2], beyond the range of Probability, [0, 1]: they are plain numbers.
"""

from __future__ import annotations

from typedml.algebra.closure import INTERVALS
from typedml.algebra.edge_table import edge_of, edges_through, written
from typedml.algebra.expression import Call, Expression, Name, Number, Operation, Unary
from typedml.algebra.functions import FUNCTIONS
from typedml.algebra.judgement import judged
from typedml.algebra.kind import Kind, Sort
from typedml.algebra.levels import logarithm_of
from typedml.algebra.meaning import Literal, Meaning, Operand
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.ranges import Range
from typedml.algebra.shapes import edges, function_of, spellings
from typedml.algebra.verdict import Ground, Judged
from typedml.messages.reasons import of_statistic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

PLAIN = "Units multiply, divide and are raised to powers; equal units add."
COMPARED = "Two values on one scale compare; the answer is one or zero."
NOTHING_KNOWN = "Nothing is declared of what goes in, or nothing is known of the function."


def ground(found: Judged) -> str:
    """Return the rule that an answer rests on; nothing where it is refused."""
    if isinstance(found.answer, Mismatch):
        return ""
    return _GROUNDS[found.ground](found)


def _mixture(found: Judged) -> str:
    points = isinstance(found.answer, Meaning) and found.answer.sort is Sort.TORSOR
    keeps = "points too, though these do not add" if points else "as a mean lies between its values"
    return f"The weights add to one, so what is mixed keeps its kind, {keeps}."


def _part(found: Judged) -> str:
    kind = found.answer.kind if isinstance(found.answer, Meaning) else None
    return f"A part of a whole: nothing is negative, so the quotient lies in [0, 1] and is a {kind}."


def _range(found: Judged) -> str:
    kind = found.answer.kind if isinstance(found.answer, Meaning) else None
    return f"The expression as a whole lies in {found.span}, in the range of {kind}: it has that kind."


def _shape(found: Judged) -> str:
    for call in spellings(found.where):
        if isinstance(call, Call) and judged(call).answer == found.answer:
            return f"{call} written out{_along(call)}."
    return "A known function written out."


def _along(call: Call) -> str:
    operand = judged(call.arguments[0]).answer
    kind = operand.kind if isinstance(operand, Meaning) else None
    crossed = None if kind is None else edge_of(function_of(call), kind)
    return "" if crossed is None else f", the named edge from {crossed.source} to {crossed.target}"


def _edge(found: Judged) -> str:
    source, target = next(((source, target) for _, source, target in edges(found.where)), ("", ""))
    return f"The named edge from {source} to {target}, written out."


def _step(found: Judged) -> str:
    return _STEPS[type(found.where)](found, found.where)


def _name(found: Judged, name: Expression) -> str:
    return "As it is declared."


def _number(found: Judged, number: Expression) -> str:
    return "A number as it is written."


def _unary(found: Judged, expression: Expression) -> str:
    of = judged(expression.parts[0]).answer
    kind = of.kind if isinstance(of, Meaning) else None
    if isinstance(of, Meaning) and of.sort is Sort.TORSOR:
        return _of_points("*", [of], found)
    return _kept(found, kind)


def _operation(found: Judged, expression: Expression) -> str:
    assert isinstance(expression, Operation)
    if expression.op not in INTERVALS:
        return COMPARED
    sides = [judged(part).answer for part in expression.parts]
    points = [side for side in sides if isinstance(side, Meaning) and side.sort is Sort.TORSOR]
    return _of_points(expression.op, points, found) if points else _kept(found, _wanted(found, sides))


def _wanted(found: Judged, sides: list[Operand | Mismatch]) -> Kind | None:
    """Return the kind that somebody might expect: what the algebra tried, or that of the first operand."""
    kinds = [side.kind for side in sides if isinstance(side, Meaning) and side.kind is not None]
    pure = isinstance(found.answer, Meaning) and found.answer.is_pure
    return found.candidate or (kinds[0] if kinds and pure else None)


def _of_points(op: str, points: list[Meaning], found: Judged) -> str:
    if len(points) == 2:
        return "A point minus a point is a difference, which adds and scales."
    if op in ("+", "-"):
        return "A point moved by a difference is a point."
    if op == "%":
        return "A cyclic value stays one when whole turns are taken off."
    kind = points[0].kind
    if kind is not None and kind.scalable:
        return f"A {kind} keeps its kind when a number scales it: a temperature, or its other sign."
    return "A level is a logarithm; its multiples by ten lead between decibels and logarithms."


def _kept(found: Judged, wanted: Kind | None) -> str:
    """Return what closure says of the kind that was to be kept."""
    kind = found.answer.kind if isinstance(found.answer, Meaning) else None
    if wanted is None or not isinstance(found.answer, Meaning):
        return PLAIN if isinstance(found.answer, Meaning) else NOTHING_KNOWN
    if kind is wanted:
        return _closed(kind, found.span)
    if kind is not None and kind.name == wanted.complement:
        return f"One minus a {wanted} is a {kind}."
    if kind is None and found.answer.unit != wanted.default_unit and wanted.unit is None:
        return PLAIN
    rest = "they are plain numbers" if kind is None else f"what holds them is {kind}"
    if not found.span.within(wanted.range):
        return f"The results lie in {found.span}, beyond the range of {wanted}, {wanted.range}: {rest}."
    if wanted.integral and not found.integral:
        return f"A {wanted} is a whole number, and the results need not be: {rest}."
    if wanted.collective:
        return f"A {wanted} is what all values are together, and arithmetic on each may undo it: {rest}."
    return f"The result is another thing than a {wanted}: {rest}."


def _closed(kind: Kind, span: Range) -> str:
    if kind.range.is_unbounded:
        return f"{kind} has no bounds that the results could leave: the kind stays."
    whole = " and are whole numbers" if kind.integral else ""
    return f"The results lie in {span}{whole}, in the range of {kind}: the kind stays."


def _call(found: Judged, expression: Expression) -> str:
    assert isinstance(expression, Call)
    name, first = function_of(expression), judged(expression.arguments[0]).answer
    kind = first.kind if isinstance(first, Meaning) else None
    crossed = edge_of(name, kind) if kind is not None else None
    if crossed is not None:
        return f"A named edge: {written(name, 'x')} leads from {crossed.source} to {crossed.target}."
    if isinstance(found.answer, Meaning) and logarithm_of(found.answer.unit):
        return f"The logarithm of a quantity is a level re its unit, one {_unit(first)}; exp leads back."
    if edges_through(name) and isinstance(found.answer, Meaning) and found.answer.kind is not None:
        return f"A plain number is taken at its word: {name}(x) leads to {found.answer.kind}."
    if name not in FUNCTIONS:
        return f'Nothing is known of "{name}": it gives a plain number.'
    return of_statistic(name) or _function(found, first)


def _function(found: Judged, first: Operand | Mismatch) -> str:
    if not isinstance(found.answer, Meaning) or not isinstance(first, Meaning):
        return NOTHING_KNOWN
    if first.kind is not None and found.answer.kind is first.kind:
        return _closed(first.kind, found.span)
    if found.answer.is_pure and (first.is_pure or first.unit.has_angle):
        return f"The function takes {'a pure number' if first.is_pure else 'an angle'} and gives a number."
    return PLAIN


def _unit(operand: Operand | Mismatch) -> str:
    return str(operand.unit) if isinstance(operand, Meaning) else str(Literal(1))


_GROUNDS: dict[Ground, Callable[[Judged], str]] = {
    Ground.STEP: _step,
    Ground.MIXTURE: _mixture,
    Ground.PART: _part,
    Ground.RANGE: _range,
    Ground.SHAPE: _shape,
    Ground.EDGE: _edge,
}
_STEPS: dict[type, Callable[[Judged, Expression], str]] = {
    Name: _name,
    Number: _number,
    Unary: _unary,
    Operation: _operation,
    Call: _call,
}
