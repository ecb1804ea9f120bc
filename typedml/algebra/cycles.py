"""Reduction to one turn: `(bearing + 180) % 360`, `(a - b + 180) % 360 - 180`, `(hour - 6) % 24`.

A bare number beside a unit says nothing of its own unit - but a period does: 360 is a turn in degrees only.
So what is added before a value is reduced to one turn is in its unit, and so is half a turn taken off after.
"""

from __future__ import annotations

from math import isclose, pi, tau

from typedml.algebra.catalogue import RADIAN, SECOND
from typedml.algebra.expression import Number, Operation, Unary
from typedml.algebra.meaning import Meaning
from typedml.algebra.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedml.algebra.expression import Expression

CYCLES: tuple[tuple[Unit, tuple[float, ...]], ...] = (
    (RADIAN, (tau,)),
    (SECOND, (60.0, 3600.0, 86400.0, 604800.0)),
)
"""What comes round, in the unit before it: a turn, a minute, an hour, a day and a week."""


def reduced(expression: Expression) -> tuple[Expression, float] | None:
    """Return what is reduced to a period, without the numbers added to it, and the period."""
    if not isinstance(expression, Operation):
        return None
    period = _value(expression.right)
    if expression.op == "-" and period is not None:
        # Half a turn back: from [0, 360) to [-180, 180).
        found = reduced(expression.left)
        return found if found is not None and isclose(found[1], 2 * period) else None
    if expression.op != "%" or period is None or period <= 0:
        return None
    return _unshifted(expression.left), period


def share_of_turn(expression: Expression) -> Expression | None:
    """Return the angle in `1 - angle / pi`, which counts half turns: pi is half a turn in radians only."""
    if not isinstance(expression, Operation) or expression.op not in ("+", "-"):
        return None
    for number, share in ((expression.left, expression.right), (expression.right, expression.left)):
        if _value(number) is not None and isinstance(share, Operation) and share.op == "/":
            divisor = _value(share.right)
            if divisor is not None and any(isclose(abs(divisor), turn) for turn in (pi, tau)):
                return share.left
    return None


def is_cycle(meaning: Meaning, period: float) -> bool:
    """Say whether values come round after `period` of their unit."""
    kind = meaning.kind
    if kind is not None and kind.period is not None:
        return isclose(kind.period, period)
    unit = meaning.unit.delta()
    return any(
        unit.dimension == each.dimension
        and any(isclose(float(unit.ratio(each)) * period, length) for length in lengths)
        for each, lengths in CYCLES
    )


def _unshifted(expression: Expression) -> Expression:
    while isinstance(expression, Operation) and expression.op in ("+", "-"):
        if _value(expression.right) is not None:
            expression = expression.left
        elif _value(expression.left) is not None and expression.op == "+":
            expression = expression.right
        else:
            break
    return expression


def _value(expression: Expression) -> float | None:
    """Return the number that an expression is, `2 * pi` included."""
    if isinstance(expression, Number):
        return expression.value
    if isinstance(expression, Unary) and expression.op == "-":
        value = _value(expression.of)
        return None if value is None else -value
    if isinstance(expression, Operation) and expression.op == "*":
        left, right = _value(expression.left), _value(expression.right)
        return None if left is None or right is None else left * right
    return None
