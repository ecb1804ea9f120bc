"""`Flight.record`: a pydantic model of one row, which judges as a frame of that row is judged."""

import datetime as dt
import pickle
import subprocess
import sys
import threading
from decimal import Decimal
from typing import Annotated, Any

import pydantic
import pytest
from hypothesis import HealthCheck, given, settings

import typedml as t
from tests.boundary.tables import FRAMES, Table
from tests.boundary.test_conformance import cases
from typedml.boundary import check, plan_of
from typedml.boundary.pydantic import record
from typedml.declare.declared import DeclaredSchema
from typedml.declare.expression import Expression

Mph = Annotated[float, t.Unit("mile/hour")]


class Day(t.FeatureSchema, extra="forbid"):
    """One day of one station."""

    station: str = t.field(pattern="[A-Z]{3}", doc="where", examples=["JFK"])
    speed: Mph = t.field(ge=0, lt=150, column="speed (mph)")
    gust: Mph | None = t.field(ge=0)
    flights: t.Count
    late: t.Proportion
    at: dt.datetime | None = t.field(optional=True)
    copy: int = t.field(optional=True)

    @t.rule
    def gust_at_least_speed(c: Any) -> Any:
        """A gust is not slower than the wind."""
        return c.gust >= c.speed


class Open(t.FeatureSchema):
    n: int
    price: Decimal = t.field(gt=0)
    since: dt.datetime = t.field(ge=dt.datetime(2000, 1, 1))


GOOD: dict[str, Any] = {"station": "JFK", "speed (mph)": 3, "gust": 4.0, "flights": 3, "late": 0.5}
OPEN: dict[str, Any] = {"n": 1, "price": Decimal("1.5"), "since": dt.datetime(2020, 1, 1)}
WRONG: list[tuple[dict[str, Any], tuple[Any, ...], str]] = [
    ({"station": "JFK\n"}, ("station",), "pattern"),
    ({"station": None}, ("station",), "null"),
    ({"station": 3}, ("station",), "dtype"),
    ({"speed (mph)": "3"}, ("speed (mph)",), "dtype"),
    ({"speed (mph)": True}, ("speed (mph)",), "dtype"),
    ({"speed (mph)": float("nan")}, ("speed (mph)",), "null"),
    ({"speed (mph)": float("inf")}, ("speed (mph)",), "lt"),
    ({"gust": -1.0}, ("gust",), "ge"),
    ({"gust": 1.0}, (), "gust_at_least_speed"),
    ({"flights": 2.5}, ("flights",), "integral"),
    ({"flights": -1}, ("flights",), "range"),
    ({"late": 1.5}, ("late",), "range"),
    ({"at": "2020-01-01"}, ("at",), "dtype"),
    ({"copy": None}, ("copy",), "null"),
    ({"other": 1}, ("other",), "extra_forbidden"),
]


@pytest.mark.parametrize(("change", "place", "rule"), WRONG, ids=lambda value: str(value))
def test_a_record_refuses_what_breaks_a_rule_and_names_it(
    change: dict[str, Any], place: tuple[Any, ...], rule: str
) -> None:
    with pytest.raises(pydantic.ValidationError) as caught:
        Day.record(**GOOD | change)
    assert [(each["loc"], each["type"]) for each in caught.value.errors()] == [(place, rule)]


def test_a_record_takes_what_keeps_the_rules_and_coerces_nothing() -> None:
    made = Day.record(**GOOD | {"gust": float("nan"), "at": dt.datetime(2020, 1, 1)})
    assert made.gust is None
    assert type(made.speed) is int
    assert Day.record(**GOOD | {"flights": 3.0}).flights == 3


def test_every_failure_is_told_at_once_with_its_hint_and_braces_as_they_are() -> None:
    with pytest.raises(pydantic.ValidationError) as caught:
        Day.record(**GOOD | {"station": "{x}", "late": 2, "copy": "1"})
    assert [each["type"] for each in caught.value.errors()] == ["pattern", "range", "dtype"]
    assert "station='{x}' breaks" in str(caught.value)
    assert "Hint: parse 'copy' to int" in str(caught.value)


def test_a_record_goes_to_json_and_back() -> None:
    made = Day.record(**GOOD | {"at": dt.datetime(2020, 1, 1)})
    assert Day.record.model_validate_json(made.model_dump_json()) == made
    assert Day.record(**made.model_dump()) == made
    assert "copy" not in made.model_dump()
    other = Open.record(**OPEN, more=[1])
    assert Open.record.model_validate_json(other.model_dump_json()) == other
    with pytest.raises(pydantic.ValidationError):
        Open.record.model_validate_json('{"n": "1", "price": "1.5", "since": "2020-01-01T00:00:00"}')
    with pytest.raises(pydantic.ValidationError, match="dtype"):
        Open.record(**OPEN | {"since": "2020-01-01T00:00:00"})


def test_infinity_goes_to_json_and_back() -> None:
    class Wide(t.FeatureSchema):
        x: float

    made = Wide.record(x=float("inf"))
    assert Wide.record.model_validate_json(made.model_dump_json()) == made


def test_times_with_and_without_a_zone_are_not_compared() -> None:
    with pytest.raises(pydantic.ValidationError, match="no time zone"):
        Open.record(**OPEN | {"since": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)})


def test_a_record_is_made_once_for_each_class_and_pickles() -> None:
    class Later(Day):
        more: float

    assert Day.record is Day.record
    assert set(Later.record.model_fields) - set(Day.record.model_fields) == {"more"}
    made = Day.record(**GOOD)
    assert pickle.loads(pickle.dumps(made)) == made
    assert pickle.loads(pickle.dumps(Day.record)) is Day.record
    assert Day.record.__name__ == "DayRecord"


def test_many_threads_get_the_same_class() -> None:
    class Many(t.FeatureSchema):
        x: t.Probability

    found: list[Any] = []
    threads = [threading.Thread(target=lambda: found.append(Many.record)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1


def test_the_json_schema_carries_bounds_units_and_kinds() -> None:
    shown = Day.record.model_json_schema()
    assert shown["additionalProperties"] is False
    assert shown["required"] == ["station", "speed (mph)", "gust", "flights", "late"]
    found = shown["properties"]
    bounds = {"exclusiveMaximum": 150, "minimum": 0, "type": "number"}
    assert found["speed (mph)"] == {**bounds, "title": "Speed (Mph)", "x-unit": "mile/hour"}
    assert found["station"]["pattern"] == "^(?:[A-Z]{3})$"
    assert (found["station"]["description"], found["station"]["examples"]) == ("where", ["JFK"])
    assert found["gust"]["anyOf"][1] == {"type": "null"}
    assert found["flights"] == {"minimum": 0, "title": "Flights", "type": "integer", "x-kind": "Count"}
    assert "default" not in found["copy"]


def test_names_that_pydantic_has_taken_are_columns_all_the_same() -> None:
    class Taken(t.FeatureSchema):
        model_config: float
        json: float
        copy: float

    made = Taken.record(model_config=1.0, json=2.0, copy=3.0)
    assert made.model_dump() == {"model_config": 1.0, "json": 2.0, "copy": 3.0}
    assert made.copy_ == 3.0


def test_pydantic_is_imported_when_a_record_is_asked_for_and_not_before() -> None:
    code = (
        "import sys, typedml as t\n"
        "class A(t.FeatureSchema):\n    x: t.Probability\n"
        "before = 'pydantic' in sys.modules\nA.record\nprint(before, 'pydantic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True)
    assert done.stdout == "False True\n"


def one_row(table: Table, at: int) -> Table:
    return {name: (base, [cells[at]]) for name, (base, cells) in table.items()}


def about_many_rows(declared: DeclaredSchema) -> set[tuple[str | None, str]]:
    """The rules that no record is asked: those about other rows, and about how a frame stores its values."""
    plan = plan_of(declared)
    alone = {rule.key for rule in plan.table if rule.reach == "row" and isinstance(rule.argument, Expression)}
    for column in plan.columns:
        alone |= {rule.key for rule in column.shape if rule.name != "width"}
        alone |= {rule.key for rule in column.rows if rule.reach == "row" and not rule.is_across}
    return {rule.key for rule in plan.rules} - alone


def broken_in_frame(declared: DeclaredSchema, table: Table, engine: str) -> set[tuple[str | None, str]]:
    """The rules about one row that a frame of one row breaks."""
    report = check(declared, FRAMES[engine](table))
    counted = {key for key, count in report.counts.items() if count}
    blocked = {(rule.column, rule.rule) for rule in report.not_run if rule.blocks}
    return (counted | blocked) - about_many_rows(declared)


def broken_in_record(declared: DeclaredSchema, table: Table) -> set[tuple[str | None, str]]:
    values = {name: cells[0] for name, (_, cells) in table.items()}
    try:
        record(declared)(**values)
    except pydantic.ValidationError as error:
        return {(str(each["loc"][0]) if each["loc"] else None, each["type"]) for each in error.errors()}
    return set()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_a_record_breaks_the_rules_that_a_frame_of_one_row_breaks(case: tuple[DeclaredSchema, Table]) -> None:
    declared, table = case
    rows = len(next(iter(table.values()))[1])
    for at in range(rows):
        row = one_row(table, at)
        said = broken_in_record(declared, row)
        for engine in ("polars_eager", "pandas_objects"):
            found = broken_in_frame(declared, row, engine)
            # pydantic looks across columns only where each value is right by itself.
            alone = {key for key in found if key[0] is not None}
            assert said == (alone or found), engine
