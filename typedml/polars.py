"""Short forms for polars: `DataFrame[Flight]` is `Annotated[pl.DataFrame, Flight]`; so are the others.

>>> from typedml import PROBABILITY
>>> from typedml.polars import Series
>>> Series[PROBABILITY].__metadata__
(PROBABILITY,)
"""

from __future__ import annotations

import polars as pl

from typedml.declare.short_forms import ShortForm

DataFrame = ShortForm(pl.DataFrame, "DataFrame", "DataFrame[Flight], Flight being a FeatureSchema")
LazyFrame = ShortForm(pl.LazyFrame, "LazyFrame", "LazyFrame[Flight], Flight being a FeatureSchema")
Series = ShortForm(pl.Series, "Series", "Series[Km], Km being an alias such as Annotated[float, Unit('km')]")
