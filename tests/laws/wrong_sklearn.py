"""Estimators of scikit-learn that leak, or give no probability."""

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler
from sklearn.tree import DecisionTreeClassifier

from tests.laws.right_sklearn import NUMBERS, Chances, Scores, Trip
from typedml.sklearn import feature


def standardised(rows: Any) -> Any:
    """Rows in deviations from their own mean."""
    values = np.asarray(rows, dtype=float)
    spread = values.std(axis=0)
    return (values - values.mean(axis=0)) / np.where(spread > 0, spread, 1.0)


class Ranks(TransformerMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn ships no types
    """A transformer that learns from whatever it is given last."""

    def fit(self, X: Any, y: Any = None) -> Self:
        """Note nothing."""
        self.fitted_ = True
        return self

    def transform(self, X: Any) -> Any:
        """Return the rank of each value among those that are given."""
        values = np.asarray(X, dtype=float)
        return (values[:, None, :] >= values[None, :, :]).sum(axis=1).astype(float)


scaled_by_call = feature(
    FunctionTransformer(standardised), reads=Trip, gives=Scores, columns=NUMBERS, name="scaled_by_call"
)
ranked_by_call = feature(
    make_pipeline(Ranks(), StandardScaler()), reads=Trip, gives=Scores, columns=NUMBERS, name="ranked_by_call"
)
chances_by_call = feature(
    make_pipeline(FunctionTransformer(standardised), LogisticRegression()),
    reads=Trip,
    gives=Chances,
    label="late",
    columns=NUMBERS,
    name="chances_by_call",
)
sure = feature(
    DecisionTreeClassifier(), reads=Trip, gives=Chances, label="late", columns=["late", *NUMBERS], name="sure"
)
nearest_with_label = feature(
    KNeighborsClassifier(1),
    reads=Trip,
    gives=Chances,
    label="late",
    columns=["delay", "late"],
    name="nearest",
)
no_probability = feature(
    make_pipeline(StandardScaler(), LogisticRegression()),
    reads=Trip,
    gives=Chances,
    label="late",
    columns=NUMBERS,
    method="decision_function",
    name="no_probability",
)

WRONG: tuple[tuple[Any, str, str], ...] = (
    (scaled_by_call, "fit", "learns from `train` alone"),
    (ranked_by_call, "fit", "learns from `train` alone"),
    (chances_by_call, "skew", "alone and together"),
    (sure, "label", "of a row that is scored"),
    (nearest_with_label, "label", "of a row that is scored"),
    (no_probability, "range", "[0, 1]"),
)
