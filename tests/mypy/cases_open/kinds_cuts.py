"""Thresholds, identifiers, labels and kinds of one's own."""

from typing import Annotated

from units_elsewhere import PRICE, PROPENSITY, Propensity

from typedml import DURATION, IDENTIFIER, LABEL, MONEY, PROBABILITY, SCORE, THRESHOLD, Duration, Identifier, Kind, Label, Logit, Money, Probability, Proportion, Score, Threshold, Unit

Km = Annotated[float, Unit("km")]
UserId = Annotated[int, IDENTIFIER]
LENGTH = Kind("Length", unit="meter")
WIDTH = Kind("Width", parent=LENGTH)
HEIGHT = Kind("Height", parent=LENGTH)
Width = Annotated[float, WIDTH]
Height = Annotated[float, HEIGHT]
Length = Annotated[float, LENGTH]
Price = Annotated[float, PRICE]


def names(a: UserId, b: UserId, label: Label, other: Label, user: Identifier) -> None:
    sum([a, b])  # E: Argument 1 to "sum" has incompatible type "int[Identifier]"  [typedml-kind]
