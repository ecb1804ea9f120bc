"""`typedml.sklearn.Boundary`: a step of a pipeline that checks and changes nothing."""

import pickle
import subprocess
import sys
import warnings
from typing import Annotated, Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.utils.estimator_checks import check_estimator

import typedml as t
from typedml.boundary import BoundaryError, FrameError
from typedml.boundary.report import BoundaryWarning
from typedml.sklearn import Boundary


class Leg(t.FeatureSchema):
    distance: Annotated[float, t.Unit("mile")] = t.field(gt=0)
    late: t.Proportion


class Scaled(t.FeatureSchema, extra="forbid"):
    distance: t.UnitInterval
    late: t.UnitInterval


class Lenient(t.FeatureSchema):
    never: float = t.field(optional=True)


GOOD = {"distance": [100.0, 900.0, 400.0], "late": [0.1, 0.9, 0.5]}
BAD = {"distance": [100.0, -1.0, 400.0], "late": [0.1, 90.0, 0.5]}
MADE: dict[str, Any] = {"pandas": pd.DataFrame, "polars": pl.DataFrame}


@pytest.mark.parametrize("library", MADE)
def test_a_frame_that_keeps_its_schema_goes_through_as_it_is(library: str) -> None:
    frame = MADE[library](GOOD)
    step = Boundary(Leg)
    assert step.fit_transform(frame) is frame
    assert step.transform(frame) is frame
    assert list(step.get_feature_names_out()) == ["distance", "late"]
    assert step.report_.ok


@pytest.mark.parametrize("library", MADE)
def test_a_frame_that_breaks_it_stops_the_pipeline_when_it_is_fitted_and_when_it_predicts(
    library: str,
) -> None:
    bad, good = MADE[library](BAD), MADE[library](GOOD)
    made = make_pipeline(Boundary(Leg), StandardScaler(), LogisticRegression())
    with pytest.raises(BoundaryError) as caught:
        made.fit(bad, [0, 1, 0])
    assert caught.value.report.counts["late", "range"] == 1
    made.fit(good, [0, 1, 0])
    with pytest.raises(BoundaryError):
        made.predict(bad)
    assert len(made.predict(good)) == 3


def test_a_warning_lets_it_go_on() -> None:
    step = Boundary(Leg, severity="warn", rows=1)
    with pytest.warns(BoundaryWarning):
        step.fit_transform(pd.DataFrame(BAD))
    assert [len(failure.rows) for failure in step.report_.failures] == [1, 1]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        step.transform(pd.DataFrame(GOOD))


def test_a_sample_is_judged_where_one_is_asked_for() -> None:
    step = Boundary(Leg, sample=2, seed=1).fit(pd.DataFrame(GOOD))
    assert (step.report_.rows, step.report_.sample is None) == (2, False)


ARRAYS: list[Any] = [
    np.array([[100.0, 0.1], [900.0, 0.9]]),
    np.array([[100, 0], [900, 1]], dtype=np.int16),
    np.array([[100.0, 0.1], [900.0, 1]], dtype=object),
    [[100.0, 0.1], [900.0, 0.9]],
]


@pytest.mark.parametrize("array", ARRAYS, ids=lambda array: str(getattr(array, "dtype", "list")))
def test_an_array_is_checked_by_the_names_that_are_given(array: Any) -> None:
    step = Boundary(Leg, columns=["distance", "late"])
    assert np.array_equal(step.fit_transform(array), np.asarray(array))
    assert list(step.get_feature_names_out()) == ["distance", "late"]
    with pytest.raises(BoundaryError):
        step.transform(-np.asarray(array))


def test_an_array_between_steps_takes_the_names_that_go_with_it() -> None:
    made = make_pipeline(MinMaxScaler(), Boundary(Scaled, columns=["distance", "late"]))
    assert made.fit_transform(pd.DataFrame(GOOD)).max() <= 1
    with pytest.raises(BoundaryError):
        made.transform(pd.DataFrame({"distance": [5000.0], "late": [0.5]}))


@pytest.mark.parametrize("library", MADE)
def test_it_stands_in_a_column_transformer_with_frames_as_output(library: Any) -> None:
    scale = ColumnTransformer([("", MinMaxScaler(), ["distance", "late"])], verbose_feature_names_out=False)
    made = Pipeline([("check", Boundary(Leg)), ("scale", scale), ("scaled", Boundary(Scaled))])
    made.set_output(transform=library)
    found = made.fit_transform(MADE[library](GOOD))
    assert isinstance(found, MADE[library])
    assert list(found.columns) == list(made.get_feature_names_out()) == ["distance", "late"]
    inside = ColumnTransformer([("leg", Boundary(Leg), ["distance", "late"])], remainder="drop")
    inside.set_output(transform=library)
    assert list(inside.fit_transform(MADE[library](GOOD)).columns) == ["leg__distance", "leg__late"]
    with pytest.raises(BoundaryError):
        inside.fit_transform(MADE[library](BAD))


def test_an_array_comes_out_as_the_frame_that_is_asked_for() -> None:
    step = Boundary(Leg, columns=["distance", "late"]).set_output(transform="pandas")
    found = step.fit_transform(ARRAYS[0])
    assert list(found.columns) == ["distance", "late"]


def test_it_is_cloned_pickled_and_shown() -> None:
    step = Boundary(Leg, columns=["distance", "late"], severity="warn", sample=0.5)
    other = clone(step)
    assert other.get_params() == step.get_params()
    fitted = Boundary(Leg).fit(pd.DataFrame(GOOD))
    again = pickle.loads(pickle.dumps(fitted))
    assert list(again.get_feature_names_out()) == ["distance", "late"]
    assert "severity='warn'" in repr(step)
    assert step.set_params(severity="fail").severity == "fail"


def test_it_needs_no_fit() -> None:
    assert Boundary(Leg).transform(pd.DataFrame(GOOD)).shape == (3, 2)


REFUSED: list[tuple[Boundary, Any, type[Exception], str]] = [
    (Boundary(Leg, severity="loud"), pd.DataFrame(GOOD), ValueError, "severity='loud'"),  # type: ignore[arg-type]
    (Boundary(Leg), ARRAYS[0], FrameError, "an array has no names"),
    (Boundary(Leg, columns=["distance"]), ARRAYS[0], FrameError, "2 columns, and columns= names 1"),
    (Boundary(3), pd.DataFrame(GOOD), FrameError, "not a schema"),
    (Boundary(Leg), np.array([1.0]), ValueError, "Reshape"),
]


@pytest.mark.parametrize(("step", "data", "error", "said"), REFUSED, ids=lambda value: str(value)[:20])
def test_what_cannot_be_checked_is_refused(
    step: Boundary, data: Any, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        step.fit(data)


def test_names_that_did_not_come_in_do_not_go_out() -> None:
    step = Boundary(Leg).fit(pd.DataFrame(GOOD))
    with pytest.raises(ValueError, match="feature_names_in_"):
        step.get_feature_names_out(["a", "b"])
    with pytest.raises(ValueError, match="feature names"):
        step.transform(pd.DataFrame(GOOD)[["late", "distance"]])


def test_scikit_learn_finds_an_estimator_as_it_should_be() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = check_estimator(Boundary(Lenient), on_fail=None)
    failed = {each["check_name"]: each["exception"] for each in found if each["status"] == "failed"}
    assert failed == {}
    assert len(found) > 30


def test_scikit_learn_is_imported_by_its_leaf_alone() -> None:
    code = "import sys, typedml.boundary; print('sklearn' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True)
    assert done.stdout == "False\n"


def test_a_step_that_warns_says_everything_that_does_not_hold() -> None:
    class Late(t.FeatureSchema):
        x: float = t.field(ge=0, severity="warn")
        p: t.Probability

    with pytest.warns(BoundaryWarning) as told:
        Boundary(Late, severity="warn").fit_transform(pd.DataFrame({"x": [-1.0, 1.0], "p": [0.1, 2.0]}))
    (warning,) = told
    assert "x >= 0 failed in 1 of 2 rows" in str(warning.message)
    assert "p in [0, 1]" in str(warning.message)
