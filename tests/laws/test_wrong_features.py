"""Each wrong feature is refuted by the law that is about its mistake, for the reason that is its mistake."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.laws.gathered import wrong_features
from tests.laws.reports import report_of
from typedml.laws import Failure
from typedml.laws.catalogue import CATALOGUE

Feature = Callable[..., Any]
WRONG = wrong_features()
CASES = [pytest.param(*row, id=row[0].__name__) for row in WRONG]


@pytest.mark.parametrize(("feature", "law", "word"), CASES)
def test_a_wrong_feature_is_refuted_by_its_law(feature: Feature, law: str, word: str) -> None:
    failure = found(feature, law)
    assert word in failure.message, failure.message
    assert failure.rows <= 3


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
@pytest.mark.parametrize(("feature", "law", "word"), CASES)
def test_another_seed_refutes_it_too(feature: Feature, law: str, word: str, seed: int) -> None:
    failure = found(feature, law, seed=seed)
    assert word in failure.message, failure.message
    assert failure.rows <= 3


def test_every_law_refutes_at_least_three_wrong_features() -> None:
    laws = [law for _, law, _ in WRONG]
    assert {law.name: laws.count(law.name) >= 3 for law in CATALOGUE} == dict.fromkeys(
        (law.name for law in CATALOGUE), True
    )


def found(feature: Feature, law: str, seed: int = 0) -> Failure:
    report = report_of(feature, seed=seed)
    failures = [failure for failure in report.failures if failure.law == law]
    assert failures, str(report)
    return failures[0]
