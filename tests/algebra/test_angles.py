"""Simple parts of pi are angles in radians, and numbers in every other unit."""

from __future__ import annotations

from math import e, nan, pi, tau

import pytest

from tests.algebra.shorthand import unit
from typedml.algebra.errors import UnitError
from typedml.algebra.flow import flow
from typedml.algebra.marking import mark
from typedml.algebra.meaning import Literal, Meaning
from typedml.algebra.mismatch import Mismatch, Reason
from typedml.algebra.registry import unit as registry_unit
from typedml.algebra.rules import combine


@pytest.mark.parametrize("value", [pi, -pi, tau, pi / 2, -pi / 4, 2 * pi / 3, pi / 180, 1.5 * pi, 10 * tau])
@pytest.mark.parametrize("op", ["+", "-", "%", "<", "=="])
def test_a_part_of_pi_is_an_angle_beside_one(value: float, op: str) -> None:
    assert isinstance(combine(op, unit("rad"), Literal(value)), Meaning)
    assert flow(Literal(value), unit("rad")) is None


@pytest.mark.parametrize("value", [1, 3.0, 3.14159, 180, 355 / 113, e, pi + 1, pi * 0.123456, 10**300, nan])
def test_any_other_number_is_none(value: float) -> None:
    assert not Literal(value).is_angle


def test_no_simple_fraction_is_taken_for_an_angle() -> None:
    values = [k / parts for parts in (1, 7, 60, 360, 1000) for k in range(1, 2000)]
    assert not [value for value in values if Literal(value).is_angle]


@pytest.mark.parametrize("name", ["deg", "rad/s", "km", "rad**2", "km*rad"])
def test_a_part_of_pi_says_nothing_beside_another_unit(name: str) -> None:
    found = combine("+", unit(name), Literal(pi))
    assert isinstance(found, Mismatch)
    assert found.reason is Reason.NUMBER_BESIDE_UNIT


@pytest.mark.parametrize(
    ("source", "target"), [("1", "deg"), ("percent", "rad"), ("km", "rad"), ("1", "rad/s")]
)
def test_only_a_plain_number_may_be_marked_as_an_angle_in_radians(source: str, target: str) -> None:
    assert mark(unit("1"), unit("rad")) is None
    assert isinstance(mark(unit(source), unit(target)), Mismatch)


@pytest.mark.parametrize(
    ("source", "target", "factor"),
    [
        ("newton*m*rad/s", "kW", 0.001),
        ("rpm", "1/s", 2 * pi / 60),
        ("1/s", "degree/s", 180 / pi),
        ("km*degree", "km", pi / 180),
    ],
)
def test_a_product_with_other_units_converts_whether_an_angle_is_in_it_or_not(
    source: str, target: str, factor: float
) -> None:
    assert float(registry_unit(source).ratio(registry_unit(target))) == pytest.approx(factor)


@pytest.mark.parametrize(
    ("source", "target"),
    [("radian", "1"), ("degree", "percent"), ("newton*rad/s", "kW")],
)
def test_an_angle_alone_or_beside_another_dimension_converts_to_nothing_else(
    source: str, target: str
) -> None:
    with pytest.raises(UnitError):
        registry_unit(source).ratio(registry_unit(target))
