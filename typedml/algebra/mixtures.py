"""Mixtures: weights that visibly add to one keep what they mix, points too; and parts of a whole.

The proofs are about polynomials (`forms`); what is decided here is which kind follows from them.
"""

from __future__ import annotations

from math import isclose, tau

from typedml.algebra.agreement import agree
from typedml.algebra.catalogue import KINDS, RADIAN
from typedml.algebra.closure import kind_of, roles_of
from typedml.algebra.forms import Atoms, Form, linear, ratio, total
from typedml.algebra.functions import apply
from typedml.algebra.kind import Kind, Sort, common_to, nearest_common
from typedml.algebra.meaning import Meaning, Operand
from typedml.algebra.mismatch import Mismatch, Reason
from typedml.algebra.monomial import Monomial
from typedml.algebra.polynomial import ONE, ZERO, Polynomial, atoms_of, minus, never_negative
from typedml.algebra.ranges import UNIT_RANGE, Range
from typedml.algebra.rules import combine
from typedml.algebra.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

WHOLE = "Proportion"
"""The kind of a part of a whole."""

FLOORED = "//"
"""A mixture of integral points may be rounded down: `(low + high) // 2`."""

FORGIVEN = frozenset({Reason.POINTS_ADDED, Reason.POINT_SCALED, Reason.POINT_SUBTRACTED})
"""What is wrong with points inside of a mixture only as long as the rest of it is not seen."""


def weighs(operand: Operand | None) -> bool:
    """Say whether an operand is what values are weighted with: a factor, or how many there are."""
    if not isinstance(operand, Meaning) or operand.kind is None or operand.cut:
        return False
    kind = operand.kind
    return (
        kind.sort is Sort.VECTOR
        and operand.unit.is_number
        and (kind.factor or (kind.integral and not kind.scales))
    )


def of_points(form: Form, atoms: Atoms, floored: bool = False) -> Operand | Mismatch | None:
    """Return the point or the difference that a linear combination of points is, None if it is neither.

    What is rounded down afterwards is a point of the same kind if that is of whole numbers.
    """
    points = [text for text in form.atoms if _sort(atoms.operands[text]) is Sort.TORSOR]
    parts = linear(form.top, points)
    if not points or parts is None or any(text in Form(form.bottom).atoms for text in points):
        return None
    weights, rest = parts
    together = total(weights)
    common = _common_point([atoms.operands[text] for text in points])
    if isinstance(common, Mismatch):
        # Only of what would be a mixture, were they on one scale, is that the fault.
        return common if together in (form.bottom, ZERO) else None
    if any(atoms.unit_of(each) != atoms.unit_of(form.bottom) for each in weights.values()):
        return None
    if rest and not _moves(common, rest, form.bottom, atoms):
        return None
    if together == form.bottom or (_is_mirrored(common, together, form.bottom) and not rest):
        found = common if floored or _counts(weights, form.bottom) else apply("mean", common)
        # A mean of rows is fitted on them; a mixture in one row is not.
        return found.with_roles(common.roles) if isinstance(found, Meaning) else found
    if not together:
        return Meaning(None, common.unit.delta(), False, common.roles)
    return None if rest else _turn(common, together, form.bottom)


def _counts(weights: dict[str, Polynomial], bottom: Polynomial) -> bool:
    """Say whether whole differences are added, as in `start + end - at`, and nothing is averaged."""
    numbers = [factor for each in (*weights.values(), bottom) for factor in each.values()]
    return not atoms_of(bottom, *weights.values()) and all(number.denominator == 1 for number in numbers)


def _is_mirrored(point: Meaning, weight: Polynomial, bottom: Polynomial) -> bool:
    """Say whether this is the mean with its sign changed, of points that keep their kind then."""
    return point.kind is not None and point.kind.scalable and weight == minus(ZERO, bottom)


def _turn(point: Meaning, weight: Polynomial, bottom: Polynomial) -> Meaning | None:
    """Return the angle that a cyclic value is as a share of its turn, as `2 * pi * hour / 24`."""
    period = None if point.kind is None else point.kind.period
    if period is None or atoms_of(weight, bottom):
        return None
    factor = next(iter(weight.values())) / next(iter(bottom.values()))
    return Meaning(None, RADIAN, False, point.roles) if isclose(abs(factor) * period, tau) else None


def _common_point(points: list[Operand]) -> Meaning | Mismatch:
    """Return what all points are, or why they are not on one scale."""
    first, *others = points
    assert isinstance(first, Meaning)
    for other in others:
        assert isinstance(other, Meaning)
        clash = combine("-", first, other)
        if isinstance(clash, Mismatch):
            return clash
        kind = nearest_common(first.kind, other.kind) if first.kind and other.kind else None
        first = Meaning(kind, first.unit, False, roles_of(first, other))
    return first


def _moves(point: Meaning, rest: Polynomial, bottom: Polynomial, atoms: Atoms) -> bool:
    """Say whether what is left over is a difference of such points."""
    over, under = atoms.unit_of(rest), atoms.unit_of(bottom)
    alone = [atoms.operands[monomial.atoms[0]] for monomial in rest if len(monomial.items) == 1]
    if any(isinstance(combine("+", point, each), Mismatch) for each in alone) and bottom == ONE:
        return False
    return (
        over is not None and under is not None and isinstance(agree(point.unit.delta(), over / under), Unit)
    )


def of_values(form: Form, atoms: Atoms, unit: Unit) -> Kind | None:
    """Return the kind of a mixture of vectors: the nearest common one that means have; None if it is none."""
    for families in _families(form, atoms):
        kinds = [kind for values in families if (kind := _mixture(values, form, atoms, unit)) is not None]
        # `a + b - a * b` mixes each of both with 1, so it is what both are.
        common = common_to(kinds) if kinds else None
        if common is not None:
            return common
    return None


def _mixture(values: list[str], form: Form, atoms: Atoms, unit: Unit) -> Kind | None:
    parts = linear(form.top, values)
    return None if parts is None or not parts[0] else _mixed(*parts, form, atoms, unit)


def _families(form: Form, atoms: Atoms) -> Iterator[list[list[str]]]:
    """Yield the groups of atoms that might be what is mixed: those of one kind first, then of one root."""
    kinds = {text: operand.kind for text, operand in atoms.operands.items() if isinstance(operand, Meaning)}
    own = {text: kind for text, kind in kinds.items() if kind is not None and kind.sort is Sort.VECTOR}
    for by_root in (False, True):
        groups: dict[Kind, list[str]] = {}
        for text in form.atoms:
            if text in own:
                groups.setdefault(own[text].root if by_root else own[text], []).append(text)
        yield list(groups.values())


def _mixed(
    weights: dict[str, Polynomial], rest: Polynomial, form: Form, atoms: Atoms, unit: Unit
) -> Kind | None:
    ranges = atoms.shares
    remainder = minus(form.bottom, total(weights))
    if bool(rest) != bool(remainder):
        return None
    value = ratio(rest, remainder) if rest else None
    if rest and value is None:
        return None
    span = _span(*value, atoms.ranges) if value is not None else None
    if not rest and len(weights) == 1:
        return None  # one value by itself
    even = not rest or _is_even(rest, remainder, atoms)
    convex = all(never_negative(each, ranges) for each in (*weights.values(), remainder))
    valued = _valued(value, atoms)
    common = common_to([kind_of(atoms.operands[text]) for text in (*weights, *valued)])
    for kind in common.lineage if common is not None else ():
        mixes = (convex or kind.range.is_unbounded) and (even or not kind.collective)
        known = not kind.range.is_unbounded or _is_known(value, valued)
        if mixes and known and _holds(kind, span, unit):
            return kind
    return None


def _holds(kind: Kind, span: Range | None, unit: Unit) -> bool:
    """Say whether a kind has means, and what is mixed in lies in its range."""
    fits = span is None or span.within(kind.range)
    return fits and kind.mean and not kind.integral and kind.admits(unit)


def _is_even(rest: Polynomial, weight: Polynomial, atoms: Atoms) -> bool:
    """Say whether one part in k is mixed in, which is a distribution over k classes itself."""
    found = ratio(rest, weight)
    if found is None or found[1] != 1 or len(found[0].items) != 1:
        return False
    ((text, exponent),) = found[0].items
    operand = atoms.operands[text]
    return exponent == -1 and isinstance(operand, Meaning) and operand.integral


def _valued(value: tuple[Monomial, Fraction] | None, atoms: Atoms) -> list[str]:
    """Return what has a kind in the value that has the weight left over; what it is divided by has none."""
    items = value[0].items if value is not None else ()
    return [text for text, exponent in items if exponent > 0 and kind_of(atoms.operands[text]) is not None]


def _is_known(value: tuple[Monomial, Fraction] | None, valued: list[str]) -> bool:
    """Say whether the value left over is a number written out, or just one that has a kind.

    Where a kind has no range, no range can tell that anything else is of it.
    """
    if value is None or not value[0].items:
        return True
    return value[1] == 1 and len(valued) == 1 and value[0] == Monomial({valued[0]: 1})


def _span(monomial: Monomial, factor: Fraction, ranges: dict[str, Range]) -> Range:
    """Return where the value lies that has the weight left over, as 0.5 in `w * p + (1 - w) * 0.5`."""
    span = Range.at(float(factor))
    for text, exponent in monomial.items:
        power = ranges[text] ** Range.at(abs(int(exponent)))
        span = span * power if exponent > 0 else span / power
    return span


def part_of_whole(form: Form, atoms: Atoms) -> Kind | None:
    """Return the kind of `x / (x + y)`: a quotient that is proven to lie between 0 and 1."""
    part, whole = atoms_of(form.top), atoms_of(form.bottom)
    # What a whole is divided by alone, as n in `p / n`, makes no part of it.
    is_part = part and set(part) <= set(whole)
    return KINDS[WHOLE] if is_part and form.within(UNIT_RANGE, atoms.ranges) else None


def _sort(operand: Operand) -> Sort | None:
    return operand.sort if isinstance(operand, Meaning) else None
