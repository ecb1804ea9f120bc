"""What a file says of its columns, for a reader that keeps the rows alone."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from typedml.boundary.carried.sayings import NOTHING, Sayings, from_arrow, from_table
from typedml.boundary.files import format_of


def said_in(path: Path) -> Sayings:
    """What a Parquet or Arrow file says; other formats say nothing.

    Without pyarrow what stands in the fields of a file cannot be read: then its own metadata speaks alone.
    """
    reader = _READERS.get((format_of(path).name, find_spec("pyarrow") is not None))
    return NOTHING if reader is None else reader(path)


def _parquet(path: Path) -> Sayings:
    import pyarrow.parquet

    with pyarrow.parquet.ParquetFile(path) as file:
        return from_arrow(file.schema_arrow, file.metadata.metadata)


def _parquet_of_polars(path: Path) -> Sayings:
    if find_spec("polars") is None:
        return NOTHING
    import polars

    found: dict[str, str] = polars.read_parquet_metadata(path)
    return from_table({name.encode(): text.encode() for name, text in found.items()})


def _arrow(path: Path) -> Sayings:
    import pyarrow

    with pyarrow.memory_map(str(path)) as source:
        return from_arrow(_schema(pyarrow, source))


def _schema(pyarrow: Any, source: Any) -> Any:
    try:
        return pyarrow.ipc.open_file(source).schema
    except pyarrow.ArrowInvalid:
        source.seek(0)
        return pyarrow.ipc.open_stream(source).schema


_READERS = {
    ("Parquet", True): _parquet,
    ("Parquet", False): _parquet_of_polars,
    ("Arrow", True): _arrow,
}
