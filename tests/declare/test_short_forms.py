from __future__ import annotations

from typing import Annotated, get_args

import numpy as np
import pandas as pd
import polars as pl
import pytest

import typedml.numpy
import typedml.pandas
import typedml.polars
from typedml import DeclarationError, FeatureSchema, Unit, checked
from typedml.boundary import BoundaryError
from typedml.declare.reader import read
from typedml.declare.short_forms import ShortForm

Km = Annotated[float, Unit("km")]


class Leg(FeatureSchema):
    distance: Km


@pytest.mark.parametrize(
    ("form", "carrier"),
    [
        (typedml.pandas.DataFrame[Leg], pd.DataFrame),
        (typedml.polars.DataFrame[Leg], pl.DataFrame),
        (typedml.polars.LazyFrame[Leg], pl.LazyFrame),
    ],
)
def test_a_frame_in_short_is_the_annotated_frame(form: object, carrier: type) -> None:
    assert get_args(form) == (carrier, Leg)


@pytest.mark.parametrize(
    ("form", "carrier"),
    [
        (typedml.pandas.Series[Km], pd.Series),
        (typedml.polars.Series[Km], pl.Series),
        (typedml.numpy.Array[Km], np.ndarray),
    ],
)
def test_a_column_in_short_is_the_annotated_column(form: object, carrier: type) -> None:
    assert get_args(form) == (carrier, Unit("km"))


def test_a_function_of_short_forms_is_read() -> None:
    def speeds(legs: typedml.pandas.DataFrame[Leg]) -> typedml.pandas.Series[Km]:
        return legs["distance"]

    declared = read(speeds)
    assert declared.parameters[0].schema is not None
    assert str(declared.result.meaning) == "km"


def test_checked_looks_at_frames_in_short() -> None:
    @checked
    def rows(legs: typedml.pandas.DataFrame[Leg]) -> int:
        return len(legs)

    assert rows(pd.DataFrame({"distance": [1.0, 2.0]})) == 2
    with pytest.raises(BoundaryError):
        rows(pd.DataFrame({"distances": [1.0]}))


@pytest.mark.parametrize("form", [typedml.pandas.DataFrame, typedml.polars.Series, typedml.numpy.Array])
def test_a_short_form_of_nothing_is_refused(form: ShortForm) -> None:
    with pytest.raises(DeclarationError, match="Hint: Write"):
        form["km"]
