"""Wrong features with parameters that are no columns: a mistake beside a setting is refuted all the same."""

# Edges and limits are given as people give them, as lists and arrays that nobody changes.
# ruff: noqa: B006, B008

from typing import Annotated

import numpy as np
import pandas as pd

from tests.laws.right_settings import Celsius, Km, People, Polars_People, Year, Years
from typedml import INDEX, Category, Unit, feature

Kms = Annotated["pd.Series[float]", Unit("km")]
Indices = Annotated["pd.Series[int]", INDEX]


@feature(rows="each")
def age_group_with_its_own_edge(people: People, edges: Years = np.array([18.0, 65.0])) -> Indices:
    return pd.Series(np.digitize(people["age"], [*edges, 80.0]), index=people.index)


@feature(rows="each")
def clipped_at_another_bound(people: People, bounds: tuple[Km, Km] = (1.0, 300.0)) -> Kms:
    return people["way"].clip(bounds[0], 500.0)


@feature(rows="each")
def over_a_limit_of_its_own(
    people: People,
    limits: dict[str, Km] = {"A1": 20.0, "B1": 100.0},
) -> "pd.Series[bool]":
    return people["way"] > people["town"].map(limits).fillna(50.0)


@feature(rows="each")
def age_group_beside_the_mean(people: People, edges: Years) -> Indices:
    return pd.Series(np.digitize(people["age"] - people["age"].mean(), edges), index=people.index)


@feature(rows="each")
def age_group_of_all(people: Polars_People, edges: list[Year]) -> "pd.Series[bool]":
    return pd.Series((people["age"] - people["age"].min()).to_numpy() > edges[0])


@feature(rows="each")
def warmer_than_freezing(people: People, edges: tuple[Celsius, Celsius] = (5.0, 15.0)) -> Indices:
    return (people["outside"] > edges[0]).astype(int) + (people["outside"] > 25.0)


@feature(rows="each")
def five_for_guests(people: People, guests: frozenset[Category] = frozenset({"AA", "UA"})) -> Kms:
    return people["way"].where(~people["town"].isin(guests), 5.0)


@feature(rows="each")
def over_a_limit_that_it_keeps(people: People, limits: dict[str, Km] = {"A1": 20.0}) -> "pd.Series[bool]":
    limits["B1"] = limits["A1"]
    return people["way"] > people["town"].map(limits).fillna(limits["A1"])


@feature(rows="each")
def over_the_last_of_a_list(people: People, ways: list[Km] = [5.0, 60.0]) -> "pd.Series[bool]":
    ways.append(ways[0])
    return people["way"] > ways[-1]


@feature(rows="each")
def class_by_sorted_edges(people: People, edges: Years = np.array([65.0, 18.0])) -> Indices:
    edges.sort()
    return pd.Series(np.digitize(people["age"], edges), index=people.index)


@feature(rows="each")
def over_the_last_of_pairs(people: People, ways: list[tuple[Km, Km]] = [(1.0, 2.0)]) -> "pd.Series[bool]":
    ways.append((2.0, 3.0))
    return people["way"] > ways[0][0]


WRONG = (
    (age_group_with_its_own_edge, "scale", "number that has a dimension of time"),
    (clipped_at_another_bound, "scale", "must scale"),
    (over_a_limit_of_its_own, "scale", "number that has a dimension of length"),
    (age_group_beside_the_mean, "local", "row"),
    (age_group_of_all, "local", "row"),
    (five_for_guests, "scale", "length"),
    (warmer_than_freezing, "shift", "temperature"),
    (over_a_limit_that_it_keeps, "frame", "changes `limits`"),
    (over_the_last_of_a_list, "frame", "changes `ways`"),
    (class_by_sorted_edges, "frame", "changes `edges`"),
    (over_the_last_of_pairs, "frame", "changes `ways`"),
)
