"""Section 6 of the algebra in mypy: what must be refused is reported, what must be accepted is silent.

The 904 expressions of `tests/algebra/expressions.jsonl`, from real code and written blind, each as a function
with declared parameters, checked in one run at the standard level. The answer is the algebra's, its decisions
included; what is revealed of those accepted is the algebra's meaning.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, Final

import pytest

from tests.algebra.shorthand import told
from tests.algebra.test_expressions import ROWS, answered, verdict
from tests.conformance.programs import Said, check
from tests.mypy.conftest import Mypy
from tests.mypy.section6_programs import programs

PROGRAMS, ARRAYS = programs(ROWS)
WRITTEN: Final = [row for row in ROWS if row["id"] in PROGRAMS]

DECISIONS: Final = {
    "blind-where-mixed": "a choice of two meanings is a union of both to mypy, refused where one is wanted",
}
"""Where the program is judged otherwise than its expression, with the reason."""

SHOWN: Final = {"bool": "Binary", "float": "Proportion", "timedelta[second]": "day"}
"""Types of Python's, and what they mean: a truth value, the mean of such, what lies between two dates."""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Said]:
    return check(Mypy(tmp_path_factory.mktemp("section6")), PROGRAMS)


@pytest.mark.parametrize("row", WRITTEN, ids=lambda row: row["id"])
def test_mypy_refuses_and_accepts_what_the_algebra_does(row: dict[str, Any], said: dict[str, Said]) -> None:
    agrees = said[row["id"]].verdict == verdict(row)
    assert agrees != (row["id"] in DECISIONS), (PROGRAMS[row["id"]], said[row["id"]], told(answered(row)))


@pytest.mark.parametrize("row", WRITTEN, ids=lambda row: row["id"])
def test_mypy_reveals_what_the_algebra_finds(row: dict[str, Any], said: dict[str, Said]) -> None:
    answer = said[row["id"]]
    if answer.verdict == "refuse" or not answer.revealed or row["id"] in DECISIONS:
        return
    (shown,) = answer.revealed
    inner = re.sub(r"^(?:list\[)?(?:float|int)\[(.*?)\]\]?$", r"\1", shown)
    assert SHOWN.get(inner, inner) == told(answered(row)) or (shown == "float" and told(answered(row)) == "?")


def test_only_meanings_are_wrong_with_what_is_refused(said: dict[str, Said]) -> None:
    assert [key for key, answer in said.items() if answer.others] == ["blind-date-diff"]
    (span,) = said["blind-date-diff"].others
    assert 'got "timedelta[second]", expected "float[Duration]"' in span


def test_all_rows_are_programs_but_those_that_need_arrays() -> None:
    assert len(PROGRAMS) + len(ARRAYS) == len(ROWS) == 904
    assert len(PROGRAMS) == 852
    needed = Counter(ARRAYS.values())
    assert needed["an axis"] == 10
    assert needed["softmax()"] == 6
    assert max(needed.values()) == 10


def test_there_are_many_of_both(said: dict[str, Said]) -> None:
    found = Counter(answer.verdict for answer in said.values())
    assert min(found.values()) > 350
