"""The facts: one sentence in mypy's voice, both sides as their authors wrote them."""

from __future__ import annotations

from typedml.algebra.mismatch import Mismatch, Reason
from typedml.messages.wording import describe

COMPARED = frozenset({"==", "!="})
UNARY = frozenset({"-", "+", "~"})
FLOW = "flow"

Carriers = tuple[str, str]
PLAIN: Carriers = ("float", "float")


def fact(mismatch: Mismatch, carriers: Carriers = PLAIN) -> str:
    """Return what is wrong where nothing more is known of the place than the mismatch says."""
    if mismatch.operation == FLOW:
        return assigned(mismatch, carriers)
    if mismatch.operation.isidentifier() and mismatch.operation != "divmod":
        return called(mismatch, carriers)
    left = describe(mismatch.left, carriers[0])
    if mismatch.right is None:
        return f"Unsupported operand type for unary {mismatch.operation} ({left})"
    right = describe(mismatch.right, carriers[1])
    return f"Unsupported operand types for {mismatch.operation} ({left} and {right})"


def called(mismatch: Mismatch, carriers: Carriers = PLAIN) -> str:
    """Return that a function does not take such an argument, or such arguments together."""
    left = describe(mismatch.left, carriers[0])
    if mismatch.right is None:
        return f'Argument 1 to "{mismatch.operation}" has incompatible type {left}'
    if mismatch.reason in (Reason.NO_EDGE, Reason.ANGLE_NEEDED, Reason.UNKNOWN_GIVEN) or _is_turn(mismatch):
        return argument(mismatch, 1, mismatch.operation, carriers)
    right = describe(mismatch.right, carriers[1])
    return f'Arguments of "{mismatch.operation}" have incompatible types {left} and {right}'


def argument(mismatch: Mismatch, position: int | str, function: str, carriers: Carriers = PLAIN) -> str:
    """Return that an argument is not what a parameter declares; a name as position is a keyword's.

    >>> from typedml.algebra.catalogue import HOUR, MINUTE
    >>> from typedml.algebra.meaning import Meaning
    >>> mismatch = Mismatch(Reason.UNITS_DIFFER, Meaning(None, MINUTE), Meaning(None, HOUR), "flow")
    >>> print(argument(mismatch, 1, "f"))
    Argument 1 to "f" has incompatible type "float[minute]"; expected "float[hour]"
    """
    which = f'"{position}"' if isinstance(position, str) else str(position)
    given, expected = _both(mismatch, carriers)
    return f'Argument {which} to "{function}" has incompatible type {given}; expected {expected}'


def returned(mismatch: Mismatch, carriers: Carriers = PLAIN) -> str:
    """Return that a result is not what the function declares."""
    given, expected = _both(mismatch, carriers)
    return f"Incompatible return value type (got {given}, expected {expected})"


def assigned(mismatch: Mismatch, carriers: Carriers = PLAIN) -> str:
    """Return that a value is not what a variable declares."""
    given, expected = _both(mismatch, carriers)
    return f"Incompatible types in assignment (expression has type {given}, variable has type {expected})"


def _both(mismatch: Mismatch, carriers: Carriers) -> tuple[str, str]:
    expected = mismatch.left if mismatch.right is None else mismatch.right
    return describe(mismatch.left, carriers[0]), describe(expected, carriers[1])


def _is_turn(mismatch: Mismatch) -> bool:
    return mismatch.operation in ("deg2rad", "rad2deg")
