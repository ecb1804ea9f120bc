"""The table that boundaries are measured with: flights, clean, with bad rows, or with one planted failure."""

import sys
from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any

import numpy as np

from typedml import Count, FeatureSchema, Probability, Unit, field

BAD_SHARE = 1e-4
ORIGINS = ("EWR", "JFK", "LGA")
TEXTS = ("flight", "origin", "tailnum")
Miles = Annotated[float, Unit("mile")]
Minutes = Annotated[float, Unit("minute")]
Columns = Mapping[str, Any]


class Flight(FeatureSchema):
    """One flight that departed: eight columns, text and numbers, as tables are."""

    flight: str = field(unique=True)
    origin: str = field(isin=ORIGINS)
    tailnum: str = field(pattern="N[0-9]+")
    distance: Miles = field(gt=0)
    air_time: Minutes | None = field(gt=0)
    seats: Count
    p_late: Probability
    hour: int = field(ge=0, le=23)


def columns(rows: int, *, bad: bool = False) -> dict[str, Any]:
    """Return the columns of a table of flights; `bad` breaks a rule in three of 10,000 rows."""
    rng = np.random.default_rng(0)
    air_time = rng.gamma(5.0, 30.0, rows)
    air_time[::50] = np.nan
    made = {
        "flight": np.array([f"F{number:07d}" for number in rng.permutation(rows)], object),
        "origin": rng.choice(np.array(ORIGINS, object), rows),
        "tailnum": np.array([f"N{number:05d}" for number in rng.integers(0, 4000, rows)], object),
        "distance": rng.gamma(3.0, 400.0, rows) + 1.0,
        "air_time": air_time,
        "seats": rng.integers(20, 400, rows),
        "p_late": rng.random(rows),
        "hour": rng.integers(0, 24, rows),
    }
    if bad:
        step = int(1 / BAD_SHARE)
        made["distance"][::step], made["p_late"][1::step], made["origin"][2::step] = -1.0, 2.0, "XXX"
    return made


# One failure each: the column and the value that breaks it. A repeated flight is the first one's name.
PLANTED: dict[str, tuple[str, Any]] = {
    "unique": ("flight", "F0000000"),
    "isin": ("origin", "XXX"),
    "pattern": ("tailnum", "X00001"),
    "gt": ("distance", -1.0),
    "gt of a nullable": ("air_time", 0.0),
    "count": ("seats", -3),
    "probability": ("p_late", 2.0),
    "ge": ("hour", -1),
    "le": ("hour", 24),
    "null": ("origin", None),
    "NaN": ("p_late", np.nan),
}


def planted(failure: str, rows: int = 1000) -> dict[str, Any]:
    """Return the columns of a table that breaks one rule in one row (or two, of two equal names)."""
    made = columns(rows)
    column, value = PLANTED[failure]
    row = rows // 2
    if failure == "unique":
        row = 0 if made[column][0] != value else 1
    made[column][row] = value
    return made


def as_polars(table: Columns) -> Any:
    """Return the table as a polars frame; NaN stays NaN."""
    import polars as pl

    return pl.DataFrame(dict(table))


def as_arrow(table: Columns) -> Any:
    """Return the table as a pyarrow table; NaN stays NaN."""
    import pyarrow as pa

    return pa.table({name: pa.array(cells) for name, cells in table.items()})


def as_pandas(table: Columns) -> Any:
    """Return the table as a pandas frame whose text is kept by Arrow, as pandas 3 keeps it."""
    return as_pandas_objects(table).astype(dict.fromkeys(TEXTS, "str"))


def as_pandas_objects(table: Columns) -> Any:
    """Return the table as a pandas frame whose text is Python objects, as pandas 2 keeps it."""
    import pandas as pd

    return pd.DataFrame({name: pd.Series(cells, dtype=cells.dtype) for name, cells in table.items()})


def as_records(table: Columns) -> list[dict[str, Any]]:
    """Return the table as rows of Python values, None where one is missing."""
    lists = [cells.tolist() for cells in table.values()]
    rows = [dict(zip(table, row, strict=True)) for row in zip(*lists, strict=True)]
    for row in rows:
        if row["air_time"] != row["air_time"]:
            row["air_time"] = None
    return rows


FRAMES: dict[str, Callable[[Columns], Any]] = {
    "polars": as_polars,
    "pyarrow": as_arrow,
    "pandas, Arrow strings": as_pandas,
    "pandas, object strings": as_pandas_objects,
    "numpy columns": dict,
    "rows": as_records,
}


@cache
def is_taken(kind: str) -> bool:
    """Tell whether boundaries take this kind of frame; say so on standard error where they do not."""
    from typedml.boundary.report import FrameError

    try:
        return Flight.check(FRAMES[kind](columns(10))).ok
    except FrameError as refused:
        print(f"{kind}: not measured, {refused}", file=sys.stderr)
        return False
