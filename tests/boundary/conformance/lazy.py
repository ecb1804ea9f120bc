"""The engines whose rows have no order, on the same rules and cells as the others: DuckDB, Dask, PySpark."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import dask
import dask.dataframe
import duckdb
import pandas as pd

from tests.boundary.conformance import frames
from tests.boundary.conformance.engines import Engine
from tests.boundary.conformance.frames import Table
from tests.boundary.conformance.rules import RULES

NO_ORDER = "the rows of this frame have no order"
NOT_READ = "does not read"
IN_ORDER = {
    row.name: NO_ORDER
    for row in RULES.values()
    if any(
        column.rules.get(rule) is True for column in row.spec.columns for rule in ("increasing", "decreasing")
    )
}
PYTHON_ALONE = {"pattern of any case": NOT_READ}
SPARK_TYPES = {
    "float": "double",
    "float32": "float",
    "int": "bigint",
    "int32": "int",
    "int16": "smallint",
    "int8": "tinyint",
    "str": "string",
    "bool": "boolean",
    "datetime": "timestamp_ntz",
    "utc": "timestamp",
    "zoned": "timestamp",
    "date": "date",
    "timedelta": "interval day to second",
    "decimal": "decimal(20, 4)",
}


def duckdb_relation(table: Table) -> Any:
    """A relation of DuckDB."""
    return duckdb.from_arrow(frames.arrow_table(table))


def dask_frame(make: Callable[[Table], pd.DataFrame]) -> Callable[[Table], Any]:
    """A Dask frame in two partitions."""

    def made(table: Table) -> Any:
        from_pandas: Any = dask.dataframe.from_pandas
        # Dask would make text of all objects: of dates, of decimals.
        with dask.config.set({"dataframe.convert-string": False}):
            return from_pandas(make(table).reset_index(drop=True), npartitions=2)

    return made


def spark_frame(session: Any) -> Callable[[Table], Any]:
    """A PySpark frame."""

    def made(table: Table) -> Any:
        fields = ", ".join(f"`{name}` {SPARK_TYPES[stored.type]}" for name, stored in table.items())
        cells = [[_spelled(each) for each in stored.cells] for stored in table.values()]
        return session.createDataFrame(list(zip(*cells, strict=True)), fields)

    return made


def _spelled(value: Any) -> Any:
    # Spark takes a moment by its clock in UTC alone.
    zoned = isinstance(value, datetime.datetime) and value.tzinfo is not None
    return value.astimezone(datetime.UTC) if zoned else value


def unsigned(table: Table) -> str:
    """Spark has no numbers without a sign."""
    return "Spark has no unsigned integers" if any(s.type.startswith("uint") for s in table.values()) else ""


def _wide(name: str, make: Callable[[Table], Any], **more: Any) -> Engine:
    return Engine(name, make, paths=("native",), wide=True, **more)


LAZY = [
    _wide("duckdb", duckdb_relation, cannot=IN_ORDER | PYTHON_ALONE),
    _wide("dask_arrow", dask_frame(frames.pandas_arrow), cannot=IN_ORDER),
    _wide("dask_objects", dask_frame(frames.pandas_objects), cannot=IN_ORDER),
]
