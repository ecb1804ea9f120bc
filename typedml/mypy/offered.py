"""Which hint is said beneath an error about an operator or a call: what the source spells out comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typedml.mypy import affine, by_hand, declaring
from typedml.mypy.surroundings import undecided

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mypy.nodes import Context, Expression

    from typedml.algebra.mismatch import Mismatch
    from typedml.mypy.session import Session

    Sides = Sequence[Expression | None]


def of_operator(node: Context, sides: Sides, mismatch: Mismatch, session: Session) -> str:
    """Return the hint that the operands of an operator give by how they are written, or nothing."""
    found = undecided(sides, session) or by_hand.beside(sides, mismatch, session)
    return found or affine.instead(node, session) or declaring.beside(sides, mismatch, session)


def of_call(sides: Sides, mismatch: Mismatch, session: Session, *, argument: bool) -> str:
    """Return the hint that the arguments of a call give by how they are written: of one, or of two."""
    if argument:
        return by_hand.flowing(sides[0], mismatch, session)
    return by_hand.beside(sides, mismatch, session)
