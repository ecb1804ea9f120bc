"""Generated programs get the verdict of the oracle from mypy, or there is a named reason."""

from __future__ import annotations

import pytest

from tests.differential.generate import generate
from tests.differential.run import Tally, campaign, judge

# Programs that the plugin once judged wrongly; tests/mypy/cases/differential.py has their essence.
REGRESSIONS = {
    "points added up in a loop that begins at zero": (7_000_164, 7_000_248, 7_001_194),
    "logits added up in a loop that begins at zero": (7_000_170, 7_000_316),
}


@pytest.fixture(scope="module")
def small() -> Tally:
    return campaign(1_500, seed=7)


def test_every_difference_has_a_reason(small: Tally) -> None:
    assert [(each.program.text, str(each)) for each in small.unexplained] == []


def test_a_third_to_two_thirds_of_the_programs_are_wrong(small: Tally) -> None:
    assert 1 / 3 < small.share_wrong < 2 / 3


def test_programs_are_deep_and_see_most_rows(small: Tally) -> None:
    assert small.depth >= 6
    assert small.share_hit > 0.6


def test_a_seed_always_gives_the_same_program() -> None:
    assert generate(11).text == generate(11).text
    assert generate(11).text != generate(12).text


@pytest.mark.parametrize("seeds", REGRESSIONS.values(), ids=REGRESSIONS)
def test_what_was_mended_stays_mended(seeds: tuple[int, ...]) -> None:
    tally = judge([generate(seed) for seed in seeds], Tally())
    assert tally.unexplained == []
    assert tally.differing == 0


def test_pint_and_the_transformations_agree_about_units(small: Tally) -> None:
    assert small.of_units > 100
    assert small.undecided == []


@pytest.mark.campaign
def test_a_hundred_thousand_programs_have_no_unexplained_difference() -> None:
    tally = campaign(100_000, seed=1)
    print(tally.text())
    assert tally.unexplained == []
    assert 1 / 3 < tally.share_wrong < 2 / 3
    assert tally.share_hit >= 0.95
