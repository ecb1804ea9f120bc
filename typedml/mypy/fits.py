"""Whether what is given fits where another type is wanted, both as mypy prints them in an error.

What stands in the source says more than its type: 0.0 has every unit, and `0.5 if flag else 0.7` two numbers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs
from mypy.nodes import ConditionalExpr, Expression, LambdaExpr, TupleExpr
from mypy.types import Instance, get_proper_type

from typedml.algebra.declared import UNMARKED
from typedml.algebra.flow import flow
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.strictness import Place
from typedml.mypy import begun, choices, handed
from typedml.mypy.classes import family, said_by, takes
from typedml.mypy.literals import is_none, literal_of
from typedml.mypy.shapes import EITHER, HOLE, Number, Shape, members, shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from typedml.mypy.session import Session


# What a tuple may stand for that is all of one type.
SPREAD: Final = re.compile(
    r"tuple\[(?P<one>.*), \.\.\.\]|(?:Sequence|Iterable|Collection|Container|Reversible)\[(?P<each>.*)\]"
)


def fits(
    given: str, wanted: str, expression: Expression | None, place: Place, session: Session
) -> Mismatch | bool:
    """Say whether each member of a printed union fits one of another; False where mypy is simply right."""
    spread: list[Mismatch | bool] = []
    for target in members(wanted):
        answers = [fits(*each, place, session) for each in _spread(given, target, expression)]
        spread += [_all(answers)] if answers else []
    if spread:
        return True if True in spread else spread[0]
    shapes, parts = [shape(member) for member in members(wanted)], [*_members(given, expression)]
    if all(whole is None for _, whole in parts):
        named = [
            (part, None)
            for part, _ in parts
            if not _is_generic_branch(shape(part), shapes, expression, session)
        ]
        # Where no branch says what it means, the whole does: `both / 2 if flag else 0` of two numbers.
        parts = [*named] or [(part, expression) for part, _ in parts]
    for member, whole in parts:
        answers = [_fits_one(shape(member), target, whole, place, session) for target in shapes]
        if True not in answers:
            return next((a for a in answers if isinstance(a, Mismatch)), False)
    return True


def _all(answers: Iterable[Mismatch | bool]) -> Mismatch | bool:
    """Return the first answer that is no yes."""
    return next((each for each in answers if each is not True), True)


def _spread(
    given: str, wanted: str, expression: Expression | None
) -> Iterator[tuple[str, str, Expression | None]]:
    """Yield each item of a tuple that is written out with what is wanted of all: `tuple[Km, ...]`."""
    match = SPREAD.fullmatch(wanted)
    if match is None or not isinstance(expression, TupleExpr) or not given.startswith("tuple["):
        return
    items = [*members(given.removeprefix("tuple[").removesuffix("]"), ", ")]
    if len(items) == len(expression.items):
        for item, source in zip(items, expression.items, strict=True):
            yield item, match["one"] or match["each"], source


def _members(printed: str, expression: Expression | None) -> Iterator[tuple[str, Expression | None]]:
    """Yield the members of a printed union, each with what is of that type where it is in sight."""
    found = list(members(printed))
    numbers = [each for each in found if each != "None"]
    sources: list[Expression | None] = []
    if len(found) == 1 or (len(numbers) == 1 and shape(numbers[0]).is_scalar):
        # Of what may be missing the number is the only part: `x if ok else 0.0 if is_near else None`.
        sources = [expression if each in numbers else None for each in found]
    elif isinstance(expression, ConditionalExpr) and len(found) == 2:
        branches = (expression.if_expr, expression.else_expr)
        sources = [*branches] if all(isinstance(each, TupleExpr) for each in branches) else []
    yield from zip(found, sources or [None] * len(found), strict=True)


def _is_generic_branch(
    member: Shape, wanted: list[Shape], expression: Expression | None, session: Session
) -> bool:
    """Say whether a plain number in a union is one of every unit: `leg if is_far else 0`."""
    if expression is None or not member.is_scalar or member.numbers[0].operand is not UNKNOWN:
        return False
    carriers = {number.plain for target in wanted if target.is_scalar for number in target.numbers}
    takes = member.numbers[0].plain in carriers or (member.numbers[0].plain == "int" and "float" in carriers)
    # With any other number beside it, what the whole means would not be known.
    return takes and isinstance(session.operand(expression), Meaning)


def _fits_one(
    given: Shape, wanted: Shape, expression: Expression | None, place: Place, session: Session
) -> Mismatch | bool:
    if _made_by_default(given, wanted) or choices.implements(wanted.text, expression, session):
        return True
    known = handed.answer(expression, wanted, session)
    if known is not None:
        return known
    if isinstance(expression, ConditionalExpr) and not given.is_scalar:
        # `(distance, time) if is_far else (0.0, 0.0)`: what both have in common says less than each.
        branches = (expression.if_expr, expression.else_expr)
        answers = [_fits_one(given, wanted, each, place, session) for each in branches]
        return _all(answers)
    if EITHER not in wanted.text and not given.is_scalar and len(given.alternatives) > 1:
        answers = [_fits_one(each, wanted, expression, place, session) for each in given.alternatives]
        return _all(answers)
    given, wanted = choices.chosen(given, wanted, expression, session)
    if len(given.numbers) != len(wanted.numbers):
        base = of_base(expression, session) if wanted.is_scalar and not given.numbers else None
        return base is not None and _flows(base, wanted.numbers[0], None, place, session)
    alike = given.text == wanted.text
    if not alike and HOLE in (given.text, wanted.text):
        return False
    taken = given.text.partition("], ")[0].count(HOLE) if given.text.startswith("Callable[[") else 0
    numbers = zip(given.numbers, wanted.numbers, _parts(given, expression), strict=True)
    for i, (have, want, part) in enumerate(numbers):
        # What a function takes flows the other way; one that takes plain numbers may be given any.
        back = i < taken and isinstance(want.operand, Meaning) and not _is_open(have)
        if part is None and i == len(given.numbers) - 1 and have.operand is UNKNOWN and not back:
            have = attrs.evolve(have, operand=begun.given(session, expression, given.level, want.operand))
        answer = (
            _flows(want, have, None, place, session) if back else _flows(have, want, part, place, session)
        )
        if answer is not True:
            return answer
    # Two containers may differ in more than in what they hold: then mypy's own words say it.
    return alike


def of_base(expression: Expression | None, session: Session) -> Number | None:
    """Return what a value is by the class above its own: `pd.Timestamp` is a datetime."""
    typ = get_proper_type(session.type_of(expression)) if expression is not None else None
    row = family(typ.type) if isinstance(typ, Instance) else None
    return Number(row, said_by(row.plain)) if row is not None else None


def _is_open(number: Number) -> bool:
    return isinstance(number.operand, Meaning) and bool(number.operand.unit.variables)


def _flows(
    have: Number, want: Number, expression: Expression | None, place: Place, session: Session
) -> Mismatch | bool:
    if have.operand is UNKNOWN and isinstance(expression, ConditionalExpr):
        # `0.5 if flag else 0.7`: two numbers have nothing in common, and each may be right.
        branches = (each for each in (expression.if_expr, expression.else_expr) if not is_none(each))
        answers = [_flows(have, want, part, place, session) for part in branches]
        return _all(answers)
    mismatch = None
    if isinstance(want.operand, Meaning):
        operand = meant(have, expression, session)
        if isinstance(operand, Literal) and expression is not None and literal_of(expression) is None:
            place = Place.ELSEWHERE  # the number stands where its name was bound, without a unit beside it
        mismatch = flow(operand, want.operand, level=session.level, place=place)
        if mismatch is not None and mismatch.reason in UNMARKED and expression is not None:
            mismatch = None if session.wholes.lies_within(expression, want.operand) else mismatch
    return mismatch or takes(want.row.plain, have.row.plain)


def _parts(given: Shape, expression: Expression | None) -> list[Expression | None]:
    """Return the expressions that the numbers of a printed type come from, as far as they are in sight."""
    count = len(given.numbers)
    if given.is_scalar:
        return [expression]
    if isinstance(expression, TupleExpr) and len(expression.items) == count:
        return [*expression.items]
    if isinstance(expression, LambdaExpr) and count == 1:
        return [expression.expr()]
    return [None] * count


def _made_by_default(given: Shape, wanted: Shape) -> bool:
    """Whether `float` stands for a function that makes a number: it makes 0.0, which has every unit."""
    factory = given.text == f"type[{HOLE}]" and wanted.text == f"Callable[[], {HOLE}]"
    meanings = (n.operand for n in wanted.numbers if isinstance(n.operand, Meaning))
    return factory and all(flow(Literal(0.0), meaning) is None for meaning in meanings)


def meant(number: Number, expression: Expression | None, session: Session) -> Operand:
    """Return what a number means by its type, or by how it is written where that says nothing."""
    if number.operand is not UNKNOWN:
        return number.operand
    found = session.operand(expression) if expression is not None else None
    # A whole of plain numbers, of which no part alone says what it is: `sum(hits) / len(hits)`.
    gained = session.wholes.gained(expression, found, ()) if expression is not None and found else None
    return gained if isinstance(gained, Meaning) else found or said_by(number.row.plain)
