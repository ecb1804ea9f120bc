"""The kinds that typedml ships, as aliases to annotate with and, in capitals, as markers.

An alias is for a plain value (`p: Probability`), its marker for every other carrier
(`Annotated[NDArray[np.float64], PROBABILITY]`) and for checking a value (`PROBABILITY(0.5)`).
The names follow one rule: an underscore between a small letter or digit and a capital.

>>> from typedml.declare.aliases import PROBABILITY, Probability, Threshold
>>> def late(p: Probability, cut: Threshold[Probability]) -> bool:
...     return p >= cut
>>> PROBABILITY(0.5)
0.5
"""

from datetime import date, datetime
from typing import Annotated, TypeVar

from typedml.declare.markers import Cut, Kind, Role

T = TypeVar("T")

# Shares and chances
PROPORTION = Kind.shipped("Proportion")
Proportion = Annotated[float, PROPORTION]
PROBABILITY = Kind.shipped("Probability")
Probability = Annotated[float, PROBABILITY]
SIMPLEX = Kind.shipped("Simplex")
Simplex = Annotated[float, SIMPLEX]
"""One part of a whole. `SIMPLEX(values)` checks that a list or array sums to 1 along its last axis, to
within 1e-6; a scalar, `@checked` and boundaries check the range alone."""
BINARY = Kind.shipped("Binary")
Binary = Annotated[int, BINARY]
PERCENT = Kind.shipped("Percent")
Percent = Annotated[float, PERCENT]
ODDS = Kind.shipped("Odds")
Odds = Annotated[float, ODDS]
LOGIT = Kind.shipped("Logit")
Logit = Annotated[float, LOGIT]
LOG_PROBABILITY = Kind.shipped("LogProbability")
LogProbability = Annotated[float, LOG_PROBABILITY]
LOG_DENSITY = Kind.shipped("LogDensity")
LogDensity = Annotated[float, LOG_DENSITY]

# Scores, ranks and names
SCORE = Kind.shipped("Score")
Score = Annotated[float, SCORE]
RANK = Kind.shipped("Rank")
Rank = Annotated[int, RANK]
INDEX = Kind.shipped("Index")
Index = Annotated[int, INDEX]
INDEX_FROM_ONE = Kind.shipped("IndexFromOne")
IndexFromOne = Annotated[int, INDEX_FROM_ONE]
LABEL = Kind.shipped("Label")
Label = Annotated[int, LABEL]
CATEGORY = Kind.shipped("Category")
Category = Annotated[str, CATEGORY]
IDENTIFIER = Kind.shipped("Identifier")
Identifier = Annotated[str, IDENTIFIER]

# Numbers
COUNT = Kind.shipped("Count")
Count = Annotated[int, COUNT]
RATE = Kind.shipped("Rate")
Rate = Annotated[float, RATE]
WEIGHT = Kind.shipped("Weight")
Weight = Annotated[float, WEIGHT]
SCALE_FACTOR = Kind.shipped("ScaleFactor")
ScaleFactor = Annotated[float, SCALE_FACTOR]
ZSCORE = Kind.shipped("ZScore")
ZScore = Annotated[float, ZSCORE]
UNIT_INTERVAL = Kind.shipped("UnitInterval")
UnitInterval = Annotated[float, UNIT_INTERVAL]
PIXEL255 = Kind.shipped("Pixel255")
Pixel255 = Annotated[float, PIXEL255]
SIMILARITY = Kind.shipped("Similarity")
Similarity = Annotated[float, SIMILARITY]
SIMILARITY01 = Kind.shipped("Similarity01")
Similarity01 = Annotated[float, SIMILARITY01]

# Quantities
DISTANCE = Kind.shipped("Distance")
Distance = Annotated[float, DISTANCE]
DURATION = Kind.shipped("Duration")
Duration = Annotated[float, DURATION]
MONEY = Kind.shipped("Money")
Money = Annotated[float, MONEY]
DECIBEL = Kind.shipped("Decibel")
Decibel = Annotated[float, DECIBEL]

# Temperatures
CELSIUS = Kind.shipped("Celsius")
Celsius = Annotated[float, CELSIUS]
FAHRENHEIT = Kind.shipped("Fahrenheit")
Fahrenheit = Annotated[float, FAHRENHEIT]
KELVIN = Kind.shipped("Kelvin")
Kelvin = Annotated[float, KELVIN]

# Angles and places
RADIANS = Kind.shipped("Radians")
Radians = Annotated[float, RADIANS]
DEGREES = Kind.shipped("Degrees")
Degrees = Annotated[float, DEGREES]
LATITUDE = Kind.shipped("Latitude")
Latitude = Annotated[float, LATITUDE]
LONGITUDE = Kind.shipped("Longitude")
Longitude = Annotated[float, LONGITUDE]
BEARING = Kind.shipped("Bearing")
Bearing = Annotated[float, BEARING]

# Instants
TIMESTAMP = Kind.shipped("Timestamp")
Timestamp = Annotated[datetime, TIMESTAMP]
EPOCH_SECONDS = Kind.shipped("EpochSeconds")
EpochSeconds = Annotated[float, EPOCH_SECONDS]
EPOCH_MILLIS = Kind.shipped("EpochMillis")
EpochMillis = Annotated[int, EPOCH_MILLIS]
EPOCH_MICROS = Kind.shipped("EpochMicros")
EpochMicros = Annotated[int, EPOCH_MICROS]
EPOCH_NANOS = Kind.shipped("EpochNanos")
EpochNanos = Annotated[int, EPOCH_NANOS]
DATE = Kind.shipped("Date")
Date = Annotated[date, DATE]
CLOCK_HHMM = Kind.shipped("ClockHHMM")
ClockHHMM = Annotated[int, CLOCK_HHMM]
HOUR_OF_DAY = Kind.shipped("HourOfDay")
HourOfDay = Annotated[float, HOUR_OF_DAY]

# Thresholds and roles ride on another meaning: `Threshold[Probability]`, `Train[pd.DataFrame]`
THRESHOLD = Cut()
Threshold = Annotated[T, THRESHOLD]
TRAIN = Role("Train")
Train = Annotated[T, TRAIN]
VALIDATION = Role("Validation")
Validation = Annotated[T, VALIDATION]
TEST = Role("Test")
Test = Annotated[T, TEST]
UNSPLIT = Role("Unsplit")
Unsplit = Annotated[T, UNSPLIT]
TARGET = Role("Target")
Target = Annotated[T, TARGET]
