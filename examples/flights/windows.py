"""Features that look back: for each flight what was known before it left, on pandas.

`departs` is when a flight is to leave; of the flight itself nothing is known by then but its schedule.
"""

import datetime as dt
from typing import Annotated

import pandas as pd
from frames import Delayed
from schemas import Movement

from typedml import COUNT, HOUR_OF_DAY, Past, Row, Unit, feature

Departures = Annotated["pd.Series[float]", COUNT, Unit("flight")]
Hours = Annotated["pd.Series[int]", HOUR_OF_DAY]
# The table of the worked examples: two days of an aircraft, and departures of others.
DAYS_AND_HOURS = [(1, 12), (2, 11), (2, 12), (2, 16), (2, 12), (2, 13)]
DAYS = {
    "carrier": ["UA", "B6", "UA", "UA", "UA", "UA"],
    "origin": ["JFK", "JFK", "JFK", "EWR", "JFK", "EWR"],
    "tailnum": ["N1AA", "N2BB", "N1AA", "N1AA", "N3CC", "N4DD"],
    "departs": [dt.datetime(2013, 7, day, hour, tzinfo=dt.UTC) for day, hour in DAYS_AND_HOURS],
    "landed": [dt.datetime(2013, 7, day, hour + 3, tzinfo=dt.UTC) for day, hour in DAYS_AND_HOURS],
    "dep_delay": [10.0, 50.0, 30.0, 99.0, 5.0, 40.0],
    "arr_delay": [-5.0, 40.0, 20.0, 90.0, 0.0, 35.0],
}
OUTCOMES = {"dep_delay": None, "arr_delay": None, "landed": None}


@feature(rows="each", scope=Row(), examples=[((DAYS,), [8, 7, 8, 12, 8, 9])])
def departure_hours(flights: Annotated[pd.DataFrame, Movement]) -> Hours:
    """Return the hour in which each flight is to leave, on the clock of New York."""
    return pd.to_datetime(flights["departs"], utc=True).dt.tz_convert("America/New_York").dt.hour


@feature(
    rows="each",
    scope=Past("departs", by="carrier", window="24h"),
    outcome=OUTCOMES,
    nulls="skip",
    examples=[((DAYS,), [None, None, 10.0, 25.0, 10.0, 17.5])],
)
def carrier_delays_of_a_day(flights: Annotated[pd.DataFrame, Movement]) -> Delayed:
    """Return the mean delay of the carrier's departures in the 24 hours before each flight."""
    ordered = flights.sort_values(["carrier", "departs"])
    recent = ordered.groupby("carrier").rolling("24h", on="departs", closed="left")
    means = recent["dep_delay"].mean().to_numpy()
    return pd.Series(means, index=ordered.index).reindex(flights.index)


@feature(
    rows="each",
    scope=Past("departs", by="origin", window="1h"),
    outcome=OUTCOMES,
    examples=[((DAYS,), [0, 0, 1, 0, 1, 0])],
)
def departures_of_an_hour(flights: Annotated[pd.DataFrame, Movement]) -> Departures:
    """Return how many flights were to leave the airport in the hour before each flight."""
    ordered = flights.sort_values(["origin", "departs"]).assign(flights=1.0)
    recent = ordered.groupby("origin").rolling("1h", on="departs", closed="left", min_periods=0)
    counts = recent["flights"].sum().to_numpy()
    return pd.Series(counts, index=ordered.index).reindex(flights.index)


@feature(
    rows="each",
    scope=Past("departs", by="tailnum"),
    outcome={"dep_delay": None, "arr_delay": "landed", "landed": "landed"},
    examples=[((DAYS,), [None, None, -5.0, 20.0, None, None])],
)
def last_known_delays(flights: Annotated[pd.DataFrame, Movement]) -> Delayed:
    """Return how late the same aircraft was when it last landed before each flight."""
    landed = flights.dropna(subset=["tailnum", "landed", "arr_delay"])
    known = landed.groupby(["landed", "tailnum"])["arr_delay"].max().reset_index()
    ordered = flights.sort_values("departs")
    found = pd.merge_asof(
        ordered[["tailnum", "departs"]], known, left_on="departs", right_on="landed", by="tailnum"
    )
    return pd.Series(found["arr_delay"].to_numpy(), index=ordered.index).reindex(flights.index)


@feature(
    rows="each",
    scope=Past("departs", by="carrier"),
    outcome=OUTCOMES,
    nulls="skip",
    examples=[((DAYS,), [None, None, 10.0, 40.0, 10.0, 30.0])],
)
def worst_delays_so_far(flights: Annotated[pd.DataFrame, Movement]) -> Delayed:
    """Return the longest delay that the carrier had with any departure before each flight."""
    worst = flights.groupby(["carrier", "departs"])["dep_delay"].max()
    so_far = worst.groupby("carrier").cummax().groupby("carrier").ffill()
    before = so_far.groupby("carrier").shift()
    places = pd.MultiIndex.from_frame(flights[["carrier", "departs"]])
    return pd.Series(before.reindex(places).to_numpy(), index=flights.index)


FEATURES = (
    departure_hours,
    carrier_delays_of_a_day,
    departures_of_an_hour,
    last_known_delays,
    worst_delays_so_far,
)
