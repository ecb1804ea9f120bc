"""How much memory a check of 10,000,000 rows takes beyond the frame itself.

Each kind of frame is read from a file and checked in a process of its own, with allocators that give memory
back at once: what the process holds before the check, and the most that it holds during it, differ by that
check.
"""

import ctypes
import gc
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import Row, Unavailable
from benchmarks.flights import ORIGINS, TEXTS, Flight, is_taken
from benchmarks.measure import environment
from typedml import FeatureSchema, field

ROWS, QUICK_ROWS = 10_000_000, 1_000_000
BUDGET_MIB = 100.0
_GIVE_BACK = {
    "_RJEM_MALLOC_CONF": "dirty_decay_ms:0,muzzy_decay_ms:0",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "65536",
}


class Numbered(FeatureSchema):
    """Keys that lie far apart, in no order: neither a table nor the order settles whether they are unique."""

    number: int = field(unique=True)


SCHEMAS = {"flights": Flight, "integer keys": Numbered}


def rows() -> list[Row]:
    """Measure every kind of frame."""
    return _rows(ROWS)


def quick_rows() -> list[Row]:
    """The same with a tenth of the rows."""
    return _rows(QUICK_ROWS)


def _rows(size: int) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        _child("write", folder, str(size))
        asked = [(table, kind) for table in SCHEMAS for kind in READERS if is_taken(kind)]
        return [_row(table, kind, Path(folder, f"{table}.parquet"), size) for table, kind in asked]


def _row(table: str, kind: str, path: Path, size: int) -> Row:
    before, peak = json.loads(_child("check", table, kind, str(path)))
    return Row(
        what=f"{table}, {size:,} rows, {kind}: beyond the frame",
        measured=(peak - before) / 1024,
        unit="MiB",
        budget=BUDGET_MIB,
        note=f"the process held {before / 1024:,.0f} MiB before",
    )


def _child(*arguments: str) -> str:
    argv = [sys.executable, "-m", "benchmarks.boundary_memory", *arguments]
    env = environment() | _GIVE_BACK
    done = subprocess.run(argv, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unavailable(done.stderr.strip().splitlines()[-1])
    return done.stdout


def _write(folder: Path, size: int) -> None:
    import numpy as np
    import polars as pl

    rng = np.random.default_rng(0)
    air_time = rng.gamma(5.0, 30.0, size)
    air_time[::50] = np.nan
    digits = pl.col("flight").cast(pl.String).str.zfill(8)
    tail = pl.col("tailnum").cast(pl.String).str.zfill(5)
    flights = pl.DataFrame(
        {
            "flight": rng.permutation(size),
            "origin": pl.Series(rng.integers(0, 3, size)).replace_strict(range(3), ORIGINS),
            "tailnum": rng.integers(0, 4000, size),
            "distance": rng.gamma(3.0, 400.0, size) + 1.0,
            "air_time": air_time,
            "seats": rng.integers(20, 400, size),
            "p_late": rng.random(size),
            "hour": rng.integers(0, 24, size),
        }
    ).with_columns(
        pl.concat_str(pl.lit("F"), digits).alias("flight"), pl.concat_str(pl.lit("N"), tail).alias("tailnum")
    )
    flights.write_parquet(folder / "flights.parquet")
    pl.DataFrame({"number": rng.permutation(size) * 1_000_003}).write_parquet(folder / "integer keys.parquet")


def _read_polars(path: Path) -> Any:
    import polars as pl

    return pl.read_parquet(path)


def _read_arrow(path: Path) -> Any:
    import pyarrow.parquet

    return pyarrow.parquet.read_table(path)


def _read_pandas(path: Path) -> Any:
    return _read_arrow(path).to_pandas(split_blocks=True)


def _read_pandas_objects(path: Path) -> Any:
    frame = _read_arrow(path).to_pandas(split_blocks=True)
    return frame.astype(dict.fromkeys((name for name in TEXTS if name in frame), object))


READERS: dict[str, Callable[[Path], Any]] = {
    "polars": _read_polars,
    "pyarrow": _read_arrow,
    "pandas, Arrow strings": _read_pandas,
    "pandas, object strings": _read_pandas_objects,
}


def _measure(schema: type[FeatureSchema], frame: Any) -> tuple[int, int]:
    few = frame[:1000]
    schema.check(few)
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    # From here on the kernel keeps the most memory that the process holds at a time (man 5 proc).
    Path("/proc/self/clear_refs").write_text("5")
    before = _status("VmRSS")
    report = schema.check(frame)
    peak = _status("VmHWM")
    assert report.ok, report
    return before, peak


def _status(name: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    raise AssertionError(name)


if __name__ == "__main__":
    if sys.argv[1] == "write":
        _write(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        print(json.dumps(_measure(SCHEMAS[sys.argv[2]], READERS[sys.argv[3]](Path(sys.argv[4])))))
