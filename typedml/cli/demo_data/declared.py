"""What the numbers mean: said once, read by mypy, by the boundary and by the laws."""

from typing import Annotated

from typedml import (
    Category,
    ClockHHMM,
    Fahrenheit,
    FeatureSchema,
    Identifier,
    Kelvin,
    Latitude,
    Longitude,
    Probability,
    Timestamp,
    Unit,
    field,
)

Miles = Annotated[float, Unit("mile")]
Minutes = Annotated[float, Unit("minute")]
Mph = Annotated[float, Unit("mile/hour")]
Millibars = Annotated[float, Unit("millibar")]
Feet = Annotated[float, Unit("foot")]


class Flight(FeatureSchema):
    """One departure from Newark on 12 February 2013."""

    carrier: Category
    flight: int = field(gt=0)
    tailnum: Identifier | None = field(pattern="^N[0-9A-Z]{2,5}$")
    dest: Category
    sched_dep_time: ClockHHMM
    dep_delay: Minutes | None = field(ge=-90)
    arr_delay: Minutes | None = field(ge=-120)
    air_time: Minutes | None = field(gt=0)
    distance: Miles = field(gt=0)


class Weather(FeatureSchema):
    """One hour at one airport."""

    origin: Identifier
    time_hour: Timestamp
    temp: Fahrenheit
    dewp: Fahrenheit
    wind_speed: Mph = field(ge=0, le=253)
    pressure: Millibars | None = field(ge=870, le=1085)
    visib: Miles = field(ge=0, le=10)


class Airport(FeatureSchema):
    """An airport that these flights go to."""

    faa: Identifier = field(unique=True)
    lat: Latitude
    lon: Longitude = field(lt=-60)
    alt: Feet
    tzone: Category | None


class CarrierDay(FeatureSchema):
    """How one carrier did on one day."""

    carrier: Category = field(unique=True)
    p_late: Probability


class Air(FeatureSchema):
    """Pressure and temperature of the air."""

    pressure: Millibars
    temp: Kelvin
