"""Which numbers lead from one unit to another that people use, and which are how many there are of it."""

from __future__ import annotations

import math

import pytest

from typedml.algebra.customary import CUSTOMARY, reached, rounding
from typedml.algebra.registry import unit


@pytest.mark.parametrize("row", CUSTOMARY)
def test_the_units_of_a_row_are_of_one_dimension_and_all_others(row: str) -> None:
    units = [unit(name) for name in row.split()]
    assert len({each.dimension for each in units}) == 1
    assert len({*units}) == len(units)


@pytest.mark.parametrize(
    ("source", "factor", "target"),
    [
        ("hour", 60, "minute"),
        ("hour", 3600, "second"),
        ("minute", 1 / 60, "hour"),
        ("second", 1e3, "millisecond"),
        ("mile", 1.609344, "km"),
        ("mile", 1.609, "km"),
        ("inch", 25.4, "mm"),
        ("foot", 0.3048, "m"),
        ("kg", 2.20462, "pound"),
        ("radian", 180 / math.pi, "degree"),
        ("km/hour", 1 / 3.6, "m/s"),
        ("km/minute", 60, "km/hour"),
        ("click/hour", 24, "click/day"),
        ("m**2", 1e4, "cm**2"),
        ("year", 365, "day"),
        ("delta_degC", 1.8, "delta_degF"),
    ],
)
def test_a_known_factor_leads_to_its_unit(source: str, factor: float, target: str) -> None:
    found = reached(unit(source), factor, rounding(factor))
    assert found == unit(target)
    assert str(found) == target


@pytest.mark.parametrize(
    ("source", "factor"),
    [
        ("hour", 24),
        ("hour", 59),
        ("hour", 1 / 60),
        ("minute", 60.5),
        ("mile", 1.6),
        ("day", 1 / 7),
        ("m", 100),
        ("cm", 0.01),
        ("cm", 10),
        ("byte", 8),
        ("hour", 0),
        ("hour", -60),
        ("hour", math.inf),
        ("hour", math.nan),
        ("1", 60),
        ("percent", 100),
        ("click", 60),
        ("USD", 100),
        ("degC", 1.8),
        ("dBm", 30),
    ],
)
def test_other_numbers_lead_nowhere(source: str, factor: float) -> None:
    assert reached(unit(source), factor, rounding(factor)) is None


@pytest.mark.parametrize(
    ("number", "half"), [(1.609, 0.0005), (365, 0.5), (1e3, 0.0), (25, 0.0), (1.6, 0.0), (0.0, 0.0)]
)
def test_a_factor_may_be_off_by_half_of_its_last_digit(number: float, half: float) -> None:
    assert rounding(number) * abs(number) == pytest.approx(half)


def test_what_is_reached_is_the_same_whatever_was_asked_before() -> None:
    spelled, named = unit("km/hour"), unit("kph")
    assert spelled == named
    for _ in range(2):
        assert reached(named, 1 / 60) is None
        assert str(reached(spelled, 1 / 60)) == "km/minute"


@pytest.mark.parametrize("factor", [1e-310, 5e-324, 1e308, float("inf"), 0.0])
def test_a_factor_that_has_no_inverse_leads_nowhere(factor: float) -> None:
    assert reached(unit("hour"), factor) is None
