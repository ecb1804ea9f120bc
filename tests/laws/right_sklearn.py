"""Estimators of scikit-learn as features, every one fitted on training rows alone."""

from typing import Annotated

import numpy as np
import pandas as pd
import polars as pl
from numpy.typing import NDArray
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, OrdinalEncoder, StandardScaler, TargetEncoder
from sklearn.tree import DecisionTreeClassifier

from typedml import CATEGORY, PROBABILITY, PROPORTION, ZSCORE, FeatureSchema, Unit, field
from typedml.sklearn import feature

Miles = Annotated[float, Unit("mile")]
Minutes = Annotated[float, Unit("minute")]


class Trip(FeatureSchema):
    """A flight and whether it was late."""

    carrier: str
    distance: Miles = field(gt=0)
    delay: Minutes
    late: bool


class Ahead(FeatureSchema):
    """A flight that has not arrived."""

    carrier: str
    distance: Miles = field(gt=0)
    delay: Minutes


class Measured(FeatureSchema):
    """Two measurements of which one may be missing."""

    distance: Miles = field(gt=0)
    delay: Minutes | None


Chances = Annotated[NDArray[np.float64], PROBABILITY]
Scores = Annotated[NDArray[np.float64], ZSCORE]
NUMBERS = ["distance", "delay"]

scaled = feature(StandardScaler(), reads=Trip, gives=Scores, columns=NUMBERS, name="scaled")
shares_of_range = feature(
    MinMaxScaler(clip=True),
    reads=Trip,
    scores=Ahead,
    gives=Annotated["pd.Series[float]", PROPORTION],
    columns=["distance"],
    name="shares_of_range",
)
chances = feature(
    make_pipeline(StandardScaler(), LogisticRegression()),
    reads=Trip,
    scores=Ahead,
    gives=Chances,
    label="late",
    columns=NUMBERS,
    name="chances",
)
polars_chances = feature(
    DecisionTreeClassifier(max_depth=2),
    reads=Trip,
    gives=Annotated[pl.Series, PROBABILITY],
    label="late",
    columns=NUMBERS,
    frames=pl.DataFrame,
    name="polars_chances",
)
mixed_chances = feature(
    make_pipeline(
        ColumnTransformer(
            [
                ("number", StandardScaler(), NUMBERS),
                ("word", OneHotEncoder(handle_unknown="ignore"), ["carrier"]),
            ]
        ),
        LogisticRegression(),
    ),
    reads=Trip,
    gives=Chances,
    label="late",
    name="mixed_chances",
)
codes = feature(
    OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1),
    reads=Trip,
    gives=Annotated[NDArray[np.float64], CATEGORY],
    columns=["carrier"],
    name="codes",
)
encoded = feature(
    TargetEncoder(smooth=2.0, target_type="binary"),
    reads=Trip,
    gives=Annotated[NDArray[np.float64], PROBABILITY],
    label="late",
    columns=["carrier"],
    name="encoded",
)
predicted = feature(
    make_pipeline(StandardScaler(), LinearRegression()),
    reads=Trip,
    gives=Annotated[NDArray[np.float64], Unit("minute")],
    label="delay",
    columns=["distance"],
    name="predicted",
)
filled = feature(
    make_pipeline(SimpleImputer(strategy="median", keep_empty_features=True), StandardScaler()),
    reads=Measured,
    gives=Scores,
    nulls="handle",
    name="filled",
)

RIGHT = (scaled, shares_of_range, chances, polars_chances, mixed_chances, codes, encoded, predicted, filled)
