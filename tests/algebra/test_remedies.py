"""The search for the one conversion that puts a product right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.algebra.shorthand import unit
from typedml.algebra.meaning import Meaning
from typedml.algebra.mismatch import Action
from typedml.algebra.remedies import remedy_for
from typedml.algebra.rules import combine

if TYPE_CHECKING:
    from typedml.algebra.remedies import Leaf

DISTANCE: Leaf = ("distance", unit("mile"), 1)
AIR_TIME: Leaf = ("air_time", unit("minute"), -1)


@pytest.mark.parametrize(
    ("got", "expected", "leaves", "text", "arguments"),
    [
        ("mile/minute", "mile/hour", [DISTANCE, AIR_TIME], "air_time", ("minute", "hour")),
        ("mile/minute", "mph", [DISTANCE, AIR_TIME], "air_time", ("minute", "hour")),
        ("mile/minute", "km/minute", [DISTANCE, AIR_TIME], "distance", ("mile", "km")),
        ("minute", "hour", [("air_time", unit("minute"), 1)], "air_time", ("minute", "hour")),
        ("m**2", "km**2", [("side", unit("m"), 2)], "side", ("m", "km")),
        ("mile/minute", "mile/hour", [], None, ("mile/minute", "mile/hour")),
        ("mile/minute", "km/hour", [DISTANCE, AIR_TIME], None, ("mile/minute", "km/hour")),
        ("degC", "degF", [("t", unit("degC"), 1)], None, ("degC", "degF")),
    ],
)
def test_one_named_operand_is_converted_else_the_whole(
    got: str, expected: str, leaves: list[Leaf], text: str | None, arguments: tuple[str, str]
) -> None:
    found = remedy_for(unit(got), unit(expected), leaves)
    assert found is not None
    assert (found.action, found.text, found.arguments) == (Action.CONVERT, text, arguments)
    assert found.result == unit(expected)


def test_the_remedy_really_leads_to_what_is_expected() -> None:
    got, expected = unit("mile/minute"), unit("mile/hour")
    found = remedy_for(got, expected, [DISTANCE, AIR_TIME])
    assert found is not None
    repaired = combine("/", unit("mile"), unit(found.arguments[1]))
    assert isinstance(repaired, Meaning)
    assert repaired == expected


def test_an_operand_on_the_wrong_side_of_the_bar_is_named() -> None:
    leaves: list[Leaf] = [DISTANCE, ("air_time", unit("minute"), 1)]
    found = remedy_for(unit("mile*minute"), unit("mile/minute"), leaves)
    assert found is not None
    assert (found.action, found.text, found.arguments) == (Action.FLIP, "air_time", ("divide",))
    inverted = remedy_for(unit("minute/mile"), unit("mile/minute"), [])
    assert inverted is not None
    assert inverted.arguments == ("invert",)


@pytest.mark.parametrize(
    ("got", "expected"), [("km", "hour"), ("km", "km"), ("click", "view"), ("degC", "delta_degC")]
)
def test_no_conversion_is_offered_where_there_is_none(got: str, expected: str) -> None:
    assert remedy_for(unit(got), unit(expected), [("x", unit(got), 1)]) is None
