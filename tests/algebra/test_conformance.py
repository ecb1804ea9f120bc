"""What other systems of units say of the same cases: agreed with, decided otherwise, or answered elsewhere.

`conformance.py` executes the cases of `conformance.jsonl`, and `conformance_decisions.py` has the reasons.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.algebra.conformance import CASES, agrees, counts, report, verdict
from tests.algebra.conformance_decisions import BOUNDARY, DECISIONS, ELSEWHERE, GROUPS, STATIC
from typedml.algebra.meaning import Meaning

EXECUTED = [case for case in CASES if case["id"] not in ELSEWHERE]
IDS = {case["id"] for case in CASES}


@pytest.mark.parametrize("case", EXECUTED, ids=lambda case: case["id"])
def test_each_case_is_agreed_with_or_decided(case: dict[str, Any]) -> None:
    assert agrees(case) != (case["id"] in DECISIONS), (case, verdict(case))


def test_no_case_is_left_out() -> None:
    assert len(CASES) == len(IDS) == 284
    assert not DECISIONS.keys() & ELSEWHERE.keys()
    assert counts("system")["all"].total() == counts("family")["all"].total() == len(CASES)


def test_decisions_and_cases_for_other_layers_are_about_cases_and_give_reasons() -> None:
    assert DECISIONS.keys() | ELSEWHERE.keys() <= IDS
    assert sum(len(cases.split()) for cases in GROUPS.values()) == len(DECISIONS)
    assert all(len(reason) > 20 for reason in GROUPS)
    assert all(layer in (STATIC, BOUNDARY) and len(about) > 20 for layer, about in ELSEWHERE.values())


@pytest.mark.parametrize("family", ["kind", "affine", "log", "percent"])
def test_kinds_points_levels_and_percent_are_all_answered_by_the_algebra(family: str) -> None:
    found = counts("family")[family]
    assert found["elsewhere"] == 0
    assert found["agreed"] > 0


def test_two_in_three_cases_are_agreed_with() -> None:
    found = counts("system")["all"]
    assert found["agreed"] >= 2 / 3 * (found["agreed"] + found["decided"])


def test_an_expectation_that_is_not_met_is_noticed() -> None:
    for case in EXECUTED:
        status, result = verdict(case)
        wrong = {"status": "error" if status == "ok" else "ok"}
        assert not agrees({**case, "expect": wrong}), case["id"]
        if status == "ok" and "into" not in case and isinstance(result, Meaning):
            assert not agrees({**case, "expect": {"status": "ok", "unit": "candela**7"}}), case["id"]


def test_the_counts_can_be_printed(capsys: pytest.CaptureFixture[str]) -> None:
    print(report())
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["system", "agreed", "decided", "elsewhere"]
    assert sum(line.startswith("all ") for line in lines) == 2
    assert all(any(line.endswith(reason) for line in lines) for reason in GROUPS)
