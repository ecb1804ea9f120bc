"""Bugs that real projects had, in mypy: as it was each is refused, and mended it is silent.

The rows are the algebra's, each a function with declared parameters; of what takes more than one expression
the programs are written out. One run of mypy checks all.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

import pytest

from tests.algebra.test_misuse import ELSEWHERE, ROWS
from tests.conformance.misuse import FUNCTIONS_MODULE, HEAD, KINDS_MODULE, program
from tests.conformance.misuse_written import LEFT, PROGRAMS
from tests.conformance.programs import Said, check
from tests.conformance.scalars import Arrays
from tests.mypy.conftest import Mypy


def written() -> tuple[dict[str, str], dict[str, str]]:
    """Return programs by identifier and which they are, and of the others what they need arrays for."""
    found: dict[str, str] = {}
    left: dict[str, str] = {}
    for key, (wrong, mended) in PROGRAMS.items():
        found[f"{key} wrong"] = wrong.replace("wrong", f"wrong_{key}")
        found[f"{key} mended"] = mended.replace("mended", f"mended_{key}")
    for row in ROWS:
        try:
            found |= {f"{row['id']} {which}": program(row, which) for which in ("wrong", "mended")}
        except Arrays as reason:
            left[row["id"]] = str(reason)
    return found, left


WRITTEN, ARRAYS = written()
ROLES: Final = {row["id"] for row in ROWS if "@" in str(row["names"])}
"""What rows are for is judged by the algebra; types of mypy's do not carry it."""

STATIC: Final = next(ids.split() for about, ids in ELSEWHERE.items() if about.startswith("static"))
ONE_EXPRESSION: Final = [row for row in ROWS if row["id"] not in ARRAYS and row["id"] not in ROLES]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Said]:
    mypy = Mypy(tmp_path_factory.mktemp("misuse"))
    mypy.write(kinds=KINDS_MODULE, functions=FUNCTIONS_MODULE)
    return check(mypy, WRITTEN, beside=HEAD)


@pytest.mark.parametrize("row", ONE_EXPRESSION, ids=lambda row: row["id"])
def test_a_bug_is_refused_and_silent_once_it_is_mended(row: dict[str, Any], said: dict[str, Said]) -> None:
    assert said[f"{row['id']} wrong"].ours, WRITTEN[f"{row['id']} wrong"]
    assert said[f"{row['id']} mended"] == Said((), (), said[f"{row['id']} mended"].revealed)


@pytest.mark.parametrize("key", PROGRAMS)
def test_a_bug_of_more_than_one_expression_is_refused_and_its_mending_silent(
    key: str, said: dict[str, Said]
) -> None:
    assert said[f"{key} wrong"].verdict == "refuse"
    assert said[f"{key} mended"] == Said((), (), ())


@pytest.mark.parametrize("key", sorted(ROLES))
def test_what_rows_are_for_is_not_seen_yet(key: str, said: dict[str, Said]) -> None:
    assert said[f"{key} wrong"].verdict == said[f"{key} mended"].verdict == "accept"


def test_every_bug_is_a_program_or_left_with_a_reason() -> None:
    assert len(ONE_EXPRESSION) + len(ROLES) + len(ARRAYS) == len(ROWS) == 134
    assert {*PROGRAMS, *LEFT} == {*STATIC}
    assert len(PROGRAMS) + len(LEFT) == 14
    assert Counter(ARRAYS.values()) == {".pct_change()": 1, ".cumsum()": 1, ".argmax()": 1}
    assert len(ROLES) == 13
    assert all(len(reason) > 20 for reason in LEFT.values())
