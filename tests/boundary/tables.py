"""The same table as every kind of frame that a boundary takes, and schemas made by hand."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import dask
import dask.dataframe
import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset

from typedml.algebra.meaning import UNKNOWN
from typedml.boundary.engines import records
from typedml.declare.declared import DeclaredField, DeclaredRule, DeclaredSchema, Rules
from typedml.declare.expression import Column, Constant, Expression, Operation

Cells = Sequence[Any]
Table = Mapping[str, tuple[type, Cells]]

POLARS_TYPES: dict[type, Any] = {
    float: pl.Float64,
    int: pl.Int64,
    str: pl.String,
    bool: pl.Boolean,
    datetime.datetime: pl.Datetime("us"),
    datetime.date: pl.Date,
    datetime.timedelta: pl.Duration("us"),
    Decimal: pl.Decimal(20, 4),
}
ARROW_TYPES: dict[type, Any] = {
    float: pa.float64(),
    int: pa.int64(),
    str: pa.string(),
    bool: pa.bool_(),
    datetime.datetime: pa.timestamp("us"),
    datetime.date: pa.date32(),
    datetime.timedelta: pa.duration("us"),
    Decimal: pa.decimal128(20, 4),
}
SPARK_TYPES: dict[type, str] = {
    float: "double",
    int: "long",
    str: "string",
    bool: "boolean",
    datetime.datetime: "timestamp_ntz",
    datetime.date: "date",
    datetime.timedelta: "interval day to second",
    Decimal: "decimal(20, 4)",
}
NULLABLE_TYPES: dict[type, Any] = {float: "Float64", int: "Int64", str: "string[python]", bool: "boolean"}


def field(
    name: str, base: type = float, *, nullable: bool = False, required: bool = True, **more: Any
) -> DeclaredField:
    """A declared field; `meaning` and the rules are given by name."""
    meaning = more.pop("meaning", None)
    return DeclaredField(name, name, meaning, base, nullable, required, Rules(**more))


def schema(
    *fields: DeclaredField, checks: Mapping[str, Expression] | None = None, extra: Any = "allow"
) -> DeclaredSchema:
    """A declared schema named "Flight"."""
    rules = tuple(DeclaredRule(name, expression) for name, expression in (checks or {}).items())
    return DeclaredSchema("Flight", fields, extra, rules)


def operation(name: str, *operands: Any) -> Operation:
    """A node of a cross-column rule, past the algebra, which has its own tests."""
    lifted = tuple(each if isinstance(each, Expression) else Constant(each) for each in operands)
    return Operation(name, lifted, UNKNOWN)


def column(name: str, base: type = float) -> Column:
    """A column of a cross-column rule."""
    return Column(DeclaredField(name, name, None, base))


def polars_eager(table: Table) -> pl.DataFrame:
    """A polars frame with the types of the declaration."""
    return pl.DataFrame(
        [pl.Series(name, list(cells), _polars_type(base, cells)) for name, (base, cells) in table.items()]
    )


def polars_lazy(table: Table) -> pl.LazyFrame:
    """The same, lazy."""
    return polars_eager(table).lazy()


def polars_categorical(table: Table) -> pl.DataFrame:
    """The same, with text as categories."""
    frame = polars_eager(table)
    return frame.with_columns(pl.col(pl.String).cast(pl.Categorical))


def pandas_numpy(table: Table) -> pd.DataFrame:
    """A pandas frame of numpy types: integers with a null are floats, text is objects."""
    return _pandas(table, _numpy_column)


def pandas_text(table: Table) -> pd.DataFrame:
    """A pandas frame of numpy types, with text as pandas 3 stores it."""
    return _pandas(
        table, lambda base, cells: pd.array(list(cells), "str") if base is str else _numpy_column(base, cells)
    )


def pandas_nullable(table: Table) -> pd.DataFrame:
    """A pandas frame of nullable types."""
    return _pandas(
        table,
        lambda base, cells: (
            pd.array(list(cells), NULLABLE_TYPES[base])
            if base in NULLABLE_TYPES
            else _numpy_column(base, cells)
        ),
    )


def pandas_arrow(table: Table) -> pd.DataFrame:
    """A pandas frame of Arrow types."""
    return _pandas(table, _arrow_column)


def pandas_objects(table: Table) -> pd.DataFrame:
    """A pandas frame whose every column holds Python objects."""
    return _pandas(table, lambda base, cells: _objects(cells))


def pandas_categorical(table: Table) -> pd.DataFrame:
    """A pandas frame with text as categories."""
    return _pandas(
        table, lambda base, cells: pd.Categorical(list(cells)) if base is str else _numpy_column(base, cells)
    )


def pyarrow_table(table: Table) -> pa.Table:
    """An Arrow table."""
    return pa.table({name: _arrow(base, cells) for name, (base, cells) in table.items()})


def pyarrow_batch(table: Table) -> pa.RecordBatch:
    """A record batch."""
    return pa.record_batch({name: _arrow(base, cells) for name, (base, cells) in table.items()})


def pyarrow_dictionary(table: Table) -> pa.Table:
    """An Arrow table with text as dictionaries, which polars does not share."""
    made = pyarrow_table(table)
    for at, name in enumerate(made.column_names):
        if made.schema.field(name).type == pa.string():
            made = made.set_column(at, name, made.column(name).dictionary_encode())
    return made


def pyarrow_dataset(table: Table) -> pyarrow.dataset.Dataset:
    """An Arrow dataset."""
    return pyarrow.dataset.dataset(pyarrow_table(table))


def numpy_structured(table: Table) -> Any:
    """A structured array: integers with a null are floats, text is of a fixed width or objects."""
    columns = {name: _numpy_field(base, cells) for name, (base, cells) in table.items()}
    rows = len(next(iter(columns.values())))
    made = np.zeros(rows, [(name, cells.dtype) for name, cells in columns.items()])
    for name, cells in columns.items():
        made[name] = cells
    return made


def numpy_masked(table: Table) -> Any:
    """A masked record array: every null is masked, over a value that breaks nothing by itself."""
    made = numpy_structured({name: (base, _filled(base, cells)) for name, (base, cells) in table.items()})
    masked: Any = np.ma.MaskedArray(made, np.zeros(len(made), [(name, np.bool_) for name in table]))
    for name, (_, cells) in table.items():
        masked.mask[name] = [cell is None for cell in cells]
    return masked


def dicts(table: Table) -> list[dict[str, Any]]:
    """A list of dicts, without the keys of what is missing where every other record is complete."""
    rows = zip(*(cells for _, cells in table.values()), strict=True)
    return [dict(zip(table, row, strict=True)) for row in rows]


def dataclasses_listed(table: Table) -> tuple[Any, ...]:
    """A tuple of dataclass instances."""
    made = dataclasses.make_dataclass("Row", list(table))
    return tuple(made(**row) for row in dicts(table))


def duckdb_relation(table: Table) -> Any:
    """A relation of DuckDB."""
    return duckdb.from_arrow(pyarrow_table(table))


def dask_numpy(table: Table) -> Any:
    """A Dask frame of numpy types, in two partitions."""
    return _dask(pandas_numpy(table))


def dask_arrow(table: Table) -> Any:
    """A Dask frame of Arrow types, in two partitions."""
    return _dask(pandas_arrow(table))


def spark_frame(session: Any, table: Table) -> Any:
    """A PySpark frame."""
    fields = ", ".join(f"`{name}` {SPARK_TYPES[base]}" for name, (base, _) in table.items())
    return session.createDataFrame(list(zip(*(cells for _, cells in table.values()), strict=True)), fields)


def _dask(frame: pd.DataFrame) -> Any:
    # Dask would make text of all objects: of dates, of decimals.
    with dask.config.set({"dataframe.convert-string": False}):
        from_pandas: Any = dask.dataframe.from_pandas
        return from_pandas(frame, npartitions=2)


FRAMES: dict[str, Callable[[Table], Any]] = {
    make.__name__: make
    for make in (
        polars_eager,
        polars_lazy,
        polars_categorical,
        pandas_numpy,
        pandas_text,
        pandas_nullable,
        pandas_arrow,
        pandas_objects,
        pandas_categorical,
        pyarrow_table,
        pyarrow_batch,
        pyarrow_dictionary,
        pyarrow_dataset,
        numpy_structured,
        numpy_masked,
        dicts,
        dataclasses_listed,
    )
}

UNORDERED: dict[str, Callable[[Table], Any]] = {
    make.__name__: make for make in (duckdb_relation, dask_numpy, dask_arrow)
}
"""Frames whose rows have no order: without positions, and without the rules that need one."""


class only_native:
    """While this lasts small frames are not read as lists: the engine of their library answers."""

    def __enter__(self) -> None:
        self.few = records.FEW_ROWS
        records.FEW_ROWS = dict.fromkeys(self.few, -1)

    def __exit__(self, *_: object) -> None:
        records.FEW_ROWS = self.few


def rows_of(frame: Any) -> list[dict[str, Any]]:
    """The rows of any frame as dictionaries, with every missing value as None."""
    collected = frame.collect() if isinstance(frame, pl.LazyFrame) else frame
    if isinstance(collected, pl.DataFrame):
        rows = collected.to_dicts()
    elif isinstance(collected, pyarrow.dataset.Dataset):
        rows = collected.to_table().to_pylist()
    elif isinstance(collected, (pa.Table, pa.RecordBatch)):
        rows = collected.to_pylist()
    elif isinstance(collected, np.ndarray):
        rows = [dict(zip(collected.dtype.names or (), row, strict=True)) for row in collected.tolist()]
    elif isinstance(collected, duckdb.DuckDBPyRelation):
        rows = [dict(zip(collected.columns, row, strict=True)) for row in collected.fetchall()]
    elif isinstance(collected, dask.dataframe.DataFrame):
        computed: Any = collected
        rows = rows_of(computed.compute())
    elif type(collected).__module__.startswith("pyspark"):
        rows = [row.asDict() for row in collected.collect()]
    elif isinstance(collected, (list, tuple)):
        rows = [dict(row if isinstance(row, dict) else vars(row)) for row in collected]
    else:
        rows = collected.astype(object).to_dict(orient="records")
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return value
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    return value


def _polars_type(base: type, cells: Cells) -> Any:
    if base is datetime.datetime and any(cell.tzinfo for cell in cells if cell is not None):
        return pl.Datetime("us", "UTC")
    return POLARS_TYPES[base]


def _pandas(table: Table, make: Callable[[type, Cells], Any]) -> pd.DataFrame:
    return pd.DataFrame({name: make(base, cells) for name, (base, cells) in table.items()})


def _objects(cells: Cells) -> Any:
    made = np.empty(len(cells), object)
    made[:] = list(cells)
    return made


def _numpy_column(base: type, cells: Cells) -> Any:
    if base is float or (base is int and None in cells):
        return np.array([np.nan if cell is None else cell for cell in cells], np.float64)
    if base is int:
        return np.array(list(cells), np.int64)
    if base is bool and None not in cells:
        return np.array(list(cells), np.bool_)
    if base is datetime.datetime:
        zoned = any(cell.tzinfo for cell in cells if cell is not None)
        return pd.array(list(cells), pd.DatetimeTZDtype("us", "UTC") if zoned else "M8[us]")
    if base is datetime.timedelta:
        return pd.array(list(cells), "m8[us]")
    return _objects(cells)


def _arrow_column(base: type, cells: Cells) -> Any:
    return pd.arrays.ArrowExtensionArray(pa.chunked_array([_arrow(base, cells)]))


def _arrow(base: type, cells: Cells) -> Any:
    kind = ARROW_TYPES[base]
    if base is datetime.datetime and any(cell.tzinfo for cell in cells if cell is not None):
        kind = pa.timestamp("us", "UTC")
        # Once pyspark's pandas is loaded (pandera loads it), Arrow reads any other zone as if it were UTC.
        cells = [cell if cell is None else cell.astimezone(datetime.UTC) for cell in cells]
    return pa.array(list(cells), kind, from_pandas=False)


def _numpy_field(base: type, cells: Cells) -> Any:
    if base is datetime.datetime and not any(cell.tzinfo for cell in cells if cell is not None):
        return np.array(list(cells), "M8[us]")
    if base is datetime.timedelta:
        return np.array(list(cells), "m8[us]")
    if base is str and None not in cells:
        return np.array(list(cells), "U16")
    return _objects(cells) if base is datetime.datetime else _numpy_column(base, cells)


_FILLERS = {float: 0.0, int: 0, bool: False, str: ""}


def _filled(base: type, cells: Cells) -> list[Any]:
    return [_FILLERS.get(base) if cell is None else cell for cell in cells]
