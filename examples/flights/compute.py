"""What each feature is computed from: the real tables, prepared once, and a row for every feature."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import arrays
import features
import frames
import frames_polars
import joins
import learned
import pandas as pd
import polars as pl
import windows
from schemas import Airport, ColdWind, Flown, Minutes, Plane, Route, Weather
from tables import pandas_table

from typedml import Threshold

# The Department of Transportation counts an arrival as late from here on.
LATE: Threshold[Minutes] = 15.0
FOLDS = 5
# From the gate to the runway and from the runway to the gate, which the data do not tell.
TAXI = pd.Timedelta("30min")
# What is served one by one: the departures from Newark on a day.
SERVED = "month == 2 and day == 12 and origin == 'EWR'"


class Data(NamedTuple):
    """The tables as features take them; `planes` and `seated` are None where a folder has no aircraft."""

    flights: pd.DataFrame
    routed: pd.DataFrame
    seated: pd.DataFrame | None
    arrived: pd.DataFrame
    served: pd.DataFrame
    weather: pd.DataFrame
    airports: pd.DataFrame
    planes: pd.DataFrame | None

    @property
    def learnt_from(self) -> pd.DataFrame:
        """The earlier half of the flights that arrived."""
        return self.arrived[: len(self.arrived) // 2]

    @property
    def later(self) -> pd.DataFrame:
        """The later half of the flights that arrived."""
        return self.arrived[len(self.arrived) // 2 :]

    @property
    def polars(self) -> pl.DataFrame:
        """The flights as polars has them."""
        return pl.from_pandas(self.flights)


def read(folder: Path) -> Data:
    """Read the tables of a folder and join what belongs together."""
    weather, _ = Weather.split(pandas_table(folder, "weather"))
    airports, _ = Airport.split(pandas_table(folder, "airports"))
    flights = _with_times(pandas_table(folder, "flights"))
    flights = flights.assign(course=joins.route_courses(flights, airports))
    arrived = flights.dropna(subset=["arr_delay", "air_time"])
    arrived = arrived.assign(late=arrived["arr_delay"] >= LATE, fold=arrived["flight"] % FOLDS)
    served = _with_ends(arrived.query(SERVED), airports)
    served = served.merge(weather, on=["origin", "time_hour"], suffixes=("", "_of_weather"))
    served = served.dropna(subset=["wind_dir", "pressure", "course"])
    routed, _ = Route.split(flights, references={Airport: airports})
    planes = _planes(folder)
    return Data(flights, routed, seated(flights, planes), arrived, served, weather, airports, planes)


def seated(flights: pd.DataFrame, planes: pd.DataFrame | None) -> pd.DataFrame | None:
    """Return the flights whose aircraft is in the register."""
    return None if planes is None else Flown.split(flights, references={Plane: planes})[0]


def _with_times(flights: pd.DataFrame) -> pd.DataFrame:
    """Return the flights as they were to leave, with the instants of departure and landing."""
    departs = flights["time_hour"] + pd.to_timedelta(flights["minute"], unit="min")
    under_way = flights["dep_delay"] + flights["air_time"]
    landed = departs + pd.to_timedelta(under_way, unit="min") + TAXI
    return flights.assign(departs=departs, landed=landed).sort_values("departs", kind="stable")


def _with_ends(flights: pd.DataFrame, airports: pd.DataFrame) -> pd.DataFrame:
    places = airports.set_index("faa")[["lat", "lon"]]
    there = flights.join(places, on="dest").join(places.add_suffix("_of_origin"), on="origin")
    return there.assign(shortest=joins.route_lengths(there, airports))


def _planes(folder: Path) -> pd.DataFrame | None:
    try:
        return pandas_table(folder, "planes")
    except FileNotFoundError:
        return None


class Whole(NamedTuple):
    """A feature of whole tables: its unit, and what it is called with."""

    unit: str
    function: Callable[..., Any]
    arguments: Callable[[Data], tuple[Any, ...]]


class OneByOne(NamedTuple):
    """A feature of one flight: its unit, and the columns of the flights that are served."""

    unit: str
    function: Callable[..., Any]
    columns: str


ENDS = "lat_of_origin lon_of_origin lat lon"
SERVED_FEATURES = (
    OneByOne("mile/hour", features.ground_speed, "distance air_time"),
    OneByOne("minute", features.made_up_time, "dep_delay arr_delay"),
    OneByOne("minute/hour", features.made_up_rate, "dep_delay arr_delay air_time"),
    OneByOne("minute", features.since_midnight, "sched_dep_time"),
    OneByOne("log odds", features.late_score, "dep_delay"),
    OneByOne("radian", features.central_angle, ENDS),
    OneByOne("mile", features.detour, "distance shortest"),
    OneByOne("degree", features.course, ENDS),
    OneByOne("mile/hour", features.headwind, "wind_speed wind_dir course"),
    OneByOne("kg/m**3", features.air_density, "pressure temp"),
    OneByOne("delta_degF", features.dew_point_gap, "temp dewp"),
)


def _columns(*names: str) -> Callable[[Data], tuple[Any, ...]]:
    return lambda data: tuple(data.served[name].to_numpy(float) for name in names)


def _scores(data: Data) -> tuple[Any, ...]:
    return (data.served["dep_delay"].map(features.late_score).to_numpy(),)


def _flights(data: Data) -> tuple[Any, ...]:
    return (data.flights,)


def _flights_and_cut(data: Data) -> tuple[Any, ...]:
    return data.flights, LATE


def _windy(data: Data) -> tuple[Any, ...]:
    return (data.served,)


def _weather(data: Data) -> tuple[Any, ...]:
    return (data.weather,)


def _cold(data: Data) -> tuple[Any, ...]:
    cold, _ = ColdWind.split(data.weather)
    return (cold,)


def _flights_and_airports(data: Data) -> tuple[Any, ...]:
    return data.routed, data.airports


def _learnt(data: Data) -> tuple[Any, ...]:
    return data.learnt_from, data.later


WHOLE_FEATURES = (
    Whole("mile/hour", frames.ground_speeds, _flights),
    Whole("minute", frames.made_up_times, _flights),
    Whole("of all", frames.late_share, _flights_and_cut),
    Whole("of each carrier", frames.late_shares, _flights_and_cut),
    Whole("of each hour", frames.on_time_shares, _flights_and_cut),
    Whole("mile/hour", frames.carrier_speeds, _flights),
    Whole("minute", frames.delay_spreads, _flights),
    Whole("minute", frames.delays_beyond_carrier, _flights),
    Whole("place", frames.places_in_the_queue, _flights),
    Whole("of all", frames.carrier_mix, _flights),
    Whole("flight", frames.hourly_departures, _flights),
    Whole("minute", frames.recent_delays, _flights),
    Whole("mile/hour", frames.headwinds, _windy),
    Whole("kg/m**3", frames.air_densities, _weather),
    Whole("delta_degF", frames.dew_point_gaps, _weather),
    Whole("degF", frames.wind_chills, _cold),
    Whole("hour", windows.departure_hours, _flights),
    Whole("minute", windows.carrier_delays_of_a_day, _flights),
    Whole("flight", windows.departures_of_an_hour, _flights),
    Whole("minute", windows.last_known_delays, _flights),
    Whole("minute", windows.worst_delays_so_far, _flights),
    Whole("mile", joins.route_lengths, _flights_and_airports),
    Whole("degree", joins.route_courses, _flights_and_airports),
    Whole("degF", joins.temperatures, lambda data: (data.flights, data.weather)),
    Whole("minute", joins.delay_of_a_seat, lambda data: (data.seated, data.planes)),
    Whole("mile", arrays.great_circles, _columns(*ENDS.split())),
    Whole("degree", arrays.courses, _columns(*ENDS.split())),
    Whole("mile/hour", arrays.crosswinds, _columns("wind_speed", "wind_dir", "course")),
    Whole("probability", arrays.late_chances, _scores),
    Whole("minute", arrays.delay_quantile, _columns("arr_delay")),
    Whole("deviation", learned.standard_distances, _learnt),
    Whole("minute", learned.complete_air_times, _learnt),
    Whole("of each carrier", learned.carrier_late_rates, lambda data: (data.arrived,)),
    Whole("probability", learned.late_chances, _learnt),
    Whole("mile/hour", frames_polars.ground_speeds, lambda data: (data.polars,)),
    Whole("minute", frames_polars.scheduled_minutes, lambda data: (data.polars,)),
    Whole("of each carrier", frames_polars.late_shares, lambda data: (data.polars, LATE)),
    Whole("mile/hour", frames_polars.carrier_speeds, lambda data: (data.polars.lazy(),)),
    Whole("flight", frames_polars.hourly_departures, lambda data: (data.polars,)),
    Whole("minute", frames_polars.with_delay_of_a_day, lambda data: (data.polars.lazy(),)),
)


def served(entry: OneByOne, data: Data) -> pd.Series[Any]:
    """Compute a feature of one flight for each of the flights that are served."""
    rows = data.served[entry.columns.split()].itertuples(index=False)
    return pd.Series([entry.function(*row) for row in rows])


def computed(data: Data) -> Iterator[tuple[str, str, pd.Series[Any]]]:
    """Compute every feature: its name, its unit and its values."""
    for one in SERVED_FEATURES:
        yield f"features.{one.function.__name__}", one.unit, served(one, data)
    for whole in WHOLE_FEATURES:
        given = whole.arguments(data)
        if all(argument is not None for argument in given):
            name = f"{whole.function.__module__}.{whole.function.__name__}"
            yield name, whole.unit, _values(whole.function(*given))


def _values(result: Any) -> pd.Series[Any]:
    """Return a result as one Series: of a frame its last column, which is the computed one."""
    if isinstance(result, pl.LazyFrame):
        result = result.collect()
    if isinstance(result, pl.DataFrame):
        result = result.to_series(-1)
    return pd.Series(result.to_pandas() if isinstance(result, pl.Series) else result)
