"""Every file of `cases/` says beside its lines what mypy must say: no more, and no less."""

from __future__ import annotations

import re

import pytest

from tests.mypy.conftest import CASES, Answer, expected

FILES = sorted(path.name for path in CASES.glob("*.py"))


def squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("name", FILES)
def test_mypy_says_what_the_comments_say(name: str, answers: Answer) -> None:
    wanted = expected((CASES / name).read_text(encoding="utf-8"))
    said = answers.said.get(name, {})
    problems = []
    for line in sorted({*wanted, *said}):
        have = [squeeze(text) for text in said.get(line, [])]
        want = [squeeze(text) for text in wanted.get(line, [])]
        # Hints are tested where they are written down.
        if not any(text.startswith("N:") for text in want):
            have = [text for text in have if not text.startswith("N:")]
        if sorted(have) != sorted(want):
            problems.append(f"line {line}: said {have}, wanted {want}")
    assert not problems, "\n".join(problems)


def test_the_run_is_not_empty(answers: Answer) -> None:
    assert answers.status == 1, answers.output
    assert sum(map(len, answers.said.values())) > 50
