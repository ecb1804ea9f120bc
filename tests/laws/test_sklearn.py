"""Estimators of scikit-learn as features: what they return, and what is refused."""

from typing import Annotated

import numpy as np
import pandas as pd
import polars as pl
import pytest
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from tests.laws.right_sklearn import NUMBERS, Scores, Trip, chances, encoded, polars_chances, scaled
from typedml import PROBABILITY, ZSCORE, FeatureSchema, ZScore
from typedml.declare.reader import read
from typedml.errors import DeclarationError
from typedml.sklearn import feature

TRAIN = pd.DataFrame(
    {
        "carrier": ["A", "A", "B", "B"],
        "distance": [1.0, 2.0, 3.0, 4.0],
        "delay": [0.0, 5.0, 20.0, 30.0],
        "late": [False, False, True, True],
    }
)
ROWS = TRAIN.iloc[:2]


class Scaled(FeatureSchema):
    """Two columns in deviations from their means."""

    distance: ZScore
    delay: ZScore


def test_an_estimator_is_fitted_on_the_training_rows_and_scores_the_others() -> None:
    known = TRAIN[NUMBERS]
    assert scaled(TRAIN, ROWS).tolist() == StandardScaler().fit(known).transform(known.iloc[:2]).tolist()
    assert 0 < chances(TRAIN, ROWS)[0] < 0.5


def test_a_call_leaves_the_estimator_as_it_was() -> None:
    estimator = StandardScaler()
    made = feature(estimator, reads=Trip, gives=Scores, columns=NUMBERS)
    made(TRAIN, ROWS)
    assert not hasattr(estimator, "mean_")


def test_a_feature_reads_all_columns_but_the_label_and_says_what_it_learns_from() -> None:
    options = read(encoded).options
    assert options is not None
    assert (options.fit, options.label, options.rows) == ("train", "late", "each")


def test_results_come_in_the_carrier_that_is_declared() -> None:
    found = polars_chances(pl.from_pandas(TRAIN), pl.from_pandas(ROWS))
    assert isinstance(found, pl.Series)
    frame = Annotated[pd.DataFrame, Scaled]
    made = feature(StandardScaler(), reads=Trip, gives=frame, columns=NUMBERS)(TRAIN, ROWS)
    assert list(made.columns) == NUMBERS
    series = Annotated["pd.Series[float]", PROBABILITY]
    one = feature(LogisticRegression(), reads=Trip, gives=series, label="late", columns=NUMBERS)
    assert one(TRAIN, ROWS.set_axis([7, 9])).index.tolist() == [7, 9]


def test_training_rows_of_one_class_give_it_the_probability_one() -> None:
    assert chances(TRAIN.iloc[2:], ROWS).tolist() == [1.0, 1.0]
    assert chances(TRAIN.iloc[:2], ROWS).tolist() == [0.0, 0.0]


def test_the_random_state_is_fixed_where_the_estimator_leaves_it_open() -> None:
    forest = RandomForestClassifier(n_estimators=3)
    gives = Annotated[NDArray[np.float64], PROBABILITY]
    made = feature(forest, reads=Trip, gives=gives, label="late", columns=NUMBERS)
    assert made(TRAIN, ROWS).tolist() == made(TRAIN, ROWS).tolist()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"estimator": StandardScaler}, "no estimator"),
        ({"method": "predict_proba"}, "no method 'predict_proba'"),
        ({"label": "lat"}, '"lat" is no column'),
        ({"columns": ["distance", "speed"]}, '"speed"'),
    ],
)
def test_what_cannot_be_a_feature_is_refused_with_a_hint(options: dict[str, object], words: str) -> None:
    given: dict[str, object] = {"estimator": StandardScaler(), **options}
    with pytest.raises(DeclarationError, match=words) as refused:
        feature(given.pop("estimator"), reads=Trip, gives=Annotated[np.ndarray, ZSCORE], **given)  # type: ignore[arg-type]
    assert "Hint: " in str(refused.value)
