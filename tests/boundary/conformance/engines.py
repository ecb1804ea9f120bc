"""The engines of the matrix, a row each: how to make a frame, and what the engine cannot do.

A new engine is a new row. `cannot` says for a rule a part of the reason that the report has to give;
`unheld` says of a table why this library cannot hold it, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from tests.boundary.conformance import frames, written
from tests.boundary.conformance.frames import TYPES, Table


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
    wide: bool = False
    """True where a query is slow: the rules of a cell are asked together, of one table."""
    marks: tuple[Any, ...] = ()


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
FILES = [
    Engine("parquet_file", written.parquet_file, paths=("native",), wide=True),
    Engine("parquet_folder", written.parquet_folder, paths=("native",), wide=True),
    Engine("parquet_dataset", written.parquet_dataset, paths=("native",), wide=True),
    Engine(
        "scanned_parquet", written.scanned_parquet, paths=("native",), wide=True, options={"streaming": True}
    ),
    Engine("arrow_files", written.arrow_files, paths=("native",), wide=True),
    Engine("csv_file", written.csv_file, paths=("native",), wide=True, unheld=written.unwritable),
]
ENGINES: dict[str, Engine] = {engine.name: engine for engine in (*LOCAL, *ARROW, *PLAIN, *FILES)}
