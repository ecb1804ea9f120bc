"""The law `asof`: of what is looked up, a row sees the last that was known, and nothing of later."""

from __future__ import annotations

import attrs
import numpy as np

from typedml.declare.declared import DeclaredFunction
from typedml.laws.breach import Verdict, Wanting
from typedml.laws.case import Case, Column, Mask
from typedml.laws.changes import Edit, edited, second_way
from typedml.laws.feature import Feature
from typedml.laws.inputs import inputs_of
from typedml.laws.moments import Moments, group_of, instants, moment_name, table_times, times_of
from typedml.laws.placing import BASE
from typedml.laws.reach import closed, first_reached, rows_of

# How often the last known rows are changed before a feature is said not to read them.
TRIALS = 6
HINT = 'take the last row that is known: merge_asof(direction="backward"), join_asof(strategy="backward").'


def asof(feature: Feature, case: Case) -> Verdict:
    """Rows of a look-up that are later than a row do not reach it; a more recent one replaces an older."""
    first = rows_of(feature, case)
    if isinstance(first, Wanting):
        return first
    times = times_of(case, feature.options, feature.inputs)
    tables = [table for table in times if table != BASE and _is_asof(feature, table)]
    if BASE not in times or times[BASE].null.all() or not tables:
        return Wanting("times that can be compared")
    for table in tables:
        verdict = _nothing_later(feature, case, table, times) or _recent(feature, case, table, times)
        if verdict is not None:
            return verdict
    return None


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which nothing is looked up as of a time."""
    options = declared.options
    if options is None or not options.asof:
        return '`asof={"table": "time"}` in @feature'
    inputs = inputs_of(declared)
    if not any(table in table_times(options, inputs) for table in options.asof):
        return "a table that is looked up beside the one whose rows are scored"
    return '`scope=Past("time")`, for the time of a row' if moment_name(options, inputs) is None else None


def _is_asof(feature: Feature, table: str) -> bool:
    return any(s.table == table and s.parameter.name in feature.options.asof for s in feature.inputs)


def _nothing_later(feature: Feature, case: Case, table: str, times: dict[str, Moments]) -> Verdict:
    own, known = times[BASE], times[table]
    random = np.random.default_rng((case.number, case.rows))
    turns = [now for now in np.unique(own.at[~own.null]) if known.later(now).any()]
    if not turns:
        return None
    now = random.choice(np.asarray(turns))
    edit = Edit(
        f"What `{table}` holds of later than a row",
        known.later(now),
        table,
        leave_out=second_way(case),
        keep=instants(case, table, feature.options),
    )
    found = first_reached(feature, case, [edit], closed(case, feature.options, own.until(now)))
    return found[1].breach(f"{edit.what} must not reach `{feature.name}`.", hint=HINT) if found else None


def _recent(feature: Feature, case: Case, table: str, times: dict[str, Moments]) -> Verdict:
    """Where rows that a more recent one has replaced reach an output, the more recent one must, too."""
    own, known = times[BASE], times[table]
    random = np.random.default_rng((case.number, case.rows, 1))
    keys = _keys(case, table)
    turns = {now: _replaced(case, table, known, keys, now) for now in np.unique(own.at[~own.null])}
    turns = {now: rows for now, rows in turns.items() if rows.any()}
    if not turns:
        return None
    now = random.choice(np.asarray(list(turns)))
    replaced = turns[now]
    judged = closed(case, feature.options, np.asarray((own.at >= now) & ~own.null))
    keep = (*instants(case, table, feature.options), *keys)
    old = Edit(f"Older rows of `{table}`", replaced, table, keep=keep)
    found = first_reached(feature, case, [old], judged)
    recent = Edit("More recent rows", ~replaced, table, keep=keep)
    if found is None or _is_read(feature, case, old, recent, found[1].marks):
        return None
    return found[1].breach(
        f"A more recent row of `{table}` must replace an older one in `{feature.name}`, "
        "but the older one is read and the more recent one is not.",
        diagnosis="it takes a first row, or any, where it should take the last that is known.",
        hint=HINT,
    )


def _is_read(feature: Feature, case: Case, old: Edit, recent: Edit, marks: dict[str, Mask]) -> bool:
    """True where other values of the most recent rows change an output that the older ones change.

    A maximum reads them only where they are high, so that both are tried with several values.
    """
    rows = np.any(list(marks.values()), axis=0)
    for trial in range(TRIALS):
        other = edited(feature, case, [old], trial)[0]
        edit = attrs.evolve(recent, extreme=trial < 2)
        if first_reached(feature, other, [edit], rows, trial) is not None:
            return True
    return False


def _keys(case: Case, table: str) -> tuple[str, ...]:
    """The columns by which rows of a table may be looked up: texts, and what the base table has as well."""
    return tuple(column.input.name for column in case.columns_of(table) if _is_key(case, column))


def _is_key(case: Case, column: Column) -> bool:
    if column.input.is_instant:
        return False
    return column.input.base is str or case.column(column.input.name) is not None


def _replaced(case: Case, table: str, known: Moments, keys: tuple[str, ...], now: object) -> Mask:
    """The rows after which another one of the same keys was known, and that before now."""
    groups = group_of(case, keys, table)
    before = known.until(now) & (known.at != now)
    replaced = np.zeros(len(groups), dtype=np.bool_)
    for group in np.unique(groups[before]):
        rows = before & (groups == group)
        replaced[rows & (known.at < known.at[rows].max())] = True
    return replaced
