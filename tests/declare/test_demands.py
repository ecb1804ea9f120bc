"""What a schema says beyond one value: orders, lengths, widths, keys, row counts, references, severities."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date, datetime
from typing import Annotated, Any

import pytest

import typedml as t
from typedml import FeatureSchema, Kind, Unit, field, rule
from typedml.declare.demands import Reference, RowCount
from typedml.declare.reader import read

Km = Annotated[float, Unit("km")]
USER, ORDER = Kind("UserId", parent=t.IDENTIFIER), Kind("OrderId", parent=t.IDENTIFIER)


class Airport(FeatureSchema):
    faa: str = field(unique=True)
    number: int
    height: Km
    user: Annotated[str, USER]


class Trip(FeatureSchema):
    number: str
    leg: int
    day: date
    distance: Km
    note: str | None
    flag: bool
    seats: t.Count = field(optional=True)


def made(annotation: Any, value: Any = None, **options: Any) -> Any:
    """A schema of one field `x` beside the fields of a trip."""
    body = {"__annotations__": {"x": annotation}, "__module__": __name__}
    return type("Made", (Trip,), body if value is None else {**body, "x": value}, **options)


CONTRADICTIONS: list[tuple[Any, Any, str]] = [
    (str, field(min_length=3, max_length=2), "leave no value"),
    (str, field(min_length=-1), "no number of characters"),
    (str, field(max_length=True), "no number of characters"),
    (str, field(max_length=2.0), "no number of characters"),  # type: ignore[arg-type]
    (float, field(min_length=3), "is for text"),
    (str, field(isin=["abc"], max_length=2), "max_length=2 forbids"),
    (str, field(min_length=4, examples=["abc"]), "min_length=4 forbids"),
    (float, field(increasing=True, decreasing=True), "leave one value"),
    (float | None, field(decreasing=True), "nullable"),
    (bool, field(increasing="day"), "no order"),
    (t.Category, field(decreasing="day"), "no order"),
    (float, field(increasing=1), "neither True nor False"),  # type: ignore[arg-type]
    (float, field(increasing=""), "neither True nor False"),
    (float, field(increasing="dya"), "names no field"),
    (float, field(decreasing="x"), "by the column itself"),
    (float, field(increasing="flag"), "without an order"),
    (int, field(dtype="int"), "no width"),
    (int, field(dtype=16), "no width"),  # type: ignore[arg-type]
    (int, field(dtype="float64"), "holds no int"),
    (str, field(dtype="int16"), "is for numbers"),
    (int, field(dtype="int8", gt=200), "leaves no value"),
    (int, field(dtype="uint8", lt=-1), "leaves no value"),
    (int, field(dtype="int8", isin=[1, 200]), "no int8"),
    (str, field(references=Airport.c.number), "holds int, not str"),
    (float, field(references=Airport.c.faa), "holds str, not float"),
    (Annotated[str, ORDER], field(references=Airport.c.user), 'not "OrderId"'),
    (Annotated[float, Unit("mile")], field(references=Airport.c.height), 'not "mile"'),
    (str, field(references="nope"), "names no field"),
    (str, field(references="x"), "references itself"),
    (str, field(references="leg"), "holds int, not str"),
    (object, field(references=Airport.c.faa), "values of any type"),
    (float, field(gt=0, severity="maybe"), "severity='maybe' is unknown"),  # type: ignore[arg-type]
    (float, field(severity="warn"), "states no rule"),
]


@pytest.mark.parametrize(("annotation", "value", "said"), CONTRADICTIONS)
def test_a_contradictory_field_is_refused_when_the_class_is_made(
    annotation: Any, value: Any, said: str
) -> None:
    with pytest.raises(t.DeclarationError, match=said) as caught:
        made(annotation, value)
    assert caught.value.hint


CONSISTENT: list[tuple[Any, Any]] = [
    (str, field(min_length=2, max_length=2, isin=["ab"], examples=["ab"])),
    (str, field(min_length=0)),
    (float, field(increasing=True, gt=0)),
    (float | None, field(increasing="day")),
    (float, field(decreasing="leg")),
    (datetime, field(decreasing=True)),
    (int, field(dtype="int8", gt=100)),
    (float, field(dtype="float32", lt=-1)),
    (float, field(dtype="int16", lt=1)),
    (str, field(references=Airport.c.faa)),
    (float, field(references=Airport.c.number)),
    (Annotated[str, USER], field(references=Airport.c.user)),
    (int | None, field(references="leg")),
    (float, field(gt=0, severity="warn")),
    (float, field(gt=0, severity="fail")),
    (float, field(severity="fail")),
]


@pytest.mark.parametrize(("annotation", "value"), CONSISTENT)
def test_a_consistent_field_is_accepted(annotation: Any, value: Any) -> None:
    assert made(annotation, value).c.x == "x"


@pytest.mark.parametrize(
    ("target", "said"),
    [(3, "3 is not a column"), ("", "not a column"), (Airport, "not a column")],
)
def test_a_reference_to_no_column_is_refused_at_once(target: Any, said: str) -> None:
    with pytest.raises(t.DeclarationError, match=said):
        field(references=target)


OPTIONS: list[tuple[dict[str, Any], str]] = [
    ({"key": ("number", "distanse")}, "Did you mean 'distance'"),
    ({"key": ("number", "zzz")}, "Its fields are"),
    ({"key": ()}, "names no field"),
    ({"key": ""}, "names no field"),
    ({"key": ("leg", "leg")}, "twice"),
    ({"key": 3}, "not names of fields"),
    ({"key": (3,)}, "not names of fields"),
    ({"key": ("leg", "seats")}, "may be absent"),
    ({"rows": (None, None)}, "not numbers of rows"),
    ({"rows": -1}, "not numbers of rows"),
    ({"rows": (1.5, None)}, "not numbers of rows"),
    ({"rows": True}, "not numbers of rows"),
    ({"rows": (1, 2, 3)}, "not numbers of rows"),
    ({"rows": (3, 1)}, "leave no number"),
    ({"references": ("leg",)}, "is no dictionary"),
    ({"references": {"nope": Airport.c.faa}}, "which is no field"),
    ({"references": {"number": "faa"}}, "not to columns of one schema"),
    ({"references": {"number": 3}}, "not to columns of one schema"),
    ({"references": {("number", "leg"): Airport.c.faa}}, "2 fields to 1 columns"),
    ({"references": {("number", "leg"): (Airport.c.faa, Trip.c.leg)}}, "not to columns of one schema"),
    ({"references": {("leg", "number"): (Airport.c.faa, Airport.c.number)}}, "holds str, not int"),
    ({"reference": {}}, "Did you mean references=?"),
]


@pytest.mark.parametrize(("options", "said"), OPTIONS)
def test_contradictory_options_of_a_table_are_refused(options: dict[str, Any], said: str) -> None:
    with pytest.raises(t.DeclarationError, match=said.replace("?", r"\?")) as caught:
        made(float, **options)
    assert said in str(caught.value)


def test_options_of_a_table_name_columns() -> None:
    class Leg(
        FeatureSchema,
        key="number",
        rows=24,
        references={("number", "leg"): (Airport.c.faa, Airport.c.number)},
    ):
        number: str = field(column="No.")
        leg: int

    declared = Leg.declared
    assert (declared.key, declared.rows) == (("No.",), RowCount(24, 24))
    assert declared.references == (Reference(("No.", "leg"), Airport, ("faa", "number")),)
    assert pickle.loads(pickle.dumps(Airport.c.faa)).owner is Airport


def test_a_subclass_keeps_what_its_parent_says_of_the_table() -> None:
    class Parent(FeatureSchema, key=("a", "b"), rows=(1, 10), references={"a": Airport.c.number}):
        a: int
        b: int

    class Same(Parent):
        pass

    class Narrower(Parent, key="a", rows=(2, 5), references={"b": Airport.c.number}):
        pass

    assert (Same.declared.key, Same.declared.rows) == (("a", "b"), RowCount(1, 10))
    assert (Narrower.declared.key, Narrower.declared.rows) == (("a",), RowCount(2, 5))
    assert [each.columns for each in Narrower.declared.references] == [("a",), ("b",)]
    wider: list[tuple[dict[str, Any], str]] = [
        ({"key": ("a", "b", "d")}, "asks for less"),
        ({"rows": (0, 5)}, "more than the 1 to 10 rows"),
        ({"rows": (1, None)}, "more than the 1 to 10 rows"),
    ]
    for options, said in wider:
        body = {"__annotations__": {"d": int}, "__module__": __name__}
        with pytest.raises(t.DeclarationError, match=said):
            type("Wider", (Parent,), body, **options)


def test_an_order_key_may_be_a_column_of_a_parent_or_have_another_name() -> None:
    class Later(Trip):
        time: float = field(increasing=Trip.c.day)
        value: float = field(increasing="since")
        since: float = field(column="Since (h)")

    assert Later.declared.field("time").rules.increasing == "day"
    assert Later.plan().columns[-2].rows[-1].argument.by == "Since (h)"


def test_a_rule_of_the_table_has_its_name_alone() -> None:
    for name, options in (("key", {"key": "leg"}), ("rows", {"rows": 1}), ("extra", {"extra": "forbid"})):
        body = {name: rule(lambda c: c.leg > 0), "__module__": __name__}
        with pytest.raises(t.DeclarationError, match=f"has a rule '{name}' already"):
            type("Clash", (Trip,), body, **options)
        assert type("Fine", (Trip,), body).declared.checks  # type: ignore[attr-defined]


def test_the_severity_of_a_rule_is_known() -> None:
    class Warned(Trip):
        @rule(severity="warn")
        def positive(c: Any) -> Any:
            """Legs count from 1."""
            return c.leg > 0

        short = rule(lambda c: c.distance < 100, severity="warn")
        long = rule(lambda c: c.distance > 1)

    assert [(each.name, each.severity, each.doc) for each in Warned.declared.checks] == [
        ("positive", "warn", "Legs count from 1."),
        ("short", "warn", ""),
        ("long", "fail", ""),
    ]
    with pytest.raises(t.DeclarationError, match="severity='no' is unknown"):
        rule(severity="no")  # type: ignore[call-overload]


def test_a_record_says_the_same_by_its_fields() -> None:
    @dataclass
    class Visit:
        start: datetime
        value: float = dataclass_field(metadata={"typedml": field(increasing="start")})

    @dataclass
    class Broken:
        value: float = dataclass_field(metadata={"typedml": field(increasing="strat")})

    assert read(Visit).fields[1].rules.increasing == "start"
    with pytest.raises(t.DeclarationError, match="names no field"):
        read(Broken)


c: Any = Trip.c
SPELLED = [
    (c.distance.is_close(1.0, 0.5), "(distance - 1.0).abs() <= 0.5"),
    (c.distance.sum(by=c.number) > 3, "distance.sum(by=number) > 3"),
    (c.distance.mean(by=[c.number, c.leg]) > 3, "distance.mean(by=[number, leg]) > 3"),
    ((c.distance * c.leg).max() > 3, "(distance * leg).max() > 3"),
    (c.number.n_unique(by=(c.day,)).equals(1), "number.n_unique(by=day).equals(1)"),
    (c.note.count(by=c.day) >= 1, "note.count(by=day) >= 1"),
    (c.flag.count().equals(2), "flag.count().equals(2)"),
    (c.day.min() <= c.day, "day.min() <= day"),
]


@pytest.mark.parametrize(("expression", "spelled"), SPELLED)
def test_an_aggregate_spells_itself(expression: Any, spelled: str) -> None:
    assert repr(expression) == spelled
    assert expression.is_condition
    assert expression.is_aggregate is ("is_close" not in spelled and "abs" not in spelled)


def test_the_algebra_says_what_an_aggregate_means() -> None:
    meanings = {
        name: str(getattr(c.distance, name)(by=c.leg).operand) for name in ("sum", "mean", "min", "max")
    }
    assert meanings == dict.fromkeys(meanings, "km")
    assert str(c.distance.count().operand) == str(c.number.n_unique().operand) == "Count"
    assert str(c.seats.sum().operand) == "Count"
    assert str(c.seats.mean().operand) == "1"
    assert c.distance.sum(by=c.leg).columns == {"distance", "leg"}


class Weather(FeatureSchema):
    heat: t.Celsius
    label: t.Label
    speed: Annotated[float, Unit("km/hour")]


REFUSED: list[tuple[Any, str]] = [
    (lambda: Weather.c.heat.sum(), "Celsius"),
    (lambda: Weather.c.label.mean(), "Label"),
    (lambda: c.distance.sum() > Weather.c.speed, "km/hour"),
    (lambda: c.distance.is_close(Weather.c.speed, 1), "km/hour"),
    (lambda: c.number.min(), "column 'number' of str"),
    (lambda: c.flag.mean(), "column 'flag' of bool"),
    (lambda: c.day.mean(), "column 'day' of date"),
    (lambda: (c.distance > 1).sum(), "the condition"),
    (lambda: (c.distance.sum(by=c.leg) + 1).max(), "many rows already"),
    (lambda: c.distance.sum(by="leg"), "groups by 'leg'"),
    (lambda: c.distance.sum(by=c.leg + 1), "groups by leg [+] 1"),
    (lambda: c.distance.sum(by=3), "groups by 3"),
]


@pytest.mark.parametrize(("make", "said"), REFUSED)
def test_an_aggregate_that_means_nothing_is_refused(make: Any, said: str) -> None:
    with pytest.raises(t.DeclarationError, match=said) as caught:
        make()
    assert caught.value.hint


def test_beside_letters_a_column_counts_them() -> None:
    assert c.distance.count("d") == 1
    assert c.distance.count("s", 0, 3) == 1
