"""Estimators of scikit-learn as features: fitted on some sites, asked about others, and right."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingRegressor, RandomForestClassifier
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import KBinsDiscretizer, RobustScaler, StandardScaler

from tests.laws.public_functions import Public
from typedml import BINARY, INDEX, PROBABILITY, ZSCORE, FeatureSchema, Unit, field
from typedml.sklearn import feature

Floats = NDArray[np.float64]
Chances = Annotated[Floats, PROBABILITY]
Depths = Annotated[Floats, Unit("meter")]


class Site(FeatureSchema):
    """A site by a river."""

    inland: Annotated[float, Unit("km")] = field(ge=0, le=3000)
    height: Annotated[float, Unit("meter")] = field(ge=-5, le=500)


class KnownSite(Site):
    """A site of which it is known whether it was flooded, and how deep."""

    flooded: Annotated[int, BINARY]


class MeasuredSite(Site):
    """A site of which it is known how deep the water was."""

    depth: Annotated[float, Unit("meter")] = field(ge=0, le=30)


def chance(estimator: Any, name: str) -> Any:
    """Return a classifier as a feature that tells the chance of a flood."""
    return feature(
        estimator, reads=KnownSite, scores=Site, gives=Chances, label="flooded", rows="each", name=name
    )


def depth(estimator: Any, name: str) -> Any:
    """Return a regression as a feature that tells the depth of the water."""
    return feature(
        estimator, reads=MeasuredSite, scores=Site, gives=Depths, label="depth", rows="each", name=name
    )


ESTIMATORS = (
    Public(
        feature(
            StandardScaler(), reads=Site, gives=Annotated[Floats, ZSCORE], columns=["height"], rows="each"
        ),
        "sklearn.preprocessing.StandardScaler",
        "no unit matters; only known sites are learnt from",
    ),
    Public(
        feature(
            RobustScaler(),
            reads=Site,
            gives=Annotated[Floats, Unit("1")],
            columns=["height"],
            rows="each",
            monotone={"height": "increasing"},
        ),
        "sklearn.preprocessing.RobustScaler",
        "no unit matters; rises; only known sites are learnt from",
    ),
    Public(
        feature(
            KBinsDiscretizer(2, encode="ordinal", strategy="uniform"),
            reads=Site,
            gives=Annotated[Floats, INDEX],
            columns=["height"],
            rows="each",
        ),
        "sklearn.preprocessing.KBinsDiscretizer",
        "no unit matters; only known sites are learnt from",
    ),
    Public(
        chance(make_pipeline(StandardScaler(), LogisticRegression()), "logistic"),
        "sklearn.linear_model.LogisticRegression",
        "in [0, 1]; row by row; no unit matters behind a scaler",
    ),
    Public(chance(GaussianNB(), "bayes"), "sklearn.naive_bayes.GaussianNB", "in [0, 1]; row by row"),
    Public(
        chance(make_pipeline(StandardScaler(), KNeighborsClassifier(1)), "neighbour"),
        "sklearn.neighbors.KNeighborsClassifier",
        "in [0, 1]; row by row; ties are broken by the order of the training rows",
    ),
    Public(
        chance(RandomForestClassifier(5, bootstrap=False, max_features=None), "forest"),
        "sklearn.ensemble.RandomForestClassifier",
        "in [0, 1]; row by row; no unit matters",
    ),
    Public(
        depth(HistGradientBoostingRegressor(max_iter=3, min_samples_leaf=1), "boosting"),
        "sklearn.ensemble.HistGradientBoostingRegressor",
        "metres out; row by row",
    ),
    Public(
        depth(make_pipeline(StandardScaler(), Ridge()), "ridge"),
        "sklearn.linear_model.Ridge",
        "metres out; row by row",
    ),
    Public(
        depth(KNeighborsRegressor(1), "nearest"),
        "sklearn.neighbors.KNeighborsRegressor",
        "metres out; mixes km and m in one distance, which it cannot know",
    ),
)
