"""Tables whose times lie where features of time turn: in a window, on its edge, just outside of it, tied.

Times drawn at random over weeks put one row in a window of a day. So the times of a case are moved, all
instants of a row alike, before laws see it: its values stay what they were.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from typedml.declare.feature_options import FeatureOptions
from typedml.declare.scope import Past
from typedml.laws.case import Case, Column, Mask, Values
from typedml.laws.cross_rules import holds
from typedml.laws.grid import Generator, within
from typedml.laws.inputs import Input
from typedml.laws.keeping import schema_of_table
from typedml.laws.moments import length, moment_name, moments, table_times
from typedml.laws.placing import BASE

TIMES = 20_130_101
# How far apart rows lie where no window is declared.
NEAR = dt.timedelta(hours=2)
# In parts of a window: where rows stand, how far others of their group follow them, and when an outcome, or a
# row that is looked up, becomes known.
STANDS = (0, 1 / 4, 1 / 2, 1, 3 / 2)
FOLLOWS = (0, 1 / 4, 31 / 32, 1, 33 / 32, 2)
KNOWN_AFTER = (1 / 32, 1 / 4, 1 / 2, 1, 3 / 2)
KNOWN_AROUND = (-1, -1 / 4, -1 / 32, 0, 1 / 32, 1 / 4)


def timed(case: Case, options: FeatureOptions, inputs: Sequence[Input]) -> Case:
    """The case with its rows where windows and look-ups turn; as it is where no time is declared."""
    own = moment_name(options, inputs)
    column = case.column(own) if own is not None else None
    if column is None or not (isinstance(options.scope, Past) or options.asof):
        return case
    random = np.random.default_rng((TIMES, case.number))
    span = _span(options, column)
    if span is None:
        return _in_order(case, options, inputs)
    moved = _base_moved(case, column, options, span, random)
    for table, name in table_times(options, inputs).items():
        moved = _looked_up(moved, table, name, column, span, random)
    return _in_order(_keeping_rules(case, moved), options, inputs)


def _span(options: FeatureOptions, column: Column) -> float | None:
    """The window in steps of a column of times; None where its values are no times."""
    window = options.scope.window if isinstance(options.scope, Past) else None
    found = length(column, window if isinstance(window, dt.timedelta) else NEAR)
    return None if found is None else max(found, 1.0)


def _base_moved(case: Case, time: Column, options: FeatureOptions, span: float, random: Generator) -> Case:
    rows = case.rows
    leaders = random.integers(0, max(1, (rows + 2) // 3), size=rows)
    leads = np.flatnonzero(leaders == np.arange(rows))
    stands = random.choice(STANDS, size=rows) * span
    follows = random.choice(FOLLOWS, size=rows) * span
    follows[leads] = 0
    offsets = np.asarray(stands[leaders] + follows)
    # Ranks are kept, so that a column that rises with the times still does.
    order = np.argsort(offsets, kind="stable")
    places = np.argsort(np.argsort(time.values, kind="stable"), kind="stable")
    case = moved_to(case, BASE, time, _spread(time, np.sort(offsets), span)[places])
    case = _grouped(case, options, leaders[order][places])
    return _known_later(case, options, span, random)


def _spread(time: Column, offsets: NDArray[Any], span: float) -> NDArray[Any]:
    """Sorted offsets, made different where times are."""
    if not (time.input.rules.unique or time.input.is_ordered):
        return offsets
    step = max(span / 32, 1.0)
    for row in range(1, len(offsets)):
        offsets[row] = max(offsets[row], offsets[row - 1] + step)
    return offsets


def moved_to(case: Case, table: str, time: Column, offsets: NDArray[Any]) -> Case:
    """The case with the times of a table at these offsets from its first, and every instant moved alike."""
    numbers = moments(time)
    if numbers is None or numbers.null.all():
        return case
    steps = numbers.at[~numbers.null].min() + np.round(offsets).astype(numbers.at.dtype) - numbers.at

    def move(column: Column) -> Column:
        source = column.input
        like = source.is_instant if time.input.is_instant else source.meaning == time.input.meaning
        if not like or not column.input.tabular or column.input.table != table:
            return column
        if column.values.dtype != time.values.dtype:
            return column
        values = _later(column.values, steps)
        free = column.input.is_instant or within(column.input, values)[~column.null].all()
        return column.replaced(values) if free else column

    return case.mapped(move)


def _later(values: Values, by: NDArray[Any]) -> Values:
    """Times moved by these numbers, microseconds where they are instants, in their own dtype."""
    if values.dtype.kind == "M":
        return np.asarray((values + np.round(by).astype("timedelta64[us]")).astype(values.dtype))
    return np.asarray(values + np.round(by).astype(values.dtype))


def _grouped(case: Case, options: FeatureOptions, leaders: NDArray[np.intp]) -> Case:
    """The case with few groups: each row in that of the one which it follows."""
    scope = options.scope
    if not isinstance(scope, Past):
        return case
    if isinstance(scope.window, int) and scope.window > case.rows // 2:
        leaders = np.zeros(case.rows, dtype=np.intp)
    for key in scope.by:
        column = case.column(key)
        if column is not None and not (column.input.rules.unique or column.input.is_ordered):
            followed = attrs.evolve(column, values=column.values[leaders], null=column.null[leaders])
            case = case.with_column(followed)
    return case


def _known_later(case: Case, options: FeatureOptions, span: float, random: Generator) -> Case:
    """The case with each outcome known some time after its row."""
    scope = options.scope
    time = case.column(scope.time) if isinstance(scope, Past) else None
    for name in dict.fromkeys(options.outcome.values()):
        known = case.column(name) if name is not None else None
        if known is None or time is None or known.input is time.input:
            continue
        if known.values.dtype != time.values.dtype:
            continue
        after = np.maximum(1, np.round(random.choice(KNOWN_AFTER, size=case.rows) * span))
        case = case.with_column(known.replaced(_later(time.values, after)))
    return case


def _looked_up(case: Case, table: str, name: str, before: Column, span: float, random: Generator) -> Case:
    """The case with the rows of a table around the times of the base table, and of its keys."""
    own, time = case.column(before.input.name), case.column(name, table)
    if own is None or time is None or own.values.dtype.kind != time.values.dtype.kind or own.null.all():
        return case
    rows = random.choice(np.flatnonzero(~own.null), size=len(time.values))
    around = random.choice(KNOWN_AROUND, size=len(rows)) * span
    if len(rows) > 1 and not _is_keyed(case, table):
        # Two of one instant, which a row of the base table sees as its last.
        rows[:2], around[:2] = rows[0], KNOWN_AROUND[2] * span
    wanted = moments(own.replaced(_later(own.values[rows], around)))
    first = moments(time)
    if wanted is None or first is None or first.null.all():
        return case
    order = np.argsort(wanted.at, kind="stable")
    places = np.argsort(np.argsort(time.values, kind="stable"), kind="stable")
    low = first.at[~first.null].min()
    offsets = _spread(time, (wanted.at[order] - low).astype(np.float64), span)
    case = moved_to(case, table, time, offsets[places])
    return _same_keys(case, table, rows[order][places])


def _is_keyed(case: Case, table: str) -> bool:
    schema = schema_of_table(case, table)
    return schema is None or bool(schema.key)


def _same_keys(case: Case, table: str, rows: NDArray[np.intp]) -> Case:
    """The case with texts of a looked-up table as the base table has them under the same names."""
    for column in case.columns_of(table):
        base = case.column(column.input.name)
        if base is None or base.values.dtype.kind != "O" or column.values.dtype.kind != "O":
            continue
        if not (column.input.rules.unique or column.input.is_ordered or base.null.any()):
            case = case.with_column(column.replaced(base.values[rows]))
    return case


def _keeping_rules(before: Case, moved: Case) -> Case:
    """The rows that still keep the rules of their tables; the case as it was where few do."""
    for table in moved.tables:
        good = np.flatnonzero(holds(moved, table) & _first_of_key(moved, table)).tolist()
        if len(good) == moved.rows_of(table):
            continue
        if 2 * len(good) < moved.rows_of(table):
            return before
        moved = moved.take(good, table).relabelled(table)
    return moved


def _first_of_key(case: Case, table: str) -> Mask:
    """Which rows are the first of their key, where the schema names one."""
    columns, schema = case.columns_of(table), schema_of_table(case, table)
    keys = [column for column in columns if schema is not None and column.input.name in schema.key]
    seen, first = set[Any](), np.ones(case.rows_of(table), dtype=np.bool_)
    for row in range(len(first)) if keys else ():
        cells = tuple(repr(column.values[row]) for column in keys)
        first[row] = cells not in seen
        seen.add(cells)
    return first


def _in_order(case: Case, options: FeatureOptions, inputs: Sequence[Input]) -> Case:
    """The case sorted by time, where a feature is declared to take rows in their order."""
    own = moment_name(options, inputs)
    if options.rows != "ordered" or own is None:
        return case
    for table, name in {BASE: own, **table_times(options, inputs)}.items():
        column = case.column(name, table)
        if column is not None:
            order = np.argsort(column.values, kind="stable").tolist()
            case = case.take(order, table).relabelled(table)
    return case
