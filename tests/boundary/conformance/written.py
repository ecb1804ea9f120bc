"""The same table as files: Parquet, Arrow and CSV, in one file or in several of two rows each."""

from __future__ import annotations

import csv
import datetime
import itertools
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.dataset
import pyarrow.feather
import pyarrow.parquet

from tests.boundary.conformance.frames import TYPES, Table, arrow_batch

_SCRATCH = tempfile.TemporaryDirectory(prefix="matrix")
_NUMBERS = itertools.count()
SPREAD = 2


def parquet_file(table: Table) -> Path:
    """One Parquet file, whose row groups have two rows."""
    path = _fresh() / "rows.parquet"
    pyarrow.parquet.write_table(pa.table(arrow_batch(table)), path, row_group_size=SPREAD)
    return path


def parquet_folder(table: Table) -> Path:
    """A folder of Parquet files of two rows each."""
    return _spread(table, ".parquet", pyarrow.parquet.write_table)


def parquet_dataset(table: Table) -> Any:
    """A dataset over such a folder."""
    return pyarrow.dataset.dataset(parquet_folder(table))


def scanned_parquet(table: Table) -> pl.LazyFrame:
    """A lazy polars frame that reads such a folder."""
    return pl.scan_parquet(parquet_folder(table))


def arrow_files(table: Table) -> list[Path]:
    """A list of Arrow files of two rows each."""
    folder = _spread(table, ".arrow", lambda part, path: pyarrow.feather.write_feather(part, str(path)))
    return sorted(folder.iterdir())


def csv_file(table: Table) -> Path:
    """One CSV file, where an empty cell is a missing value."""
    path = _fresh() / "rows.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(table)
        writer.writerows(
            zip(*([_text(cell) for cell in stored.cells] for stored in table.values()), strict=True)
        )
    return path


def unwritable(table: Table) -> str:
    """Why CSV cannot say what is in a table, or nothing."""
    for stored in table.values():
        base = TYPES[stored.type].base
        if base == "timedelta":
            return "CSV has no spans of time"
        if base == "str" and any(cell == "" for cell in stored.cells):
            return "an empty text in CSV is a missing value"
    return ""


def _fresh() -> Path:
    folder = Path(_SCRATCH.name, f"{next(_NUMBERS):06}")
    folder.mkdir()
    return folder


def _spread(table: Table, ending: str, write: Callable[[Any, Path], object]) -> Path:
    whole, folder = pa.table(arrow_batch(table)), _fresh()
    for start in range(0, max(whole.num_rows, 1), SPREAD):
        write(whole.slice(start, SPREAD), folder / f"part-{start}{ending}")
    return folder


def _text(cell: Any) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).lower()
        case datetime.datetime():
            return cell.isoformat(sep=" ")
    return str(cell)
