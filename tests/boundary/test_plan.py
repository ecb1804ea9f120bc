"""The plan of a schema: every rule that follows from kinds, fields and the table, as data and in print."""

from __future__ import annotations

from typing import Annotated, Any

import pytest

from typedml import SIMPLEX, Count, FeatureSchema, Identifier, Kind, Simplex, Unit, field, rule
from typedml.boundary import plan_of
from typedml.boundary.plan import Rule
from typedml.declare.demands import Key, Order, Reference, RowCount

Miles = Annotated[float, Unit("mile")]
MOOD = Kind("Mood", parent=SIMPLEX)


class Airport(FeatureSchema):
    """An airport."""

    faa: Identifier = field(unique=True)
    country: str


class Flight(FeatureSchema, key=("carrier", "flight"), rows=(1, None), references={"dest": Airport.c.faa}):
    """One flight."""

    carrier: str = field(min_length=2, max_length=3)
    flight: int = field(dtype="int16")
    day: int
    origin: Identifier = field(references=Airport.c.faa)
    dest: Identifier
    distance: Miles = field(gt=0, increasing="day", severity="warn")
    seats: Count
    late: Simplex
    on_time: Simplex

    @rule(severity="warn")
    def fair_share(c: Any) -> Any:
        """No flight is most of what its carrier flies."""
        return c.distance <= c.distance.sum(by=c.carrier) * 0.9


def rules() -> dict[str, Rule]:
    return {each.reason: each for each in plan_of(Flight).rules}


PRINTED = """\
plan of Flight: 44 rules
  carrier: missing             column is there
  carrier: dtype               values are str
  carrier: null                carrier is not null
  carrier: min_length          carrier has at least 2 characters
  carrier: max_length          carrier has at most 3 characters
  flight: missing              column is there
  flight: dtype                values are int
  flight: width                values are stored as int16
  flight: null                 flight is not null
  flight: integral             flight is a whole number
  day: missing                 column is there
  day: dtype                   values are int
  day: null                    day is not null
  day: integral                day is a whole number
  origin: missing              column is there
  origin: dtype                values are str
  origin: null                 origin is not null
  origin: references           origin in Airport (faa)
  dest: missing                column is there
  dest: dtype                  values are str
  dest: null                   dest is not null
  distance: missing            column is there
  distance: dtype              values are float
  distance: null               distance is not null
  distance: gt                 distance > 0 (warns)
  distance: increasing         distance never decreases by day (warns)
  seats: missing               column is there
  seats: dtype                 values are int
  seats: null                  seats is not null
  seats: range                 seats in [0, inf) (Count)
  seats: integral              seats is a whole number
  late: missing                column is there
"""


def test_a_plan_prints_every_rule_in_the_order_of_a_report() -> None:
    printed, expected = str(Flight.plan()).splitlines(), PRINTED.splitlines()
    assert printed[: len(expected)] == expected
    assert printed[-5:] == [
        "  rows                         the table has at least 1 row",
        "  key                          carrier, flight together are unique",
        "  references                   dest in Airport (faa)",
        "  simplex                      late + on_time is 1 within 1e-06",
        "  fair_share                   distance <= distance.sum(by=carrier) * 0.9 (warns)",
    ]


def test_arguments_are_data_that_any_engine_can_read() -> None:
    found = rules()
    assert found["distance: increasing"].argument == Order("day")
    assert found["key"].argument == Key(("carrier", "flight"))
    assert found["rows"].argument == RowCount(1, None)
    assert found["origin: references"].argument == Reference(("origin",), Airport, ("faa",))
    assert found["references"].argument == Reference(("dest",), Airport, ("faa",))
    assert found["carrier: max_length"].argument == 3
    assert found["flight: width"].argument == "int16"


def test_a_rule_knows_what_it_reads_and_how_far_it_looks() -> None:
    found = rules()
    assert found["distance: increasing"].reads == ("distance", "day")
    assert found["key"].reads == ("carrier", "flight")
    assert found["rows"].reads == ()
    assert found["fair_share"].reads == ("carrier", "distance")
    assert {name: found[name].reach for name in ("distance: gt", "simplex", "references", "key", "rows")} == {
        "distance: gt": "row",
        "simplex": "row",
        "references": "row",
        "key": "table",
        "rows": "table",
    }
    assert found["fair_share"].reach == found["distance: increasing"].reach == "table"

    class Clock(FeatureSchema):
        tick: int = field(increasing=True)

    assert plan_of(Clock).rules[-1].reach == "order"


def test_a_warning_is_of_what_field_states_and_never_of_the_annotation() -> None:
    found = rules()
    assert found["distance: gt"].severity == found["fair_share"].severity == "warn"
    assert found["distance: null"].severity == found["distance: dtype"].severity == "fail"


def test_the_columns_of_a_key_name_a_row() -> None:
    assert plan_of(Flight).keys == ("carrier", "flight")


def test_parts_of_different_wholes_sum_apart_and_a_lone_part_does_not() -> None:
    class Parts(FeatureSchema):
        a: Simplex
        b: Simplex
        calm: Annotated[float, MOOD]
        cross: Annotated[float, MOOD]

    assert [each.name for each in plan_of(Parts).table] == ["simplex", "simplex Mood"]

    class Lone(FeatureSchema):
        a: Simplex

    assert plan_of(Lone).table == ()


def test_several_references_of_a_table_have_names_of_their_own() -> None:
    routes = {("origin", "dest"): (Flight.c.origin, Flight.c.dest), "origin": Airport.c.faa}

    class Leg(FeatureSchema, references=routes):
        origin: Identifier
        dest: Identifier

    assert [each.name for each in plan_of(Leg).table] == [
        "references Flight (origin, dest)",
        "references Airport (origin)",
    ]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (RowCount(1, 1), "1 row"),
        (RowCount(24, 24), "24 rows"),
        (RowCount(1, None), "at least 1 row"),
        (RowCount(0, 1000), "at most 1,000 rows"),
        (RowCount(2, 3), "2 to 3 rows"),
    ],
)
def test_a_number_of_rows_reads_as_words(rows: RowCount, words: str) -> None:
    assert str(rows) == words
