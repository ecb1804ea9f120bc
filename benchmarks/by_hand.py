"""The rules of `benchmarks.flights` written by hand for one library each, as a careful engineer would.

Every function tells whether the table keeps all rules; none says which row breaks them.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from benchmarks.flights import ORIGINS

REQUIRED = ("flight", "origin", "tailnum", "distance", "seats", "p_late", "hour")


def polars(frame: Any, copies: Sequence[str] = ("",)) -> bool:
    """Count the failures of every rule in one select, run by the engine that is fastest at it.

    `copies` are what follows the names of the columns, where a table has them more than once.
    """
    aggregates = [
        each.alias(f"{each.meta.output_name()}{copy}") for copy in copies for each in _aggregates(copy)
    ]
    counts = frame.lazy().select(aggregates).collect(engine="in-memory").row(0, named=True)
    return not any(counts.values())


def _aggregates(copy: str) -> list[Any]:
    import polars as pl

    def column(name: str) -> Any:
        return pl.col(name + copy)

    nan = {name: column(name).is_nan().sum() for name in ("distance", "p_late")}
    return [
        *((column(name).null_count() + nan.get(name, 0)).alias(f"null {name}") for name in REQUIRED),
        (column("flight").n_unique() != pl.len()).alias("unique"),
        (~column("origin").is_in(list(ORIGINS))).sum().alias("isin"),
        (~column("tailnum").str.contains("^N[0-9]+$")).sum().alias("pattern"),
        (column("distance") <= 0).sum().alias("gt"),
        (column("air_time") <= 0).sum().alias("gt air_time"),
        (column("seats") < 0).sum().alias("count"),
        ((column("p_late") < 0) | (column("p_late") > 1)).sum().alias("probability"),
        (column("hour") < 0).sum().alias("ge"),
        (column("hour") > 23).sum().alias("le"),
    ]


def pandas(frame: Any) -> bool:
    """Ask pandas' own methods, one rule after the other."""
    failures = (
        frame[list(REQUIRED)].isna().sum().sum(),
        not frame["flight"].is_unique,
        (~frame["origin"].isin(ORIGINS)).sum(),
        (~frame["tailnum"].str.fullmatch("N[0-9]+")).sum(),
        (frame["distance"] <= 0).sum(),
        (frame["air_time"] <= 0).sum(),
        (frame["seats"] < 0).sum(),
        (~frame["p_late"].between(0, 1)).sum(),
        (frame["hour"] < 0).sum(),
        (frame["hour"] > 23).sum(),
    )
    return not any(failures)


def numpy(table: Any) -> bool:
    """Ask numpy for numbers, and Python's sets and regular expressions for text."""
    match = re.compile("N[0-9]+").fullmatch
    distance, p_late, hour = table["distance"], table["p_late"], table["hour"]
    return (
        len(set(table["flight"].tolist())) == len(table["flight"])
        and set(table["origin"].tolist()) <= set(ORIGINS)
        and all(name is not None and match(name) for name in table["tailnum"].tolist())
        and not (~(distance > 0)).any()
        and not (table["air_time"] <= 0).any()
        and not (table["seats"] < 0).any()
        and not (~((p_late >= 0) & (p_late <= 1))).any()
        and not ((hour < 0) | (hour > 23)).any()
    )


_DUCKDB = f"""
select count(*) = count(distinct flight)
   and count(*) = count(origin) and count(*) = count(tailnum) and count(*) = count(seats)
   and count(*) = count(hour) and count(*) = count(distance) and count(*) = count(p_late)
   and count(*) filter (origin not in {ORIGINS}) = 0
   and count(*) filter (not regexp_full_match(tailnum, 'N[0-9]+')) = 0
   and count(*) filter (distance <= 0 or isnan(distance)) = 0
   and count(*) filter (air_time <= 0) = 0
   and count(*) filter (seats < 0) = 0
   and count(*) filter (p_late < 0 or p_late > 1 or isnan(p_late)) = 0
   and count(*) filter (hour < 0 or hour > 23) = 0
from frame
"""


@cache
def _connection() -> Any:
    import duckdb as library

    return library.connect()


def duckdb(frame: Any) -> bool:
    """Ask one query over an Arrow table."""
    view = _connection().from_arrow(frame)
    return bool(view.query("frame", _DUCKDB).fetchall()[0][0])
