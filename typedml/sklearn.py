"""scikit-learn: a step of a pipeline that checks what passes, and estimators as features that laws can try.

>>> import pandas as pd
>>> from typedml import FeatureSchema, Probability
>>> from typedml.sklearn import Boundary
>>> class Score(FeatureSchema):
...     p: Probability
>>> frame = pd.DataFrame({"p": [0.5, 0.25]})
>>> Boundary(Score).fit_transform(frame) is frame
True

>>> from typing import Annotated
>>> from sklearn.preprocessing import MinMaxScaler
>>> from typedml import ZSCORE
>>> scaled = feature(MinMaxScaler(), reads=Score, gives=Annotated[np.ndarray, ZSCORE])
>>> scaled(frame, frame).tolist()
[[1.0], [0.0]]
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal, Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin, clone, is_classifier
from sklearn.utils import check_array
from sklearn.utils.validation import check_is_fitted, validate_data

from typedml.boundary import BoundaryError, FrameError, check, plan_of
from typedml.boundary.report import BoundaryWarning, Report
from typedml.errors import DeclarationError

Severity = Literal["fail", "warn"]
Method = Literal["predict_proba", "predict", "decision_function", "transform"]
METHODS: tuple[Method, ...] = ("predict_proba", "transform", "predict", "decision_function")


class Boundary(TransformerMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn ships no types
    """A transformer that changes nothing: it raises where a frame breaks its schema, or warns.

    `schema` is what `check` takes. An array has no names: `columns` gives them, else they are x0, x1, ...
    With `severity="warn"` a BoundaryWarning tells what fails, and the pipeline goes on. `sample` and `seed`
    judge a part of the rows, `rows` is how many failing ones of each rule are kept. After each check the
    report is in `report_`.

    Raises: when fitted or called, BoundaryError with every failure; FrameError for what is no frame.
    """

    def __init__(
        self,
        schema: Any,
        *,
        columns: Sequence[str] | None = None,
        severity: Severity = "fail",
        sample: int | float | None = None,
        seed: int = 0,
        rows: int | None = 5,
    ) -> None:
        self.schema = schema
        self.columns = columns
        self.severity = severity
        self.sample = sample
        self.seed = seed
        self.rows = rows

    def fit(self, X: Any, y: Any = None) -> Self:
        """Check `X`, and note its columns."""
        self._judge(X, reset=True)
        return self

    def transform(self, X: Any) -> Any:
        """Return `X` as it is, after checking it."""
        return self._judge(X, reset=False)

    def fit_transform(self, X: Any, y: Any = None, **fit_params: Any) -> Any:
        """Return `X` as it is, after checking it once."""
        return self._judge(X, reset=True)

    def get_feature_names_out(self, input_features: Sequence[str] | None = None) -> Any:
        """The names of the columns, which are those that came in.

        Raises: ValueError if `input_features` are others.
        """
        check_is_fitted(self, "n_features_in_")
        names = self._names()
        if input_features is not None and list(input_features) != names:
            if self.columns is not None or hasattr(self, "feature_names_in_"):
                raise ValueError(f"input_features is not equal to feature_names_in_: {names}")
            names = list(input_features)
        return np.asarray(names, dtype=object)

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.requires_fit = False
        tags.input_tags.allow_nan = tags.input_tags.string = tags.input_tags.categorical = True
        return tags

    def _judge(self, X: Any, *, reset: bool) -> Any:
        if self.severity not in ("fail", "warn"):
            raise ValueError(f'severity={self.severity!r} is unknown\nHint: write "fail" or "warn"')
        X = X if _is_frame(X) else check_array(X, dtype=None, ensure_all_finite=False)
        validate_data(self, X, reset=reset or not hasattr(self, "n_features_in_"), skip_check_array=True)
        frame = X if _is_frame(X) else self._named(X)
        report = check(self.schema, frame, rows=self.rows, sample=self.sample, seed=self.seed)
        self.report_: Report = report
        if not report.ok and self.severity == "fail":
            raise BoundaryError(report)
        if not report.ok or report.warnings:
            warnings.warn(BoundaryWarning(report), stacklevel=3)
        return X

    def _names(self) -> list[str]:
        if self.columns is not None:
            return list(self.columns)
        seen: Any = getattr(self, "feature_names_in_", None)
        return list(seen) if seen is not None else [f"x{at}" for at in range(self.n_features_in_)]

    def _named(self, values: Any) -> Any:
        """The array as a table with named columns."""
        names = self._names()
        if len(names) != values.shape[1]:
            fact = f"the array has {values.shape[1]} columns, and columns= names {len(names)}"
            raise FrameError(fact, "name every column of the array, in order")
        wanted = [column.column for column in plan_of(self.schema).columns if column.required]
        if self.columns is None and wanted and not set(wanted) & set(names):
            fact = f"an array has no names, and {plan_of(self.schema).name} wants {', '.join(wanted[:5])}"
            raise FrameError(fact, f"Boundary(schema, columns={wanted[:5]}) names the columns of the array")
        table = np.empty(len(values), dtype=[(name, values.dtype) for name in names])
        for at, name in enumerate(names):
            table[name] = values[:, at]
        return table


def _is_frame(X: Any) -> bool:
    return hasattr(X, "columns") or (isinstance(X, np.ndarray) and X.dtype.names is not None)


def feature(
    estimator: Any,
    *,
    reads: Any,
    gives: Any,
    scores: Any = None,
    label: str | None = None,
    method: Method | None = None,
    columns: Sequence[str] | None = None,
    frames: Any = None,
    name: str | None = None,
    seed: int = 0,
    **options: Any,
) -> Callable[[Any, Any], Any]:
    """Return an estimator as a feature `f(train, rows)`: a copy is fitted on `train`, and scores `rows`.

    `reads` is the schema of the training rows, and of the scored ones unless `scores` is another; `gives` the
    annotation of the result, an array, a Series or a frame. `label` is the column to be predicted; `columns`
    are read, by default all but the label. `method` is the one that scores, by default the first of
    predict_proba, transform, predict and decision_function that the estimator has; of two classes the
    probability of the second is given. Training rows of one class give it the probability 1.

    `frames` is the class of the frames (pd.DataFrame unless another is given), `name` what reports call the
    feature, `seed` the random state wherever the estimator leaves it open. Other options are those of
    `typedml.feature`.

    Raises: DeclarationError for what is no estimator, or lacks the method, the label or a column.
    """
    from typedml.declare.feature import feature as declare
    from typedml.declare.reader import read

    frame = _pandas_frame() if frames is None else frames
    steps = _Steps(estimator, _method(estimator, method), label, seed)
    schema = reads if scores is None else scores
    steps.columns = _columns(reads, schema, label, columns)

    def scored(train: Any, rows: Any) -> Any:
        return _carried(steps, train, rows, read(scored).result.carrier)

    scored.__name__ = scored.__qualname__ = name or f"{type(estimator).__name__}.{steps.method}"
    scored.__doc__ = f"Fit {estimator!r} on `train`, and score `rows` with its `{steps.method}`."
    scored.__annotations__ = {
        "train": Annotated[frame, reads],
        "rows": Annotated[frame, schema],
        "return": gives,
    }
    return declare(**{"rows": "each", "fit": "train", "label": label, **options})(scored)


class _Steps:
    """An estimator with what is needed to fit it anew at each call."""

    def __init__(self, estimator: Any, method: Method, label: str | None, seed: int) -> None:
        self.estimator = estimator
        self.method = method
        self.label = label
        self.columns: list[str] = []
        self.open_states = {
            key: seed
            for key, value in estimator.get_params(deep=True).items()
            if value is None and key.split("__")[-1] == "random_state"
        }

    def fitted(self, train: Any) -> tuple[Any, Any]:
        """A fitted copy and None; or None and the only class of the training rows."""
        model = clone(self.estimator).set_params(**self.open_states)
        if self.label is None:
            return model.fit(train[self.columns]), None
        target = np.asarray(train[self.label])
        known = np.asarray([cell is not None and cell == cell for cell in target.tolist()])
        rows, target = train[self.columns], target[known]
        if not known.all():
            rows = rows[known] if hasattr(rows, "iloc") else rows.filter(known)
        classes = np.unique(target)
        if is_classifier(model) and len(classes) == 1 and self.method.startswith("predict"):
            return None, classes[0]
        return model.fit(rows, target), None

    def scores(self, train: Any, rows: Any) -> Any:
        """What the fitted copy makes of the rows, as an array."""
        model, only = self.fitted(train)
        if model is None:
            sure = float(only) if isinstance(only, (bool, int, np.bool_, np.integer)) else 1.0
            return np.full(len(rows), only if self.method == "predict" else min(1.0, max(0.0, sure)))
        found = getattr(model, self.method)(rows[self.columns])
        found = found.toarray() if hasattr(found, "toarray") else np.asarray(found)
        return found[:, 1] if self.method == "predict_proba" and found.shape[1] == 2 else found


def _carried(steps: _Steps, train: Any, rows: Any, carrier: str) -> Any:
    """The scores in the carrier that is declared."""
    found = steps.scores(train, rows)
    if carrier not in ("series", "frame"):
        return found
    if carrier == "frame":
        model, _ = steps.fitted(train)
        return type(rows)(dict(zip(model.get_feature_names_out(), found.T, strict=True)))
    if found.ndim > 1:
        found = found[:, 0]
    if hasattr(rows, "index"):
        return type(rows[steps.columns[0]])(found, index=rows.index)
    return type(rows[steps.columns[0]])(found)


def _method(estimator: Any, method: Method | None) -> Method:
    if isinstance(estimator, type) or not hasattr(estimator, "get_params"):
        fact = f"{estimator!r} is no estimator of scikit-learn."
        raise DeclarationError(fact, "Give an instance, such as StandardScaler() or a pipeline.")
    found = [each for each in METHODS if hasattr(estimator, each)]
    if method is not None and method not in found:
        fact = f"{type(estimator).__name__} has no method {method!r}."
        raise DeclarationError(fact, f"It has {', '.join(found) or 'none that scores rows'}.")
    if not found:
        fact = f"{type(estimator).__name__} scores no rows."
        raise DeclarationError(fact, f"An estimator has one of {', '.join(METHODS)}.")
    return method or found[0]


def _columns(reads: Any, scores: Any, label: str | None, columns: Sequence[str] | None) -> list[str]:
    learnt = [column.column for column in plan_of(reads).columns]
    scored = [column.column for column in plan_of(scores).columns]
    if label is not None and label not in learnt:
        fact = f'The label "{label}" is no column of {plan_of(reads).name}.'
        raise DeclarationError(fact, f"Its columns are {', '.join(learnt)}.")
    if columns is None:
        return [column for column in learnt if column in scored and column != label]
    absent = [column for column in columns if column not in learnt or column not in scored]
    if absent:
        fact = f'The training rows and the scored ones do not both have the column "{absent[0]}".'
        raise DeclarationError(fact, f"{plan_of(scores).name} has {', '.join(scored)}.")
    return list(columns)


def _pandas_frame() -> Any:
    import pandas as pd

    return pd.DataFrame
