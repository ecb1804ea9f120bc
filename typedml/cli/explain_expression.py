"""The answer to an expression: what it means, by which rule, or why it is refused and what would mend it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from typedml.algebra.expression import Call, Expression, Name, Operation, Unary, walk
from typedml.algebra.functions import ALIASES, FUNCTIONS
from typedml.algebra.judgement import judged
from typedml.algebra.kind import Kind
from typedml.algebra.meaning import Literal, Meaning, Operand, Unknown
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.ranges import UNBOUNDED
from typedml.algebra.shapes import function_of
from typedml.algebra.verdict import Ground, Judged
from typedml.cli.console import facts
from typedml.cli.explain_reading import Question
from typedml.cli.explain_ways import ways
from typedml.messages import render, spell
from typedml.messages.grounds import ground
from typedml.messages.reasons import WHY

Rows = list[tuple[str, str | RenderableType]]
STEPS = 8


def expression_page(question: Question) -> RenderableType:
    """Return the answer to a question, with what it rests on."""
    found = judged(question.expression)
    is_plain = str(question.expression) == question.body
    rows: Rows = [("reads", "" if is_plain else _read(question.expression, question.names))]
    if isinstance(found.answer, Mismatch):
        rows += _refused(found, found.answer, question.expression)
    else:
        rows += _answered(found, found.answer, question.expression)
    return facts([*rows, ("one value", _one(question, found))])


def refusal(mismatch: Mismatch, names: tuple[str | None, str | None]) -> Rows:
    """Return why two meanings do not go together, and what would mend it."""
    said = render(mismatch, names=names)
    verdict = Text.assemble(("✗ ", "bold red"), said.text, (f"  [{mismatch.code}]", "magenta"))
    return [
        ("refused", verdict),
        ("because", WHY[mismatch.reason]),
        ("instead", Text(said.hint, "green")),
    ]


def _answered(found: Judged, answer: Operand, expression: Expression) -> Rows:
    if isinstance(answer, Unknown):
        verdict = Text.assemble("float", ("  of which nothing is known", "dim"))
    else:
        verdict = Text.assemble(("✓ ", "bold green"), (spell(answer), "bold green"), (_values(found), "dim"))
    return [
        ("means", verdict),
        ("rule", _rule(found, expression)),
        ("steps", _steps(expression)),
    ]


def _values(found: Judged) -> str:
    """Return what is known of the values, as far as it is not in the meaning."""
    plain = "a plain number" if str(found.answer) == "1" else ""
    bounded = found.span != UNBOUNDED and isinstance(found.answer, Meaning)
    words = (plain, f"in {found.span}" if bounded else "", "whole" if bounded and found.integral else "")
    return "  " + ", ".join(filter(None, words))


def _rule(found: Judged, expression: Expression) -> str:
    unknown = [
        each.function
        for each in walk(expression)
        if isinstance(each, Call) and function_of(each) not in FUNCTIONS
    ]
    if unknown and found.ground is Ground.STEP and not isinstance(found.answer, Meaning):
        near = _nearest(unknown[0])
        return f'Nothing is known of "{unknown[0]}"{near}: what it gives is a plain number.'
    return ground(found)


def _nearest(function: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(function, [*FUNCTIONS, *ALIASES], n=1)
    return f" (did you mean {near[0]}?)" if near else ""


def _refused(found: Judged, mismatch: Mismatch, expression: Expression) -> Rows:
    names = _operands(found.where, mismatch)
    rows = refusal(mismatch, names)
    if str(found.where) != str(expression):
        rows.insert(0, ("at", Text(str(found.where), "red")))
    left, right = (_kind(side) for side in (mismatch.left, mismatch.right))
    if left is not None and right is not None and left is not right:
        rows.append(("ways across", _across(left, right, names)))
    return rows


def _across(left: Kind, right: Kind, names: tuple[str | None, str | None]) -> str | RenderableType:
    """Return the ways from either side to the other."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    for source, target, name in ((left, right, names[0]), (right, left, names[1])):
        for way in ways(source, target, name or "x"):
            grid.add_row(
                Text(f"{source} → {way.reached}"), Text(way.code, "green"), Text(way.monotone, "dim")
            )
    return grid if grid.row_count else "no named edge leads from one to the other"


def _kind(operand: Operand | None) -> Kind | None:
    return operand.kind if isinstance(operand, Meaning) else None


def _operands(where: Expression, mismatch: Mismatch) -> tuple[str | None, str | None]:
    """Return the source of both sides of a mismatch, as far as they stand in the expression."""
    sides = (mismatch.left, mismatch.right)
    left, right = (
        _operand(where, side, place) for side, place in zip(sides, mismatch.positions, strict=True)
    )
    return left, right


def _operand(where: Expression, side: Operand | None, place: int) -> str | None:
    if side is None:
        return None
    if place < len(where.parts) and judged(where.parts[place]).answer == side:
        return str(where.parts[place])
    named = [each.text for each in walk(where) if isinstance(each, Name) and each.operand == side]
    return named[0] if named else None


def _steps(expression: Expression) -> str | RenderableType:
    """Return what the parts of an expression mean, inner ones first; nothing where there is one step."""
    parts = list(dict.fromkeys(_inner(expression)))
    if len(parts) < 2:
        return ""
    grid = Table.grid(padding=(0, 2, 0, 0))
    for each in parts[:STEPS]:
        answer = judged(each).answer
        if isinstance(answer, Mismatch):
            grid.add_row(Text(str(each)), Text(f"by itself refused: {answer.reason.value}", "dim"))
        else:
            grid.add_row(Text(str(each)), Text(_meaning(answer), "green"))
    if len(parts) > STEPS:
        grid.add_row(Text(f"… and {len(parts) - STEPS} more", "dim"), Text())
    return grid


def _inner(expression: Expression) -> Iterator[Expression]:
    for part in expression.parts:
        yield from _inner(part)
    numbers = all(not isinstance(each, Name) for each in walk(expression))
    if isinstance(expression, Operation | Call | Unary) and not numbers:
        yield expression


def _meaning(answer: Operand) -> str:
    if isinstance(answer, Meaning):
        return "a number" if str(answer) == "1" else str(answer)
    return "unknown" if not isinstance(answer, Literal) else "a number"


def _read(expression: Expression, names: dict[str, Meaning]) -> Text:
    """Return the expression with a name for each value, and what the names mean: a question again."""
    there = {str(each) for each in walk(expression) if isinstance(each, Name)}
    values = ", ".join(f"{name}: {meaning}" for name, meaning in names.items() if name in there)
    return Text.assemble((str(expression), "bold"), (f" where {values}" if values else "", "dim"))


def _one(question: Question, found: Judged) -> str | RenderableType:
    """Return what the expression would mean if all values of a kind were one, where that differs."""
    if question.one is None:
        return ""
    other = judged(question.one)
    same = other.answer == found.answer
    if same or isinstance(other.answer, Mismatch) or not isinstance(other.answer, Meaning):
        return ""
    text = _read(question.one, question.names)
    return text.append(" means ").append(spell(other.answer), "green")
