"""The engines of the matrix, a row each: how to make a frame, and what the engine cannot do.

A new engine is a new row. `cannot` says for a rule a part of the reason that the report has to give;
`unheld` says of a table why this library cannot hold it, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs
import pytest

from tests.boundary.conformance import elsewhere, frames, written
from tests.boundary.conformance.frames import TYPES, Table
from tests.boundary.conformance.rows import RuleRow
from tests.boundary.conformance.rules_of_columns import OF_ORDER


def _nothing(table: Table) -> str:
    return ""


@attrs.frozen
class Engine:
    """One engine: `make` turns a table into its frame, `options` go to `check`."""

    name: str
    make: Callable[[Table], Any]
    cannot: Mapping[str, str] = attrs.field(factory=dict)
    unheld: Callable[[Table], str] = _nothing
    options: Mapping[str, Any] = attrs.field(factory=dict)
    paths: tuple[str, ...] = ("small", "native")
    """Small frames are read as lists on some engines: both ways are asked."""
    other_made: Callable[[Table], Any] | None = None
    """How the other table of a reference is made, where not like the first."""
    lacks: frozenset[str] = frozenset()
    """Rules that the engine is not asked."""
    ordered: bool = True
    """False where rows have no order, and failing ones no positions."""
    wide: bool = False
    """True where a query is slow: the rules of a cell are asked together, of one table."""
    marks: tuple[Any, ...] = ()

    def asks(self, rows: Iterable[RuleRow]) -> list[RuleRow]:
        """The rules that the engine is asked."""
        return [row for row in rows if row.name not in self.lacks]

    def other(self, table: Table) -> Any:
        """The other table, into which references look."""
        return (self.other_made or self.make)(table)


def rounded_by_numpy(table: Table) -> str:
    """Numpy has no whole number that is missing: pandas makes floats of them."""
    for stored in table.values():
        gone = any(cell is None for cell in stored.cells)
        large = any(abs(cell) > 2**53 for cell in stored.cells if isinstance(cell, int))
        if gone and large and TYPES[stored.type].base == "int":
            return "whole numbers beside a null are floats, which are not exact beyond 2**53"
    return ""


LOCAL = [
    Engine("polars_eager", frames.polars_eager),
    Engine("polars_lazy", frames.polars_lazy, paths=("native",)),
    Engine("polars_categorical", frames.polars_categorical),
    Engine("polars_enum", frames.polars_enum),
    Engine("pandas_numpy", frames.pandas_numpy, unheld=rounded_by_numpy),
    Engine("pandas_text", frames.pandas_text, unheld=rounded_by_numpy),
    Engine("pandas_nullable", frames.pandas_nullable),
    Engine("pandas_arrow", frames.pandas_arrow),
    Engine("pandas_objects", frames.pandas_objects),
    Engine("pandas_categorical", frames.pandas_categorical, unheld=rounded_by_numpy),
    Engine("pandas_index", frames.pandas_index),
]
ARROW = [
    Engine("arrow_table", frames.arrow_table),
    Engine("arrow_batch", frames.arrow_batch),
    Engine("arrow_dataset", frames.arrow_dataset),
    Engine("arrow_dictionary", frames.arrow_dictionary),
]
PLAIN = [
    Engine("numpy_structured", frames.numpy_structured, unheld=rounded_by_numpy),
    Engine("list_of_dicts", frames.list_of_dicts, paths=("native",)),
    Engine("list_of_objects", frames.list_of_objects, paths=("native",)),
    Engine("list_of_tuples", frames.list_of_tuples, paths=("native",)),
]


def of_files(name: str, make: Callable[[Table], Any], unheld: Callable[[Table], str] = _nothing) -> Engine:
    """An engine that reads files in batches: rows of several files are never side by side."""
    return Engine(name, make, {}, unheld, paths=("native",), wide=True, other_made=frames.polars_eager)


FILES = [
    of_files("parquet_file", written.parquet_file),
    of_files("parquet_folder", written.parquet_folder),
    of_files("parquet_dataset", written.parquet_dataset),
    of_files("arrow_files", written.arrow_files),
    of_files("csv_file", written.csv_file, written.unwritable),
    Engine(
        "scanned_parquet", written.scanned_parquet, paths=("native",), wide=True, options={"streaming": True}
    ),
]
OF_ROWS = (*(row.name for row in OF_ORDER), "decreasing of float", "decreasing of int")
NO_ORDER = dict.fromkeys(OF_ROWS, "order")
NO_PYTHON = NO_ORDER | {"pattern of any case": "its library does not read"}


def elsewhere_made(
    name: str, make: Callable[[Table], Any], cannot: Mapping[str, str] = NO_PYTHON, **more: Any
) -> Engine:
    """An engine whose rows have no order; of the rules that fail no rows are asked for, which are queries."""
    return Engine(
        name, make, cannot, paths=("native",), wide=True, ordered=False, options={"rows": 0}, **more
    )


ELSEWHERE = [
    elsewhere_made("duckdb_relation", elsewhere.duckdb_relation),
    elsewhere_made("dask_arrow", elsewhere.dask_arrow, NO_ORDER),
    elsewhere_made("dask_numpy", elsewhere.dask_numpy, NO_ORDER, unheld=elsewhere.made_text_by_dask),
    elsewhere_made(
        "spark_frame",
        elsewhere.spark_frame,
        unheld=elsewhere.unknown_to_spark,
        # The floor of a float is a whole number there, and a whole zero has no sign.
        lacks=frozenset({"/ by a zero with a sign"}),
        marks=(
            pytest.mark.slow,
            pytest.mark.spark,
            pytest.mark.skipif(elsewhere.no_spark(), reason="no PySpark, or no Java 17 for it"),
        ),
    ),
]
MAIN = frozenset(
    {
        "polars_eager",
        "polars_lazy",
        "pandas_numpy",
        "pandas_arrow",
        "pandas_objects",
        "arrow_table",
        "numpy_structured",
        "list_of_dicts",
        "parquet_folder",
        "csv_file",
    }
)
"""The engines that every run of the tests asks; the others are variations, asked with `-m slow`."""
ENGINES: dict[str, Engine] = {engine.name: engine for engine in (*LOCAL, *ARROW, *PLAIN, *FILES, *ELSEWHERE)}
