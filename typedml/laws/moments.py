"""When the rows of a table are: their times as numbers to compare, and how long a span is in these."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, final

import attrs
import numpy as np
from numpy.typing import NDArray

from typedml.algebra.registry import unit
from typedml.declare.feature_options import FeatureOptions
from typedml.declare.scope import Past
from typedml.laws.case import Case, Column, Mask
from typedml.laws.inputs import Input
from typedml.laws.physical import size
from typedml.laws.placing import BASE, LEARNT_FROM

SECOND = dt.timedelta(seconds=1)
MICROSECOND = dt.timedelta(microseconds=1)


@final
@attrs.frozen(eq=False)
class Moments:
    """The times of rows as numbers, microseconds for instants, and where there is none."""

    at: NDArray[Any]
    null: Mask

    def later(self, than: Any) -> Mask:
        """Which rows are later than a moment."""
        return np.asarray((self.at > than) & ~self.null)

    def until(self, end: Any) -> Mask:
        """Which rows are at a moment or before it."""
        return np.asarray((self.at <= end) & ~self.null)


def moments(column: Column) -> Moments | None:
    """The times in a column; None for texts, which have no order in time."""
    values = column.values
    if values.dtype.kind in "mM":
        fine = values.astype("datetime64[us]" if values.dtype.kind == "M" else "timedelta64[us]")
        return Moments(fine.astype(np.int64), column.null)
    return Moments(values, column.null) if values.dtype.kind in "iuf" else None


def length(column: Column, span: dt.timedelta) -> float | None:
    """How long a span is in the numbers of a column of times; None where these are no times."""
    if column.values.dtype.kind in "mM":
        return span / MICROSECOND
    seconds = _seconds(column.input)
    return None if seconds is None else span / SECOND / seconds


def _seconds(source: Input) -> float | None:
    """How many seconds one step of a numeric time is; none where digits encode it, as in 1745."""
    meaning = source.meaning
    if meaning is None or not source.is_number or meaning.unit.dimension != unit("second").dimension:
        return None
    return None if meaning.kind is not None and meaning.kind.encoded else size(meaning.unit)


def moment_name(options: FeatureOptions, inputs: Iterable[Input]) -> str | None:
    """The column that says when a row of the base table is; None where no declaration tells.

    It is the time of the scope, else the column named as that by which look-ups become known, else the only
    column of instants.
    """
    if isinstance(options.scope, Past):
        return options.scope.time
    base = [source for source in inputs if source.tabular and source.table == BASE]
    named = [source.name for source in base if source.name in options.asof.values()]
    instants = named or [source.name for source in base if source.is_instant]
    return instants[0] if len(instants) == 1 else None


def table_times(options: FeatureOptions, inputs: Iterable[Input]) -> Mapping[str, str]:
    """The column of time of each table that is looked up, by table.

    It is what `asof` names, else the column named as the time of the scope. What is learnt from is of the
    past as a whole, whatever the times of its rows are, unless `asof` says that they matter.
    """
    scope = options.scope
    found: dict[str, str] = {}
    for source in inputs:
        if not source.tabular or source.table == BASE:
            continue
        asof = options.asof.get(source.parameter.name)
        learnt = source.parameter.name == options.fit or source.parameter.roles & LEARNT_FROM
        if asof == source.name or (asof is None and not learnt and _is_time_of(scope, source)):
            found[source.table] = source.name
    return found


def _is_time_of(scope: object, source: Input) -> bool:
    return isinstance(scope, Past) and scope.time == source.name


def times_of(case: Case, options: FeatureOptions, inputs: Iterable[Input]) -> dict[str, Moments]:
    """The times of the rows of every table that has some."""
    given = tuple(inputs)
    names = dict(table_times(options, given))
    own = moment_name(options, given)
    if own is not None:
        names[BASE] = own
    found = {}
    for table, name in names.items():
        column = case.column(name, table)
        times = moments(column) if column is not None else None
        if times is not None:
            found[table] = times
    return found


def group_of(case: Case, keys: Iterable[str], table: str = BASE) -> NDArray[np.intp]:
    """The number of the group that each row of a table is in; one group where no key is named."""
    columns = [column for key in keys if (column := case.column(key, table)) is not None]
    cells = [["" if null else repr(value) for value, null in _cells(column)] for column in columns]
    numbers: dict[tuple[str, ...], int] = {}
    rows = zip(*cells, strict=True) if cells else [()] * case.rows_of(table)
    return np.asarray([numbers.setdefault(tuple(row), len(numbers)) for row in rows], dtype=np.intp)


def _cells(column: Column) -> Iterable[tuple[Any, bool]]:
    return zip(column.values.tolist(), column.null.tolist(), strict=True)


def instants(case: Case, table: str, options: FeatureOptions) -> tuple[str, ...]:
    """The columns of a table that say when something is, or is known: what a row is moved by in time."""
    scope = options.scope
    named = {*options.asof.values(), *options.outcome.values()}
    if isinstance(scope, Past):
        named.add(scope.time)
    columns = case.columns_of(table)
    return tuple(c.input.name for c in columns if c.input.is_instant or c.input.name in named)
