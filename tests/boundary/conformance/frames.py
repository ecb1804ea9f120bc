"""The same table in every library: from columns of a stored type."""

from __future__ import annotations

import collections
import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset


@attrs.frozen
class Stored:
    """A column as a frame holds it: the name of a type, and the cells with None for what is missing."""

    type: str
    cells: Sequence[Any]


Table = Mapping[str, Stored]


@attrs.frozen
class Types:
    """A stored type in each library; `base` is what the oracle calls it."""

    base: str
    polars: Any
    arrow: Any
    numpy: Any = None
    nullable: Any = None


ZONE = "America/New_York"
TYPES: dict[str, Types] = {
    "float": Types("float", pl.Float64, pa.float64(), "f8", "Float64"),
    "float32": Types("float", pl.Float32, pa.float32(), "f4", "Float32"),
    "int": Types("int", pl.Int64, pa.int64(), "i8", "Int64"),
    "int32": Types("int", pl.Int32, pa.int32(), "i4", "Int32"),
    "int16": Types("int", pl.Int16, pa.int16(), "i2", "Int16"),
    "int8": Types("int", pl.Int8, pa.int8(), "i1", "Int8"),
    "uint8": Types("int", pl.UInt8, pa.uint8(), "u1", "UInt8"),
    "uint64": Types("int", pl.UInt64, pa.uint64(), "u8", "UInt64"),
    "str": Types("str", pl.String, pa.string(), None, "string[python]"),
    "bool": Types("bool", pl.Boolean, pa.bool_(), "?", "boolean"),
    "datetime": Types("datetime", pl.Datetime("us"), pa.timestamp("us"), "M8[us]"),
    "utc": Types("datetime", pl.Datetime("us", "UTC"), pa.timestamp("us", "UTC")),
    "zoned": Types("datetime", pl.Datetime("us", ZONE), pa.timestamp("us", ZONE)),
    "date": Types("date", pl.Date, pa.date32()),
    "timedelta": Types("timedelta", pl.Duration("us"), pa.duration("us"), "m8[us]"),
    "decimal": Types("decimal", pl.Decimal(20, 4), pa.decimal128(20, 4)),
}
ZONES = {"utc": "UTC", "zoned": ZONE}


def polars_eager(table: Table) -> pl.DataFrame:
    """A polars frame."""
    return pl.DataFrame([_series(name, stored) for name, stored in table.items()])


def polars_lazy(table: Table) -> pl.LazyFrame:
    """A lazy polars frame."""
    return polars_eager(table).lazy()


def polars_categorical(table: Table) -> pl.DataFrame:
    """A polars frame with text as categories."""
    return polars_eager(table).with_columns(pl.col(pl.String).cast(pl.Categorical))


def polars_enum(table: Table) -> pl.DataFrame:
    """A polars frame with text as an enumeration of all that is there."""
    texts = {
        name: pl.Enum(sorted({*stored.cells} - {None}))
        for name, stored in table.items()
        if stored.type == "str"
    }
    return polars_eager(table).with_columns(pl.col(name).cast(kind) for name, kind in texts.items())


def pandas_numpy(table: Table) -> pd.DataFrame:
    """A pandas frame of numpy types: whole numbers with a null are floats, text is objects."""
    return _pandas(table, _numpy_column)


def pandas_text(table: Table) -> pd.DataFrame:
    """A pandas frame of numpy types, with text as pandas 3 stores it."""
    return _pandas(
        table,
        lambda stored: pd.array(list(stored.cells), "str") if stored.type == "str" else _numpy_column(stored),
    )


def pandas_nullable(table: Table) -> pd.DataFrame:
    """A pandas frame of nullable types."""
    return _pandas(table, _nullable_column)


def pandas_arrow(table: Table) -> pd.DataFrame:
    """A pandas frame of Arrow types."""
    return _pandas(table, lambda stored: pd.arrays.ArrowExtensionArray(pa.chunked_array([_arrow(stored)])))


def pandas_objects(table: Table) -> pd.DataFrame:
    """A pandas frame whose every column holds Python objects."""
    return _pandas(table, lambda stored: _objects(stored.cells))


def pandas_categorical(table: Table) -> pd.DataFrame:
    """A pandas frame with text as categories."""
    return _pandas(
        table,
        lambda stored: pd.Categorical(list(stored.cells)) if stored.type == "str" else _numpy_column(stored),
    )


def pandas_index(table: Table) -> pd.DataFrame:
    """A pandas frame whose index repeats itself and is in no order."""
    frame = pandas_arrow(table)
    frame.index = pd.Index([place % 3 for place in range(len(frame))])
    return frame


def arrow_table(table: Table) -> pa.Table:
    """An Arrow table, in chunks of three rows."""
    whole = pa.table({name: _arrow(stored) for name, stored in table.items()})
    rows = whole.num_rows
    return pa.concat_tables([whole.slice(start, 3) for start in range(0, rows, 3)]) if rows else whole


def arrow_batch(table: Table) -> pa.RecordBatch:
    """An Arrow record batch."""
    return pa.record_batch({name: _arrow(stored) for name, stored in table.items()})


def arrow_dataset(table: Table) -> Any:
    """An Arrow dataset in memory, whose batches have two rows."""
    whole = arrow_batch(table)
    batches = [whole.slice(start, 2) for start in range(0, whole.num_rows, 2)] or [whole]
    return pyarrow.dataset.dataset(batches, schema=whole.schema)


def arrow_dictionary(table: Table) -> pa.Table:
    """An Arrow table with text as a dictionary, and in views where it is none."""
    whole = arrow_table(table)
    for place, (name, stored) in enumerate(table.items()):
        if stored.type == "str":
            whole = whole.set_column(place, name, whole.column(name).dictionary_encode())
    return whole


def numpy_structured(table: Table) -> Any:
    """A structured array: what numpy cannot mark as missing is objects."""
    columns = {name: np.asarray(_numpy_field(stored)) for name, stored in table.items()}
    rows = max((len(column) for column in columns.values()), default=0)
    made = np.empty(rows, [(name, column.dtype) for name, column in columns.items()])
    for name, column in columns.items():
        made[name] = column
    return made


def list_of_dicts(table: Table) -> list[dict[str, Any]]:
    """Records, one dictionary a row."""
    cells = zip(*(stored.cells for stored in table.values()), strict=True)
    return [dict(zip(table, row, strict=True)) for row in cells]


def list_of_objects(table: Table) -> list[Any]:
    """Records, each an object of an attrs class."""
    made: Any = attrs.make_class("Record", list(table), frozen=True)
    return [made(*record.values()) for record in list_of_dicts(table)]


def list_of_tuples(table: Table) -> list[Any]:
    """Records, each a named tuple."""
    made: Any = collections.namedtuple("Record", list(table))  # type: ignore[misc]
    return [made(*record.values()) for record in list_of_dicts(table)]


def plain_rows(frame: Any) -> list[dict[str, Any]]:
    """The rows of a polars or pandas frame as dictionaries, with every missing value as None."""
    collected = frame.collect() if isinstance(frame, pl.LazyFrame) else frame
    if isinstance(collected, pl.DataFrame):
        rows = collected.to_dicts()
    else:
        columns = [collected[name].tolist() for name in collected.columns]
        rows = [dict(zip(collected.columns, row, strict=True)) for row in zip(*columns, strict=True)]
    return [plain(row) for row in rows]


def plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with every missing value as None and every instant in UTC."""
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return value
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    # Python takes an hour that is there twice for unequal to itself in another zone.
    zoned = isinstance(value, datetime.datetime) and value.tzinfo is not None
    return value.astimezone(datetime.UTC) if zoned else value


def _series(name: str, stored: Stored) -> pl.Series:
    return pl.Series(name, list(stored.cells), TYPES[stored.type].polars)


def _arrow(stored: Stored) -> Any:
    return pa.array(list(stored.cells), TYPES[stored.type].arrow, from_pandas=False)


def _pandas(table: Table, make: Callable[[Stored], Any]) -> pd.DataFrame:
    return pd.DataFrame({name: make(stored) for name, stored in table.items()})


def _objects(cells: Sequence[Any]) -> Any:
    made = np.empty(len(cells), object)
    made[:] = list(cells)
    return made


def _nullable_column(stored: Stored) -> Any:
    nullable = TYPES[stored.type].nullable
    return _numpy_column(stored) if nullable is None else pd.array(list(stored.cells), nullable)


def _numpy_column(stored: Stored) -> Any:
    types, cells = TYPES[stored.type], list(stored.cells)
    if types.base == "float" or (types.base == "int" and None in cells):
        kind = types.numpy if types.base == "float" else "f8"
        return np.array([np.nan if cell is None else cell for cell in cells], kind)
    if types.base in ("int", "bool") and None not in cells:
        return np.array(cells, types.numpy)
    if types.base == "datetime":
        return pd.array(
            cells, pd.DatetimeTZDtype("us", ZONES[stored.type]) if stored.type in ZONES else "M8[us]"
        )
    return pd.array(cells, types.numpy) if types.base == "timedelta" else _objects(cells)


def _numpy_field(stored: Stored) -> Any:
    column = _objects(stored.cells) if stored.type in ZONES else _numpy_column(stored)
    return column.to_numpy() if hasattr(column, "to_numpy") else column


LOCAL: dict[str, Callable[[Table], Any]] = {
    make.__name__: make
    for make in (
        polars_eager,
        polars_lazy,
        polars_categorical,
        polars_enum,
        pandas_numpy,
        pandas_text,
        pandas_nullable,
        pandas_arrow,
        pandas_objects,
        pandas_categorical,
        pandas_index,
    )
}
"""The frames of polars and pandas."""
