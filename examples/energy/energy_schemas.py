"""What the columns mean: daily weather, hourly normals, yearly generation.

Units and ranges are those of the sources (NOAA's daily summaries and 1981-2010 hourly normals, the Energy
Information Administration); the files themselves name no unit.
"""

from __future__ import annotations

from typing import Annotated, Any

from typedml import (
    BINARY,
    CELSIUS,
    DURATION,
    Category,
    Celsius,
    Fahrenheit,
    FeatureSchema,
    Kind,
    Proportion,
    Timestamp,
    Unit,
    field,
    rule,
)

Millimetres = Annotated[float, Unit("millimeter")]
MetresPerSecond = Annotated[float, Unit("meter/second")]
Watts = Annotated[float, Unit("watt")]
Hours = Annotated[float, DURATION, Unit("hour")]
KilowattHours = Annotated[float, Unit("hour*kilowatt")]
CelsiusDegrees = Annotated[float, Unit("delta_degC")]
GigawattHours = Annotated[float, Unit("gigawatt*hour/year")]

# Where formulas of the air hold; a room that people live in.
AirTemperature = Annotated[float, Kind("AirTemperature", parent=CELSIUS, range=(-60, 60))]
RoomTemperature = Annotated[float, Kind("RoomTemperature", parent=CELSIUS, range=(5, 35))]
Height = Annotated[float, Kind("HeightAboveGround", unit="meter", range=(1, 300))]
DAY_OF_YEAR = Kind("DayOfYear", sort="torsor", unit="day", range=(1, 366), integral=True)
Month = Annotated[int, Kind("MonthOfYear", sort="torsor", unit="month", range=(1, 12), integral=True)]
DayOfMonth = Annotated[int, Kind("DayOfMonth", sort="torsor", unit="day", range=(1, 31), integral=True)]

SKIES = ("drizzle", "fog", "rain", "snow", "sun")
SOURCES = ("Fossil Fuels", "Nuclear Energy", "Renewables")


class Day(FeatureSchema, key="date"):
    """One day of weather in Seattle."""

    date: Timestamp
    precipitation: Millimetres = field(ge=0, le=500)
    temp_max: Celsius = field(ge=-60, le=60)
    temp_min: Celsius = field(ge=-60, le=60)
    wind: MetresPerSecond = field(ge=0, le=113, doc="The mean of the day.")

    @rule
    def least_below_greatest(c: Any) -> Any:
        """The least temperature of a day is at most its greatest."""
        return c.temp_min <= c.temp_max


class CalendarDay(Day):
    """A day with its place in the calendar."""

    month: Month
    day_of_month: DayOfMonth


class ForecastDay(Day):
    """A day, and whether there was rain on the next."""

    rain_next: Annotated[int, BINARY]


class ObservedDay(CalendarDay, ForecastDay):
    """A day as the file has it, with what an observer called it."""

    weather: Category = field(isin=SKIES)

    @rule
    def rain_is_measured(c: Any) -> Any:
        """A day that is called rainy has rain in its gauge."""
        return (c.precipitation > 0) | ~c.weather.is_in(["rain"])


class Normal(FeatureSchema, key=("month", "day_of_month")):
    """The usual temperature of a day of the calendar."""

    month: Month
    day_of_month: DayOfMonth
    normal: Fahrenheit = field(ge=-60, le=130)


class Hour(FeatureSchema, key=("station", "date")):
    """The temperature of one hour at one station."""

    station: Category
    date: Timestamp = field(doc="On the clock of the station; one hour of the spring is not on it.")
    temp: Fahrenheit = field(ge=-60, le=130)


class StationDay(FeatureSchema, key=("station", "day")):
    """The mean temperature of one day at one station."""

    station: Category
    day: Timestamp
    mean: Celsius


class Generation(FeatureSchema, key=("source", "year")):
    """What a state generated from one source in one year."""

    year: Timestamp = field(doc="The first day of the year.")
    source: Category = field(isin=SOURCES)
    net_generation: GigawattHours = field(gt=0)


class Mix(FeatureSchema, key="published"):
    """The share of renewable sources in a year's electricity, known when the year is over."""

    published: Timestamp
    renewable: Proportion
