"""What a counterexample looks like to the one who reads it."""

from typing import Any

import pytest

from tests.laws.reports import report_of
from tests.laws.right_features import ground_speed
from tests.laws.wrong_features import (
    WRONG,
    delay_before,
    guarded_against_zero,
    late_by_hidden_limit,
    speed_per_minute,
)
from typedml.laws import check_laws

SPEED = """\
coherent: speed_per_minute = 0.0166667 x its coherent value (1/60: minute -> hour?).
`distance / air_time` must have the coefficient 1 in coherent units.

called with:
  distance [mile]   air_time [minute]   -> speed_per_minute [mile/hour]   must be
  10                10                  1 <--                             60

Diagnosis: a conversion is missing or done twice: 1/60: minute -> hour?
Repeat: check_laws(speed_per_minute, tables=8, seed=0)
Hint: convert(..., "minute", "hour") where it is due; if the formula has a constant of its own, \
declare @feature(coefficient=0.0166667)."""

LATE = """\
scale: Scaling time by 2 must leave `late_by_hidden_limit` as it is.

before:
  delay [minute]   -> late_by_hidden_limit
  10               False

after (time x 2):
  delay [minute]   -> late_by_hidden_limit   must be
  20               True <--                  False

Diagnosis: the code holds a number that has a dimension of time: a limit, an offset, a step.
Repeat: check_laws(late_by_hidden_limit, tables=8, seed=0)
Hint: make such a number a parameter with a unit, or declare @feature(pinned=("s",))."""


def message(feature: Any) -> str:
    return report_of(feature).failures[0].message


def test_a_forgotten_conversion_is_diagnosed() -> None:
    assert message(speed_per_minute) == SPEED


def test_a_hidden_limit_is_shown_before_and_after() -> None:
    assert message(late_by_hidden_limit) == LATE


def test_rows_in_another_order_are_shown_with_their_marks() -> None:
    text = message(delay_before)
    before, after = text.split("after (rows in another order):")
    assert "before:" in before
    assert "<--" not in before
    assert "<--" in after
    assert "must be" in after


def test_digits_that_six_do_not_show_are_shown() -> None:
    shown = next(line for line in message(guarded_against_zero).splitlines() if "<--" in line)
    got, wanted = shown.split("<--")
    assert got.split()[-1] != wanted.split()[-1]


@pytest.mark.parametrize("feature", [pytest.param(row[0], id=row[0].__name__) for row in WRONG])
def test_every_message_names_its_law_shows_a_table_and_ends_with_a_hint(feature: Any) -> None:
    report = report_of(feature)
    for failure in report.failures:
        lines = failure.message.splitlines()
        assert lines[0].startswith(f"{failure.law}: ")
        assert any(line.endswith(":") for line in lines)
        assert lines[-2] == f"Repeat: check_laws({feature.__name__}, tables=8, seed=0)"
        assert lines[-1].startswith("Hint: ")
        assert "Traceback" not in failure.message
        assert max(map(len, lines)) < 320


def test_the_printed_report_says_what_held_and_what_was_not_checked() -> None:
    text = str(check_laws(ground_speed))
    assert text.splitlines() == [
        "ground_speed: no law broken, 4 checked",
        "",
        "held, with the number of tables: call (8), frame (6), scale (8), coherent (2)",
        "not checked: period wants an angle or a cyclic kind",
        "not checked: permute wants a table",
        "not checked: range wants a kind with a range, or a rule, on the result",
    ]


def test_the_repeating_command_repeats_the_message() -> None:
    first = check_laws(delay_before, seed=5).failures[0]
    assert "seed=5" in first.message
    assert check_laws(delay_before, seed=5).failures[0] == first
