"""Right code is left alone: modules of numbers, with meanings, and each with one made wrong.

Three are from CPython (`statistics`, its normal distribution, `colorsys`), one is written after
`fractions`; the others do what small numeric packages do. What was refused at first though it was right
stands, as short as it gets, in `tests/mypy/cases/alarms.py`.
"""

from __future__ import annotations

import colorsys
import importlib
import math
import statistics
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent / "annotated"
DATA, OTHERS = [2.0, 3.5, 5.0, 4.0], [1.0, 2.0, 3.5, 2.0]
COLOUR = (0.2, 0.6, 0.4)


@dataclass(frozen=True)
class Case:
    """A module: what its functions say, what is known of it from elsewhere, and how to make it wrong."""

    name: str
    said: Callable[[Any], list[float]]
    known: list[float]
    right: str
    wrong: str


def _statistics(module: Any) -> list[float]:
    own = [getattr(module, name)(DATA) for name in ("fmean", "geometric_mean", "median", "variance", "stdev")]
    both = [module.covariance(DATA, OTHERS), module.correlation(DATA, OTHERS)]
    weighted = module.weighted_harmonic_mean(DATA, OTHERS)
    return [*own, *both, *module.linear_regression(DATA, OTHERS), weighted, *module.quantiles(DATA)]


def _known_statistics() -> list[float]:
    own = [
        getattr(statistics, name)(DATA) for name in ("fmean", "geometric_mean", "median", "variance", "stdev")
    ]
    both = [statistics.covariance(DATA, OTHERS), statistics.correlation(DATA, OTHERS)]
    weighted = statistics.harmonic_mean(DATA, OTHERS)
    return [
        *own,
        *both,
        *statistics.linear_regression(DATA, OTHERS),
        weighted,
        *statistics.quantiles(DATA),
    ]


def _normal(module: Any) -> list[float]:
    packet, wood = module.NormalDist(500.0, 5.0), module.NormalDist(800.0, 40.0)
    both = module.pallet(packet, wood)
    return [both.mean, both.stdev, packet.pdf(505.0), packet.cdf(505.0), packet.overlap(packet + 5.0)]


def _known_normal() -> list[float]:
    packet = statistics.NormalDist(500, 5)
    both = packet * 4 + statistics.NormalDist(800, 40) + 250
    return [both.mean, both.stdev, packet.pdf(505), packet.cdf(505), packet.overlap(packet + 5)]


def _colours(module: Any) -> list[float]:
    h, s, v = module.rgb_to_hsv(*COLOUR)
    hls = module.rgb_to_hls(*COLOUR)
    return [h, s, v, *hls, *module.hls_to_rgb(*hls), *module.hsv_to_rgb(h, s, v), *module.rgb_to_yiq(*COLOUR)]


def _gears(module: Any) -> list[float]:
    pairs = [module.Pair(module.Gear(12), module.Gear(36)), module.Pair(module.Gear(10), module.Gear(25))]
    pi = module.limit_denominator(Fraction(math.pi), 1000)
    closest = module.closest_pair(Fraction(7, 3), 10, 15)
    octave = module.cents(880.0, 440.0)
    return [
        float(module.train_ratio(pairs)),
        float(module.output_speed(pairs, Fraction(1500))),
        float(pi),
        closest.driver.teeth,
        octave,
        float(module.comma(Fraction(440))),
    ]


def _geodesy(module: Any) -> list[float]:
    oslo, rome = module.Place(59.91, 10.75, 23.0), module.Place(41.9, 12.5, 21.0)
    there = module.destination(oslo, module.initial_bearing(oslo, rome), module.haversine(oslo, rome))
    return [
        module.haversine(module.Place(0.0, 0.0), module.Place(0.0, 90.0)),
        module.cosine_distance(oslo, rome) / module.haversine(oslo, rome),
        there.latitude,
        there.longitude,
        module.zone_area(-90.0, 90.0),
        module.radius_at(90.0),
    ]


def _sun(module: Any) -> list[float]:
    site = module.Site(51.5, 0.0, 10.0, 0.2)
    noon = module.position(site, datetime(2024, 6, 20, 12, 2, tzinfo=UTC))
    rise = module.sunrise(site, date(2024, 3, 20))
    return [
        round(noon.elevation),
        round(noon.azimuth / 10),
        round(module.day_length(0.0, date(2024, 5, 1))),
        rise.hour,
        module.air_mass(30.0),
    ]


def _air(module: Any) -> list[float]:
    reading = module.Reading(25.0, 0.6)
    dew = module.dew_point(25.0, 0.6)
    return [
        round(dew, 1),
        module.humidity_from_dew_point(25.0, dew),
        round(module.density(reading), 2),
        module.cloud_base(25.0, 17.0),
        round(module.wind_chill(-10.0, 30.0)),
        module.smoothed([10.0, 20.0], 0.5)[-1],
        module.degree_days([10.0, 20.0]),
        round(module.heat_index((90.0 - 32.0) * 5 / 9, 0.7)),
    ]


def _loans(module: Any) -> list[float]:
    loan = module.Loan(Decimal(10_000), Decimal("0.06"), 12, date(2024, 1, 1))
    plan = list(loan.plan())
    return [
        float(loan.payment()),
        float(plan[0].interest),
        float(plan[-1].balance),
        float(sum(line.principal for line in plan)),
        module.future_value(100.0, 0.1, 2.0),
        module.present_value([-100.0, 60.5, 60.5], module.internal_rate([-100.0, 60.5, 60.5])),
        module.balances([100.0, 100.0], 0.1)[-1],
    ]


def _ratings(module: Any) -> list[float]:
    # The example of Glickman, "The Glicko system" (1995): 1464 and 151.4.
    others = [(1400.0, 30.0, 1.0), (1550.0, 100.0, 0.0), (1700.0, 300.0, 0.0)]
    games = [(module.Player("other", rating, rd), score) for rating, rd, score in others]
    after = module.glicko(module.Player("me", 1500.0, 200.0), games)
    even = module.updated(module.Player("a"), module.Player("b"), 1.0)
    return [round(after.rating), round(after.deviation, 1), module.expected(1900.0, 1500.0), even.rating]


def _tracking(module: Any) -> list[float]:
    filter_ = module.Kalman(0.0, 1.0, 0.0, 1.0)
    state = module.State(0.0, 0.0, 1.0, 0.0, 0.0).correct(2.0, 1.0)
    return [
        *module.moving_average([1.0, 3.0, 5.0], 2),
        module.exponential_average([1.0, 3.0], 0.5)[-1],
        filter_.update(1.0),
        filter_.variance,
        state.x,
        module.area([0.0, 2.0], 3.0),
        module.root_mean_square([3.0, 4.0]),
        module.Tracker(0.0, 1.0).update(3.0, 2.0)[0],
    ]


def _motion(module: Any) -> list[float]:
    shot = module.Vector.polar(20.0, math.radians(45))
    return [
        module.reach(shot),
        module.best_angle(20.0, 0.0),
        module.pendulum(1.0),
        module.wrapped(3 * math.pi / 2),
        *module.after_collision(1.0, 2.0, 1.0, 0.0),
        module.falling_speed(2.0),
        round(module.terminal_speed(80.0, 0.25), 2),
    ]


def _sensors(module: Any) -> list[float]:
    line = module.Line.through((0.5, 0.0), (4.5, 10.0))
    warm = module.Thermistor(10_000.0, 3950.0)
    return [
        line(2.5),
        module.Line.fitted([0.5, 4.5], [0.0, 10.0]).slope,
        warm.temperature(10_000.0),
        warm.temperature(warm.resistance(60.0)),
        module.code_of(module.volts_of(1000)),
        module.loop_share(12.0),
        module.parallel([100.0, 100.0]),
        module.interpolated({0.0: 10.0, 1.0: 20.0}, 0.25),
        module.gain(10.0, 1.0),
        module.alarms([20.0, 30.0, 40.0], 25.0),
    ]


CASES = (
    Case(
        "statistics_functions",
        _statistics,
        _known_statistics(),
        "    return sqrt(mss)\n\n\ndef _mean",
        "    return mss\n\n\ndef _mean",
    ),
    Case("statistics_normal", _normal, _known_normal(), "/ sqrt(tau * variance)", "/ (tau * variance)"),
    Case(
        "colour_systems",
        _colours,
        [
            *colorsys.rgb_to_hsv(*COLOUR),
            *colorsys.rgb_to_hls(*COLOUR),
            *COLOUR,
            *COLOUR,
            *colorsys.rgb_to_yiq(*COLOUR),
        ],
        "return _hue(r, g, b), SATURATION(s), v",
        "return SATURATION(s), _hue(r, g, b), v",
    ),
    Case(
        "gear_ratios",
        _gears,
        [7.5, 200.0, 355 / 113, 10, 1200.0, 3**12 / 2**19],
        "return torque * train_ratio(pairs)",
        "return train_ratio(pairs)",
    ),
    Case(
        "geodesy",
        _geodesy,
        [math.pi / 2 * 6_371_008.8, 1.0, 41.9, 12.5, 4 * math.pi * 6371.0088**2, 6_356_752.314245],
        "math.sin(dphi / 2) ** 2 +",
        "math.sin(b.latitude - a.latitude) ** 2 +",
    ),
    Case(
        "solar_position",
        _sun,
        [62, 18, 12, 6, 2.0],
        "shift = (longitude - meridian) / EARTH_TURN",
        "shift = (longitude - meridian) * EARTH_TURN",
    ),
    Case(
        "humid_air",
        _air,
        [16.7, 0.6, 1.18, 1000.0, -20, 15.0, 8.0, 41],
        "above = t - FREEZING\n    gamma",
        "above = t\n    gamma",
    ),
    Case(
        "loans",
        _loans,
        [860.66, 50.0, 0.0, 10_000.0, 121.0, 0.0, 210.0],
        "interest = rounded(balance * self.monthly_rate)",
        "interest = rounded(balance * self.rate)",
    ),
    Case(
        "ratings",
        _ratings,
        [1464, 151.4, 10 / 11, 1516.0],
        "return START + mean + SPREAD",
        "return START + SPREAD + START",
    ),
    Case(
        "tracking",
        _tracking,
        [1.0, 2.0, 4.0, 2.0, 0.5, 0.5, 1.0, 3.0, math.sqrt(12.5), 2.5],
        "self.speed += self.beta * residual / step",
        "self.speed += self.beta * residual",
    ),
    Case(
        "motion",
        _motion,
        [400 / 9.80665, math.pi / 4, 2.006409, -math.pi / 2, 0.0, 2.0, 19.6133, 56.02],
        "return math.tau * math.sqrt(mass / spring)",
        "return math.tau * math.sqrt(spring / mass)",
    ),
    Case(
        "calibration",
        _sensors,
        [5.0, 2.5, 25.0, 60.0, 1000, 0.5, 50.0, 12.5, 20.0, 2],
        'return convert(1 / inverse, "kelvin", "degC")',
        "return 1 / inverse",
    ),
)

each_module = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What mypy says of all modules, and of all with something wrong, in one run: errors by file."""
    folder = tmp_path_factory.mktemp("annotated")
    (folder / "mypy.ini").write_text("[mypy]\nplugins = typedml.mypy\nstrict = True\n", encoding="utf-8")
    for case in CASES:
        text = (HERE / f"{case.name}.py").read_text(encoding="utf-8")
        (folder / f"{case.name}.py").write_text(text, encoding="utf-8")
        mutated = text.replace(case.right, case.wrong)
        (folder / f"{case.name}_wrong.py").write_text(mutated, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--no-incremental", "--no-error-summary", "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=240)
    assert not done.stderr
    errors = [row for row in done.stdout.splitlines() if ": error: " in row]
    return {
        f"{case.name}{twin}": [row for row in errors if row.startswith(f"{case.name}{twin}.py:")]
        for case in CASES
        for twin in ("", "_wrong")
    }


def test_every_module_of_the_folder_is_a_case() -> None:
    assert sorted(path.stem for path in HERE.glob("*.py")) == sorted(case.name for case in CASES)


@each_module
def test_a_module_is_right(case: Case) -> None:
    module = importlib.import_module(f"tests.quality.annotated.{case.name}")
    assert [float(each) for each in case.said(module)] == pytest.approx(case.known, rel=1e-6, abs=1e-9)


@each_module
def test_nothing_is_said_of_a_right_module(case: Case, said: dict[str, list[str]]) -> None:
    assert said[case.name] == []


@each_module
def test_what_is_wrong_in_a_module_is_refused(case: Case, said: dict[str, list[str]]) -> None:
    assert (HERE / f"{case.name}.py").read_text(encoding="utf-8").count(case.right) == 1
    assert any("[typedml-" in row for row in said[f"{case.name}_wrong"])
