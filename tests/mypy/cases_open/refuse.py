"""What the algebra must refuse, as far as scalars go."""

import math
from typing import Annotated

from typedml import Celsius, Count, EpochMillis, EpochSeconds, Kelvin, Label, Logit, LogProbability, Probability, Threshold, Unit
from typedml import COUNT

Minutes = Annotated[float, Unit("minute")]
Hours = Annotated[float, Unit("hour")]
Degrees = Annotated[float, Unit("degree")]
Usd = Annotated[float, Unit("USD")]
Eur = Annotated[float, Unit("EUR")]
Dbm = Annotated[float, Unit("dBm")]
Variance = Annotated[float, Unit("km**2")]
Km = Annotated[float, Unit("km")]
Miles = Annotated[float, Unit("mile")]
Mph = Annotated[float, Unit("mile/hour")]
Fraction = Annotated[float, Unit("1")]
Percent = Annotated[float, Unit("percent")]


def sine(d: Degrees) -> float:
    return math.sin(d)  # E: Argument 1 to "sin" has incompatible type "float[degree]"; expected "float[radian]"  [typedml-unit] # N: Hint: convert(d, "degree", "radian") makes it "float[radian]"
