"""The search with Hypothesis: it finds what few tables hold, makes it small, is silent on right code."""

from collections.abc import Callable
from typing import Annotated, Any

import pandas as pd
import pytest

from tests.laws.right_features import RIGHT, Flight, Minutes, late_share, mean_delay_by_carrier
from tests.laws.test_generated_tables import by_reference
from typedml import feature
from typedml.declare.declared import DeclaredFunction
from typedml.declare.reader import read
from typedml.laws.catalogue import applicable, law_named
from typedml.laws.feature import Feature
from typedml.laws.keeping import keeps
from typedml.laws.search import cases, search


def feature_of(function: Callable[..., Any]) -> Feature:
    declared = read(function)
    assert isinstance(declared, DeclaredFunction)
    return Feature(declared, function)


@feature(rows="any")
def rarely_ordered(flights: Annotated[pd.DataFrame, Flight]) -> Minutes:
    """Depends on the order of rows where four flights or more are of two carriers at most."""
    delays = flights["arr_delay"]
    alone = len(delays) >= 4 and flights["carrier"].nunique() <= 2
    return float(delays.iloc[0] if alone else delays.min())


def test_what_few_tables_hold_is_found_and_made_small() -> None:
    breach = search(feature_of(rarely_ordered), law_named("permute"), examples=60)
    assert breach is not None
    assert breach.sides[0].case.rows == 4


@pytest.mark.slow
def test_the_same_number_finds_the_same() -> None:
    first, again = (
        search(feature_of(rarely_ordered), law_named("permute"), examples=60, number=0) for _ in range(2)
    )
    assert first is not None
    assert again is not None
    tables = [[column.values.tolist() for column in side.sides[0].case.columns] for side in (first, again)]
    assert repr(tables[0]) == repr(tables[1])


def test_every_case_keeps_its_declaration() -> None:
    from hypothesis import given, settings

    @settings(max_examples=30, deadline=None)
    @given(cases(feature_of(by_reference).inputs))
    def check(case: Any) -> None:
        assert keeps(case)

    check()


@pytest.mark.parametrize("function", [late_share, mean_delay_by_carrier])
def test_nothing_is_found_in_a_right_feature(function: Callable[..., Any]) -> None:
    for law in ("scale", "permute", "range"):
        assert search(feature_of(function), law_named(law), examples=20) is None


@pytest.mark.campaign
@pytest.mark.parametrize("function", RIGHT)
def test_nothing_is_found_in_any_right_feature(function: Callable[..., Any]) -> None:
    found = feature_of(function)
    for name, wanting in applicable(found.declared).items():
        if wanting is None:
            assert search(found, law_named(name), examples=200) is None, name
