"""A hint names the operand that is at fault, and offers no step that was already taken."""

from __future__ import annotations

import pytest

from tests.algebra.shorthand import kind, unit
from typedml.algebra.conversion import converted
from typedml.algebra.flow import flow
from typedml.algebra.functions import apply
from typedml.algebra.meaning import Literal, Meaning, Operand
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.rules import combine
from typedml.messages import render


def refused(found: Operand | Mismatch | None) -> Mismatch:
    assert isinstance(found, Mismatch)
    return found


@pytest.mark.parametrize("function", ["min", "max", "hypot", "clip"])
def test_a_mismatch_of_many_operands_says_which_two_it_is_about(function: str) -> None:
    km, hour = unit("km"), unit("hour")
    assert refused(apply(function, km, km, hour)).positions == (0, 2)
    assert refused(apply(function, Literal(0.0), km, hour)).positions == (1, 2)
    assert refused(apply(function, km, hour, km)).positions == (0, 1)


def test_positions_outlive_another_name_and_another_remedy() -> None:
    found = refused(apply("max", unit("km"), unit("km"), unit("hour")))
    assert found.within("maximum").with_remedy(None).positions == (0, 2)
    assert found.towards(unit("m")).right == unit("m")
    assert found != found.at(0, 1)


@pytest.mark.parametrize(("left", "right", "named"), [("Weight", "Celsius", "b"), ("Celsius", "Weight", "a")])
def test_a_reference_is_subtracted_from_the_point(left: str, right: str, named: str) -> None:
    found = refused(combine("/", kind(left), kind(right)))
    hint = render(found, names=("a", "b")).hint
    assert hint.startswith(f'subtract a reference first: {named} - reference is "float[delta_degC]"')


@pytest.mark.parametrize(
    ("function", "given", "hint"),
    [
        ("radians", "Radians", 'r is in "radian" already: use it as it is'),
        ("degrees", "Degrees", 'r is in "degree" already: use it as it is'),
        ("rad2deg", "Latitude", 'r is in "degree" already: use it as it is'),
    ],
)
def test_an_angle_that_is_there_already_is_not_turned(function: str, given: str, hint: str) -> None:
    assert render(refused(apply(function, kind(given))), names=("r", None)).hint == hint


def test_an_angle_in_a_third_unit_is_converted_first() -> None:
    found = refused(apply("radians", unit("arcminute")))
    assert render(found, names=("r", None)).hint == (
        'convert(r, "arcminute", "degree") makes it "float[degree]"'
    )
    assert refused(apply("radians", unit("km"))).reason.name == "DIMENSIONS_DIFFER"


def test_a_conversion_from_the_wrong_unit_is_told_with_the_right_one() -> None:
    minute, hour = unit("minute").unit, unit("hour").unit
    found = refused(converted(unit("s"), minute, hour))
    assert render(found, names=("t", None)).hint == 'convert(t, "s", "hour") makes it "float[hour]"'


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ('convert(d, "km", "m")', 'convert to "km" at once, instead of to "m"'),
        ('typedml.convert(f(d), "km", "m")', 'convert to "km" at once, instead of to "m"'),
        (
            'convert(d, "km", "m") + convert(e, "km", "m")',
            'convert(convert(d, "km", "m") + convert(e, "km", "m"), "m", "km") makes it "float[km]"',
        ),
        ("converted(d)", 'convert(converted(d), "m", "km") makes it "float[km]"'),
        ("d", 'convert(d, "m", "km") makes it "float[km]"'),
    ],
)
def test_a_conversion_is_not_converted_again(source: str, hint: str) -> None:
    found = refused(flow(unit("m"), unit("km")))
    assert render(found, names=(source, None)).hint == hint


def test_a_marked_integer_stays_one() -> None:
    difference = combine("-", kind("Count"), kind("Count"))
    assert isinstance(difference, Meaning)
    found = refused(flow(difference, kind("Count")))
    hint = render(found, names=("a - b", None), carriers=("int", "int")).hint
    assert hint == 'COUNT(a - b) makes it "int[Count]" after checking that it is in [0, inf)'
