"""What the algebra says of an expression in a rule: its meaning, or the refusal of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typedml.declare.expression_text import enclosed, spelled
from typedml.errors import DeclarationError

if TYPE_CHECKING:
    from typedml.algebra.meaning import Operand
    from typedml.algebra.mismatch import Mismatch
    from typedml.declare.expression import Expression

_UNARY = {"negative": "-", "abs": "abs"}
_STATISTICS = {"n_unique": "nunique"}


def unknown() -> Operand:
    """The operand of which nothing is declared."""
    from typedml.algebra.meaning import UNKNOWN

    return UNKNOWN


def literal(value: object) -> Operand:
    """The operand of a value written in a rule: a number is a literal, anything else unknown."""
    from typedml.algebra.meaning import Literal

    if isinstance(value, int | float) and not isinstance(value, bool):
        return Literal(value)
    return unknown()


def combined(sign: str, left: Expression, right: Expression) -> Operand:
    """The operand of `left sign right`; a number in a rule is taken to be in the unit of the other side.

    At run time `MILE(5.0)` is 5.0, so a bare number cannot be told from a marked one here; mypy can.

    Raises: DeclarationError where the algebra refuses.
    """
    from typedml.algebra.meaning import Literal
    from typedml.algebra.mismatch import Mismatch
    from typedml.algebra.rules import combine

    sides = (left.operand, right.operand)
    found = combine(sign, *sides)
    if isinstance(found, Mismatch) and any(isinstance(side, Literal) for side in sides):
        from typedml.algebra.flow import Level

        if sign in ("+", "-"):
            _refuse_scaled(sign, left, right)

        generous = (unknown() if isinstance(side, Literal) else side for side in sides)
        found = combine(sign, *generous, level=Level.GRADUAL)
    return _accepted(found, spelled(sign, (left, right)), (left.shown, right.shown))


def _refuse_scaled(sign: str, left: Expression, right: Expression) -> None:
    """Refuse a number beside percents: in `1 - discount` it is hardly one percent."""
    from typedml.algebra.meaning import Meaning
    from typedml.algebra.unit import Unit

    for side in (left, right):
        meaning = side.operand
        if not isinstance(meaning, Meaning) or meaning.unit.is_number:
            continue
        if meaning.unit.converts_to(Unit.number()):
            column = min(side.columns)
            fact = (
                f'`{left.shown} {sign} {right.shown}`: is the number in "{meaning.unit}", or is it a share?'
            )
            hint = f'Write convert(c.{column}, "{meaning.unit}", "1") for a share; it divides by itself.'
            raise DeclarationError(fact, hint, code="typedml-unit")


def combined_alone(name: str, side: Expression) -> Operand:
    """The operand of a sign or of `abs` applied to one expression.

    Raises: DeclarationError where the algebra refuses.
    """
    from typedml.algebra.rules import unary

    return _accepted(unary(_UNARY[name], side.operand), spelled(name, (side,)), (side.shown, None))


def aggregated(name: str, side: Expression) -> Operand:
    """The operand of a statistic of many values.

    Raises: DeclarationError where the algebra refuses.
    """
    from typedml.algebra.flow import Level
    from typedml.algebra.statistics import aggregate

    found = aggregate(_STATISTICS.get(name, name), (side.operand,), Level.GRADUAL)
    return _accepted(found, f"{enclosed(side)}.{name}()", (side.shown, None))


def _accepted(found: Operand | Mismatch, text: str, names: tuple[str, str | None]) -> Operand:
    from typedml.algebra.mismatch import Mismatch

    if not isinstance(found, Mismatch):
        return found
    from typedml.messages import render

    rendered = render(found, names=names)
    fact = f"The rule `{text}` is refused: {rendered.text}."
    raise DeclarationError(fact, rendered.hint, code=found.code)
