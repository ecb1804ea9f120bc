"""One generated input of a feature: columns of values with their nulls, and what laws do to them.

A case knows nothing of pandas or polars; `build` hands it to a feature in the carrier that it declares.
Values are kept as numpy arrays: float64 or int64 for numbers, datetime64[us] and timedelta64[us] for times,
objects for the rest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, final

import attrs
import numpy as np
from numpy.typing import NDArray

from typedml.laws.inputs import Input
from typedml.laws.placing import BASE

Values = NDArray[Any]
Mask = NDArray[np.bool_]


@final
@attrs.frozen(eq=False)
class Column:
    """The values of one input; a scalar has one row, a setting as many as it has values."""

    input: Input
    values: Values
    null: Mask

    def replaced(self, values: Values) -> Column:
        """The same column with other values and the same nulls."""
        return attrs.evolve(self, values=values)

    def take(self, rows: Iterable[int]) -> Column:
        """The rows with these numbers, in this order; a scalar stays as it is."""
        if not self.input.tabular:
            return self
        chosen = np.asarray(list(rows), dtype=np.intp)
        return attrs.evolve(self, values=self.values[chosen], null=self.null[chosen])

    @property
    def is_as_given(self) -> bool:
        """True where it holds what the default of its parameter says."""
        kept = self.input.kept
        return kept is not None and bool(np.array_equal(self.values, cells_of(self.input, kept)))

    @property
    def numbers(self) -> NDArray[np.float64]:
        """The values as floats, NaN where they are missing; only for numeric inputs."""
        numbers = self.values.astype(np.float64)
        numbers[self.null] = np.nan
        return numbers


@final
@attrs.frozen(eq=False, repr=False)
class Case:
    """The arguments of one call; `number` says which table of the rotation it is.

    Its columns may be of several tables: the base table, and others that are looked up or learnt from.
    `labels` are what the rows of a table are called in a pandas index, by table; 0, 1, ... if nothing is
    said."""

    columns: tuple[Column, ...]
    number: int
    signed: bool = False
    extras: bool = False
    labels: Mapping[str, tuple[int, ...]] = attrs.field(factory=dict)

    def __repr__(self) -> str:
        rows = ", ".join(f"{table or 'rows'}={self.rows_of(table)}" for table in self.tables)
        return f"<case {self.number}{': ' if rows else ''}{rows}>"

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables, in the order of their columns."""
        return tuple(self._by_table)

    @property
    def rows(self) -> int:
        """How many rows the base table has; 1 where there is no table."""
        return self.rows_of(BASE) if self.tabular else 1

    def rows_of(self, table: str) -> int:
        """How many rows a table has."""
        return max((len(column.values) for column in self.columns_of(table)), default=0)

    def columns_of(self, table: str) -> tuple[Column, ...]:
        """The columns of a table; scalars have none."""
        return self._by_table.get(table, ())

    def column(self, name: str, table: str = BASE) -> Column | None:
        """The column of this name in a table; None where it has none."""
        return next((c for c in self.columns_of(table) if c.input.name == name), None)

    def column_of(self, source: Input) -> Column:
        """The column of an input that the case has."""
        return next(column for column in self.columns if column.input is source)

    @property
    def tabular(self) -> bool:
        """True where at least one input has rows."""
        return bool(self._by_table)

    @cached_property
    def _by_table(self) -> Mapping[str, tuple[Column, ...]]:
        found: dict[str, tuple[Column, ...]] = {}
        for column in self.columns:
            if column.input.tabular:
                found[column.input.table] = (*found.get(column.input.table, ()), column)
        return found

    def mapped(self, change: Callable[[Column], Column]) -> Case:
        """The case with every column changed by `change`."""
        return attrs.evolve(self, columns=tuple(change(column) for column in self.columns))

    def with_column(self, changed: Column) -> Case:
        """The case with the column of the same input replaced."""
        return self.mapped(lambda column: changed if column.input is changed.input else column)

    def take(self, rows: Iterable[int], table: str = BASE) -> Case:
        """The rows of a table with these numbers, in this order; other tables stay as they are."""
        chosen = tuple(rows)
        labels = self.row_labels(table)
        taken = self.mapped(lambda column: column.take(chosen) if column.input.table == table else column)
        named = tuple(labels[row] for row in chosen)
        return attrs.evolve(taken, labels={**self.labels, table: named})

    def relabelled(self, table: str = BASE) -> Case:
        """The case with the rows of a table called 0, 1, 2, ... again."""
        return attrs.evolve(self, labels={name: own for name, own in self.labels.items() if name != table})

    def row_labels(self, table: str = BASE) -> tuple[int, ...]:
        """What the rows are called in a pandas index; they follow the rows when these are reordered."""
        return self.labels.get(table) or tuple(range(self.rows_of(table)))

    def scaled(self, factor: Callable[[Input], float | None]) -> Case:
        """The case with each numeric column multiplied; None leaves a column as it is."""

        def scale(column: Column) -> Column:
            by = factor(column.input)
            return column if by is None or by == 1 else column.replaced(multiplied(column.values, by))

        return self.mapped(scale)


def multiplied(values: Values, factor: float) -> Values:
    """Values times a factor, in their own dtype: whole numbers stay whole."""
    if values.dtype.kind in "im" and float(factor).is_integer():
        return np.asarray(values * int(factor))
    if values.dtype.kind == "m":
        return np.asarray(values * factor)
    return np.asarray(values.astype(np.float64) * factor)


def filler(dtype: np.dtype[Any]) -> object:
    """What stands in the values where a null is; the mask says that it does not count."""
    return {
        "O": "",
        "M": np.datetime64("NaT", "ns"),
        "m": np.timedelta64("NaT", "ns"),
        "f": float("nan"),
    }.get(dtype.kind, 0)


def cells_of(source: Input, cells: Iterable[Any]) -> Values:
    """Python values as those of an input are kept."""
    listed = list(cells)
    found = np.empty(len(listed), dtype=dtype_of(source))
    found[:] = [float(cell) if isinstance(cell, Decimal) else cell for cell in listed]
    return found


def dtype_of(source: Input) -> np.dtype[Any]:
    """The dtype in which the values of an input are kept."""
    base = source.base
    if base is bool:
        return np.dtype(np.bool_)
    if base is int:
        return np.dtype(np.int64)
    if source.is_number:
        return np.dtype(np.float64)
    if issubclass(base, dt.datetime):
        return np.dtype("datetime64[us]")
    if issubclass(base, dt.date):
        return np.dtype("datetime64[D]")
    return np.dtype("timedelta64[us]") if issubclass(base, dt.timedelta) else np.dtype(object)
