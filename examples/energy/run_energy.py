"""Validate the tables, list what the real data violates, compute the features.

python examples/energy/run_energy.py            # the installed vega_datasets
python examples/energy/run_energy.py FOLDER     # CSV files of the same form
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import days
import energy_tables
import forecast
import house
import numpy as np
import power
import sky
from energy_schemas import Generation, Height, Hour, Hours, Millimetres, Mix, Normal, ObservedDay

from typedml import Celsius, Fahrenheit, FeatureSchema, Threshold

if TYPE_CHECKING:
    from typedml.boundary import Report

# The weather service counts a day as wet from here on, in millimetres.
WET: Threshold[Millimetres] = 0.25
COLD: Threshold[Fahrenheit] = 40.0
SEATTLE = 47.45

CONDUCTANCE: house.WattsPerKelvin = 150.0
INSIDE: Celsius = 20.0
WHOLE_DAY: Hours = 24.0
PRICE: house.DollarsPerKilowattHour = 0.12
HUB: Height = 80.0


def tables(folder: Path) -> Mapping[type[FeatureSchema], Any]:
    """Read every table, each with the schema that it is to keep."""
    return {
        ObservedDay: energy_tables.weather(folder),
        Normal: energy_tables.normals(folder),
        Hour: energy_tables.hours(folder),
        Generation: energy_tables.generation(folder),
        Mix: energy_tables.grid_mix(folder),
    }


def check_all(folder: Path) -> Mapping[str, Report]:
    """Check every table against its schema."""
    return {schema.__name__: schema.check(frame) for schema, frame in tables(folder).items()}


def computed(folder: Path) -> Iterator[tuple[str, str, Any]]:
    """Compute every feature of the real tables: its name, its unit and its values."""
    weather, normals = energy_tables.weather(folder), energy_tables.normals(folder)
    train, test = weather[weather["date"] < "2015"], weather[weather["date"] >= "2015"]
    yield "degree_days", "delta_degC", days.degree_days(weather)
    yield "monthly_degree_days", "delta_degC", days.monthly_degree_days(weather)
    yield "wet_share", "", days.wet_share(weather, WET)
    yield "rain_last_week", "mm", days.rain_last_week(weather)
    yield "dry_spell", "day", days.dry_spell(weather, WET)
    yield "warming", "delta_degC", days.warming(weather)
    yield "monthly_anomalies", "delta_degC", days.monthly_anomalies(weather)
    yield "gaps_from_normal", "delta_degC", days.gaps_from_normal(weather, normals)
    yield "gaps_from_climate", "delta_degC", days.gaps_from_climate(train, test)
    yield "known_mix", "", days.known_mix(weather, energy_tables.grid_mix(folder))
    chance = forecast.rain_chances(train, test)
    yield "standard_winds", "", forecast.standard_winds(train, test)
    yield "rain_chances", "", chance
    happened, stated = test["rain_next"].to_numpy(), np.asarray(chance, dtype=np.float64)
    yield "brier_score", "", forecast.brier_score(happened, stated)
    yield from _of_the_sky(weather["date"].dt.day_of_year.to_numpy(), weather)
    yield from _of_the_house(weather)
    yield from _of_power(folder)


def _of_the_sky(day: Any, weather: Any) -> Iterator[tuple[str, str, Any]]:
    latitude = np.full(len(day), SEATTLE)
    least, greatest = weather["temp_min"].to_numpy(), weather["temp_max"].to_numpy()
    radiation = sky.clear_sky_radiation(day, latitude)
    yield "daylight", "hour", sky.daylight(sky.sunset_angle(latitude, sky.declination(day)))
    yield "clear_sky_radiation", "MJ/m**2/day", radiation
    yield "daily_swings", "delta_degC", sky.daily_swings(least, greatest)
    yield "evaporation", "mm/day", sky.evaporation(least, greatest, radiation)
    yield "gustiness", "", sky.gustiness(weather["wind"].to_numpy())
    yield "fahrenheit", "degF", sky.fahrenheit(greatest)


def _of_the_house(weather: Any) -> Iterator[tuple[str, str, Any]]:
    rows = list(weather[["temp_min", "temp_max", "wind"]].itertuples(index=False))
    power = [house.heat_loss(CONDUCTANCE, INSIDE, house.mean_temperature(low, high)) for low, high, _ in rows]
    yield "heat_loss", "W", power
    yield "bill", "USD", [house.bill(house.heating_energy(each, WHOLE_DAY), PRICE) for each in power]
    yield "vapour_deficit", "kPa", [house.vapour_deficit(low, high) for low, high, _ in rows]
    yield "wind_power", "W/m**2", [house.wind_power(house.hub_wind(wind, HUB)) for *_, wind in rows]


def _of_power(folder: Path) -> Iterator[tuple[str, str, Any]]:
    hours, generation = energy_tables.hours(folder), energy_tables.generation(folder)
    yield "mean_power", "MW", power.mean_power(generation)
    yield "source_shares", "", power.source_shares(generation)
    yield "growth", "percent", power.growth(generation).drop_nulls()
    yield "freezing_hours", "hour", power.freezing_hours(hours, COLD)
    yield "ramps", "delta_degF/hour", power.ramps(hours).drop_nulls()
    yield "station_days", "degC", power.station_days(hours.lazy()).collect()["mean"]


def main(folder: Path) -> int:
    """Run the whole example."""
    for name, report in check_all(folder).items():
        broken = {rule: count for rule, count in report.counts.items() if count}
        print(f"{name}: {report.rows:,} rows, {len(report.counts)} rules, {broken or 'every rule holds'}")
    print(f"\n{'feature':20} {'unit':16} {'values':>8} {'least':>9} {'median':>9} {'greatest':>9}")
    for name, unit, values in computed(folder):
        found = np.asarray(values, dtype=float)
        least, middle, greatest = np.nanquantile(found, (0, 0.5, 1))
        print(f"{name:20} {unit:16} {found.size:8,} {least:9.3g} {middle:9.3g} {greatest:9.3g}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else energy_tables.installed_folder()))
