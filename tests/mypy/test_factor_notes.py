"""Notes on numbers that look like a conversion fail nothing, may be silenced, and are there in every run."""

from __future__ import annotations

import pytest

from tests.mypy.conftest import Mypy

NOTE = "60 is the factor between"
SOURCE = """\
from typing import Annotated
from typedml import Unit

Hours = Annotated[float, Unit("hour")]

def shown(worked: Hours) -> str:
    return str(round(worked * 60))
"""


def test_a_note_alone_fails_no_run(mypy: Mypy) -> None:
    mypy.write(shown=SOURCE)
    answer = mypy.run("shown.py")
    assert answer.status == 0
    assert [text.startswith(f"N: {NOTE}") for text in answer.said["shown.py"][7]] == [True, False]


@pytest.mark.parametrize(
    ("option", "status"),
    [("disable_error_code = typedml-factor", 0), ("disable_error_code = typedml-fact", 2)],
)
def test_all_notes_are_silenced_by_their_code(option: str, status: int, mypy: Mypy) -> None:
    mypy.write(shown=SOURCE)
    mypy.configure(option)
    answer = mypy.run("shown.py")
    assert answer.status == status
    assert NOTE not in answer.output


def test_an_ignored_note_counts_as_used(mypy: Mypy) -> None:
    ignored = "# type: ignore[typedml-factor]"
    mypy.write(
        shown=SOURCE.replace("60))", f"60))  {ignored}"), other=SOURCE.replace("60))", f"61))  {ignored}")
    )
    mypy.configure("warn_unused_ignores = True")
    answer = mypy.run("shown.py", "other.py")
    assert [*answer.said] == ["other.py"]
    assert answer.said["other.py"][7] == ['E: Unused "type: ignore" comment  [unused-ignore]']


@pytest.mark.parametrize(("level", "number"), [("gradual", 0), ("standard", 1), ("strict", 1)])
def test_the_gradual_level_notes_nothing(level: str, number: int, mypy: Mypy) -> None:
    mypy.write(shown=SOURCE)
    mypy.configure(f"[typedml]\nlevel = {level}")
    assert mypy.run("shown.py").output.count(NOTE) == number


def test_a_warm_run_says_what_a_cold_one_said(mypy: Mypy) -> None:
    mypy.write(shown=SOURCE)
    cold, warm = (mypy.run("shown.py", incremental=True).output for _ in range(2))
    assert NOTE in cold
    assert cold == warm
