"""The numbers that spans and instants are made of: each parameter says its unit."""

from datetime import date, datetime, timedelta, timezone
from typing import Annotated

from typedml import EpochMillis, EpochSeconds, Unit

Second = Annotated[float, Unit("second")]
Minute = Annotated[float, Unit("minute")]
Hour = Annotated[float, Unit("hour")]
Day = Annotated[int, Unit("day")]


# fmt: off
def spans(s: Second, m: Minute, h: Hour, d: Day, n: int, x: float) -> None:
    timedelta(seconds=m)  # E: Argument 2 to "timedelta" has incompatible type "float[minute]"; expected "float[second]"  [typedml-unit]
    timedelta(minutes=h)  # E: Argument 5 to "timedelta" has incompatible type "float[hour]"; expected "float[minute]"  [typedml-unit]
    timedelta(h)  # E: Argument 1 to "timedelta" has incompatible type "float[hour]"; expected "float[day]"  [typedml-unit]
    reveal_type(timedelta(minutes=m))  # R: datetime.timedelta
    timedelta(d, s)
    timedelta(hours=1)
    timedelta(hours=n, minutes=x)
    timedelta(0)
    timedelta()


def instants(millis: EpochMillis, seconds: EpochSeconds, m: Minute, x: float) -> None:
    datetime.fromtimestamp(millis)  # E: Argument 1 to "fromtimestamp" has incompatible type "int[EpochMillis]"; expected "float[EpochSeconds]"  [typedml-unit]
    datetime.fromtimestamp(m)  # E: Argument 1 to "fromtimestamp" has incompatible type "float[minute]"; expected "float[EpochSeconds]"  [typedml-unit]
    datetime.fromtimestamp(millis, timezone.utc)  # E: Argument 1 to "fromtimestamp" has incompatible type "int[EpochMillis]"; expected "float[EpochSeconds]"  [typedml-unit]
    date.fromtimestamp(millis)  # E: Argument 1 to "fromtimestamp" has incompatible type "int[EpochMillis]"; expected "float[EpochSeconds]"  [typedml-unit]
    reveal_type(datetime.fromtimestamp(seconds, timezone.utc))  # R: datetime.datetime
    datetime.fromtimestamp(x)
    datetime.fromtimestamp(1_700_000_000)
