"""Files larger than memory, in a process of their own: how much memory and CPU they take beside reading."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

PROGRAM = """
import datetime, json, sys, time
from typing import Annotated
from typedml import Count, FeatureSchema, Probability, Unit, field
from typedml.boundary import check_files

class Flight(FeatureSchema):
    flight: str = field(unique=sys.argv[2] == "unique")
    distance: Annotated[float, Unit("mile")] = field(gt=0)
    air_time: Annotated[float, Unit("minute")] | None = field(gt=0, null_fraction=0.5)
    seats: Count
    p_late: Probability
    carrier: str = field(isin=["UA", "AA", "DL", "B6", "EV"])
    time: datetime.datetime = field(increasing=True)

import polars, pyarrow.parquet
begun = time.process_time()
if sys.argv[2] == "decode":
    file = pyarrow.parquet.ParquetFile(sys.argv[1], pre_buffer=False, buffer_size=1 << 20)
    names = [name for name in file.schema_arrow.names if name != "note"]
    rows = sum(batch.num_rows for batch in file.iter_batches(131_072, columns=names, use_threads=False))
    told = {"rows": rows, "failing": 0}
else:
    report = check_files(Flight, sys.argv[1])
    told = {"rows": report.rows, "failing": sum(report.counts.values())}
told["cpu"] = time.process_time() - begun
# `ru_maxrss` begins with what the process that started this one held.
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
told["mib"] = int(status["VmHWM"].split()[0]) / 1024
print(json.dumps(told))
"""


def generated(path: Path, rows: int) -> Path:
    """A file of flights, of which one in a million has no distance to speak of."""
    random, step = np.random.default_rng(1), min(rows, 1_000_000)
    writer = None
    for start in range(0, rows, step):
        distance = random.gamma(2, 500, step) + 1
        distance[0] = 0
        table = pa.table(
            {
                "flight": pa.array([f"F{number}" for number in range(start, start + step)]),
                "distance": distance,
                "air_time": pa.array(random.gamma(2, 80, step) + 1, mask=random.random(step) < 0.02),
                "seats": random.integers(0, 500, step),
                "p_late": random.random(step),
                "carrier": pa.array(np.array(["UA", "AA", "DL", "B6", "EV"])[random.integers(0, 5, step)]),
                "time": pa.array(np.arange(start, start + step).astype("M8[s]").astype("M8[us]")),
                "note": random.random(step),
            }
        )
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    assert writer is not None
    writer.close()
    return path


def run(path: Path, what: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path), what], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, float] = json.loads(done.stdout)
    return found


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = generated(tmp_path / "flights.parquet", 5_000_000)
    plain, unique = run(path, "plain"), run(path, "unique")
    assert (plain["rows"], plain["failing"]) == (5_000_000, 5)
    assert (unique["rows"], unique["failing"]) == (5_000_000, 5)
    assert plain["mib"] < 300
    assert unique["mib"] < 450


@pytest.mark.campaign
def test_a_parquet_file_of_two_and_a_half_gigabytes(tmp_path: Path) -> None:
    path = generated(tmp_path / "flights.parquet", 56_000_000)
    assert path.stat().st_size > 2.4e9
    decoded, judged = run(path, "decode"), run(path, "plain")
    print(
        f"decoded in {decoded['cpu']:.2f} s of CPU, judged in {judged['cpu']:.2f} s, {judged['mib']:.0f} MiB"
    )
    assert judged["failing"] == 56
    assert judged["mib"] < 300
    assert judged["cpu"] < 2.5 * decoded["cpu"]
