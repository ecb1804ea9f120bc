"""The short form for numpy: `Array[Km]` is an `ndarray` whose values are kilometres.

>>> from typedml import PROBABILITY
>>> from typedml.numpy import Array
>>> Array[PROBABILITY].__metadata__
(PROBABILITY,)
"""

from __future__ import annotations

import numpy as np

from typedml.declare.short_forms import ShortForm

Array = ShortForm(np.ndarray, "Array", "Array[Km], Km being an alias such as Annotated[float, Unit('km')]")
