"""A Parquet file of 2.5 GB, checked in batches: CPU against decoding it, and the most memory held at a time.

The file is written first, into a folder for temporary files. Each contestant reads it in its own process:
one decodes all columns in batches and does nothing with them, the other checks every rule but uniqueness.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import Row, Unavailable
from benchmarks.flights import ORIGINS, Flight
from benchmarks.measure import environment

BYTES, QUICK_BYTES = 2_500_000_000, 100_000_000
GROUP = 1_000_000
BUDGET, BUDGET_MIB = 1.5, 300.0


class Leg(Flight):
    """A flight whose name may come again: exact uniqueness of a file is a step of its own."""

    flight: str


def rows() -> list[Row]:
    """Measure the large file, twice each."""
    return _rows(BYTES, rounds=2)


def quick_rows() -> list[Row]:
    """The same of a small file, once."""
    return _rows(QUICK_BYTES, rounds=1)


def _rows(size: int, rounds: int) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "flights.parquet")
        number = _write(path, size)
        seen = [(_child("decode", path), _child("check", path)) for _ in range(rounds)]
        exact = _child("unique", path)
    decoded, checked = ([pair[side] for pair in seen] for side in (0, 1))
    what = f"Parquet, {size / 1e9:.1f} GB, {number:,} rows"
    return [_cpu(what, checked, decoded), _memory(what, checked), *_exact(what, exact)]


Seen = tuple[float, float, float]


def _cpu(what: str, checked: list[Seen], decoded: list[Seen]) -> Row:
    times = sorted(cpu for cpu, _, _ in checked)
    return Row(
        what=f"{what}: check in batches",
        measured=times[0],
        unit="s CPU",
        spread=(times[len(times) // 2], times[-1]),
        wall=min(wall for _, wall, _ in checked),
        beside="decoding it",
        reference=min(cpu for cpu, _, _ in decoded),
        budget=BUDGET,
    )


def _memory(what: str, checked: list[Seen]) -> Row:
    peak = max(peak for _, _, peak in checked)
    return Row(what=f"{what}: most memory", measured=peak, unit="MiB", budget=BUDGET_MIB, note="the process")


def _exact(what: str, exact: Seen) -> list[Row]:
    cpu, wall, peak = exact
    note = f"spilled to disk; at most {peak:,.0f} MiB"
    return [Row(what=f"{what}: exact uniqueness too", measured=cpu, unit="s CPU", wall=wall, note=note)]


def _child(task: str, path: Path) -> Seen:
    argv = [sys.executable, "-m", "benchmarks.boundary_files", task, str(path)]
    done = subprocess.run(argv, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unavailable(done.stderr.strip().splitlines()[-1])
    cpu, wall, peak = json.loads(done.stdout)
    return cpu, wall, peak


def _write(path: Path, size: int) -> int:
    import pyarrow.parquet as parquet

    number = 0
    first = _group(0)
    with parquet.ParquetWriter(path, first.schema) as writer:
        while path.stat().st_size < size:
            writer.write_table(_group(number))
            number += 1
    return number * GROUP


def _group(number: int) -> Any:
    """A million flights of their own, as an Arrow table."""
    import numpy as np
    import polars as pl
    import pyarrow as pa

    rng = np.random.default_rng(number)
    air_time = rng.gamma(5.0, 30.0, GROUP)
    numbers = pl.Series(rng.permutation(GROUP) + number * GROUP).cast(pl.String).str.zfill(9)
    tails = pl.Series(rng.integers(0, 4000, GROUP)).cast(pl.String).str.zfill(5)
    return pa.table(
        {
            "flight": pl.select("F" + numbers).to_series().to_arrow(),
            "origin": pa.array(np.array(ORIGINS)[rng.integers(0, 3, GROUP)]),
            "tailnum": pl.select("N" + tails).to_series().to_arrow(),
            "distance": rng.gamma(3.0, 400.0, GROUP) + 1.0,
            "air_time": pa.array(air_time, mask=np.arange(GROUP) % 50 == 0),
            "seats": rng.integers(20, 400, GROUP),
            "p_late": rng.random(GROUP),
            "hour": rng.integers(0, 24, GROUP),
        }
    )


def _decode(path: Path) -> None:
    import pyarrow.parquet as parquet

    rows = 0
    for batch in parquet.ParquetFile(path, pre_buffer=False, buffer_size=1 << 20).iter_batches(1 << 16):
        rows += batch.num_rows


def _check(path: Path) -> None:
    report = Leg.check(path)
    assert report.ok, report


def _unique(path: Path) -> None:
    report = Flight.check(path)
    assert report.ok, report


TASKS = {"decode": _decode, "check": _check, "unique": _unique}


def _peak() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


if __name__ == "__main__":
    task = TASKS[sys.argv[1]]
    wall, cpu = time.perf_counter(), time.process_time()
    task(Path(sys.argv[2]))
    print(json.dumps([time.process_time() - cpu, time.perf_counter() - wall, _peak()]))
