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
from typedml.algebra.conversion import converted
from typedml.algebra.edges import kind_remedy
from typedml.algebra.errors import UnitError
from typedml.algebra.flow import flow
from typedml.algebra.meaning import Meaning
from typedml.algebra.mismatch import Action, Mismatch, Reason, Remedy, Side
from typedml.algebra.monomial import quotient
from typedml.algebra.rules import combine
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
    # Clicks per view are views per click turned over, too.
    if reason in (Reason.DIMENSIONS_DIFFER, Reason.TAGS_DIFFER):
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
    if not meaning.unit.converts_to(target):
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
    # Before its parts: of `exposure / deaths` nothing is left to be divided by the exposure.
    if flows(Unit.number() / got.unit, expected.unit) is None:
        return Remedy(Action.FLIP, Side.LEFT, "invert", result=expected)
    for text, meaning, exponent in leaves:
        if meaning.unit.is_point or exponent not in (1, -1):
            continue
        if flows(got.unit * meaning.unit ** (-2 * exponent), expected.unit) is None:
            verb = "divide" if exponent == 1 else "multiply"
            return Remedy(Action.FLIP, Side.LEFT, verb, text=text, result=expected)
    return None


OPERATORS = frozenset("+ - * / // % < <= > >= == !=".split())
"""The operators of which a remedy is tried: the operand as it would be beside the other one."""


def sound(mismatch: Mismatch) -> Remedy | None:
    """Return the remedy of a mismatch that is accepted once it is taken, or None if there is none.

    Of two kinds the other may cross where the first way leads nowhere: `p + z` is no sum of two logits.
    """
    candidates = (mismatch.remedy, _other_way(mismatch))
    return next((each for each in candidates if each is not None and _is_sound(mismatch, each)), None)


def _other_way(mismatch: Mismatch) -> Remedy | None:
    left, right = mismatch.left, mismatch.right
    if mismatch.operation not in OPERATORS or not (isinstance(left, Meaning) and isinstance(right, Meaning)):
        return None
    found = kind_remedy(right, left)
    if found is None or found.side is Side.BOTH:
        return None
    side = Side.LEFT if found.side is Side.RIGHT else Side.RIGHT
    return Remedy(found.action, side, *found.arguments, text=found.text, result=found.result)


def _is_sound(mismatch: Mismatch, remedy: Remedy) -> bool:
    if remedy.action is Action.CONVERT and mismatch.operation == "flow" and _is_of_all(mismatch, remedy):
        return _arrives(mismatch, remedy)
    left, right, made = mismatch.left, mismatch.right, remedy.result
    if (
        made is None
        or right is None
        or mismatch.operation not in OPERATORS
        or _replaces_all(mismatch, remedy)
    ):
        return not (made is not None and made.unit.variables and remedy.action is Action.CONSTRUCT)
    if made.unit.variables and remedy.action is Action.CONSTRUCT:
        return False
    sides = (made, right) if remedy.side is Side.LEFT else (left, made)
    return not isinstance(combine(mismatch.operation, *sides), Mismatch)


def _is_of_all(mismatch: Mismatch, remedy: Remedy) -> bool:
    """Say whether a conversion is one of all that flows, and not of a factor in it."""
    return isinstance(mismatch.left, Meaning) and str(mismatch.left.unit) == remedy.arguments[0]


def _replaces_all(mismatch: Mismatch, remedy: Remedy) -> bool:
    """Say whether a conversion stands for the whole of what is written: `t / 1000`."""
    return mismatch.reason is Reason.POINT_SCALED and remedy.action is Action.CONVERT


def _arrives(mismatch: Mismatch, remedy: Remedy) -> bool:
    """Say whether what a conversion gives is what is wanted: an hour of the day is no unit of an instant."""
    source, target = mismatch.left, mismatch.right
    if not (isinstance(source, Meaning) and isinstance(target, Meaning)):
        return True
    found = converted(source, source.unit, target.unit)
    return not isinstance(found, Mismatch) and flow(found, target) is None
