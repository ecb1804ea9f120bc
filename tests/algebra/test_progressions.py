"""Values at even steps are of what they begin and end with; steps are differences."""

from __future__ import annotations

import pytest

from tests.algebra.shorthand import read, told
from typedml.algebra.functions import apply
from typedml.algebra.kind import Sort, define_kind
from typedml.algebra.meaning import Meaning
from typedml.algebra.registry import unit
from typedml.algebra.strictness import Level

CALLS = """
arange(km, km, km) | km
arange(km, km, m) | UNITS_DIFFER
arange(km, km, s) | DIMENSIONS_DIFFER
arange(km, s, km) | DIMENSIONS_DIFFER
arange(km, km, 0.5) | NUMBER_BESIDE_UNIT
arange(km, km) | NUMBER_BESIDE_UNIT
arange(km) | NUMBER_BESIDE_UNIT
arange(0, km, km) | km
arange(km, km, ?) | UNKNOWN_BESIDE_UNIT
arange(0, 10, 2) | ?
arange(0, Count) | ?
arange(Count) | ?
range(click) | ?
range(click, view) | TAGS_DIFFER
range(Index, Index) | Index
range(Index, Count) | Index
range(Index, IndexFromOne) | KINDS_DIFFER
arange(0, Proportion, 0.1) | ?
arange(EpochMillis, EpochMillis, millisecond) | EpochMillis
arange(EpochMillis, EpochMillis, second) | UNITS_DIFFER
arange(EpochMillis, EpochSeconds, millisecond) | UNITS_DIFFER
arange(Celsius, Celsius, Celsius) | POINTS_ADDED
arange(Label, Label, 1) | UNORDERED
linspace(km, km, 100) | km
linspace(0, km, Count) | km
linspace(1, km, 100) | NUMBER_BESIDE_UNIT
linspace(km, m, 100) | UNITS_DIFFER
linspace(0, Probability, 100) | Probability
linspace(0.0, 1.0, 100) | ?
linspace(Celsius, Celsius, 100) | Celsius
linspace(Celsius, Fahrenheit, 100) | UNITS_DIFFER
linspace(Count, Count, 100) | 1
linspace(Index, Index, 100) | ?
linspace(Label, Label, 100) | UNORDERED
linspace(km) | ?
"""


@pytest.mark.parametrize("row", CALLS.strip().splitlines())
def test_a_progression_is_of_its_ends_and_its_step_is_a_difference(row: str) -> None:
    call, expected = row.split(" | ")
    name, _, arguments = call.rstrip(")").partition("(")
    assert told(apply(name, *map(read, arguments.split(", ")))) == expected


def test_a_kind_of_ones_own_is_stepped_through_as_ours_are() -> None:
    altitude = Meaning(define_kind("Altitude", sort=Sort.TORSOR, unit=unit("m"), range=(-500, 9000)))
    step = Meaning(None, unit("m"))
    assert apply("arange", altitude, altitude, step) == altitude
    assert told(apply("arange", altitude, altitude, altitude)) == "POINTS_ADDED"


def test_the_gradual_level_takes_a_plain_step() -> None:
    assert apply("arange", read("km"), read("km"), read("?"), level=Level.GRADUAL) == read("km")
