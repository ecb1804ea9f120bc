"""Spans and instants say the unit of each number that they are made of."""

from typing import Annotated

from typedml import EpochSeconds, Unit

class timedelta:
    def __new__(
        cls,
        days: Annotated[float, Unit("day")] = ...,
        seconds: Annotated[float, Unit("second")] = ...,
        microseconds: Annotated[float, Unit("microsecond")] = ...,
        milliseconds: Annotated[float, Unit("millisecond")] = ...,
        minutes: Annotated[float, Unit("minute")] = ...,
        hours: Annotated[float, Unit("hour")] = ...,
        weeks: Annotated[float, Unit("week")] = ...,
    ) -> object: ...

class datetime:
    def fromtimestamp(timestamp: EpochSeconds, tz: object = ...) -> object: ...
    def utcfromtimestamp(t: EpochSeconds, /) -> object: ...

class date:
    def fromtimestamp(timestamp: EpochSeconds, /) -> object: ...
