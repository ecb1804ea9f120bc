"""The law `local`: a row reaches what its scope says, and nothing else."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np

from typedml.declare.declared import DeclaredFunction
from typedml.declare.scope import Past, Row, Scope
from typedml.laws.alignment import Placed, keys_of, placed
from typedml.laws.alterations import with_one_left_out, with_row_changed
from typedml.laws.breach import Breach, Side, Verdict, Wanting
from typedml.laws.case import Case, Mask
from typedml.laws.comparison import unlike
from typedml.laws.feature import Feature
from typedml.laws.outcome import Outcome, Raised
from typedml.laws.placing import BASE
from typedml.laws.scopes import group_of, reach, result_keys, wanting_reach

FEW = 3


def local(feature: Feature, case: Case) -> Verdict:
    """Changing a row, or leaving it out, touches only the results of its own row, group or window."""
    if case.rows < 2:
        return Wanting("a table of two rows or more")
    verdicts: list[Verdict] = []
    for row in _rows_to_try(case):
        changed = with_row_changed(case, feature.inputs, row, _in_order(feature, case))
        gone, less = with_one_left_out(case, row)
        verdicts.append(_judge(feature, case, row, changed, "changed"))
        verdicts.append(_judge(feature, case, gone, less, "left out"))
        if any(isinstance(verdict, Breach) for verdict in verdicts):
            break
    breach = next((verdict for verdict in verdicts if isinstance(verdict, Breach)), None)
    return breach or (None if None in verdicts else verdicts[0])


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which every row may reach every output."""
    return wanting_reach(declared)


def _rows_to_try(case: Case) -> Sequence[int]:
    """Each row of a small table; of others one, or both beside a missing value, which a fill would read."""
    if case.rows <= FEW:
        return range(case.rows)
    before, after = (np.zeros(case.rows, dtype=np.bool_) for _ in range(2))
    for column in case.columns_of(BASE):
        before[:-1] |= column.null[1:] & ~column.null[:-1]
        after[1:] |= column.null[:-1] & ~column.null[1:]
    found = [np.flatnonzero(side) for side in (before, after)]
    beside = [int(rows[case.number % len(rows)]) for rows in found if len(rows)]
    return list(dict.fromkeys(beside)) or [case.number % case.rows]


def _in_order(feature: Feature, case: Case) -> set[str]:
    """The columns by which ordered rows stand where they do: a row keeps its time and its group."""
    scope = reach(feature.declared)
    if feature.options.rows != "ordered" or scope is None:
        return set()
    times = {column.input.name for column in case.columns_of(BASE) if column.input.is_instant}
    return times | set(group_of(scope)) | ({scope.time} if isinstance(scope, Past) else set())


def _judge(feature: Feature, case: Case, row: int, other: Case | None, change: str) -> Verdict:
    scope, keys = reach(feature.declared), result_keys(feature.declared)
    before = feature.outcome(case)
    if other is None or scope is None:
        return Wanting("rows that may change alone")
    after = feature.outcome(other)
    if isinstance(before, Raised) or isinstance(after, Raised):
        return Wanting("a table on which it does not raise")
    rows = [number for number in range(case.rows) if other.rows == case.rows or number != row]
    was, now = placed(before, case, keys, range(case.rows)), placed(after, other, keys, rows)
    if was is None or now is None:
        return Wanting("a result for each row, or one with the keys of its groups")
    left_out = other.rows < case.rows
    touched = (
        _touched_groups(case, other, keys, row, left_out=left_out)
        if keys
        else (_touched_rows(scope, case, other, row, left_out=left_out))
    )
    return _compare(feature, (case, was), (other, now), touched, f"row {row} {change}")


def _touched_groups(
    case: Case, other: Case, keys: tuple[str, ...], row: int, *, left_out: bool
) -> set[Hashable]:
    """The group that the row was of, and the one that it is of now."""
    now = set[Hashable]() if left_out else {keys_of(other, keys)[row]}
    return {keys_of(case, keys)[row]} | now


def _touched_rows(scope: Scope, case: Case, other: Case, row: int, *, left_out: bool) -> set[Hashable]:
    """The rows of the same group, before and after; of the past, those of which the row is the past."""
    if isinstance(scope, Row):
        return {row}
    touched: set[Hashable] = set()
    for side, numbers in ((case, range(case.rows)), (other, range(0 if left_out else other.rows))):
        keys = keys_of(side, group_of(scope))
        later = _knowing(scope, side, row) if len(numbers) else np.zeros(0, dtype=np.bool_)
        touched |= {number for number in numbers if keys[number] == keys[row] and later[number]}
    return touched | {row}


def _knowing(scope: Scope, case: Case, row: int) -> Mask:
    """The rows, of any group, that may know of a row: those that are not earlier, or that are later."""
    column = case.column(scope.time) if isinstance(scope, Past) else None
    if column is None or column.null[row]:
        return np.ones(case.rows, dtype=np.bool_)
    strictly = isinstance(scope, Past) and scope.closed == "left"
    at = column.values[row]
    return np.asarray((column.values > at if strictly else column.values >= at) | column.null)


def _compare(
    feature: Feature,
    first: tuple[Case, Placed],
    second: tuple[Case, Placed],
    touched: set[Hashable],
    fact: str,
) -> Breach | None:
    (case, was), (other, now) = first, second
    kept = [place for place in was.places if place not in touched]
    there = [place for place in kept if place in now.places]
    marks = unlike(feature, (case, other), was.take(there), Outcome(now.take(there)))
    moved = len(there) < len(kept) or any(
        place not in was.places for place in now.places if place not in touched
    )
    if not marks and not moved:
        return None
    what = "groups" if was.by_group else "rows"
    change = f"other {what} come or go" if moved else f"it changes for other {what}"
    spread = {label: now.spread(mask, there) for label, mask in marks.items()}
    return Breach(
        statement=f"`{feature.name}` must hang on nothing beyond {_said(feature)}, but with {fact} {change}.",
        sides=(Side("before", case, was.outcome), Side(f"after ({fact})", other, now.outcome)),
        marks=spread,
        expected=was.put_into(now, there),
        is_scoped=True,
        diagnosis=_diagnosis(was, there, marks, touched),
        hint=_hint(feature),
    )


def _said(feature: Feature) -> str:
    scope = reach(feature.declared)
    if isinstance(scope, Row):
        return "the row itself"
    names = " and ".join(f"`{name}`" for name in group_of(scope)) if scope is not None else ""
    if isinstance(scope, Past):
        return f"the past of the row{f' among equal {names}' if names else ''}"
    return f"the rows of equal {names}"


def _diagnosis(was: Placed, there: list[Hashable], marks: dict[str, Mask], touched: set[Hashable]) -> str:
    """Whether the neighbours of the row moved, or all others."""
    moved = {there[place] for mask in marks.values() for place in np.flatnonzero(mask)}
    if was.by_group or not moved:
        return ""
    beside = {number + step for number in touched if isinstance(number, int) for step in (-1, 1)}
    if moved <= beside and len(moved) < len(there):
        return "it reads the row before or after: a shift, a difference, a fill."
    if len(moved) == len(there) > 1:
        return "it reads all rows: a mean, a rank, codes by order."
    return "it reads another row: a shift or a fill, a mean or a rank of all."


def _hint(feature: Feature) -> str:
    scope = reach(feature.declared)
    if isinstance(scope, Row):
        return 'compute it from the row itself, or declare what it reads: `scope=Group("...")` or `Table()`.'
    names = ", ".join(f'"{name}"' for name in group_of(scope)) if scope is not None else ""
    if not names and isinstance(scope, Past):
        strictly = " before its own" if scope.closed == "left" else " up to its own"
        return f"read only rows whose `{scope.time}` lies{strictly}, or declare the scope that it has."
    return f"group by all of the keys: `.groupby([{names}])`, or declare the scope that it has."
