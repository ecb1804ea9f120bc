"""Features with something learnt in them: from other rows than those that they are computed for."""

from typing import Annotated

import pandas as pd
from frames import Delayed, Shares
from schemas import Arrival, CarrierLeg, KnownBefore, Leg
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from typedml import PROBABILITY, ZSCORE, Count, Row, Table, feature

ZScores = Annotated["pd.Series[float]", ZSCORE]
Chances = Annotated["pd.Series[float]", PROBABILITY]
# The tables of the worked examples.
KNOWN_TIMES = {
    "carrier": ["UA", "UA", "UA", "B6"],
    "air_time": [60.0, 90.0, 200.0, 50.0],
}
SOME_TIMES = {"carrier": ["UA", "B6", "DL", "UA"], "air_time": [None, None, None, 80.0]}
FOLDED = {"carrier": ["UA", "UA", "UA", "B6"], "fold": [0, 0, 1, 1], "late": [True, False, True, False]}
# One that was late and one that was not: what lies in the middle may be either.
TWO_FLIGHTS = {"distance": [200.0, 1000.0], "dep_delay": [0.0, 50.0], "late": [False, True]}
KNOWN = ["distance", "dep_delay"]


@feature(
    rows="each",
    scope=Row(),
    fit="train",
    examples=[(({"distance": [100.0, 100.0, 400.0]}, {"distance": [400.0]}), [2**0.5])],
)
def standard_distances(train: Annotated[pd.DataFrame, Leg], flights: Annotated[pd.DataFrame, Leg]) -> ZScores:
    """Return each distance in standard deviations from the mean of the flights that were learnt from."""
    mean, deviation = train["distance"].mean(), train["distance"].std(ddof=0)
    if deviation == 0:
        return pd.Series(0.0, index=flights.index)
    return (flights["distance"] - mean) / deviation


@feature(
    rows="each",
    scope=Row(),
    fit="train",
    nulls="handle",
    examples=[((KNOWN_TIMES, SOME_TIMES), [90.0, 50.0, 75.0, 80.0])],
)
def complete_air_times(
    train: Annotated[pd.DataFrame, CarrierLeg], flights: Annotated[pd.DataFrame, CarrierLeg]
) -> Delayed:
    """Return the air times; where one is missing, the median of the carrier, or else of all."""
    of_carrier = train.groupby("carrier")["air_time"].median()
    usual = flights["carrier"].map(of_carrier).fillna(train["air_time"].median())
    return flights["air_time"].fillna(usual)


@feature(
    rows="each",
    scope=Table(),
    label="late",
    examples=[((FOLDED, 2), [2 / 3, 2 / 3, 0.5, 0.5])],
)
def carrier_late_rates(flights: Annotated[pd.DataFrame, Arrival], smoothing: Count = 20) -> Shares:
    """Return how often the carrier was late in the other folds, drawn to their mean."""
    rates = pd.Series(index=flights.index, dtype="float64")
    for fold in flights["fold"].unique():
        held_out = flights["fold"] == fold
        others = flights[~held_out]
        overall = others["late"].mean()
        carriers = others.groupby("carrier")["late"].agg(["sum", "size"])
        smoothed = (carriers["sum"] + smoothing * overall) / (carriers["size"] + smoothing)
        rates[held_out] = flights.loc[held_out, "carrier"].map(smoothed).fillna(overall)
    return rates


@feature(
    rows="each",
    scope=Row(),
    fit="train",
    label="late",
    examples=[((TWO_FLIGHTS, {"distance": [600.0], "dep_delay": [25.0]}), [0.5])],
)
def late_chances(
    train: Annotated[pd.DataFrame, Arrival], flights: Annotated[pd.DataFrame, KnownBefore]
) -> Chances:
    """Return the probability that each flight is late, by a logistic regression on what was known before."""
    if train["late"].nunique() < 2:
        return pd.Series(train["late"].mean(), index=flights.index)
    model = make_pipeline(StandardScaler(), LogisticRegression()).fit(train[KNOWN], train["late"])
    return pd.Series(model.predict_proba(flights[KNOWN])[:, 1], index=flights.index)


FEATURES = (standard_distances, complete_air_times, carrier_late_rates, late_chances)
