"""The flights of New York on the bundled extract: validation, features and their laws."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import arrays
import compute
import features
import frames
import frames_polars
import joins
import learned
import numpy as np
import pandas as pd
import pytest
import run
import windows
from schemas import Airport, ClockHour, Flight, LookUps, Miles, Minutes, Mph, Weather
from tables import pandas_table, polars_table

from typedml.cli.demo import DATA
from typedml.laws import check_laws

EXTRACT = DATA / "extract"
MODULES = (features, frames, frames_polars, windows, joins, arrays, learned)

# What the real rows of the extract break, and in how many of them.
BROKEN = {
    "Flight": {},
    "StationHour": {("wind_speed", "le"): 1},
    "ClockHour": {("wind_speed", "le"): 1, (None, "key"): 6},
    "Airport": {
        ("lat", "le"): 1,
        ("tz", "le"): 2,
        ("tzone", "null"): 1,
        (None, "lies_in_the_west"): 3,
    },
}


@pytest.fixture(scope="module")
def checks() -> dict[str, tuple[run.Outcome, run.Outcome]]:
    return {entry.schema.__name__: (pandas, polars) for entry, pandas, polars in run.check_all(EXTRACT)}


@pytest.mark.parametrize("schema", BROKEN)
def test_the_extract_breaks_the_rules_that_it_was_cut_for_and_no_others(
    checks: dict[str, tuple[run.Outcome, run.Outcome]], schema: str
) -> None:
    pandas, _ = checks[schema]
    assert run.violations(pandas.report) == BROKEN[schema]


@pytest.mark.parametrize("schema", BROKEN)
def test_pandas_and_polars_count_the_same(
    checks: dict[str, tuple[run.Outcome, run.Outcome]], schema: str
) -> None:
    pandas, polars = checks[schema]
    assert dict(pandas.report.counts) == dict(polars.report.counts)
    assert pandas.report.rows == polars.report.rows > 70


def test_a_wrong_column_of_the_flights_is_noticed_on_both_libraries() -> None:
    pandas = pandas_table(EXTRACT, "flights").assign(distance=-1.0)
    polars = polars_table(EXTRACT, "flights").with_columns(distance=-1.0)
    for frame in (pandas, polars):
        assert Flight.check(frame).counts["distance", "gt"] == len(frame) == 331


def test_splitting_the_weather_sets_the_wind_of_1048_mph_aside() -> None:
    weather = pandas_table(EXTRACT, "weather")
    good, bad = Weather.split(weather)
    assert len(good) + len(bad) == len(weather)
    assert bad["wind_speed"].tolist() == [1048.36058]
    assert good["wind_speed"].max() < 100


def test_the_hour_that_the_clock_shows_twice_is_no_key() -> None:
    report = ClockHour.check(pandas_table(EXTRACT, "weather"))
    (failure,) = (each for each in report.failures if each.rule == "key")
    assert failure.count == 6
    assert failure.rows[0].values == {"origin": "EWR", "month": 11, "day": 3, "hour": 1}


def test_what_cannot_be_looked_up_is_named() -> None:
    flights = pandas_table(EXTRACT, "flights")
    references = {Airport: pandas_table(EXTRACT, "airports"), Weather: pandas_table(EXTRACT, "weather")}
    report = LookUps.check(flights, references=references)
    missing = {failure.rule: failure.count for failure in report.failures}
    assert missing == {"references Airport (dest)": 4}
    assert [each.because for each in report.not_run] == ["no frame of Plane was handed in"]


def test_misplaced_airports_are_named() -> None:
    report = Airport.check(pandas_table(EXTRACT, "airports"))
    (failure,) = (each for each in report.failures if each.rule == "lies_in_the_west")
    assert sorted(str(row.keys["faa"]) for row in failure.rows) == ["DVT", "EEN", "MYF"]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (features.ground_speed(529.0, 90.0), 352.667),
        (features.made_up_time(6.0, 15.0), -9.0),
        (features.since_midnight(1745), 1065.0),
        (features.since_midnight(2400), 1440.0),
        (features.central_angle(0.0, 0.0, 0.0, 90.0), math.pi / 2),
        (features.central_angle(90.0, 0.0, -90.0, 0.0), math.pi),
        (features.great_circle(math.pi, earth_radius=100.0), 314.159),
        (features.detour(2454.0, 2451.5), 2.5),
        (features.course(40.0, -74.0, 41.0, -74.0), 0.0),
        (features.course(0.0, 0.0, 0.0, -1.0), 270.0),
        (features.headwind(20.0, 270.0, 270.0), 20.0),
        (features.headwind(20.0, 90.0, 270.0), -20.0),
        (features.air_density(1013.25, 59.0), 1.22500),
        (features.dew_point_gap(50.0, 41.0), 9.0),
    ],
)
def test_a_feature_of_one_flight_has_its_known_value(found: float, expected: float) -> None:
    assert math.isclose(found, expected, rel_tol=1e-4, abs_tol=1e-9)


def test_an_arrival_is_late_from_the_cut_on() -> None:
    assert [features.is_late(delay, compute.LATE) for delay in (14.0, 15.0, 16.0)] == [False, True, True]


def test_recent_delay_looks_at_earlier_departures_of_the_same_carrier_only() -> None:
    flights = pd.DataFrame(
        {
            "carrier": ["UA", "EV", "UA", "UA"],
            "dep_delay": [10.0, 99.0, 20.0, 60.0],
            "arr_delay": [0.0, 0.0, 0.0, 0.0],
        }
    )
    found = frames.recent_delays(flights, window=2)
    assert found.isna().tolist() == [True, True, False, False]
    assert found.tolist()[2:] == [10.0, 15.0]


def test_late_shares_and_counts_are_the_same_on_pandas_and_on_polars() -> None:
    pandas, polars = pandas_table(EXTRACT, "flights"), polars_table(EXTRACT, "flights")
    shares = frames.late_shares(pandas, compute.LATE)
    assert shares.tolist() == frames_polars.late_shares(polars, compute.LATE).to_list()
    assert frames.hourly_departures(pandas).tolist() == frames_polars.hourly_departures(polars).to_list()
    speeds = frames.ground_speeds(pandas).dropna()
    assert speeds.tolist() == pytest.approx(frames_polars.ground_speeds(polars).drop_nulls().to_list())


@pytest.mark.parametrize(
    "function",
    [feature for module in MODULES for feature in module.FEATURES],
    ids=lambda function: f"{function.__module__}.{function.__name__}",
)
def test_every_law_of_every_feature_holds(function: Callable[..., Any]) -> None:
    report = check_laws(function)
    assert report.ok, [failure.message for failure in report.failures]


def test_a_speed_in_miles_per_minute_breaks_a_law() -> None:
    def ground_speed(distance: Miles, air_time: Minutes) -> Mph:
        return distance / air_time

    report = check_laws(ground_speed)
    assert "coherent" in {failure.law for failure in report.failures}


def test_the_example_runs_on_any_folder_of_tables(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(EXTRACT) == 0
    printed = capsys.readouterr().out
    assert "same counts on both" in printed
    assert "1048.36058" in printed
    assert "headwinds" in printed


@pytest.fixture(scope="module")
def data() -> compute.Data:
    return compute.read(EXTRACT)


def test_every_feature_is_computed_from_the_extract_and_has_values(data: compute.Data) -> None:
    found = {name: values.count() for name, _, values in compute.computed(data)}
    assert len(found) >= 50
    assert [name for name, count in found.items() if not count] == []


def test_the_delay_of_a_day_is_the_same_on_pandas_and_on_lazy_polars(data: compute.Data) -> None:
    pandas = windows.carrier_delays_of_a_day(data.flights)
    polars = frames_polars.with_delay_of_a_day(data.polars.lazy()).collect()["recent_delay"]
    assert pandas.tolist() == pytest.approx(polars.to_pandas().tolist(), nan_ok=True)


def test_the_delay_of_a_day_is_that_of_the_carrier_in_the_24_hours_before() -> None:
    moments = ["2013-02-11 06:00", "2013-02-12 05:59", "2013-02-12 06:00", "2013-02-12 06:00"]
    flights = pd.DataFrame(
        {
            "carrier": ["UA", "UA", "UA", "B6"],
            "departs": pd.to_datetime(moments, utc=True),
            "dep_delay": [10.0, 20.0, 99.0, 50.0],
        }
    )
    found = windows.carrier_delays_of_a_day(flights)
    assert found.tolist() == pytest.approx([np.nan, 10.0, 15.0, np.nan], nan_ok=True)


def test_what_is_known_of_an_aircraft_is_its_last_landing_before_the_departure() -> None:
    moments = pd.to_datetime(["2013-02-12 06:00", "2013-02-12 08:00", "2013-02-12 12:00"], utc=True)
    flights = pd.DataFrame(
        {
            "tailnum": ["N1AA", "N1AA", "N1AA"],
            "departs": moments,
            "landed": moments + pd.Timedelta("3h"),
            "arr_delay": [30.0, 5.0, -9.0],
        },
        index=[2, 0, 1],
    )
    assert windows.last_known_delays(flights).tolist() == pytest.approx([np.nan, np.nan, 5.0], nan_ok=True)


def test_a_rate_is_encoded_from_the_other_folds_only() -> None:
    flights = pd.DataFrame(
        {"carrier": ["UA", "UA", "UA", "B6"], "fold": [0, 0, 1, 1], "late": [True, False, True, False]}
    )
    rates = learned.carrier_late_rates(flights, smoothing=2)
    # To fold 0: UA was late once in one, of all the others half. To fold 1: UA once in two, B6 never seen.
    assert rates.tolist() == pytest.approx([(1 + 2 * 0.5) / 3] * 2 + [(1 + 2 * 0.5) / 4, 0.5])


def test_a_seat_is_as_late_as_the_flights_weighted_by_their_seats() -> None:
    flights = pd.DataFrame({"tailnum": ["N1AA", "N2BB", "N3CC"], "arr_delay": [10.0, 40.0, 99.0]})
    planes = pd.DataFrame({"tailnum": ["N1AA", "N2BB"], "seats": [200, 100]})
    assert joins.delay_of_a_seat(flights, planes) == pytest.approx(20.0)


def test_it_feels_as_cold_as_the_chart_of_the_weather_service_says() -> None:
    chart = pd.DataFrame({"temp": [40.0, 0.0, -40.0], "wind_speed": [5.0, 15.0, 60.0]})
    assert frames.wind_chills(chart).round().tolist() == [36.0, -19.0, -91.0]


def test_the_array_and_the_single_flight_agree(data: compute.Data) -> None:
    ends = [data.served[name].to_numpy(float) for name in compute.ENDS.split()]
    angles = [features.central_angle(*end) for end in zip(*ends, strict=True)]
    lat1, lon1, lat2, lon2 = ends
    found = arrays.great_circles(lat1, lon1, lat2, lon2)
    assert found.tolist() == pytest.approx([features.great_circle(angle) for angle in angles])


def test_a_table_that_is_not_there_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "airports.csv").write_bytes((EXTRACT / "airports.csv").read_bytes())
    assert [entry.table for entry, *_ in run.check_all(tmp_path)] == ["airports"]


def test_the_worst_delay_so_far_outlives_a_departure_without_one() -> None:
    moments = ["2013-02-11 06:00", "2013-02-11 07:00", "2013-02-11 08:00"]
    flights = pd.DataFrame(
        {
            "carrier": ["UA"] * 3,
            "departs": pd.to_datetime(moments, utc=True),
            "dep_delay": [10.0, np.nan, 20.0],
        }
    )
    assert windows.worst_delays_so_far(flights).tolist() == pytest.approx([np.nan, 10.0, 10.0], nan_ok=True)
