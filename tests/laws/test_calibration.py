"""Calibration: calibrated models pass at the stated rate, others fail; what cannot be judged is refused."""

import itertools
import xml.etree.ElementTree as ET
from typing import Annotated, Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from numpy.typing import NDArray

from tests.laws.right_sklearn import Trip, chances, polars_chances
from typedml import PROBABILITY, Unit, feature
from typedml.errors import DeclarationError
from typedml.laws.calibration import calibration, reliability, sum_of_draws

Floats = NDArray[np.float64]


def drawn(rows: int, seed: int, sharpness: float = 1.0) -> tuple[Floats, Floats]:
    """What a model says, and what came true: with a sharpness of 1 it is calibrated."""
    random = np.random.default_rng(seed)
    logit = random.normal(-0.5, 1.2, size=rows)
    true = 1 / (1 + np.exp(-logit))
    return 1 / (1 + np.exp(-sharpness * logit)), (random.random(rows) < true).astype(float)


def test_calibrated_models_are_refuted_no_more_often_than_is_stated() -> None:
    refuted = sum(not reliability(*drawn(300, seed), false_alarm=0.1) for seed in range(300))
    # Of 300 tests with a rate of 0.1 or less, 48 or more alarms come less than once in a thousand times.
    assert 1 <= refuted < 48


@pytest.mark.parametrize("sharpness", [2.0, 0.4])
def test_models_that_are_too_sure_or_not_sure_enough_are_refuted(sharpness: float) -> None:
    found = [reliability(*drawn(2000, seed, sharpness)) for seed in range(20)]
    assert sum(not each.ok for each in found) == 20
    word = "overconfident" if sharpness > 1 else "not confident enough"
    assert sum(word in each.diagnosis for each in found) >= 18


def test_a_model_that_is_too_high_throughout_is_named_as_that() -> None:
    given, labels = drawn(2000, 1)
    assert "too high" in reliability(given**0.5, labels).diagnosis
    assert "too low" in reliability(given**2, labels).diagnosis


def test_the_sum_of_draws_is_exact() -> None:
    chances_of = np.asarray([0.1, 0.5, 0.9, 0.3])
    expected = np.zeros(5)
    for drawn_ones in itertools.product((0, 1), repeat=4):
        pairs = zip(chances_of, drawn_ones, strict=True)
        expected[sum(drawn_ones)] += np.prod([p if one else 1 - p for p, one in pairs])
    assert np.allclose(sum_of_draws(chances_of), expected, atol=1e-15)
    many = np.random.default_rng(0).random(1000)
    found = sum_of_draws(many)
    assert np.isclose(found @ np.arange(1001), many.sum())
    assert np.isclose(found @ np.arange(1001) ** 2 - many.sum() ** 2, (many * (1 - many)).sum())


def test_the_report_shows_bins_with_their_bands_and_the_rate_of_false_alarms() -> None:
    told = str(reliability(*drawn(2000, 3, 2.0), name="late_chances"))
    assert told.startswith("late_chances: not calibrated in ")
    assert "it is overconfident" in told
    assert "at most 0.01" in told
    assert " <--" in told
    assert "Hint: recalibrate" in told


def test_the_diagram_is_an_svg_that_marks_the_bins_outside_of_their_bands() -> None:
    found = reliability(*drawn(2000, 3, 2.0), name="late <chances>")
    root = ET.fromstring(found.svg)
    classes = [element.get("class") for element in root.iter()]
    assert classes.count("far") == sum(not each.holds for each in found.bins)
    assert classes.count("band") == len(found.bins) == 10
    assert "late <chances>" in (root[0].text or "")


def trips(rows: int, seed: int) -> pd.DataFrame:
    """Flights that are the later the longer their delay at departure is."""
    random = np.random.default_rng(seed)
    delay = random.normal(10, 10, size=rows)
    late = random.random(rows) < 1 / (1 + np.exp(-(delay - 15) / 8))
    distance = random.uniform(100, 2000, size=rows)
    return pd.DataFrame({"carrier": "AA", "distance": distance, "delay": delay, "late": late})


def test_a_fitted_classifier_is_calibrated_on_rows_that_it_was_not_fitted_on() -> None:
    found = calibration(chances, trips(1500, 1), train=trips(800, 2))
    assert found.ok, str(found)
    assert found.rows == 1500


def test_a_feature_of_polars_and_one_of_arrays_are_taken_as_well() -> None:
    rows = pl.from_pandas(trips(500, 1))
    assert calibration(polars_chances, rows, train=pl.from_pandas(trips(400, 2))).rows == 500

    @feature(rows="each")
    def sure(delay: Annotated[Floats, Unit("minute")]) -> Annotated[Floats, PROBABILITY]:
        return np.where(delay > 15, 0.99, 0.01)

    found = calibration(sure, rows, label="late")
    assert not found.ok
    assert "overconfident" in found.diagnosis


def test_rows_without_a_label_are_left_out_and_counted() -> None:
    rows = trips(200, 1).astype({"late": object})
    rows.loc[:9, "late"] = None
    assert calibration(chances, rows, train=trips(300, 2)).left_out == 10


def unsaid(trips_of: Annotated[pd.DataFrame, Trip]) -> Any:
    return trips_of["delay"]


@feature(rows="each")
def half(trips_of: Annotated[pd.DataFrame, Trip]) -> Annotated["pd.Series[float]", PROBABILITY]:
    return trips_of["delay"] * 0 + 0.5


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: calibration(unsaid, trips(50, 1), label="late"), "no probability"),
        (lambda: calibration(half, trips(50, 1)), "names no label"),
        (lambda: calibration(half, trips(50, 1), label="lat"), 'no column "lat"'),
        (lambda: calibration(half, trips(50, 1), label="carrier"), "holds 'AA'"),
        (lambda: calibration(half, trips(50, 1), label="distance"), "neither 0 nor 1"),
        (lambda: calibration(chances, trips(50, 1)), "wants `train`"),
        (lambda: reliability([0.5, 1.5], [0, 1]), "1.5"),
        (lambda: reliability([], []), "No row"),
        (lambda: reliability([0.5], [1, 0]), "One probability|one probability"),
        (lambda: reliability([0.5], [1], bins=0), "no test"),
    ],
)
def test_what_cannot_be_judged_is_refused_with_a_hint(call: Any, words: str) -> None:
    with pytest.raises(DeclarationError, match=words) as refused:
        call()
    assert "Hint: " in str(refused.value)
