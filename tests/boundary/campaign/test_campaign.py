"""Planted violations are found, none are invented, and a division loses no row: on polars and on pandas."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from tests.boundary.campaign.opinions import unlike
from tests.boundary.campaign.plant import plant
from tests.boundary.campaign.run import declared, judged, numbers
from tests.boundary.conformance.oracle import judge

PLANTED = {"null", "range", "integral", "gt", "ge", "lt", "le", "isin", "pattern", "unique", "increasing"}


def wrongly_judged(frames: int, seed: int) -> list[str]:
    return [
        f"frame {number}: {each}" for number in numbers(frames, seed) for each in judged(number).disagreements
    ]


def test_frames_with_planted_violations_are_judged_rightly() -> None:
    assert wrongly_judged(60, seed=0) == []


@pytest.mark.campaign
def test_many_frames_with_planted_violations_are_judged_rightly() -> None:
    assert wrongly_judged(3_000, seed=2) == []


def test_other_validators_count_the_same() -> None:
    assert [(number, each) for number in numbers(25, seed=4) for each in unlike(number)] == []


@pytest.mark.campaign
def test_other_validators_count_the_same_in_many_frames() -> None:
    assert [(number, each) for number in numbers(1_000, seed=5) for each in unlike(number)] == []


def test_a_clean_case_breaks_no_rule_and_a_planted_one_breaks_those_planted() -> None:
    planted: Counter[str] = Counter()
    for seed in range(300):
        random = Random(seed)
        made, _ = declared(seed)
        assert judge(made.spec, made.rows).ok
        bed = plant(random, made)
        found = judge(made.spec, bed.rows)
        assert [each for each in bed.planted if each[1] not in found.at[each[0]]] == []
        planted.update(rule for (_, rule), _ in bed.planted)
    assert PLANTED | {"null_fraction"} <= {*planted}
