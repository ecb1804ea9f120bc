"""A second opinion on mypy's own errors, where they are about meanings.

mypy compares types; the algebra knows more: that zero has every unit, that a plain difference of instants is
a duration, that `list[float[km]]` may go where plain floats are wanted. What is right is dropped; what is
wrong keeps mypy's sentence and gets our code, and a hint.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mypy.nodes import ComparisonExpr, ConditionalExpr, Expression, LambdaExpr, OpExpr, RefExpr, YieldExpr

from typedml.algebra.meaning import UNKNOWN, Meaning, Unknown
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.rules import combine
from typedml.algebra.strictness import Place
from typedml.messages import describe, held, remedy_for
from typedml.mypy import affine, by_hand, choices, declaring, missing, spans, unnamed, unpacked
from typedml.mypy.clashes import clashing, nearest
from typedml.mypy.classes import TEXTS, WHOLE_NUMBERS, said_by, takes
from typedml.mypy.clocks import clocked
from typedml.mypy.fits import fits, meant, of_base
from typedml.mypy.shapes import HOLE, Shape, shape, spell
from typedml.mypy.signs import BITWISE, SIGNS
from typedml.mypy.solving import NAME
from typedml.mypy.surroundings import branch, each_of, folded, undecided
from typedml.mypy.verdicts import DROPPED, Verdict

if TYPE_CHECKING:
    from typedml.mypy.session import Session


CALLEE: Final = re.compile(r' to "(?P<name>[^"]*)" $')
# Begins a unit variable in a printed type.
VARIABLE: Final = "^"
# Numbers that every operator takes together, but for those of bits.
NUMBERS: Final = frozenset({"builtins.float", "builtins.int", "builtins.bool"})
ALWAYS: Final = dict.fromkeys(BITWISE.values(), WHOLE_NUMBERS)
# Of a parameter or a field; no part of "setdefault".
BY_DEFAULT: Final = re.compile(r"\bdefault\b")

# mypy prints no type of a function with several signatures.
GIVEN: Final = r'"?(?P<given>(?<=")[^"]*|overloaded function)"?'
DICT_ENTRY: Final = (
    rf'Dict entry \d+ has incompatible type "(?P<key>[^"]*)": {GIVEN};'
    r' expected "(?P<wanted_key>[^"]*)": "(?P<wanted>[^"]*)"'
)
# How mypy words that one type was given and another wanted; each pattern finds both, keys of dicts included.
GIVEN_AND_WANTED: Final = tuple(
    map(
        re.compile,
        (
            r'\(got "(?P<given>[^"]*)", expected "(?P<wanted>[^"]*)"\)',
            rf'has incompatible (?:item )?type {GIVEN}; expected (?:type )?"(?P<wanted>[^"]*)"',
            # Of comprehensions, whose errors stand at what they make of each value.
            r"has incompatible type (?:List|Set)\[(?P<given>.*)\]; expected (?:List|Set)\[(?P<wanted>.*)\]$",
            DICT_ENTRY,
            rf' has type {GIVEN}, .*type(?: as)? "(?P<wanted>[^"]*)"\)',
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
        answer = fits(found["key"], found["wanted_key"], None, place, session)
        if answer is not True:
            # The hint for a value would change what is right.
            return Verdict(text=spell(message), code=answer.code if isinstance(answer, Mismatch) else None)
    if answer is True:
        answer = fits(found["given"], found["wanted"], expression, place, session)
    if answer is True:
        return DROPPED
    if answer is False:
        hint = spans.counted(expression, match["wanted"], session) or None
        return clashing(message, expression, session) or Verdict(text=spell(message), hint=hint)
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
    is_function = isinstance(expression, RefExpr) and match["wanted"].startswith("Callable[")
    if is_function or "base class" in message:
        hint = "declare the same meaning as the base class" if not is_function else None
        return Verdict(text=spell(message), code=answer.code, hint=hint)
    if not given.is_scalar and isinstance(answer.left, Unknown):
        hint = f"declare what {session.text(expression) or 'it'} means where it comes from"
        if isinstance(answer.right, Meaning):
            hint = declaring.declaration(expression, answer.right, session) or hint
        return Verdict(text=spell(message), code=answer.code, hint=hint)
    alone = [] if isinstance(expression, ConditionalExpr) else [expression]
    hint = spans.counted(expression, match["wanted"], session) or undecided(alone, session)
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
    base = of_base(expression, session) if not given.numbers else None
    carriers = tuple(number.plain for number in given.numbers[:1] or filter(None, [base])) or ("float",)
    wanted = shape(match["wanted"]).numbers
    if len(wanted) == 1:
        carriers = (carriers[0], wanted[0].plain)
    refused, names = clocked(answer.with_remedy(remedy), (expression, None), names, session)
    kept, after = missing.places(expression, match["wanted"], session)
    rendered = session.rendered(
        refused, expression, names=names, carriers=carriers, sentence=spell(message), missing=kept
    )
    hint = after + rendered.hint if refused.remedy is not None else rendered.hint
    return Verdict(text=rendered.text, code=answer.code, hint=hint)


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
    rendered = session.rendered(
        answer, expression, names=names, carriers=carriers, sentence=text, among=among
    )
    return Verdict(text=text, code=answer.code, hint=rendered.hint)


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
    left, right = (meant(number, side, session) for number, side in numbers)
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
