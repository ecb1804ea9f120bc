"""Flow: whether a value of one meaning may stand where another is declared, and what two have in common.

>>> from typedml.algebra.catalogue import KINDS
>>> from typedml.algebra.meaning import Literal, Meaning
>>> p, share = Meaning(KINDS["Probability"]), Meaning(KINDS["Proportion"])
>>> flow(p, share) is None, flow(share, p).reason, flow(Literal(1.5), p).reason
(True, <Reason.NARROWER: 'the parent is not the child'>, <Reason.OUT_OF_RANGE: 'outside of the range'>)
"""

from __future__ import annotations

from functools import lru_cache
from math import isnan

from typedml.algebra.agreement import flows
from typedml.algebra.closure import make
from typedml.algebra.currency import CURRENCY, some_currency
from typedml.algebra.edge_table import crossing, forgotten_with_edges
from typedml.algebra.edges import constructor, conversion, cross
from typedml.algebra.kind import Kind, Sort, nearest_common
from typedml.algebra.meaning import RADIAN, UNKNOWN, Literal, Meaning, Operand, Unknown, spelling
from typedml.algebra.mismatch import Action, Mismatch, Reason, Remedy, Side
from typedml.algebra.monomial import Monomial
from typedml.algebra.roles import flows_not
from typedml.algebra.strictness import (
    GRADUAL,
    MEANING_DROPPED,
    STANDARD,
    STRICT,
    Given,
    Level,
    Place,
    accepts,
)
from typedml.algebra.unit import Unit

__all__ = ["GRADUAL", "STANDARD", "STRICT", "Level", "Place", "flow", "flow_roles", "flow_units", "join"]

FLOW = "flow"
"""The operation of a mismatch that comes from here."""


def flow(
    source: Operand,
    target: Meaning | Unknown,
    *,
    level: Level = STANDARD,
    place: Place = Place.ELSEWHERE,
) -> Mismatch | None:
    """Return why `source` may not stand where `target` is declared, or None if it may.

    A target of UNKNOWN is a plain `float`.
    """
    return _flow(source, target, level, place, spelling(source, target))


@lru_cache(maxsize=1 << 15)
def _flow(source: Operand, target: Operand, level: Level, place: Place, spelled: str) -> Mismatch | None:
    if not isinstance(target, Meaning):
        return _dropped(source, target, level)
    if isinstance(source, Unknown):
        if accepts(level, Given.UNKNOWN, place):
            return None
        return Mismatch(Reason.UNKNOWN_GIVEN, source, target, FLOW, _mark(target), code=_code_of(target))
    if isinstance(source, Literal):
        return _literal(source, target, level, place)
    return _unit(source, target) or _kind(source, target) or flow_roles(source, target)


def join(left: Operand, right: Operand) -> Operand:
    """Return what is known of a value that is one or the other: the nearest common ancestor, or UNKNOWN."""
    if left == right:
        return left
    if isinstance(left, Meaning) and isinstance(right, Meaning):
        return _join_meanings(left, right)
    meaning, number = (left, right) if isinstance(left, Meaning) else (right, left)
    if isinstance(meaning, Meaning) and isinstance(number, Literal):
        fits = number.has(meaning.unit) or meaning.is_pure
        return meaning if fits and _literal(number, meaning, GRADUAL, Place.BESIDE) is None else UNKNOWN
    return UNKNOWN


def _join_meanings(left: Meaning, right: Meaning) -> Operand:
    if left.cut and right.cut:
        joined = _join_meanings(left.uncut, right.uncut)
        return (
            Meaning(joined.kind, joined.unit, True, joined.roles) if isinstance(joined, Meaning) else joined
        )
    both = sorted((left.unit, right.unit), key=lambda unit: unit.has_angle)
    unit = next(
        (each for each in both if flows(left.unit, each) is None and flows(right.unit, each) is None), None
    )
    if unit is None or left.sort is not right.sort or left.cut is not right.cut:
        return UNKNOWN
    kind = nearest_common(left.kind, right.kind) if left.kind and right.kind else None
    joined = make(kind if kind is not None and kind.admits(unit) else None, unit, left, right)
    # Without its kind it might be another sort of thing.
    return joined if joined.sort is left.sort else UNKNOWN


def _dropped(source: Operand, target: Operand, level: Level) -> Mismatch | None:
    if not isinstance(source, Meaning) or level in MEANING_DROPPED or _says_nothing(source):
        return None
    return Mismatch(Reason.MEANING_LOST, source, target, FLOW, Remedy(Action.RAW, Side.LEFT))


def _says_nothing(meaning: Meaning) -> bool:
    """Say whether there is nothing to lose: a share of two distances is a number, of no kind and no unit."""
    return meaning == Meaning(None, Unit.number())


def _literal(source: Literal, target: Meaning, level: Level, place: Place) -> Mismatch | None:
    """Return why a literal may not stand there: ranges hold at every level, units by the table."""
    if not _inside(source, target):
        return Mismatch(Reason.OUT_OF_RANGE, source, target, FLOW, detail=str(target.range))
    point = target.uncut.sort is Sort.TORSOR
    if target.is_pure or (source.has(target.unit) and not point) or accepts(level, Given.LITERAL, place):
        return None
    return Mismatch(Reason.LITERAL_GIVEN, source, target, FLOW, _mark(target))


def _inside(source: Literal, target: Meaning) -> bool:
    if isinstance(source.value, float) and isnan(source.value):
        return True
    inside = target.range.contains(source.range.low)
    return inside and (source.integral or not target.integral)


def _unit(source: Meaning, target: Meaning) -> Mismatch | None:
    if source.cut != target.cut:
        reason = Reason.CUT_GIVEN if source.cut else Reason.CUT_NEEDED
        remedy = Remedy(Action.RAW, Side.LEFT) if source.cut else _mark(target)
        return Mismatch(reason, source, target, FLOW, remedy)
    return flow_units(source, target)


def may_be_angle(source: Meaning, target: Meaning) -> bool:
    """Say whether a plain number may be an angle in radians, as an arc over its radius is."""
    return source.kind is None and source.unit.is_number and target.kind is None and target.unit == RADIAN


def flow_units(source: Meaning, target: Meaning) -> Mismatch | None:
    """Return why a value is not in the unit of `target`, whatever the kinds."""
    reason = flows(source.unit, target.unit)
    if reason is None or _is_untagged_count(source, target) or _is_some_money(source, target):
        return None
    if reason is Reason.DIMENSIONS_DIFFER and _kinds_clash(source, target):
        return None  # both are shown by their kinds, which say more than their units
    convert = reason is Reason.UNITS_DIFFER
    step = conversion(Side.LEFT, source.unit, target.unit, target) if convert else None
    if may_be_angle(source, target):
        step = _mark(target)
    return Mismatch(reason, source, target, FLOW, step)


def _is_untagged_count(source: Meaning, target: Meaning) -> bool:
    """Say whether this is the count of something unnamed (`len`), which every tag accepts."""
    counts = source.kind is not None and source.kind.is_named("Count")
    return counts and source.unit.is_number and target.is_pure


def _is_some_money(source: Meaning, target: Meaning) -> bool:
    """Say whether an amount in a currency meets money whose currency nobody named."""
    some = Monomial({CURRENCY: 1})
    return target.unit.vector == some and some_currency(source.unit.vector) == some


def _kinds_clash(source: Meaning, target: Meaning) -> bool:
    if source.kind is None or target.kind is None:
        return False
    return nearest_common(source.kind, target.kind) is None and crossing(source.kind, target.kind) is not None


def _kind(source: Meaning, target: Meaning) -> Mismatch | None:
    if target.kind is None:
        return _into_plain(source, target)
    if source.kind is None:
        return _from_plain(source, target, target.kind)
    if source.kind.descends_from(target.kind):
        return None
    if target.kind.descends_from(source.kind):
        return Mismatch(Reason.NARROWER, source, target, FLOW, _mark(target))
    found = crossing(source.kind, target.kind)
    remedy = None if found is None else cross(Side.LEFT, found, target)
    return Mismatch(Reason.KINDS_DIFFER, source, target, FLOW, remedy)


def _into_plain(source: Meaning, target: Meaning) -> Mismatch | None:
    """Return why a kind may not be forgotten: a plain unit is a vector or a point, and never opaque."""
    sort = source.uncut.sort
    if sort is target.uncut.sort:
        return None
    reason = Reason.OPAQUE if sort is Sort.OPAQUE else Reason.SORTS_DIFFER
    return Mismatch(reason, source, target, FLOW, Remedy(Action.RAW, Side.LEFT))


def _from_plain(source: Meaning, target: Meaning, kind: Kind) -> Mismatch | None:
    """Return why a plain unit is not of `kind`: it is where the kind says nothing of the range."""
    if source.uncut.sort is not target.uncut.sort:
        return Mismatch(Reason.SORTS_DIFFER, source, target, FLOW, _mark(target))
    if source.range.within(kind.range) and not kind.integral:
        return None
    return Mismatch(Reason.MARKER_NEEDED, source, target, FLOW, _mark(target))


def flow_roles(source: Meaning, target: Meaning) -> Mismatch | None:
    """Return why a value may not stand where rows of a split are declared."""
    reason = flows_not(source.roles, target.roles)
    return None if reason is None else Mismatch(reason, source, target, FLOW)


def _mark(target: Meaning) -> Remedy:
    return Remedy(Action.MARK, Side.LEFT, constructor(target), result=target)


def _code_of(target: Meaning) -> str:
    """Return the code for a plain number: what it lacks is a unit, or where the unit is 1, a kind."""
    return "typedml-kind" if target.unit.is_number and target.kind is not None else "typedml-unit"


forgotten_with_edges(_flow.cache_clear)
