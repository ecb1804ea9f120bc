"""What mypy says of other systems' cases, each a program: agreed, decided, or inexpressible."""

from __future__ import annotations

from math import inf
from typing import Any, Final

import pytest

from tests.algebra.conformance import CASES, verdict
from tests.algebra.conformance_decisions import DECISIONS as OF_MEANINGS
from tests.algebra.conformance_decisions import ELSEWHERE
from tests.conformance.cases import programs, revealed
from tests.conformance.decisions import DECISIONS, HERE, SPELLED_OUT
from tests.conformance.table import agrees, answers, counts, found, report, stands
from tests.conformance.written import INEXPRESSIBLE, RESULTS, WRITTEN
from typedml import CheckError, Kind
from typedml.algebra.meaning import UNKNOWN, Meaning
from typedml.algebra.ranges import Range

EXPRESSED: Final = [case for case in CASES if case["id"] not in INEXPRESSIBLE]
OF_MEANINGS_ALONE: Final = [case for case in EXPRESSED if case["id"] not in ELSEWHERE]
IDS: Final = {case["id"] for case in CASES}
# Python's truth values and plain numbers show as what they are, also where the algebra knows more.
PLAIN: Final = ("bool", "float", "int", "Any", "range", "dict")


@pytest.mark.parametrize("case", EXPRESSED, ids=lambda case: case["id"])
def test_mypy_agrees_with_each_case_or_it_is_decided(case: dict[str, Any]) -> None:
    assert (stands()[case["id"]] == "decided") == (case["id"] in DECISIONS), answers()[case["id"]]


@pytest.mark.parametrize("case", OF_MEANINGS_ALONE, ids=lambda case: case["id"])
def test_mypy_says_what_the_algebra_says(case: dict[str, Any]) -> None:
    (status, meanings), (expected, meaning) = found(case), verdict(case)
    assert status == expected, answers()[case["id"]]
    shown = [text for text in answers()[case["id"]].revealed if not text.startswith(PLAIN) or "[" in text]
    if shown and meanings and case["id"] not in WRITTEN:
        assert meanings[-1] == meaning


def test_every_case_is_in_the_table_once() -> None:
    assert stands().keys() == programs().keys() | INEXPRESSIBLE.keys() == IDS
    assert counts()["all"].total() == len(IDS) == 284


def test_what_the_algebra_left_to_other_layers_is_decided_here() -> None:
    assert HERE.keys() <= ELSEWHERE.keys()
    assert ELSEWHERE.keys() <= programs().keys()
    assert not SPELLED_OUT.keys() & {*ELSEWHERE, *OF_MEANINGS}
    assert all(len(reason) > 20 for reason in (*HERE.values(), *INEXPRESSIBLE.values()))


def test_programs_fail_by_meanings_or_by_what_the_case_is_about() -> None:
    others = {key for key, said in answers().items() if said.others}
    assert others == {"fsspec-013", "fs-041", "au-049", "punits-014"}


def test_two_in_three_cases_are_agreed_with() -> None:
    assert counts()["all"]["agreed"] >= 2 / 3 * len(IDS)


@pytest.mark.parametrize("case", EXPRESSED, ids=lambda case: case["id"])
def test_an_expectation_that_is_not_met_is_noticed(case: dict[str, Any]) -> None:
    status, meanings = found(case)
    wrong = {"status": "error" if status == "ok" else "ok"}
    assert not agrees({**case, "expect": wrong}) or case["id"] in RESULTS
    if any(isinstance(each, Meaning) for each in meanings) and "into" not in case:
        assert not agrees({**case, "expect": {"status": "ok", "unit": "candela**7"}}) or case["id"] in RESULTS


def test_what_types_do_not_show_is_refused_when_the_program_runs() -> None:
    positive = Kind("PositiveWhenRun", range=Range(0, inf, low_open=True))
    with pytest.raises(CheckError):
        positive(float("0"))  # coulomb-065
    with pytest.raises(ValueError, match="could not convert"):
        float("1 m/m^2")  # uomplug-018


def test_what_is_revealed_is_read() -> None:
    assert str(revealed("float[km/hour]")) == "km/hour"
    assert str(revealed("list[float[Positive, m]]")) == "Positive, m"
    assert revealed("list[float]") is revealed("bool") is revealed("dict[str, float]") is UNKNOWN


def test_the_counts_can_be_printed(capsys: pytest.CaptureFixture[str]) -> None:
    print(report())
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["system", "agreed", "decided", "inexpressible"]
    assert all(any(line.endswith(reason) for line in lines) for reason in DECISIONS.values())
