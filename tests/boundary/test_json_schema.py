"""JSON Schema carries unit and kind, and a producer's document is compared with the declaration."""

import copy
import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any

import jsonschema
import pydantic
import pytest

import typedml as t
from typedml.boundary import FrameError, compare_json_schema, json_schema

Mph = Annotated[float, t.Unit("mile/hour")]
Document = dict[str, Any]


class Day(t.FeatureSchema, extra="forbid"):
    """One day of one station."""

    station: str = t.field(pattern="[A-Z]{3}", min_length=3, max_length=3, examples=["JFK"], doc="where")
    speed: Mph = t.field(ge=0, lt=150, column="speed (mph)")
    gust: Mph | None = t.field(ge=0)
    flights: t.Count
    seen: Annotated[float, t.COUNT]
    late: t.Proportion
    level: str = t.field(isin=["low", "high"])
    at: dt.datetime
    price: Decimal
    key: int = t.field(unique=True)
    more: float = t.field(optional=True)

    @t.rule
    def gust_at_least_speed(c: Any) -> Any:
        return c.gust >= c.speed


def document() -> Document:
    found: Document = json.loads(json.dumps(json_schema(Day)))
    return found


def column(told: Document, name: str) -> Document:
    found: Document = told["properties"][name]
    return found


def test_a_document_carries_types_bounds_units_and_kinds() -> None:
    told = document()
    jsonschema.Draft202012Validator.check_schema(told)
    assert column(told, "speed (mph)") == {
        "type": "number",
        "minimum": 0,
        "exclusiveMaximum": 150,
        "x-unit": "mile/hour",
    }
    assert column(told, "gust")["anyOf"][1] == {"type": "null"}
    assert column(told, "seen") == {"type": "number", "minimum": 0, "multipleOf": 1, "x-kind": "Count"}
    assert column(told, "station")["pattern"] == "^(?:[A-Z]{3})$"
    assert (column(told, "station")["minLength"], column(told, "station")["maxLength"]) == (3, 3)
    assert column(told, "level")["enum"] == ["low", "high"]
    assert column(told, "at")["format"] == "date-time"
    assert "more" not in told["required"]
    assert told["additionalProperties"] is False


def test_a_document_accepts_and_refuses_what_the_schema_does() -> None:
    row = {
        "station": "JFK", "speed (mph)": 3, "gust": None, "flights": 3, "seen": 3.0, "late": 0.5,
        "level": "low", "at": "2020-01-01T00:00:00Z", "price": 1.5, "key": 1,
    }  # fmt: skip
    validator = jsonschema.Draft202012Validator(document())
    assert validator.is_valid(row)
    for change in ({"station": "JFKX"}, {"speed (mph)": 150}, {"seen": 0.5}, {"late": None}, {"x": 1}):
        assert not validator.is_valid(row | change)


@pytest.mark.parametrize("told", [json_schema(Day), Day.record.model_json_schema()], ids=["own", "pydantic"])
def test_a_document_of_ones_own_keeps_the_declaration(told: Document) -> None:
    report = compare_json_schema(Day, told)
    assert report.ok, str(report)
    assert not any(report.counts.values())
    assert ("speed (mph)", "unit") in report.counts
    assert ("late", "kind") in report.counts
    unsaid = {(rule.column, rule.rule) for rule in report.not_run}
    assert unsaid == {("key", "unique"), (None, "gust_at_least_speed")}


def put(name: str, **said: Any) -> Callable[[Document], None]:
    return lambda told: column(told, name).update(said)


def drop(name: str, keyword: str) -> Callable[[Document], None]:
    return lambda told: column(told, name).pop(keyword)


def closed(told: Document) -> None:
    """The open bound of a column, closed."""
    column(told, "speed (mph)")["maximum"] = column(told, "speed (mph)").pop("exclusiveMaximum")


CHANGES: list[tuple[Callable[[Document], Any], str | None, str, str]] = [
    (put("speed (mph)", **{"x-unit": "km/hour"}), "speed (mph)", "unit", "typedml-unit"),
    (put("speed (mph)", **{"x-unit": "mph2"}), "speed (mph)", "unit", "typedml-unit"),
    (put("speed (mph)", **{"x-unit": "second"}), "speed (mph)", "unit", "typedml-unit"),
    (drop("speed (mph)", "x-unit"), "speed (mph)", "unit", "typedml-unit"),
    (put("late", **{"x-unit": "percent"}), "late", "unit", "typedml-unit"),
    (drop("late", "x-kind"), "late", "kind", "typedml-kind"),
    (put("late", **{"x-kind": "Logit"}), "late", "kind", "typedml-kind"),
    (put("late", **{"x-kind": "Nonsense"}), "late", "kind", "typedml-kind"),
    (put("late", maximum=2), "late", "range", "typedml-column"),
    (drop("late", "minimum"), "late", "range", "typedml-column"),
    (closed, "speed (mph)", "range", "typedml-column"),
    (put("late", type=["number", "null"]), "late", "null", "typedml-column"),
    (put("late", type="string"), "late", "dtype", "typedml-column"),
    (drop("late", "type"), "late", "dtype", "typedml-column"),
    (put("flights", type="number"), "flights", "dtype", "typedml-column"),
    (drop("seen", "multipleOf"), "seen", "integral", "typedml-column"),
    (drop("at", "format"), "at", "dtype", "typedml-column"),
    (drop("station", "pattern"), "station", "pattern", "typedml-column"),
    (put("station", pattern="^[A-Z]+$"), "station", "pattern", "typedml-column"),
    (put("station", maxLength=4), "station", "max_length", "typedml-column"),
    (drop("station", "minLength"), "station", "min_length", "typedml-column"),
    (put("level", enum=["low", "middle"]), "level", "isin", "typedml-column"),
    (drop("level", "enum"), "level", "isin", "typedml-column"),
    (lambda told: told["properties"].pop("late"), "late", "missing", "typedml-column"),
    (lambda told: told["required"].remove("late"), "late", "missing", "typedml-column"),
    (lambda told: told.pop("additionalProperties"), None, "extra", "typedml-column"),
    (lambda told: told["properties"].update(x={}), None, "extra", "typedml-column"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_what_a_document_says_otherwise_is_told_with_its_code(number: int) -> None:
    change, name, rule, code = CHANGES[number]
    told = document()
    change(told)
    report = compare_json_schema(Day, told)
    assert not report.ok
    assert [(f.column, f.rule, f.code) for f in report.failures] == [(name, rule, code)]
    assert report.counts[name, rule] == 1
    assert report.failures[0].hint


NARROWER: list[Callable[[Document], Any]] = [
    put("late", **{"x-kind": "Probability"}),
    put("late", maximum=0.5),
    put("late", type="integer"),
    put("late", enum=[0, 0.5, 1]),
    put("speed (mph)", **{"x-unit": "mile/h"}),
    put("speed (mph)", exclusiveMaximum=100, maximum=120),
    put("level", enum=["low"]),
    put("flights", type="number", multipleOf=1),
    put("station", minLength=3, maxLength=3, pattern="^[A-Z]{3}$"),
    lambda told: told["properties"].update(gust={"type": "number", "minimum": 1, "x-unit": "mph"}),
    lambda told: told["properties"].update(gust={"type": ["null", "number"], "minimum": 1, "x-unit": "mph"}),
    lambda told: told["properties"].pop("more"),
]


@pytest.mark.parametrize("number", range(len(NARROWER)))
def test_a_narrower_document_is_fine(number: int) -> None:
    told = document()
    NARROWER[number](told)
    report = compare_json_schema(Day, told)
    assert report.ok, str(report)


def test_references_and_arrays_of_rows_are_read() -> None:
    told = document()
    late = told["properties"].pop("late")
    told["properties"]["late"] = {"allOf": [{"$ref": "#/$defs/a~1share"}], "description": "by day"}
    whole = {"$defs": {"a/share": late, "day": told}, "type": "array", "items": {"$ref": "#/$defs/day"}}
    assert compare_json_schema(Day, whole).ok
    broken = copy.deepcopy(whole)
    broken["$defs"]["a/share"]["maximum"] = 2  # type: ignore[index]
    assert [failure.column for failure in compare_json_schema(Day, broken).failures] == ["late"]


def test_models_of_pydantic_are_compared_with_each_other_s_documents() -> None:
    class Sent(pydantic.BaseModel):
        distance: Annotated[float, t.Unit("km")]
        late: t.Probability | None

    class Wanted(pydantic.BaseModel):
        distance: Annotated[float, t.Unit("mile")]
        late: t.Probability

    assert compare_json_schema(Sent, Sent.model_json_schema()).ok
    report = compare_json_schema(Wanted, Sent.model_json_schema())
    assert [(f.column, f.rule) for f in report.failures] == [("distance", "unit"), ("late", "null")]
    assert "convert" in report.failures[0].hint


REFUSED: list[Any] = [
    None,
    [],
    {},
    {"type": "string"},
    {"$ref": "#"},
    {"properties": {"late": {"$ref": "https://example.org/late.json"}}},
    {"properties": {"late": {"$ref": "#/$defs/gone"}}},
    {"type": "array", "items": {"$ref": "#/items"}},
]


@pytest.mark.parametrize("told", REFUSED, ids=str)
def test_what_is_no_schema_of_a_record_is_refused(told: Any) -> None:
    with pytest.raises(FrameError) as caught:
        compare_json_schema(Day, told)
    assert caught.value.hint
