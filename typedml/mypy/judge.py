"""A second opinion on mypy's own errors, where they are about meanings.

mypy compares types; the algebra knows more: that zero has every unit, that a plain difference of instants is
a duration, that `list[float[km]]` may go where plain floats are wanted. What is right is dropped; what is
wrong keeps mypy's sentence and gets our code, and a hint.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs
from mypy.nodes import ComparisonExpr, ConditionalExpr, Expression, LambdaExpr, OpExpr, TupleExpr, YieldExpr
from mypy.types import Instance, get_proper_type

from typedml.algebra.declared import UNMARKED
from typedml.algebra.flow import flow
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand, Unknown
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.rules import combine
from typedml.algebra.strictness import Place
from typedml.messages import describe, held, remedy_for
from typedml.mypy import affine, begun, by_hand, choices, declaring, unnamed, unpacked
from typedml.mypy.clashes import clashing, nearest
from typedml.mypy.classes import TEXTS, WHOLE_NUMBERS, family, said_by, takes
from typedml.mypy.clocks import clocked
from typedml.mypy.shapes import EITHER, HOLE, Number, Shape, members, shape, spell
from typedml.mypy.signs import BITWISE, SIGNS
from typedml.mypy.solving import NAME
from typedml.mypy.surroundings import branch, each_of, folded, undecided
from typedml.mypy.verdicts import DROPPED, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typedml.mypy.session import Session


CALLEE: Final = re.compile(r' to "(?P<name>[^"]*)" $')
# Begins a unit variable in a printed type.
VARIABLE: Final = "^"
# Numbers that every operator takes together, but for those of bits.
NUMBERS: Final = frozenset({"builtins.float", "builtins.int", "builtins.bool"})
ALWAYS: Final = dict.fromkeys(BITWISE.values(), WHOLE_NUMBERS)
# Of a parameter or a field; no part of "setdefault".
BY_DEFAULT: Final = re.compile(r"\bdefault\b")

DICT_ENTRY: Final = (
    r'Dict entry \d+ has incompatible type "(?P<key>[^"]*)": "(?P<given>[^"]*)";'
    r' expected "(?P<wanted_key>[^"]*)": "(?P<wanted>[^"]*)"'
)
# How mypy words that one type was given and another wanted; each pattern finds both, keys of dicts included.
GIVEN_AND_WANTED: Final = tuple(
    map(
        re.compile,
        (
            r'\(got "(?P<given>[^"]*)", expected "(?P<wanted>[^"]*)"\)',
            r'has incompatible (?:item )?type "(?P<given>[^"]*)"; expected (?:type )?"(?P<wanted>[^"]*)"',
            # Of comprehensions, whose errors stand at what they make of each value.
            r"has incompatible type (?:List|Set)\[(?P<given>.*)\]; expected (?:List|Set)\[(?P<wanted>.*)\]$",
            DICT_ENTRY,
            r' has type "(?P<given>[^"]*)", .*type(?: as)? "(?P<wanted>[^"]*)"\)',
            r'Invalid index type "(?P<given>[^"]*)" for "[^"]*"; expected type "(?P<wanted>[^"]*)"',
            r'actual type "(?P<given>[^"]*)", expected type "(?P<wanted>[^"]*)"',
        ),
    )
)
# What a list comprehension may stand for.
LISTS: Final = frozenset(f"{name}[{HOLE}]" for name in ("list", "Sequence", "Iterable", "Collection"))
OPERATOR: Final = re.compile(r'Unsupported operand types for (\S+) \("([^"]*)" and "([^"]*)"\)')
EQUALITY: Final = re.compile(
    r'Non-overlapping equality check \(left operand type: "([^"]*)", right operand type: "([^"]*)"\)'
)

CONTAINMENT: Final = re.compile(
    r'Non-overlapping container check \(element type: "([^"]*)", container item type: "([^"]*)"\)'
)


def judge(message: str, expression: Expression | None, beside: bool, session: Session) -> Verdict:
    """Return what becomes of one error of mypy's that mentions a meaning."""
    message = message.replace(f" to {NAME} has ", " has ", 1)
    for pattern in GIVEN_AND_WANTED:
        match = pattern.search(message)
        if match and match["given"].startswith("*") and expression is not None:
            return _unpacked(message, match, expression, session)
        if match:
            is_default = BY_DEFAULT.search(message, 0, match.start() + 1)
            place = Place.BESIDE if beside or is_default else Place.ELSEWHERE
            return _flowed(message, match, expression, place, session)
    match = OPERATOR.search(message)
    if match and match[1] in SIGNS and all(shape(t).is_scalar for t in match.groups()[1:]):
        return _unsupported(message, match, expression, session)
    if CONTAINMENT.search(message):
        return DROPPED  # `typedml.mypy.membership` knows what it holds
    match = EQUALITY.search(message)
    if match:
        return _operated(message, "==", expression, session)
    if choices.overrides(message, session):
        return DROPPED
    if message.startswith('No overload variant of "__pow__"'):
        return _operated(message, "**", expression, session)
    return clashing(message, expression, session) or Verdict(text=spell(message))


def _flowed(
    message: str, match: re.Match[str], expression: Expression | None, place: Place, session: Session
) -> Verdict:
    solved = None
    if expression is not None and VARIABLE in match["wanted"]:
        callee = CALLEE.search(message[: match.start()])
        solved = unnamed.wanted(expression, callee["name"] if callee else "", session)
    if solved is not None and solved != match["wanted"]:
        start, end = match.span("wanted")
        return judge(message[:start] + solved + message[end:], expression, place is Place.BESIDE, session)
    found = match.groupdict()
    if isinstance(expression, YieldExpr):
        expression = expression.expr
    answer: Mismatch | bool = True
    if found.get("key") is not None:
        answer = _fits(found["key"], found["wanted_key"], None, place, session)
        if answer is not True:
            # The hint for a value would change what is right.
            return Verdict(text=spell(message), code=answer.code if isinstance(answer, Mismatch) else None)
    if answer is True:
        answer = _fits(found["given"], found["wanted"], expression, place, session)
    if answer is True:
        return DROPPED
    if answer is False:
        return clashing(message, expression, session) or Verdict(text=spell(message))
    message, match, answer = _nearest(message, match, answer, expression, session)
    by_a_conversion = by_hand.is_allowed, affine.returns
    if expression is not None and any(allows(expression, answer, session) for allows in by_a_conversion):
        return DROPPED
    return _refused(message, match, answer, expression, session)


def _nearest(
    message: str, match: re.Match[str], fault: Mismatch, expression: Expression | None, session: Session
) -> tuple[str, re.Match[str], Mismatch]:
    """Return an error about the overload that an argument comes nearest to; mypy tells of the first."""
    found = nearest(expression, session)
    if found is None or found.mismatch == fault:
        return message, match, fault
    message = found.towards(message, match.span("wanted"))
    again = (pattern.search(message) for pattern in GIVEN_AND_WANTED)
    return message, next(filter(None, again)), found.mismatch


def _unpacked(message: str, match: re.Match[str], expression: Expression, session: Session) -> Verdict:
    """Judge what is unpacked into a call by what it holds."""
    given, wanted = shape(match["given"]).numbers, shape(match["wanted"])
    answer: Mismatch | bool = False
    if given and wanted.is_scalar and takes(wanted.numbers[0].row.plain, given[-1].row.plain):
        answer = unpacked.fault(expression, wanted.numbers[0].operand, session)
    if isinstance(answer, Mismatch):
        return _refused(message, match, answer, expression, session)
    return DROPPED if answer else Verdict(text=spell(message))


def _refused(
    message: str, match: re.Match[str], answer: Mismatch, expression: Expression | None, session: Session
) -> Verdict:
    """Say in mypy's words what the algebra refuses, with the meaning that was found where mypy saw none."""
    given = shape(match["given"])
    if (
        given.is_scalar
        and isinstance(answer.left, Meaning)
        and answer.left != said_by(given.numbers[0].row.plain)
    ):
        start, end = match.span("given")
        message = message[:start] + describe(answer.left, given.numbers[0].plain).strip('"') + message[end:]
    if "base class" in message:
        return Verdict(
            text=spell(message), code=answer.code, hint="declare the same meaning as the base class"
        )
    if not given.is_scalar and isinstance(answer.left, Unknown):
        hint = f"declare what {session.text(expression) or 'it'} means where it comes from"
        if isinstance(answer.right, Meaning):
            hint = declaring.declaration(expression, answer.right, session) or hint
        return Verdict(text=spell(message), code=answer.code, hint=hint)
    hint = undecided([expression], session) if not isinstance(expression, ConditionalExpr) else ""
    if hint:
        return Verdict(text=spell(message), code=answer.code, hint=hint)
    expression = branch(expression, answer.left, session)
    if (
        given.numbers
        and not given.is_scalar
        and not isinstance(expression, LambdaExpr)
        and _is_held(given, expression, session)
    ):
        return _held(message, answer, given, expression, session)
    remedy = answer.remedy
    if expression is not None and isinstance(answer.left, Meaning) and isinstance(answer.right, Meaning):
        # A value that stands alone has no factors: it is turned over, not moved over the fraction bar.
        leaves = session.leaves(expression) if isinstance(expression, OpExpr) else ()
        remedy = remedy_for(answer.left, answer.right, leaves) or remedy
    spelled_out = by_hand.flowing(expression, answer, session) or folded(expression, answer, session)
    if spelled_out:
        return Verdict(text=spell(message), code=answer.code, hint=spelled_out)
    names: tuple[str | None, str | None] = (session.text(expression) or None, None)
    derived = _derived(expression, session) if not given.numbers else None
    carriers = tuple(number.plain for number in given.numbers[:1] or filter(None, [derived])) or ("float",)
    if match["wanted"].startswith("int["):
        carriers = (carriers[0], "int")
    refused, names = clocked(answer.with_remedy(remedy), (expression, None), names, session)
    rendered = session.rendered(refused, expression, names=names, carriers=carriers, sentence=spell(message))
    return Verdict(text=rendered.text, code=answer.code, hint=rendered.hint)


def _is_held(given: Shape, expression: Expression | None, session: Session) -> bool:
    """Say whether what is at fault is in what is given, and not one of its parts in sight."""
    return expression is None or (given.text != HOLE and session.operand(expression) is None)


def _held(
    message: str, answer: Mismatch, given: Shape, expression: Expression | None, session: Session
) -> Verdict:
    """Say what to do about numbers in a container: with each, where they can be run through."""
    text, carrier = spell(message), given.numbers[0].plain
    if expression is None or given.text.lstrip("*") not in LISTS:
        return Verdict(text=text, code=answer.code, hint=held(answer, carrier))
    name, among = each_of(expression, session)
    names, carriers = (name, None), (carrier, carrier)
    rendered = session.rendered(answer, names=names, carriers=carriers, sentence=text, among=among)
    return Verdict(text=text, code=answer.code, hint=rendered.hint)


def _fits(
    given: str, wanted: str, expression: Expression | None, place: Place, session: Session
) -> Mismatch | bool:
    """Say whether each member of a printed union fits one of another; False where mypy is simply right."""
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


def _members(printed: str, expression: Expression | None) -> Iterator[tuple[str, Expression | None]]:
    """Yield the members of a printed union, each with what is of that type where it is in sight."""
    found = list(members(printed))
    sources: list[Expression | None] = [expression] if len(found) == 1 else []
    if isinstance(expression, ConditionalExpr) and len(found) == 2:
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
    if isinstance(expression, ConditionalExpr) and not given.is_scalar:
        # `(distance, time) if is_far else (0.0, 0.0)`: what both have in common says less than each.
        branches = (expression.if_expr, expression.else_expr)
        answers = [_fits_one(given, wanted, each, place, session) for each in branches]
        return next((each for each in answers if each is not True), True)
    if EITHER not in wanted.text and not given.is_scalar and len(given.alternatives) > 1:
        answers = [_fits_one(each, wanted, expression, place, session) for each in given.alternatives]
        return next((each for each in answers if each is not True), True)
    given, wanted = choices.chosen(given, wanted, expression, session)
    if len(given.numbers) != len(wanted.numbers):
        derived = _derived(expression, session) if wanted.is_scalar and not given.numbers else None
        return derived is not None and _flows(derived, wanted.numbers[0], None, place, session)
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


def _derived(expression: Expression | None, session: Session) -> Number | None:
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
        branches = (expression.if_expr, expression.else_expr)
        answers = [_flows(have, want, part, place, session) for part in branches]
        return next((each for each in answers if each is not True), True)
    mismatch = None
    if isinstance(want.operand, Meaning):
        operand = _given(have, expression, session)
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


def _given(number: Number, expression: Expression | None, session: Session) -> Operand:
    if number.operand is not UNKNOWN:
        return number.operand
    found = session.operand(expression) if expression is not None else None
    # A whole of plain numbers, of which no part alone says what it is: `sum(hits) / len(hits)`.
    gained = session.wholes.gained(expression, found, ()) if expression is not None and found else None
    return gained if isinstance(gained, Meaning) else found or said_by(number.row.plain)


def _unsupported(
    message: str, match: re.Match[str], expression: Expression | None, session: Session
) -> Verdict:
    """Drop mypy's complaint of an operator beside that of our hook, which knows the operands.

    What plain values of these classes do not do either, `Decimal(2) * 0.5`, is mypy's alone to say.
    """
    sides = zip(match.groups()[1:], _sides(expression), strict=True)
    numbers = [(shape(printed).numbers[0], side) for printed, side in sides]
    if all(number.row.plain in ALWAYS.get(match[1], NUMBERS) for number, _ in numbers):
        return DROPPED
    texts = (number.row.plain in TEXTS and number.operand is UNKNOWN for number, _ in numbers)
    if match[1] in ALWAYS or any(texts):
        return Verdict(text=spell(message))
    left, right = (_given(number, side, session) for number, side in numbers)
    refused = isinstance(combine(match[1], left, right, level=session.level), Mismatch)
    return DROPPED if refused else Verdict(text=spell(message))


def _operated(message: str, sign: str, expression: Expression | None, session: Session) -> Verdict:
    """Judge an operator by what stands on its two sides."""
    sides = _sides(expression)
    left, right = (session.operand(side) if side is not None else None for side in sides)
    if left is None or right is None:
        return Verdict(text=spell(message))
    answer = combine(sign, left, right, level=session.level)
    if not isinstance(answer, Mismatch):
        return DROPPED
    names = tuple(session.text(side) or None for side in sides)
    rendered = session.rendered(answer, names=names, carriers=tuple(map(session.carrier, sides)))
    return Verdict(text=rendered.text, code=answer.code, hint=rendered.hint)


def _sides(expression: Expression | None) -> tuple[Expression | None, Expression | None]:
    if isinstance(expression, OpExpr):
        return expression.left, expression.right
    if isinstance(expression, ComparisonExpr) and len(expression.operands) == 2:
        return expression.operands[0], expression.operands[1]
    return None, None
