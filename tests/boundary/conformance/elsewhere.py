"""The same table in libraries that work elsewhere or later: DuckDB, Dask and PySpark."""

from __future__ import annotations

import shutil
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pyarrow as pa

from tests.boundary.conformance.frames import TYPES, Table, arrow_batch, pandas_arrow, pandas_text


@cache
def _duckdb() -> Any:
    import duckdb

    return duckdb.connect()


def duckdb_relation(table: Table) -> Any:
    """A relation of DuckDB over an Arrow table."""
    return _duckdb().from_arrow(pa.table(arrow_batch(table)))


def dask_arrow(table: Table) -> Any:
    """A Dask frame of two partitions of pandas frames with Arrow types."""
    dask: Any = import_module("dask.dataframe")
    return dask.from_pandas(pandas_arrow(table), npartitions=2)


def dask_numpy(table: Table) -> Any:
    """The same with numpy types."""
    dask: Any = import_module("dask.dataframe")
    return dask.from_pandas(pandas_text(table), npartitions=2)


def made_text_by_dask(table: Table) -> str:
    """Why Dask cannot hold a table in numpy types, or nothing."""
    for stored in table.values():
        base, gone = TYPES[stored.type].base, None in stored.cells
        if base in ("date", "decimal") or (base == "bool" and gone):
            return "Dask makes text of what pandas holds as objects"
        if base == "int" and gone and any(abs(cell or 0) > 2**53 for cell in stored.cells):
            return "whole numbers beside a null are floats, which are not exact beyond 2**53"
    return ""


@cache
def _spark() -> Any:
    import pyspark.sql

    session = (
        pyspark.sql.SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.timestampType", "TIMESTAMP_NTZ")
    )
    return session.getOrCreate()


def no_spark() -> bool:
    """True where there is no PySpark, or no Java for it."""
    return find_spec("pyspark") is None or shutil.which("java") is None


def spark_frame(table: Table) -> Any:
    """A frame of Spark, in process."""
    return _spark().createDataFrame(pa.table(arrow_batch(table)))


def unknown_to_spark(table: Table) -> str:
    """Why Spark cannot hold a table, or nothing."""
    unsigned = [stored.type for stored in table.values() if stored.type.startswith("uint")]
    return "Spark has no numbers without a sign" if unsigned else ""
