"""The law `monotone`: a declared direction holds."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from typedml.declare.declared import DeclaredFunction
from typedml.declare.scope import Row
from typedml.laws.admission import admits
from typedml.laws.breach import Breach, Side, Verdict, Wanting
from typedml.laws.case import Case, Column, Mask, Values
from typedml.laws.comparison import noise, same_shape
from typedml.laws.cross_rules import holds
from typedml.laws.feature import Feature
from typedml.laws.grid import grid_of
from typedml.laws.inputs import inputs_of
from typedml.laws.outcome import Outcome, Output, Raised
from typedml.laws.placing import BASE
from typedml.laws.settings import NUMBERS

INCREASING = "increasing"
# Of the tables in rotation, those that start from small values and rise as a whole.
LOWERED = (1, 2)
# How far a value rises, in shares of where its grid lies.
SHARES = (0.5, 0.125, 0.0, 0.25)


def monotone(feature: Feature, case: Case) -> Verdict:
    """Where an input rises and all else stays, no result moves against the direction that is declared."""
    if isinstance(feature.outcome(case), Raised) or case.signed:
        # A plain unit has no bound, and what rises with a distance falls with a negative one.
        return Wanting("a table of positive values on which it does not raise")
    given = with_defaults(case)
    verdict: Verdict = Wanting("a larger value of the input that its rules admit")
    for name, direction in feature.options.monotone.items():
        case = _between(_low(given, name) if given.number % 4 in LOWERED else given, name)
        column = _column(case, name)
        risen = _risen(feature, case, column) if column is not None else None
        if column is None or risen is None or isinstance(feature.outcome(case), Raised):
            continue
        found = _judged(feature, case, risen, column, rising=direction == INCREASING)
        if isinstance(found, Breach):
            return found
        verdict = found if isinstance(verdict, Wanting) else verdict
    return verdict


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which no direction is declared, or nothing can rise."""
    directions = declared.options.monotone if declared.options else {}
    if not directions:
        return '`monotone={"distance": "increasing"}` in @feature'
    known = {source.name for source in inputs_of(declared) if source.is_number or source.is_instant}
    free = [name for name in directions if name not in known]
    return (
        f"a unit or kind of `{free[0]}`, so that it can be varied" if len(free) == len(directions) else None
    )


def with_defaults(case: Case) -> Case:
    """The case with every parameter that has a default at it: a rate with another sign turns a direction."""
    return case.mapped(_at_default)


def _at_default(column: Column) -> Column:
    default = column.input.parameter.default
    if column.input.field is not None or column.input.tabular or not isinstance(default, NUMBERS):
        return column
    return column.replaced(np.full(len(column.values), default).astype(column.values.dtype))


def _column(case: Case, name: str) -> Column | None:
    return next((c for c in case.columns if c.input.name == name and c.input.table == BASE), None)


def _low(case: Case, name: str) -> Case:
    """The case with large values of an input mirrored to small ones, so that they rise past a threshold."""
    column = _column(case, name)
    if column is None or not column.input.is_number or _is_in_order(column):
        return case
    grid = grid_of(column.input)
    values = column.values.astype(np.float64)
    mirrored = grid.low * grid.high / values if grid.wide and grid.low > 0 else grid.low + grid.high - values
    mirrored = grid.low + np.floor((mirrored - grid.low) / grid.step) * grid.step
    low = np.where(admits(column.input, mirrored), np.minimum(values, mirrored), values)
    lowered = case.with_column(column.replaced(low.astype(column.values.dtype)))
    return lowered if not column.input.tabular or holds(lowered).all() else case


def _is_in_order(column: Column) -> bool:
    source = column.input
    return source.is_ordered or source.rules.unique or source.several


def _between(case: Case, name: str) -> Case:
    """The case with an input half a step off its grid: at a threshold rounding would excuse everything."""
    column = _column(case, name)
    if column is None or column.values.dtype.kind != "f" or column.input.is_ordered or column.input.several:
        return case
    moved = column.values + grid_of(column.input).step / 2
    beside = case.with_column(column.replaced(np.where(admits(column.input, moved), moved, column.values)))
    return beside if not column.input.tabular or holds(beside).all() else case


def _risen(feature: Feature, case: Case, column: Column) -> Case | None:
    """The case with larger values in one column: in one row, or in all where each row is by itself."""
    alone = feature.options.rows == "each" and not (_is_by_row(feature) and case.number % 4 in LOWERED)
    if column.input.is_ordered or column.input.rules.unique:
        return None
    for higher in _higher(column, case.number):
        changed = (higher != column.values) & ~column.null
        if column.input.tabular and alone:
            changed = np.isin(np.arange(len(changed)), np.flatnonzero(changed)[:1])
        for keep in (changed, changed & _kept(case, column, higher)):
            moved = case.with_column(column.replaced(np.where(keep, higher, column.values)))
            if keep.any() and (not column.input.tabular or holds(moved).all()):
                return moved
    return None


def _higher(column: Column, number: int) -> Iterator[Values]:
    """Larger values that the rules admit, first far ones and then the next; the same for the same values."""
    if column.input.is_instant:
        yield column.values + np.timedelta64(2 + number, "D")
        return
    grid = grid_of(column.input)
    shares = SHARES[number % len(SHARES) :] + SHARES[: number % len(SHARES)]
    for share in shares:
        step = grid.step * max(1, int(grid.cells * share))
        moved = column.values + column.values.dtype.type(step)
        yield np.where(admits(column.input, moved), moved, column.values)


def _kept(case: Case, column: Column, higher: Values) -> Mask:
    """The rows that keep the rules across columns after they rose."""
    if not column.input.tabular:
        return np.ones(len(higher), dtype=np.bool_)
    return holds(case.with_column(column.replaced(higher)))


def _is_by_row(feature: Feature) -> bool:
    return feature.options.rows == "each" and isinstance(feature.options.scope or Row(), Row)


def _judged(feature: Feature, case: Case, risen: Case, column: Column, *, rising: bool) -> Verdict:
    before, after = feature.outcome(case), feature.outcome(risen)
    assert isinstance(before, Outcome)
    if isinstance(after, Raised) or not same_shape(before, after):
        return Wanting("a result of the same shape for a larger value")
    other = risen.column_of(column.input)
    own = np.asarray(other.values != column.values) & ~column.null
    names = {source.name for source in feature.inputs}
    pairs = [(b, a) for b, a in zip(before.outputs, after.outputs, strict=True) if b.label not in names]
    marks = {b.label: _against(feature, b, a, own, 0.0, rising=rising) for b, a in pairs}
    if any(mask.any() for mask in marks.values()):
        near, far = noise(feature, case), noise(feature, risen)
        allowed = {label: near.get(label, 0.0) + far.get(label, 0.0) for label in marks}
        marks = {b.label: _against(feature, b, a, own, allowed[b.label], rising=rising) for b, a in pairs}
    marks = {label: mask for label, mask in marks.items() if mask.any()}
    return _breach(feature, case, risen, column, marks, rising=rising) if marks else None


def _against(
    feature: Feature, before: Output, after: Output, own: Mask, tolerance: float, *, rising: bool
) -> Mask:
    """The rows that moved against the direction; of a result for each row only those whose own input rose."""
    if before.values.dtype.kind not in "iufbM" or after.values.dtype.kind != before.values.dtype.kind:
        return np.zeros(len(before.values), dtype=np.bool_)
    left, right = (before, after) if rising else (after, before)
    if before.values.dtype.kind in "bM":
        fallen = (
            (right.values < left.values) if tolerance == 0 else np.zeros(len(left.values), dtype=np.bool_)
        )
    else:
        with np.errstate(invalid="ignore"):
            fallen = right.numbers < left.numbers - tolerance
    fallen = np.asarray(fallen & ~before.null & ~after.null)
    by_row = feature.options.rows == "each" and len(own) == len(fallen)
    return np.asarray(fallen & own) if by_row else fallen


def _breach(
    feature: Feature, case: Case, risen: Case, column: Column, marks: dict[str, Mask], *, rising: bool
) -> Breach:
    name, label = column.input.name, next(iter(marks))
    direction = INCREASING if rising else "decreasing"
    other = "decreasing" if rising else INCREASING
    before, after = feature.outcome(case), feature.outcome(risen)
    return Breach(
        statement=f"Where `{name}` rises and all else stays, `{label}` must not "
        f"{'fall' if rising else 'rise'}: it is declared {direction}.",
        sides=(Side("before", case, before), Side(f"after ({name} risen)", risen, after)),
        marks=marks,
        diagnosis="a sign or a comparison is turned round, or the input is on the wrong side of a division.",
        hint=f'turn it round; or declare monotone={{"{name}": "{other}"}}.',
    )
