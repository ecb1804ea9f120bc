"""The law `window`: what is older than the window of a feature is forgotten."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from typedml.declare.declared import DeclaredFunction
from typedml.declare.scope import Past
from typedml.laws.breach import Verdict, Wanting
from typedml.laws.case import Case, Mask
from typedml.laws.changes import Edit, second_way
from typedml.laws.feature import Feature, complete
from typedml.laws.moments import Moments, group_of, instants, length, times_of
from typedml.laws.placing import BASE
from typedml.laws.reach import first_reached, rows_of

Random = np.random.Generator
OUT_OF_REACH = "rows that lie further apart than the window"


def window(feature: Feature, case: Case) -> Verdict:
    """What is older than the window does not reach the output; what lies exactly on its edge is free to."""
    first = rows_of(feature, case)
    if isinstance(first, Wanting):
        return first
    scope = feature.options.scope
    own = times_of(case, feature.options, feature.inputs).get(BASE)
    if not isinstance(scope, Past) or own is None:
        return Wanting("times that can be compared")
    random = np.random.default_rng((case.number, case.rows))
    old, judged = _rows_back(feature, case, own, scope, random)
    if not judged.any():
        return Wanting(OUT_OF_REACH)
    keep = (*instants(case, BASE, feature.options), *scope.by)
    edit = Edit(f"What is older than {_said(scope)}", old, leave_out=second_way(case), keep=keep)
    found = first_reached(feature, case, [edit], judged)
    if found is None:
        return None
    return found[1].breach(
        f"{edit.what} must not reach `{feature.name}`.",
        diagnosis="its window is longer than the one declared, or has no end.",
        hint="look back no further than the window, or declare the window that is meant.",
    )


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which no row is too old."""
    scope = declared.options.scope if declared.options else None
    if isinstance(scope, Past) and scope.window is not None:
        return None
    return '`scope=Past("time", window="24h")` in @feature'


def _said(scope: Past) -> str:
    if isinstance(scope.window, int):
        return f"the last {scope.window} rows" + (f" of its {', '.join(scope.by)}" if scope.by else "")
    return f"the window of {scope.window} before a row"


def _rows_back(feature: Feature, case: Case, own: Moments, scope: Past, random: Random) -> tuple[Mask, Mask]:
    """The rows to be changed and those that they must not reach."""
    if isinstance(scope.window, dt.timedelta):
        column = case.column(scope.time)
        span = length(column, scope.window) if column is not None else None
        if span is None:
            return own.null, np.zeros_like(own.null)
        starts = [end for end in np.unique(own.at[~own.null]) if (own.at[~own.null] - span > end).any()]
        if not starts:
            return own.null, np.zeros_like(own.null)
        end = random.choice(np.asarray(starts))
        return own.until(end), np.asarray((own.at - span > end) & ~own.null)
    return _numbered_back(feature, case, own, scope, random)


def _numbered_back(
    feature: Feature, case: Case, own: Moments, scope: Past, random: Random
) -> tuple[Mask, Mask]:
    """The same where the window is a number of rows: in each group, those with as many rows in between.

    Rows of the same moment are in no order, so only what lies strictly between two rows is counted, and of
    that only complete rows: a feature may pass over the others.
    """
    assert isinstance(scope.window, int)
    old, judged = np.zeros_like(own.null), np.zeros_like(own.null)
    groups = group_of(case, scope.by)
    whole = complete(case) & ~own.null
    for group in np.unique(groups):
        rows = (groups == group) & ~own.null
        ends = [end for end in np.unique(own.at[rows]) if _far(own.at, rows, whole, end, scope.window).any()]
        if ends:
            end = random.choice(np.asarray(ends))
            old |= rows & (own.at <= end)
            judged |= _far(own.at, rows, whole, end, scope.window)
    return old, judged


def _far(at: NDArray[Any], rows: Mask, whole: Mask, end: Any, window: int) -> Mask:
    """The rows of a group with a whole window of rows between them and the end."""
    between = np.sort(at[rows & whole & (at > end)])
    return np.asarray(rows & (np.searchsorted(between, at, side="left") >= window) & (at > end))
