"""FeatureSchema: fields, columns, inheritance, and the refusal of contradictions."""

import copy
import pickle
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

import pandas as pd
import polars as pl
import pytest

import typedml as t
from typedml import FeatureSchema, Unit, UnitVar, field

Km = Annotated[float, Unit("km")]
Mile = Annotated[float, Unit("mile")]
Minute = Annotated[float, Unit("minute")]


class Trip(FeatureSchema):
    """One trip."""

    number: str = field(unique=True, pattern="[A-Z]+[0-9]+", doc="As printed.")
    distance: Km = field(gt=0, examples=[3.0])
    air_time: Minute | None = field(gt=0, null_fraction=0.1)
    origin: Literal["EWR", "JFK"]
    seats: t.Count = field(optional=True)
    p_late: t.Probability = field(column="P(late)")
    target: t.Target[t.Binary]
    limit: ClassVar[int] = 3


def test_a_schema_declares_its_fields_in_order() -> None:
    declared = Trip.declared
    assert (declared.name, declared.doc, declared.extra, declared.source) == (
        "Trip",
        "One trip.",
        "allow",
        Trip,
    )
    assert [item.name for item in declared.fields] == [
        "number", "distance", "air_time", "origin", "seats", "p_late", "target",
    ]  # fmt: skip
    assert declared.columns[5] == "P(late)"
    assert [item.name for item in declared.fields if item.nullable] == ["air_time"]
    assert [item.name for item in declared.fields if not item.required] == ["seats"]
    assert [item.base for item in declared.fields] == [str, float, float, str, int, float, int]
    assert [str(item.meaning) for item in declared.fields[1:3]] == ["km", "minute"]
    assert declared.field("number").meaning is None
    assert declared.field("number").doc == "As printed."
    assert declared.field("target").roles == {"Target"}
    assert declared.field("distance").examples == (3.0,)


def test_rules_are_the_stated_ones() -> None:
    rules = {item.name: item.rules.stated for item in Trip.declared.fields}
    assert rules["number"] == {"pattern": "[A-Z]+[0-9]+", "unique": True}
    assert rules["air_time"] == {"gt": 0, "null_fraction": 0.1}
    assert rules["origin"] == {"isin": ("EWR", "JFK")}
    assert rules["seats"] == {}


def test_an_unknown_field_of_a_declaration_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        Trip.declared.field("nope")


def test_a_subclass_adds_narrows_and_inherits() -> None:
    class Late(Trip, extra="forbid"):
        p_late: t.Binary = field(column="P(late)")
        delay: Minute

    class Later(Late):
        pass

    assert Late.declared.columns == (*Trip.declared.columns, "delay")
    assert str(Late.declared.field("p_late").meaning) == "Binary"
    assert str(Trip.declared.field("p_late").meaning) == "Probability"
    assert (Trip.declared.extra, Late.declared.extra, Later.declared.extra) == ("allow", "forbid", "forbid")


def test_two_parents_join_their_fields() -> None:
    class Weather(FeatureSchema):
        wind: Annotated[float, Unit("mph")]

    class Both(Trip, Weather):
        pass

    assert set(Both.declared.columns) == {*Trip.declared.columns, "wind"}

    class Far(FeatureSchema):
        distance: Mile

    with pytest.raises(t.DeclarationError, match="distance"):
        type("Clash", (Trip, Far), {})


@pytest.mark.parametrize(
    ("annotation", "value", "said"),
    [
        (Mile, None, 'a parent declares it "float'),
        (Km | None, None, "None"),
        (str, None, '"str"'),
        (Km, field(optional=True), "optional"),
        (t.Count, None, "Count"),
        (Km, field(column="d"), "names column 'd'"),
    ],
)
def test_a_subclass_may_not_widen_a_field(annotation: Any, value: Any, said: str) -> None:
    body = {"__annotations__": {"distance": annotation}, **({} if value is None else {"distance": value})}
    with pytest.raises(t.DeclarationError, match=said) as caught:
        type("Wider", (Trip,), body)
    assert caught.value.hint


def test_a_column_is_its_name() -> None:
    assert Trip.c.p_late == "P(late)"
    assert Trip.c["p_late"] == Trip.c.p_late
    assert {str(Trip.c.distance): 1}[Trip.c.distance] == 1
    assert isinstance(Trip.c.distance, str)
    assert f"{Trip.c.distance}" == "distance"
    assert str(Trip.c.distance + "_km") == "distance_km"
    assert str("my_" + Trip.c.distance) == "my_distance"
    assert [str(column) for column in Trip.c] == list(Trip.declared.columns)
    assert "distance" in dir(Trip.c)
    assert Trip.c.distance
    assert pd.DataFrame({"P(late)": [0.5]})[Trip.c.p_late].tolist() == [0.5]
    assert pl.DataFrame({"distance": [1.0]}).select(Trip.c.distance).columns == ["distance"]
    for copied in (pickle.loads(pickle.dumps(Trip.c.p_late)), copy.deepcopy(Trip.c.p_late)):
        assert copied == "P(late)"
        assert copied.field.name == "p_late"


def test_an_unknown_column_is_refused_with_the_nearest() -> None:
    with pytest.raises(t.DeclarationError, match=r"Did you mean Trip\.c\.distance") as caught:
        Trip.c.distanse
    assert caught.value.code == "typedml-column"
    with pytest.raises(t.DeclarationError, match="Its fields are number"):
        Trip.c.zzzzz
    assert not hasattr(Trip.c, "__array__")


def test_a_field_is_no_value_and_a_schema_has_no_instances() -> None:
    with pytest.raises(AttributeError, match=r"Trip\.c\.distance"):
        Trip.distance
    with pytest.raises(AttributeError, match="nope"):
        Trip.nope  # type: ignore[attr-defined]
    with pytest.raises(t.DeclarationError, match=r"Trip\.validate"):
        Trip(distance=1.0)  # type: ignore[call-arg]


CONTRADICTIONS: list[tuple[Any, Any, str]] = [
    (float, field(gt=2, lt=1), "leave no value"),
    (float, field(gt=1, lt=1), "leave no value"),
    (float, field(ge=1, lt=1), "leave no value"),
    (float, field(gt=1, ge=1), "the same side"),
    (float, field(lt=1, le=1), "the same side"),
    (float, field(gt="a"), "no float"),
    (float, field(gt=True), "no float"),
    (datetime, field(gt=date(2013, 1, 1)), "no datetime"),
    (date, field(gt=datetime(2013, 1, 1)), "no date"),
    (Decimal, field(gt="1"), "no Decimal"),
    (datetime, field(gt=datetime(2014, 1, 1), lt=datetime(2013, 1, 1)), "leave no value"),
    (Annotated[bytes, Unit("km")], None, "A bytes cannot carry"),
    (Annotated[complex, t.TIMESTAMP, t.DATE], None, "A complex cannot carry"),
    (Annotated[time, Unit("km")], None, "A time cannot carry"),
    (float, field(gt=float("nan")), "nan bounds nothing"),
    (str, field(gt="a"), "no order"),
    (bool, field(gt=0), "no order"),
    (t.Label, field(gt=0), "no order"),
    (t.Probability, field(le=2), "outside of"),
    (t.Count, field(ge=-1), "outside of"),
    (Annotated[float, Unit("degC")], field(gt=-300), "outside of"),
    (t.Probability, field(isin=[0.5, 2]), "Probability forbids"),
    (float, field(isin=[1], gt=1), "gt=1 forbids"),
    (float, field(isin=[1], lt=1), "lt=1 forbids"),
    (str, field(isin=["a"], pattern="b"), "pattern='b' forbids"),
    (float, field(isin=[]), "allows no value"),
    (float, field(isin=[None]), "no value is null"),
    (str, field(isin=[1]), "no str"),
    (Literal["a", "b"], field(isin=["c"]), "Literal"),
    (float, field(pattern="a"), "is for text"),
    (str, field(pattern="("), "not a regular expression"),
    (str, field(pattern=3), "not a regular expression"),  # type: ignore[arg-type]
    (str, field(pattern="(?=a)b"), "look-around"),
    (str, field(pattern=r"(a)\1"), "back-references"),
    (str, field(pattern="a++"), "possessive"),
    (Km | None, field(increasing=True), "nullable"),
    (bool, field(increasing=True), "no order"),
    (t.Category, field(increasing=True), "no order"),
    (float, field(unique=1), "neither True nor False"),  # type: ignore[arg-type]
    (float, field(null_fraction=0.1), "no value may be null"),
    (float | None, field(null_fraction=2), "not a share"),
    (float, field(examples=["a"]), "no float"),
    (t.Probability, field(examples=[2]), "forbids"),
    (float, field(examples=[None]), "no value is null"),
    (str, field(isin=["a"], examples=["b"]), "not in isin"),
    (float, field(column=""), "not a name"),
    (float, 3.0, "no default"),
    (Annotated[str, t.PROBABILITY], None, "A str cannot carry"),
    (Annotated[bool, t.PROBABILITY], None, "A bool cannot carry"),
    (Annotated[float, t.DATE], None, "A float cannot carry"),
    (Annotated[float, Unit("km"), Unit("m")], None, "both"),
    (Km | Mile, None, "different things"),
    (list[Km], None, "lists of values"),
    ("Nope", None, "cannot be read"),
    ("float |", None, "not an expression"),
    ("Annotated[float, Unit('kmm')]", None, "Broken.x: Unknown unit"),
    ("Annotated[float, NOPE]", None, "cannot be read"),
    (Annotated[float, Unit], None, "without saying which"),
]


@pytest.mark.parametrize(("annotation", "value", "said"), CONTRADICTIONS)
def test_a_contradictory_field_is_refused_when_the_class_is_made(
    annotation: Any, value: Any, said: str
) -> None:
    body = {"__annotations__": {"x": annotation}, "__module__": __name__}
    with pytest.raises(t.DeclarationError, match=said) as caught:
        type("Broken", (FeatureSchema,), body if value is None else {**body, "x": value})
    assert caught.value.hint


CONSISTENT: list[tuple[Any, Any]] = [
    (float, field(gt=1, lt=2)),
    (float, field(ge=1, le=1)),
    (float, field(gt=0, lt=float("inf"))),
    (t.Probability, field(gt=0, le=1)),
    (t.Probability | None, field(isin=[None, 0.5], examples=[None, 0.5], null_fraction=0.5)),
    (str, field(pattern=r"\\1[a-z]+", isin=["\\1a"])),
    (Literal["a", "b"], field(isin=["a"])),
    (t.Index, field(increasing=True, unique=True)),
    (t.Timestamp, field(increasing=True)),
    (Annotated[bool, t.BINARY], None),
    (Annotated[str, t.LABEL], None),
    (Annotated[object, t.PROBABILITY], None),
    (float | int, None),
    (datetime, field(gt=datetime(2013, 1, 1))),
    (date, field(gt=date(2013, 1, 1))),
    (Decimal, field(gt=1, lt=Decimal("2.5"))),
    (Annotated[pd.Series, t.COUNT], field(gt=1)),
    (t.Probability, field(isin=[0.5], gt=0, lt=1)),
    (str, field(pattern="a(b|c)*[+]+?")),
    ("Annotated[pd.Series[float], Unit('km')]", None),
    (Any, None),
    (object, None),
]


@pytest.mark.parametrize("annotation", [None, list[float], bytes, complex, dict, tuple[float, float], range])
def test_a_type_that_no_boundary_tells_from_others_is_refused(annotation: Any) -> None:
    with pytest.raises(t.DeclarationError, match="not checked to hold values of such a type") as raised:
        type("Odd", (FeatureSchema,), {"__annotations__": {"x": annotation}, "__module__": __name__})
    assert raised.value.code == "typedml-unread"


@pytest.mark.parametrize(("annotation", "value"), CONSISTENT)
def test_a_consistent_field_is_accepted(annotation: Any, value: Any) -> None:
    body = {"__annotations__": {"x": annotation}, "__module__": __name__}
    made = type("Fine", (FeatureSchema,), body if value is None else {**body, "x": value})
    assert made.c.x == "x"  # type: ignore[attr-defined]


def test_a_field_without_an_annotation_is_refused() -> None:
    with pytest.raises(t.DeclarationError, match="no annotation"):
        type("Stray", (FeatureSchema,), {"x": field(gt=1)})


def test_an_unknown_keyword_is_refused_with_the_nearest() -> None:
    with pytest.raises(t.DeclarationError, match=r"Did you mean unique=\?"):
        field(uniqe=True)  # type: ignore[arg-type]
    with pytest.raises(t.DeclarationError, match="field takes gt, ge"):
        field(zzz=True)  # type: ignore[arg-type]
    with pytest.raises(t.DeclarationError, match="one text"):
        field(isin="abc")


def test_unknown_class_options_are_refused() -> None:
    with pytest.raises(t.DeclarationError, match="extra='no'"):
        type("S", (FeatureSchema,), {}, extra="no")
    with pytest.raises(t.DeclarationError, match="takes no strict="):
        type("S", (FeatureSchema,), {}, strict=True)


def test_names_and_columns_that_clash_are_refused() -> None:
    for name in ("c", "validate", "declared"):
        with pytest.raises(t.DeclarationError, match="of its own"):
            type("S", (FeatureSchema,), {"__annotations__": {name: float}})
    body = {"__annotations__": {"x": float, "y": float}, "y": field(column="x")}
    with pytest.raises(t.DeclarationError, match="both name column 'x'"):
        type("S", (FeatureSchema,), body)


def test_local_names_are_known_to_quoted_annotations() -> None:
    Local = Annotated[float, Unit("m")]

    class Here(FeatureSchema):
        x: "Local"
        y: "Annotated['pd.Series[float]', Unit('km')]"

    assert [str(item.meaning) for item in Here.declared.fields] == ["m", "km"]
    assert Local is not None


def test_validation_is_the_boundarys(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[str, Any, Any]] = []

    class Boundary:
        @staticmethod
        def validate(schema: Any, frame: Any, **options: Any) -> Any:
            calls.append(("validate", schema, frame))
            return frame

        @staticmethod
        def check(schema: Any, frame: Any, **options: Any) -> str:
            return "report"

        @staticmethod
        def split(schema: Any, frame: Any, **options: Any) -> Any:
            return frame, "bad"

    monkeypatch.setattr("typedml.declare.schema._boundary", lambda: Boundary)
    frame = object()
    assert Trip.validate(frame) is frame
    assert calls == [("validate", Trip.declared, frame)]
    assert Trip.check(frame) == "report"  # type: ignore[comparison-overlap]
    assert Trip.split("good") == ("good", "bad")


def test_a_column_whose_unit_is_open_or_whose_type_is_mixed_is_refused() -> None:
    open_unit = UnitVar("U")

    with pytest.raises(t.DeclarationError, match="unit variable") as caught:

        class Open(FeatureSchema):
            distance: Annotated[float, open_unit]

    assert caught.value.hint
    with pytest.raises(t.DeclarationError, match=r"float \| str") as caught:

        class Mixed(FeatureSchema):
            distance: float | str

    assert caught.value.hint

    class Fine(FeatureSchema):
        distance: float | int | None

    assert Fine.declared.fields[0].base is float
