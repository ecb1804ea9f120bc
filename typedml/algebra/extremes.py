"""The least and the greatest: of many values, which is a statistic, or of several operands; and filling gaps.

>>> from typedml.algebra.catalogue import KINDS
>>> p = Meaning(KINDS["Probability"])
>>> print(extreme("max", (p,), Level.STANDARD), extreme("max", (p, Literal(2)), Level.STANDARD))
Probability 1
"""

from __future__ import annotations

from typedml.algebra import elementwise
from typedml.algebra.flow import join
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.rules import combine
from typedml.algebra.statistics import aggregate
from typedml.algebra.strictness import Level


def extreme(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return the least or greatest of many values, or of several operands."""
    if len(operands) == 1 and isinstance(operands[0], Meaning):
        return aggregate(name, operands, level)
    return elementwise.extreme(name, operands, level)


def collected(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return what all values of one list mean; two that do not compare have no place in it."""
    found = operands[0]
    for place, operand in enumerate(operands[1:], 1):
        compared = combine("==", found, operand, level=level)
        if isinstance(compared, Mismatch):
            return compared.within("array").at(elementwise.place_of(found, operands[:place]), place)
        alike = found == operand or (isinstance(found, Meaning) and isinstance(operand, Meaning))
        found = join(found, operand) if alike else elementwise.one_of(found, operand)
    return UNKNOWN if isinstance(found, Literal) else found


def held(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return what the values mean that are put together."""
    return UNKNOWN if isinstance(operands[0], Literal) else operands[0]


def filled(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return values whose gaps are filled: what both have in common, which a sentinel may leave plain."""
    values, filling = operands[0], operands[1] if len(operands) > 1 else UNKNOWN
    if filling is UNKNOWN or not isinstance(values, Meaning):
        return values
    compared = combine("==", values, filling, level=level)
    if isinstance(compared, Mismatch):
        return compared.within(name)
    joined = join(values, filling)
    return values.plain() if joined is UNKNOWN and isinstance(filling, Literal) else joined
