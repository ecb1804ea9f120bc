"""What `convert(x, source, target)` gives, and why it may be refused.

>>> from typedml.algebra.catalogue import KINDS, MILLISECOND, SECOND
>>> converted(Meaning(KINDS["EpochMillis"]), MILLISECOND, SECOND)
<Meaning EpochSeconds>
"""

from __future__ import annotations

from math import isinf

from typedml.algebra.agreement import difference, flows
from typedml.algebra.catalogue import KINDS
from typedml.algebra.edges import conversion
from typedml.algebra.kind import Kind, Sort
from typedml.algebra.meaning import Literal, Meaning, Operand
from typedml.algebra.mismatch import Action, Mismatch, Reason, Remedy, Side
from typedml.algebra.strictness import STANDARD, Given, Level, Place, accepts
from typedml.algebra.unit import Unit

CONVERT = "convert"
"""The operation of a mismatch that comes from here."""


def converted(operand: Operand, source: Unit, target: Unit, *, level: Level = STANDARD) -> Operand | Mismatch:
    """Return the meaning of a value in `source` once it is in `target`; kinds are kept where they can be."""
    wanted = Meaning(None, source)
    if source.dimension != target.dimension:
        return Mismatch(difference(source, target), wanted, Meaning(None, target), CONVERT)
    if not isinstance(operand, Meaning):
        given = Given.LITERAL if isinstance(operand, Literal) else Given.UNKNOWN
        if accepts(level, given, Place.LIBRARY):
            return _arrived(None, source, target)
        return Mismatch(Reason.UNKNOWN_GIVEN, operand, wanted, CONVERT)
    if operand.uncut.sort is Sort.OPAQUE:
        return Mismatch(Reason.OPAQUE, operand, wanted, CONVERT, Remedy(Action.RAW, Side.LEFT))
    reason = flows(operand.unit, source)
    if reason is not None:
        step = conversion(Side.LEFT, operand.unit, target, Meaning(None, target))
        return Mismatch(reason, operand, wanted, CONVERT, step if reason is Reason.UNITS_DIFFER else None)
    # The ratio keeps what is counted: km/flight becomes m/flight.
    reached = operand.unit * (target / source) if operand.unit.tags and not target.is_point else target
    found = _arrived(operand.kind, source, reached)
    return Meaning(found.kind, found.unit, operand.cut, operand.roles)


def _arrived(kind: Kind | None, source: Unit, target: Unit) -> Meaning:
    if source.is_point and not target.is_point and target == KINDS["Kelvin"].unit:
        return Meaning(KINDS["Kelvin"], target)
    return Meaning(kind_in(kind, target), target)


def kind_in(kind: Kind | None, unit: Unit) -> Kind | None:
    """Return the kind of a value of `kind` in another unit: itself, its shipped sister, or an ancestor."""
    if kind is None:
        return None
    sisters = (KINDS[name] for name in KINDS if KINDS[name].root == kind.root or unit.is_point)
    sister = next((each for each in sisters if each.unit == unit and each.sort is kind.sort), None)
    if sister is not None and kind.sort is Sort.TORSOR:
        return sister
    return next((each for each in kind.lineage if each.admits(unit) and _is_free_of_scale(each)), None)


def _is_free_of_scale(kind: Kind) -> bool:
    """Say whether the range of a kind is the same in every unit."""
    return all(end == 0 or isinf(end) for end in (kind.range.low, kind.range.high))
