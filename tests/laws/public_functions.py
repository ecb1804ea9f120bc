"""Functions of installed libraries, each under the declaration that its documentation comes to.

They were written by others, are right, and must pass: a law that refutes one is wrong, or has found a fact
about the function that its documentation does not tell. `FUNCTIONS` says what each wraps and what is to hold.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, NamedTuple

import numpy as np
import pandas as pd
import polars as pl
from numpy.typing import NDArray
from scipy import constants, special, stats
from sklearn import metrics
from sklearn.isotonic import IsotonicRegression
from sklearn.preprocessing import MinMaxScaler, QuantileTransformer

from typedml import (
    BEARING,
    BINARY,
    CELSIUS,
    COUNT,
    FAHRENHEIT,
    LATITUDE,
    LOGIT,
    LONGITUDE,
    PROBABILITY,
    PROPORTION,
    RADIANS,
    SIMILARITY,
    SIMPLEX,
    UNIT_INTERVAL,
    WEIGHT,
    ZSCORE,
    Bearing,
    FeatureSchema,
    Group,
    Kind,
    Past,
    Proportion,
    Similarity,
    Table,
    Timestamp,
    Unit,
    convert,
    feature,
    field,
)
from typedml import Train as TrainingRows

Floats = NDArray[np.float64]
Lengths = Annotated[Floats, Unit("km")]
Km = Annotated[float, Unit("km")]
Chances = Annotated[Floats, PROBABILITY]
Outcomes = Annotated[NDArray[np.int64], BINARY]
Weights = Annotated[Floats, WEIGHT]
Bearings = Annotated[Floats, BEARING]
Positive = Annotated[Floats, Kind("PositiveLength", unit="km", range=(0.001, 1e6))]
Hours = Annotated[Floats, Unit("hour")]
LengthSeries = Annotated["pd.Series[float]", Unit("km")]


class Reading(FeatureSchema, key=("meter", "at")):
    """What one meter showed at one time."""

    meter: str
    at: Timestamp
    energy: Annotated[float, Unit("joule")]


Readings = Annotated[pd.DataFrame, Reading]
Energies = Annotated["pd.Series[float]", Unit("joule")]
Ranks = Annotated["pd.Series[float]", UNIT_INTERVAL]
Percents = Annotated["pd.Series[float]", Unit("percent")]


@feature(rows="any", scope=Table())
def brier(happened: Outcomes, chance: Chances) -> Proportion:
    """Return sklearn.metrics.brier_score_loss."""
    return float(metrics.brier_score_loss(happened, chance))


@feature(rows="any", scope=Table(), monotone={"chance": "increasing"})
def loss_of_no(chance: Chances) -> float:
    """Return sklearn.metrics.log_loss where nothing ever happened."""
    return float(metrics.log_loss(np.zeros(len(chance), dtype=int), chance, labels=[0, 1]))


@feature(rows="any", scope=Table())
def squared_error(actual: Lengths, foretold: Lengths) -> Annotated[float, Unit("km**2")]:
    """Return sklearn.metrics.mean_squared_error."""
    return float(metrics.mean_squared_error(actual, foretold))


@feature(rows="any", scope=Table())
def median_error(actual: Lengths, foretold: Lengths) -> Km:
    """Return sklearn.metrics.median_absolute_error."""
    return float(metrics.median_absolute_error(actual, foretold))


@feature(rows="any", scope=Table())
def largest_error(actual: Lengths, foretold: Lengths) -> Km:
    """Return sklearn.metrics.max_error."""
    return float(metrics.max_error(actual, foretold))


@feature(rows="each")
def ways(
    lat1: Annotated[Floats, LATITUDE],
    lon1: Annotated[Floats, LONGITUDE],
    lat2: Annotated[Floats, LATITUDE],
    lon2: Annotated[Floats, LONGITUDE],
) -> Annotated[Floats, RADIANS]:
    """Return sklearn.metrics.pairwise.haversine_distances of each pair of places."""
    here, there = np.radians(np.stack([lat1, lon1], axis=1)), np.radians(np.stack([lat2, lon2], axis=1))
    pairs = zip(here[:, None], there[:, None], strict=True)
    return np.array([metrics.pairwise.haversine_distances(*pair)[0, 0] for pair in pairs])


@feature(rows="any", scope=Table())
def mean_direction(directions: Bearings) -> Bearing:
    """Return scipy.stats.circmean."""
    return float(stats.circmean(directions, high=360.0, low=0.0))


@feature(rows="any", scope=Table())
def geometric_mean(lengths: Positive) -> Km:
    """Return scipy.stats.gmean."""
    return float(stats.gmean(lengths))


@feature(rows="any", scope=Table())
def harmonic_mean(lengths: Positive) -> Km:
    """Return scipy.stats.hmean."""
    return float(stats.hmean(lengths))


@feature(rows="each", scope=Table())
def scores(lengths: Lengths) -> Annotated[Floats, ZSCORE]:
    """Return scipy.stats.zscore."""
    found: Floats = stats.zscore(lengths)
    return found


@feature(rows="any", scope=Table())
def disorder(counts: Annotated[NDArray[np.int64], COUNT]) -> Annotated[float, Unit("1")]:
    """Return scipy.stats.entropy of counts, in nats."""
    return float(stats.entropy(counts))


@feature(rows="any", scope=Table())
def quartile_range(lengths: Lengths) -> Km:
    """Return scipy.stats.iqr."""
    return float(stats.iqr(lengths))


@feature(rows="any", scope=Table())
def rank_correlation(lengths: Lengths, times: Hours) -> Similarity:
    """Return scipy.stats.spearmanr, 0 where it is not defined."""
    return float(np.nan_to_num(stats.spearmanr(lengths, times).statistic))


@feature(rows="ordered")
def work(power: Annotated[Floats, Unit("watt")], time: Hours) -> Annotated[float, Unit("hour*watt")]:
    """Return numpy.trapezoid of power over time."""
    return float(np.trapezoid(power, time))


@feature(rows="each", pinned=["m"])
def air_at(height: Lengths) -> Annotated[Floats, CELSIUS]:
    """Return numpy.interp in the standard atmosphere: 15 degrees at the sea, -56.5 from 11 km on."""
    return np.interp(height, [0.0, 11.0], [15.0, -56.5])


@feature(rows="any", scope=Table())
def weighted_mean(lengths: Lengths, weights: Weights) -> Km:
    """Return numpy.average with weights, each with one more that no sum of them may vanish."""
    return float(np.average(lengths, weights=np.abs(weights) + 1.0))


@feature(rows="each", monotone={"score": "increasing"})
def chances(score: Annotated[Floats, LOGIT]) -> Chances:
    """Return scipy.special.expit."""
    found: Floats = special.expit(score)
    return found


@feature(rows="each", monotone={"chance": "increasing"})
def log_odds(chance: Chances) -> Annotated[Floats, LOGIT]:
    """Return scipy.special.logit."""
    found: Floats = special.logit(chance)
    return found


@feature(rows="each", scope=Table())
def parts(score: Annotated[Floats, LOGIT]) -> Annotated[Floats, SIMPLEX]:
    """Return scipy.special.softmax over the rows."""
    found: Floats = special.softmax(score)
    return found


@feature(rows="each", monotone={"temp": "increasing"})
def as_fahrenheit(temp: Annotated[Floats, CELSIUS]) -> Annotated[Floats, FAHRENHEIT]:
    """Return scipy.constants.convert_temperature."""
    found: Floats = constants.convert_temperature(temp, "Celsius", "Fahrenheit")
    return found


@feature(rows="ordered", nulls="skip")
def smoothed(lengths: LengthSeries) -> LengthSeries:
    """Return pandas.Series.ewm(halflife=2).mean()."""
    return lengths.ewm(halflife=2).mean()


@feature(rows="each", scope=Past("at", by="meter", window="24h"))
def last_day(readings: Readings) -> Energies:
    """Return pandas' rolling("24h").sum() of each meter, the reading itself included."""
    ordered = readings.sort_values(["meter", "at"])
    sums = ordered.groupby("meter").rolling("24h", on="at")["energy"].sum().to_numpy()
    return pd.Series(sums, index=ordered.index).reindex(readings.index)


@feature(rows="each", scope=Group("meter"))
def rank_of_reading(readings: Readings) -> Ranks:
    """Return pandas' rank(pct=True) within each meter."""
    return readings.groupby("meter")["energy"].rank(pct=True)


@feature(rows="ordered")
def growth(lengths: LengthSeries) -> Percents:
    """Return pandas.Series.pct_change, in percent."""
    return convert(lengths.pct_change(), "1", "percent")


@feature(rows="any", scope=Group("meter"))
def meter_totals(readings: Annotated[pl.LazyFrame, Reading]) -> Annotated[pl.LazyFrame, Total]:
    """Return polars' group_by(...).agg(sum)."""
    return readings.group_by("meter").agg(energy=pl.col("energy").sum())


class Total(FeatureSchema, key="meter"):
    """What one meter counted."""

    meter: str
    energy: Annotated[float, Unit("joule")]


class Site(FeatureSchema):
    """How far a site is from the sea."""

    inland: Annotated[float, Unit("km")] = field(ge=0, le=3000)
    flooded: Annotated[float, PROPORTION]


Known = Annotated[pd.DataFrame, Site, TrainingRows]
Sites = Annotated[pd.DataFrame, Site]


@feature(rows="each", fit="train")
def within_known(train: Known, sites: Sites) -> Annotated[Floats, Unit("1")]:
    """Return sklearn's MinMaxScaler, fitted on known sites."""
    scaled: Floats = MinMaxScaler().fit(train[["inland"]]).transform(sites[["inland"]])
    return scaled[:, 0]


@feature(rows="each", fit="train", monotone={"inland": "increasing"})
def quantile_among_known(train: Known, sites: Sites) -> Annotated[Floats, UNIT_INTERVAL]:
    """Return sklearn's QuantileTransformer, fitted on known sites."""
    transformer = QuantileTransformer(n_quantiles=min(len(train), 100)).fit(train[["inland"]])
    scaled: Floats = transformer.transform(sites[["inland"]])
    return scaled[:, 0]


@feature(rows="each", fit="train", monotone={"inland": "decreasing"})
def flooded_share(train: Known, sites: Sites) -> Annotated[Floats, PROPORTION]:
    """Return sklearn's IsotonicRegression, fitted on known sites."""
    model = IsotonicRegression(increasing=False, out_of_bounds="clip").fit(train["inland"], train["flooded"])
    found: Floats = model.predict(sites["inland"])
    return found


@feature(rows="any", scope=Table())
def closeness(first: Lengths, second: Lengths) -> Annotated[float, SIMILARITY]:
    """Return sklearn.metrics.pairwise.cosine_similarity of two columns."""
    return float(np.clip(metrics.pairwise.cosine_similarity([first], [second])[0, 0], -1.0, 1.0))


class Public(NamedTuple):
    """A function of a library: what wraps it, its name, and what its declaration promises of it."""

    function: Callable[..., Any]
    of: str
    holds: str


FUNCTIONS = (
    Public(brier, "sklearn.metrics.brier_score_loss", "in [0, 1]; row order and repetition do not matter"),
    Public(loss_of_no, "sklearn.metrics.log_loss", "rises with the chance of what did not happen"),
    Public(
        squared_error, "sklearn.metrics.mean_squared_error", "km in, km**2 out; moved points do not matter"
    ),
    Public(median_error, "sklearn.metrics.median_absolute_error", "km in, km out"),
    Public(largest_error, "sklearn.metrics.max_error", "km in, km out"),
    Public(ways, "sklearn.metrics.pairwise.haversine_distances", "a full turn does not matter; row by row"),
    Public(mean_direction, "scipy.stats.circmean", "turns with the directions; row order does not matter"),
    Public(geometric_mean, "scipy.stats.gmean", "km in, km out; repetition does not matter"),
    Public(harmonic_mean, "scipy.stats.hmean", "km in, km out; repetition does not matter"),
    Public(scores, "scipy.stats.zscore", "no unit matters; hangs on the whole table"),
    Public(disorder, "scipy.stats.entropy", "row order does not matter"),
    Public(quartile_range, "scipy.stats.iqr", "km in, km out"),
    Public(rank_correlation, "scipy.stats.spearmanr", "in [-1, 1]; no unit matters"),
    Public(work, "numpy.trapezoid", "W and hours in, W h out"),
    Public(air_at, "numpy.interp", "row by row; its table is of one unit of length, so `pinned` says so"),
    Public(weighted_mean, "numpy.average", "km in, km out"),
    Public(chances, "scipy.special.expit", "log odds to probability; rises"),
    Public(log_odds, "scipy.special.logit", "probability to log odds; rises"),
    Public(parts, "scipy.special.softmax", "sums to one; moved points do not matter"),
    Public(as_fahrenheit, "scipy.constants.convert_temperature", "the conversion of points"),
    Public(smoothed, "pandas.Series.ewm", "km in, km out; order matters"),
    Public(last_day, "pandas.DataFrame.rolling", "no later row, no other meter, none of before the window"),
    Public(rank_of_reading, "pandas.Series.rank", "in [0, 1]; no other meter"),
    Public(growth, "pandas.Series.pct_change", "km do not matter; in percent"),
    Public(meter_totals, "polars.LazyFrame.group_by", "parts of a table add up"),
    Public(within_known, "sklearn.preprocessing.MinMaxScaler", "only known sites are learnt from"),
    Public(quantile_among_known, "sklearn.preprocessing.QuantileTransformer", "in [0, 1]; rises; fitted"),
    Public(flooded_share, "sklearn.isotonic.IsotonicRegression", "falls; fitted; in [0, 1]"),
    Public(closeness, "sklearn.metrics.pairwise.cosine_similarity", "in [-1, 1]; no unit matters"),
)
