"""Times of the few rows of a proposed example: about the end of a month, and about what is looked up.

Most rows are on a Friday, so late that it is Saturday in Europe, or so early that it is Thursday in America;
one is half a year before, when clocks are not advanced. What is looked up by time is known before a row, at
the same instant, after it and nearer, only after it, an hour, a day and days before, and not at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from typedml.declare.scope import Past
from typedml.laws.admission import admits
from typedml.laws.case import Case, Column
from typedml.laws.changes import may_be_unseen
from typedml.laws.feature import Feature
from typedml.laws.generate import redrawn
from typedml.laws.joins import distinct
from typedml.laws.links import Link, links_among
from typedml.laws.moments import length, moment_name, moments, table_times
from typedml.laws.placing import BASE
from typedml.laws.timeline import moved_to
from typedml.laws.times import named_days
from typedml.laws.unalike import PLACES

# The columns that a feature reads, with their parameters; None where that is not known.
Read = Collection[tuple[str, str]] | None

FRIDAY = np.datetime64("2013-05-31T02:30", "us")
HOUR = np.timedelta64(3_600_000_000, "us")
# How many hours later each of the values of PLACES is; and the same where a rule forbids half a year before,
# or a default names days, as holidays are: on one of these days, the next and the last.
IN_HOURS = (6.0, 0.0, 24.0, 20.0, 20.0 - 182 * 24, 21.0, 20.0 - 183 * 24)
NEAR = (6.0, 0.0, 24.0, 20.0, 21.0, 21.0, -4.0)
IN_WHOLE_DAYS = (1, 0, 10, 3, 2, 4, 1)
# The row that repeats the values of another one, where a key tells its time apart.
REPEATED, LATER = 3, 5

# Of rows that look up by time: their keys, a third one of which is not found, and their hours.
KEYS = (0, 0, 2, 0, 1, 0, 0, 2)
HOURS = (24.0, 48.0, 30.0, 288.0, 36.0, 0.0, 312.0, 33.0)
# The same of what is looked up; the last is known at the same instant as another of its key.
KNOWN_KEYS = (0, 0, 1, 0, 0, 1, 0)
KNOWN_HOURS = (48.0, 1.0, 36.25, 23.0, 22.0, 0.0, 23.0)
TRIALS = 3


def with_times(feature: Feature, case: Case, read: Read) -> Case:
    """The case with its rows at such times, as far as its declaration leaves them free."""
    if feature.options.asof:
        return _about_known(feature, case, read)
    instants = [c for c in case.columns if c.input.tabular and c.input.is_instant and not c.input.grouped]
    scope = feature.options.scope
    windowed = isinstance(scope, Past) and scope.window is not None
    if windowed or any(column.input.table != BASE for column in instants):
        return case
    if not instants or instants[0].null.any():
        return case
    named = named_days(feature.inputs)
    if named:
        return _at_hours(case, instants, named[0] + (FRIDAY - FRIDAY.astype("datetime64[D]")), NEAR)
    found = _at_hours(case, instants, FRIDAY, IN_HOURS)
    return found if found is not case else _at_hours(case, instants, FRIDAY, NEAR)


def _at_hours(case: Case, instants: Sequence[Column], start: np.datetime64, hours: Collection[float]) -> Case:
    later = _later(instants[0], start, hours)
    for column in instants:
        moved = (column.values.astype("datetime64[us]") + later).astype(column.values.dtype)
        if bool((admits(column.input, moved) | column.null).all()):
            case = case.with_column(column.replaced(moved))
    return case


def _later(column: Column, start: np.datetime64, hours: Collection[float]) -> NDArray[np.timedelta64]:
    """How much later the time of each row must be; a key asks that it is another one where values repeat."""
    whole = column.values.dtype == np.dtype("datetime64[D]")
    steps = np.array([24 * day for day in IN_WHOLE_DAYS] if whole else list(hours), dtype=np.float64)
    steps = steps[list(PLACES[: len(column.values)])]
    schema = column.input.parameter.schema
    if schema is not None and schema.key:
        steps[REPEATED:][:1] += 24.0 * LATER if whole else LATER / 4
    wanted = start + (steps * (HOUR / np.timedelta64(1, "us"))).astype("timedelta64[us]")
    if column.input.is_ordered:
        wanted = np.sort(wanted)[:: -1 if column.input.rules.decreasing else 1]
    return np.asarray(wanted - column.values.astype("datetime64[us]"))


def _about_known(feature: Feature, case: Case, read: Read) -> Case:
    """The case with what is looked up by time before, at and after the rows that look it up."""
    name = moment_name(feature.options, feature.inputs) or _only_instant(case, read)
    looked = table_times(feature.options, feature.inputs)
    own = case.column(name) if name is not None else None
    if own is None or len(looked) != 1 or own.null.any() or own.input.is_ordered or own.input.rules.unique:
        return case
    ((table, known_name),) = looked.items()
    known = case.column(known_name, table)
    links = [link for link in links_among(feature.inputs) if (link.table, link.target) == (BASE, table)]
    if known is None or len(links) > 1 or known.input.is_ordered or known.input.rules.unique:
        return case
    if case.rows_of(table) < len(KNOWN_KEYS) or own.values.dtype.kind != known.values.dtype.kind:
        return case
    found = case.take(range(len(KNOWN_KEYS)), table).relabelled(table)
    found = _with_keys(feature, found, links[0], {own.input, known.input}) if links else found
    found = _at(found, own, known, table)
    good = np.flatnonzero(distinct(found, table)).tolist()
    return found.take(good, table).relabelled(table)


def _only_instant(case: Case, read: Read) -> str | None:
    """The only time of the base table that is read."""
    instants = [column.input for column in case.columns_of(BASE) if column.input.is_instant]
    names = [s.name for s in instants if read is None or (s.parameter.name, s.name) in read]
    return names[0] if len(names) == 1 else None


def _at(case: Case, own: Column, known: Column, table: str) -> Case:
    hour, first = length(own, dt.timedelta(hours=1)), moments(own)
    times = moments(case.column_of(known.input))
    if hour is None or first is None or times is None or length(known, dt.timedelta(hours=1)) != hour:
        return case
    start = first.at.min()
    offsets = np.array(HOURS[: case.rows]) * hour
    found = moved_to(case, BASE, case.column_of(own.input), offsets)
    wanted = start + np.array(KNOWN_HOURS) * hour - times.at[~times.null].min()
    return moved_to(found, table, case.column_of(known.input), wanted)


def _with_keys(feature: Feature, case: Case, link: Link, times: Collection[object]) -> Case:
    """The keys of two rows in both tables, and in the base table one that is not found."""
    for name, target in zip(link.columns, link.targets, strict=True):
        mine, theirs = case.column(name), case.column(target, link.target)
        if mine is None or theirs is None or mine.input in times or theirs.input in times:
            continue
        pool = list(dict.fromkeys([*mine.values[~mine.null].tolist(), *theirs.values[~theirs.null].tolist()]))
        pool = (pool + [value for value in _others(feature, mine) if value not in pool])[:3]
        for column, layout in ((mine, KEYS), (theirs, KNOWN_KEYS)):
            values = column.values.copy()
            values[:] = [pool[min(place, len(pool) - 1)] for place in layout[: len(values)]]
            if bool(admits(column.input, values).all()):
                whole = np.zeros(len(values), dtype=np.bool_)
                case = case.with_column(attrs.evolve(column, values=values, null=whole))
    return case


def _others(feature: Feature, column: Column) -> list[object]:
    """Other values of a key: a text that no row has, else what is drawn for it."""
    if may_be_unseen(column.input):
        return ["unseen"]
    drawn = (redrawn(column, feature.inputs, trial) for trial in range(TRIALS))
    return [value for each in drawn for value in each.values[~each.null].tolist()]


def in_vain(feature: Feature, case: Case, link: Link, rows: Collection[int]) -> Case:
    """The case in which these rows of the base table look up a key that is not found, if one is admitted."""
    for name, target in zip(link.columns, link.targets, strict=True):
        mine, theirs = case.column(name), case.column(target, link.target)
        if mine is None or theirs is None or mine.input.rules.unique or mine.input.is_ordered:
            continue
        unmet = [value for value in _others(feature, mine) if value not in set(theirs.values.tolist())]
        if unmet:
            values = mine.values.copy()
            values[list(rows)] = unmet[0]
            return case.with_column(mine.replaced(values))
    return case
