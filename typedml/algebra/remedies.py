"""The search for one conversion that would turn what was got into what was expected.

>>> from typedml.algebra.catalogue import HOUR, MINUTE
>>> from typedml.algebra.meaning import Meaning
>>> found = remedy_for(Meaning(None, MINUTE), Meaning(None, HOUR), [("air_time", Meaning(None, MINUTE), 1)])
>>> found and (found.text, found.arguments)
('air_time', ('minute', 'hour'))
"""

from __future__ import annotations

from typedml.algebra.agreement import flows
from typedml.algebra.catalogue import DAY, DEGREE, HOUR, MILLISECOND, MINUTE, RADIAN, SECOND
from typedml.algebra.errors import UnitError
from typedml.algebra.meaning import Meaning
from typedml.algebra.mismatch import Action, Reason, Remedy, Side
from typedml.algebra.monomial import quotient
from typedml.algebra.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction
    from typing import TypeAlias

    Leaf: TypeAlias = tuple[str, Meaning, int | Fraction]

FAMILIAR = (SECOND, MILLISECOND, MINUTE, HOUR, DAY, RADIAN, DEGREE)
"""Units that may be named though nobody wrote them."""


def remedy_for(got: Meaning, expected: Meaning, leaves: Sequence[Leaf] = ()) -> Remedy | None:
    """Return the one step that turns `got` into `expected`, or None if there is none to be seen.

    `leaves` are the named operands of the product that gave `got`: source text, meaning, exponent. Where the
    dimensions agree one of them is converted, else the whole; where they do not, an operand on the wrong side
    of the fraction bar is looked for.
    """
    reason = flows(got.unit, expected.unit)
    if reason is Reason.DIMENSIONS_DIFFER:
        return _misplaced(got, expected, leaves)
    if reason is not Reason.UNITS_DIFFER:
        return None
    if got.unit.is_point or expected.unit.is_point:
        return _whole(got, expected)
    found = [each for each in (_converted(got, expected, leaf) for leaf in leaves) if each is not None]
    return min(found, key=_plainness) if found else _whole(got, expected)


def _converted(got: Meaning, expected: Meaning, leaf: Leaf) -> Remedy | None:
    """Return the conversion of one operand that corrects the scale of the product, if it has a plain name."""
    text, meaning, exponent = leaf
    if meaning.unit.is_point or not exponent:
        return None
    try:
        target = meaning.unit * (expected.unit / got.unit) ** quotient(1, exponent)
    except UnitError:
        return None
    if target.dimension != meaning.unit.dimension:
        return None
    named = _named(target, expected.unit)
    if named is None:
        return None
    return Remedy(Action.CONVERT, Side.LEFT, str(meaning.unit), named, text=text, result=expected)


def _named(target: Unit, expected: Unit) -> str | None:
    """Return a single name for a unit: its own, the expected one's, or a familiar one."""
    candidates = (target, expected, *FAMILIAR)
    names = (str(unit) for unit in candidates if unit == target and len(unit.spelling.items) == 1)
    return next((name for name in names if "/" not in name), None)


def _plainness(remedy: Remedy) -> tuple[int, int]:
    return remedy.arguments[1].count("*"), len(remedy.arguments[1])


def _whole(got: Meaning, expected: Meaning) -> Remedy:
    return Remedy(Action.CONVERT, Side.LEFT, str(got.unit), str(expected.unit), result=expected)


def _misplaced(got: Meaning, expected: Meaning, leaves: Sequence[Leaf]) -> Remedy | None:
    """Return the operand that should divide where it multiplies, or the other way round."""
    if got.unit.is_point or expected.unit.is_point:
        return None
    for text, meaning, exponent in leaves:
        if meaning.unit.is_point or exponent not in (1, -1):
            continue
        if flows(got.unit * meaning.unit ** (-2 * exponent), expected.unit) is None:
            verb = "divide" if exponent == 1 else "multiply"
            return Remedy(Action.FLIP, Side.LEFT, verb, text=text, result=expected)
    if flows(Unit.number() / got.unit, expected.unit) is None:
        return Remedy(Action.FLIP, Side.LEFT, "invert", result=expected)
    return None
