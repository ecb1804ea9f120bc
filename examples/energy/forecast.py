"""Learning from past days whether it will rain: scikit-learn, fitted on training rows alone."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
import pandas as pd
from energy_schemas import ForecastDay
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from typedml import BINARY, PROBABILITY, PROPORTION, ZSCORE, feature
from typedml import Train as TrainingRows

Past = Annotated[pd.DataFrame, ForecastDay, TrainingRows]
Days = Annotated[pd.DataFrame, ForecastDay]
Chances = Annotated["pd.Series[float]", PROBABILITY]
Outcomes = Annotated[NDArray[np.int64], BINARY]

SEEN = ["precipitation", "temp_max", "temp_min", "wind"]


@feature(rows="each", fit="train", outcome="rain_next")
def standard_winds(train: Past, days: Days) -> Annotated[NDArray[np.float64], ZSCORE]:
    """Return how unusual the wind of each day is among the training days."""
    scaler = StandardScaler().fit(train[["wind"]])
    scaled: NDArray[np.float64] = scaler.transform(days[["wind"]])
    return scaled[:, 0]


def fitted(train: pd.DataFrame) -> Pipeline:
    """Return a logistic regression of tomorrow's rain on today's weather."""
    model = make_pipeline(StandardScaler(), LogisticRegression())
    return model.fit(train[SEEN], train["rain_next"])


@feature(rows="each", fit="train", outcome="rain_next", label="rain_next")
def rain_chances(train: Past, days: Days) -> Chances:
    """Return the chance of rain on the next day; without a choice to learn, how often it rained."""
    if train["rain_next"].nunique() < 2:
        return pd.Series(float(train["rain_next"].mean()), index=days.index)
    chances: NDArray[Any] = fitted(train).predict_proba(days[SEEN])
    return pd.Series(chances[:, 1], index=days.index)


@feature(rows="any")
def brier_score(
    happened: Outcomes, chance: Annotated[NDArray[np.float64], PROBABILITY]
) -> Annotated[float, PROPORTION]:
    """Return the mean squared distance of chances from what happened."""
    return PROPORTION(float(brier_score_loss(happened, chance)))


FEATURES = (standard_winds, rain_chances, brier_score)
