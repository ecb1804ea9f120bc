"""Which columns a counterexample shows: what tells the mistake, not what was only changed on the way."""

import datetime as dt
from typing import Annotated

import pandas as pd

from tests.laws.right_features import Miles, Minutes
from typedml import Category, Past, Row, Unit, feature
from typedml.declare.schema import FeatureSchema
from typedml.laws import LawReport, check_laws

Delays = Annotated["pd.Series[float] | None", Unit("minute")]


class Departure(FeatureSchema):
    """A flight as it is planned."""

    airport: Category
    planned: dt.datetime
    distance: Miles
    delay: Minutes


class Hour(FeatureSchema):
    """An hour of weather, of which a feature reads one column."""

    airport: Category
    hour: dt.datetime
    delay: Minutes
    a: Miles
    b: Miles
    g: Miles
    d: Minutes
    e: Minutes
    f: Minutes


@feature(rows="each", scope=Row(), asof={"weather": "hour"}, nulls="skip")
def nearest(flights: Annotated[pd.DataFrame, Departure], weather: Annotated[pd.DataFrame, Hour]) -> Delays:
    """Return the delay of the hour that is nearest, which may be a later one."""
    ordered = flights.sort_values("planned")
    known = weather.sort_values("hour")[["airport", "hour", "delay"]].rename(columns={"delay": "of_hour"})
    found = pd.merge_asof(
        ordered, known, left_on="planned", right_on="hour", by="airport", direction="nearest"
    )
    return pd.Series(found["of_hour"].to_numpy(), index=ordered.index).reindex(flights.index)


@feature(rows="each", scope=Past("planned", by="airport"), outcome="delay", nulls="skip")
def with_itself(flights: Annotated[pd.DataFrame, Departure]) -> Delays:
    """Return the mean delay up to each flight, its own among them."""
    ordered = flights.sort_values("planned")
    means = ordered.groupby("airport")["delay"].expanding().mean().droplevel(0)
    return means.reindex(flights.index)


def heads(report: LawReport) -> dict[tuple[str, str], list[str]]:
    """The columns of each table by the side and the title of it."""
    (failure,) = report.failures
    sides = ["before", "after"]
    return {
        (next(side for side in sides if table.side.startswith(side)), table.title): [
            column.head for column in table.columns
        ]
        for table in failure.tables
    }


def test_a_look_up_is_shown_with_its_key_its_time_and_what_is_read() -> None:
    report = check_laws(nearest, only="asof")
    found = heads(report)
    assert [each for each in found["before", "weather"] if each != "row"] == ["airport", "hour", "delay"]
    assert {"airport", "hour"} <= set(found["after", "weather"])
    assert {"airport", "planned"} <= set(found["before", "flights"])
    assert "distance" not in found["before", "flights"]
    remarks = [table.remark for table in report.failures[0].tables if table.title == "weather"]
    assert remarks[0] == f"{9 - len(found['before', 'weather'])} columns that do not matter are left out"
    assert max(map(len, report.failures[0].message.splitlines())) <= 110


def test_the_time_of_a_row_is_shown_where_it_is_told_what_the_row_knows() -> None:
    found = heads(check_laws(with_itself, only="causal"))
    assert "planned" in found["before", ""]
    assert "planned" in found["after", ""]
    assert "distance" not in found["before", ""]


def test_a_worked_example_is_shown_with_the_columns_that_the_feature_forgets() -> None:
    flights = {"airport": ["A", "B"], "planned": [dt.datetime(2013, 1, 1)] * 2, "delay": [10.0, 40.0]}

    @feature(rows="any", examples=[(({**flights, "distance": [100.0, 300.0]},), 32.5)])
    def delay_of_a_mile(flights: Annotated[pd.DataFrame, Departure]) -> Minutes:
        return float(flights["delay"].mean())

    (failure,) = check_laws(delay_of_a_mile, only="anchor").failures
    assert {"delay", "distance"} <= {column.head for column in failure.tables[0].columns}


def test_what_changed_and_matters_to_nothing_is_left_out() -> None:
    class Both(FeatureSchema):
        used: Minutes
        a: Minutes
        b: Minutes
        g: Minutes

    @feature(rows="each")
    def padded(table: Annotated[pd.DataFrame, Both]) -> Annotated["pd.Series[float]", Unit("minute")]:
        return table["used"] + 5

    (failure,) = check_laws(padded, only="scale").failures
    assert [column.head for column in failure.tables[0].columns] == ["used", "padded"]
    assert failure.tables[0].remark == "3 columns that do not matter are left out"


@feature(rows="each", scope=Past("planned", by="airport"))
def delay_so_far(
    flights: Annotated[pd.DataFrame, Departure],
) -> Annotated["pd.Series[float]", Unit("minute")]:
    """Return a running sum, but of all airports."""
    return flights.sort_values("planned")["delay"].cumsum().reindex(flights.index)


def test_the_key_of_the_group_is_shown_though_the_mistake_is_that_it_does_not_matter() -> None:
    for law in ("local", "chunk"):
        (failure,) = check_laws(delay_so_far, only=law).failures
        before = failure.tables[0]
        assert {"airport", "planned", "delay"} <= {column.head for column in before.columns}, law
        assert before.remark == "1 column that does not matter is left out"
