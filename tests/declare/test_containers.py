"""`@checked` looks at what holds the values: a list is no Series, and pandas is not polars."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import typedml as t
from typedml import CheckError, FeatureSchema, Unit, checked
from typedml.declare.aliases import PROBABILITY


class Line(FeatureSchema):
    share: t.Probability


class Shares(pd.Series):
    """A Series of one's own."""


class Duck:
    """Behaves as an array."""

    shape = (1,)

    def __array__(self, dtype: Any = None, copy: Any = None) -> npt.NDArray[np.float64]:
        return np.array([0.5])


PANDAS, POLARS, ARRAY = pd.Series([0.5]), pl.Series([0.5]), np.array([0.5])
FRAME, POLARS_FRAME = pd.DataFrame({"share": [0.5]}), pl.DataFrame({"share": [0.5]})
ROWS = [{"share": 0.5}]
HELD: dict[str, Any] = {
    "Series": Annotated[pd.Series, PROBABILITY],
    "polars": Annotated[pl.Series, PROBABILITY],
    "either": Annotated[pd.Series | pl.Series, PROBABILITY],
    "maybe": Annotated[pd.Series, PROBABILITY] | None,
    "array": Annotated[npt.NDArray[np.float64], PROBABILITY],
    "frame": Annotated[pd.DataFrame, PROBABILITY],
    "list": list[t.Probability],
    "bare": Annotated[list, PROBABILITY],
    "tuple": tuple[t.Probability, ...],
    "sequence": Sequence[t.Probability],
    "iterable": Iterable[t.Probability],
    "collection": Collection[t.Probability],
    "items": list[t.Probability | None],
    "lists": list[Annotated[pd.Series, PROBABILITY]],
    "mapping": Mapping[str, Annotated[pd.Series, PROBABILITY]],
    "table": Annotated[pd.DataFrame, Line],
    "rows": Annotated[list[dict[str, Any]], Line],
    "records": Annotated[np.ndarray, Line],
    "union": Annotated[npt.NDArray[np.float64] | pd.Series, PROBABILITY],
    "any": Annotated[Any, Line],
}


def taking(annotation: Any) -> Callable[[Any], Any]:
    def f(x: Any) -> Any:
        return x

    f.__annotations__ = {"x": annotation}
    return checked(f)


@pytest.mark.parametrize(
    ("name", "value", "said", "hint"),
    [
        ("Series", [0.5], "a list, where a pandas Series is declared", "pd.Series(values)"),
        ("Series", 0.5, "a float, where a pandas Series", "pd.Series"),
        ("Series", POLARS, "a polars Series, where a pandas Series", "pd.Series"),
        ("Series", ARRAY, "a numpy ndarray, where a pandas Series", "pd.Series"),
        ("Series", FRAME, "a pandas DataFrame, where a pandas Series", 'frame["column"]'),
        ("Series", pl.col("share"), "a polars Expr, where a pandas Series", "pd.Series"),
        ("polars", PANDAS, "a pandas Series, where a polars Series", "pl.Series"),
        ("either", [0.5], "a list, where a Series is declared", "Series"),
        ("maybe", [0.5], "a list, where a pandas Series", "pd.Series"),
        ("array", [0.5], "a list, where a numpy array is declared", "np.asarray"),
        ("array", PANDAS, "a pandas Series, where a numpy array", "np.asarray"),
        ("frame", PANDAS, "a pandas Series, where a frame of pandas", "pd.DataFrame"),
        ("list", POLARS, "a polars Series, where a list is declared", "list(values)"),
        ("list", 0.5, "a float, where a list is declared", "[value]"),
        ("list", {"a": 0.5}, "a dict, where a list is declared", "list(values)"),
        ("bare", ARRAY, "a numpy ndarray, where a list", "list(values)"),
        ("tuple", POLARS, "a polars Series, where a tuple", "list(values)"),
        ("sequence", PANDAS, "a pandas Series, where a Sequence", "list(values)"),
        ("items", POLARS, "a polars Series, where a list", "list(values)"),
        ("lists", [[0.5]], "item: a list, where a pandas Series", "pd.Series"),
        ("mapping", {"a": POLARS}, "item: a polars Series, where a pandas Series", "pd.Series"),
        ("table", POLARS_FRAME, "a polars DataFrame, where a frame of pandas", "frame.to_pandas()"),
        ("table", ROWS, "a list, where a frame of pandas", "pd.DataFrame(data)"),
        ("table", pa.table({"share": [0.5]}), "a Table, where a frame of pandas", "pd.DataFrame(data)"),
        ("rows", POLARS_FRAME, "a polars DataFrame, where a list", "list(values)"),
        ("records", ROWS, "a list, where a numpy array", "np.asarray"),
    ],
)
def test_what_is_held_otherwise_is_refused(name: str, value: Any, said: str, hint: str) -> None:
    with pytest.raises(CheckError) as caught:
        taking(HELD[name])(value)
    assert said in caught.value.fact
    assert hint in str(caught.value.hint)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Series", PANDAS),
        ("Series", Shares([0.5])),
        ("polars", POLARS),
        ("polars", pl.col("share")),
        ("either", POLARS),
        ("either", PANDAS),
        ("maybe", None),
        ("array", ARRAY),
        ("array", np.ma.masked_array([0.5])),
        ("array", Duck()),
        ("list", [0.5]),
        ("list", (0.5,)),
        ("bare", [0.5]),
        ("tuple", (0.5, 0.4)),
        ("sequence", [0.5]),
        ("iterable", POLARS),
        ("iterable", PANDAS),
        ("collection", ARRAY),
        ("lists", [PANDAS]),
        ("mapping", {"a": PANDAS}),
        ("table", FRAME),
        ("rows", ROWS),
        ("union", ARRAY),
        ("union", PANDAS),
        ("any", POLARS_FRAME),
        ("any", ROWS),
    ],
)
def test_what_is_held_as_declared_passes(name: str, value: Any) -> None:
    assert taking(HELD[name])(value) is value


def test_an_expression_of_a_rule_passes_for_a_series() -> None:
    half = Line.c.share / 2
    assert taking(HELD["Series"])(half) is half


def test_many_arguments_are_checked_one_by_one() -> None:
    @checked
    def f(*legs: Annotated[float, Unit("km")]) -> int:
        return len(legs)

    assert f(1.0, 2.0) == 2


def test_a_missing_series_is_told_as_missing() -> None:
    with pytest.raises(CheckError, match="is missing"):
        taking(HELD["Series"])(None)
