"""Right features with parameters that need not be given: a number, an instant, a table, a pair of bounds."""

from typing import Annotated, Optional

import numpy as np
import pandas as pd
import polars as pl

from tests.laws.right_settings import Km, People, Polars_People, Year
from typedml import Category, FeatureSchema, Group, Unit, feature, field

Hours = Annotated[float, Unit("hour")]
Kmh = Annotated[float, Unit("km/hour")]
Kms = Annotated["pd.Series[float]", Unit("km")]


class Town(FeatureSchema):
    """A town and how far it is from the sea."""

    town: Category = field(unique=True)
    sea: Km = field(ge=0)


Towns = Annotated[pd.DataFrame, Town]


@feature
def speed(way: Km, time: Hours, detour: Km | None = None) -> Kmh:
    return (way + (detour or 0.0)) / time


@feature
def capped(way: Km, most: Optional[Km] = None) -> Km:  # noqa: UP045
    return way if most is None else min(way, most)


@feature
def rest_of_the_way(way: Km, done: Km | None) -> Km | None:
    return None if done is None else max(way - done, 0.0)


@feature(nulls="handle")
def way_or_usual(way: Km | None, usual: Km) -> Km:
    return usual if way is None else way


@feature(rows="each")
def capped_ways(people: People, most: Km | None = None) -> Kms:
    return people["way"] if most is None else people["way"].clip(upper=most)


@feature(rows="each")
def polars_capped_ways(people: Polars_People, most: Km | None = None) -> Annotated[pl.Series, Unit("km")]:
    return people["way"] if most is None else people["way"].clip(upper_bound=most)


@feature(rows="any", scope=Group("town"))
def longest_of_the_old(people: People, least: Year | None = None) -> Kms:
    old = people if least is None else people[people["age"] >= least]
    return old.groupby("town")["way"].max()


@feature(rows="each")
def to_the_sea(people: People, towns: Towns | None = None) -> Kms:
    if towns is None:
        return people["way"]
    return people["way"] + people["town"].map(towns.set_index("town")["sea"]).fillna(0.0)


@feature(rows="each")
def no_farther_than_any_town(people: People, towns: Towns | None = None) -> Kms:
    most = towns["sea"].max() if towns is not None and len(towns) else None
    return people["way"].clip(upper=most)


@feature(rows="any")
def mean_way(people: People, most: Km | None = None) -> Annotated[float, Unit("km")] | None:
    kept = people if most is None else people[people["way"] <= most]
    return float(kept["way"].mean()) if len(kept) else None


@feature
def within(way: Km, bounds: tuple[Km, Km] | None = None) -> Km:
    return way if bounds is None else float(np.clip(way, *bounds))


@feature
def between(way: Km, low: Km | None = None, high: Km | None = None) -> Km:
    if (low is None) != (high is None):
        raise ValueError("both or neither")
    return way if low is None or high is None else min(max(way, low), high)


@feature
def less_what_is_between(way: Km, low: Km | None = None, high: Km | None = None) -> Km:
    if low is not None and high is not None and low > high:
        raise ValueError("the lower bound is above the upper one")
    return way - ((high or 0.0) - (low or 0.0))


@feature(rows="each")
def ways_between(people: People, low: Km | None = None, high: Km | None = None) -> Kms:
    if (low is None) != (high is None) or (low is not None and high is not None and low > high):
        raise ValueError("both or neither, in order")
    return people["way"].clip(low, high)


RIGHT = (
    speed,
    capped,
    rest_of_the_way,
    way_or_usual,
    capped_ways,
    polars_capped_ways,
    longest_of_the_old,
    to_the_sea,
    no_farther_than_any_town,
    mean_way,
    within,
    between,
    less_what_is_between,
    ways_between,
)
