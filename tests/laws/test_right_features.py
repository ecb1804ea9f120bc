"""No law says a word about a right feature."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.laws.gathered import right_features
from tests.laws.reports import report_of
from typedml.laws import check_laws
from typedml.laws.catalogue import CATALOGUE

Feature = Callable[..., Any]
RIGHT = right_features()


def named(features: tuple[Feature, ...]) -> list[Any]:
    return [pytest.param(feature, id=feature.__name__) for feature in features]


@pytest.mark.parametrize("feature", named(RIGHT))
def test_a_right_feature_breaks_no_law(feature: Feature) -> None:
    report = report_of(feature)
    assert report.failures == (), str(report)
    assert len(report.checked) >= 2


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("feature", named(RIGHT))
def test_a_right_feature_breaks_no_law_on_a_hundred_tables(feature: Feature, seed: int) -> None:
    report = check_laws(feature, tables=100, seed=seed)
    assert report.failures == (), str(report)


def test_every_law_is_checked_on_several_right_features() -> None:
    checked = [law.law for feature in RIGHT for law in report_of(feature).checked]
    assert {law.name: checked.count(law.name) >= 3 for law in CATALOGUE} == dict.fromkeys(
        (law.name for law in CATALOGUE), True
    )
