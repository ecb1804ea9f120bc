"""What a counterexample looks like to the one who reads it."""

from typing import Annotated, Any

import pandas as pd
import pytest

from tests.laws.reports import report_of
from tests.laws.right_features import Miles, Minutes, ground_speed
from tests.laws.wrong_features import (
    WRONG,
    delay_before,
    guarded_against_zero,
    late_by_hidden_limit,
    mean_of_changes,
    speed_per_minute,
)
from typedml import Count, FeatureSchema, Probability, Unit, feature, field
from typedml.laws import check_laws

SPEED = """\
coherent: speed_per_minute = 0.0166667 x its coherent value (1/60: minute -> hour?).
`distance / air_time` must have the coefficient 1 in coherent units.

called with
  distance   air_time   -> speed_per_minute       must be
  [mile]     [minute]      [mile/hour]
        10         10                     1 <--        60

Diagnosis: a conversion is missing or done twice: 1/60: minute -> hour?
Repeat: typedml laws tests.laws.wrong_features:speed_per_minute --law coherent --seed 0 --tables 8
Hint: convert(..., "minute", "hour") where it is due; if the formula has a constant of its own, \
declare @feature(coefficient=0.0166667)."""

LATE = """\
scale: Scaling time by 2 must leave `late_by_hidden_limit` as it is.

before                                    after (time x 2)
  delay      -> late_by_hidden_limit        delay      -> late_by_hidden_limit       must be
  [minute]                                  [minute]
        10   False                                20   True <--                      False

Diagnosis: the code holds a number that has a dimension of time: a limit, an offset, a step.
Repeat: typedml laws tests.laws.wrong_features:late_by_hidden_limit --law scale --seed 0 --tables 8
Hint: make such a number a parameter with a unit, or declare @feature(pinned=("time",))."""


def message(feature: Any) -> str:
    return report_of(feature).failures[0].message


def test_a_forgotten_conversion_is_diagnosed() -> None:
    assert message(speed_per_minute) == SPEED


def test_a_hidden_limit_is_shown_before_and_after() -> None:
    assert message(late_by_hidden_limit) == LATE


def test_rows_in_another_order_are_shown_with_their_marks() -> None:
    text = message(delay_before)
    heads = next(line for line in text.splitlines() if line.startswith("before"))
    assert heads.split() == ["before", "after", "(rows", "in", "another", "order)"]
    rows = [line for line in text.splitlines() if "<--" in line]
    assert all(line.index("<--") > heads.index("after") for line in rows)
    assert "must be" in text


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
        assert failure.tables[0].columns
        place = f"{feature.__module__}:{feature.__qualname__}"
        assert f"Repeat: typedml laws {place} --law {failure.law} --seed 0 --tables 8" in lines[-2:]
        assert lines[-1].startswith(("Hint: ", "Repeat: "))
        assert "Traceback" not in failure.message
        assert max(map(len, lines)) < 320


def test_the_printed_report_says_what_held_and_what_was_not_checked() -> None:
    first, empty, held, *rest = str(check_laws(ground_speed)).splitlines()
    assert first.startswith("ground_speed: no law broken, ")
    assert not empty
    assert held.startswith("held, with the number of tables: call (8), frame (6), scale (8), coherent (2)")
    assert {
        "not checked: period wants an angle or a cyclic kind",
        "not checked: permute wants a table",
        "not checked: range wants a kind with a range, or a rule, on the result",
    } <= set(rest)


def test_the_repeating_command_repeats_the_message() -> None:
    first = check_laws(delay_before, seed=5).failures[0]
    assert "--seed 5" in first.repeat
    assert check_laws(delay_before, seed=5).failures[0] == first


class Wide(FeatureSchema):
    """Many columns, of which a feature reads one or two."""

    carrier: str
    origin: str
    delay: Minutes
    distance: Miles
    seats: Count
    p: Probability
    q: Probability
    code: int


class Airport(FeatureSchema):
    """A table that is looked up."""

    faa: str = field(unique=True)
    lift: Minutes


def test_columns_that_do_not_matter_are_left_out() -> None:
    @feature(rows="each")
    def padded(flights: Annotated[pd.DataFrame, Wide]) -> Annotated["pd.Series[float]", Unit("minute")]:
        return flights["delay"] + 5

    (failure,) = (each for each in check_laws(padded).failures if each.law == "scale")
    before, after = failure.tables
    assert [column.head for column in before.columns] == ["delay", "padded"]
    assert [column.head for column in after.columns] == ["delay", "padded", "must be"]
    assert before.remark == "7 columns that do not matter are left out"


def test_each_table_of_a_feature_has_a_title_and_one_that_is_as_it_was_is_not_repeated() -> None:
    @feature(rows="each")
    def padded(
        flights: Annotated[pd.DataFrame, Wide], airports: Annotated[pd.DataFrame, Airport]
    ) -> Annotated["pd.Series[float]", Unit("minute")]:
        return flights["delay"] + airports["lift"].max() + 5

    (failure,) = (each for each in check_laws(padded).failures if each.law == "scale")
    assert {table.title for table in failure.tables} == {"flights", "airports"}


def test_a_result_of_the_whole_table_stands_below_it() -> None:
    (failure,) = (each for each in report_of(mean_of_changes).failures if each.law == "permute")
    assert [[column.role for column in table.columns] for table in failure.tables] == [
        ["row", "input"], ["output"], ["row", "input"], ["output", "wanted"],
    ]  # fmt: skip


def test_a_local_feature_is_repeated_by_a_call() -> None:
    def padded(delay: Minutes) -> Minutes:
        return delay + 5

    failure = next(each for each in check_laws(padded, seed=3).failures if each.law == "scale")
    assert failure.repeat == 'check_laws(padded, only=["scale"], seed=3, tables=8)'
