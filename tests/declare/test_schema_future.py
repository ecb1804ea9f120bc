"""The same with every annotation as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

import pytest
from typing_extensions import TypeAliasType

import typedml as t
from typedml import FeatureSchema, Unit, field

if TYPE_CHECKING:
    import pandas as pd

Km = Annotated[float, Unit("km")]
Named = TypeAliasType("Named", Annotated[float, Unit("hour")])


class Trip(FeatureSchema):
    distance: Km = field(gt=0)
    air_time: Named | None
    speed: Annotated[pd.Series[float], Unit("mph")]
    gust: Annotated[pd.Series[float], Unit("mph")] | None
    limit: ClassVar[int] = 3
    unseen: ClassVar[pd.Interval]


def test_annotations_as_text_are_read() -> None:
    assert [str(item.meaning) for item in Trip.declared.fields] == ["km", "hour", "mph", "mph"]
    assert [item.nullable for item in Trip.declared.fields] == [False, True, False, True]
    assert [item.base for item in Trip.declared.fields] == [float] * 4


def test_a_name_that_only_checkers_see_is_reported() -> None:
    with pytest.raises(t.DeclarationError, match="outside `if TYPE_CHECKING:`") as caught:

        class Broken(FeatureSchema):
            x: pd.Interval

    assert caught.value.code == "typedml-unread"
