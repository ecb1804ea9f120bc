"""The law `causal`: a feature of a moment knows nothing of what comes after it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from typedml.declare.declared import DeclaredFunction
from typedml.declare.scope import Past
from typedml.laws.breach import Verdict, Wanting
from typedml.laws.case import Case, Mask
from typedml.laws.changes import Edit, second_way
from typedml.laws.feature import Feature
from typedml.laws.moments import Moments, group_of, instants, moments, times_of
from typedml.laws.placing import BASE
from typedml.laws.reach import first_reached, one_of_each_scope, rows_of

Random = np.random.Generator
LOOK_BACK = (
    'sort by `{time}` and look back: .shift(1), rolling(..., closed="left"), join_asof(strategy="backward").'
)
LEAVE_OUT = 'leave the row itself out: .shift(1) before the window, or rolling(..., closed="left").'
BEFORE = (
    'take what is strictly before: rolling(..., closed="left"), merge_asof(..., allow_exact_matches=False), '
    "shift(1) of one row for each instant."
)
BY_KNOWN = "take a row only where its outcome is known by the time of the row that reads it."


def causal(feature: Feature, case: Case) -> Verdict:
    """What is later than a row, or not before it if `closed="left"`, and its own outcome do not reach it."""
    first = rows_of(feature, case)
    if isinstance(first, Wanting):
        return first
    in_time = isinstance(feature.options.scope, Past)
    return _in_time(feature, case) if in_time else _without_time(feature, case)


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which nothing is later than a row."""
    options = declared.options
    if options is not None and (isinstance(options.scope, Past) or options.outcome):
        return None
    return '`scope=Past("time")` or `outcome=` in @feature'


def _without_time(feature: Feature, case: Case) -> Verdict:
    rows = one_of_each_scope(feature, case)
    found = first_reached(feature, case, [_own_outcome(feature, rows)], rows)
    if found is None:
        return None
    return found[1].breach(_statement(feature, found[0]), diagnosis="", hint=LEAVE_OUT)


def _in_time(feature: Feature, case: Case) -> Verdict:
    times = times_of(case, feature.options, feature.inputs)
    own = times.get(BASE)
    if own is None or own.null.all():
        return Wanting("times that can be compared")
    random = np.random.default_rng((case.number, case.rows))
    now = random.choice(_turns(own, times))
    alone = _last_of_each_group(feature, case, own.until(now), own, random)
    hints = dict.fromkeys(_later(feature, case, times, now), LOOK_BACK)
    if feature.options.outcome:
        hints |= dict.fromkeys(_known_later(feature, case, own, now), BY_KNOWN)
        hints[_own_outcome(feature, alone)] = LEAVE_OUT
    scope = feature.options.scope
    assert isinstance(scope, Past)
    if scope.closed == "left":
        keep = (*instants(case, BASE, feature.options), *scope.by)
        hints[Edit("What is of the very instant of a row", own.until(now) & (own.at == now), keep=keep)] = (
            BEFORE
        )
    # Others of the same moment as a row whose outcome is changed may or may not have heard of it.
    beside = own.until(now) & np.isin(own.at, own.at[alone]) & ~alone
    judged = own.until(now) & ~(beside & bool(feature.options.outcome))
    found = first_reached(feature, case, list(hints), judged)
    if found is None:
        return None
    return found[1].breach(_statement(feature, found[0]), hint=hints[found[0]].format(time=scope.time))


def _statement(feature: Feature, edit: Edit) -> str:
    return f"{edit.what} must not reach `{feature.name}`."


def _turns(own: Moments, times: Mapping[str, Moments]) -> NDArray[Any]:
    """The moments after which something comes; else the last one."""
    known = np.unique(own.at[~own.null])
    before = [now for now in known if any(each.later(now).any() for each in times.values())]
    return np.asarray(before or known[-1:])


def _later(feature: Feature, case: Case, times: Mapping[str, Moments], now: object) -> list[Edit]:
    """What is later, changed or left out; rows keep their times, so that they stay later."""
    return [
        Edit(
            "What is later than a row" if table == BASE else f"What `{table}` holds of later than a row",
            each.later(now),
            table,
            leave_out=second_way(case),
            keep=instants(case, table, feature.options),
        )
        for table, each in times.items()
    ]


def _known_later(feature: Feature, case: Case, own: Moments, now: Any) -> list[Edit]:
    """Outcomes of rows that are past by now, but of which nothing was known yet."""
    edits = []
    for name, known_at in feature.options.outcome.items():
        column = case.column(known_at) if known_at is not None else None
        times = moments(column) if column is not None else None
        if times is not None and times.at.dtype == own.at.dtype:
            rows = times.later(now) & own.until(now)
            edits.append(Edit(f"`{name}` before `{known_at}`, when it is known,", rows, only=(name,)))
    return edits


def _own_outcome(feature: Feature, rows: Mask) -> Edit:
    names = tuple(feature.options.outcome)
    return Edit(f"A row's own outcome ({', '.join(names)})", rows, only=names)


def _last_of_each_group(feature: Feature, case: Case, past: Mask, own: Moments, random: Random) -> Mask:
    """One row of each group of the scope: one of the last, so that no other one comes after it."""
    scope = feature.options.scope
    groups = group_of(case, scope.by if isinstance(scope, Past) else ())
    chosen = np.zeros(case.rows, dtype=np.bool_)
    for group in np.unique(groups[past]):
        rows = np.flatnonzero(past & (groups == group))
        chosen[random.choice(rows[own.at[rows] == own.at[rows].max()])] = True
    return chosen
