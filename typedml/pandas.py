"""Short forms for pandas: `DataFrame[Flight]` is `Annotated[pd.DataFrame, Flight]`, `Series[Km]` likewise.

>>> from typing import Annotated
>>> from typedml import Unit
>>> from typedml.pandas import Series
>>> Series[Annotated[float, Unit("km")]].__metadata__
(Unit("km"),)
"""

from __future__ import annotations

import pandas as pd

from typedml.declare.short_forms import ShortForm

DataFrame = ShortForm(pd.DataFrame, "DataFrame", "DataFrame[Flight], Flight being a FeatureSchema")
Series = ShortForm(pd.Series, "Series", "Series[Km], Km being an alias such as Annotated[float, Unit('km')]")
