"""Weather, heating and electricity: the real tables, the features and their laws."""

import math
from collections.abc import Callable, Mapping
from typing import Any

import days
import energy_tables
import forecast
import house
import numpy as np
import pandas as pd
import polars as pl
import power
import pytest
import run_energy
import sky

from typedml.laws import check_laws

FOLDER = energy_tables.installed_folder()
ROWS = {"ObservedDay": 1_460, "Normal": 365, "Hour": 17_518, "Generation": 51, "Mix": 17}
FEATURES = [*house.FEATURES, *sky.FEATURES, *days.FEATURES, *power.FEATURES, *forecast.FEATURES]


@pytest.fixture(scope="module")
def reports() -> Mapping[str, Any]:
    return run_energy.check_all(FOLDER)


@pytest.mark.parametrize("schema", ROWS)
def test_every_table_has_all_its_rows(reports: Mapping[str, Any], schema: str) -> None:
    assert reports[schema].rows == ROWS[schema]


def test_47_days_are_called_rainy_without_rain_and_nothing_else_is_broken(reports: Mapping[str, Any]) -> None:
    broken = {
        (schema, *rule): n for schema, report in reports.items() for rule, n in report.counts.items() if n
    }
    assert broken == {("ObservedDay", None, "rain_is_measured"): 47}


def test_an_hour_of_the_spring_is_missing_at_both_stations() -> None:
    clock = set(energy_tables.hours(FOLDER)["date"])
    (missing,) = set(pl.datetime_range(min(clock), max(clock), "1h", eager=True)) - clock
    assert f"{missing:%d %B %H}" == "14 March 03"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (house.mean_temperature(4.0, 10.0), 7.0),
        (house.heating_degrees(7.0), 11.0),
        (house.heating_degrees(25.0), 0.0),
        (house.degree_day(4.0, 10.0), 11.0),
        (house.heat_loss(150.0, 20.0, 0.0), 3000.0),
        (house.heating_energy(3000.0, 24.0), 72.0),
        (house.bill(72.0, 0.25), 18.0),
        (house.least_work(100.0, 20.0, 0.0), 6.8224),
        (house.wind_power(10.0), 612.5),
        (house.hub_wind(5.0, 80.0), 6.7295),
        (house.saturation_pressure(25.0), 3.1678),
        (house.vapour_deficit(10.0, 20.0), 0.5552),
        (house.dry_on_both(0.5, 0.25), 0.375),
        (house.odds_of_rain(0.75), 3.0),
        (house.odds_of_rain(1.0), math.inf),
    ],
)
def test_a_feature_of_the_house_has_its_known_value(found: float, expected: float) -> None:
    assert found == pytest.approx(expected, rel=1e-4)


def test_the_sun_stands_as_in_the_examples_of_fao_56() -> None:
    """Example 8 and 9: 3 September (day 246) at 20 degrees south."""
    day, latitude = np.array([246]), np.array([-20.0])
    assert sky.declination(day) == pytest.approx(0.120, abs=1e-3)
    sunset = sky.sunset_angle(latitude, sky.declination(day))
    assert sunset == pytest.approx(1.527, abs=1e-3)
    assert sky.daylight(sunset) == pytest.approx(11.7, abs=0.05)
    assert sky.clear_sky_radiation(day, latitude) == pytest.approx(32.2, abs=0.1)


def test_the_sun_neither_rises_nor_sets_at_the_poles() -> None:
    sunset = sky.sunset_angle(np.array([90.0, -90.0]), np.array([0.4, 0.4]))
    assert sky.daylight(sunset).tolist() == [24.0, 0.0]


def test_a_week_of_rain_ends_with_its_day_in_whatever_order_the_rows_are() -> None:
    weather = energy_tables.weather(FOLDER).head(20).sample(frac=1.0, random_state=3)
    found = days.rain_last_week(weather)
    by_hand = [
        weather.loc[weather["date"].between(end - pd.Timedelta("6D"), end), "precipitation"].sum()
        for end in weather["date"]
    ]
    assert found.tolist() == pytest.approx(by_hand)


def test_a_dry_spell_ends_with_rain() -> None:
    frame = energy_tables.weather(FOLDER).head(6).assign(precipitation=[0.0, 5.0, 0.0, 0.0, 5.0, 0.0])
    assert days.dry_spell(frame, run_energy.WET).tolist() == [1, 0, 1, 2, 0, 1]


def test_the_shares_of_a_year_come_to_one() -> None:
    generation = energy_tables.generation(FOLDER)
    sums = (
        generation.with_columns(power.source_shares(generation).alias("share"))
        .group_by("year")
        .agg(pl.col("share").sum())
    )
    assert sums["share"].to_list() == pytest.approx([1.0] * 17)


def test_every_feature_of_the_real_data_has_plausible_values() -> None:
    median = {name: np.nanmedian(np.asarray(found, float)) for name, _, found in run_energy.computed(FOLDER)}
    assert len(median) >= 25
    assert 0.4 < median["wet_share"] < 0.45
    assert 11.5 < median["daylight"] < 12.5
    assert abs(median["warming"]) < 0.5
    assert 0.15 < median["brier_score"] < 0.22
    assert 45 < median["fahrenheit"] < 70
    assert 5 < median["station_days"] < 20


@pytest.mark.parametrize("function", FEATURES, ids=lambda each: f"{each.__module__}.{each.__name__}")
def test_every_law_of_every_feature_holds(function: Callable[..., Any]) -> None:
    report = check_laws(function)
    assert report.ok, [failure.message for failure in report.failures]


def test_the_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_energy.main(FOLDER) == 0
    assert "'rain_is_measured'): 47" in capsys.readouterr().out
