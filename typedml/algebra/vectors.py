"""Operators on vectors: unit algebra, and the kinds that closure leaves.

Operands are meanings whose sort is a vector, literals and unknowns; at least one is a meaning.
"""

from __future__ import annotations

from typedml.algebra.agreement import agree
from typedml.algebra.catalogue import KINDS
from typedml.algebra.closure import held, kind_of, literal_of, make, product_kind, unit_of
from typedml.algebra.comparison import outcome
from typedml.algebra.edges import construction, kind_remedy, unit_remedy
from typedml.algebra.errors import UnitError
from typedml.algebra.kind import Kind, nearest_common
from typedml.algebra.levels import ratio_of_gain
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand, Unknown
from typedml.algebra.mismatch import Mismatch, Reason, Side
from typedml.algebra.ranges import NON_NEGATIVE
from typedml.algebra.strictness import UNKNOWN_ADDED, UNKNOWN_FACTOR_KEEPS, Level
from typedml.algebra.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction

LARGEST_DENOMINATOR = 100
"""Exponents that are written as floats are read as fractions up to this denominator: 0.333... is 1/3."""


def add(op: str, left: Operand, right: Operand, level: Level) -> Operand | Mismatch:
    """Return `left + right`, `left - right` or `left % right`: one unit, one family of kinds."""
    unit = common_unit(op, left, right, level)
    if isinstance(unit, Mismatch):
        return unit
    kinds = common_kind(op, left, right)
    if isinstance(kinds, Mismatch):
        return kinds
    complement = _complement(op, left, right)
    if complement is not None:
        return make(complement, unit, left, right)
    candidate = None if op == "%" and kind_of(left) is None else kinds
    return make(held(op, left, right, candidate, unit), unit, left, right)


def compare(op: str, left: Operand, right: Operand, level: Level) -> Operand | Mismatch:
    """Return what a comparison gives, once both sides are in one unit and of one family."""
    for found in (common_unit(op, left, right, level), common_kind(op, left, right)):
        if isinstance(found, Mismatch):
            return found
    return outcome(op, left, right)


def multiply(op: str, left: Operand, right: Operand, level: Level) -> Operand | Mismatch:
    """Return `left * right` or `left / right`."""
    if _forgets(left, right, level):
        return UNKNOWN
    mine, theirs = unit_of(left), unit_of(right)
    unit = mine * theirs if op == "*" else mine / theirs
    # `rows * seconds` is spelled as its parts are; 1 is not spelled at all.
    unit = mine if mine == unit else theirs if theirs == unit else unit
    return make(product_kind(op, left, right, unit), unit, left, right)


def floor_divide(op: str, left: Operand, right: Operand, level: Level) -> Operand | Mismatch:
    """Return `left // right`: how often one quantity is in another of its unit, or a part of a number."""
    if _forgets(left, right, level):
        return UNKNOWN
    if isinstance(right, Meaning) and not right.is_pure:
        unit = common_unit(op, left, right, level)
        return unit if isinstance(unit, Mismatch) else make(None, Unit.number(), left, right)
    unit = unit_of(left) / unit_of(right)
    unit = unit_of(left) if unit_of(left) == unit else unit
    return make(product_kind(op, left, right, unit), unit, left, right)


def power(op: str, left: Operand, right: Operand, level: Level) -> Operand | Mismatch:
    """Return `left ** right`: the exponent is a pure number, and written out unless the base is one too."""
    if isinstance(right, Meaning) and not right.is_pure:
        ratio = ratio_of_gain(left, right)
        return ratio or Mismatch(Reason.NUMBER_NEEDED, left, right, op, detail="the exponent")
    if not isinstance(left, Meaning):
        return UNKNOWN if isinstance(left, Unknown) else make(None, Unit.number(), left, right)
    exponent = literal_of(right)
    if left.unit.is_number:
        return make(held(op, left, right, _power_candidate(left, right), left.unit), left.unit, left, right)
    if exponent is None:
        return _unknown_power(op, left, right, level)
    unit = _raised(left, exponent)
    if unit is None:
        return Mismatch(Reason.EXPONENT_UNKNOWN, left, right, op, detail=f"{exponent!r}")
    candidate = _power_candidate(left, right) if unit == left.unit else None
    return make(held(op, left, right, candidate, unit), unit, left, right)


def common_unit(op: str, left: Operand, right: Operand, level: Level) -> Unit | Mismatch:
    """Return the unit in which two operands add or compare."""
    if isinstance(left, Meaning) and isinstance(right, Meaning):
        unit = agree(left.unit, right.unit)
        return unit if isinstance(unit, Unit) else _refused(op, left, right, unit)
    meaning, number, side = (
        (left, right, Side.RIGHT) if isinstance(left, Meaning) else (right, left, Side.LEFT)
    )
    assert isinstance(meaning, Meaning)
    if meaning.is_pure or (isinstance(number, Literal) and number.has(meaning.unit)):
        return meaning.unit
    if isinstance(number, Literal):
        return Mismatch(Reason.NUMBER_BESIDE_UNIT, left, right, op, construction(side, meaning.plain()))
    if level in UNKNOWN_ADDED:
        return meaning.unit
    return Mismatch(Reason.UNKNOWN_BESIDE_UNIT, left, right, op, construction(side, meaning.plain()))


def common_kind(op: str, left: Operand, right: Operand) -> Kind | Mismatch | None:
    """Return the nearest kind of two operands; a plain number goes with every kind."""
    mine, theirs = kind_of(left), kind_of(right)
    if mine is None or theirs is None:
        return mine or theirs
    both = nearest_common(mine, theirs) or _counted(mine, theirs)
    if both is None:
        return Mismatch(Reason.KINDS_DIFFER, left, right, op, kind_remedy(left, right))
    return both


def _counted(left: Kind, right: Kind) -> Kind | None:
    """Return the kind of a count to which an indicator adds one or none: `hits + (p > 0.5)`."""
    for counts, one in ((left, right), (right, left)):
        if one.is_indicator and counts.integral and NON_NEGATIVE.within(counts.root.range):
            return counts.root
    return None


def exponent_of(value: int | float) -> int | Fraction | None:
    """Return a written exponent exactly: 0.5 is 1/2 and 0.3333333333333333 is 1/3."""
    if isinstance(value, int):
        return value
    if value != value or value in (float("inf"), float("-inf")):
        return None
    if value.is_integer():
        return int(value)
    from fractions import Fraction

    simple = Fraction(value).limit_denominator(LARGEST_DENOMINATOR)
    return simple if float(simple) == value else Fraction(str(value))


def _refused(op: str, left: Operand, right: Operand, reason: Reason) -> Mismatch:
    return Mismatch(reason, left, right, op, unit_remedy(reason, left, right))


def _complement(op: str, left: Operand, right: Operand) -> Kind | None:
    """Return the kind of `1 - s`, where the kind of `s` names it."""
    kind = kind_of(right)
    if op != "-" or kind is None or kind.complement is None or literal_of(left) != 1:
        return None
    return KINDS[kind.complement]


def _forgets(left: Operand, right: Operand, level: Level) -> bool:
    """Say whether a product with a plain variable is unknown altogether."""
    return level not in UNKNOWN_FACTOR_KEEPS and (isinstance(left, Unknown) or isinstance(right, Unknown))


def _power_candidate(base: Meaning, exponent: Operand) -> Kind | None:
    kind = base.kind
    return kind if kind is not None and (kind.closed or literal_of(exponent) == 1) else None


def _unknown_power(op: str, left: Meaning, right: Operand, level: Level) -> Operand | Mismatch:
    if left.is_pure:
        # Powers of counts are numbers: what was counted is dropped, as by every function of pure numbers.
        return make(None, Unit.number(), left, right)
    if isinstance(right, Unknown) and level not in UNKNOWN_FACTOR_KEEPS:
        return UNKNOWN
    return Mismatch(Reason.EXPONENT_UNKNOWN, left, right, op)


def _raised(base: Meaning, value: int | float) -> Unit | None:
    """Return the unit of a power; fractional powers drop tags. None: the exponent is no reasonable number."""
    exponent = exponent_of(value)
    if exponent is None:
        return None
    try:
        unit = base.unit if exponent.denominator == 1 else base.unit.without_tags()
        return base.unit if exponent == 1 else unit**exponent
    except UnitError:
        return None
