"""Shrinking: few rows, plain values, and never another case than one that breaks the law."""

from typing import Annotated

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tests.laws.right_features import Flight, Km, Minutes
from typedml import feature
from typedml.declare.declared import DeclaredFunction
from typedml.declare.reader import read
from typedml.laws import check_laws
from typedml.laws.breach import Breach, Side
from typedml.laws.case import Case
from typedml.laws.feature import Feature
from typedml.laws.generate import cases
from typedml.laws.shrink import Shrinker


@feature(rows="any")
def needs_three(flights: Annotated[pd.DataFrame, Flight]) -> Minutes:
    """Depends on the order of rows from three rows on."""
    delays = flights["arr_delay"].to_numpy()
    return float(delays[0]) if len(delays) >= 3 else float(delays.min())


def test_a_mistake_that_needs_three_rows_is_shown_with_three() -> None:
    failure = next(failure for failure in check_laws(needs_three).failures if failure.law == "permute")
    assert failure.rows == 3


def identity(x: Annotated[NDArray[np.float64], Km]) -> Km:
    return float(x[0])


def largest_case() -> tuple[Feature, Case]:
    declared = read(identity)
    assert isinstance(declared, DeclaredFunction)
    feature_ = Feature(declared, identity)
    return feature_, cases(feature_.inputs, tables=4, seed=0)[3]


def breach(feature_: Feature, case: Case) -> Breach:
    return Breach("", (Side("", case, feature_.outcome(case)),))


def test_rows_are_dropped_until_none_can_be_spared() -> None:
    feature_, case = largest_case()
    wanted = case.columns[0].values[[2, 7]]

    def refutes(smaller: Case) -> Breach | None:
        kept = np.isin(wanted, smaller.columns[0].values).all()
        return breach(feature_, smaller) if kept else None

    small = Shrinker(refutes, case, breach(feature_, case)).shrunk().sides[0].case
    assert sorted(small.columns[0].values) == sorted(wanted)


def test_values_become_plain_where_they_do_not_matter() -> None:
    feature_, case = largest_case()
    small = Shrinker(lambda smaller: breach(feature_, smaller), case, breach(feature_, case)).shrunk()
    assert small.sides[0].case.columns[0].values.tolist() == [10.0]


def test_the_number_of_trials_is_bounded() -> None:
    feature_, case = largest_case()
    tried = []

    def refutes(smaller: Case) -> Breach | None:
        tried.append(smaller)
        return None

    Shrinker(refutes, case, breach(feature_, case), trials=20).shrunk()
    assert len(tried) == 20
