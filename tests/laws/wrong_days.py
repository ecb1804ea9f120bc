"""Wrong features that read instants and count no days: each forgets the time that its unit names."""

from typing import Annotated

import pandas as pd

from tests.laws.right_features import Km
from typedml import Category, FeatureSchema, Group, Past, Timestamp, Unit, feature, field

Kmh = Annotated[float, Unit("km/hour")]
Kmh_Series = Annotated["pd.Series[float]", Unit("km/hour")]
Hours = Annotated[float, Unit("hour")]


class Trip(FeatureSchema):
    """A trip of somebody, with how long it took."""

    who: Category
    at: Timestamp
    dist: Km = field(gt=0)
    hours: Hours = field(gt=0)


Trips = Annotated[pd.DataFrame, Trip]


@feature(rows="any", scope=Group("who"))
def last_speed(trips: Trips) -> Kmh_Series:
    return trips.sort_values(["at", "dist"]).groupby("who")["dist"].last()


@feature(rows="each", scope=Past("at", by="who", window="24h"))
def way_of_a_day(trips: Trips) -> Kmh_Series:
    ordered = trips.sort_values(["who", "at", "dist"], kind="stable")
    rolled = ordered.set_index("at").groupby("who")["dist"].rolling("24h").sum()
    return pd.Series(rolled.to_numpy(), index=ordered.index).reindex(trips.index)


@feature(rows="each", scope=Past("at", by="who"))
def way_so_far(trips: Trips) -> Kmh_Series:
    return trips.sort_values(["at", "dist"]).groupby("who")["dist"].cumsum().reindex(trips.index)


@feature
def speed_by_daylight(at: Timestamp, dist: Km, hours: Hours) -> Kmh:
    return dist if at.hour > 6 else dist / 2


WRONG = (
    (last_speed, "scale", "time"),
    (way_of_a_day, "scale", "time"),
    (way_so_far, "scale", "time"),
    (speed_by_daylight, "scale", "time"),
)
