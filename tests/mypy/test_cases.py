"""Every file of `cases/` says beside its lines what mypy must say: no more, and no less."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.mypy.conftest import CASES, OPEN, Answer, expected

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted(path.name for path in CASES.glob("*.py"))
OPEN_FILES = sorted(path.name for path in OPEN.glob("*.py"))


def squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def disagreements(path: Path, answers: Answer) -> dict[int, str]:
    """Return the lines of a file where mypy says other things than their comments, and which."""
    wanted = expected(path.read_text(encoding="utf-8"))
    said = answers.said.get(path.name, {})
    problems = {}
    for line in sorted({*wanted, *said}):
        have = [squeeze(text) for text in said.get(line, [])]
        want = [squeeze(text) for text in wanted.get(line, [])]
        # Hints are tested where they are written down.
        if not any(text.startswith("N:") for text in want):
            have = [text for text in have if not text.startswith("N:")]
        if sorted(have) != sorted(want):
            problems[line] = f"line {line}: said {have}, wanted {want}"
    return problems


@pytest.mark.parametrize("name", FILES)
def test_mypy_says_what_the_comments_say(name: str, answers: Answer) -> None:
    problems = disagreements(CASES / name, answers)
    assert not problems, "\n".join(problems.values())


@pytest.mark.parametrize("name", OPEN_FILES)
def test_what_is_open_is_open_still(name: str, answers: Answer) -> None:
    """An expectation that has come true belongs among the cases."""
    wanted = expected((OPEN / name).read_text(encoding="utf-8"))
    assert wanted
    assert list(disagreements(OPEN / name, answers)) == list(wanted)


def test_no_open_case_bears_the_name_of_another() -> None:
    assert not {*FILES} & {*OPEN_FILES}


def test_the_run_is_not_empty(answers: Answer) -> None:
    assert answers.status == 1, answers.output
    assert sum(map(len, answers.said.values())) > 50
