"""Counterexamples of several tables: few rows in each, plain values, and declarations kept all the way."""

import time
from typing import Annotated

import numpy as np
import pandas as pd

from tests.laws.test_generated_tables import Flight, by_kind, by_reference, fitted, generated, recent
from typedml import Past, Unit, feature
from typedml.declare.feature_options import FeatureOptions
from typedml.laws.breach import Breach, Side
from typedml.laws.case import Case
from typedml.laws.keeping import keeps
from typedml.laws.outcome import Raised
from typedml.laws.shrink import Shrinker

BROKEN = Breach("", ())


def largest(function: object = by_reference) -> Case:
    return max(generated(function, 8), key=lambda case: case.rows)  # type: ignore[arg-type]


def shrunk(case: Case, shrinker: Shrinker) -> Case:
    shrinker.shrunk()
    return shrinker.case


def test_rows_of_every_table_are_dropped_as_far_as_references_allow() -> None:
    case = largest()
    tried: list[Case] = []

    def refutes(smaller: Case) -> Breach:
        tried.append(smaller)
        return BROKEN

    small = shrunk(case, Shrinker(refutes, case, BROKEN))
    assert {table: small.rows_of(table) for table in small.tables} == {"": 1, "airports": 1, "weather": 1}
    assert all(keeps(each) for each in tried)


def test_look_ups_that_nothing_refers_to_lose_all_their_rows() -> None:
    case = largest(by_kind)
    small = shrunk(case, Shrinker(lambda smaller: BROKEN, case, BROKEN))
    assert {table: small.rows_of(table) for table in small.tables} == {"": 1, "airports": 0, "weather": 0}


def test_three_rows_are_found_where_no_single_row_can_be_dropped() -> None:
    case = largest(by_kind)

    def refutes(smaller: Case) -> Breach | None:
        return BROKEN if smaller.rows in (3, case.rows) else None

    assert shrunk(case, Shrinker(refutes, case, BROKEN)).rows == 3


def test_times_become_midnights_where_they_do_not_matter() -> None:
    case = largest(recent)
    column = shrunk(case, Shrinker(lambda smaller: BROKEN, case, BROKEN)).column("time_hour")
    assert column is not None
    assert (column.values == column.values.astype("datetime64[D]")).all()


def test_the_time_is_bounded_and_the_best_so_far_is_shown() -> None:
    case = largest()

    def slow(smaller: Case) -> Breach:
        time.sleep(0.05)
        return BROKEN

    started = time.monotonic()
    small = shrunk(case, Shrinker(slow, case, BROKEN, seconds=0.2))
    assert time.monotonic() - started < 0.6
    assert small.rows < case.rows


def test_a_case_of_one_row_stays_as_it_is() -> None:
    case = min(generated(by_kind, 8), key=lambda case: case.rows)
    assert shrunk(case, Shrinker(lambda smaller: None, case, BROKEN)) is case


def test_what_is_learnt_from_keeps_a_row() -> None:
    case = largest(fitted)
    assert shrunk(case, Shrinker(lambda smaller: BROKEN, case, BROKEN)).rows_of("past") == 1


@feature(scope=Past("time_hour"), rows="ordered")
def in_order(flights: Annotated[pd.DataFrame, Flight]) -> Annotated["pd.Series[float]", Unit("minute")]:
    return flights["delay"]


def test_times_by_which_rows_are_ordered_stay() -> None:
    case = largest(in_order)
    options = FeatureOptions(rows="ordered", scope=Past("time_hour"))

    def refutes(smaller: Case) -> Breach | None:
        return BROKEN if smaller.rows == case.rows else None

    small = shrunk(case, Shrinker(refutes, case, BROKEN, options=options))
    before, after = case.column("time_hour"), small.column("time_hour")
    assert before is not None
    assert after is not None
    assert np.array_equal(before.values, after.values)
    assert small is not case


def test_another_error_is_another_mistake() -> None:
    case = largest(by_kind)

    def raising(smaller: Case) -> Breach:
        error = KeyError("dest") if smaller.rows > 2 else IndexError("empty")
        return Breach("", (Side("called with", smaller, Raised(error)),))

    assert shrunk(case, Shrinker(raising, case, raising(case))).rows == 3
