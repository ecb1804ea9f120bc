"""Real rows as seeds of laws: sampled with the rows that they meet; what breaks its schema is named."""

import datetime as dt
import re
from typing import Annotated, Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from numpy.typing import NDArray

from tests.laws.test_generated_tables import Airport, Flight, Minutes, by_kind, by_reference
from typedml import Count, Past, Probability, Unit, feature
from typedml.declare.declared import DeclaredFunction
from typedml.declare.reader import read
from typedml.errors import DeclarationError
from typedml.laws import check_laws, laws_of
from typedml.laws.case import Case
from typedml.laws.generate import cases
from typedml.laws.inputs import Input, inputs_of
from typedml.laws.keeping import keeps
from typedml.laws.seeds import Seeds, seeds_of

NOON = dt.datetime(2013, 5, 1, 12)


def flights(rows: int = 60, **changed: Any) -> pd.DataFrame:
    data = {
        "carrier": [("AA", "B6", "UA", "DL")[n % 4] for n in range(rows)],
        "flight": list(range(1, rows + 1)),
        "origin": [("EWR", "JFK", "LGA")[n % 3] for n in range(rows)],
        "dest": [("LAX", "SFO", "ORD", "MIA")[n // 7 % 4] for n in range(rows)],
        "time_hour": [NOON + dt.timedelta(hours=n) for n in range(rows)],
        "delay": [None if n % 9 == 0 else n / 10 for n in range(rows)],
    }
    return pd.DataFrame({**data, **changed})


def airports() -> pd.DataFrame:
    codes, feet = ["LAX", "SFO", "ORD", "MIA", "BOS"], [125.1, 13.0, 668.0, 8.0, 19.3]
    return pd.DataFrame({"faa": codes, "alt": feet, "name": list("abcde")})


def weather(rows: int = 60) -> pl.DataFrame:
    table = flights(rows)[["origin", "time_hour"]].assign(wind=7.3)
    return pl.from_pandas(table)


def inputs(function: Any) -> tuple[Input, ...]:
    declared = read(function)
    assert isinstance(declared, DeclaredFunction)
    return inputs_of(declared)


def seeded(function: Any, data: object, tables: int = 12) -> tuple[list[Case], Seeds]:
    sources = inputs(function)
    seeds = seeds_of(sources, data)
    return cases(sources, tables=tables, seed=0, seeds=seeds), seeds


def real(found: list[Case]) -> list[Case]:
    return [case for case in found if not case.signed]


def cells(case: Case, name: str, table: str = "") -> list[Any]:
    column = case.column(name, table)
    assert column is not None
    return column.values.tolist()


def test_rows_are_those_that_were_given() -> None:
    found, seeds = seeded(by_kind, flights())
    for case in real(found):
        rows = set(zip(cells(case, "carrier"), cells(case, "flight"), strict=True))
        assert rows <= set(zip(flights()["carrier"], flights()["flight"], strict=True))
    assert seeds.left_out == ()
    assert {case.rows for case in found} == {1, 2, 5, 9, 12}


def test_look_ups_are_sampled_with_the_rows_that_meet() -> None:
    data = {"flights": pl.from_pandas(flights()), "airports": airports(), "weather": weather()}
    found, _ = seeded(by_reference, data)
    for case in found:
        assert keeps(case)
    for case in real(found):
        assert set(cells(case, "dest")) <= set(cells(case, "faa", "airports"))
        assert set(cells(case, "faa", "airports")) <= set(airports()["faa"])


def test_a_table_that_is_not_given_is_generated_to_meet_the_others() -> None:
    found, _ = seeded(by_reference, {"flights": pl.from_pandas(flights())})
    for case in real(found):
        assert set(cells(case, "dest")) <= set(cells(case, "faa", "airports"))


def test_floats_are_moved_onto_a_grid_by_less_than_a_millionth() -> None:
    found, _ = seeded(by_kind, flights())
    for case in real(found):
        column = case.column("delay")
        assert column is not None
        steps = column.values[~column.null] * 2.0**20
        assert (steps == np.round(steps)).all()
        nearest = np.abs(column.values[~column.null][:, None] - np.arange(60) / 10).min(axis=1)
        assert (nearest < 6e-6).all()


def test_rows_that_break_their_schema_are_left_out_and_named() -> None:
    broken = flights()
    broken.loc[3, "origin"] = "XXX"
    broken.loc[5, "carrier"] = None
    broken["dest"] = broken["dest"].where(broken.index != 7, broken["origin"])
    broken.loc[9, ["carrier", "flight"]] = broken.loc[8, ["carrier", "flight"]].to_numpy()
    found, seeds = seeded(by_kind, broken)
    said = " / ".join(seeds.left_out)
    assert "2 of the 60 rows" in said
    assert "row 3 (`origin` = 'XXX' is outside of what is declared)" in said
    assert "row 5 (`carrier` is missing)" in said
    assert "`ends_elsewhere` broken" in said
    assert "a key that another row has" in said
    assert all(keeps(case) for case in found)


def test_references_to_rows_that_are_not_there_are_left_out() -> None:
    data = {"flights": pl.from_pandas(flights()), "airports": airports()[1:], "weather": weather()}
    found, seeds = seeded(by_reference, data)
    assert "a reference to a row that is not there" in " ".join(seeds.left_out)
    assert all("LAX" not in cells(case, "dest") for case in real(found))


def test_values_of_another_type_are_named() -> None:
    _, seeds = seeded(by_kind, flights(flight=["1", *range(2, 61)]))
    assert "row 0 (`flight` is no int)" in seeds.left_out[0]


@pytest.mark.parametrize(
    ("data", "fact"),
    [
        (flights().drop(columns="dest"), "has no column 'dest'; it has 'carrier'"),
        ({"flight": flights()}, "has 'flight', which is no parameter"),
        (7, "is an int"),
        ({"flights": flights()[:0]}, "has no row for `flights`.\nHint: Give at least one row."),
        (pd.DataFrame(), "it has none of those declared.\nHint: Give rows with the columns 'carrier'"),
        (
            flights()[:1].assign(carrier=None),
            "has no row for `flights` that its declaration admits: 1 of the 1 rows",
        ),
    ],
)
def test_data_that_is_not_what_the_feature_takes_is_refused(data: object, fact: str) -> None:
    with pytest.raises(DeclarationError, match=re.escape(fact)):
        seeded(by_kind, data)


def test_many_rows_are_looked_at_in_part() -> None:
    found, seeds = seeded(by_kind, flights(5_000))
    assert seeds.case.rows == 1_000
    assert max(max(cells(case, "flight")) for case in real(found)) > 1_000


@feature(scope=Past("time_hour", by="carrier", window="24h"), rows="each")
def recent(flights: Annotated[pd.DataFrame, Flight]) -> Annotated["pd.Series[float]", Unit("minute")]:
    return flights["delay"]


def test_rows_of_few_groups_and_near_in_time_are_taken_together() -> None:
    found, _ = seeded(recent, flights(1_000))
    for case in real(found):
        assert len(set(cells(case, "carrier"))) <= 3
        span = max(cells(case, "time_hour")) - min(cells(case, "time_hour"))
        assert span <= dt.timedelta(hours=24 * 4)


def test_arrays_are_given_by_parameter_and_scalars_as_columns() -> None:
    def late(
        delay: Annotated[NDArray[np.float64], Unit("minute")], p: Annotated[NDArray[np.float64], Unit("1")]
    ) -> Count:
        return len(delay)

    def chance(p: Probability, delay: Minutes) -> Probability:
        return p

    found, _ = seeded(late, {"delay": np.arange(3.0), "p": [0.25, 0.5, 0.75]})
    assert all(set(cells(case, "delay")) <= {0.0, 1.0, 2.0} for case in real(found))
    found, seeds = seeded(chance, pd.DataFrame({"p": [0.25, 0.5, 7.0], "delay": [1.0, 2.0, 3.0]}))
    pairs = {(float(c.columns[0].values[0]), float(c.columns[1].values[0])) for c in real(found)}
    assert pairs == {(0.25, 1.0), (0.5, 2.0)}
    assert "row 2 (`p` = 7.0" in seeds.left_out[0]


@feature(rows="any")
def mean_altitude(airports: Annotated[pd.DataFrame, Airport]) -> Annotated[float, Unit("foot")]:
    return float(airports["alt"].mean())


def test_laws_run_on_real_rows_and_note_what_was_left_out() -> None:
    report = check_laws(mean_altitude, data=airports())
    assert report.ok, str(report)
    broken = airports().assign(faa=["LAX", "SFO", "ORD", "MIA", "bos"])
    assert any("row 4" in note for note in check_laws(mean_altitude, data=broken).notes)
    for parameter in laws_of(mean_altitude, data=airports()):
        law, function = parameter.values
        law(function)
