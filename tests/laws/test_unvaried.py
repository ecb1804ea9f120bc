"""What gave one result in all tables is noted: the laws held of it, and say nothing."""

from typing import Annotated, Any

import pandas as pd
import pytest

from typedml import Category, FeatureSchema, Threshold, Unit, feature, field
from typedml.laws import check_laws

Km = Annotated[float, Unit("km")]
Flags = Annotated["pd.Series[bool]", None]


class Ride(FeatureSchema):
    """How far somebody went."""

    who: Category
    way: Km = field(ge=0)


Rides = Annotated[pd.DataFrame, Ride]
GUESTS = frozenset({"AA", "Bb"})


@feature(rows="each")
def of_guests_in_other_letters(rides: Rides, guests: frozenset[Category] = GUESTS) -> Flags:
    return rides["who"].isin({guest.lower() for guest in guests})


@feature(rows="each")
def of_guests(rides: Rides, guests: frozenset[Category] = GUESTS) -> Flags:
    return rides["who"].isin(guests)


@feature(rows="any")
def way_backwards(rides: Rides) -> Km:
    return float(rides["way"][rides["way"] < 0].sum())


@feature(rows="each")
def nothing_of_either_sign(rides: Rides) -> Annotated["pd.Series[float]", Unit("km")]:
    return rides["way"] * 0.0


@feature(examples=[((1e12 + 512.0, 1e12), 512.0), ((1e12 + 3.0, 1e12), 3.0)])
def way_beyond_as_shown(way: Km, most: Threshold[Km] = 1e12) -> Km:
    return max(way - most, 0.0)


@pytest.mark.parametrize(
    ("given", "noted"),
    [
        (of_guests_in_other_letters, "False in all 55"),
        (way_backwards, "0 in all 8"),
        (nothing_of_either_sign, "0 in all 55"),
        (of_guests, ""),
        (way_beyond_as_shown, ""),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_one_result_in_all_tables_is_noted(given: Any, noted: str) -> None:
    report = check_laws(given)
    assert report.ok, str(report)
    told = [note for note in report.notes if "tell nothing" in note]
    assert len(told) == bool(noted)
    assert noted in "".join(told)


def test_of_few_results_it_is_no_wonder_that_they_agree() -> None:
    assert not [note for note in check_laws(way_backwards, tables=4).notes if "tell nothing" in note]
