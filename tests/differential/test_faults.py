"""Each deliberate fault of the plugin is noticed by a small campaign."""

from __future__ import annotations

import pytest

from tests.differential.faults import FAULTS, Fault, put_in
from tests.differential.generate import Program, generate
from tests.differential.run import Tally, judge

PROGRAMS = 1_000
BATCH = 125


@pytest.fixture(scope="module")
def programs() -> list[Program]:
    found = [generate(7_000_000 + number) for number in range(PROGRAMS)]
    assert judge(found, Tally()).unexplained == []
    return found


@pytest.mark.campaign
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_noticed(fault: Fault, programs: list[Program]) -> None:
    # The first that notice it are enough.
    batches = (programs[start : start + BATCH] for start in range(0, PROGRAMS, BATCH))
    with put_in(fault):
        assert any(judge(batch, Tally()).unexplained for batch in batches)
