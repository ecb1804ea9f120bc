"""When two units go together: tags, angles and scales in sums, comparisons and flows.

>>> from typedml.algebra.catalogue import HOUR, MINUTE
>>> agree(HOUR, MINUTE)
<Reason.UNITS_DIFFER: 'units differ'>
"""

from __future__ import annotations

from typedml.algebra.mismatch import Reason
from typedml.algebra.monomial import ANGLE, Monomial, is_tag
from typedml.algebra.unit import Unit


def agree(left: Unit, right: Unit) -> Unit | Reason:
    """Return the unit of a sum of both, or why they do not add.

    What is not tagged, or has no angle, wins over what is and has, except that a pure number takes the tag of
    the other: `clicks + 1` counts clicks.
    """
    if left == right:
        return left
    if left.origin != right.origin:
        return difference(left, right)
    if not _same_but_angle(left, right):
        return difference(left, right)
    if left.tags and right.tags and left.tags != right.tags:
        return Reason.TAGS_DIFFER
    chosen = _by_tag(left, right)
    if chosen.has_angle and not (left.has_angle and right.has_angle):
        return chosen.without_angle()
    return chosen


def flows(source: Unit, target: Unit) -> Reason | None:
    """Return why a value in `source` is none in `target`, or None if it is; tags and angles may drop."""
    if source == target:
        return None
    if source.origin != target.origin or not _same_but_angle(source, target):
        return difference(source, target)
    return Reason.TAGS_DIFFER if target.tags and source.tags != target.tags else None


def difference(left: Unit, right: Unit) -> Reason:
    """Return in what two units that do not go together differ."""
    if left.dimension != right.dimension:
        alone = {left.dimension, right.dimension} == {Monomial({ANGLE: 1}), Monomial()}
        return Reason.ANGLE_ALONE if alone else Reason.DIMENSIONS_DIFFER
    if (left.origin is None) != (right.origin is None):
        return Reason.SORTS_DIFFER
    if left.scale == right.scale:
        return Reason.TAGS_DIFFER if left.origin == right.origin else Reason.ORIGINS_DIFFER
    return Reason.UNITS_DIFFER


def _same_but_angle(left: Unit, right: Unit) -> bool:
    """Say whether two units differ in tags and absorbed angles only."""
    quotient = (left.vector / right.vector).without(is_tag)
    if not quotient:
        return True
    return quotient.atoms == (ANGLE,) and left.absorbs_angle and right.absorbs_angle


def _by_tag(left: Unit, right: Unit) -> Unit:
    if bool(left.tags) == bool(right.tags):
        return left
    tagged, bare = (left, right) if left.tags else (right, left)
    return tagged if bare.is_number else bare
