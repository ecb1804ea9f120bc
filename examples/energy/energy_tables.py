"""Read the raw tables: Seattle's weather, hourly normals of two cities, Iowa's electricity, or from a folder.

The files are those of the installed package vega_datasets, as they stand; nothing of it is imported.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pandas as pd
import polars as pl

DAY = "%Y/%m/%d"
HOUR = "%Y/%m/%d %H:%M"
STATIONS = {"Seattle": ("seattle-temps.csv", HOUR), "San Francisco": ("sf-temps.csv", f"{HOUR}:%S")}


def installed_folder() -> Path:
    """Return the folder of the tables of the installed vega_datasets.

    Raises: FileNotFoundError where it is not installed.
    """
    spec = importlib.util.find_spec("vega_datasets")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("vega_datasets is not installed\nHint: pip install vega_datasets")
    return Path(spec.origin).parent / "_data"


def weather(folder: Path) -> pd.DataFrame:
    """Read Seattle's days, with their month, their place in the year, and whether the next day had rain."""
    days = pd.read_csv(folder / "seattle-weather.csv")
    days["date"] = pd.to_datetime(days["date"], format=DAY)
    days["month"] = days["date"].dt.month
    days["day_of_month"] = days["date"].dt.day
    days["rain_next"] = (days["precipitation"].shift(-1) > 0).astype(int)
    # The last day has no next one.
    return days.iloc[:-1]


def normals(folder: Path) -> pd.DataFrame:
    """Read the hourly normals of Seattle as one row for each day of the calendar."""
    hours = pd.read_csv(folder / "seattle-temps.csv")
    date = pd.to_datetime(hours["date"], format=HOUR)
    keys = [date.dt.month.rename("month"), date.dt.day.rename("day_of_month")]
    return hours["temp"].groupby(keys).mean().rename("normal").reset_index()


def hours(folder: Path) -> pl.DataFrame:
    """Read the hourly temperatures of both cities; they are on the clock of the Pacific coast."""
    read = [_station(folder, station, *source) for station, source in STATIONS.items()]
    return pl.concat(read).sort("station", "date")


def _station(folder: Path, station: str, file: str, form: str) -> pl.DataFrame:
    frame = pl.read_csv(folder / file).with_columns(pl.col("date").str.to_datetime(form, time_unit="us"))
    return frame.select(pl.lit(station).alias("station"), "date", "temp")


def generation(folder: Path) -> pl.DataFrame:
    """Read what Iowa generated in each year from each source, in gigawatt hours."""
    frame = pl.read_csv(folder / "iowa-electricity.csv")
    return frame.with_columns(
        pl.col("year").str.to_datetime("%Y-%m-%d", time_unit="us"), pl.col("net_generation").cast(pl.Float64)
    )


def grid_mix(folder: Path) -> pd.DataFrame:
    """Return the renewable share of each year, with the day on which the year was over and it was known."""
    table = generation(folder).pivot("source", index="year", values="net_generation")
    whole = pl.sum_horizontal(pl.col(pl.Float64))
    mix = table.select(
        published=pl.col("year").dt.offset_by("1y"),
        renewable=pl.col("Renewables") / whole,
    )
    return mix.sort("published").to_pandas()
