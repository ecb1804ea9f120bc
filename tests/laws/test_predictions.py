"""A formula that is right on one table counts as determined only where it is what all tables give."""

from typing import Annotated, Any

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from typedml import COUNT, Category, Celsius, FeatureSchema, Kelvin, Unit, feature, field
from typedml.laws import check_laws

Euros = Annotated[float, Unit("EUR")]
Litres = Annotated["pd.Series[float]", Unit("L")]
Kms = Annotated[NDArray[np.float64], Unit("km")]


class Dose(FeatureSchema):
    """What is given, and what it costs."""

    amount: Annotated[float, Unit("mL")] = field(gt=0)
    cost: Euros = field(ge=0)


Doses = Annotated[pd.DataFrame, Dose]


@feature(rows="each")
def litres(doses: Doses) -> Litres:
    return doses["amount"] / 1000.0


@feature(rows="each")
def litres_that_cost(doses: Doses) -> Litres:
    return (doses["amount"] / 1000.0).where(doses["cost"] > 0, 0.0)


@feature(rows="any")
def all_costs(doses: Doses) -> Euros:
    return float(doses["cost"].sum())


@feature(rows="any")
def different_costs(doses: Doses) -> Euros:
    return float(doses["cost"].drop_duplicates().sum())


@feature(rows="any")
def how_many(doses: Doses) -> Annotated[int, COUNT]:
    return len(doses)


@feature(rows="any")
def how_many_cost(doses: Doses) -> Annotated[int, COUNT]:
    return int((doses["cost"] > 0).sum())


@feature(rows="each")
def twice(way: Kms) -> Kms:
    return way * 2.0 / 2.0


@feature(rows="each")
def magnitude(way: Kms) -> Kms:
    return np.abs(way)


def absolute(temperature: Celsius) -> Kelvin:
    return temperature + 273.15


def roughly_absolute(temperature: Celsius) -> Kelvin:
    return temperature + 273.0


@pytest.mark.parametrize("given", [litres, all_costs, how_many, twice, absolute], ids=lambda f: f.__name__)
def test_what_all_tables_give_is_determined(given: Any) -> None:
    report = check_laws(given)
    assert report.ok
    assert report.undetermined == ()


@pytest.mark.parametrize(
    "given",
    [litres_that_cost, different_costs, how_many_cost, magnitude, roughly_absolute],
    ids=lambda f: f.__name__,
)
def test_a_special_case_that_only_other_tables_have_wants_an_example(given: Any) -> None:
    report = check_laws(given)
    assert report.ok
    assert [each.output for each in report.undetermined] == [given.__name__]


@feature(rows="each")
def sizes(doses: Doses) -> Doses:
    return doses.assign(cost=doses["cost"].abs())


class Walk(FeatureSchema):
    """How far somebody walked, or came back, and what it cost."""

    way: Annotated[float, Unit("km")]
    cost: Euros


Walks = Annotated[pd.DataFrame, Walk]


@feature(rows="each")
def walked(walks: Walks) -> Walks:
    return walks.assign(way=walks["way"].abs())


def test_a_column_is_handed_through_only_where_all_tables_say_so() -> None:
    assert check_laws(sizes).undetermined == ()
    assert [each.output for each in check_laws(walked).undetermined] == ["way"]


class Ride(FeatureSchema):
    """Who rode, how far and how long."""

    rider: Category
    way: Annotated[float, Unit("km")] | None
    time: Annotated[float, Unit("hour")]


@feature(rows="any")
def how_many_rides(rides: Annotated[pd.DataFrame, Ride]) -> Annotated[int, COUNT]:
    return len(rides)


def test_one_number_of_a_row_with_a_null_fills_no_null() -> None:
    assert check_laws(how_many_rides).undetermined == ()
