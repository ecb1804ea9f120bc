"""The extract as pandas frames: files as they came, `NA` for a null."""

from pathlib import Path

import pandas as pd
from declared import Airport, Flight, Weather

from typedml import FeatureSchema, convert

EXTRACT = Path(__file__).parent / "extract"
SCHEMAS: dict[str, type[FeatureSchema]] = {"flights": Flight, "airports": Airport, "weather": Weather}


def read(table: str) -> pd.DataFrame:
    """Read one table of the extract."""
    frame = pd.read_csv(EXTRACT / f"{table}.csv", na_values=["NA"], keep_default_na=False)
    if "time_hour" in frame:
        frame["time_hour"] = pd.to_datetime(frame["time_hour"])
    return frame


def air() -> pd.DataFrame:
    """Return pressure and absolute temperature of the air, hour by hour."""
    weather = read("weather").dropna(subset=["pressure"])
    return pd.DataFrame({"pressure": weather["pressure"], "temp": convert(weather["temp"], "degF", "kelvin")})
