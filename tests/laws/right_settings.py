"""Right features with parameters that are no columns: edges of bins, bounds, limits by name, holidays."""

# Edges and limits are given as people give them, as lists and arrays that nobody changes.
# ruff: noqa: B006, B008

import datetime as dt
from typing import Annotated, NamedTuple

import numpy as np
import pandas as pd
import polars as pl
from numpy.typing import NDArray

from typedml import CATEGORY, COUNT, INDEX, Category, FeatureSchema, Group, Unit, feature, field

Year = Annotated[float, Unit("year")]
Km = Annotated[float, Unit("km")]
Kilograms = Annotated[float, Unit("kg")]
Hours = Annotated[float, Unit("hour")]
Kms = Annotated["pd.Series[float]", Unit("km")]
Years = Annotated[np.ndarray, Unit("year")]
Celsius = Annotated[float, Unit("degC")]
Indices = Annotated["pd.Series[int]", INDEX]


class Person(FeatureSchema):
    """A person, where they live and since when."""

    town: Category
    age: Year = field(ge=0, le=110)
    way: Km = field(ge=0)
    outside: Celsius
    moved: dt.datetime


People = Annotated[pd.DataFrame, Person]
Polars_People = Annotated[pl.DataFrame, Person]


@feature(rows="each")
def age_group(people: People, edges: Years = np.array([18.0, 65.0])) -> Indices:
    return pd.Series(np.digitize(people["age"], edges), index=people.index)


@feature(rows="each")
def age_group_of_list(people: People, edges: list[Year] = [18.0, 65.0]) -> Indices:
    return pd.Series(np.digitize(people["age"], edges), index=people.index)


@feature(rows="each")
def age_group_as_given(people: People, edges: Years) -> Indices:
    return pd.Series(np.digitize(people["age"], edges), index=people.index)


@feature(rows="each")
def age_group_of_given_list(people: People, edges: list[Year]) -> Indices:
    return pd.cut(people["age"], [-np.inf, *edges, np.inf], labels=False, right=False)


@feature(rows="each")
def age_group_of_tuple(people: People, edges: tuple[Year, ...] = (18.0, 65.0)) -> Indices:
    return pd.cut(people["age"], [-np.inf, *edges, np.inf], labels=False)


@feature(rows="each")
def polars_age_group(people: Polars_People, edges: list[Year]) -> Annotated[pl.Series, CATEGORY]:
    return pl.Series(["".join("+" for edge in edges if age >= edge) or "young" for age in people["age"]])


@feature(rows="each")
def in_working_age(people: People, bounds: tuple[Year, Year]) -> Annotated["pd.Series[bool]", None]:
    return people["age"].between(*bounds)


@feature(rows="each")
def clipped_way(
    people: People, bounds: tuple[Km, Km] = (1.0, 300.0)
) -> Annotated["pd.Series[float]", Unit("km")]:
    return people["way"].clip(*bounds)


@feature(rows="each")
def load(
    people: People, rates: tuple[Annotated[float, Unit("kg/km")], Annotated[float, Unit("kg/year")]]
) -> Annotated["pd.Series[float]", Unit("kg")]:
    return people["way"] * rates[0] + people["age"] * rates[1]


@feature(rows="each")
def over_limit_of_town(
    people: People,
    limits: dict[str, Km] = {"A1": 20.0, "B1": 100.0},
    other: Km = 50.0,
) -> "pd.Series[bool]":
    return people["way"] > people["town"].map(limits).fillna(other)


@feature(rows="any")
def people_by_age(
    people: People, edges: Years = np.array([0.0, 18.0, 65.0, 150.0])
) -> Annotated[NDArray[np.int64], COUNT]:
    return np.histogram(people["age"], bins=edges)[0]


@feature(rows="each")
def interpolated(
    people: People,
    at: list[Year] = [0.0, 20.0, 110.0],
    gives: list[Kilograms] = [3.0, 70.0, 80.0],
) -> Annotated["pd.Series[float]", Unit("kg")]:
    return pd.Series(np.interp(people["age"], at, gives), index=people.index)


@feature(rows="each")
def warmth_class(
    people: People, edges: Annotated[np.ndarray, Unit("degC")] = np.array([0.0, 15.0])
) -> Indices:
    return pd.Series(np.searchsorted(edges, people["outside"]), index=people.index)


@feature(rows="each")
def years_here(
    people: People, since: dt.datetime = dt.datetime(1990, 1, 1)
) -> Annotated["pd.Series[float]", Unit("year")]:
    return (people["moved"] - pd.Timestamp(since)) / pd.Timedelta(days=365.25)


@feature(rows="each")
def days_to_holiday(
    people: People,
    holidays: list[dt.datetime] = [dt.datetime(1990, 1, 1), dt.datetime(2040, 12, 25)],
) -> Annotated["pd.Series[float]", Unit("day")]:
    days = [(pd.Timestamp(day) - people["moved"]).dt.total_seconds() / 86_400 for day in holidays]
    return pd.concat(days, axis=1).abs().min(axis=1)


@feature(rows="each")
def moved_on_holiday(
    people: People,
    holidays: frozenset[dt.date] = frozenset({dt.date(2024, 12, 25), dt.date(2024, 7, 4)}),
) -> "pd.Series[bool]":
    return people["moved"].dt.date.isin(holidays)


@feature(rows="each")
def is_home(people: People, home: Category = "A1") -> "pd.Series[bool]":
    return people["town"] == home


@feature(rows="each")
def is_one_of(people: People, towns: list[Category] = ["A1", "B2"]) -> "pd.Series[bool]":
    return people["town"].isin(towns)


@feature(rows="each")
def way_of_guests(
    people: People, guests: frozenset[Category] = frozenset({"AA", "UA"})
) -> Annotated["pd.Series[float]", Unit("km")]:
    return people["way"].where(~people["town"].isin(guests), 0.0)


@feature(rows="any")
def guests(people: People, towns: tuple[Category, ...] = ("AA", "UA")) -> Annotated[int, COUNT]:
    return int(people["town"].isin(towns).sum())


@feature(rows="any", scope=Group("town"))
def longest_way_of_guests(people: People, home: Category = "AA") -> Annotated["pd.Series[float]", Unit("km")]:
    return people[people["town"] != home].groupby("town")["way"].max()


@feature
def age_class(age: Year, edges: list[Year] = [18.0, 65.0]) -> Annotated[int, INDEX]:
    return sum(age >= edge for edge in edges)


@feature(rows="each")
def share_weighted(
    people: People, weights: Annotated[np.ndarray, Unit("kg")]
) -> Annotated["pd.Series[float]", Unit("kg*km")]:
    """The weights are those of the people, one for each."""
    return people["way"] * weights


class Limits(NamedTuple):
    """The shortest and the longest way that is counted."""

    least: Km
    most: Km


@feature(rows="each")
def clipped_to_a_pair(people: People, bounds: list[tuple[Km, Km]] = [(1.0, 300.0)]) -> Kms:
    return people["way"].clip(*bounds[0])


@feature(rows="each")
def clipped_to_limits(people: People, limits: Limits = Limits(1.0, 50.0)) -> Kms:
    return people["way"].clip(limits.least, limits.most)


@feature(rows="each")
def hours_by_table(
    people: People, table: list[tuple[Km, Hours]] = [(1.0, 2.0), (3.0, 4.0)]
) -> Annotated["pd.Series[float]", Unit("hour")]:
    ways, hours = zip(*table, strict=True)
    return pd.Series(np.interp(people["way"], ways, hours), index=people.index)


@feature(rows="each")
def clipped_to_a_corner(
    people: People, corners: Annotated[np.ndarray, Unit("km")] = np.array([[1.0, 2.0], [3.0, 4.0]])
) -> Kms:
    return people["way"].clip(corners[0, 0], corners[1, 1])


@feature(rows="each")
def clipped_where_it_is_known(people: People, ways: list[Km] = [float("nan"), 3.0]) -> Kms:
    return people["way"].clip(upper=np.nanmax(ways))


@feature(rows="each")
def warmer_than_a_step(
    people: People, steps: list[tuple[Celsius, Celsius]] = [(5.0, 15.0)]
) -> "pd.Series[bool]":
    return people["outside"].between(*steps[0])


@feature(rows="each")
def way_to_the_known(people: People, ways: list[tuple[Category, Km]] = [("A1", 20.0)]) -> Kms:
    return people["town"].map(dict(ways)).fillna(0.0) + people["way"]


RIGHT = (
    age_group,
    age_group_of_list,
    age_group_as_given,
    age_group_of_given_list,
    age_group_of_tuple,
    polars_age_group,
    in_working_age,
    clipped_way,
    load,
    over_limit_of_town,
    people_by_age,
    interpolated,
    warmth_class,
    years_here,
    days_to_holiday,
    moved_on_holiday,
    is_home,
    is_one_of,
    way_of_guests,
    guests,
    longest_way_of_guests,
    age_class,
    share_weighted,
    clipped_to_a_pair,
    clipped_to_limits,
    hours_by_table,
    clipped_to_a_corner,
    clipped_where_it_is_known,
    warmer_than_a_step,
    way_to_the_known,
)
