"""Marking: `PROBABILITY(x)` is the explicit, checked step to a kind from what may be of it.

>>> from typedml.algebra.catalogue import KINDS
>>> odds, p, z = (Meaning(KINDS[name]) for name in ("Odds", "Probability", "Logit"))
>>> mark(odds, p) is None, mark(z, p).reason, mark(z, p).remedy.arguments
(True, <Reason.KINDS_DIFFER: 'kinds differ'>, ('expit',))
"""

from __future__ import annotations

from typedml.algebra.flow import flow, flow_roles, flow_units, may_be_angle
from typedml.algebra.kind import Sort
from typedml.algebra.meaning import Literal, Meaning, Operand, Unknown
from typedml.algebra.mismatch import Mismatch, Reason
from typedml.algebra.strictness import GRADUAL, Place

ABOUT_KINDS = frozenset(
    {Reason.NARROWER, Reason.MARKER_NEEDED, Reason.KINDS_DIFFER, Reason.SORTS_DIFFER, Reason.CUT_NEEDED}
)
"""Why a value does not flow that is no reason against marking it."""


def mark(source: Operand, target: Meaning) -> Mismatch | None:
    """Return why `source` may not be marked as `target`, or None if it may: the same at every level.

    A literal must be in range; a meaning must be in the unit and either be plain, of an ancestor, or of
    another vector kind whose range has more than a point in common with the target's. A plain number, such as
    an arc over its radius, may be marked as an angle in radians.
    """
    if isinstance(source, Unknown):
        return None
    if isinstance(source, Literal):
        return flow(source, target, level=GRADUAL, place=Place.BESIDE)
    found = flow(source, target)
    if found is not None and may_be_angle(source, target):
        return flow_roles(source, target)
    if found is None or found.reason not in ABOUT_KINDS:
        return found
    if source.cut or not _may_be(source, target.uncut):
        return (flow(source, target.uncut) or found).towards(target)
    return flow_roles(source, target)


def _may_be(source: Meaning, target: Meaning) -> bool:
    """Say whether some values of `source` may be values of `target`, which only who wrote it can tell."""
    if flow(source, target) is None:
        return True
    if flow_units(source, target) is not None or target.kind is None:
        return False
    if source.kind is None or target.kind.descends_from(source.kind):
        return True
    vectors = source.sort is Sort.VECTOR and target.sort is Sort.VECTOR
    return vectors and source.range.overlaps(target.range)
