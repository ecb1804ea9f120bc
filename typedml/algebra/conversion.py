"""What `convert(x, source, target)` gives, and why it may be refused.

>>> from typedml.algebra.catalogue import KINDS, MILLISECOND, SECOND
>>> converted(Meaning(KINDS["EpochMillis"]), MILLISECOND, SECOND)
<Meaning EpochSeconds>
"""

from __future__ import annotations

from math import isclose, isinf

from typedml.algebra.agreement import difference, flows
from typedml.algebra.catalogue import KINDS
from typedml.algebra.edges import conversion
from typedml.algebra.kind import DEFAULTS, Kind, Sort, build_kind
from typedml.algebra.meaning import Literal, Meaning, Operand
from typedml.algebra.mismatch import Action, Mismatch, Reason, Remedy, Side
from typedml.algebra.ranges import Range
from typedml.algebra.strictness import STANDARD, Given, Level, Place, accepts
from typedml.algebra.unit import Unit

CONVERT = "convert"
"""The operation of a mismatch that comes from here."""


def converted(operand: Operand, source: Unit, target: Unit, *, level: Level = STANDARD) -> Operand | Mismatch:
    """Return the meaning of a value in `source` once it is in `target`; kinds are kept where they can be."""
    refused = _apart(source, target)
    if refused is not None:
        return Mismatch(refused, Meaning(None, source), Meaning(None, target), CONVERT)
    if isinstance(operand, Meaning):
        return _refused(operand, source, target) or _converted(operand, source, target)
    given = Given.LITERAL if isinstance(operand, Literal) else Given.UNKNOWN
    if accepts(level, given, Place.LIBRARY):
        return _arrived(None, source, target)
    return Mismatch(Reason.UNKNOWN_GIVEN, operand, Meaning(None, source), CONVERT)


def _apart(source: Unit, target: Unit) -> Reason | None:
    """Return why no factor leads from one unit to another."""
    if not source.converts_to(target):
        return difference(source, target)
    named = isinstance(source.origin, str) or isinstance(target.origin, str)
    if not named or source.origin == target.origin:
        return None
    # A level is no gain, and levels re other references are other numbers.
    return Reason.ORIGINS_DIFFER if source.is_point and target.is_point else Reason.SORTS_DIFFER


def _refused(operand: Meaning, source: Unit, target: Unit) -> Mismatch | None:
    """Return why a value cannot be converted: it has no unit to speak of, or another one."""
    wanted, whole = Meaning(None, source), operand.uncut
    if whole.sort is Sort.OPAQUE:
        return Mismatch(Reason.OPAQUE, operand, wanted, CONVERT, Remedy(Action.RAW, Side.LEFT))
    if whole.kind is not None and whole.kind.encoded and source != target:
        return Mismatch(Reason.ENCODED, operand, wanted, CONVERT)
    if whole.sort is Sort.TORSOR and operand.unit.is_number and source != target:
        # A logit, or a place in a sequence, is counted in ones only.
        return Mismatch(Reason.POINT_SCALED, operand, wanted, CONVERT, Remedy(Action.SUBTRACT, Side.LEFT))
    reason = flows(operand.unit, source)
    if reason is None:
        return None
    step = conversion(Side.LEFT, operand.unit, target, Meaning(None, target))
    return Mismatch(reason, operand, wanted, CONVERT, step if reason is Reason.UNITS_DIFFER else None)


def _converted(operand: Meaning, source: Unit, target: Unit) -> Meaning:
    # The ratio keeps what is counted: km/flight becomes m/flight.
    reached = operand.unit * (target / source) if operand.unit.tags and not target.is_point else target
    if source == target:
        return Meaning(operand.kind, reached, operand.cut, operand.roles)
    found = _arrived(operand.kind, source, reached)
    return Meaning(found.kind, found.unit, operand.cut, operand.roles)


def _arrived(kind: Kind | None, source: Unit, target: Unit) -> Meaning:
    if source.is_point and not target.is_point and target == KINDS["Kelvin"].unit:
        return Meaning(KINDS["Kelvin"], target)
    return Meaning(kind_in(kind, target), target)


def kind_in(kind: Kind | None, unit: Unit) -> Kind | None:
    """Return the kind of a value of `kind` in another unit, of the same sort.

    It is a shipped sister that is measured in the unit, or the nearest ancestor that takes it, or of points
    the kind itself with its range and period in that unit; else none, a plain value.
    """
    if kind is None:
        return None
    if kind.sort is Sort.TORSOR:
        return _sister(kind, unit) or _ancestor(kind, unit) or _rescaled(kind, unit)
    return _ancestor(kind, unit)


def _sister(kind: Kind, unit: Unit) -> Kind | None:
    """Return the shipped kind of such points in that unit; temperatures know each other by zero points."""
    by_origin = unit.is_point and kind.root == KINDS.get(kind.root.name)
    rows = (KINDS[name] for name in KINDS if by_origin or KINDS[name].root == kind.root)
    return next((each for each in rows if each.unit == unit and each.sort is kind.sort), None)


def _ancestor(kind: Kind, unit: Unit) -> Kind | None:
    return next((each for each in kind.lineage if each.admits(unit) and _is_free_of_scale(each)), None)


def _is_free_of_scale(kind: Kind) -> bool:
    """Say whether the range and the period of a kind are the same in every unit."""
    ends = (kind.range.low, kind.range.high)
    return kind.period is None and all(end == 0 or isinf(end) for end in ends)


def _rescaled(kind: Kind, unit: Unit) -> Kind | None:
    """Return a kind of points that has one unit as it is in another: a Latitude in radians.

    Without a kind the unit would be that of differences. A unit with a zero point of its own needs none.
    """
    own = kind.unit
    if unit.is_point or own is None or own.is_point or own.dimension != unit.dimension:
        return None
    factor = float(own.ratio(unit))
    parent = kind.parent
    if parent is not None:
        above = parent if parent.admits(unit) else _rescaled(parent, unit)
        parent = above if above is not None else parent
    properties = {key: getattr(kind, key) for key in DEFAULTS}
    span, period = kind.range, kind.period
    properties["unit"], properties["integral"] = unit, False
    properties["period"] = None if period is None else _times(period, factor)
    properties["range"] = Range(
        _times(span.low, factor), _times(span.high, factor), span.low_open, span.high_open
    )
    return build_kind(kind.name, parent, **properties)


def _times(end: float, factor: float) -> float:
    """Return an end of a range in another unit, without the last bit that a factor and its inverse leave."""
    scaled = end * factor
    short = float(f"{scaled:.9g}")
    return short if isclose(scaled, short, rel_tol=1e-14) else scaled
