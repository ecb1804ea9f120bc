"""A step of a scikit-learn pipeline that checks what passes from the step before it to the one after.

>>> import pandas as pd
>>> from typedml import FeatureSchema, Probability
>>> from typedml.sklearn import Boundary
>>> class Score(FeatureSchema):
...     p: Probability
>>> frame = pd.DataFrame({"p": [0.5, 0.25]})
>>> Boundary(Score).fit_transform(frame) is frame
True
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any, Literal, Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils import check_array
from sklearn.utils.validation import check_is_fitted, validate_data

from typedml.boundary import BoundaryError, FrameError, check, plan_of
from typedml.boundary.report import BoundaryWarning, Report

Severity = Literal["fail", "warn"]


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
