"""Values at even steps: `np.arange(start, stop, step)`, `range`, and `np.linspace(start, stop, n)`.

>>> from typedml.algebra.registry import unit
>>> km, s = Meaning(None, unit("km")), Meaning(None, unit("s"))
>>> print(stepped("arange", (km, km, km), Level.STANDARD))
km
>>> stepped("arange", (km, km, s), Level.STANDARD).reason
<Reason.DIMENSIONS_DIFFER: 'dimensions differ'>
"""

from __future__ import annotations

from typedml.algebra.elementwise import kind_or_unit, named
from typedml.algebra.flow import join
from typedml.algebra.kind import Sort
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand
from typedml.algebra.mismatch import Mismatch, Reason
from typedml.algebra.rules import combine
from typedml.algebra.strictness import Level


def stepped(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return values from a start (0) to a stop, a step (1) apart; nothing is known of pure numbers."""
    if not any(map(kind_or_unit, operands)):
        return UNKNOWN
    start, stop = (Literal(0), operands[0]) if len(operands) == 1 else operands[:2]
    step = operands[2] if len(operands) > 2 else Literal(1)
    apart = _apart(start, stop, level)
    if apart is not None:
        return apart.within(name)
    # Each value is the one before it and a step.
    one = start if isinstance(start, Meaning) else stop
    found = combine("+", one, step, level=level)
    if isinstance(found, Meaning) and found.sort is Sort.VECTOR and found.is_pure:
        return UNKNOWN
    if isinstance(found, Mismatch):
        # A step that is not given is no operand that could be mended.
        found = found.at(operands.index(one), 2) if len(operands) > 2 else found.with_remedy(None)
    return named(name, found)


def spaced(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return values between a start and a stop: of their kind, if its values may lie in between."""
    if len(operands) < 2:
        return UNKNOWN
    start, stop = operands[:2]
    apart = _apart(start, stop, level)
    if apart is not None:
        return apart.within(name)
    found = join(start, stop)
    if not isinstance(found, Meaning) or found.kind is None or (found.kind.mean and not found.integral):
        return found
    return found.plain() if found.sort is Sort.VECTOR else UNKNOWN


def _apart(start: Operand, stop: Operand, level: Level) -> Mismatch | None:
    """Return why two values are not the ends of one stretch."""
    compared = combine("<", start, stop, level=level)
    beyond = isinstance(compared, Mismatch) and compared.reason is Reason.OUT_OF_RANGE
    return compared if isinstance(compared, Mismatch) and not beyond else None
