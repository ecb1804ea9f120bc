"""A case as the arguments of a call, in the carriers that the signature declares."""

from __future__ import annotations

import copy
import datetime as dt
import sys
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from types import ModuleType
from typing import Any

import numpy as np

from typedml.declare.declared import DeclaredFunction, DeclaredParameter
from typedml.laws.case import Case, Column, Mask, Values, filler
from typedml.laws.settings import default_cells, is_told


def arguments(case: Case) -> dict[str, Any]:
    """The arguments by parameter name, fresh at every call so that no call sees what another did."""
    by_parameter: dict[str, list[Column]] = {}
    for column in case.columns:
        by_parameter.setdefault(column.input.parameter.name, []).append(column)
    given = {name: columns for name, columns in by_parameter.items() if not _is_left_out(columns)}
    return {name: _argument(columns, case) for name, columns in given.items()}


def changeable(declared: DeclaredFunction) -> tuple[DeclaredParameter, ...]:
    """The parameters whose default a call could change, as far as something is declared of them.

    A call that is left to its default would see what an earlier call made of it, and so would the program.
    Of a memory between calls (`cache={}`) nothing is declared: it is left alone.
    """
    return tuple(
        parameter
        for parameter in declared.parameters
        if _can_be_changed(parameter.default) and (is_told(parameter) or default_cells(parameter) is not None)
    )


def fresh_defaults(parameters: Iterable[DeclaredParameter]) -> dict[str, Any]:
    """Copies of the defaults of parameters, by name."""
    return {parameter.name: copy.deepcopy(parameter.default) for parameter in parameters}


def _can_be_changed(default: object) -> bool:
    if isinstance(default, np.ndarray):
        return bool(default.flags.writeable)
    return isinstance(default, (list, dict, set)) or leaf_of(default) is not None


def _is_left_out(columns: list[Column]) -> bool:
    """True where a default is as it was written, or nothing need be given and nothing is."""
    return all(column.is_as_given or (column.input.optional and column.null.all()) for column in columns)


def library(name: str) -> ModuleType:
    """The leaf that builds and reads the frames of a library."""
    if name == "polars":
        from typedml.laws.carriers import polars

        return polars
    from typedml.laws.carriers import pandas

    return pandas


def leaf_of(value: object) -> ModuleType | None:
    """The library of a frame or Series; libraries are known only where they were imported."""
    for name in ("pandas", "polars"):
        if name in sys.modules:
            leaf = library(name)
            if leaf.is_frame(value) or leaf.is_series(value):
                return leaf
    return None


def read_table(value: object, names: Sequence[str]) -> dict[str, tuple[Values, Mask]] | None:
    """The columns of a frame by these names, or the one column that an array, a Series or a list is.

    None for anything else.
    """
    leaf = leaf_of(value)
    if leaf is not None and leaf.is_frame(value):
        columns = leaf.frame_columns(value)
        return {name: leaf.series_values(series) for name, series in columns if name in names}
    if leaf is not None:
        return {name: leaf.series_values(value) for name in names[:1]}
    if isinstance(value, list | tuple | np.ndarray) and np.ndim(value) == 1:
        cells = np.empty(len(value), dtype=object)
        cells[:] = list(value)
        return {name: (cells, np.zeros(len(cells), dtype=np.bool_)) for name in names[:1]}
    return None


def _argument(columns: list[Column], case: Case) -> Any:
    parameter = columns[0].input.parameter
    labels = case.row_labels(columns[0].input.table)
    if parameter.carrier == "frame":
        extras = case.extras and parameter.schema is not None and parameter.schema.extra == "allow"
        build = library(parameter.library or "pandas").build_frame
        return build(columns, labels, extras=extras, lazy=columns[0].input.lazy)
    column = columns[0]
    if column.input.part is not None:
        return tuple(next(iter(python_cells(each))) for each in columns)
    if column.input.several:
        labels = _names_of(parameter.default, len(column.values))
    if parameter.carrier == "series":
        return library(parameter.library or "pandas").build_series(column, labels)
    if parameter.carrier == "array":
        return array_cells(column.values, column.null)
    cells = list(python_cells(column))
    if column.input.several and isinstance(parameter.default, Mapping):
        return dict(zip(parameter.default, cells, strict=True))
    if column.input.several and parameter.container in (tuple, set, frozenset):
        return parameter.container(cells)
    return cells if parameter.carrier == "list" else _like(parameter.default, cells[0])


def _names_of(default: Any, size: int) -> tuple[Any, ...]:
    """What the values of a setting are called: as in its default, if that is a Series of pandas."""
    index = getattr(default, "index", None)
    return tuple(range(size)) if index is None or callable(index) else tuple(index)


def _like(default: Any, value: Any) -> Any:
    """A moment or a span of the class that the default has: a `pd.Timestamp` for one."""
    own = isinstance(default, (dt.date, dt.timedelta)) and value is not None
    return value if not own or isinstance(value, type(default)) else type(default)(value)


def array_cells(values: Values, null: Mask) -> Values:
    """An array with NaN, NaT or None where a value is missing."""
    if not null.any():
        return values.copy()
    if values.dtype.kind in "fmM":
        return np.where(null, np.array(filler(values.dtype)).astype(values.dtype), values)
    missing = values.astype(np.float64 if values.dtype.kind == "i" else object)
    missing[null] = np.nan if values.dtype.kind == "i" else None
    return missing


def stored_cells(column: Column) -> Values:
    """Values as Python objects where no dtype holds them as declared (Decimal, date); else as they are."""
    if column.input.base not in (Decimal, dt.date):
        return column.values
    cells = np.empty(len(column.values), dtype=object)
    cells[:] = list(python_cells(column))
    return cells


def python_cells(column: Column) -> Iterable[Any]:
    """The values as plain Python objects, None where one is missing."""
    base, zone = column.input.base, column.input.zone
    for value, missing in zip(column.values.tolist(), column.null, strict=True):
        cell = None if missing else plain(value, base)
        yield cell if zone is None or cell is None else cell.replace(tzinfo=dt.UTC).astimezone(zone)


def plain(value: Any, base: type) -> Any:
    """One value in the plain type that is declared."""
    if base is Decimal:
        return Decimal(repr(value))
    if base is int and not issubclass(base, bool):
        return int(value)
    if base is dt.datetime and not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time())
    return value
