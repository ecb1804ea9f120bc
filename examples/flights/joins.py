"""Features of several tables, on pandas: airports at both ends, aircraft, the weather that was known."""

import datetime as dt
from typing import Annotated

import arrays
import pandas as pd
from features import MINUTES
from frames import Temperatures
from schemas import Airport, Departure, Flown, Miles, Minutes, Plane, Route, StationHour

from typedml import BEARING, Row, Table, Unit, feature

Lengths = Annotated["pd.Series[float]", Unit("mile")]
Courses = Annotated["pd.Series[float]", BEARING]
# The tables of the worked examples.
WEST = {"origin": ["JFK", "JFK"], "dest": ["LAX", "SJU"]}
AIRPORTS = {"faa": ["LAX", "JFK"], "lat": [33.94, 40.64], "lon": [-118.41, -73.78]}
HOURS = {
    "origin": ["JFK", "JFK"],
    "time_hour": [dt.datetime(2013, 2, 12, hour, tzinfo=dt.UTC) for hour in (6, 12)],
}
MEASURED = {
    "origin": ["JFK", "JFK", "LGA"],
    "time_hour": [dt.datetime(2013, 2, 12, hour, tzinfo=dt.UTC) for hour in (5, 8, 6)],
    "temp": [40.0, 50.0, 99.0],
}
FLOWN = {"tailnum": ["N1AA", "N2BB", "N3CC", "N1AA"], "arr_delay": [10.0, 40.0, 99.0, None]}
SEATS = {"tailnum": ["N1AA", "N2BB", "N9ZZ"], "seats": [200, 100, 400]}
Ends = tuple[arrays.Latitudes, arrays.Longitudes, arrays.Latitudes, arrays.Longitudes]


@feature(rows="each", scope=Row(), examples=[((WEST, AIRPORTS), [2469.595847, None])])
def route_lengths(
    flights: Annotated[pd.DataFrame, Route],
    airports: Annotated[pd.DataFrame, Airport],
    earth_radius: Miles = 3958.8,
) -> Lengths:
    """Return the shortest way over ground of each flight; none where an airport is not known."""
    miles = arrays.great_circles(*_ends(flights, airports), earth_radius)
    return pd.Series(miles, index=flights.index)


@feature(rows="each", scope=Row(), examples=[((WEST, AIRPORTS), [273.841032, None])])
def route_courses(
    flights: Annotated[pd.DataFrame, Route], airports: Annotated[pd.DataFrame, Airport]
) -> Courses:
    """Return the direction in which the shortest way of each flight starts."""
    return pd.Series(arrays.courses(*_ends(flights, airports)), index=flights.index)


def _ends(flights: pd.DataFrame, airports: pd.DataFrame) -> Ends:
    """Return the latitude and longitude of where each flight starts, and of where it ends."""
    places = airports.set_index("faa")
    here, there = places.reindex(flights["origin"]), places.reindex(flights["dest"])
    return (
        here["lat"].to_numpy(),
        here["lon"].to_numpy(),
        there["lat"].to_numpy(),
        there["lon"].to_numpy(),
    )


@feature(
    rows="each", scope=Row(), asof={"weather": "time_hour"}, examples=[((HOURS, MEASURED), [40.0, None])]
)
def temperatures(
    flights: Annotated[pd.DataFrame, Departure], weather: Annotated[pd.DataFrame, StationHour]
) -> Temperatures:
    """Return the temperature last measured at the airport, at most three hours before each flight."""
    measured = weather.dropna(subset=["temp"]).sort_values("time_hour")
    ordered = flights.sort_values("time_hour")
    found = pd.merge_asof(
        ordered[["origin", "time_hour"]],
        measured[["origin", "time_hour", "temp"]],
        on="time_hour",
        by="origin",
        tolerance=pd.Timedelta("3h"),
    )
    return pd.Series(found["temp"].to_numpy(), index=ordered.index).reindex(flights.index)


@feature(rows="any", scope=Table(), nulls="skip", examples=[((FLOWN, SEATS), 20.0)])
def delay_of_a_seat(
    flights: Annotated[pd.DataFrame, Flown], planes: Annotated[pd.DataFrame, Plane]
) -> Minutes | None:
    """Return the mean arrival delay of a seat: a flight counts as often as its aircraft has seats.

    None where no aircraft is known.
    """
    arrived = flights.dropna(subset=["arr_delay"]).merge(planes[["tailnum", "seats"]], on="tailnum")
    if arrived.empty:
        return None
    seat_minutes = arrived["arr_delay"] * arrived["seats"]
    return MINUTES(float(seat_minutes.sum() / arrived["seats"].sum()))


FEATURES = (route_lengths, route_courses, temperatures, delay_of_a_seat)
